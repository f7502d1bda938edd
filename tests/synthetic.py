"""Many times the content, for measuring: copies of every answer unit in made-up words, with vectors of their own."""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Callable, Dict, List, Sequence, Tuple

import numpy as np

from bot.nlu.answer_index import body_texts, index_texts
from bot.nlu.conversation.context import Context
from bot.nlu.encoder import Vectors, VectorStore, shared_encoder
from bot.nlu.reader import Reader
from bot.nlu.samples import with_further_samples
from bot.settings import Settings
from knowledge.queries import Knowledge, Snapshot, Unit
from tests.assistant import Assistant
from tests.benchmark.__main__ import put_in_page
from tests.trained import trained

BEGIN, END = "<!-- content: made by `make scaling` -->\n", "<!-- end of content -->"
_ENDINGS = itertools.count()
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LIKENESS = 0.6
"""Cosine between a copy's vector and the original's: about that of two answers on one topic."""

QUESTIONS = (
    "wat is ips en voor wie is het bedoeld",
    "moet ik mijn baas vertellen dat ik een depressie heb",
    "wie betaalt de jobcoach als ik een wajong heb",
    "hoe lang duurt een proefplaatsing",
    "fin ips zvw hoeveel gesprekken",
    "mijn contract stopt en ik ben ziek thuis, wat moet ik nu doen",
    "welke regio's werken samen met de ggz",
    "heb je hulp voor iemand met een angststoornis die wil werken",
)


def enlarged(snapshot: Snapshot, factor: int) -> Snapshot:
    """The snapshot with `factor` times the units. A copy has its question, one sample and a short text, since the
    samples of 100 times the content wouldn't fit in memory; topics are copied along."""
    units: List[Unit] = list(snapshot.units)
    for copy in range(1, factor):
        table = str.maketrans(_LETTERS, "".join(np.random.default_rng(copy).permutation(list(_LETTERS))))
        for unit in snapshot.units:
            units.append(
                replace(
                    unit,
                    id=f"{unit.id}-{copy}",
                    topic=f"{unit.topic}-{copy}",
                    question=unit.question.lower().translate(table),
                    texts=(unit.texts[0][:120].lower().translate(table),),
                    samples=tuple((voice, text.lower().translate(table)) for voice, text in unit.samples[:1]),
                )
            )
    return replace(snapshot, units=units)


def vectors_of(snapshot: Snapshot, real: Snapshot) -> Tuple[Vectors, Vectors]:
    """Vectors of samples and of bodies: real ones for real units, those moved at random for copies."""
    store = VectorStore(shared_encoder(), Settings.from_environment().vectors_path)
    random = np.random.default_rng(0)
    result = []
    for texts_of in (index_texts, body_texts):
        known = store.encode(texts_of(with_further_samples(real))[0])
        count = len(texts_of(with_further_samples(snapshot))[0]) - len(known)
        made = known[np.arange(count) % len(known)]
        noise = random.standard_normal(made.shape, dtype=np.float32)
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        made = _LIKENESS * made + np.sqrt(1 - _LIKENESS**2) * noise
        result.append(np.vstack([known, made / np.linalg.norm(made, axis=1, keepdims=True)]).astype(np.float32))
    return result[0], result[1]


def reader_of(factor: int, folder: Path) -> Reader:
    """A reader of `factor` times the content."""
    knowledge = Knowledge(Settings.from_environment().knowledge_url)
    real = knowledge.snapshot()
    knowledge.close()
    base = Reader(real, shared_encoder(), Settings.from_environment().vectors_path, {}, trained()[0])
    if factor == 1:
        return base
    snapshot = enlarged(real, factor)
    return Reader(
        snapshot,
        shared_encoder(),
        folder / "vectors.db",
        {},
        base.model,
        vectors=vectors_of(snapshot, real),
    )


def milliseconds(understand: Callable[[str], object], rounds: int, questions: Sequence[str] = QUESTIONS) -> List[float]:
    """Time of each question, its sentence vector included."""
    times = []
    for _ in range(rounds):
        for text in questions:
            # another ending each time, so that no vector is remembered
            asked = f"{text} {next(_ENDINGS)}"
            started = time.perf_counter()
            understand(asked)
            times.append((time.perf_counter() - started) * 1000)
    return times


def measure(factors: Sequence[int], rounds: int = 10) -> Dict[int, float]:
    """p50 of understanding a message, in milliseconds, by how many times the content there is."""
    times: Dict[int, List[float]] = {factor: [] for factor in factors}
    with tempfile.TemporaryDirectory() as folder:
        readers = {factor: reader_of(factor, Path(folder)) for factor in factors}
        for round_ in range(rounds + 1):
            # In turns, so that what else the machine does weighs on all alike; the first time warms up.
            for factor, reader in readers.items():
                found = milliseconds(partial(_read, reader), 1)
                times[factor] += found if round_ else []
    return {factor: statistics.median(found) for factor, found in times.items()}


def _read(reader: Reader, text: str) -> object:
    return reader.read(text, {}, Context())


def whole_turn(rounds: int = 10) -> float:
    """p50 of the first turn of a conversation with a running assistant, in milliseconds, over the same questions."""
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(Path(folder))
        assistant.knowledge()
        assistant.start()
        try:
            milliseconds(lambda text: assistant.conversation().says(text), 2)
            return statistics.median(milliseconds(lambda text: assistant.conversation().says(text), rounds))
        finally:
            assistant.stop()


def main(arguments: List[str]) -> int:
    """Print the time to understand a message with once and with many times the content, and put it in the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.synthetic", description=__doc__)
    parser.add_argument("factors", nargs="*", type=int, default=[1, 10, 100])
    found = measure(parser.parse_args(arguments).factors)
    turn, once = whole_turn(), next(iter(found.values()))
    lines = [
        f"| content | p50 of understanding a message | more, of a whole turn ({turn:.1f} ms) |",
        "| --- | --- | --- |",
    ]
    lines += [f"| x {factor} | {time:.1f} ms | {(time - once) / turn:+.0%} |" for factor, time in found.items()]
    text = "\n".join(lines) + "\n"
    print(text, end="")
    put_in_page(text, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

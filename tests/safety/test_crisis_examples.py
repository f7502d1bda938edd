"""The sets of crisis sentences themselves, whom a message is about, and what must hold without the classifier."""

from __future__ import annotations

import time
import zlib
from pathlib import Path
from typing import List, Tuple

import pytest

from bot.safety import classifier, signals
from bot.safety.crisis import assess
from bot.safety.languages import without_accents
from bot.safety.train import read_examples
from bot.safety.wording import plain
from knowledge.reader import read_content

HERE = Path(__file__).parent
_ONE_IN = 30
"""Of the knowledge base's sample questions: about a thousand."""


def tagged(name: str) -> List[Tuple[str, str, str]]:
    """The sentences of a set with whom they are about and the danger, as the heading above them says."""
    about, danger, result = "self", "none", []
    for line in (HERE / f"crisis_{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            about, danger = line[3:].split()
        elif line.strip() and not line.startswith("#"):
            result.append((line.strip(), about, danger))
    return result


class BrokenEncoder:
    """An encoder that can't be loaded or crashes."""

    name, dimension = "broken", 384

    def encode(self, texts: object) -> object:
        raise RuntimeError("no vectors today")


def test_the_classifier_has_never_seen_a_test_sentence() -> None:
    examples = {without_accents(text) for texts in read_examples().values() for text in texts}
    for name in ("explicit", "grey", "lookalike"):
        assert [text for text, _, _ in tagged(name) if without_accents(text) in examples] == [], name


def test_no_sentence_counts_twice() -> None:
    texts = [text for name in ("explicit", "grey", "lookalike") for text, _, _ in tagged(name)]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_ordinary_questions_hardly_ever_get_the_suicide_question() -> None:
    questions = [text for topic in read_content().topics for answer in topic.answers for text in answer.sample_texts()]
    # Chosen by what they say, not by where they stand: another sample leaves the choice as it is.
    chosen = [text for text in questions if zlib.crc32(text.encode()) % _ONE_IN == 0]
    alarmed = [text for text in chosen if assess(text).tier != classifier.NONE]
    assert len(alarmed) <= 0.003 * len(chosen), alarmed


def test_whom_it_is_about_and_which_danger_are_seen_nearly_always() -> None:
    verdicts = [(assess(text), about, danger) for text, about, danger in tagged("explicit")]
    assert sum(verdict.about == about for verdict, about, _ in verdicts) >= 0.97 * len(verdicts)
    assert sum(verdict.danger == danger for verdict, _, danger in verdicts) >= 0.95 * len(verdicts)


def test_without_vectors_the_patterns_still_find_most() -> None:
    found = [assess(text, BrokenEncoder()).tier == "explicit" for text, _, _ in tagged("explicit")]  # type: ignore[arg-type]
    assert sum(found) >= 0.9 * len(found)


def test_a_broken_encoder_is_logged_without_the_text(caplog: pytest.LogCaptureFixture) -> None:
    assess("mijn geheime vraag over loondispensatie", BrokenEncoder())  # type: ignore[arg-type]
    assert "RuntimeError" in caplog.text
    assert "loondispensatie" not in caplog.text


def test_it_is_found_at_the_end_of_a_long_story() -> None:
    story = "Ik werk sinds twee jaar bij een bakker en ik ga daar graag heen. Mijn baas is tevreden. " * 18
    assert assess(story[:1900] + " En nu wil ik dood.").tier == "explicit"
    assert assess(story[:1900]).tier == "none"


def test_patterns_take_less_than_a_few_milliseconds() -> None:
    texts = [text for text, _, _ in tagged("lookalike")]
    start = time.perf_counter()
    for text in texts:
        neutral = signals.without_figures(plain(text))
        for signal in signals.EXPLICIT:
            signal.pattern.search(neutral)
    assert (time.perf_counter() - start) / len(texts) < 0.005


def test_repetition_does_not_make_patterns_slow() -> None:
    for piece in ("ik wil ", "niet meer ", "zie het ", "de trein voor ", "a", "pillen te veel ", "| ", "d.o.o.d ", "1"):
        text = (piece * 2000)[:2000]
        start = time.perf_counter()
        assess(text, BrokenEncoder())  # type: ignore[arg-type]
        assert time.perf_counter() - start < 1, piece


def test_the_weights_fit_the_classifier() -> None:
    import numpy as np

    with np.load(classifier.WEIGHTS) as data:
        assert data["weights"].shape[0] == len(classifier.CLASSES)
        assert np.isfinite(data["weights"]).all()

"""Train the model when something it depends on has changed; `--force` trains anyway."""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Iterator, List

from bot import blas, preflight
from bot.lean_rasa import without_unused_parts
from bot.settings import STATE
from knowledge.__main__ import main as knowledge
from knowledge.build import current_version
from knowledge.reader import fingerprint as content_fingerprint
from knowledge.tables import PROJECT, open_database

MODEL = PROJECT / "models" / "koers.tar.gz"
_STAMP = PROJECT / "models" / "koers.inputs"


def inputs() -> Iterator[Path]:
    """Every file that a trained model depends on."""
    yield from (PROJECT / "config.yml", PROJECT / "domain.yml", PROJECT / "requirements.lock", STATE / "spacy-model")
    yield from sorted((PROJECT / "bot" / "data").rglob("*.yml"))
    yield from sorted((PROJECT / "bot" / "nlu").rglob("*.py"))
    # A model that was trained before an answer came finds it, but not as surely as one that was trained with it.
    yield from sorted((PROJECT / "knowledge" / "content").rglob("*.yml"))
    # The vector pack is not an input: it only saves the time of computing the same vectors.


def fingerprint() -> str:
    """A hash over all inputs; Rasa's own knows the spaCy model by name only."""
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the trained model fits its inputs."""
    return MODEL.exists() and _STAMP.exists() and _STAMP.read_text() == fingerprint()


def knowledge_is_current() -> bool:
    """Whether the knowledge base, which training reads, holds the content as it is now."""
    engine = open_database()
    try:
        return current_version(engine) == content_fingerprint()
    finally:
        engine.dispose()


def train() -> None:
    """Train with Rasa and keep the model as `models/koers.tar.gz`.

    The knowledge base must be current (`knowledge_is_current`): the model is stamped with the content files.
    """
    # What changes while training goes on is not in the model.
    stamp = fingerprint()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    blas.prepare()
    import sanic  # noqa: F401  (it turns these warnings of other packages on again)

    warnings.filterwarnings("ignore", category=DeprecationWarning)
    without_unused_parts()
    from rasa.model_training import train as train_with_rasa
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    result = train_with_rasa(
        domain=str(PROJECT / "domain.yml"),
        config=str(PROJECT / "config.yml"),
        training_files=[str(PROJECT / "bot" / "data")],
        output=str(MODEL.parent),
        fixed_model_name="koers",
        force_training=True,
    )
    if result.code != 0 or not MODEL.exists():
        raise SystemExit("Het trainen is mislukt; zie de meldingen hierboven.")
    _STAMP.write_text(stamp)


def main(arguments: List[str]) -> int:
    """Train when needed and say so."""
    parser = argparse.ArgumentParser(prog="python -m bot.train", description=__doc__)
    parser.add_argument("--force", action="store_true")
    options = parser.parse_args(arguments)
    if is_current() and not options.force:
        print("Het model is bij.")
        return 0
    sentences, can_read = preflight.look("knowledge")
    if not can_read:
        print("\n".join(sentences), file=sys.stderr)
        return 1
    if not knowledge_is_current():
        print("De kennisbank is ouder dan de inhoud en wordt eerst gebouwd.", flush=True)
        if knowledge(["build"]) != 0:
            print(
                "Zonder kennisbank kan het model niet worden getraind. Verbeter de fouten hierboven.", file=sys.stderr
            )
            return 1
    print("Het model trainen (ongeveer een minuut)...", flush=True)
    started = time.monotonic()
    train()
    print(f"Getraind in {time.monotonic() - started:.0f} seconden.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

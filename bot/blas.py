"""Which routines NumPy's products use, and how many threads.

The OpenBLAS that comes with the last NumPy that Rasa can use (0.3.20, 2022) knows no processors of after that year, and
gives them routines of 2004: a fifth of the speed. What a processor can do stands in its flags.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Optional

_FLAGS = Path("/proc/cpuinfo")
_ROUTINES = (
    ("SkylakeX", frozenset({"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"})),
    ("Haswell", frozenset({"avx2", "fma"})),
)
"""The fastest first, each with the flags that it needs."""


def prepare() -> None:
    """Tell OpenBLAS, unless the environment does; call it before NumPy is imported.

    One thread: small products gain nothing by a second, and waiting for it took 30 of 70 ms a turn, the encoder apart.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        routines = routines_for(_FLAGS.read_text(encoding="utf-8"))
    except OSError:
        return
    if routines:
        os.environ.setdefault("OPENBLAS_CORETYPE", routines)


def routines_for(processor: str) -> Optional[str]:
    """The name of the fastest routines for a processor, described as in Linux' `/proc/cpuinfo`; None when none fit."""
    line = next((line for line in processor.splitlines() if line.startswith("flags")), "")
    flags = frozenset(line.partition(":")[2].split())
    return next((name for name, needed in _ROUTINES if needed <= flags), None)

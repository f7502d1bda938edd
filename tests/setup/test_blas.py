"""Products are computed with what this processor can do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.blas import routines_for
from tests.assistant import PROJECT

_LOADED = """
from bot import blas
blas.prepare()
import numpy, threadpoolctl
(library,) = threadpoolctl.threadpool_info()
print(library["architecture"], library["num_threads"])
"""


@pytest.mark.parametrize(
    "flags, routines",
    [
        ("fpu sse4_2 avx avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl avx512_vnni", "SkylakeX"),
        ("fpu sse4_2 avx avx2 fma avx512f avx512cd", "Haswell"),
        ("fpu sse4_2 avx", None),
        ("", None),
    ],
)
def test_the_fastest_routines_that_a_processor_can_run_are_chosen(flags: str, routines: str) -> None:
    assert routines_for(f"processor\t: 0\nflags\t\t: {flags}\nbogomips\t: 1\n") == routines


def test_a_processor_without_flags_is_left_to_openblas() -> None:
    assert routines_for("processor\t: 0\nFeatures\t: fp asimd\n") is None


def loaded(**environment: str) -> str:
    """The routines and the number of threads of the OpenBLAS that NumPy brings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    command = [sys.executable, "-c", _LOADED]
    return subprocess.check_output(command, cwd=PROJECT, env={**kept, **environment}, text=True).strip()


def test_openblas_uses_them_with_one_thread() -> None:
    routines = routines_for(Path("/proc/cpuinfo").read_text())
    if routines is None:
        pytest.skip("this processor has none of these flags")
    assert loaded() == f"{routines} 1"


def test_the_environment_decides_where_it_says_something() -> None:
    assert loaded(OPENBLAS_CORETYPE="Prescott", OPENBLAS_NUM_THREADS="2") == "Prescott 2"

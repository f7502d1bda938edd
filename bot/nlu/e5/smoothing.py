"""What the columns before a product are divided by, so that whole numbers of eight bits hold them all.

In a few columns the model's numbers are fifty times as large as in the others, which would then be rounded to almost
nothing. Their weights are multiplied with what they are divided by, so that the product stays what it is. The rule is
that of SmoothQuant (https://arxiv.org/abs/2211.10438); `bot.nlu.e5.calibrate` makes the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Dict

import numpy as np
from numpy.typing import NDArray

Divisors = Dict[str, NDArray[np.float32]]
"""By the name of a product, one for each of its inputs. A product that isn't there needs none."""

FILE = Path(__file__).with_name("smoothing.npz")
STEPS = 2
"""A divisor is a power of two with an exponent in halves, so that it fits in a byte."""


def read() -> Divisors:
    """The divisors that come with the project."""
    with np.load(FILE, allow_pickle=False) as exponents:
        return {name: np.exp2(exponents[name].astype(np.float32) / STEPS) for name in exponents.files}

"""The learnt half of the crisis check: sentence vector and letter groups in, probabilities of the tiers out.

The vector knows what a sentence means, the letter groups how such things are said; together they miss and
over-react less than either. The weights are in `crisis_weights.npz`, made by `python -m bot.safety.train`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from bot.nlu.encoder import Encoder
from bot.safety.signals import without_figures
from bot.safety.wording import BOUNDARY, plain

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "crisis_weights.npz"
EXPLICIT, GREY, NONE = "explicit", "grey", "none"
CLASSES = (EXPLICIT, GREY, NONE)
_VECTOR_SCALE = 2.0

_letters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=2**14, alternate_sign=False)
_words = HashingVectorizer(
    analyzer="word", ngram_range=(1, 2), n_features=2**13, alternate_sign=False, token_pattern=r"[^ ]+"
)


def shown_to_encoder(text: str) -> Tuple[str, str]:
    """The text to encode, and its plain spelling without figures of speech.

    A figure ("ik werk me dood") would colour the vector, so a text with one is encoded without it.
    """
    spelled = plain(text)
    neutral = without_figures(spelled)
    if neutral == spelled:
        return text, neutral
    return neutral.replace(f" {BOUNDARY} ", ". ").replace("figuurlijk", "").strip(), neutral


def features(vectors: Floats, neutral: Sequence[str], centre: Floats) -> sparse.csr_matrix:
    """One row a text: its centred vector, its letter groups and its words."""
    dense = sparse.csr_matrix((vectors - centre) * _VECTOR_SCALE)
    return sparse.hstack([dense, _letters.transform(neutral), _words.transform(neutral)]).tocsr()


@lru_cache(maxsize=1)
def _weights() -> Tuple[Floats, Floats, Floats]:
    with np.load(WEIGHTS) as data:
        return tuple(data[name].astype(np.float32) for name in ("weights", "bias", "centre"))


def leanings(texts: Sequence[str]) -> Floats:
    """How much the letter groups and words of each text alone speak for a crisis: log odds, without a vector."""
    weights, bias, centre = _weights()
    neutral = [shown_to_encoder(text)[1] for text in texts]
    groups = sparse.hstack([_letters.transform(neutral), _words.transform(neutral)]).tocsr()
    scores = np.asarray(groups @ weights[:, len(centre) :].T) + bias
    return np.asarray(scores[:, :2].max(axis=1) - scores[:, 2], dtype=np.float32)


def probabilities(texts: Sequence[str], encoder: Encoder) -> Floats:
    """One row a text with the probabilities of `CLASSES`, in their order."""
    weights, bias, centre = _weights()
    pairs: List[Tuple[str, str]] = [shown_to_encoder(text) for text in texts]
    matrix = features(encoder.encode([shown for shown, _ in pairs]), [neutral for _, neutral in pairs], centre)
    scores = np.asarray(matrix @ weights.T) + bias
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)

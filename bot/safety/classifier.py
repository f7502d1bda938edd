"""The learnt half of the crisis check: sentence vector and letter groups in, probabilities of the tiers out.

Two models are combined: a linear one over the vector, the letter groups and the words knows how such things are said; a
kernel machine over the vector alone knows what they mean. The mean of their log odds misses less, and raises fewer
false alarms, than either of them. The weights are in `crisis_weights.npz`, made by `python -m bot.safety.train`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Callable, List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction._hashing_fast import transform as hashing_transform
from sklearn.feature_extraction.text import HashingVectorizer

from bot.nlu import remembered
from bot.nlu.encoder import Encoder
from bot.safety.signals import without_figures
from bot.safety.wording import BOUNDARY, plain

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "crisis_weights.npz"
EXPLICIT, GREY, NONE = "explicit", "grey", "none"
CLASSES = (EXPLICIT, GREY, NONE)
_VECTOR_SCALE = 2.0
KERNEL_WIDTH = 1.0
KERNEL_SCALE = 3.0
"""What a kernel machine's score of 1 counts for in log odds."""
_KERNEL_ROUGHLY = (0.1346, 0.2894, 0.3313)
"""The kernel as a polynomial in the cosine: least squares over the cosines of 25,348 texts and the support vectors."""
_MOST_WRONG = 1.4
"""How far the score by that polynomial may lie from the kernel machine's own: 1.30 at most for those texts."""
_SURELY_CALM = -2.4
"""Log odds below which nothing counts as a sign of danger: `crisis` goes by probabilities from 0.1 up."""

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
    """One row per text: its centred vector, its letter groups and its words. Training uses these too."""
    dense = sparse.csr_matrix((vectors - centre) * _VECTOR_SCALE)
    return sparse.hstack([dense, _letters.transform(neutral), _words.transform(neutral)]).tocsr()


@dataclass(frozen=True)
class Weights:
    """What training found, see `bot.safety.train`."""

    weights: Floats
    bias: Floats
    centre: Floats
    support: Floats
    """Unit vectors of the kernel machine's support vectors, one a row."""
    duals: Floats
    """One row per support vector: its part in the scores of "explicit" and of "either tier"."""
    offsets: Floats

    @cached_property
    def of_letters(self) -> Floats:
        """What each letter group adds to the scores of `CLASSES`, a row each: read in one place, not in three."""
        first = len(self.centre)
        return np.ascontiguousarray(self.weights[:, first : first + _letters.n_features].T)

    @cached_property
    def of_words(self) -> Floats:
        """The same for words, and pairs of them."""
        return np.ascontiguousarray(self.weights[:, len(self.centre) + _letters.n_features :].T)

    @cached_property
    def rough_terms(self) -> Tuple[float, Floats, Floats]:
        """What `rough_scores` adds up: a number, what each dimension counts for, and what each pair of them does."""
        constant, linear, square = _KERNEL_ROUGHLY
        duals = self.duals[:, 1]
        pairs = square * (self.support.T * duals) @ self.support
        return float(constant * duals.sum() + self.offsets[1]), linear * (duals @ self.support), pairs

    def rough_scores(self, units: Floats) -> Floats:
        """The kernel machine's score of "either tier" for each row, roughly, in a twentieth of the time.

        All support vectors together are read for a score, and of a polynomial of degree two one small matrix is left.
        """
        constant, linear, pairs = self.rough_terms
        return constant + units @ linear + ((units @ pairs) * units).sum(axis=1)

    def scores(self, units: Floats) -> Floats:
        """The kernel machine's scores of "explicit" and of "either tier", a row for each row."""
        return np.exp(2 * KERNEL_WIDTH * (units @ self.support.T - 1)) @ self.duals + self.offsets


@lru_cache(maxsize=1)
def _weights() -> Weights:
    with np.load(WEIGHTS) as data:
        return Weights(**{name: data[name].astype(np.float32) for name in data.files})


def unit(vectors: Floats, centre: Floats) -> Floats:
    """Rows as the kernel machine sees them: centred, of length one."""
    moved = vectors - centre
    return moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)


@lru_cache(maxsize=remembered.WORDS)
def _letter_columns(word: str) -> NDArray[np.int32]:
    """Where the letter groups of a word stand; none goes on in another word."""
    return _columns(_letters, word)


def _columns(vectorizer: HashingVectorizer, text: str) -> NDArray[np.int32]:
    """The column of each of a text's groups, as often as the text has it.

    By scikit-learn's own routine of hashing, without its checks and without sparse matrices of one row.
    """
    groups = [(group, 1) for group in _analyser(vectorizer)(text)]
    columns, _, _ = hashing_transform(iter([groups]), vectorizer.n_features, np.float64, alternate_sign=False, seed=0)
    return np.asarray(columns)


@lru_cache(maxsize=2)
def _analyser(vectorizer: HashingVectorizer) -> Callable[[str], List[str]]:
    """What takes a text apart: made once, since making it costs as much as using it."""
    analyse: Callable[[str], List[str]] = vectorizer.build_analyzer()
    return analyse


def _words_say(neutral: Sequence[str], learnt: Weights) -> NDArray[np.float64]:
    """What the letter groups and words of each text add to the scores of `CLASSES`; one row per text."""
    rows = np.zeros((len(neutral), len(CLASSES)))
    for row, text in zip(rows, neutral):
        words = text.split()
        if words:
            row += _weighed(np.concatenate([_letter_columns(word) for word in words]), learnt.of_letters)
            row += _weighed(_columns(_words, text), learnt.of_words)
    return rows


def _weighed(columns: NDArray[np.int32], weights: Floats) -> NDArray[np.float64]:
    """What these columns add to the scores: a weight as often as its column is there, over the length of all counts."""
    there, counts = np.unique(columns, return_counts=True)
    return counts @ weights[there] / np.linalg.norm(counts)


def leanings(texts: Sequence[str]) -> Floats:
    """How much the letter groups and words of each text alone speak for a crisis: log odds, without a vector."""
    learnt = _weights()
    neutral = [shown_to_encoder(text)[1] for text in texts]
    scores = _words_say(neutral, learnt) + learnt.bias
    return np.asarray(scores[:, :2].max(axis=1) - scores[:, 2], dtype=np.float32)


def probabilities(texts: Sequence[str], encoder: Encoder) -> Floats:
    """One row per text with the probabilities of `CLASSES`, in their order."""
    pairs: List[Tuple[str, str]] = [shown_to_encoder(text) for text in texts]
    return judge(encoder.encode([shown for shown, _ in pairs]), [neutral for _, neutral in pairs], _weights())


def judge(vectors: Floats, neutral: Sequence[str], learnt: Weights) -> Floats:
    """One row per text with the probabilities of `CLASSES`, from its vector and its plain spelling without figures."""
    dense = ((vectors - learnt.centre) * _VECTOR_SCALE).astype(np.float64)
    scores = dense @ learnt.weights[:, : len(learnt.centre)].T + _words_say(neutral, learnt) + learnt.bias
    rows = np.exp(scores - scores.max(axis=1, keepdims=True))
    rows /= rows.sum(axis=1, keepdims=True)
    odds = _log_odds(np.stack([rows[:, 0], rows[:, 0] + rows[:, 1]], axis=1))
    units = unit(vectors, learnt.centre)
    kernel = np.repeat(learnt.rough_scores(units)[:, None], 2, axis=1)
    doubtful = (odds[:, 1] + KERNEL_SCALE * (kernel[:, 1] + _MOST_WRONG)) / 2 > _SURELY_CALM
    if doubtful.any():
        kernel[doubtful] = learnt.scores(units[doubtful])
    odds = (odds + KERNEL_SCALE * kernel) / 2
    both = 1 / (1 + np.exp(-odds))
    explicit = np.minimum(both[:, 0], both[:, 1])
    return np.stack([explicit, both[:, 1] - explicit, 1 - both[:, 1]], axis=1).astype(np.float32)


def _log_odds(probability: Floats) -> Floats:
    kept = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.log(kept / (1 - kept))

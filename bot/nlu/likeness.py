"""How alike the texts of answers are to a question, in meaning and in letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse._sparsetools import csr_matvec

from bot.nlu.answer_model import Owners
from bot.nlu.encoder import Vectors

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Likeness:
    """How alike the texts of each unit are to each of some questions; one row per question, one column per unit."""

    nearest: Vectors
    centre: Vectors
    words: Vectors
    word_centre: Vectors

    def part(self, first: int, last: int) -> Likeness:
        """The rows of the questions from `first` up to `last`."""
        rows = slice(first, last)
        return Likeness(self.nearest[rows], self.centre[rows], self.words[rows], self.word_centre[rows])


class UnitTexts:
    """The texts of all units, as vectors and n-grams, in the order of their units."""

    def __init__(self, vectors: Vectors, words: csr_matrix, owners: Owners, units: int):
        """`vectors`, `words`, `owners`: a row for each text, of unit length but for `owners`, the place of its unit."""
        self._vectors = vectors
        self._words = words.astype(np.float32, copy=False)
        self._starts = np.searchsorted(owners, np.arange(units)).astype(np.int64)
        self._counts = np.bincount(owners, minlength=units).astype(np.int64)
        membership = csr_matrix(
            (np.ones(len(owners), dtype=np.float32), (owners, np.arange(len(owners)))), shape=(units, len(owners))
        )
        word_sums = membership @ self._words
        self._word_lengths = np.sqrt(word_sums.multiply(word_sums).sum(axis=1)).A1.astype(np.float32) + 1e-6
        self._lengths = np.linalg.norm(membership @ vectors, axis=1).astype(np.float32) + 1e-6

    def likeness(self, rows: Rows, vectors: Vectors, asked: Vectors) -> Likeness:
        """Of the texts of the units in `rows`, in order, to each vector, and to the n-grams in the rows of `asked`."""
        counts = self._counts[rows]
        here = np.flatnonzero(counts)
        nearest, centre, words, word_centre = np.zeros((4, len(vectors), len(rows)), dtype=np.float32)
        if not len(here):
            return Likeness(nearest, centre, words, word_centre)
        starts = (np.cumsum(counts) - counts)[here]
        alike = np.empty((counts.sum(), len(vectors)), dtype=np.float32)
        shared = np.zeros((len(vectors), counts.sum()), dtype=np.float32)
        columns, words_of_texts = np.ascontiguousarray(vectors.T), self._words
        to = 0
        for start, end in _runs(self._starts[rows[here]], counts[here]):
            at, to = to, to + end - start
            np.matmul(self._vectors[start:end], columns, out=alike[at:to])
            # By the routine of SciPy's own product, which can read a part of a matrix in its place: SciPy would copy
            # that part first, which takes more time than all the rest.
            places = words_of_texts.indptr[start : end + 1]
            for weights, sums in zip(asked, shared[:, at:to]):
                csr_matvec(
                    end - start,
                    words_of_texts.shape[1],
                    places,
                    words_of_texts.indices,
                    words_of_texts.data,
                    weights,
                    sums,
                )
        nearest[:, here] = np.maximum.reduceat(alike, starts).T
        centre[:, here] = np.add.reduceat(alike, starts).T / self._lengths[rows[here]]
        words[:, here] = np.maximum.reduceat(shared, starts, axis=1)
        word_centre[:, here] = np.add.reduceat(shared, starts, axis=1) / self._word_lengths[rows[here]]
        return Likeness(nearest, centre, words, word_centre)


def _runs(starts: Rows, counts: Rows) -> List[Tuple[int, int]]:
    """Where stretches of rows begin and end, those that follow each other as one."""
    ends = starts + counts
    breaks = np.flatnonzero(starts[1:] != ends[:-1])
    first = starts[np.concatenate([[0], breaks + 1])]
    last = ends[np.concatenate([breaks, [len(ends) - 1]])]
    return list(zip(first.tolist(), last.tolist()))

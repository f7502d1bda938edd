"""Cuts a text into the pieces of words that the model knows: the likeliest way to cut it (a unigram model)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, List

import marisa_trie
import numpy as np

from bot.nlu import remembered
from bot.nlu.e5.weights import Weights

_WORD_START = "\u2581"
_SPACES = re.compile(" {2,}")
_WORSE_THAN_ANY_PIECE = 10.0
_TRIE, _ROWS = "pieces.marisa", "pieces.npy"


def write(weights: Weights, folder: Path) -> None:
    """Keep the pieces in a form that loads at once and in a megabyte."""
    pieces = weights.pieces()
    trie = marisa_trie.Trie(pieces)
    rows = np.empty(len(pieces), dtype=np.int32)
    rows[[trie.key_id(piece) for piece in pieces]] = np.arange(len(pieces))
    trie.save(str(folder / _TRIE))
    np.save(folder / _ROWS, rows)


class Pieces:
    """Cuts texts."""

    def __init__(self, weights: Weights, folder: Path):
        """`folder`: where `write` kept the pieces."""
        self._trie = marisa_trie.Trie().load(str(folder / _TRIE))
        # A view gives a number in a fifth of the time that an array takes.
        self._rows = memoryview(np.load(folder / _ROWS, mmap_mode="r"))
        self._scores = memoryview(weights.scores)  # type: ignore[arg-type]
        self._replacements: Dict[int, str] = weights.replacements
        self._first, self._last, self._unknown = weights.first, weights.last, weights.unknown
        self._unknown_score = float(weights.scores.min()) - _WORSE_THAN_ANY_PIECE
        self._cut = lru_cache(maxsize=remembered.WORDS)(self._cut_word)

    def rows(self, text: str, most: int) -> List[int]:
        """The rows of the text's pieces in the embeddings, with those of its begin and end; at most `most`."""
        text = _SPACES.sub(" ", text.translate(self._replacements))
        if not text.startswith(" "):
            text = " " + text
        # No piece goes on after a space.
        rows = [row for word in text.split(" ")[1:] for row in self._cut(_WORD_START + word)]
        return [self._first, *rows[: most - 2], self._last]

    def _cut_word(self, text: str) -> List[int]:
        """Viterbi's search: the best way to every place in the word, from the best ways to the places before it."""
        best = [0.0] + [-np.inf] * len(text)
        ways = [(0, self._unknown)] * (len(text) + 1)
        for start in range(len(text)):
            for piece, key in self._trie.iter_prefixes_with_ids(text[start:]):
                row = self._rows[key]
                end, score = start + len(piece), best[start] + self._scores[row]
                if row != self._unknown and score > best[end]:
                    best[end], ways[end] = score, (start, row)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], ways[start + 1] = best[start] + self._unknown_score, (start, self._unknown)
        rows, end = [], len(text)
        while end > 0:
            end, row = ways[end]
            rows.append(row)
        return rows[::-1]

"""A regular expression that isn't tried on a text that can't match it.

Hundreds of phrases are looked for, and most messages contain nothing of most of them; trying them all took 1.7 ms per
message. What every match must contain is derived from the expression itself, so nobody has to keep it up to date, and only
a text that contains it is searched.
"""

from __future__ import annotations

import re
import sre_parse
from collections import Counter
from sre_constants import BRANCH, LITERAL, MAX_REPEAT, MIN_REPEAT, SUBPATTERN
from typing import Any, Dict, FrozenSet, Iterable, List, Optional, Sequence, Set, Tuple

_LONG_ENOUGH = 5
"""Letters from which a longer piece hardly rules out more texts."""


class Phrase:
    """A compiled expression; `search` and `sub` are those of `re.Pattern`."""

    def __init__(self, expression: str) -> None:
        """Raises `re.error` for what is no expression, and `ValueError` for one that ignores case."""
        self.expression = re.compile(expression)
        if self.expression.flags & re.IGNORECASE:
            raise ValueError("Pieces are compared letter by letter.")
        self.pieces = tuple(_pieces(sre_parse.parse(expression)) or ("",))
        """Each match holds one of these."""

    def may_be_in(self, text: str) -> bool:
        """Whether the text holds one of the pieces."""
        # Not `any`: its generator takes longer than the search does.
        for piece in self.pieces:  # noqa: SIM110
            if piece in text:
                return True
        return False

    def search(self, text: str) -> Optional[re.Match[str]]:
        """The first place that matches."""
        return self.expression.search(text) if self.may_be_in(text) else None

    def sub(self, replacement: str, text: str) -> str:
        """The text with all places that match replaced."""
        return self.expression.sub(replacement, text) if self.may_be_in(text) else text


class PhraseIndex:
    """Finds which of many phrases a text may hold, by three letters of each piece, in one pass over the text."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        pieces = [(place, piece) for place, phrase in enumerate(phrases) for piece in phrase.pieces]
        often = Counter(gram for _, piece in pieces for gram in _grams(piece))
        self._short: List[Tuple[int, str]] = []
        self._by_gram: Dict[str, Set[int]] = {}
        for place, piece in pieces:
            grams = _grams(piece)
            if grams:
                rarest = min(grams, key=lambda gram: (often[gram], gram))
                self._by_gram.setdefault(rarest, set()).add(place)
            else:
                self._short.append((place, piece))

    def places(self, text: str) -> List[int]:
        """The places of the phrases that may match, in order; none that matches is missing."""
        found = {place for place, piece in self._short if piece in text}
        for gram in _grams(text) & self._by_gram.keys():
            found |= self._by_gram[gram]
        return sorted(found)


def _grams(text: str) -> Set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def _pieces(parsed: Any) -> Optional[FrozenSet[str]]:
    """Pieces of text of which each match holds at least one; None when there are none. `parsed`: by `sre_parse`."""
    found: List[Optional[FrozenSet[str]]] = []
    letters = ""
    for kind, argument in parsed:
        if kind is LITERAL:
            letters += chr(argument)
            continue
        found.append(frozenset([letters]))
        letters = ""
        if kind is BRANCH:
            found.append(_of_all(_pieces(branch) for branch in argument[1]))
        elif kind is SUBPATTERN:
            found.append(_pieces(argument[3]))
        elif kind in (MAX_REPEAT, MIN_REPEAT) and argument[0] > 0:
            found.append(_pieces(argument[2]))
    found.append(frozenset([letters]))
    useful: List[FrozenSet[str]] = [pieces for pieces in found if pieces and "" not in pieces]
    return max(useful, key=_selectivity) if useful else None


def _of_all(branches: Iterable[Optional[FrozenSet[str]]]) -> Optional[FrozenSet[str]]:
    pieces: List[str] = []
    for branch in branches:
        if branch is None:
            return None
        pieces += branch
    return frozenset(pieces)


def _selectivity(pieces: FrozenSet[str]) -> float:
    """How many texts the pieces rule out, roughly: long pieces do, and few of them."""
    shortest = min(len(piece.strip()) for piece in pieces)
    return min(shortest, _LONG_ENOUGH) - len(pieces) / 10

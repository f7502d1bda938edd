"""A regular expression that isn't tried on a text that can't match it.

Hundreds of phrases are looked for, and most messages contain nothing of most of them; trying them all took 1.7 ms per
message. What every match must contain is derived from the expression itself, so nobody has to keep it up to date, and only
a text that contains it is searched.
"""

from __future__ import annotations

import re
import sre_parse
from sre_constants import BRANCH, LITERAL, MAX_REPEAT, MIN_REPEAT, SUBPATTERN
from typing import Any, FrozenSet, Iterable, List, Optional

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

"""Small closed classes of words."""

from __future__ import annotations

from typing import FrozenSet


def word_class(words: str) -> FrozenSet[str]:
    """The words of a text, which is shorter to write and to read than a list."""
    return frozenset(words.split())

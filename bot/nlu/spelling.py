"""Read what is typed as it is meant: words cut short, and words that differ by a letter from one that is used a lot."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Dict, Iterable, List, Optional

from rapidfuzz.distance import DamerauLevenshtein

from bot.nlu.names import Mention, normalise, tokens_of

_WORD = re.compile(r"(?<![\w@.+/&'-])[^\W\d_]+(?![\w@+/&'-])")
_OFTEN = 30
"""In how many texts a word occurs that something else may be meant as."""
_SHORTEST = 3
_SWAPPED_ONLY = 4
"""Words shorter than this differ by one letter from too many others; two letters may be swapped in them."""
_TWO_MISTAKES_FROM = 9
_REMEMBERED = 512
_COMPOUND = 0.9
"""A mention's score from which it isn't misspelt."""
_CUT_SHORT = {
    "aanm": "aanmelden",
    "aanvr": "aanvragen",
    "begel": "begeleiding",
    "beoord": "beoordeling",
    "beh": "behandeling",
    "def": "definitie",
    "doelgr": "doelgroep",
    "fin": "financiering",
    "herbeoord": "herbeoordeling",
    "hvl": "hoeveel",
    "indic": "indicatie",
    "klantm": "klantmanager",
    "proefpl": "proefplaatsing",
    "subs": "subsidie",
    "traj": "traject",
    "uitk": "uitkering",
    "verg": "vergoeding",
    "voorw": "voorwaarden",
    "werkg": "werkgever",
    "werkn": "werknemer",
    "wnr": "wanneer",
    "wrm": "waarom",
}
"""What professionals' notes and phones leave off; each has one meaning in this field."""


class Spelling:
    """The words of all texts that messages are compared with, and which of them another word is meant as."""

    def __init__(self, texts: Iterable[str]):
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(tokens_of(text)))
        self.words = frozenset(counts)
        """Every word of these texts."""
        self._often: Dict[str, List[str]] = {}
        for word, count in counts.most_common():
            if count < _OFTEN:
                break
            if len(word) >= _SHORTEST:
                self._often.setdefault(word[0], []).append(word)
        self._meant = lru_cache(maxsize=_REMEMBERED)(self._find)

    def mended(self, text: str, names: Iterable[Mention]) -> str:
        """The text with mistyped and shortened words as they are meant; people's names stay."""
        words = tokens_of(text)
        kept: Dict[str, str] = {}
        for name in names:
            said = words[name.start : name.end]
            kept.update((word, word) for word in said)
            if name.score < _COMPOUND and len(said) == 1 and name.name.isalpha():
                kept[said[0]] = name.name  # "klantmanger"

        def meant(found: re.Match[str]) -> str:
            said = found[0]
            word = normalise(said)
            if word in kept:
                return said if kept[word] == word else kept[word]
            if said[0].isupper() and text[: found.start()].strip() and not said.isupper():
                return said
            return self._meant(word) or said

        return _WORD.sub(meant, text)

    def _find(self, word: str) -> Optional[str]:
        if word in _CUT_SHORT:
            return _CUT_SHORT[word]
        if word in self.words or len(word) < _SHORTEST:
            return None
        most = 2 if len(word) >= _TWO_MISTAKES_FROM else 1
        best, distance = None, most + 1
        # the commonest word first: of two as near, it is likelier
        for other in self._often.get(word[0], ()):
            if abs(len(other) - len(word)) >= distance:
                continue
            if len(word) < _SWAPPED_ONLY and sorted(other) != sorted(word):
                continue
            if other.startswith(word) or word.startswith(other):
                continue  # cut short or with an ending: "werkg", "euros"
            apart = DamerauLevenshtein.distance(other, word, score_cutoff=distance - 1)
            if apart < distance:
                best, distance = other, apart
        return best

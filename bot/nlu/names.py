"""Find names in a message: topics of the knowledge base and places, as people type them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, Iterable, List, Optional, Sequence, Set, Tuple

from rapidfuzz.distance import DamerauLevenshtein

from knowledge.queries import Place, Snapshot, TopicName

_TOKEN = re.compile(r"[a-z0-9&@+/]+(?:'[a-z]+)?")
_LONGEST_NAME = 8
_MOST_WORDS = 400
_REMEMBERED_TEXTS = 64
_SHORTEST_FUZZY = 5
_SHORTEST_COMPOUND = 4
_LONG_WORD = 7
_LONG_JOINED = 12
_TWO_MISTAKES_FROM = 8
_WORDS_MORE = {0: 0, -1: 1, 1: 2}
"""How many words more than is said a name may have, and which of these counts first."""
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_EXCEPT = frozenset({"behalve", "uitgezonderd", "buiten"})
_BEFORE_A_NAME = (
    r"(?:(?:in|met|voor|bij|over|op|van|uit|naar|door|via|om) )?(?:(?:de|het|t|een|n|die|dat|zo'n|mijn|mn) )?"
    r"(?:(?!welke|deze|alleen|meerdere)\w{3,}e )?"
)
"""What may stand between "niet" and the name it rules out: "niet via de externe jobcoach"."""
_NOT = re.compile(rf"\b(?:niet|geen|nie) {_BEFORE_A_NAME}$")
_NOT_FIRST = re.compile(rf"^(?:(?:nee+n?|sorry|oh?|maar|ik bedoel|nou) )*(?:niet|nie|geen) {_BEFORE_A_NAME}$")
_INSTEAD = re.compile(r"^(?:maar|(?:\w+ )?wel)\b")
_ARTICLE = re.compile(r"(?:(?:in|met|voor|bij|over|van|naar|via) )?(?:(?:de|het|een) )?$")

# Dutch words that are also names of places: these count only where the sentence names a place.
_AMBIGUOUS_PLACES = {
    "best",
    "echt",
    "made",
    "grave",
    "mill",
    "goor",
    "horst",
    "balk",
    "enter",
    "leek",
    "haren",
    "bergen",
    "ede",
    "epe",
    "oss",
    "laren",
    "weert",
    "assen",
    "elst",
    "peel",
    "doorn",
    "heerde",
    "beek",
    "buren",
    "someren",
    "zeist",
    "hasselt",
    "rijn",
    "waterland",
    "nuth",
    "hoorn",
    "vianen",
    "edam",
    "geleen",
    "huizen",
    "loon",
    "cuijk",
    "delden",
    "noord-holland",
    "tiel",
    "urk",
    "hulst",
    "dalfsen",
    "staphorst",
    "raalte",
    "haag",
    "010",
    "020",
    "030",
    "040",
    "050",
    "070",
    "dongen",
    "de bilt",
    "susteren",
    "lemmer",
    "borne",
    "almere",
    "medemblik",
    "druten",
    "wijchen",
    "asten",
    "deurne",
    "veere",
    "losser",
}
_PLACE_CUES = {"in", "uit", "gemeente", "regio", "te", "bij", "omgeving", "woon", "stad", "rond", "van", "voor"}
_AMBIGUOUS_CUES = {"in", "uit", "gemeente", "regio", "omgeving", "stad"}


def normalise(text: str) -> str:
    """The text in lower case, without accents and with one kind of apostrophe."""
    text = text.lower().replace("’", "'").replace("`", "'")
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    return "".join(character for character in text if not unicodedata.combining(character))


def tokens_of(text: str) -> List[str]:
    """The words of a text, as names are compared."""
    return _TOKEN.findall(normalise(text))


def word_spans(text: str) -> List[Tuple[int, int]]:
    """Where each of the words of `tokens_of` stands in the text."""
    plain = normalise(text)
    # a ligature has two letters when it is taken apart; all else keeps its place
    plain = plain if len(plain) == len(text) else text.lower()
    return [match.span() for match in _TOKEN.finditer(plain)]


def without_brackets(name: str) -> str:
    """A name as it is said: "Individuele Plaatsing en Steun (IPS)" without its abbreviation."""
    return _IN_BRACKETS.sub("", name)


def _forms(text: str) -> List[str]:
    """The words of a text up to their apostrophe: "cmd'ers" and "jobcoach's" are forms of the name before it."""
    return [word.split("'")[0] for word in tokens_of(text)]


@dataclass(frozen=True)
class Mention:
    """A name that was found in a message."""

    value: str
    """The topic's or region's slug."""
    name: str
    """The name as the knowledge base has it."""
    start: int
    """First word, counted from 0."""
    end: int
    """One past the last word."""
    score: float
    """1 for the exact name, less for a compound or a typing mistake."""
    negated: bool = False
    municipality: Optional[str] = None


class NameFinder:
    """Finds names in texts: exactly, in compounds, and with typing mistakes.

    Mistakes allowed (Damerau-Levenshtein): one in 5 to 7 letters, two from 8, none in shorter names, nor in a short
    word of a longer name; where a space is too many or too few, none besides it, or one from 12 letters.
    """

    def __init__(self, entries: Iterable[Tuple[str, str, bool]], words: Iterable[str] = ()):
        """`entries`: each name, what it stands for, and whether it may be misspelt or part of a compound.

        `words`: words that are spelt rightly and so are no misspelt name: "psychisch" isn't "psychotisch".
        """
        self._words = frozenset(words)
        self._exact: Dict[Tuple[str, ...], List[Tuple[str, str]]] = {}
        # By first letter, length and words of what may be typed for it: words that are like no name cost nothing.
        self._fuzzy: Dict[Tuple[str, int, int], List[Tuple[int, int, str, Tuple[str, ...], int]]] = {}
        self._stems: Dict[str, Tuple[str, ...]] = {}
        # Parts of one turn ask for the same text.
        self._found = lru_cache(maxsize=_REMEMBERED_TEXTS)(self._find)
        for position, (name, value, flexible) in enumerate(entries):
            words = tuple(_forms(name))
            if not words or len(words) > _LONGEST_NAME:
                continue
            owners = self._exact.setdefault(words, [])
            if value not in [owner for owner, _ in owners]:
                owners.append((value, name))
            joined = "".join(words)
            if flexible and len(joined) >= _SHORTEST_FUZZY:
                for more, order in _WORDS_MORE.items():
                    allowed = _mistakes(joined, more)
                    entry = (order, position, joined, words, allowed)
                    for letters in range(len(joined) - allowed, len(joined) + allowed + 1):
                        self._fuzzy.setdefault((joined[0], letters, len(words) - more), []).append(entry)
            if flexible and len(words) == 1 and len(joined) >= _SHORTEST_COMPOUND:
                self._stems[joined] = words

    def find(self, text: str) -> Tuple[Mention, ...]:
        """All mentions, in order; overlapping ones only where they are the same words."""
        return self._found(text)

    def _find(self, text: str) -> Tuple[Mention, ...]:
        words = _forms(text)[:_MOST_WORDS]
        mentions: List[Mention] = []
        taken: Set[int] = set()
        for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                span = range(start, start + length)
                if taken.intersection(span):
                    continue
                owners = self._exact.get(tuple(words[start : start + length]))
                if owners:
                    taken.update(span)
                    mentions += [Mention(value, name, start, start + length, 1.0) for value, name in owners]
        for start, word in enumerate(words):
            if start not in taken:
                stem = self._stem_of(word)
                if stem:
                    taken.add(start)
                    mentions += [Mention(value, name, start, start + 1, 0.9) for value, name in self._exact[stem]]
        for length in range(min(4, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                span = range(start, start + length)
                if taken.intersection(span):
                    continue
                found = self._misspelt(words[start : start + length])
                if found:
                    taken.update(span)
                    score = 0.8
                    mentions += [Mention(value, name, start, start + length, score) for value, name in found]
        return tuple(sorted(mentions, key=lambda mention: mention.start))

    def _stem_of(self, word: str) -> Optional[Tuple[str, ...]]:
        for end in range(len(word) - 1, _SHORTEST_COMPOUND - 1, -1):
            stem = self._stems.get(word[:end])
            if stem:
                return stem
        return None

    def _misspelt(self, said: Sequence[str]) -> List[Tuple[str, str]]:
        joined = "".join(said)
        if len(joined) < _SHORTEST_FUZZY:
            return []
        is_word = joined in self._words
        best: Optional[Tuple[int, int, int, Tuple[str, ...]]] = None
        for order, position, name, key, allowed in self._fuzzy.get((joined[0], len(joined), len(said)), ()):
            if order == 0 and len(said) > 1 and not _same_short_words(key, said):
                continue
            if is_word and not (name.startswith(joined) or joined.startswith(name)):
                continue  # a word of its own, and no form of the name
            distance = DamerauLevenshtein.distance(name, joined, score_cutoff=allowed)
            found = (distance, order, position)
            if distance <= allowed and (best is None or found < best[:3]):
                best = (*found, key)
        return self._exact[best[3]] if best else []


def _mistakes(name: str, words_more: int) -> int:
    """How many wrong letters a name may have where it has so many words more than were typed."""
    if words_more:
        # a space too many or too few is a mistake already: "werk moet" is no "werkmaat"
        return 1 if len(name) >= _LONG_JOINED else 0
    return 1 if len(name) < _TWO_MISTAKES_FROM else 2


def _same_short_words(name: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the short words of a name were typed exactly: "werk maar" is no "werk maat"."""
    return all(len(word) >= _SHORTEST_FUZZY or word == other for word, other in zip(name, said))


class TopicLinker:
    """Finds the topics that a message names."""

    def __init__(self, names: Sequence[TopicName], words: Iterable[str] = ()):
        """`words`: see `NameFinder`."""
        entries = []
        for name in names:
            if name.kind == "description":
                continue
            flexible = name.kind != "abbreviation" and not name.name.isupper()
            entries.append((name.name, name.topic, flexible))
            short = without_brackets(name.name)
            for part in [short, *re.findall(r"\(([^)]+)\)", name.name)] if name.kind == "name" else []:
                if part and part != name.name:
                    entries.append((part, name.topic, len(tokens_of(part)) > 1 or len(part) >= _LONG_WORD))
        self._finder = NameFinder(entries, words)

    @classmethod
    def of(cls, snapshot: Snapshot) -> TopicLinker:
        """One that knows the names of a knowledge base, and takes no word that editors write for a misspelt name."""
        texts = (text for unit in snapshot.units for text in (unit.question, *unit.texts))
        return cls(snapshot.names, (word for text in texts for word in tokens_of(text)))

    def link(self, text: str) -> List[Mention]:
        """The topics that are named; X in "niet X maar Y" and "behalve X" is marked as negated."""
        words = tokens_of(text)
        found = self._finder.find(text)
        starts = {mention.start for mention in found}
        result = []
        for mention in found:
            before = words[max(0, mention.start - 2) : mention.start]
            after = words[mention.end : mention.end + 2]
            negated = ("niet" in before or "geen" in before) and bool({"maar", "wel"} & set(after))
            negated = negated and after[0] != "zelf"  # "niet CORAL zelf maar de training erover"
            negated = negated or bool(_EXCEPT & set(before[-1:])) or _is_ruled_out(words, mention, starts)
            result.append(Mention(mention.value, mention.name, mention.start, mention.end, mention.score, negated))
        return result


def _is_ruled_out(words: Sequence[str], mention: Mention, starts: Set[int]) -> bool:
    """Whether a name stands after "niet" with another in its stead: "niet de gewone jobcoach maar", "niet X, de Y"."""
    before, after = " ".join(words[: mention.start]), " ".join(words[mention.end :])
    before = f"{before} " if before else ""
    if _NOT.search(before) and _INSTEAD.match(after):
        return True
    others = [start for start in starts if start >= mention.end]
    between = " ".join(words[mention.end : min(others)]) if others else None
    between = f"{between} " if between else between
    return between is not None and bool(_NOT_FIRST.match(before) and _ARTICLE.fullmatch(between))


class PlaceLinker:
    """Finds the arbeidsmarktregio of the places that a message names."""

    def __init__(self, places: Sequence[Place]):
        self._places: Dict[str, Place] = {}
        entries = []
        for place in places:
            self._places.setdefault(place.name, place)
            flexible = len(place.name) >= 7 and normalise(place.name) not in _AMBIGUOUS_PLACES
            entries.append((place.name, place.name, flexible))
        self._finder = NameFinder(entries)

    def link(self, text: str) -> List[Mention]:
        """Places as mentions whose value is the region's slug; everyday words need a sign that a place is meant."""
        words = tokens_of(text)
        result = []
        for mention in self._finder.find(text):
            before = set(words[max(0, mention.start - 2) : mention.start])
            plain = " ".join(words[mention.start : mention.end])
            alone = mention.end - mention.start == len(words)
            if plain in _AMBIGUOUS_PLACES and not (before & _AMBIGUOUS_CUES or alone):
                continue
            if mention.score < 1 and not (before & _PLACE_CUES or alone):
                continue
            place = self._places[mention.value]
            result.append(
                Mention(place.region, place.name, mention.start, mention.end, mention.score, False, place.municipality)
            )
        return result

"""Find and mask the names of people in a message.

A word is taken for a name when the words around it say that it is one ("ik heet", "mevrouw", "mijn klant"), when it is
a common first name, or when it looks like a full name that the knowledge base doesn't know: people and places of the
knowledge base are public there, and questions about them must stay readable. A name in the form of an ordinary word,
typed in lower case without such words around it, stays: no list knows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Callable, FrozenSet, Iterable, List, Match, Pattern, Set, Tuple

from bot.nlu.dutch import pipeline
from bot.safety.name_words import (
    AMBIGUOUS_FIRST_NAMES,
    CLEAR_FIRST_NAMES,
    COMPANIES,
    FIRST_NAMES,
    NO_NAME,
    NO_NAME_CAPITAL,
    ORGANISATIONS,
    SURNAMES,
)

MASK = "[naam]"

_PARTICLE = r"(?:van|de|der|den|ten|ter|te|'t|’t|het|el|al|bin|ben|ibn|la|le|du|von|da|dos|di|(?:op|in) (?:de|den|het|'t|’t)|v\.?d\.?|vd)"
_CAPITAL = r"(?:[A-Z]\.(?:[A-Z]\.)*|[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þa-z][a-zß-öø-ÿ]+)*)"
_FULL_NAME = re.compile(rf"(?<![\w@.\[-]){_CAPITAL}(?:\s(?:{_PARTICLE}\s){{0,3}}{_CAPITAL})+(?![\w-])")
_CAPITAL_WORD = re.compile(rf"(?<![\w@.\[-]){_CAPITAL}(?![\w@-])")
_INITIALS = r"(?:[^\W\d_]\.\s?)+(?=[^\W\d_])"
_ANY_WORD = r"[^\W\d_][\w'’-]*[^\W_]|[^\W\d_]"

_INTRODUCTION = re.compile(
    r"\b(?P<cue>(?:(?:ik|hij|zij|ze|klant|cli[eë]nt|zoon|dochter|man|vrouw|vriend|vriendin|collega) heet|heet ik"
    r"|(?:mijn|mn|m'n|zijn|haar|z'n) (?:volledige |hele |voor|achter)?naam (?:is|:)|naam ?:|(?:voor|achter)naam ?:"
    r"|ik ben|groet(?:jes|en)?,?|gr\.?,)\s+)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?<![\w-])(?P<cue>dhr\.?|de heer|mevr\.?|mw\.?|mej\.?|meneer|mijnheer|menir|mevrouw|mevrou)\s+",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<![\w-])(?P<cue>(?:mijn|mn|m'n|me|onze|zijn|haar|een|de|men)?\s?(?:klant|cli[eë]nte?|pati[eë]nte?|collega|zoon|dochter"
    r"|broer|zus|zusje|broertje|vriend|vriendin|man|vrouw|partner|buurman|buurvrouw|neef|nicht|werknemer|medewerker"
    r"|medewerkster|kandidaat|deelnemer|jobcoach|klantmanager|behandelaar|begeleider|begeleidster|psycholoog"
    r"|psychiater|huisarts|bedrijfsarts|verzekeringsarts|arts|dokter|dr\.?|tandarts|therapeut|hulpverlener|verpleegkundige"
    r"|baas|chef|leidinggevende|teamleider|manager|werkgever|consulent|casemanager|trajectbegeleider|coach|mentor|docent"
    r"|bewindvoerder|voogd|curator|ex|ex-man|ex-vrouw|vader|moeder|opa|oma|oom|tante|zwager|schoonzus|stagiaire?"
    r"|maatschappelijk werker|ervaringsdeskundige|adviseur|accountmanager|arbeidsdeskundige|advocaat|notaris|juf|meester),?"
    r"(?: heet| genaamd| is)?)\s+",
    re.IGNORECASE,
)

_HIDDEN = re.compile("[\ue000-\uf8ff]")
_PRIVATE_USE = dict.fromkeys(range(0xE000, 0xF900), " ")
_LOWER_NAME = re.compile(
    rf"(?<![\w-])(?P<first>[^\W\d_]{{3,}}) (?:{_PARTICLE} ){{0,3}}(?P<last>[^\W\d_]{{3,}})(?![\w-])"
)
_LOWER_FIRST_NAME = re.compile(
    rf"(?<![\w@.\[/-])(?<!\d )(?P<first>{'|'.join(sorted(CLEAR_FIRST_NAMES))})(?![\w@\]'’./-])(?= ?(?P<next>\w*))"
)
# What can be done to a name: "mijn naam is opgenomen", "is verkeerd gespeld".
_PARTICIPLE = re.compile(r"(?:(?:op|aan|in|af|door|uit|weg|om)?ge|be|ver|ont|mis)\w+(?:en|d|t)")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SPACED_WORD = re.compile(
    rf"\s*(?P<initials>{_INITIALS})?(?P<particles>(?:{_PARTICLE}\s+){{0,3}})(?P<word>{_ANY_WORD})", re.IGNORECASE
)
_LONGEST_NAME = 4


@dataclass(frozen=True)
class PublicNames:
    """The names that the knowledge base makes public, and the words that it uses; all in lower case."""

    names: FrozenSet[str]
    """Words that the knowledge base writes with a capital, and every word of a place."""
    pairs: FrozenSet[Tuple[str, str]]
    """Neighbours in running text of which one has a capital."""
    words: FrozenSet[str]
    """Words that occur without a capital."""
    surnames: FrozenSet[str]
    """Last words of the names of people."""
    first_names: FrozenSet[str]
    """First words of those names."""
    places: FrozenSet[str]
    """Words of the names of places."""

    @classmethod
    def of(cls, texts: Iterable[str], places: Iterable[str] = ()) -> PublicNames:
        """Read the knowledge base's texts (answers, names, sources) and the names of its places."""
        names: Set[str] = {"koers"}
        pairs: Set[Tuple[str, str]] = set()
        words: Set[str] = set()
        people: Set[Tuple[str, ...]] = set()
        for text in texts:
            spelled = _WORD.findall(text)
            for word in spelled:
                (words if word.islower() else names).add(word.lower())
            pairs.update((a.lower(), b.lower()) for a, b in pairwise(spelled) if not (a.islower() and b.islower()))
            people.update(tuple(name.lower().split()) for name in _FULL_NAME.findall(text))
        people = {person for person in people if person[0] in FIRST_NAMES}
        place_words: Set[str] = set()
        for place in places:
            spelled = [word.lower() for word in _WORD.findall(place)]
            names.update(spelled)
            place_words.update(word for word in spelled if len(word) > 3)
            pairs.update(pairwise(spelled))
        return cls(
            names=frozenset(names),
            pairs=frozenset(pairs),
            words=frozenset(words),
            surnames=frozenset(person[-1] for person in people),
            first_names=frozenset(person[0] for person in people),
            places=frozenset(place_words),
        )

    def has_full_name(self, name: str) -> bool:
        """Whether the knowledge base holds these words next to each other: a public person, place or organisation."""
        spelled = [word.lower() for word in _WORD.findall(name)]
        return len(spelled) > 1 and all(pair in self.pairs for pair in pairwise(spelled))


@dataclass(frozen=True)
class _NextWord:
    """A word that may belong to a name, and what stands before it."""

    text: str
    before: Tuple[str, ...]
    initials: bool
    particle: bool
    cue: str
    capital_particle: bool = False
    """Whether "Van" or the like stands before it with a capital, as in a surname without first name."""

    @classmethod
    def of(cls, match: Match[str], before: Tuple[str, ...], cue: str) -> _NextWord:
        """What `_SPACED_WORD` matched, after these words of the name so far."""
        initials = bool(match["initials"])
        particle = initials or bool(match["particles"])
        return cls(match["word"], before, initials, particle, cue, match["particles"][:1].isupper())

    @property
    def plain(self) -> str:
        return self.text.lower()

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper()

    def continues_name(self) -> bool:
        """Whether a name goes on with this word: another capital, though not that of an abbreviation, or a surname."""
        return (self.has_capital and not self.text.isupper()) or self.plain in SURNAMES


class NameMasker:
    """Masks the names of people; safe to share between threads."""

    def __init__(self, public: PublicNames, people: Callable[[str], List[str]]) -> None:
        """`people` finds names of people in a text; it is asked only about words that may be one."""
        self._public = public
        self._people = people

    def __call__(self, text: str) -> str:
        """The text with every name of a person replaced by `MASK`; private-use characters become spaces."""
        # Out of sight for the rest: a private-use character never looks like a name.
        companies: List[str] = []

        def hide(match: Match[str]) -> str:
            companies.append(match.group())
            return chr(0xE000 + len(companies) - 1)

        text = COMPANIES.sub(hide, text.translate(_PRIVATE_USE))
        for cue, accepts in ((_INTRODUCTION, self._introduced), (_TITLE, self._titled), (_ROLE, self._in_role)):
            text = self._mask_after(cue, accepts, text)
        if not _is_title_case(text):
            text = _FULL_NAME.sub(self._without_name, text)
            text = self._mask_people(text)
        text = self._mask_lower_case(text)
        return _HIDDEN.sub(lambda match: companies[ord(match.group()) - 0xE000], text)

    def _mask_after(self, cue: Pattern[str], accepts: Callable[[_NextWord], bool], text: str) -> str:
        """Mask the name that follows a cue: as many words as `accepts` takes for one, with "van de" between them."""
        parts: List[str] = []
        position = 0
        for match in cue.finditer(text):
            if match.start() < position:
                continue
            end = match.end()
            words: List[str] = []
            while len(words) < _LONGEST_NAME:
                word = _SPACED_WORD.match(text, end)
                if not word or not accepts(_NextWord.of(word, tuple(words), match["cue"].strip().lower())):
                    break
                words.append(word["word"])
                end = word.end()
            if words and not self._public.has_full_name(text[match.end() : end]):
                parts += [text[position : match.end()], MASK]
                position = end
        return "".join([*parts, text[position:]])

    # What each cue accepts as the next word of a name.

    def _introduced(self, next_word: _NextWord) -> bool:
        plain, cue = next_word.plain, next_word.cue
        if plain in NO_NAME:
            return False
        if next_word.before:
            return self._continues(next_word)
        is_first_name = plain in FIRST_NAMES
        if cue.startswith("ik ben"):
            return is_first_name and plain not in AMBIGUOUS_FIRST_NAMES
        if cue.startswith(("gr", "naam")) or cue.endswith(":"):
            return next_word.has_capital or is_first_name
        if cue.endswith("is"):
            is_ordinary = plain in self._public.words or _PARTICIPLE.fullmatch(plain)
            return next_word.has_capital or is_first_name or not is_ordinary
        return True

    def _continues(self, next_word: _NextWord) -> bool:
        """Whether a name that was introduced goes on; "van" may also lead to where someone is from."""
        if next_word.particle and next_word.plain in self._public.names - SURNAMES:
            return False
        return next_word.continues_name() or (next_word.particle and next_word.plain not in self._public.words)

    def _titled(self, next_word: _NextWord) -> bool:
        plain = next_word.plain
        if plain in NO_NAME or plain in self._public.surnames:
            return False
        if plain in self._public.places and next_word.has_capital and not next_word.text.isupper():
            return not next_word.before or next_word.continues_name()
        if plain in self._public.names and plain not in FIRST_NAMES | SURNAMES:
            return next_word.has_capital and next_word.capital_particle
        if next_word.has_capital:
            return not next_word.before or next_word.continues_name()
        if plain in SURNAMES or plain in CLEAR_FIRST_NAMES:
            return True
        abbreviated = next_word.cue.startswith(("dhr", "mevr.", "mevr ", "mw", "mej")) or next_word.cue == "mevr"
        return (
            not next_word.before
            and len(plain) > 2
            and plain not in self._public.words
            and (abbreviated or not next_word.particle)
        )

    def _in_role(self, next_word: _NextWord) -> bool:
        plain = next_word.plain
        if plain in NO_NAME or plain.capitalize() in NO_NAME_CAPITAL:
            return False
        if next_word.before:
            return next_word.continues_name()
        if next_word.has_capital and next_word.capital_particle and plain not in self._public.surnames:
            return True
        if next_word.cue.endswith(" is"):
            return plain in CLEAR_FIRST_NAMES
        if plain in self._public.names and plain not in FIRST_NAMES:
            return False
        if next_word.initials or (next_word.has_capital and not next_word.text.isupper()):
            return plain not in self._public.words
        return plain in CLEAR_FIRST_NAMES

    def _without_name(self, match: Match[str]) -> str:
        """What looks like a full name, with the name masked in it unless all of it is public."""
        public, words = self._public, match.group().split()
        if any(word in ORGANISATIONS for word in words):
            return match.group()
        start = 0
        while start < len(words) and (words[start] in NO_NAME_CAPITAL or words[start].islower()):
            start += 1
        rest = words[start:]
        if len(rest) < 2 or public.has_full_name(" ".join(rest)):
            return match.group()
        capitals = [word for word in rest if not word.islower()]
        plain = [word.lower() for word in capitals]
        begins_with_name = plain[0] in FIRST_NAMES
        is_known = all(word in public.names and word not in FIRST_NAMES for word in plain)
        is_ordinary = not begins_with_name and all(word in public.words or word in public.names for word in plain)
        begins_sentence = not begins_with_name and start == 0 and plain[0] in public.words
        if any(word in NO_NAME_CAPITAL for word in capitals) or is_known or is_ordinary or begins_sentence:
            return match.group()
        return " ".join([*words[:start], MASK])

    def _mask_people(self, text: str) -> str:
        """Single capitalised words: first names, and what `people` takes for a person."""
        candidates = [
            word
            for word in {match.group() for match in _CAPITAL_WORD.finditer(text)}
            if word not in NO_NAME_CAPITAL
            and word.lower() not in self._public.words
            and word.lower() not in self._public.names
        ]
        names = {word for word in candidates if word.lower() in FIRST_NAMES and word != "Frans"}
        rest = [word for word in candidates if word not in names]
        if rest:
            people = {word for person in self._people(text) for word in person.split()}
            names.update(word for word in rest if word in people)
        for name in names:
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", MASK, text)
        return text

    def _mask_lower_case(self, text: str) -> str:
        """Full names without capitals, where first name and surname are both common ones, and clear first names."""

        def full_name(match: Match[str]) -> str:
            is_name = match["first"].lower() in CLEAR_FIRST_NAMES and match["last"].lower() in SURNAMES
            return MASK if is_name and not self._public.has_full_name(match.group()) else match.group()

        def first_name(match: Match[str]) -> str:
            following = (match["first"], match["next"].lower())
            is_public = following in self._public.pairs or match["first"] in self._public.first_names
            return match.group() if is_public else MASK

        return _LOWER_FIRST_NAME.sub(first_name, _LOWER_NAME.sub(full_name, text))


def spacy_people(text: str) -> List[str]:
    """The people that spaCy sees in a text."""
    return [entity.text for entity in pipeline()(text).ents if entity.label_ == "PERSON"]


def _is_title_case(text: str) -> bool:
    """Whether capitals mean nothing here, because most words have one."""
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 4 and capitals > 0.7 * len(words)

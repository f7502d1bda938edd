"""Judge content that can be built: is it complete, plain, traceable, and fit to be said to a client?

`reader` refuses content with mistakes of form. This module judges its quality, as a careful reader would. Thresholds,
word lists and exceptions are in `content-rules.yml`, which editors own; how a thing is measured is here. Nothing here
prints or stops: `report` words the findings, `__main__` decides what they cost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Set, Tuple

import yaml
from pydantic import Field, validator

from knowledge.dates import dutch_date
from knowledge.reader import Content, Problem, iterate_answers
from knowledge.schema import Answer, Facet, Flow, Record, Source, SourceReference, Topic, TopicType

RULES = Path(__file__).parent / "content-rules.yml"

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_QUOTED = re.compile(r"(?<!\w)['‘\"“][^'’\"”]+['’\"”](?!\w)")
_CAPITALISED = r"[A-Z][\w@&'’/-]*"
_NAME = re.compile(rf"(?:(?<=[\w,;:)] )|(?<=\()){_CAPITALISED}(?: (?:(?:en|van|voor|de|het|der) )*{_CAPITALISED})*")
_LIST_ITEM = re.compile(r"^\s*- (.*)$", re.MULTILINE)


class Kind(Enum):
    """What can be wrong: its name in the report, and whether it must never land."""

    COMMAND = ("geboden of beloften in een tekst voor cliënten", True)
    NO_SOURCE = ("antwoorden of wijzigingen zonder bron", True)
    UNTRACED = ("getallen die niet in de feiten staan", True)
    NO_SAMPLES = ("antwoorden zonder voorbeeldvragen", True)
    DUPLICATE_SAMPLE = ("voorbeeldvragen die bij twee antwoorden staan", True)
    BROKEN_ADDRESS = ("adressen waarvan bekend is dat ze kapot zijn", True)
    MISSING_FACET = ("keer ontbreekt een antwoord dat bij het soort onderwerp hoort", False)
    HARD = ("teksten voor cliënten zijn te moeilijk", False)
    JARGON = ("moeilijke woorden zonder uitleg in een tekst voor cliënten", False)
    LONG = ("teksten voor cliënten zijn te lang", False)
    OLD = ("oude antwoorden zonder wijziging", False)
    FEW_SAMPLES = ("antwoorden met te weinig voorbeeldvragen", False)
    NAMED_SAMPLES = ("antwoorden waarvan te veel voorbeeldvragen het onderwerp noemen", False)
    UNUSED_SOURCE = ("bronnen die nergens gebruikt worden", False)
    NO_ADDRESS = ("bronnen zonder adres", False)

    def __init__(self, title: str, forbidden: bool):
        self.title = title
        self.forbidden = forbidden


@dataclass(frozen=True)
class Finding:
    """One thing that could be better, and where."""

    kind: Kind
    problem: Problem


@dataclass
class Quality:
    """What a check of all content found."""

    findings: List[Finding] = field(default_factory=list)
    sources_with_address: int = 0
    links: int = 0
    readability_measured: bool = True

    def of(self, kind: Kind) -> List[Problem]:
        """The findings of one kind."""
        return [finding.problem for finding in self.findings if finding.kind is kind]

    @property
    def forbidden(self) -> List[Finding]:
        """The findings that must never land."""
        return [finding for finding in self.findings if finding.kind.forbidden]


class Limits(Record):
    """How much is too much."""

    client_words: int = Field(alias="woorden_client")
    client_readability: float = Field(alias="leesbaarheid_client")
    years_until_old: int = Field(alias="verouderd_na_jaren")
    samples: int = Field(alias="voorbeelden_minstens")
    one_unnamed_in: int = Field(alias="een_op_de_zoveel_zonder_naam")


class Ban(Record):
    """Phrases that a client never reads, and what to write instead."""

    phrases: List[str] = Field(alias="tekst")
    instead: str = Field(alias="liever")


class Exemption(Record):
    """A piece of text that is treated differently, and why."""

    text: str = Field(alias="tekst")
    reason: str = Field(alias="reden")


class Jargon(Record):
    """A word that needs explaining, its other forms, words that show that it is explained, and names that hold it."""

    word: str = Field(alias="woord")
    forms: List[str] = Field(default_factory=list, alias="ook")
    explanations: List[str] = Field(default_factory=list, alias="uitleg")
    names: List[str] = Field(default_factory=list, alias="namen")

    def unexplained_in(self, text: str) -> bool:
        """Whether `text` uses the word and doesn't say what it means."""
        text = _QUOTED.sub(" ", text)
        for name in self.names:
            text = re.sub(re.escape(name), "naam", text, flags=re.IGNORECASE)
        forms = "|".join(re.escape(form) for form in [self.word, *self.forms])
        word = rf"(?<![\w-])(?:{forms})(?![\w-])"
        flags = 0 if self.word.isupper() else re.IGNORECASE
        if not re.search(word, text, flags):
            return False
        if any(explanation.lower() in text.lower() for explanation in self.explanations):
            return False
        explained = (
            rf"{word}(?: of [\w-]+)? ?[(:]",
            rf"\([^)]*{word}[^)]*\)",
            rf"{word},? (?:is|zijn|betekent|wil zeggen|dat is|dat zijn|dat betekent|oftewel|ofwel|een)\b",
            rf"\b(?:heet|heten|noem\w*|genoemd|ook wel)\b[^.]{{0,30}}{word}",
        )
        return not any(re.search(pattern, text, flags) for pattern in explained)


class Rules(Record):
    """The content of `content-rules.yml`."""

    limits: Limits = Field(alias="grenzen")
    facets: Dict[TopicType, List[str]] = Field(alias="facetten")
    bans: List[Ban] = Field(alias="verboden")
    broken_addresses: List[Exemption] = Field(alias="kapotte_adressen")
    names_with_number: List[Exemption] = Field(alias="namen_met_getal")
    jargon: List[Jargon]

    @validator("facets", each_item=True)
    def _known_facets(cls, value: List[str]) -> List[str]:
        for alternative in (name for wanted in value for name in wanted.split(" of ")):
            Facet(alternative)
        return value


def read_rules(path: Path = RULES) -> Rules:
    """The rules in `path`; raises `pydantic.ValidationError` when they can't be what they should."""
    return Rules.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))


def check(content: Content, rules: Rules, today: date) -> Quality:
    """Judge all content; `today` decides what is old."""
    checker = _Checker(content, rules, today)
    for topic in content.topics:
        checker.look_at_topic(topic)
    for topic, answer, key in iterate_answers(content.topics):
        checker.look_at_answer(answer, key)
        checker.look_at_samples(topic, answer, key)
    for flow in content.flows:
        checker.look_at_flow(flow)
    for sample, first, second in duplicate_samples(content.topics):
        checker.find(Kind.DUPLICATE_SAMPLE, second, f"{second}: '{sample}' staat ook bij {first}.")
    used = set(_used_sources(content))
    for source in content.sources:
        checker.look_at_source(source, source.slug in used)
    return checker.quality


class _Checker:
    """Looks at each piece of content, and keeps what it finds in `quality`."""

    def __init__(self, content: Content, rules: Rules, today: date):
        self._content = content
        self._rules = rules
        self._today = today
        self._sources = {source.slug: source for source in content.sources}
        self._readability = _readability_measure()
        self.quality = Quality(readability_measured=self._readability is not None)

    def find(self, kind: Kind, place: str, message: str) -> None:
        """Add a finding about the record called `place`."""
        file, line = self._content.places.get(place, ("?", 1))
        self.quality.findings.append(Finding(kind, Problem(file, line, message)))

    def look_at_topic(self, topic: Topic) -> None:
        """Whether it has the answers that belong to its type."""
        for wanted in _missing_facets(topic, self._rules):
            message = f"{topic.slug} ({topic.type}) heeft geen antwoord met facet {wanted}."
            self.find(Kind.MISSING_FACET, topic.slug, message)

    def look_at_answer(self, answer: Answer, key: str) -> None:
        """Whether it is plain, traceable, up to date, and free of broken addresses."""
        for name, text in client_texts(answer):
            self._look_at_client_text(text, key, name)
        for name in _without_source(answer):
            self.find(Kind.NO_SOURCE, key, f"{key} > {name}: er staat geen bron bij.")
        for name, number in untraced_numbers(answer, self._sources, self._rules.names_with_number):
            self.find(Kind.UNTRACED, key, f"{key} > {name}: '{number}' staat niet in de feiten. Voeg toe of haal weg.")
        if _is_old(answer, self._today, self._rules.limits.years_until_old):
            self.find(Kind.OLD, key, f"{key}: stand {answer.as_of}, en er staat geen wijziging bij.")
        for link in answer.links:
            self.quality.links += 1
            for broken in _broken(link.url, self._rules):
                self.find(Kind.BROKEN_ADDRESS, key, f"{key} > links: {link.url} is kapot: {broken}.")
        for name, text in texts(answer):
            for broken in _broken(text, self._rules):
                message = f"{key} > {name}: hierin staat een adres dat kapot is: {broken}."
                self.find(Kind.BROKEN_ADDRESS, key, message)

    def _look_at_client_text(self, text: str, key: str, name: str) -> None:
        limits = self._rules.limits
        self._look_for_commands(text, key, f"{key} > {name}")
        for jargon in self._rules.jargon:
            if jargon.unexplained_in(text):
                self.find(Kind.JARGON, key, f"{key} > {name}: leg '{jargon.word}' in dezelfde tekst uit.")
        words = len(text.split())
        if words > limits.client_words:
            self.find(Kind.LONG, key, f"{key} > {name}: {words} woorden, hoogstens {limits.client_words}.")
        score = self._readability(prose(text)) if self._readability else None
        if score is not None and score < limits.client_readability:
            least = f"{limits.client_readability:.0f}"
            message = f"{key} > {name}: leesbaarheid {score:.0f}, minstens {least}. Kortere zinnen."
            self.find(Kind.HARD, key, message)

    def _look_for_commands(self, text: str, place: str, where: str) -> None:
        for phrase, instead in _banned(text, self._rules.bans):
            self.find(Kind.COMMAND, place, f"{where}: hier staat '{phrase}'. Liever: {instead}.")

    def look_at_samples(self, topic: Topic, answer: Answer, key: str) -> None:
        """Whether there are enough, and enough that don't name the topic."""
        samples, limits = answer.sample_texts(), self._rules.limits
        if not samples:
            message = f"{key}: er staat geen enkele voorbeeldvraag bij. Zo vindt niemand het antwoord."
            self.find(Kind.NO_SAMPLES, key, message)
            return
        if len(samples) < limits.samples:
            self.find(Kind.FEW_SAMPLES, key, f"{key}: {len(samples)} voorbeeldvragen, minstens {limits.samples}.")
        unnamed = sum(not names_topic(sample, topic) for sample in samples)
        if unnamed * limits.one_unnamed_in < len(samples):
            message = f"{key}: {unnamed} van de {len(samples)} voorbeeldvragen zonder naam."
            self.find(Kind.NAMED_SAMPLES, key, message)

    def look_at_flow(self, flow: Flow) -> None:
        """Whether a guided conversation commands or promises anything."""
        place = f"gesprek:{flow.slug}"
        for text in [*(text.client for text in flow.texts.values()), *(step.client for step in flow.steps)]:
            self._look_for_commands(text, place, place)

    def look_at_source(self, source: Source, is_used: bool) -> None:
        """Whether it is used, and its address is whole."""
        place = f"bron:{source.slug}"
        if not is_used:
            message = f"{source.slug}: geen antwoord, criterium, regel of regio verwijst ernaar."
            self.find(Kind.UNUSED_SOURCE, place, message)
        if source.url is None:
            self.find(Kind.NO_ADDRESS, place, f"{source.slug}: {source.title} ({source.publisher}).")
            return
        self.quality.sources_with_address += 1
        for broken in _broken(source.url, self._rules):
            self.find(Kind.BROKEN_ADDRESS, place, f"{source.slug}: {source.url} is kapot: {broken}.")


def client_texts(answer: Answer) -> Iterator[Tuple[str, str]]:
    """What a client reads of an answer: pairs of field name and text."""
    yield "client", answer.client
    if answer.change:
        yield "wijziging > client", answer.change.client


def texts(answer: Answer) -> Iterator[Tuple[str, str]]:
    """All that an answer can say, to anyone: pairs of field name and text."""
    yield from client_texts(answer)
    yield "professional", answer.professional
    if answer.change:
        yield "wijziging > professional", answer.change.professional


def references(answer: Answer) -> List[SourceReference]:
    """The sources of an answer and of its change."""
    return answer.sources + (answer.change.sources if answer.change else [])


# --- numbers ---------------------------------------------------------------------------------------------------------


def numbers(text: str) -> List[str]:
    """The numbers in `text` in one spelling: `125.000` is 125000, `3,5` is 3.5, `01` is 1. Addresses hold none."""
    return [_canonical(number) for number in NUMBER.findall(_ADDRESS.sub(" ", text))]


def untraced_numbers(
    answer: Answer, sources: Dict[str, Source], exempt: Sequence[Exemption] = ()
) -> List[Tuple[str, str]]:
    """Numbers that an answer says and that its recorded facts don't hold: pairs of field name and number.

    The year of an answer's `stand` or of a source's date counts as recorded; so does the whole date when it is
    written out with its month's name. `exempt` are names that happen to hold a number.
    """
    cited = references(answer)
    recorded = {number for reference in cited for fact in reference.facts for number in numbers(fact)}
    dates = [answer.as_of, answer.change.as_of if answer.change else None]
    dates += [sources[reference.source].date for reference in cited if reference.source in sources]
    known_dates = [known for known in dates if known and known[0].isdigit()]
    recorded |= {known[:4] for known in known_dates}
    silent = [item.text for item in exempt] + [written for known in known_dates for written in _written_date(known)]
    found: List[Tuple[str, str]] = []
    for name, text in texts(answer):
        for phrase in silent:
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text, flags=re.IGNORECASE)
        found += [(name, number) for number in numbers(text) if number not in recorded]
    return found


def _canonical(number: str) -> str:
    if _THOUSANDS.fullmatch(number):
        number = number.replace(".", "")
    return number.replace(",", ".").lstrip("0") or "0"


def _written_date(known: str) -> List[str]:
    if known.count("-") < 2:
        return []
    written = dutch_date(known)
    return [written, written.rpartition(" ")[0]]


# --- words -----------------------------------------------------------------------------------------------------------


def normalised(text: str) -> str:
    """`text` as bare lower-case words, for comparing."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def prose(text: str) -> str:
    """`text` as running sentences, with what its writer couldn't choose left out.

    Names and titles are hard words by nature: each becomes one short word. An item of a list becomes a sentence, and
    so does what stands between semicolons; an item of a word or three isn't one, and is left out.
    """
    text = _ADDRESS.sub("naam", _QUOTED.sub("naam", text)).replace(";", ".")
    text = _LIST_ITEM.sub(lambda item: f"{item[1].rstrip('.;,')}." if len(item[1].split()) > 3 else "", text)
    return _NAME.sub("naam", text)


def _readability_measure() -> Optional[Callable[[str], float]]:
    """Flesch-Douma as a function, or None when textstat isn't installed.

    Of textstat's measures only the Flesch reading ease knows Dutch: with the weights of Douma (1960). The others count
    English syllables or word lists. Imported here: textstat takes two seconds to load, and most commands don't need it.
    """
    try:
        import textstat
    except ImportError:
        return None
    textstat.set_lang("nl")
    measure: Callable[[str], float] = textstat.flesch_reading_ease
    return measure


def _banned(text: str, bans: Sequence[Ban]) -> Iterator[Tuple[str, str]]:
    for ban in bans:
        for phrase in ban.phrases:
            if re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE):
                yield phrase, ban.instead


def _broken(text: str, rules: Rules) -> Iterator[str]:
    for address in rules.broken_addresses:
        if address.text.lower() in text.lower():
            yield f"'{address.text}', {address.reason}"


# --- completeness ----------------------------------------------------------------------------------------------------


def _missing_facets(topic: Topic, rules: Rules) -> List[str]:
    present = {str(answer.facet) for answer in topic.answers}
    if any(answer.links for answer in topic.answers):
        present.add(Facet.PLACE.value)  # an answer that shows a link says where to find it
    wanted = rules.facets.get(TopicType(topic.type), [])
    return [facets for facets in wanted if not present & set(facets.split(" of "))]


def _without_source(answer: Answer) -> Iterator[str]:
    if answer.facet != Facet.BOUNDARY and not answer.sources:
        yield "bronnen"
    if answer.change and not answer.change.sources:
        yield "wijziging > bronnen"


def _is_old(answer: Answer, today: date, years: int) -> bool:
    if answer.change or not answer.as_of or not answer.as_of[0].isdigit():
        return False
    year, month = [int(part) for part in f"{answer.as_of}-12".split("-")[:2]]
    return (today.year - years, today.month) > (year, month)


def _used_sources(content: Content) -> Iterator[str]:
    yield from (region.source for region in content.regions)
    for topic in content.topics:
        yield from (criterion.source for criterion in topic.criteria)
        yield from (rule.source for rule in topic.financing)
        for answer in topic.answers:
            yield from (reference.source for reference in references(answer))


# --- sample questions ------------------------------------------------------------------------------------------------


def duplicate_samples(topics: Iterable[Topic]) -> List[Tuple[str, str, str]]:
    """Samples that stand under two answers, or are another answer's question: sample, first and second answer id."""
    seen: Dict[str, str] = {}
    found: List[Tuple[str, str, str]] = []
    for _, answer, key in iterate_answers(topics):
        asked = {normalised(text): text for text in [answer.question, *answer.sample_texts()]}
        for words, text in asked.items():
            first = seen.setdefault(words, key)
            if first != key:
                found.append((text, first, key))
    return found


def names_topic(sample: str, topic: Topic) -> bool:
    """Whether a sample question calls the topic by one of its names."""
    names: Set[str] = {normalised(name) for name in [topic.name, *topic.abbreviations, *topic.synonyms]}
    words = f" {normalised(sample)} "
    return any(f" {name} " in words for name in names)

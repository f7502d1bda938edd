"""Whether the best answer is an answer at all, or only the nearest thing to a question from just outside.

Probabilities among answers say which answer it is when it is one of them. They don't notice that nothing fits:
"krijg ik een hypotheek met een WIA" is nearer to "Wat is de WIA?" than to anything else. What does notice it
was measured on sample questions of boundaries (`grens`) that were taken out of the index, see `docs/experiments.md`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Dict, FrozenSet, Mapping, Optional, Sequence, Tuple

from bot.nlu.coverage import Coverage, stems
from bot.nlu.names import tokens_of
from knowledge.queries import Unit

BOUNDARY = "grens"
"""Facet of answers that say what Koers doesn't know."""

_PAY = r"(?:salaris\w*|verdien(?:t|en|de)?|schaal|norm|euro'?s?)"
_AMOUNT = re.compile(
    r"\b(?:hoeveel (?:euro|geld|loon|salaris|subsidie|krijg|betaal|verdien|kost)|hoe hoog|bedrag\w*"
    r"|(?:uur)?tarie(?:f|ven)|loonschaal"
    r"|premies?|prijs|betaal\w* (?:\w+ ){0,6}per uur)\b|€|\bin euro'?s?\b"
    rf"|\b(?:hoeveel|hoe duur|wat|welke?|gemiddelde?)\W+(?:\w+\W+){{0,3}}?{_PAY}\b|^(?:\w+ )?{_PAY}(?: \w+)?\W*$",
    re.IGNORECASE,
)
"""Pay is told of more often than it is asked for: "mijn man verdient genoeg, krijg ik hulp"."""
_STATED_AMOUNT = re.compile(r"€ ?\d[\d.,]*|\b\d[\d.,]* ?(?:euro'?s?|€)", re.IGNORECASE)
"""What someone says to have or to get: "een baantje van 300 euro" asks no amount."""
_HAS_AMOUNT = re.compile(r"€|\beuro|\b(?!(?:19|20)\d\d\b)\d{3,}|\d ?(?:%|procent)", re.IGNORECASE)
"""A year is no amount."""
_BUDGET = re.compile(
    r"\b(?:wat (?:is|was)|hoe (?:hoog|groot) (?:is|was)|hoeveel|welk) (?:[\w-]+ ){0,3}?(?:budget|begroting|omzet)\b"
    r"|\b(?:wat is|wat was|hoe hoog is) (?:het |een |de )?(?:salaris|uurloon|(?:uur)?tarief)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\bwat kost(?:en|te)?\b(?! (?:het|dat|dit|me|mij|zoiets)\b)|\b(?:wat|hoeveel) (?:heeft|hebben|had)\b.*\bgekost\b",
    re.IGNORECASE,
)
_HAS_PRICE = re.compile(r"gratis|kosteloos|betaal|vergoed|\bkost|prijs", re.IGNORECASE)
_CONTACT = re.compile(
    r"\b(adres|nummer|telefoonn(?:umme)?r|tel(?=\.? ?(?:nr|nummer)?[.?:]?$)|e?-?mail(?:adres)?|openingstijd\w*|open op"
    r"|bereikbaar|hoe laat(?! (?:ik|je|jij|hij|ze|zij|we|wij)\b)|(?<!mijn )(?<!nieuwe )contact(?:pers\w*|gegevens)"
    r"|contact(?= ?\??$)|doorkies\w*|06(?=[ -]?(?:nummer|nr|van)))\b",
    re.IGNORECASE,
)
_HAS_CONTACT = re.compile(
    r"@|\b\d{4} ?(?-i:[A-Z]{2})\b|\b0\d{2,3}[ -]?\d{4}|www|\.nl|adres|telefo|\bbel(?:len)?\b|mail|contact",
    re.IGNORECASE,
)
"""A year is no address."""
_LONGEST_CONTACT = 15
"""Words of a question for an address or a person; stories have telephones, letters and numbers in them."""
_OFFICES = (
    r"wethouder|burgemeester|minister|staatssecretaris|directeur|bestuurder|voorzitter|teamleider|projectleider|stuurgroep"
    r"|co[oö]rdinator|kwartiermaker|contactpersoon|onderzoeker|account(?:manager|houder)"
    r"|baas(?= van (?!mij))"
)
_HELPERS = (
    r"klantmanager|casemanager|arbeidsdeskundige|behandelaar|psychiater|jobcoach|trajectbegeleider|consulent|medewerker"
    r"|trainer|manager"
)
_PERSON = re.compile(
    r"\b(?:wie (?:is|zijn|was|wordt|zit(?:ten)?(?: er)?)|hoe heet|naam(?: van)?)"
    rf" (?:\w+ ){{0,3}}?(?P<office>{_OFFICES})"
    rf"|\b(?:hoe heet(?:te|ten)?|naam van) (?:\w+ ){{0,3}}?(?P<helper>{_HELPERS})\b",
    re.IGNORECASE,
)
"""Who holds an office somewhere. Of helpers only the name: "wie is mijn casemanager" asks what that is."""
_ACTORS = (
    r"pvda|vvd|d66|cda|pvv|sp|sgp|bbb|nsc|volt|denk|groenlinks|christenunie|partij|kabinet|regering|minister|staatssecretaris"
    r"|tweede kamer|vng|fnv|cnv|vno|vakbond|werkgeversvereniging"
)
_OPINION = re.compile(
    rf"\b(?:wat (?:vind(?:t|en)|wil(?:len)?)|standpunt(?:en)?|mening)(?: \w+){{0,2}}? (?P<whose>{_ACTORS})\b",
    re.IGNORECASE,
)
"""What a party, a minister or an association thinks of something."""
_COUNTED = re.compile(
    r"\b(?:hoeveel (?:[\w-]+ ){0,2}?[\w-]+(?:en|s)|aantal(?:len)?|percentage\w*|cijfers?)\b", re.IGNORECASE
)
_LATELY = re.compile(
    r"\b(?:dit|vorig|afgelopen) (?:half)?(?:jaar|kwartaal)\b|\b(?:vorige|afgelopen|deze) maand\b"
    r"|\bop dit moment\b|\bmomenteel\b|\bactuele?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""Figures are asked of a year, or of the last one."""

_TIMES = r"(?:uren?|uur|dag|dagen|week|weken|maand|maanden|jaar|jaren|tijd|keer|keren|gesprekken|sessies)"
_OWN = "".join(rf"(?<!\b{word} )" for word in ("mijn", "het", "dat", "je", "zijn", "haar", "gemeten", "oude"))
"""Before a percentage that one has."""
_TALLIED = re.compile(
    rf"\bhoeveel (?![\w-]*{_TIMES}\b|moet|kan|mag|krijg|betaal|kost)(?:[\w-]+ ){{0,2}}?"
    rf"(?:fte'?s?|(?![\w-]*{_TIMES}\b)[\w-]{{3,}}(?:en|ers|s))\b"
    rf"|\baantal(?:len)?\b(?! {_TIMES}\b)|\bgemiddelde? aantal\b"
    rf"|{_OWN}\bpercentages?\b(?! (?:loonwaarde|uit)\b)|\b(?:welke cijfers|cijfers van)\b"
    r"|\bhoe groot is (?:het|de) (?:\w+ )?(?:team|groep|organisatie|caseload)\b",
    re.IGNORECASE,
)
"""How many there are of something; how long something takes and how often is said without a figure as well."""
_SHARE = re.compile(
    r"\b(?:welk percentage|hoeveel (?:procent|%)|(?:slagings|succes|uitval|slaag)(?:percentage|kans|cijfer)s?)\b"
    r"|\bkans van slagen\b",
    re.IGNORECASE,
)
_HAS_SHARE = re.compile(r"%|procent|\b(?:helft|kwart|derde)\b", re.IGNORECASE)
_MEASURES = (
    # how long one waits for it today
    (r"\b(?:hoe ?lang|wat|hoe groot) (?:is|zijn) (?:[\w-]+ ){0,3}wacht(?:tijd|lijst)\w*|^wacht(?:tijd|lijst)\b"
     r"|\bhoe ?lang (?:moet|is het) (?:\w+ ){0,2}wachten\b", r"\bwacht|\b(?:dagen|week|weken|maanden)\b"),
    (r"\bhoe ?lang duurt het (?:\w+ ){0,4}voor(?:dat)?\b", r"\bwacht|\b(?:dagen|weken|maanden|tijd)\b"),
    # a mark that somebody got
    (r"\b\w*score(?:s|de|den)?\b(?= (?:van|in|op|had|heeft|haalde))|\b(?:hoe|wat) scoor(?:t|de|den)\b"
     r"|\b(?:wat voor|welk|hoeveel) (?:rapport)?cijfer (?:krijg|kreeg|geven|geef|haal)\w*",
     r"\bscore\w*\W+(?:\w+\W+){0,3}\d|rapportcijfer"),
    (r"\bhoeveel (?:[\w-]+ ){0,2}(?:plekken|plaatsen|vacatures|banen)\b.*\b(?:vrij|open|beschikbaar)\b",
     r"vrij|beschikbaar|vacature"),
    (r"\b(?:hoeveel|aantal) fte", r"\bfte"),
    (r"\bwelke (?:werkgevers|bedrijven|winkels) (?:in|rond|bij) \w+.*\b(?:nemen|doen|werken|zoeken|hebben)\b",
     r"\bzoals [A-Z]"),
    (r"\bhoeveel (?:kilometer|km)\b|\bhoe ver (?:\w+ ){0,4}(?:weg|van huis)\b", r"\bkm\b|kilometer|reistijd|afstand"),
    (r"\b(?:op welke (?:datum|dag|data)|welke (?:\w+)?data|welke datums)\b",
     r"\b\d{1,2} (?:jan|feb|maart|apr|mei|juni|juli|aug|sep|okt|nov|dec)"),
    (r"\b(?:bezoek|post)adres\b|\bwelk adres\b|\bin welke straat\b", r"\b\d{4} ?(?-i:[A-Z]{2})\b|adres|@|www|\.nl"),
    (r"\bcaseload(?:norm|omvang|grootte)\b|\bnorm (?:voor )?(?:de )?caseload"
     r"|^(?:[\w-]+ ){0,2}caseload(?: [\w-]+){0,3}\W*$", r"caseload"),
    (r"\bwelk jaar\b", r"\b(?:19|20)\d\d\b"),
    (r"\bhoe oud (?:moet|mag|ben je)\b", r"leeftijd|\bjaar oud\b|\b\d\d jaar\b|vanaf \d\d|jonge|oudere|18"),
)  # fmt: skip
"""What is measured, and how an answer shows that it has the measure."""
_MEASURED = tuple((re.compile(asked, re.IGNORECASE), re.compile(had, re.IGNORECASE)) for asked, had in _MEASURES)
_HAS_COUNT = re.compile(
    r"\b(?!(?:19|20)\d\d\b)\d+|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|helft|kwart|miljoen)\b",
    re.IGNORECASE,
)
"""A year is no count."""
_NUMBER = r"(?:\d[\d.,]*|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf)"
_NO_COUNTS = re.compile(
    rf"\b{_NUMBER}(?: (?:tot(?: en met)?|of|à) {_NUMBER})?(?: \(\d+\))?"
    r" ?(?:jaar|jaren|maanden?|weken|week|dagen|dag|minuten)\b"
    r"|\b\d{1,2} (?:jan|feb|maart|april|mei|juni|juli|aug|sept|okt|nov|dec)\w*\b"
    r"|\b(?:hoofdstuk|paragraaf|bladzijde|pagina|art(?:ikel)?\.?|versie|Stb\.?|Stcrt\.?) \d[\d.:]*",
    re.IGNORECASE,
)
"""Times, dates and places in a text count nothing."""

_JUDGES = (
    r"(?:het |de |mijn |mn |m'n |die |onze )?"
    r"(?:uwv|gemeente|ze|zij|klantmanager|\w*arts|rechter|werkgever|baas|verzekeraar)"
)
_GUESS = re.compile(
    r"\bdenk (?:je|jij|u)\b(?! (?:na|mee)\b)"
    rf"|\b(?:gaat|gaan|zal|zullen) {_JUDGES}\b.*\b(?:goedkeur\w*|afkeur\w*|toekenn\w*|toewijz\w*|afwijz\w*"
    r"|stopzett\w*|weiger\w*|gegrond|akk?oord|instemm\w*|aannem\w*|verleng\w*)\b"
    rf"|\b(?:keurt|keuren) {_JUDGES}\b.*\b(?:goed|af)\b"
    rf"|\b(?:nemen|neemt) {_JUDGES} (?:mij|me|mijn \w+|hem|haar)\b.*\b(?:aan|af)\b",
    re.IGNORECASE,
)
"""A guess, or what someone will decide of one's own case: "gaat uwv mij goedkeuren", "zou ik dat redden, denk je"."""

_ORDER = re.compile(
    r"^(?:schrijf|maak|typ|vul|bereken|vertaal|zoek|regel)\b(?! (?:ik|je|jij|u|we|werk|een baan)\b)"
    r"|^stel\b.* op\b|\bopstellen\b|^zet\b.* (?:om|over) (?:in|naar)\b|^reken\b"
    r"|^(?:\w+,? )?(?:wil|wilt|kun|kan|kunt|zou) (?:je|jij|u|jullie)\b(?=.*\b(?:mijn|mn|mij|me|onze|ons|deze|dit)\b)"
    r".*\b(?:nakijken|controleren|checken|doorlezen|invullen|(?:door|op)sturen|bellen|mailen|inplannen|aanmelden"
    r"|opzoeken|doorgeven|regelen|aanvragen|schrijven|maken)(?: (?:bij|voor|naar|aan|met)\b|\W*$)",
    re.IGNORECASE,
)
"""An order to do something; "stel dat ik ziek word" and "maak ik kans" are none."""

_THING = r"(?:(?:de|het|een|die|zo'n|'t|'n) )?(?P<{}>\S+(?: \S+){{0,2}}?)"
_ASKED_OF = re.compile(
    r"^(?:en |maar )?(?:"
    r"(?:hoe ?lang (?:duurt|loopt|krijgt? (?:ik|je|hij|ze))|wie betaalt|wat kost|hoe werkt|voor wie is"
    rf"|hoe vraag (?:ik|je)|wanneer krijg (?:ik|je)) {_THING.format('after')}"
    r"(?: aan| precies| eigenlijk| ongeveer| dan| nou)*"
    rf"|{_THING.format('before')},? hoe ?lang (?:duurt|loopt) (?:dat|die|het)(?: dan| nou| eigenlijk)?"
    r") ?[?.!]*$",
    re.IGNORECASE,
)
"""Short questions that ask one thing of something they name: how long a moratorium lasts, who pays a funeral."""
_HARDLY_KNOWN = 0.45
"""Share of the thing's words, by rarity, up to which the answer doesn't know it: "traject" alone of an EMDR-traject."""
_SURE_OF_THING = 0.85
"""From here on the answer was found by another name of its topic, which is written nowhere in it."""
_MISSPELT, _SHORT_MISSPELT, _SHORT_WORD = 0.75, 0.65, 4
"""How alike a word must be to one of the answer's, to be that word spelt wrong; the shortest share fewer letters."""

_COUNTRIES = (
    r"belgi[eë]|vlaanderen|walloni[eë]|duitsland|luxemburg|frankrijk|engeland|schotland|ierland|spanje|portugal|itali[eë]|polen"
    r"|roemeni[eë]|bulgarije|oekra[iï]ne|hongarije|tsjechi[eë]|griekenland|oostenrijk|zwitserland|denemarken|zweden|noorwegen"
    r"|finland|turkije|marokko|syri[eë]|suriname|cura[cç]ao|aruba|bonaire|amerika|canada|australi[eë]|china|india|indonesi[eë]"
)
_COUNTRY_STEMS = stems(re.sub(r"\[(\w)\w\]", r"\1", _COUNTRIES).replace("|", " "))
_ABROAD = re.compile(
    rf"\b(?:in|naar|voor|bij|over|geldt?|en) (?:\w+ ){{0,2}}(?:{_COUNTRIES})\b|(?<!uit )\b(?:{_COUNTRIES}) ?\??$"
    r"|\bover de grens\b|\bgrens(?:arbeid|werk)\w*|\b(?:in|naar|uit) het buitenland\b"
    r"|\bbuitenlandse (?:werkgever|uitkering|regels?)"
    r"|\b(?:belgische?|duitse?|franse?|engelse?|poolse?|spaanse?) (?:werkgever|bedrijf|uitkering|wet|regels?|contract)",
    re.IGNORECASE,
)
_HAS_ABROAD = re.compile(
    rf"\b(?:{_COUNTRIES})\b|buitenland|internationa|verenigd|\bEU\b|london|londen|new york|schots|engels", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"\b(?:kom|komt|kwam|afkomstig|geboren|vandaan|familie|ouders|bedacht|bedenk\w*|ontstaan|onderzoek\w*"
    r"|vakantie|reis\w*|tickets?|vliegtuig|geboekt|camping|weekje)\b",
    re.IGNORECASE,
)
"""A country that someone comes from or travels to, or a method comes from, isn't where the rules are asked of."""
_SELF_EMPLOYED = re.compile(
    r"\bzzp\w*|\bzelfstandigen?\b(?= (?:zonder|ondernemer|met|en|ben|is|ziek|kan|krijg)|[?.,]|$)|\bals zelfstandige\b"
    r"|\bfreelance\w*|\beenmanszaak",
    re.IGNORECASE,
)
_HAS_SELF_EMPLOYED = re.compile(
    r"\bzzp|\bzelfstandigen\b|als zelfstandige|voor jezelf|freelance|\bondernemers?\b", re.IGNORECASE
)

_LEAST_TEXTS = 2
"""In how many texts of one boundary a word must stand, to be a word of that boundary."""
_LONGEST_SHORT = 10
"""Words of a question in which one word says what it is about; a story has words that nobody used before."""

_GUESS_POINTS = 5.0
"""A boundary wins of an answer that is sixty times as likely by its words: what is guessed at is named as well."""

LEAST = 0.15
"""Certainty below which a question counts as one from outside."""

WEIGHTS: Dict[str, float] = {
    "constant": -0.49,
    "probability": 1.7,
    "margin": 1.0,
    "boundary": -2.0,
    "nearest": 0.98,
    "covered": 1.43,
    "amount": -3.2,
    "budget": -5.0,
    "contact": -3.4,
    "person": -5.0,
    "period": -3.4,
    "count": -4.0,
    "measure": -4.0,
    "guess": -2.0,
    "order": -5.0,
    "another": -5.0,
    "outside": -0.25,
}
"""Fitted on 1,996 questions that have an answer and 986 from boundaries and topics that the index didn't have; those
of amount, budget, contact, person, period, count, measure, guess, order and another thing by hand: samples hardly have
them."""


@dataclass(frozen=True)
class Missed:
    """What a question asks that an answer hasn't, by which another answer shows that it has."""

    words: Optional[re.Pattern[str]] = None
    """One of these is written in it."""
    boundaries: FrozenSet[str] = frozenset()
    """Or it is one of these."""


class Doubt:
    """Knows the words of every answer, and what is written in it."""

    def __init__(self, units: Sequence[Unit], coverage: Optional[Coverage] = None):
        self._texts = {unit.id: " ".join(unit.texts) for unit in units}
        self._questions = {unit.id: unit.question for unit in units}
        self._coverage = coverage or Coverage(units)
        self._boundaries = frozenset(unit.id for unit in units if unit.facet == BOUNDARY)
        self._outside = self._words_of_boundaries(units)

    def _words_of_boundaries(self, units: Sequence[Unit]) -> Mapping[str, FrozenSet[str]]:
        """The stems that only boundaries know, each with its boundaries: wsnp, anw, cbr."""
        known = {stem for unit in units if unit.facet != BOUNDARY for text in _all_texts(unit) for stem in stems(text)}
        known |= _COUNTRY_STEMS  # whose rules are asked of is looked at apart
        found: Dict[str, FrozenSet[str]] = {}
        for unit in units:
            if unit.facet == BOUNDARY:
                counts = Counter(stem for text in _all_texts(unit) for stem in stems(text))
                for stem, count in counts.items():
                    if count >= _LEAST_TEXTS and stem not in known and stem.isalpha():
                        found[stem] = found.get(stem, frozenset()) | {unit.id}
        return found

    def expected(self, text: str) -> Mapping[str, float]:
        """Points for boundaries in a question that asks for a guess, which no answer makes; by id."""
        return dict.fromkeys(self._boundaries, _GUESS_POINTS) if _GUESS.search(text) else {}

    def misses(self, text: str, answer: str) -> Optional[Missed]:
        """What makes the text another question than the answer's, however alike; None: nothing.

        It is another country, nobody who employs, or a word that only boundaries know ("hoe lang duurt de anw?").
        """
        written = self._texts.get(answer, "")
        if _ABROAD.search(text) and not _OF_OTHERS.search(text) and not _HAS_ABROAD.search(written):
            return Missed(words=_HAS_ABROAD)
        if _SELF_EMPLOYED.search(text) and not _HAS_SELF_EMPLOYED.search(written):
            return Missed(words=_HAS_SELF_EMPLOYED)
        if answer not in self._boundaries and len(text.split()) <= _LONGEST_SHORT:
            boundaries = frozenset().union(*(self._outside.get(stem, frozenset()) for stem in stems(text)))
            return Missed(boundaries=boundaries) if boundaries else None
        return None

    def has(self, answer: str, missed: Missed) -> bool:
        """Whether the answer has what another misses."""
        written = self._texts.get(answer, "")
        return answer in missed.boundaries or bool(missed.words and missed.words.search(written))

    def lacks(self, text: str, answer: str) -> bool:
        """Whether a figure or a person is asked for that isn't written in an answer."""
        return any(self._lacking(text, self._texts.get(answer, "")).values())

    def _lacking(self, text: str, written: str) -> Dict[str, bool]:
        """What is asked for that isn't written, by kind."""
        return {
            "amount": _asks_amount(text) and not _has_amount(text, written),
            "person": _asks_person(text, written),
            "period": self._is_of_another_year(text, written),
            "count": _asks_count(text, written),
            "measure": _asks_measure(text, written),
        }

    def _is_of_another(self, text: str, answer: str) -> bool:
        """Whether a short question names what it asks of, and the answer and its samples hardly know those words."""
        asked = _ASKED_OF.search(text.strip())
        thing = asked and (asked["after"] or asked["before"])
        if not thing or not stems(thing) or self._coverage.share(thing, answer) > _HARDLY_KNOWN:
            return False
        written = set(tokens_of(f"{self._questions.get(answer, '')} {self._texts.get(answer, '')}"))
        return not any(
            get_close_matches(word, written, 1, _SHORT_MISSPELT if len(word) <= _SHORT_WORD else _MISSPELT)
            for word in tokens_of(thing)
            if stems(word) and not self._coverage.share(word, answer)
        )

    @staticmethod
    def _is_of_another_year(text: str, written: str) -> bool:
        """Whether figures of a year are asked that the answer doesn't name: a count of 2017 is none of this year."""
        if not _COUNTED.search(text):
            return False
        this_year = date.today().year
        years = set(_YEAR.findall(text)) or ({str(this_year), str(this_year - 1)} if _LATELY.search(text) else set())
        return bool(years) and not any(
            years & set(_YEAR.findall(sentence)) and _HAS_COUNT.search(_NO_COUNTS.sub(" ", sentence))
            for sentence in _SENTENCE.split(written)
        )

    def certainty(
        self,
        text: str,
        answer: str,
        probabilities: Tuple[float, float],
        boundary: float,
        nearest: float,
        outside: float,
    ) -> float:
        """The probability that `answer` is about what the text asks.

        `probabilities`: of the best and the second answer; `boundary`: of all boundaries and conversation together;
        `nearest`: likeness of the nearest sample; `outside`: how much the text looks like questions from outside.
        """
        written = self._texts.get(answer, "")
        evidence = {
            "probability": math.log(probabilities[0] + 1e-4),
            "margin": probabilities[0] - probabilities[1],
            "boundary": boundary,
            "nearest": nearest,
            "covered": self._coverage.share(text, answer),
            **self._lacking(text, written),
            "budget": float(bool(_BUDGET.search(text)) and not _HAS_AMOUNT.search(written)),
            "contact": float(_asks_contact(text) and not _HAS_CONTACT.search(written)),
            "guess": float(bool(_GUESS.search(text))),
            "order": float(bool(_ORDER.search(text))),
            "another": float(probabilities[0] < _SURE_OF_THING and self._is_of_another(text, answer)),
            "outside": outside,
        }
        score = WEIGHTS["constant"] + sum(WEIGHTS[name] * value for name, value in evidence.items())
        return 1 / (1 + math.exp(-score))


def _asks_amount(text: str) -> bool:
    """Whether it is asked how much or what it costs; an amount that someone states is none."""
    return bool(_PRICE.search(text) or _AMOUNT.search(_STATED_AMOUNT.sub(" ", text)))


def _has_amount(text: str, written: str) -> bool:
    """Whether an answer states an amount, or, where the price is asked, who pays it."""
    return bool(_HAS_AMOUNT.search(written) or (_PRICE.search(text) and _HAS_PRICE.search(written)))


def _asks_count(text: str, written: str) -> bool:
    """Whether it is asked how many there are, or which share, and no such figure is written."""
    if _SHARE.search(text):
        return not _HAS_SHARE.search(written)
    return bool(_TALLIED.search(text)) and not _HAS_COUNT.search(_NO_COUNTS.sub(" ", written))


def _asks_measure(text: str, written: str) -> bool:
    """Whether a wait, a mark, a distance or an age is asked for that isn't written."""
    return any(asked.search(text) and not had.search(written) for asked, had in _MEASURED)


def _asks_contact(text: str) -> bool:
    """Whether a short question asks where or how to reach someone."""
    return len(text.split()) <= _LONGEST_CONTACT and bool(_CONTACT.search(text))


def _asks_person(text: str, written: str) -> bool:
    """Whether it is asked who holds an office, or what somebody thinks, of whom nothing is written."""
    office, opinion = _PERSON.search(text), _OPINION.search(text)
    asked = [office["office"] or office["helper"]] if office else []
    asked += [opinion["whose"]] if opinion else []
    return any(not re.search(rf"\b{name}(?:s|en)?\b", written, re.IGNORECASE) for name in asked)


def _all_texts(unit: Unit) -> Tuple[str, ...]:
    return (unit.question, *unit.texts, *(sample for _, sample in unit.samples))

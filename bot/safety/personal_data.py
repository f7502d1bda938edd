"""Find and mask personal data in a message, before anything else reads or keeps it.

Numbers and addresses have a form of their own, and are found here; names don't, see `bot.safety.person_names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Iterable, List, Match, Pattern, Tuple

from stdnum import iban
from stdnum.nl import bsn

from bot.safety.person_names import NameMasker, PublicNames, spacy_people

NAME, PHONE, BSN, EMAIL, POSTCODE = "naam", "telefoonnummer", "bsn", "e-mailadres", "postcode"
ADDRESS, ACCOUNT, BIRTH_DATE, NUMBER = "adres", "rekeningnummer", "geboortedatum", "nummer"

_NOTICE_WORDS = {
    NAME: "een naam",
    PHONE: "een telefoonnummer",
    BSN: "een burgerservicenummer",
    EMAIL: "een e-mailadres",
    POSTCODE: "een postcode",
    ADDRESS: "een adres",
    ACCOUNT: "een rekeningnummer",
    BIRTH_DATE: "een geboortedatum",
    NUMBER: "een klant- of dossiernummer",
}
_NEUTER = {"telefoonnummer", "burgerservicenummer", "e-mailadres", "adres", "rekeningnummer", "dossiernummer"}
_PUBLIC_EMAILS = frozenset(
    {"info@samenvoordeklant.nl", "helpdesk.impuls@samenvoordeklant.nl", "hoofdzaakwerk@divosa.nl"}
)
_PUBLIC_PHONES = frozenset({"112", "113", "08000113", "0880767000", "09001450", "0203113888"})

_MONTHS = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sep(?:t|tember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = rf"(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?'?(?:19|20)?\d\d|\d{{1,2}}\s+{_MONTHS}\.?(?:\s+'?\d{{2,4}})?)"
_UNITS = (
    r"(?:uur|uren|jaar|jaren|jr|weken|week|dagen|dag|maand|maanden|minuten|min|euro|eur|km|kilometer|mensen|keer|x|pers"
    r"|procent|personen|plekken|banen|cliënten|klanten|meter|m2|punten|stappen)"
)

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w-])", re.IGNORECASE)
_IBAN = re.compile(
    r"(?<!\w)(?:[a-z]{2}\d{2}[a-z0-9]{10,30}|[a-z]{2}\d{2}(?:[ .-](?-i:[A-Z0-9]{4})){2,7}(?:[ .-](?-i:[A-Z0-9]{1,3}))?)(?!\w)",
    re.IGNORECASE,
)
_DUTCH_IBAN = re.compile(r"(?<!\w)nl ?\d{2}[ .-]?[a-z]{4}(?:[ .-]?\d){10}(?!\w)", re.IGNORECASE)
_BSN = re.compile(r"(?<![\d.,+/-])\d(?:[ .-]?\d){8}(?![\d/]|[.,-]\d)")
_BSN_AFTER_WORD = re.compile(
    r"\b(?P<keep>(?:bsn|burgerservice ?nummer|sofi-?(?:nummer|nr))(?:[ -]?(?:nummer|nr\.?))?\W{0,3}(?:is |van \w+ is )?\W{0,2})"
    r"(?P<data>\d(?:[ .-]?\d){6,9})(?!\d)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\d.,])(?:\+ ?31|0031|0)[ .-]*(?:\(0\))?[ .-]*[1-9](?:[ .()/-]{0,3}\d){8}(?![\d]|[.,]\d)")
_PHONE_AFTER_WORD = re.compile(
    r"(?P<keep>\b(?:telefoon|tel|mobiel|gsm|whatsapp|bel)(?:nummer|nr)?\b[ .:]*(?:(?:me|mij|is|op|naar|via)[ :]*){0,2})"
    r"(?P<data>\+?\d(?:[ .()/-]{0,2}\d){7,11})(?!\d)",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?P<keep>\b(?:paspoort|id-?kaart|identiteitskaart|identiteitsbewijs|rijbewijs)[ -]?(?:nummer|nr\.?)?(?: is|:)? ?)"
    r"(?P<data>(?=[a-z0-9]*\d[a-z0-9]*\d)[a-z0-9]{8,10})(?!\w)",
    re.IGNORECASE,
)
_FOREIGN_PHONE = re.compile(r"(?<![\w.,])(?:\+|00) ?[1-9](?:[ .()/-]{0,2}\d){7,13}(?!\d)")
_DIGIT_WORD = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|\d)"
_SPOKEN_PHONE = re.compile(
    rf"(?<!\w)(?:(?:nul|0)[ .-]*(?:zes|6)[ .-]*(?:\d[ .-]*){{7}}\d|(?:{_DIGIT_WORD}[ .,-]+){{7,}}{_DIGIT_WORD})(?!\w)",
    re.IGNORECASE,
)
_SPOKEN_EMAIL = re.compile(
    r"(?<!\w)[\w.-]+(?: (?:punt|streepje|underscore) [\w-]+| [\w-]+(?= (?:punt|apenstaart|apestaart))){0,4}"
    r" ?(?:apenstaart(?:je)?|apestaart(?:je)?|\(at\)|\[at\]| at ) ?[\w-]+(?: punt [\w-]+)? ?(?:punt|dot|\.) ?(?:nl|com|be|net|org|eu)(?!\w)",
    re.IGNORECASE,
)
_BIRTH_DATE = re.compile(
    rf"(?P<keep>\b(?:geb(?:oren|\.|oortedatum|\.? ?dat(?:um|\.)?)?|verjaardag|geboortedag|ik ben van(?= \d))\b[ .:(]*(?:is|op|te \w+|in \w+)?[ .:(]*(?:op )?)"
    rf"(?P<data>{_DATE}|(?:[0-3]\d[01]\d(?:19|20)?\d\d|(?:19|20)\d\d[-./]?[01]\d[-./]?[0-3]\d))(?!\d)",
    re.IGNORECASE,
)
_DATE_AFTER_NAME = re.compile(rf"(?P<keep>\[naam\][ ,(]{{1,3}}\*? ?)(?P<data>{_DATE})(?!\d)", re.IGNORECASE)
_FILE_NUMBER = re.compile(
    r"\b(?P<keep>(?:klant|cli[eë]nt|dossier|zaak|polis|pati[eë]nt|registratie|relatie|kenmerk|verzekerden|verzekering[s]?"
    r"|personeels|beschikking[s]?|lidmaatschap[s]?|inschrijf|uitkering[s]?|v|vreemdelingen"
    r"|deelnemers?|studenten|leerling|lid|aanvraag)[ -]?"
    r"(?P<word>(?:nummer|nr\.?|no\.?|id|#)?) ?(?:(?:van|bij) (?:de |het )?\w+ )?(?:is|luidt|was|:|=)? ?[:#]? ?)"
    r"(?P<data>[a-z]{0,5}[-./]?\d[\d./-]*(?:[a-z]{1,3}[-./]?\d+)*\d ?(?:(?-i:[A-Z]{1,3})|[a-z])?)(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_HOUSE_NUMBER = r"(?:nr\.? ?|nummer |huisnummer )?\d{1,4}(?: ?[a-z](?!\w)| ?-? ?(?:hs|bis|[IV]{1,3}|\d{1,3})(?!\w))?"
_STREET = re.compile(
    r"(?<![\w-])(?:(?:(?:[A-Z][\w'’.-]+|de|van|der|den|het|\d[ae])\s){0,3})"
    r"(?P<street>[\w'’.-]{2,}?(?:straat|str\.|laan|weg|plein|kade|gracht|dijk|hof|singel|steeg|pad|dreef|plantsoen|park"
    rf"|markt|boulevard|burgwal|erf|haven|akker|veld|beemd|donk)|(?:[A-Z][\w'’.-]+ )(?:straat|laan|weg|plein|hof))\s+"
    rf"{_HOUSE_NUMBER}(?![\w%,.]*\d|\s?{_UNITS}\b)",
)
_STREETLIKE = re.compile(
    r"(?:snel|onder|uit|terug|half|heen|door|rijks|weder|gerechts|zorg|fiets|loop|carrière|leer|werk|traject|arbeids|"
    r"vak|jaar|bedrijven|banen|markt)(?:weg|hof|pad|dijk|straat|veld|markt|park)",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?P<keep>(?:(?:woon|woont|wonen|woonachtig)(?: \w+){0,2}? (?:op|aan)(?: de| het)?|(?:woon)?adres(?: is|:)?) )"
    rf"(?P<data>(?:[\w'’.-]+ ){{1,4}}?{_HOUSE_NUMBER})(?![\w%]|\s?{_UNITS}\b)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?P<cue>postcode(?: is|:)? ?)?(?<![\w.,€-])(?P<digits>[1-9]\d{3})(?P<space> ?)(?P<letters>[a-z]{2})(?![\w'’-])"
    rf"(?P<house>,?\s{_HOUSE_NUMBER}(?!\w|[.,%]\d|\s?{_UNITS}\b))?",
    re.IGNORECASE,
)
_NO_POSTCODE = frozenset(
    [
        "ah",
        "al",
        "cm",
        "de",
        "dm",
        "en",
        "er",
        "eu",
        "ex",
        "ft",
        "ga",
        "gb",
        "ha",
        "he",
        "hr",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "kb",
        "kg",
        "km",
        "mb",
        "me",
        "mg",
        "ml",
        "mm",
        "mn",
        "na",
        "nl",
        "nr",
        "nu",
        "of",
        "oh",
        "om",
        "op",
        "ov",
        "pc",
        "per",
        "pm",
        "pp",
        "ps",
        "pw",
        "st",
        "te",
        "tv",
        "tw",
        "uu",
        "uw",
        "vn",
        "wa",
        "we",
        "ww",
        "ze",
        "zn",
        "zo",
        "zw",
    ]
)
"""Two letters after a number that are a word, a unit or a law, not a postcode, unless written in the form of one."""


@dataclass(frozen=True)
class Masked:
    """A message that can be kept: `text` without what was found, `found` the kinds of it, each once."""

    text: str
    found: Tuple[str, ...] = ()


class Masker:
    """Masks messages; knows what the knowledge base makes public. Safe to share between threads."""

    def __init__(
        self,
        knowledge_texts: Iterable[str] = (),
        places: Iterable[str] = (),
        people: Callable[[str], List[str]] = spacy_people,
    ) -> None:
        """Names, numbers and addresses in the texts stay readable, and so do the places.

        `people` finds names of people in a text; spaCy is loaded when it is first needed.
        """
        texts = list(knowledge_texts)
        self._mask_names = NameMasker(PublicNames.of(texts, places), people)
        self._phones = _PUBLIC_PHONES.union(_digits(match.group()) for text in texts for match in _PHONE.finditer(text))
        self._emails = _PUBLIC_EMAILS.union(_email(match) for text in texts for match in _EMAIL.finditer(text))

    def __call__(self, text: str) -> Masked:
        """The text with every piece of personal data replaced by its kind between brackets."""
        masked = self._mask_names(self._mask_addresses(self._mask_numbers(text)))
        masked = _mask(_DATE_AFTER_NAME, BIRTH_DATE, masked)
        found = tuple(kind for kind in _NOTICE_WORDS if masked.count(f"[{kind}]") > text.count(f"[{kind}]"))
        # Without a find the message stays as it was, private-use characters and all.
        return Masked(masked if found else text, found)

    def _mask_numbers(self, text: str) -> str:
        if "@" in text:
            text = _mask(_EMAIL, EMAIL, text, lambda match: _email(match) not in self._emails)
        text = _mask(_SPOKEN_EMAIL, EMAIL, text)
        text = _mask(_SPOKEN_PHONE, PHONE, text)
        text = _mask(_BIRTH_DATE, BIRTH_DATE, text)
        if sum(map(str.isdigit, text)) < 3:
            return text
        text = _mask(_DUTCH_IBAN, ACCOUNT, text)
        text = _mask(_IBAN, ACCOUNT, text, lambda match: bool(iban.is_valid(match.group(), check_country=False)))
        text = _mask(_IDENTITY, NUMBER, text)
        text = _mask(_PHONE_AFTER_WORD, PHONE, text, self._is_private_phone)
        text = _mask(_BSN_AFTER_WORD, BSN, text)
        text = _mask(_FILE_NUMBER, NUMBER, text, _is_file_number)
        text = _mask(_BSN, BSN, text, lambda match: bool(bsn.is_valid(_digits(match.group()))))
        text = _mask(_PHONE, PHONE, text, self._is_private_phone)
        return _mask(_FOREIGN_PHONE, PHONE, text, _is_foreign_phone)

    def _is_private_phone(self, match: Match[str]) -> bool:
        digits = _national(_digits(match.group()))
        return digits not in self._phones and not digits.startswith(("0800", "0900", "0906", "0909"))

    @staticmethod
    def _mask_addresses(text: str) -> str:
        if not any(map(str.isdigit, text)):
            return text
        text = _mask(_STREET, ADDRESS, text, lambda match: not _STREETLIKE.fullmatch(match["street"]))
        text = _mask(_LIVES, ADDRESS, text)
        return _mask(_POSTCODE, POSTCODE, text, _is_postcode)


def notice(found: Iterable[str]) -> str:
    """One sentence that tells the user what was made unreadable and why; empty when nothing was."""
    things = [_NOTICE_WORDS[kind] for kind in _NOTICE_WORDS if kind in set(found)]
    if not things:
        return ""
    listed = things[0] if len(things) == 1 else f"{', '.join(things[:-1])} en {things[-1]}"
    pronoun = "dat" if len(things) == 1 and things[0].split()[-1] in _NEUTER else "die"
    return f"Ik heb {listed} in je bericht onleesbaar gemaakt, want {pronoun} heb ik niet nodig om je te helpen."


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _email(match: Match[str]) -> str:
    return match.group().replace(" ", "").lower()


def _national(digits: str) -> str:
    for prefix in ("00310", "0031", "310", "31"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            return "0" + digits[len(prefix) :]
    return digits


def _is_foreign_phone(match: Match[str]) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", match.group().replace(" ", "")), None)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number))


def _is_file_number(match: Match[str]) -> bool:
    digits = _digits(match["data"])
    return len(digits) >= (3 if match["word"] else 5)


def _is_postcode(match: Match[str]) -> bool:
    letters, year_like = match["letters"], match["digits"][:2] in ("19", "20")
    if letters.lower() in ("sa", "sd", "ss"):
        return False
    if match["cue"]:
        return True
    if letters.lower() in _NO_POSTCODE:
        return letters.isupper() and bool(match["house"]) and not year_like
    if match["space"] and (year_like or not letters.isupper()):
        return bool(match["house"])
    return True


def _mask(
    pattern: Pattern[str], kind: str, text: str, accepts: Callable[[Match[str]], bool] = lambda match: True
) -> str:
    """Replace matches by `[kind]`; a group `keep` stays in front, a cue such as "postcode" too."""

    def substitute(match: Match[str]) -> str:
        if not accepts(match):
            return match.group()
        groups = match.groupdict()
        return f"{groups.get('keep') or groups.get('cue') or ''}[{kind}]"

    return pattern.sub(substitute, text)

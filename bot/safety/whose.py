"""Whose danger a message speaks of: the writer's own, or that of a person they worry about.

Klantmanagers, colleagues and relatives report what somebody said ("cl. zegt niet verder te willen leven", 'vriendin appt: "ik
stap eruit"'), so an "ik" isn't always the writer's. Where it stays unclear it is the writer's: their text has the numbers first.
"""

from __future__ import annotations

import re
from typing import List

from bot.safety.wording import BOUNDARY, plain

SELF, OTHER = "self", "other"

_NEAR = (
    r"zoon|dochter|man|vrouw|partner|vriend|vriendin|broer|broertje|zus|zusje|vader|moeder|ouders?|pa|ma|pap|papa|mama|opa|oma"
    r"|kind|kinderen|kleinzoon|kleindochter|neef|nicht|oom|tante|buurman|buurvrouw|ex|vent|jongen|meisje|maat|maatje|huisgenoot"
    r"|schoonzoon|schoonzus|zwager|stiefzoon|pleegkind|pleegzoon|pleegdochter|stiefdochter|echtgenoot|echtgenote|schoondochter"
    r"|schoonvader|schoonmoeder|kennis|verloofde"
)
_AT_WORK = (
    r"collegas?|medewerker|medewerkster|werknemer|werkneemster|personeelslid|teamlid|klanten|klant|client|kandidaat|kandidate"
    r"|deelnemer|deelneemster|patient|patiente|leerling|student|stagiaire?|bewoner|bewoonster|belanghebbende|sollicitant"
    r"|werkzoekende|uitkeringsgerechtigde|verzekerde|persoon|jongere|burger|inwoner|inwoonster|cursist|betrokkene|aanvrager"
)
_SHORT = r"cl|clnt|klnt|kl|pt|pat|dlnr|deeln|wn|wnr|wner|wnmr|kand|vzk|betr|dhr|mw|mevr|mnr|hr|mevrouw|meneer"
"""How professionals write a client, an employee or a patient; `wording` takes away the point behind it."""
_PEOPLE = rf"{_NEAR}|{_AT_WORK}|iemand"
_OTHER_PERSON = re.compile(
    rf"\b(?:hij|zij|ze|hem|zich|zichzelf|(?:mijn|me|een|de|onze|deze|die|zijn|haar) (?:\w+ )?(?:{_PEOPLE})"
    rf"|(?:{_AT_WORK}|{_SHORT})(?! hier\b))\b"
)
_AT_WORK_PERSON = re.compile(rf"\b(?:{_AT_WORK}|{_SHORT})\b")
_SUBJECT_OF_TELEGRAM = re.compile(rf"(?:^|\|) (?:de heer|heer|{_NEAR})(?= (?!ik\b|hier\b)\w)")
"""A sentence that begins with a relative: "zus zit erdoorheen"."""
_OF_A_CLIENT = re.compile(
    r"\s*(?:uitspraken|uitlatingen|gedachten|gedachtes|plannen|poging)? ?"
    r"(?:(?:van|bij|door) (?:(?:de|een|mijn|onze|deze) )?)?"
    rf"(?:{_AT_WORK}|{_SHORT})\b"
)
"""A telegram about someone: "suicidale uitspraken klant tijdens intake"."""
_WRITER_IS = re.compile(
    rf"(?:\bik|^|\|) ben (?:zelf )?(?:die |de |een |zo een |jullie |uw |je )?(?:{_PEOPLE}|{_SHORT})\b(?! van)"
)
_OWN_PERSON = re.compile(r"\b(?:ik|mezelf|bij (?:me|mij) (?:weg|vandaan))\b")
_REPORTS = re.compile(
    r"\b(?:zeg\w*|gezegd|zei|zeiden|appt?|appte|geappt|stuurt?|stuurde|gestuurd|schrijft?|schreef|geschreven|belt|belde|roept|riep"
    r"|vertel\w*|verteld|meld\w*|gemeld|geef|geeft|gaf|aangegeven|uit|uitte|geuit|laat weten|liet weten|laat vallen|liet vallen"
    r"|liet (?:\w+ )?vallen|te horen|noemt?|noemde|benoemt?|benoemde|praat|praatte|spreekt|sprak|dreig\w*|gedreigd|mailt?|mailde"
    r"|gemaild)\b"
)
_SAYS = re.compile(r"(?:zeg\w*|zei|appt?|appte|stuurt?|stuurde|schrijft?|schreef|roept|riep|mailt?|mailde)")
"""Verbs after which someone's own words may follow without any sign: "klant zei vanmorgen ik wil dood"."""
_NOT_QUOTED = re.compile(r"\b(?:dat|of|maar|terwijl|niet|niks|niets|geen|nooit|nu|dus|en|want|omdat|ook|over)\b")
_MOST_BEFORE_QUOTE = 5
_OF_THE_WRITER = re.compile(r"\b(?:dat|of|hoe|waarom|omdat|als|toen) (?:\w+ )?(?:ik|mijn|me|mij)\b")
"""What somebody says about the writer: "mijn moeder zegt dat ik niet dood mag willen"."""
_WRITER_SAYS = re.compile(
    r"\bik (?:\w+ ){0,3}(?:zei|zeg|riep|roep|app\w*|stuur\w*|schreef|schrijf|mail\w*|vertel\w*|denk|dacht|gezegd|verteld|geappt)\b"
    r"|\b(?:zei|zeg|riep|appte|app|schreef|vertelde|mailde|dacht) ik\b"
)
_SAID_WITHOUT_SUBJECT = re.compile(
    r"(?:^|\|) (?:\w+ ){0,3}?(?:zegt|zei|geeft(?: \w+)? aan|gaf(?: \w+)? aan|meldt|meldde|vertelt|vertelde|dreigt|dreigde|appt|appte|uitte"
    r"|uit (?=suicid|doods|zelfmoord)|benoemt|noemt)\b"
)
"""A telegram that leaves out who says it: "geeft aan niet verder te willen leven"."""
_ASIDE = re.compile(
    r"\b(?:(?:wat|hoe|wie|waar\w*|wanneer|welke?) (?:\w+ ){0,2}ik|ik weet (?:\w+ ){0,2}niet|(?:moet|kan|mag|zal|zou) ik (?:dit|dat|hem|haar|het|iets|de|nu|een)"
    r"|(?:trof|zag|vond|hoorde|sprak) ik|ik (?:maak me|vertrouw het niet|ben bang|weet niet wat|sprak|spreek|begeleid|hoorde|hoor|zag|vond|trof|kreeg|merk|vermoed|vrees)"
    rf"|ik heb (?:\w+ )?een (?:{_AT_WORK}|{_NEAR})|ik (?:ben|was) (?:zijn|haar|hun|de|een) \w+ van|ik ben (?:zijn|haar|hun))\b"
)
"""What the writer says of themselves only to ask about another: "wat moet ik doen", "ik maak me zorgen om"."""
_ASKS_WHAT_TO_DO = re.compile(r"\b(?:wat|hoe) (?:doe|moet|reageer|zeg|antwoord|kan) ik\b")
_OBJECT = re.compile(r"(?<!(?:iend|iant|ient|ndin|nnis|lega|laat|maat|lant|emer) van )\b(?:mij|mijn leven)\b")
_SELF_DANGER = re.compile(r"\b(?:mezelf|ik|mijn leven|mij)\b")
_OTHER_DANGER = re.compile(r"\b(?:zichzelf|zich|hij|zij)\b")
_OF_A_NAME = re.compile(r"\s*dat (?!ik\b|mijn\b|het\b|je\b)\w+ (?:\w+ )?dood wil\b")
_OWN_BEFORE = re.compile(r"\bik (?:\w+ ){0,3}$")
_ALSO_OWN = re.compile(r"\bik (?:(?!die |hij |zij |ze )\w+ )*(?:en|maar|dus) (?:wil |kan |ga |heb |denk |zie |zelf )*$")
"""The "ik" that is left out: "ik zorg voor mijn man en wil zelf niet meer leven"."""
_TOO = re.compile(r"\b(?:en|nu|dus) (?:nu )?ik (?:wil|ga|denk|overweeg) (?:\w+ ){0,3}ook\b")
_OTHER_BEFORE = re.compile(r"\b(?:hij|zij|ze) $")
_VOICES = re.compile(r"\b(?:stem|stemmen|djinn?s?|duivel|demon\w*) |in mijn hoofd\b")
_QUOTATION = re.compile(
    r"[\"“”„«](?P<double>[^\"“”„«»]{4,}?)(?:[\"“”»]|$)|(?:^|[\s:(,])['‘‚](?!(?:s|t|n|k|m|r)\b)(?P<single>[^\n]{4,}?)['’](?!\w)"
    r"|:\s+(?P<rest>.+)",
    re.DOTALL,
)


def quotations(text: str) -> List[str]:
    """What stands between quotation marks or behind a colon, in the plain spelling."""
    return [plain(next(part for part in match.groups() if part)) for match in _QUOTATION.finditer(text)]


def whose(text: str, start: int, end: int, quoted: List[str]) -> str:
    """Whose danger the phrase between `start` and `end` of the plain text speaks of; `quoted`: by `quotations`."""
    phrase = text[start:end]
    before = text[:start]
    if _VOICES.search(before + phrase) and " hoort stem" not in before + phrase:
        return OTHER if re.search(r"\b(?:hij|zij)\b", phrase) else SELF
    if start == 0 and end == len(text):
        return _whose_message(text, bool(quoted))
    is_quoted = _is_quoted(phrase, quoted) and not _WRITER_SAYS.search(before)
    if is_quoted and (_report(before) or _others(before) or _ASKS_WHAT_TO_DO.search(text)):
        return OTHER
    if _TOO.search(text[end:]):
        return SELF
    if _OTHER_BEFORE.search(before):
        return OTHER
    own_before = _OWN_BEFORE.search(_ASIDE.sub("", before))
    if own_before and not _OTHER_PERSON.search(own_before.group()) and not _OTHER_DANGER.search(phrase):
        before, phrase = before[: before.rindex("ik ")], own_before.group() + phrase
    is_own = bool(_SELF_DANGER.search(phrase))
    if is_own and _is_direct_speech(before):
        return OTHER
    if _OTHER_DANGER.search(phrase) and "mezelf" not in phrase and not re.match(r"\s*ik ", phrase):
        return OTHER
    if is_own:
        named, own = _OTHER_PERSON.search(phrase), _OWN_PERSON.search(phrase)
        is_told = (
            named
            and own
            and named.start() < own.start()
            and _REPORTS.search(phrase)
            and not _OF_THE_WRITER.search(phrase)
        )
        return OTHER if is_told else SELF
    if _OF_A_NAME.match(phrase) or _is_reported(before):
        return OTHER
    sentence = _ASIDE.sub("", before.rsplit(BOUNDARY, 1)[-1])
    is_told = _WRITER_SAYS.search(sentence) and not _OTHER_DANGER.search(sentence)
    if is_told or _WRITER_IS.search(sentence) or _ALSO_OWN.search(sentence):
        return SELF
    own_at = max((match.start() for match in _OWN_PERSON.finditer(sentence)), default=-1)
    other_at = max((match.start() for match in _others(sentence)), default=-1)
    if own_at >= 0 or other_at >= 0:
        return OTHER if other_at > own_at else SELF
    if _OTHER_PERSON.search(phrase) or _OF_A_CLIENT.match(text[end:]):
        return OTHER
    named_before = _others(before)
    if named_before and not _OWN_PERSON.search(before[named_before[-1].end() :]):
        return OTHER
    return OTHER if _is_telegram(text) else SELF


def _others(text: str) -> List[re.Match[str]]:
    found = [*_OTHER_PERSON.finditer(text), *_SUBJECT_OF_TELEGRAM.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _is_telegram(text: str) -> bool:
    return bool(_SAID_WITHOUT_SUBJECT.search(text)) and not re.search(r"\bik\b", _ASIDE.sub("", text))


def _report(before: str) -> str:
    """What follows the last verb of saying with another person as its subject, the verb included, or nothing."""
    for report in reversed(list(_REPORTS.finditer(before))):
        people = _others(before[: report.start()])
        if people and not re.search(r"\bik\b", before[people[-1].end() : report.start()]):
            return before[report.start() :]
        if re.match(rf" (?:{_OTHER_PERSON.pattern})", before[report.end() :]) and not before[: report.start()].endswith(
            " ik "
        ):
            return before[report.start() :]
    return ""


def _is_reported(before: str) -> bool:
    """Whether what follows `before`, without an "ik", is what another person says."""
    told = _report(before)
    return bool(told) and not _OF_THE_WRITER.search(told)


def _is_quoted(phrase: str, quoted: List[str]) -> bool:
    first_words = " ".join(phrase.split()[:3])
    return any(f" {first_words} " in part for part in quoted)


def _is_direct_speech(before: str) -> bool:
    """Whether the "ik" that follows is that of a person who is quoted without quotation marks."""
    told = _report(before)
    said = _SAYS.match(told)
    if not said:
        return False
    between = told[said.end() :]
    is_close = BOUNDARY not in between and len(between.split()) <= _MOST_BEFORE_QUOTE
    return is_close and not _NOT_QUOTED.search(between)


def _whose_message(text: str, has_quotation: bool) -> str:
    """Whose danger a message speaks of in which no phrase says it."""
    core = _ASIDE.sub("", text)
    others = _others(core)
    if re.search(r"\b(?:me|mij|mijn)\b", core):
        # "hadden ze me maar niet gered": people in general
        others = [match for match in others if match.group() != "ze"]
    own = list(_OWN_PERSON.finditer(core))
    if _WRITER_IS.search(text) or _TOO.search(text):
        return SELF
    if not others:
        return OTHER if _is_telegram(text) and not own else SELF
    if not own and (_AT_WORK_PERSON.search(core) or not _OBJECT.search(core)):
        return OTHER
    if has_quotation and not _WRITER_SAYS.search(core):
        return OTHER
    told = _report(core)
    if not own or (told and _OF_THE_WRITER.search(told)):
        return SELF
    if others[0].start() < own[0].start() and _REPORTS.search(core):
        return OTHER
    is_others = _OTHER_DANGER.search(core) and "mezelf" not in core and not re.match(r"\s*ik ", core)
    return OTHER if is_others else SELF

"""How people answer a question in their own words: yes, no, "de tweede", "weet niet", "allebei", a command.

These are Dutch words to recognise, not sentences to say; what a step's own answers are called is content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Dict, Iterable, List, Optional, Sequence, Set, Tuple

from rapidfuzz.distance import DamerauLevenshtein

from bot.nlu.names import normalise, tokens_of
from bot.word_class import word_class

YES = word_class(
    "ja jaa jaaa jawel jazeker jaja jep yep yes yess jup zeker klopt inderdaad graag tuurlijk natuurlijk absoluut joa "
    "joah j ok oke okee okay uiteraard correct juist akkoord prima sure oja"
)
NO = word_class("nee neee neen nope neuh nah nei no n ne nee niet nie nooit")
_FILLERS = word_class(
    "ik ze zij hij we wij mijn mn m'n je jij u een de het t 't dat die deze dit is ben bent was zit krijg krijgt heb "
    "hebt heeft hoor denk wel maar gewoon en of nou uh eh hm tja dan er nu op in bij van voor klant client dochter "
    "zoon man vrouw partner nog ook al eigenlijk vooral meestal best graag doe maak woon woont wonen kies neem keuze "
    "optie nummer antwoord wordt word behandeld met uitkering volgens mij alleen sinds gaat zoiets soort"
)
_MERELY_POLITE = word_class("ok oke okee okay prima graag sure")
"""Yes when they are about all that is said; a way to begin a longer sentence otherwise."""
_BEFORE_YES_NO = word_class("uh eh ehm nou ewa ah oh tja hm bah dat ik denk")
_NEGATIONS = frozenset(["niet", "geen", "nooit", "nie", "zonder", "gin", "gien"])
_MAX_GAP = 2
_SHORTEST_FUZZY = 6

_DONT_KNOW = re.compile(
    r"\b(weet|wit|wee) (ik |het |ik het |k )?(dat )?(echt |nog |eigenlijk |even |zo )?(niet|nie|veel)\b"
    r"|\bik weet het (echt )?niet|"
    r"\bweet niet\b|\bkweenie\b|\bweenie\b|\bidk\b|\b(geen|gin|gien|gn) (flauw )?idee\b|\bonbekend\b"
    r"|\bniet bekend\b|"
    r"\bniet zeker\b|\bnavragen\b|\bzou het (echt )?nie?t? ?weten\b|\bzou ik niet weten\b|\bmoeilijk te zeggen\b|"
    r"\bjoost mag\b|\bdurf ik niet te zeggen\b|^\?+$"
    r"|^(nou |eh |uh |heel )*misschien$|\bja en nee\b|\bnee en ja\b|\b(hangt|ligt) er ?(van af|aan)\b"
)
_SKIP = re.compile(
    r"^(ik |die |deze |dit )?(wil )?(sla|slaat|sloa|skip|skippen|overslaan|volgende|nvt|n ?v ?t"
    r"|niet van toepassing|pas|next|"
    r"liever niet|zeg ik (liever )?niet|(dat|dit) zeg ik (liever )?niet|geen zin in deze|wil ik niet (zeggen"
    r"|invullen))\b"
    r"|\bsla (ik )?(deze|die|dit|hem)?( vraag)? ?(maar |liever )?over\b|\boverslaan\b|\bniet van toepassing\b"
)
_STOP = re.compile(
    r"\bgooi (het |dit |alles |maar )*weg\b|^weggooien\b|"
    r"^(nee |ok |oke |ho |hee |he |nou |sorry )*(ik )?(stop|stoppen|stp|stopt|kap|kappen|annuleer|annuleren"
    r"|afbreken|ophouden|exit|cancel|"
    r"laat maar|laten maar|hou maar op|houd maar op|schei)\b(?! met (werk|mijn medic|behandel|therapie))"
    r"|\b(wil|wou|kunnen we|laten we|mag ik)( \w+){0,2} (stoppen|ophouden|kappen)\b(?! met (werk|mijn|medic"
    r"|behandel|therapie))"
    r"|\b(check|keuzehulp|wijzer|vragen|vragenlijst) (afbreken|stoppen|hoeft niet)\b"
    r"|^(bedankt |dankjewel |dank je |ok |oke )*dat was het( dan| wel)?$"
)
_BACK = re.compile(
    r"^(ga |kunnen we |mag ik |ik wil |nog |even )*terug naar\b|"
    r"^(ik )?(wil )?(even |ga |nog )*(een |1 )?(stap |stapje |vraag )?(terug|trug)( graag| svp| naar de vorige.*)?$"
    r"|\bvorige (vraag|antwoord|stap)\b|^vorige$|^undo$|^back$|\bvorig antwoord\b|\bverkeerd (ingevuld|gedrukt"
    r"|geklikt|getypt)\b"
    r"|\b(antwoord|antwoorden) (\w+ )?(aanpassen|veranderen|wijzigen)\b|\bverkeerde (knop|aangeklikt)\b|\bvergist\b"
)
_HUMAN = re.compile(
    r"\b(praat|praten|spreek|spreken|bellen|overleggen|contact|doorverbinden)\b.*\b(mens|mensen|persoon|iemand"
    r"|medewerker)\b"
    r"|\b(mens|persoon|iemand|medewerker)\b.*\b(praten|spreken|bellen|overleggen)\b|\been echt mens\b"
)
_RESULT = re.compile(
    r"\b(uitkomst|resultaat|uitslag|conclusie)\b|\boverzicht\b.*\b(zien|graag|geven|krijgen|tonen|bekijken)\b|\b(laat|toon"
    r"|geef)\b.*\boverzicht\b"
    r"|^(en |dus |nou )*(past|lijkt) (het|dat|ie|hij|ze)?( \w+)?( te passen| bij \w+)?( nou| nu| dan)?$"
    r"|\blijkt? het te passen\b"
    r"|^(en |oke? )*dus (het|dat|ik|hij|ze|wij|we) (kan|past|mag|komt?|hoort?)( er| in)?( \w+)? (wel|niet)"
    r"( in aanmerking| bij| mee)?$"
)
_GO_ON = re.compile(
    r"^(ok |oke |ja |nee |goed |prima |nu |dan |gewoon |maar )*(ik wil |wil ik |ga |we gaan |gaan we |laten we )?"
    r"(gewoon |maar |weer |nu |even )*(verder|door|doorgaan|verdergaan)( maar| graag| aub| svp| gaan)*"
    r"( met (de |het |deze |dit )?(check|vragen|vragenlijst|keuzehulp|overzicht|gesprek))?$"
)
_WHY = re.compile(
    r"\b(waarom|waarvoor) (vraag|vraagt|vragen) (je|jij|u|jullie|ze)( me| mij| ons)?( \w+){0,2}$"
    r"|\b(waarom|waarvoor) (wil|wilt|willen|moet|moeten) (je|jij|u|jullie) ((dat|dit|het)( allemaal)? )?weten( \w+)?$"
    r"|\b(waarom|waarvoor) (is|heb) (je )?(dat|dit|deze vraag)( \w+)? (nodig|belangrijk|van belang)( voor)?$"
    r"|\bwat (maakt|doet) (dat|dit)( \w+)? (uit|ertoe|er toe)$"
)
"""Why the open question is put."""
_KEEP = re.compile(
    r"\b(kan|mag) (ik|we|hij|ze) (\w+ ){0,2}(dit|het|deze|antwoorden|overzicht|uitkomst)\b.{0,30}"
    r"\b(printen|afdrukken|downloaden|opslaan|bewaren|mailen|meenemen)\b"
    r"|\bop(slaan)? als pdf\b|^(printen|afdrukken|downloaden|opslaan|print|download|sla op)( graag| maar| aub)?$"
    r"|\b(bewaar|print|mail|download|stuur)\b.{0,20}\b(overzicht|uitkomst|pdf)\b|^(als )?pdf$"
)
"""To have the outcome on paper or in a file."""
_PICKS = re.compile(r"^(\d+( en| of)? ?)+$|^(alles|alle|allemaal|allebei|beide)$")
_QUESTION = re.compile(
    r"^(ok |oke |ja |nee |en |maar |eerst |even |wacht |nog |alleen |dit |eh |uh |hoezo |dus |he |hee "
    r"|trouwens |vraagje )*"
    r"(wat|wie|waar|waarom|wanneer|welke?|hoe|hoeveel|kan|kun|kunnen|mag|mogen|moet|moeten|is|zijn|bestaat"
    r"|geldt|helpt|krijg ik|"
    r"ik wil (graag )?weten|ik vraag me af|leg uit|weet je|krijgt|heb ik recht|betaalt|vergoedt|hoezo|klopt het"
    r"|werkt|duurt|telt|wa|kunde|meug|magge)\b"
)
_OUTRIGHT = re.compile(
    r"^(ok |oke |ja |nee |en |maar |eerst |even |wacht |nog |eh |uh |dus |he |hee |trouwens |vraagje )*"
    r"(wat|wie|waar|waarom|wanneer|welke?|hoe|hoeveel|hoelang|wa)\b"
)
_WHICH = re.compile(r"\b(wat|welke?)\b.{0,40}\b(past|passen|geschikt|passend|aanmerking|krijgen)\b")
_FLOW_NAMES = {
    "financiering": re.compile(r"\b(geld|financierings?)(wijzer|check)|\bwie betaalt|\bfinanciering|\bbekostiging"),
    "openheid": re.compile(r"\bkeuzehulp|\bbeslishulp|\bopenheid|\bvertellen|\bverzwijgen"),
    "check": re.compile(r"\b\w*check\b|\bpast\b|\btest\b"),
}
_SHORT_FOR_SOMEONE = "kl|cl|vr|dhr|mw|mevr|mdw|wn|pt"
"""How professionals abbreviate whom a case is about: klant, cliënt, vrouw, werknemer ..."""
_SOMEONE = re.compile(
    r"\b(ik|mijn|mn|m'n|ze|zij|hij|klant|client|cliente|clienten|dochter|zoon|man|vrouw|partner|broer|zus|kandidaat"
    r"|medewerker|werknemer|deelnemer|patient|jongen|meisje|jongere|meneer|mevrouw|wajonger|nugger|casus"
    rf"|{_SHORT_FOR_SOMEONE})\b|\b\d\d (jr|jaar|jarige?)\b"
)
_HELPER = re.compile(
    r"\b(mijn|mn|m'n|onze|deze|een) (\w+ )?(klant|client|clienten|kandidaat|deelnemer|patient)\b"
    rf"|^(klant|client|kandidaat|casus|{_SHORT_FOR_SOMEONE})\b"
)
_BACKWARD = re.compile(r"\b(dat|dit|die|het|daarvoor|hiervoor|daar|zoiets|zo'n)\b")
_ALL = re.compile(r"\b(allemaal|alle|alles|allebei|beide|beiden|allebeide|allevier|alledrie)\b")
_BOTH = re.compile(r"\b(allebei|beide|beiden|allebeide)\b")
_NONE = re.compile(
    r"^(geen( van (die|de|deze|beide|allen|allemaal)\w*)?( \w+)?|niks( van dat)?|niets|nee|neen|allebei niet"
    r"|geen een)$"
)
_ORDINALS = {
    "eerste": 1, "1e": 1, "1ste": 1, "tweede": 2, "2e": 2, "2de": 2, "derde": 3, "3e": 3, "3de": 3, "vierde": 4,
    "vijfde": 5, "5e": 5, "zesde": 6, "6e": 6, "zevende": 7, "7e": 7, "achtste": 8, "8e": 8, "negende": 9, "tiende": 10,
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
    "laatste": -1, "onderste": -1, "bovenste": 1,
}  # fmt: skip
_AROUND_ORDINALS = word_class("de die het nummer optie antwoord keuze en is ik kies neem doe maar dan ja graag nr")

STOP, BACK, SKIP, HUMAN, RESULT, RESUME = "stop_flow", "go_back", "skip_step", "ask_human", "flow_result", "resume_flow"
WHY, KEEP = "why_asked", "keep_outcome"
_COMMANDS = (
    (STOP, _STOP), (HUMAN, _HUMAN), (BACK, _BACK), (WHY, _WHY), (KEEP, _KEEP), (RESULT, _RESULT), (RESUME, _GO_ON),
)  # fmt: skip


def plain(text: str) -> str:
    """Words with single spaces, without punctuation, for the patterns above."""
    return " ".join(re.findall(r"[\w']+|^\?+$", normalise(text)))


def command(text: str) -> Optional[str]:
    """The intent of a command that must be followed in every flow, when the words leave no doubt."""
    words = plain(text)
    for intent, pattern in _COMMANDS:
        if pattern.search(words):
            return intent
    return None


def asks_to_skip(text: str) -> bool:
    """Whether someone wants to leave this question, or says that it doesn't apply."""
    return bool(_SKIP.search(plain(text)))


def does_not_know(text: str) -> bool:
    """ "weet niet" in its many forms."""
    return bool(_DONT_KNOW.search(plain(text)))


def asks_outright(text: str) -> bool:
    """Whether a text is one sentence that begins with a question word: no answer does."""
    ends = re.findall(r"[.!?](?=\s+\w)", text.strip())
    return not ends and bool(_OUTRIGHT.search(plain(text)))


def asks_which(text: str) -> bool:
    """Whether a text asks which help fits, so that what it names is what someone has and not what is asked about."""
    return bool(_WHICH.search(plain(text)))


def only_picks(text: str) -> bool:
    """Whether a text is nothing but a choice from a list, even if it isn't one of that list: "7", "alles"."""
    return bool(_PICKS.search(plain(text)))


def is_question(text: str) -> bool:
    """Whether a text asks something: a question mark, or it begins as questions do."""
    return len(tokens_of(text)) > 1 and ("?" in text or bool(_QUESTION.search(plain(text))))


def says_all(text: str) -> bool:
    """ "allemaal", "allebei"."""
    return bool(_ALL.search(plain(text)))


def says_both(text: str) -> bool:
    """ "allebei", "beide"."""
    return bool(_BOTH.search(plain(text)))


def says_none(text: str) -> bool:
    """ "geen van die", "niks"."""
    return bool(_NONE.match(plain(text)))


def yes_or_no(text: str) -> Optional[bool]:
    """True or False when the text begins with yes or no, None otherwise."""
    said = tokens_of(text)
    for word in said:
        if word in _MERELY_POLITE and len(said) > 3:
            continue
        if word in YES:
            return True
        if word in NO:
            return False
        if word not in _BEFORE_YES_NO:
            return None
    return None


def ordinals(text: str, count: int) -> List[int]:
    """Positions (from 0) that a text of nothing but ordinals points at: "2", "die tweede", "1 en 3"."""
    found: List[int] = []
    for word in tokens_of(text):
        number = int(word) if word.isdigit() else _ORDINALS.get(word)
        if number is None:
            if word not in _AROUND_ORDINALS:
                return []
        elif number == -1:
            found.append(count - 1)
        elif 1 <= number <= count:
            found.append(number - 1)
        else:
            return []
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Hit:
    """A phrase that was found among the words of a text."""

    value: str
    positions: Tuple[int, ...]
    negated: bool


def find_phrases(text: str, phrases: Iterable[Tuple[str, str]]) -> List[Hit]:
    """Where `phrases` (pairs of phrase and value) occur; of overlapping ones the longest.

    Values read `step=answer`; phrases of different steps may share words. At most two other words may stand
    between a phrase's words, longer words may have one typing mistake.
    A "geen" or "niet" just before or inside negates the hit, unless it belongs to the phrase.
    """
    words = tokens_of(text)
    taken: Dict[str, Set[int]] = {}
    hits: List[Hit] = []
    candidates = [(tuple(tokens_of(phrase)), value) for phrase, value in phrases]
    for gap in (0, _MAX_GAP):
        for phrase, value in sorted(candidates, key=lambda item: -len(item[0])):
            mine = taken.setdefault(value.partition("=")[0], set())
            for start in range(len(words) if phrase else 0):
                positions = _match(words, phrase, start, gap)
                if not positions or mine.intersection(positions):
                    continue
                around = [*range(max(0, start - 2), start), *range(start, positions[-1])]
                negated = any(words[at] in _NEGATIONS for at in around if at not in positions and at not in mine)
                mine.update(positions)
                hits.append(Hit(value, positions, negated))
    return sorted(hits, key=lambda hit: hit.positions)


def only_these(text: str, hits: Sequence[Hit]) -> bool:
    """Whether a text says nothing beside the hits but small words."""
    covered = {position for hit in hits for position in hit.positions}
    return all(
        at in covered or word in _FILLERS or word in YES or word in NO for at, word in enumerate(tokens_of(text))
    )


def _match(words: Sequence[str], phrase: Sequence[str], start: int, gap: int) -> Tuple[int, ...]:
    if not _same(words[start], phrase[0]):
        return ()
    positions = [start]
    for part in phrase[1:]:
        after = positions[-1] + 1
        found = next((at for at in range(after, min(after + gap + 1, len(words))) if _same(words[at], part)), None)
        if found is None:
            return ()
        positions.append(found)
    return tuple(positions)


def _same(word: str, part: str) -> bool:
    if word == part:
        return True
    if len(part) < _SHORTEST_FUZZY or word[0] != part[0]:
        return False
    return DamerauLevenshtein.distance(word, part, score_cutoff=1) <= 1


def tells_of_someone(text: str) -> bool:
    """Whether a text speaks of the person it is about, and not of rules in general."""
    return bool(_SOMEONE.search(plain(text)))


def speaks_as_helper(text: str) -> bool:
    """Whether a professional speaks, of a client."""
    return bool(_HELPER.search(plain(text)))


def points_back(text: str) -> bool:
    """Whether a text leans on what was said before: "past dat bij mij", "die check"."""
    return bool(_BACKWARD.search(plain(text)))


def named_flow(text: str) -> Optional[str]:
    """Which guided conversation a text names."""
    said = plain(text)
    return next((slug for slug, pattern in _FLOW_NAMES.items() if pattern.search(said)), None)

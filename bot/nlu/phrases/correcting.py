"""What is meant, without what it isn't and without what stands before it: "nee, ik bedoel ...", "bedankt, en ..."."""

from __future__ import annotations

import re
from typing import Sequence, Tuple

from bot.nlu.names import Mention, tokens_of, word_spans
from bot.nlu.phrases.asking import is_question
from bot.nlu.phrases.meaning import NAME
from bot.word_class import word_class

FILLERS = word_class(
    "nee niet maar oke ok en of dan bij voor met sorry natuurlijk bedoel bedoelde ik toch eigenlijk gewoon juist "
    "hoe zit het dat geldt ook de een die over uh oh hoezo van in uit"
)
"""What is left when a message only names another topic: "nee, ik bedoel Fit4Work", "en bij WGB?"."""

_RULED_OUT = re.compile(
    r"(?:^\W*(?:(?:nee+n?|sorry|oh?|maar|nou)\b\W*)*(?:ik (?:bedoel|wil) )?|\b)"
    rf"(?:niet|geen|nie) (?:[\w']+ ){{0,3}}{NAME}(?:\W+maar\b\W+|\W+(?!maar\b))(?=\w)"
    r"(?!(?:ik|je|jij|u|hij|ze|zij|we|wij|er|wat|wie|hoe|waar|waarom|mijn|mn|m'n|als)\b"
    r"|(?:dat|het|die|dit) (?:is|was|kan|moet|mag|heeft|gaat|lukt|wil)\b)",
    re.IGNORECASE,
)
"""What isn't meant, before what is: "niet IPS maar die andere"; not "niet naar IPS maar ik wil wel werken"."""

_LEAST_LEFT = 3

_CORRECTS = re.compile(
    r"^\W*(?:(?:nee+n?|ne+h?|sorry|maar|oh?|ho|hm+|joh?|ja|en|niet goed|fout)\b\W*)*"
    r"(?P<said>(?:dat|da|dit|zo) (?:bedoel(?:de)?|vroeg|vraag|wou|wil(?:de)?) ik (?:\w+ )?niet(?: weten)?"
    r"|(?:dat|da) is niet wat ik (?:bedoel(?:de)?|vroeg|vraag|zoek|wil(?:de)?(?: weten)?)"
    r"|(?:dat|da) (?:was|is) (?:mijn|mn|m'n|de) vraag niet|je (?:begrijpt|snapt) me (?:niet|verkeerd)"
    r"|ik (?:bedoel(?:de)?|vroeg|had het over)(?: (?:eigenlijk|dus|gewoon|meer|vooral|juist|naar))*)(?!\w)\W*",
    re.IGNORECASE,
)

_ASIDE_BEFORE = re.compile(
    r"^\W*(?:(?:ok|oke|okee|okay|ah+|aha|oh+|hm+|haha+|lol|nou|tja|jammer|mooi|fijn|top|super|prima|duidelijk|helder"
    r"|begrepen|snap ik|grappig|wauw|wow|jeetje|wacht(?: even| eens)?|stop even|trouwens|(?:o|oh) ja|tussendoor"
    r"|even (?:tussendoor|iets anders|wat anders)|nog (?:iets|een vraag|wat)(?: anders)?|(?:andere|nieuwe) vraag)"
    r"(?:\s*[,.:;!-]+\s*|\s+(?=(?:en|maar|wat|wie|waar|wanneer|hoe|hoeveel|welke?|waarom|kan|mag|moet|is)\b)))+",
    re.IGNORECASE,
)
"""What may stand before a question without belonging to it: "oke, ", "wacht even, "."""

_THANKS = re.compile(
    r"^\W*(?:(?:ok|oke|ah|ja|super|top|fijn|heel erg) )*"
    r"(?:dank ?(?:je|u|jewel|uwel)?(?: ?wel)?|bedankt|thanks|thx|merci)(?: (?:voor (?:de|je|uw) \w+|hoor|alvast))*"
    r"\s*[.,!;:]+\s*(?:(?:en|maar|o|oh|nog iets anders|nog een vraag)\b[\s:,]*)*",
    re.IGNORECASE,
)


def corrected(text: str) -> Tuple[str, bool]:
    """What is meant instead in "nee dat bedoel ik niet, zo'n beschutte plek", and whether the last answer is refused.

    Empty for a message that corrects nothing, or says nothing else.
    """
    rest, refused = text, False
    while found := _CORRECTS.match(rest):
        rest, refused = rest[found.end() :], refused or not found["said"].lower().startswith("ik ")
    words = [word for word in tokens_of(rest) if word not in FILLERS]
    return (rest, refused) if words and rest != text else ("", False)


def corrects(text: str) -> bool:
    """Whether a message begins by saying what is meant: "nee ik bedoel ..."."""
    return bool(_CORRECTS.match(text))


def after_thanks(text: str) -> str:
    """The question after "bedankt. en ..." or "wacht even, ...", or the message as it is."""
    for before in (_THANKS, _ASIDE_BEFORE):
        found = before.match(text)
        rest = text[found.end() :] if found else ""
        text = rest if is_question(rest) and len(tokens_of(rest)) > 1 else text
    return text


def without_ruled_out(text: str, mentions: Sequence[Mention]) -> str:
    """What "niet de ziektewet maar de ww, hoe lang krijg ik die" asks; a shorter correction stays as it is."""
    spans = word_spans(text)
    if len(spans) != len(tokens_of(text)):
        return text
    for mention in sorted((m for m in mentions if m.negated), key=lambda m: -m.start):
        start, end = spans[mention.start][0], spans[mention.end - 1][1]
        named = f"{text[:start]}{NAME}{text[end:]}"
        found = next((f for f in _RULED_OUT.finditer(named) if f.start() <= start < f.end()), None)
        if found is None:
            continue
        rest = f"{named[: found.start()].rstrip()} {named[found.end() :]}".strip()
        if len([word for word in tokens_of(rest) if word not in FILLERS]) >= _LEAST_LEFT:
            return rest
    return text

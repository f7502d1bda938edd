"""How people answer "Denk je aan zelfdoding?": with yes, no or neither, or with something else."""

from __future__ import annotations

import re
from typing import Optional

from bot.safety.wording import BOUNDARY, plain

_LONGEST_BARE_ANSWER = 3
_ANSWERS = tuple(
    (answer, re.compile(rf"(?:{pattern})\b"))
    for answer, pattern in (
        # A "no" with "not" in it comes before the "yes" that it begins with.
        (
            "no",
            r"nee|neen|nope|nein|no|noh|nooit(?: \w+)?$|(?:helemaal|absoluut|tuurlijk|natuurlijk|zeker|echt|gelukkig|totaal) niet"
            r"|niet echt|dat niet|(?:ben je|bent u) gek|(?:ik )?denk (?:het|van) niet|(?:ik )?dacht het niet",
        ),
        # Someone who doesn't want to say, or asks why, is told whom to talk to as well.
        (
            "unsure",
            r"ja en nee|(?:dat |het )*(?:ik )?weet (?:ik |het |dat |nog |echt |eigenlijk )*niet|k?weenie|idk|geen idee|misschien|mss"
            r"|soms|(?:een )?(?:klein )?beetje|twijfel|ik twijfel|(?:heel )?(?:soms|af en toe|nu en dan|zelden)|wel ?eens|weleens"
            r"|(?:dat )?lig(?:t)? er ?aan|(?:dat is )?moeilijk te zeggen|tja|mwah|hmm+|nu niet|niet nu|niet meer|vroeger wel"
            r"|liever niet|(?:dat |daar )?wil ik (?:het |er )?(?:liever )?niet|(?:dat )?zeg ik niet|ik zeg niks"
            r"|(?:dat )?ga(?:at)? je (?:niks|niets|geen) ?(?:aan|moer)?|(?:waarom|hoezo)(?: vraag je(?: dat)?| wil je dat weten)?$|hoe bedoel je$"
            r"|sometimes|maybe|i dont know|dunno",
        ),
        (
            "yes",
            r"ja|jaa|jawel|jep|yes|yep|klopt|inderdaad|best wel|eigenlijk wel|helaas wel|zeker|absoluut|(?:heel )?vaak|altijd|constant"
            r"|(?:elke|iedere) (?:dag|nacht)|(?:de )?hele (?:tijd|dag)|al (?:heel |zo )*(?:lang|een tijd\w*|weken|maanden|jaren)"
            r"|(?:ik )?denk (?:het|van) wel",
        ),
    )
)
"""How the question is answered; the first that fits the beginning counts."""
_NO_AND_MORE = re.compile(
    r"^\W*(?:nee+n?|nope|no|noh|nein)(?: hoor| zeker niet| echt niet| helemaal niet| absoluut niet)?(?:\s*[,.!;:]+|\s+maar\b|\s+(?=ik (?:wil|wou|bedoel|vroeg|zoek)))"
    r"\s*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


def answer_to_question(text: str) -> Optional[str]:
    """Whether a message that follows "Denk je aan zelfdoding?" says "yes", "no" or "unsure"; None: something else."""
    words = plain(text).replace(BOUNDARY, " ").split()
    if not words or len(words) > 8:
        return None
    sentence = " ".join(words)
    return next((answer for answer, pattern in _ANSWERS if pattern.match(sentence)), None)


def bare_answer(text: str) -> Optional[str]:
    """The same for a message that says nothing else ("ja", "nee hoor", "weet ik niet")."""
    return answer_to_question(text) if len(text.split()) <= _LONGEST_BARE_ANSWER else None


def question_after_no(text: str) -> Optional[str]:
    """What follows the "no" of someone who answers the question and asks something at once ("nee, wat is ips?")."""
    match = _NO_AND_MORE.match(text)
    rest = match.group("rest").strip() if match else ""
    return rest if len(rest.split()) >= 3 else None

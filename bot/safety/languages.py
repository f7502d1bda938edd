"""Phrases that show a crisis in other languages than Dutch, and in other scripts.

They are compared letter by letter: the spelling that `bot.safety.wording` gives Dutch would spoil them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Tuple

_EXPLICIT = (
    # English
    "i want to die", "i wanna die", "want to kill myself", "wanna kill myself", "gonna kill myself", "kill myself",
    "dont want to live", "do not want to live", "dont wanna live", "dont want to be alive", "end my life", "end it all",
    "better off dead", "wish i was dead", "wish i were dead", "suicidal", "kms", "unalive myself", "better off without me",
    "take my own life", "want to be dead", "hang myself", "no reason to live", "killing myself", "rather be dead",
    "i want die", "end it tonight", "end it all tonight", "ending it all", "want to die", "wants to die", "wants to kill himself", "wants to kill herself", "not want to live", "no want live",
    # Turkish
    "ölmek istiyorum", "olmek istiyorum", "yaşamak istemiyorum", "yasamak istemiyorum", "intihar", "kendimi öldür",
    "kendimi oldur", "canıma kıy", "canima kiy", "kendimi asaca", "ölsem", "keşke ölsem",
    # Arabic and Moroccan Arabic, in Latin letters and in Arabic
    "bidi nmout", "bidi mout", "biddi mout", "bghit nmout", "bghit nmot", "bgit nmout", "bghit nmoet", "bgit nmoet",
    "baghi nmout", "urid an amut", "oreed an amoot", "ureed an amoot", "urid an antahir", "ayez amoot", "3ayez amoot",
    "aayez amoot", "ayez amout", "abgha amoot", "bghit nqtel rasi", "nqtel rasi", "ntahar", "antahir", "intihar",
    "أريد أن أموت", "اريد ان اموت", "بدي موت", "بدي اموت", "انتحار", "انتحر", "عايز اموت", "لا أريد أن أعيش", "نموت راسي",
    # Berber (Tarifit)
    "khsegh ad mmtegh", "ghsegh ad mtegh",
    # Polish
    "chcę umrzeć", "chce umrzec", "nie chcę żyć", "nie chce zyc", "nie chcę już żyć", "nie chce juz zyc", "chcę się zabić",
    "chce sie zabic", "zabiję się", "zabije sie", "samobójstw", "samobojstw", "nie chce mi się żyć", "nie chce mi sie zyc",
    # Russian, Ukrainian
    "хочу умереть", "не хочу жить", "хочу сдохнуть", "покончить с собой", "убью себя", "самоубийств", "хочу померти",
    "суицид",
    # Surinamese, Papiamento
    "wani dede", "no wan libi", "no wani libi", "wan dede", "kiri misrefi", "kiri mi srefi", "kier misrefi", "mi ke muri",
    "mi kier muri", "no ke biba mas", "no ker biba",
    # German, French, Spanish, Portuguese, Italian, Romanian, Bulgarian, Somali, Tigrinya, Farsi
    "ich will sterben", "will nicht mehr leben", "mich umbringen", "je veux mourir", "me suicider", "plus envie de vivre",
    "quiero morir", "no quiero vivir", "matarme", "quero morrer", "voglio morire", "vreau sa mor", "nu mai vreau sa traiesc",
    "искам да умра", "waxaan rabaa inaan dhinto", "mikham bemiram", "mikhaham bemiram", "می خواهم بمیرم", "میخوام بمیرم",
    "خودکشی", "ክሞት እደሊ",
    # street language
    "mezelf unaliven", "mezelf off", "kanker dood wil", "kms man",
)  # fmt: skip
_GREY = (
    "cant do this anymore", "hate my life", "life is meaningless", "life has no meaning", "cant take it anymore", "cant go on", "no point anymore", "whats the point", "no hope left",
    "give up on life", "just want it to stop", "tired of life", "tired of living", "no way out", "want to disappear",
    "dayanamıyorum", "dayanamiyorum", "hayattan bıktım", "hayattan biktim", "bıktım artık", "nie mam siły", "nie mam juz sily",
    "nie mam sily", "nic nie ma sensu", "nie widzę wyjścia", "nie widze wyjscia", "anlamı yok", "anlami yok", "nie daję rady", "nie daje juz rady", "nie widzę sensu", "nie widze sensu", "no man moro", "mi no man",
    "ma b2it qader", "ma b9itch qader", "ma bqitch qader", "eyit min elhayat", "t3ebt men hyati", "mabghitch nkemel",
    "je n en peux plus", "ich kann nicht mehr", "no puedo mas",
)  # fmt: skip


def tier_in_other_language(text: str) -> str:
    """The tier, explicit, grey or none, that phrases of other languages than Dutch show."""
    simple = f" {without_accents(text)} "
    if _ANY_EXPLICIT.search(simple):
        return "explicit"
    return "grey" if _ANY_GREY.search(simple) else "none"


def without_accents(text: str) -> str:
    """A text in lower case, without accents and punctuation."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(character for character in text if not unicodedata.combining(character)).lower()
    text = text.replace("ł", "l").replace("ı", "i")
    text = re.sub(r"['’‘`´]", "", text)
    return re.sub(r"[\W_]+", " ", text).strip()


def _any_of(phrases: Tuple[str, ...]) -> re.Pattern[str]:
    forms = sorted({without_accents(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile("|".join(re.escape(form) for form in forms))


_ANY_EXPLICIT = _any_of(_EXPLICIT)
_ANY_GREY = _any_of(_GREY)

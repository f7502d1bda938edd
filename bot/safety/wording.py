"""Brings a text into one plain spelling, so that one pattern finds a phrase however it is typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Dict, List, Tuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

BOUNDARY = "|"
"""Token between sentences; no pattern reaches across it."""

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_APOSTROPHE = re.compile(r"['’‘`´]")
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W_][\s.\-_*]{1,3}){3,}[^\W_](?![^\W_])")
_SENTENCE_END = re.compile(r"[.!?;\n\r…:]+(?=\s|$)|[\n\r]+")
_TOKEN = re.compile(r"\||[\w@$]+")
_REPEATED = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans("013457@$", "oieastas")

_SPELLINGS: Dict[str, str] = {
    # ik
    **dict.fromkeys("k ick ich ikke ikkes ek iek ikk lk".split(), "ik"),
    # niet, meer
    **dict.fromkeys("nie neet nich nait nit ni nt niett neit niej niit nietm".split(), "niet"),
    **dict.fromkeys("mer mir mie meerr mear mier meir maer miej mjir".split(), "meer"),
    # dood
    **dict.fromkeys("doot dod dodo doed doeed dooid doodt dooood dwood doad dooien doid dowd doat".split(), "dood"),
    **dict.fromkeys("doodgoan doodga doodgaat doodgaa doodgegaan dodgaan dootgaan".split(), "doodgaan"),
    **dict.fromkeys("doodmake doodmoaken doodmaakt doodmaak".split(), "doodmaken"),
    # willen
    **dict.fromkeys(
        "wilt wilde wou willen will wl wik wll wol wul wull wilden wouden wille wilik wi wiln zouden".split(), "wil"
    ),
    # leven
    **dict.fromkeys(
        "leve leaven laeve lve leeve leeven leefn levn levve leevn lewen laeven leben leeft leef".split(), "leven"
    ),
    # verbs in one form
    **dict.fromkeys("gaat goa gao goan gait goat gaa gaet".split(), "ga"),
    **dict.fromkeys("maakt moak mak maok mook maek".split(), "maak"),
    **dict.fromkeys("make moaken maoken maekn make".split(), "maken"),
    **dict.fromkeys("heeft hebt hep hed hebbe hev hef".split(), "heb"),
    **dict.fromkeys("springt sprong".split(), "spring"),
    **dict.fromkeys("springe springn".split(), "springen"),
    **dict.fromkeys("snijdt snijd snei snijde".split(), "snij"),
    **dict.fromkeys("doet doede".split(), "doe"),
    **dict.fromkeys("staat stoa stao sto".split(), "sta"),
    **dict.fromkeys("stapt".split(), "stap"),
    **dict.fromkeys("stappe stapn".split(), "stappen"),
    **dict.fromkeys("pleegt pleech".split(), "pleeg"),
    **dict.fromkeys("pleege plege pleegen pleeche".split(), "plegen"),
    **dict.fromkeys("ziet zieh".split(), "zie"),
    **dict.fromkeys("zitte zittn ziten zittuh".split(), "zitten"),
    **dict.fromkeys("trekt".split(), "trek"),
    **dict.fromkeys("houdt houd".split(), "hou"),
    **dict.fromkeys("kin kun".split(), "kan"),
    **dict.fromkeys("hoeftt hoefd hoef oeft".split(), "hoeft"),
    **dict.fromkeys("hangt".split(), "hang"),
    **dict.fromkeys("knoopt".split(), "knoop"),
    **dict.fromkeys("steekt".split(), "steek"),
    **dict.fromkeys("rij rijdt".split(), "rijd"),
    **dict.fromkeys("slaat".split(), "sla"),
    **dict.fromkeys("ligt".split(), "lig"),
    # small words
    **dict.fromkeys("der dr r".split(), "er"),
    **dict.fromkeys("un n ne nen ein".split(), "een"),
    **dict.fromkeys("einde ent einne ind einden eint".split(), "eind"),
    **dict.fromkeys("an oan aon".split(), "aan"),
    **dict.fromkeys("den dn".split(), "de"),
    **dict.fromkeys(
        "mezelluf mijzelf mezelve meself mijnzelf mezulf mijself mezelvers mezef mzelf misrefi mezellef miezelf".split(),
        "mezelf",
    ),
    **dict.fromkeys("zichself zigzelf zichzelluf zichzelve".split(), "zichzelf"),
    **dict.fromkeys("gwn gwoon gewoan gwon".split(), "gewoon"),
    **dict.fromkeys("veur vur vor vr".split(), "voor"),
    **dict.fromkeys("mn mien mijne mi".split(), "mijn"),
    **dict.fromkeys("t ut".split(), "het"),
    **dict.fromkeys("iet ies iest".split(), "iets"),
    **dict.fromkeys("wa wah".split(), "wat"),
    **dict.fromkeys("da dattuh".split(), "dat"),
    **dict.fromkeys("nooitmeer".split(), "nooit meer"),
    **dict.fromkeys("nimmer nimeer nimmeer niemeer niemer nietmeer nemeer niemir".split(), "niet meer"),
    **dict.fromkeys("eruit deruit druit druut".split(), "eruit"),
    **dict.fromkeys("eraan draan deraan".split(), "er aan"),
    **dict.fromkeys("clientes cliente".split(), "client"),
    "kwil": "ik wil",
    "kwou": "ik wil",
    "kga": "ik ga",
    "kgoa": "ik ga",
    "kheb": "ik heb",
    "keb": "ik heb",
    "kzie": "ik zie",
    "kweet": "ik weet",
    "kben": "ik ben",
    "kzen": "ik ben",
    "kmaak": "ik maak",
    "kmak": "ik maak",
    "kkan": "ik kan",
    "ktrek": "ik trek",
    "khou": "ik hou",
    "kspring": "ik spring",
    "kdoe": "ik doe",
    "zelfmoorden": "zelfmoord",
    "ikga": "ik ga",
    "ikwil": "ik wil",
    "ikben": "ik ben",
    "ikheb": "ik heb",
    "ikmaak": "ik maak",
    "ikkan": "ik kan",
}
_LONG_WORDS = (
    "zelfmoord", "zelfdoding", "suicide", "suicidaal", "zelfmoordpoging", "zelfmoordgedachten", "zelfmoordneigingen",
    "suicidepoging", "suicideplannen", "suicidegedachten", "zelfmoordplannen", "afscheidsbrief", "overdosis",
    "automutilatie", "automutileer", "zelfbeschadiging", "zelfverminking", "zelfverwonding", "doodswens", "levensmoe",
)  # fmt: skip
_NOT_MISSPELT = frozenset("zelfwaarde zelfbeeld zelfwerking zelfmedicatie overdoses".split())
_GLUED: Tuple[str, ...] = (
    "ik wil dood", "wil dood gaan", "ik wil dood gaan", "ik wil doodgaan", "ik wil niet meer leven", "wil niet meer leven",
    "ik maak er een eind aan", "maak er een eind aan", "ik ga er een eind aan maken", "ik maak mezelf van kant",
    "ik ga dood", "ik wil er niet meer zijn", "ik pleeg zelfmoord", "zelfmoord plegen", "ik ga zelfmoord plegen",
    "ik spring voor de trein", "ik snij mezelf", "ik wil sterven", "ik zie het niet meer zitten", "ik kan niet meer",
    "ik trek het niet meer", "het hoeft niet meer",
)  # fmt: skip
_GLUED_FORMS = {phrase.replace(" ", ""): phrase for phrase in _GLUED}
_PHRASES: Tuple[Tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bzelf (moo?r[dt]|doding|dooding)\b", "zelfmoord"),
        (r"\bzelfmoord ?(neiging\w*|gedacht\w*|plan\w*)\b", "zelfmoordgedachten"),
        (r"\bsuicide ?(gedacht\w*|plan\w*|neiging\w*)\b", "zelfmoordgedachten"),
        (r"\b(zelfmoord|suicide) ?poging\w*\b", "zelfmoordpoging"),
        (r"\b(me|mijn|mij|m) (zelf|zelluf|self)\b", "mezelf"),
        (r"\b(me|mijn|mij) eige[n]?\b(?= (van|dood\w*|iets|wat|op\w*|kapot|ver\w+|aan|killen|af\w*|pijn)\b)", "mezelf"),
        (r"\b(zich|z|zijn|haar) (zelf|eigen)\b(?= (van|dood\w*|iets|wat|op\w*|kapot|ver\w+|aan|killen|af\w*|pijn)\b)",
         "zichzelf"),
        (r"\bzich zelf\b", "zichzelf"),
        (r"\bdood gaan\b", "doodgaan"),
        (r"\bdood maken\b", "doodmaken"),
        (r"\ber ?uit (?=stap)", "eruit "),
        (r"\bziet(?= niet meer)", "zie het"),
        (r"\baan (doen|doe|gedaan)\b", r"aan\1"),
    )
)  # fmt: skip


def plain(text: str) -> str:
    """The text in lower case and in one spelling, tokens set apart by single spaces, one at both ends."""
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
    text = "".join(character for character in text if not unicodedata.combining(character)).lower()
    text = text.replace("ł", "l").replace("ı", "i").replace("ø", "o")
    text = _APOSTROPHE.sub("", text)
    text = _SPELLED.sub(lambda match: re.sub(r"[\s.\-_*]+", "", match.group()), text)
    text = _SENTENCE_END.sub(f" {BOUNDARY} ", text)
    tokens: List[str] = []
    for token in _TOKEN.findall(text):
        if token[0] == "|":
            tokens.append(BOUNDARY)
        else:
            tokens.append(_plain_token(token[:200]))
    joined = " ".join(tokens)
    for pattern, replacement in _PHRASES:
        joined = pattern.sub(replacement, joined)
    return f" {joined} "


@lru_cache(maxsize=4096)
def _plain_token(token: str) -> str:
    if not token.isalpha() and any(character.isalpha() for character in token):
        token = token.translate(_LEET)
    token = _REPEATED.sub(r"\1\1", token)
    found = _SPELLINGS.get(token)
    if found:
        return found
    if len(token) < 7 or not token.isascii():
        return token
    return _misspelt_long_word(token) or token


def _misspelt_long_word(token: str) -> str:
    """The crisis word or glued phrase that a long token is a misspelling of, or nothing."""
    if token in _NOT_MISSPELT:
        return ""
    allowed = 1 if len(token) < 8 else 2
    near = process.extractOne(token, _LONG_WORDS, scorer=OSA.distance, score_cutoff=allowed)
    if near and near[0][0] == token[0]:
        return near[0]
    if len(token) >= 8:
        glued = process.extractOne(token, list(_GLUED_FORMS), scorer=fuzz.ratio, score_cutoff=84)
        if glued:
            return _GLUED_FORMS[glued[0]]
    return ""

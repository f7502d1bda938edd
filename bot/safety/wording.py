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
_SHORTENED = re.compile(
    r"\b(cl|clnt|klnt|kl|mw|mevr|dhr|hr|mnr|pt|pat|wn|wnr|wnmr|kand|dlnr|deeln|vzk|betr|evt|ivm|dd)\.(?=\s)"
)
"""The point of these abbreviations ends no sentence."""
_SENTENCE_END = re.compile(r"[.!?;\n\r…:]+(?=\s|$)|[\n\r]+")
_TOKEN = re.compile(r"\||[\w@$]+")
_REPEATED = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans("013457@$", "oieastas")

_DOUBLED_END = re.compile(r"([bcdfghjkmpqrtvwxz])\1$")

_SPELLING_TABLE = """
ik: k ick ich ikke ikkes ek iek ikk lk
niet: ni nie neet nich nait nit ni nt niett neit niej niit nietm
meer: mr mer mir mie meerr mear mier meir maer miej mjir
dood: doot dod dodo doed doeed dooid doodt dooood dwood doad dooien doid dowd doat
doodgaan: doodgoan doodga doodgaat doodgaa doodgegaan dodgaan dootgaan
doodmaken: doodmake doodmoaken doodmaakt doodmaak
wil: wilt wilde wou willen will wl wik wll wol wul wull wilden wouden wille wilik wi wiln zouden
leven: lefe lefen leam leve leaven laeve lve leeve leeven leefn levn levve leevn lewen laeven leben leeft leef
ga: gaat goa gao goan gait goat gaa gaet
maak: maakt moak mak maok mook maek
maken: make moaken maoken maekn
heb: heeft hebt hep hed hebbe hev hef
spring: springt sprong
springen: springe springn
snij: snijdt snijd snei snijde
doe: doet doede
sta: staat stoa stao sto
stap: stapt
stappen: stappe stapn
pleeg: pleegt pleech
plegen: pleege plege pleegen pleeche
zie: ziet zieh
zitten: zitte zittn ziten zittuh
trek: trekt
hou: houdt houd
kan: kin kun ken
hoeft: hoeftt hoefd hoef oeft
hang: hangt
knoop: knoopt
steek: steekt
rijd: rij rijdt
sla: slaat
lig: ligt
er: der dr r
een: un n ne nen ein
eind: einde ent einne ind einden eint end
aan: an oan aon
de: den dn
mezelf: mezelluf mijzelf mezelve meself mijnzelf mezulf mijself mezelvers mezef mzelf misrefi mezellef miezelf
zichzelf: zichself zigzelf zichzelluf zichzelve
gewoon: gwn gwoon gewoan gwon
voor: veur vur vor vr
mijn: mn mien mijne mi
het: t ut
iets: iet ies iest
wat: wa wah
dat: da dattuh
nooit meer: nooitmeer
niet meer: nimmer nimeer nimmeer niemeer niemer nietmeer nemeer niemir
eruit: deruit druit druut
er aan: eraan draan deraan
client: clientes cliente
zelfmoord: zlfmrd zelfmrd zlfmord zelfmoorden
ik wil: kwou ikwil
het niet: tni
ik ga: kgoa ikga
ik heb: keb ikheb
ik ben: kzen ikben
ik maak: kmak ikmaak
kan niet: kannie kanniet
kan het: kannet
ik haat: khaat
ik kan: ikkan
geen: gin gien gein ginne
klaar: klaor kloar kloer klor
mij: mich
vanavond: vanaaf vanoavend vanaovend
"""
"""Spelling: the ways it is typed, by mistake, in dialect or for short."""


def _read_spellings() -> Dict[str, str]:
    spellings = {}
    for line in _SPELLING_TABLE.strip().splitlines():
        spelling, variants = line.split(":")
        spellings.update(dict.fromkeys(variants.split(), spelling))
    # "kzit", "kdenk": ik written on to its verb.
    verbs = (
        "zit zat loop voel word denk hoop sta mis snij spaar hang stap hoef vind snap haat slik neem verlang wil ga heb"
        " zie weet ben maak kan trek hou spring doe moet"
    )
    spellings.update((f"k{verb}", f"ik {verb}") for verb in verbs.split())
    return spellings


_SPELLINGS = _read_spellings()
_LONG_WORDS = (
    "zelfmoord", "zelfdoding", "suicide", "suicidaal", "zelfmoordpoging", "zelfmoordgedachten", "zelfmoordneigingen",
    "suicidepoging", "suicideplannen", "suicidegedachten", "zelfmoordplannen", "afscheidsbrief", "overdosis",
    "automutilatie", "automutileer", "zelfbeschadiging", "zelfverminking", "zelfverwonding", "doodswens", "levensmoe",
)  # fmt: skip
_NOT_MISSPELT = frozenset(["zelfwaarde", "zelfbeeld", "zelfwerking", "zelfmedicatie", "overdoses"])
_GLUED: Tuple[str, ...] = (
    "ik wil dood", "wil dood gaan", "ik wil dood gaan", "ik wil doodgaan", "ik wil niet meer leven", "wil niet meer leven",
    "ik maak er een eind aan", "k maak er n eind aan", "maak er een eind aan", "ik ga er een eind aan maken", "ik maak mezelf van kant",
    "ik ga dood", "ik wil er niet meer zijn", "ik pleeg zelfmoord", "zelfmoord plegen", "ik ga zelfmoord plegen",
    "ik spring voor de trein", "ik snij mezelf", "ik wil sterven", "ik zie het niet meer zitten", "ik kan niet meer",
    "ik trek het niet meer", "het hoeft niet meer",
)  # fmt: skip
_GLUED_FORMS: Dict[str, str] = {
    phrase.replace(said, short).replace(" ", ""): phrase
    for phrase in _GLUED
    for said, short in ((" ", " "), ("ik ", "k "), (" een ", " n "), (" niet ", " nie "))
}
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
    text = _SENTENCE_END.sub(f" {BOUNDARY} ", _SHORTENED.sub(r"\1", text))
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
    token = _DOUBLED_END.sub(r"\1", _REPEATED.sub(r"\1\1", token))
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

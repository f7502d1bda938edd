"""Messages that ask for a guided conversation in words that name a topic, a person or a benefit.

"Past Fit4Work bij mij?" looks most like the answers about Fit4Work, whatever topic it names. What sets it apart from
a question about that topic is its shape: it asks about one person, or it asks to find something out together.
"""

from __future__ import annotations

import re
from typing import Optional

from bot.nlu.names import tokens_of

_RELATIVES = (
    r"zoon|dochter|man|vrouw|partner|broer|zus|zusje|vriend|vriendin|moeder|vader|kind|neef|nicht|buurman|buurvrouw"
)
_CLIENTS = r"klant|client|clienten|kandidaat|medewerker|werknemer|patient|deelnemer|jongere|cursist|collega"
_ONE = rf"(mij|me|ons|hem|haar|iemand|((mijn|mn|m'n|onze|een|deze|die|de) (\w+ )?({_RELATIVES}|{_CLIENTS})))"
"""Whom a question can be about."""
_SUBJECT = rf"(ik|hij|ze|zij|we|wij|{_ONE})"

_FITS_SOMEONE = re.compile(
    rf"\b(pas|past|passen|passend)\b(?! (\w+ )?op\b).{{0,60}}\b(bij|voor) {_ONE}\b(?! (werk|baan|taken|gezin)\b)"
    rf"|\b(bij|voor) {_ONE}\b.{{0,40}}\b(past|passen|geschikt|passend)\b"
    rf"|\b(is|zou|was|of|denk|ben|wat|iets|dat)\b.{{0,50}}\b(iets|wat|geschikt) (zijn )?voor {_ONE}\b"
    rf"|\b(kom|komt|kom je|komen) {_SUBJECT}\b.{{0,25}}\bin aanmerking\b|\b{_SUBJECT} (ook )?in aanmerking (kom|komt)\b"
    rf"|\bvoldo(e|et|en) {_SUBJECT}\b|\bof {_SUBJECT}\b.{{0,30}}\b(voldoe|voldoet)\b"
    rf"|\b(hoor|hoort|val|valt) {_SUBJECT}\b.{{0,20}}\b(doelgroep|bedoeld|mensen voor wie)\b"
    rf"|\b(ben|is) {_SUBJECT}\b.{{0,20}}\bgeschikt\b"
    r"|\b(doe|doen|start|starten|begin)\b( \w+){0,3} (check|geschiktheidscheck)\b"
    r"|\bwat (past( er)?( het beste)?|(zou|kan)( er)?( kunnen)? passen)$"
)
_FITS = re.compile(
    r"\b(past|passen|passend|geschikt|aanmerking|voorwaarden|criteria|doelgroep|krijgen aan"
    r"|welke (hulp|begeleiding|aanpak|interventie|traject)|(kan|kunnen) (ik|we|hij|ze) krijgen|(iets|wat) voor)\b"
)
_OTHER_FITS = re.compile(
    r"\b(werk|baan|beroep|vak|opleiding|functie|school|studie|therapie|therapeut|psycholoog|medicijn|medicijnen)\b.{0,20}\b(past|passen|geschikt)\b"
    r"|\bniet\b.{0,25}\baanmerking\b|\bpast niet\b"
    r"|^(en |ok |oke |maar )*hoe (kom|komt|komen)\b.{0,30}\baanmerking\b"
    r"|\b(zzp\w*|zelfstandige?|freelance\w*|eigen (bedrijf|zaak))\b.{0,80}\b(iets|wat) voor\b"
)
_PAYS = re.compile(
    r"\b(\w*betaal\w*|betalen|vergoed\w*|vergoeding\w*|financier\w*|bekostig\w*|kosten|potje|potjes|geld)\b"
)
_TELLS = re.compile(
    r"\b(vertellen|verzwijgen|openheid|inlichten|opbiechten|open (ben|is|zijn|kaart))\b"
    r"|\b(ik|hij|ze|zij|we)\b.{0,40}(?<!\bje )\b(vertel|vertelt|zeg|zegt|zeggen|verzwijg|verzwijgt|meld|melden)\b"
)
_TOGETHER = re.compile(
    r"\b(zoek|zoekt|zoeken (we|wij|jullie|ze))\b.{0,30}\buit\b"
    r"(?! (de|het|een|mijn|mn|je|zijn|haar|hun|ons|onze|zvw|wmo|wlz)\b)"
    r"|\b(uit|na)(zoeken|vogelen|rekenen|gaan|lopen|kijken)\b"
    r"|\breken\b.{0,20}\b(uit|door)\b|\b(doorlopen|doornemen|doorrekenen|afwegen|afweging)\b"
    r"|\b(loop|lopen|neem|ga|gaan|kijk)\b.{0,40}\b(door|na|langs)\b"
    r"|\bstap voor stap\b|\bop (een|1) rij\w*\b|\b(stel|vraag)\b.{0,20}\b(vragen|maar|gerust)\b"
    r"|\bhelp\b.{0,20}\b(kiezen|beslissen|besluiten|zoeken|bepalen)\b"
    r"|\b(mee|met (mij|me|ons)) ?denken\b|\bdenk\b.{0,12}\bmee\b"
    r"|\bhelp(en)?\b.{0,15}\b(mee|afwegen|knoop)\b|\bvoors? en tegens?\b.{0,40}\b(door|langs|samen)\b"
)
_SOMEONE = re.compile(rf"\b(ik|mijn|mn|hij|zij|ze|we|wij|klant|client|clienten|kandidaat|deze|{_ONE})\b")
_GENERAL = re.compile(r"^(voor wie|wie (komt|komen|beslist|bepaalt)|wat is|wat zijn|hoe werkt|wat doet)\b")


def requested_flow(text: str) -> Optional[str]:
    """The intent that starts the guided conversation that a message asks for; None for any other message."""
    said = " ".join(tokens_of(text))
    together = bool(_TOGETHER.search(said)) and bool(_SOMEONE.search(said))
    if _GENERAL.search(said) and not together:
        return None
    if together and _PAYS.search(said):
        return "start_financing"
    if _OTHER_FITS.search(said):
        return None
    if together and _TELLS.search(said) and not _FITS_SOMEONE.search(said):
        return "start_disclosure"
    if _FITS_SOMEONE.search(said) or (together and _FITS.search(said)):
        return "start_eligibility"
    return None

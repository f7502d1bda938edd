"""Whose danger it is decides which text is given: somebody who reports another's words isn't told to ring for themselves."""

from __future__ import annotations

import pytest

from bot.safety.crisis import assess

OTHER = [
    "cl. zegt niet verder te willen leven",
    "mn clnt gaf aan er een eind aan te willen maken",
    "kl. uit doodswens tijdens intake, wat nu",
    "mw. geeft aan dat het voor haar niet meer hoeft",
    'vriendin stuurt "ik maak er een eind aan" wat moet ik doen??',
    'klant aan de lijn: "dan spring ik wel van de flat"',
    "wn'er heeft afscheidsbrief achtergelaten op zijn bureau",
    "kl dreigt met zelfmoord als uitkering stopt",
    "kl. zei letterlijk 'ik ga mezelf wat aandoen als jullie mij korten'",
    "Hr. Jansen, 44 jr, wia, uitte suïcidaliteit in gesprek. Welk protocol?",
    "collega's vertelden me dat Fatima dood wil",
    "Mijn zoon heeft gezegd dat hij zichzelf ophangt als het UWV belt",
    "ik heb een cliënt die zegt: als ik moet werken dan maak ik me van kant.",
    "vertelt huilend dat ze zichzelf iets gaat aandoen, crisisdienst?",
    "Client heeft TS gedaan in weekend. Traject stopzetten?",
    "tijdens huisbezoek trof ik een touw aan het plafond bij cliënt",
    "klant v/d gemeente hier aan mijn bureau dreigt zich in brand te steken",
    "vriend van mij zegt elke avond dat hij de trein wil pakken, niet erin maar ervoor",
]
SELF = [
    "ik zei tegen mijn klantmanager dat ik dood wil en hij deed niks",
    "mijn man zegt dat het goed komt maar ik wil dood",
    "mijn zoon is uit huis, ik wil niet meer leven",
    "mijn moeder zegt dat ik niet dood mag willen, maar ik wil het wel",
    "ik zei tegen mijn vrouw: ik spring van het dak",
    "mijn ex appte dat hij de kinderen houdt. ik maak mezelf dood",
    "ik ben mantelzorger van mijn man en wil zelf niet meer leven",
    "ben cliënt bij ips, wil er niet meer zijn",
    "mijn broer heeft zelfmoord gepleegd en ik wil nu ook",
    "mijn collega heeft zichzelf opgehangen en ik denk er ook over",
    "ik schreef mijn kinderen een afscheidsbrief",
    "vriendin is bij me weg, wil dood",
]
CALM = [
    "cl. zegt niet verder te willen met het traject",
    "de werkgever maakt er een eind aan na de proefplaatsing, mag dat?",
    "klant slikt veel medicijnen, wie beoordeelt of hij kan werken",
    "wn vraagt of ze zonder haar collega's beter kan werken",
    "is er voor klantmanagers een e-learning over suïcide",
    "mijn cliënt overleed door suïcide, waar kan ik als professional terecht",
]


@pytest.mark.parametrize("text", OTHER)
def test_who_reports_anothers_danger_gets_the_text_for_worry(text: str) -> None:
    verdict = assess(text)
    assert verdict.tier != "none"
    assert verdict.about == "other"


@pytest.mark.parametrize("text", SELF)
def test_the_writers_own_danger_stays_their_own_beside_other_people(text: str) -> None:
    verdict = assess(text)
    assert verdict.tier != "none"
    assert verdict.about == "self"


@pytest.mark.parametrize("text", CALM)
def test_the_same_telegrams_about_work_are_only_questions(text: str) -> None:
    assert assess(text).tier == "none"

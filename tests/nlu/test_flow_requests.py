"""Requests for a guided conversation, in words that no training example has; and questions that only look like one."""

from __future__ import annotations

import pytest
import yaml

from bot.nlu.flow_requests import requested_flow
from knowledge.tables import PROJECT

ELIGIBILITY = [
    "ik heb bijstand en loop bij FACT in Eindhoven, wat past bij mij?",
    "past fit4work bij mij?",
    "mijn cliënt zit in de wia en wordt behandeld voor schizofrenie, wat past?",
    "is ips wat voor iemand met een wajong die bij de ggz loopt? wil het graag nagaan",
    "kom ik in aanmerking voor werk als beste medicijn?",
    "zou supported employment bij mijn broer passen?",
    "welke hulp past bij mij als ik geen uitkering heb maar wel een behandelaar",
    "voldoet mijn kandidaat aan de criteria van ips?",
    "past irb bij iemand die nog ziek thuis zit, kun je dat met me nalopen",
    "woon in tilburg, heb wajong, wat kan ik krijgen aan begeleiding? stel gerust vragen",
    "hoor ik bij de mensen voor wie wgb bedoeld is?",
    "is wgb geschikt voor mijn medewerker",
]
FINANCING = [
    "wie betaalt ips voor mij, zoek het uit",
    "wie betaalt de jobcoach in mijn geval? loop het even met me door",
    "zoek uit wie het traject van mijn klant moet betalen",
    "klant heeft wia en wil fit4work, reken uit wie wat betaalt",
    "kun je samen met mij uitzoeken wie mijn begeleiding vergoedt",
    "wie vergoedt wat bij mijn cliënt met bijstand, graag stap voor stap",
    "uit welk potje kan het voor mij betaald worden, zoek jij het uit?",
    "help me uitzoeken wie wgb betaalt bij iemand met ww",
    "ga voor ons na welke kosten de gemeente vergoedt",
]
DISCLOSURE = [
    "help me kiezen of ik het mijn leidinggevende vertel",
    "mijn klant twijfelt of ze het moet vertellen, kun je ons helpen afwegen",
    "kun je met mijn cliënt en mij de afweging over openheid maken",
    "zet met mij op een rij of ik het zeg tegen mijn teamleider",
    "loop met me door of ik open ben over mijn verleden",
]
QUESTIONS = [
    "voor wie is ips bedoeld?",
    "wat past een jobcoach aan op de werkplek?",
    "wie betaalt ips?",
    "betaalt de gemeente de jobcoach?",
    "past ips binnen de wmo?",
    "wat is passend werk?",
    "hoe vind ik werk dat bij mij past?",
    "wie komt in aanmerking voor een jobcoach",
    "mag mijn baas vragen wat ik heb?",
    "moet ik het mijn nieuwe baas vertellen?",
    "ik wil nakijken of het klopt wat je zegt",
    "ga door, vertel verder",
    "wordt het zoeken naar werk voor mijn klant uit de zorgverzekering betaald",
    "welke stad heeft de kosten van ips laten doorrekenen",
    "mijn klant twijfelt of hij het moet vertellen",
    "welke school is goed en past bij mijn zoon van 8",
    "welke therapie past bij mij",
    "wij passen vaak op de kinderen en willen weten of we voor haar mogen bellen",
]


@pytest.mark.parametrize(
    "text, intent",
    [
        *((text, "start_eligibility") for text in ELIGIBILITY),
        *((text, "start_financing") for text in FINANCING),
        *((text, "start_disclosure") for text in DISCLOSURE),
        *((text, None) for text in QUESTIONS),
    ],
)
def test_a_request_is_known_by_its_shape(text: str, intent: str) -> None:
    assert requested_flow(text) == intent


def test_no_training_example_of_anything_else_looks_like_a_request() -> None:
    seen = {
        text: intent["intent"]
        for path in (PROJECT / "bot" / "data" / "nlu").glob("*.yml")
        for intent in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for text in (line[2:] for line in intent["examples"].splitlines())
    }
    assert len(seen) > 500
    wrong = {text: intent for text, intent in seen.items() if requested_flow(text) not in (None, intent)}
    assert wrong == {}

"""When Koers speaks, and what it takes for the story of a client."""

from __future__ import annotations

import pytest

from bot.channels.many.manners import asks_what_koers_may_know, picked, tells_of_a_client, without_mention
from bot.safety.personal_data import Masker


@pytest.mark.parametrize(
    "text", ["Wie betaalt IPS?", "Hoi collega's, mag ik medische gegevens delen", "Weet iemand wat WGB is?"]
)
def test_a_question_is_for_koers_too(text: str) -> None:
    assert asks_what_koers_may_know(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gisteren een mooi traject afgerond.",
        "Hoe doen jullie dat in de wijkteams?",
        "Heeft iemand hier ervaring met IPS?",
        "Wie wil er meedenken over een pilot?",
        "Zoek een collega om mee te sparren over WGB, wie?",
    ],
)
def test_other_things_are_for_members(text: str) -> None:
    assert not asks_what_koers_may_know(text)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("2", 1),
        (" 1. ", 0),
        ("nummer 2", 1),
        ("@koers 2", 1),
        ("9", 2),
        ("2 jaar", None),
        ("twee mensen", None),
        ("12", None),
    ],
)
def test_a_number_alone_picks(text: str, choice: object) -> None:
    assert picked(without_mention(text, "koers"), ["a", "b"]) == choice


def test_without_choices_a_number_is_just_a_number() -> None:
    assert picked("2", []) is None


@pytest.mark.parametrize(
    "text",
    [
        "Mijn cliënt Sanne de Boer wil graag werken.",
        "Een klant van 34 jaar met autisme zoekt werk.",
        "Onze kandidaat is gescheiden en woont in Urk, wat kan ik doen?",
        "Zijn bsn is 111222333.",
        "Mevrouw Jansen, geboren 3-4-1980, komt morgen.",
    ],
)
def test_what_a_client_may_be_known_by(text: str) -> None:
    assert tells_of_a_client(text, Masker()(text))


@pytest.mark.parametrize(
    "text",
    [
        "Wie betaalt IPS?\n\nGroeten, Marieke Jansen\n06 12345678",
        "Mijn cliënt wil graag werken. Wie betaalt IPS?",
        "Werkt IPS ook bij een cliënt met autisme?",
        "Is er een bijeenkomst in Zwolle?",
    ],
)
def test_what_nobody_is_known_by(text: str) -> None:
    assert not tells_of_a_client(text, Masker()(text))

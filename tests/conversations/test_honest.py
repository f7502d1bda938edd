"""It says that it is a computer, what it keeps, and removes it when asked."""

from __future__ import annotations

from typing import Optional

import pytest

from bot.actions.replies import offer_person, unknown
from tests.assistant import Assistant

ARE_YOU_HUMAN = (
    "ben je een mens?",
    "Ben jij een echt persoon",
    "praat ik met een mens",
    "spreek ik met een medewerker of een robot",
    "ben je een robot?",
    "ben je echt",
    "zit er iemand achter deze chat",
    "bn je n mens of nie",
    "ik praat toch met een echte persoon?",
    "is dit een computer",
    "jij bent zeker een mens he",
    "ben ik met een bot aan het praten",
)


@pytest.mark.parametrize("question", ARE_YOU_HUMAN)
def test_it_never_passes_for_a_human(assistant: Assistant, question: str) -> None:
    conversation = assistant.conversation("client")
    conversation.says("hoi")
    reply = conversation.says(question).text.lower()
    assert "geen mens" in reply or "computer" in reply, reply


def test_the_first_reply_introduces_and_the_second_does_not(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    first = conversation.says("wat is ips").messages[0]
    assert first["custom"] == {"notice": "introduction"}
    assert "geen mens" in first["text"] and "geen namen" in first["text"] and "beslis niets" in first["text"]
    assert "computerprogramma" not in conversation.says("wat is wgb").text


@pytest.mark.parametrize(
    "question", ["wat weet je van mij?", "welke gegevens bewaar je over mij", "wat sla je op van mij"]
)
def test_who_asks_what_is_kept_hears_it(assistant: Assistant, question: str) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is ips")
    reply = conversation.says(question)
    assert "typte" in reply.text and "30 dagen" in reply.text
    assert "Wis mijn gesprek" in reply.buttons


@pytest.mark.parametrize(
    "request_", ["verwijder mijn gesprek", "wis mijn gesprek", "gooi alles weg wat je van me weet"]
)
def test_a_conversation_is_removed_when_asked_and_that_is_confirmed(assistant: Assistant, request_: str) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is supported employment")
    assert "gewist" in conversation.says(request_).text
    assert not conversation.says("waar staat dat?").sources


@pytest.mark.parametrize(
    ("role", "who"),
    [("client", "je huisarts"), ("professional", "een collega"), ("employer", "je arbodienst"), (None, "je huisarts")],
)
def test_who_may_know_what_koers_does_not_depends_on_who_asks(role: Optional[str], who: str) -> None:
    assert who in unknown(role).text and who in offer_person([], role).text
    assert ("behandelaar" in unknown(role, "Urk").text) == (who == "je huisarts")

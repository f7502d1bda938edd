"""Lists from the structured records, comparisons as a table, a person after two misses, and who the user says to be."""

from __future__ import annotations

from typing import Iterator

import pytest

from bot.actions.lists import Filters, filters_in, listed
from knowledge.queries import CLIENT, Knowledge
from tests.assistant import Assistant


@pytest.fixture
def knowledge(assistant: Assistant) -> Iterator[Knowledge]:
    """The knowledge base of the running assistant."""
    opened = Knowledge(assistant.knowledge_url)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("welke interventies zijn er zonder ggz-behandeling?", Filters(treatment=False)),
        ("Welke hulp is er mét behandeling?", Filters(treatment=True)),
        ("welke regelingen betaalt het UWV", Filters(payer="UWV")),
        ("wat betaalt de gemeente voor iemand met bijstand", Filters(payer="Gemeente", benefit="bijstand")),
    ],
)
def test_restrictions_are_read_from_the_question(text: str, filters: Filters) -> None:
    assert filters_in(text) == filters


@pytest.mark.parametrize("text", ["wie betaalt ips", "wat is ips", "welke interventies zijn er", "ik heb een wajong"])
def test_other_questions_ask_for_no_list(text: str) -> None:
    assert filters_in(text) is None


def test_after_a_list_the_noun_may_be_left_out() -> None:
    assert filters_in("en welke met behandeling") is None
    assert filters_in("en welke met behandeling", after_list=True) == Filters(treatment=True)


def test_a_list_names_what_fits_with_its_sources(knowledge: Knowledge) -> None:
    without, with_treatment = (listed(knowledge, Filters(treatment=value), CLIENT) for value in (False, True))
    assert without and with_treatment
    assert "supported-employment" in without.topics
    assert {"ips", "wgb"} <= set(with_treatment.topics)
    assert not set(without.topics) & set(with_treatment.topics)
    assert without.sources
    assert "Bron" in without.text


def test_a_list_can_be_chosen_from(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    turn = conversation.says("welke interventies zijn er zonder ggz-behandeling?")
    assert turn.messages[-1]["custom"]["facet"] == "lijst"
    chosen = conversation.says("de tweede")
    assert chosen.answer_ids == [turn.messages[-1]["custom"]["choices"][1]]


def test_a_difference_comes_with_a_table(assistant: Assistant) -> None:
    turn = assistant.conversation("professional").says("wat is het verschil tussen ips en wgb?")
    table = turn.messages[-1]["custom"]["table"]
    assert len(table["columns"]) == 3
    labels = [row[0] for row in table["rows"]]
    assert {"Doel", "Voor wie", "Behandeling erbij", "Wie betaalt", "Hoe lang"} >= set(labels)
    assert "Doel" in labels


def test_the_second_miss_offers_a_person(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    first = conversation.says("zwiepknor frotselbak drumlewiep")
    second = conversation.says("knorrewiep flubberdrots zwatsjoe")
    assert first.kinds[-1] == "no_answer"
    assert second.kinds[-1] == "handover"


def test_who_says_to_be_a_professional_gets_that_version(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    plain = conversation.says("wat is ips?")
    role = conversation.says("ik ben klantmanager")
    exact = conversation.presses(role, "Laatste antwoord opnieuw")
    assert exact.answer_ids == plain.answer_ids
    assert exact.text != plain.text

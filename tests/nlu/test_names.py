"""Names of topics and places, as people type them."""

from __future__ import annotations

from typing import List

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.names import PlaceLinker, TopicLinker
from knowledge.queries import Place, TopicName

TOPICS = TopicLinker(
    [
        TopicName("ips", "name", "Individuele Plaatsing en Steun (IPS)"),
        TopicName("ips", "abbreviation", "IPS"),
        TopicName("wgb", "abbreviation", "WGB"),
        TopicName("supported-employment", "name", "Supported Employment"),
        TopicName("supported-employment", "synonym", "begeleid werken"),
        TopicName("jobcoaching", "name", "Jobcoaching"),
        TopicName("jobcoaching", "synonym", "jobcoach"),
        TopicName("w-en-i", "abbreviation", "W&I"),
        TopicName("mwm", "abbreviation", "MW@M"),
        TopicName("fit4work", "name", "Fit4Work"),
        TopicName("app-many", "description", "die app voor professionals"),
    ]
)
PLACES = PlaceLinker(
    [
        Place("Den Bosch", "'s-Hertogenbosch", "noordoost-brabant", "Noordoost-Brabant"),
        Place("Best", "Best", "zuidoost-brabant", "Zuidoost-Brabant"),
        Place("Friesland", None, "friesland", "Friesland"),
        Place("Leeuwarden", "Leeuwarden", "friesland", "Friesland"),
        Place("Grunn", "Groningen", "groningen", "Groningen"),
    ]
)


def topics(text: str) -> List[str]:
    return [mention.value for mention in TOPICS.link(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wat is IPS?", ["ips"]),
        ("ips-coach gezocht", ["ips"]),
        ("individuele plaatsing en steun", ["ips"]),
        ("suported emploiment", ["supported-employment"]),
        ("een jobcoachtraject", ["jobcoaching"]),
        ("wie betaalt de jobcoch", ["jobcoaching"]),
        ("W&I en de MW@M", ["w-en-i", "mwm"]),
        ("jobcoach's gevraagd", ["jobcoaching"]),
        ("welke fit4workers ken je", ["fit4work"]),
        ("verschil tussen ips en begeleid werken", ["ips", "supported-employment"]),
        ("tips voor thuis", []),
        ("die app voor professionals", []),
    ],
)
def test_topics_are_found_in_everyday_spelling(text: str, found: List[str]) -> None:
    assert topics(text) == found


@pytest.mark.parametrize("text", ["bij mijn nieuwe werk moet ik zeggen", "mijn werk maakt me moe", "werkt dat"])
def test_two_everyday_words_are_no_misspelt_name(text: str) -> None:
    names = [TopicName("werkmaat", "name", "Werkmaat"), TopicName("werkmaat", "alias", "werk maat")]
    assert TopicLinker(names).link(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mag mijn baas vragen of het psychisch is", []),
        ("psychotis zijn en werken", ["psychose"]),
        ("een verklaring van de arts", []),
        ("mijn zorgverzekeraar betaalt", ["zorgverzekeraars"]),
    ],
)
def test_a_word_that_editors_write_is_no_misspelt_name_but_may_be_a_form_of_one(text: str, found: List[str]) -> None:
    names = [
        TopicName("psychose", "alias", "psychotisch"),
        TopicName("verslaving", "name", "verslaving"),
        TopicName("zorgverzekeraars", "name", "zorgverzekeraars"),
    ]
    linker = TopicLinker(names, ["psychisch", "verklaring", "zorgverzekeraar"])
    assert [mention.value for mention in linker.link(text)] == found


def test_a_topic_that_is_ruled_out_is_marked() -> None:
    mentions = TOPICS.link("niet ips maar wgb")
    assert [(m.value, m.negated) for m in mentions] == [("ips", True), ("wgb", False)]


@pytest.mark.parametrize("text", ["ik wil geen ips maar wgb", "geen ips, wel wgb", "behalve ips is er wgb"])
def test_other_ways_to_rule_a_topic_out(text: str) -> None:
    assert [(m.value, m.negated) for m in TOPICS.link(text)] == [("ips", True), ("wgb", False)]


@pytest.mark.parametrize(
    "text",
    ["nee niet ips, de wgb", "sorry niet via ips maar wgb", "niet de gewone ips maar die van wgb", "geen ips, wgb"],
)
def test_a_correction_rules_out_what_it_replaces(text: str) -> None:
    assert [(m.value, m.negated) for m in TOPICS.link(text)] == [("ips", True), ("wgb", False)]


@pytest.mark.parametrize(
    "text", ["mag ik niet met ips wgb doen", "ik weet niet welke ips is, wgb", "niet ips zelf maar de wgb ervan"]
)
def test_a_question_with_niet_rules_nothing_out(text: str) -> None:
    assert not any(mention.negated for mention in TOPICS.link(text))


@settings(max_examples=200, deadline=2000)
@given(st.sampled_from(["supported employment", "jobcoaching", "individuele plaatsing en steun"]), st.data())
def test_one_typing_mistake_hides_no_long_name(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 1).filter(lambda place: " " not in name[place - 1 : place + 2]))
    typed = data.draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + "x" + name[at + 1 :],
                name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :] if at > 1 else name,
            ]
        )
    )
    assert topics(f"wat is {typed} precies") == topics(f"wat is {name} precies")


def test_a_complaint_about_not_getting_ips_does_not_rule_it_out() -> None:
    assert [m.negated for m in TOPICS.link("waarom krijg ik geen ips")] == [False]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("ik woon in den bosch", "noordoost-brabant"),
        ("kan dat in Best?", "zuidoost-brabant"),
        ("leeuwaarden, kan dat in leuwarden", "friesland"),
        ("ik kom uit grunn", "groningen"),
    ],
)
def test_places_lead_to_their_region(text: str, region: str) -> None:
    assert region in [mention.value for mention in PLACES.link(text)]


@pytest.mark.parametrize("text", ["wat kan ik het beste doen", "best lastig allemaal", "dat is echt zo"])
def test_everyday_words_are_not_places(text: str) -> None:
    assert PLACES.link(text) == []


@settings(max_examples=300, deadline=2000)
@given(st.text(max_size=2000))
def test_any_text_is_linked_without_error_and_within_its_words(text: str) -> None:
    for mention in [*TOPICS.link(text), *PLACES.link(text)]:
        assert 0 <= mention.start < mention.end
        assert 0 < mention.score <= 1

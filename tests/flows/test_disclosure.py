"""Conversations with the disclosure aid: it weighs both sides, advises nothing and keeps nothing."""

import json
import re

import pytest

_ADVICE = re.compile(
    r"\bje moet\b|\bmoet je\b|\bje kunt beter\b|\bons advies\b|\bverstandig\b|\bpunten\b|\bscore\b", re.IGNORECASE
)


def _lines(outcome, heading):
    return next(s["lines"] for s in outcome.document["sections"] if s["heading"] == heading)


def test_applicant_walks_through_all_steps_to_an_overview(weighing):
    talk = weighing()
    talk.asks("situatie").answers("ik solliciteer")
    talk.asks("voor").answers("1 en 3")
    talk.asks("tegen").answers("dat ze me niet meer serieus nemen")
    talk.asks("nodig").answers("rust")
    talk.asks("waarden").answers("privacy en zekerheid")
    talk.asks("hoeveel").answers("alleen wat het voor het werk betekent")
    talk.asks("wie").answers("mijn baas")
    talk.asks("wanneer").answers("als ik de baan heb")
    talk.asks("steun").answers("mijn psycholoog")
    talk.asks("zin").answers("Ik werk het best op een rustige plek.")
    outcome = talk.ends()
    assert len(_lines(outcome, "Wat vertellen kan opleveren")) == 2
    assert _lines(outcome, "Wat vertellen kan kosten") == ["dat ze me niet meer serieus nemen"]
    assert "rustige plek" in _lines(outcome, "In deze woorden")[0]
    assert outcome.citations, "what is regulated has its source"


def test_who_tells_nothing_is_not_asked_whom_when_and_how(weighing):
    talk = weighing().answers("ik werk").skips().skips().skips().skips()
    talk.asks("hoeveel").answers("niets")
    talk.asks("steun").answers("familie")
    headings = [section["heading"] for section in talk.ends().document["sections"]]
    assert "Aan wie" not in headings and "Volgende stap" in headings


def test_client_of_the_municipality_without_a_job_gets_moments_that_fit(weighing):
    talk = weighing().answers("nog geen werkgever").skips().skips().skips().skips().answers("een deel").skips()
    talk.asks("wanneer")
    values = {option.value for option in talk.flow.options(talk.step, talk.state)}
    assert "gesprek" in values and "terug" not in values


def test_sick_employee_hears_what_an_employer_may_ask(weighing):
    talk = weighing().answers("ik ben ziek gemeld")
    assert "bron" in talk.flow.aside(talk.state, "situatie")


def test_helper_reads_how_to_support_without_steering(weighing):
    assert "zonder te sturen" in weighing(voice="professional").opening


@pytest.mark.parametrize("voice", ["client", "professional"])
def test_both_sides_weigh_the_same(weighing, voice):
    flow = weighing(voice).flow
    assert len(flow.step("voor").options) == len(flow.step("tegen").options)


@pytest.mark.parametrize("voice", ["client", "professional"])
def test_disclosure_aid_never_advises_and_never_scores(weighing, voice):
    talk = weighing(voice)
    own = [talk.opening]
    while talk.step is not None:
        own.append(talk.flow.question(talk.step, talk.state))
        talk.answers("2") if talk.step.kind != "vrij" else talk.skips()
    own += list(talk.flow.content.texts.values())
    assert not [text for text in own if _ADVICE.search(text)]
    assert "score" not in json.dumps(talk.ends().document)


def test_going_back_to_a_named_step_replaces_its_answer(weighing):
    talk = weighing().answers("ik werk").skips().skips().skips().skips().answers("een deel")
    talk.asks("wie").answers("mijn leidinggevende en de bedrijfsarts").skips().skips().skips()
    talk.goes_back("terug naar aan wie").asks("wie").answers("alleen de bedrijfsarts")
    assert _lines(talk.ends(), "Aan wie") == ["De bedrijfsarts"]


def test_buttons_pick_several_before_going_on(weighing):
    talk = weighing().answers("ik werk").asks("voor")
    talk.flow.pick(talk.state, "voor", "begrip")
    talk.flow.pick(talk.state, "voor", "afspraken")
    talk.skips().knows(voor=["begrip", "afspraken"]).asks("tegen")


def test_the_next_question_comes_by_itself_when_everything_is_picked(weighing):
    talk = weighing().answers("ik werk").asks("voor")
    values = [option.value for option in talk.flow.step("voor").options]
    for value in values:
        assert talk.flow.open_step(talk.state).id == "voor"
        talk.flow.pick(talk.state, "voor", value)
    assert talk.flow.advance(talk.state).id == "tegen" and talk.state.answers["voor"] == values


def test_halfway_only_what_was_filled_in_is_shown(weighing):
    headings = [section["heading"] for section in weighing().answers("ik werk").so_far().document["sections"]]
    assert headings == ["Situatie", "Wat er over geregeld is", "Volgende stap"]

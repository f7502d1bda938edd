"""Crisis: nobody who is in danger is missed, and hardly anyone who isn't gets the crisis text."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.crisis import Verdict, assess
from bot.safety.question import answer_to_question
from bot.safety.replies import REQUIRED, WITHOUT_ALL_NUMBERS, after_question, crisis_messages, texts

HERE = Path(__file__).parent


def sentences(name: str) -> List[str]:
    lines = (HERE / f"crisis_{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def test_there_are_at_least_four_hundred_sentences_with_many_lookalikes() -> None:
    danger, calm = sentences("explicit") + sentences("grey"), sentences("lookalike")
    assert len(danger) + len(calm) >= 400
    assert len(calm) >= 200


def test_every_explicit_sentence_gets_the_crisis_text() -> None:
    assert [text for text in sentences("explicit") if assess(text).tier != "explicit"] == []


def test_grey_sentences_are_asked_about() -> None:
    missed = [text for text in sentences("grey") if assess(text).tier == "none"]
    assert len(missed) <= 0.03 * len(sentences("grey")), missed


def test_lookalikes_are_left_alone() -> None:
    alarms = [text for text in sentences("lookalike") if assess(text).tier != "none"]
    assert len(alarms) <= 0.03 * len(sentences("lookalike")), alarms


def test_answers_in_a_guided_conversation_are_left_alone() -> None:
    verdicts = [(text, assess(text).tier) for text in sentences("steps")]
    assert [text for text, tier in verdicts if tier == "explicit"] == []
    alarms = [text for text, tier in verdicts if tier == "grey"]
    assert len(alarms) <= 0.06 * len(verdicts), alarms


def test_every_text_for_danger_names_all_numbers() -> None:
    for name, text in texts().items():
        if name not in WITHOUT_ALL_NUMBERS:
            assert all(number in text for number in REQUIRED), name


@pytest.mark.parametrize("about", ["self", "other"])
@pytest.mark.parametrize("danger", ["suicide", "overdose", "violence", "self_harm"])
@pytest.mark.parametrize("tier", ["explicit", "grey"])
def test_every_verdict_has_a_fixed_reply(tier: str, danger: str, about: str) -> None:
    (message,) = crisis_messages(Verdict(tier, about, danger, 1.0), "s")
    assert message["text"] in texts().values()
    assert message["custom"]["kind"] == "crisis"


@pytest.mark.parametrize("about", ["self", "other"])
def test_abuse_gets_its_own_text_and_the_number_to_tap(about: str) -> None:
    (message,) = crisis_messages(Verdict("explicit", about, "abuse", 1.0), "s")
    assert message["text"] == texts()["abuse"]
    assert message["custom"]["links"][0]["url"] == "tel:08002000"


@pytest.mark.parametrize(
    "text",
    [
        "mijn man slaat me en ik zie het niet meer zitten",
        "mijn vriend mishandelt me, ik wil er niet meer zijn",
        "mijn man slaat me, voor mij hoeft het niet meer",
        "mijn stiefvader misbruikt me, ik hou het niet meer vol",
    ],
)
def test_who_is_abused_and_may_be_suicidal_is_asked_about_it_too(text: str) -> None:
    verdict = assess(text)
    assert (verdict.tier, verdict.about, verdict.danger) == ("grey", "self", "abuse")
    first, question = crisis_messages(verdict, "s")
    assert first["text"] == texts()["abuse"]
    assert question["text"] == texts()["grey_question"]
    assert question["buttons"]


@pytest.mark.parametrize("text", ["mijn man slaat me en ik wil niet meer leven", "he hits me and i want to die"])
def test_who_is_abused_and_says_to_want_to_die_gets_the_crisis_text(text: str) -> None:
    assert crisis_messages(assess(text), "s")[0]["text"] == texts()["explicit_self"]


@pytest.mark.parametrize(
    ("meant", "answers"),
    [
        (
            "yes",
            "ja|Ja, al weken|jaaa|zeker|absoluut|denk 't wel|ik denk van wel|helaas wel|al heel lang|elke dag|heel vaak",
        ),
        (
            "no",
            "nee hoor|neeeee|nooit|natuurlijk niet|zeker niet|absoluut niet|ik denk het niet|ben je gek, tuurlijk niet",
        ),
        (
            "unsure",
            "weet ik niet|weet niet|dat weet ik niet zo goed|ik weet niet|'k weet nie|kweenie|soms|wel eens|weleens",
        ),
        ("unsure", "af en toe|heel soms|mss|een klein beetje|tja|mwah|ja en nee|nu niet|ligt eraan|moeilijk te zeggen"),
        # Who doesn't want to say it is not sent on to another subject.
        (
            "unsure",
            "liever niet|wil ik niet zeggen|daar wil ik het niet over hebben|gaat je niks aan|waarom vraag je dat?|hoezo?",
        ),
        (
            None,
            "ips|wat is ips|waarom krijg ik geen uitkering|hoe bedoel je jobcoach|ik wil weten wat een jobcoach doet|stop",
        ),
    ],
)
def test_the_answer_to_the_question_is_understood(meant: Optional[str], answers: str) -> None:
    assert {said: answer_to_question(said) for said in answers.split("|")} == dict.fromkeys(answers.split("|"), meant)


def test_after_yes_comes_the_text_with_the_numbers() -> None:
    assert "0800-0113" in after_question("yes", "self", "s")[0]["text"]


@settings(max_examples=100, deadline=2000)
@given(st.text(max_size=3000))
def test_any_text_gets_a_verdict_in_time(text: str) -> None:
    assert assess(text).tier in ("explicit", "grey", "none")

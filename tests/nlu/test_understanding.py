"""What a message says besides its words: its figures, a second question, the disorder that it names."""

from __future__ import annotations

import pytest

from bot.nlu.conversation import Context
from bot.nlu.understanding import Reader

NO_CONTEXT = Context()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("art 7:629 waar gaat dat over", "loon-bij-ziekte/hoeveel"),
        ("44% tegen 25%, welk onderzoek", "ips/scion"),
        ("21,5 miljoen voor ips", "ips-financiering/gemeente-regeling"),
    ],
)
def test_a_figure_that_few_answers_have_says_which_is_meant(reader: Reader, text: str, answer: str) -> None:
    assert reader.read(text, {}, NO_CONTEXT).candidates[0][0] == answer


def test_a_second_question_asks_on_of_the_first_ones_subject(reader: Reader) -> None:
    found = reader.read("hoe vaak is het casuïstiekoverleg in haaglanden en wie zit voor", {}, NO_CONTEXT)
    topics = {answer.split("/")[0] for answer in (found.candidates[0][0], found.also) if answer}
    assert topics <= {"gespreksleidraad-casuistiek", "casebesprekingen", "regio-haaglanden"}


def test_no_answer_on_another_disorder_is_given(reader: Reader) -> None:
    text = "aanpassingen op de werkplek bij depressie, wat kan ik concreet doen"
    found = [answer for answer, topic, _, p in reader.read(text, {}, NO_CONTEXT).candidates if p > 0.01]
    assert found
    assert not [answer for answer in found if answer.startswith(("autisme/", "adhd/", "psychose/"))]


def test_an_employers_question_is_read_as_one(reader: Reader) -> None:
    text = "wie betaalt de coach van mijn medewerker"
    alone = reader.question(text, {}, NO_CONTEXT).parts
    assert reader.question(text, {}, Context(role="client")).parts == alone
    assert reader.question(text, {}, Context(role="employer")).parts == (*alone, f"als werkgever: {text}")

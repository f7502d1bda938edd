"""What an answer says itself of whom to ask and who decides."""

from __future__ import annotations

from bot.nlu.conversation.telling import who_decides, who_knows, whom_to_ask

UNKNOWN = "Dat weet ik niet: ik ken geen bedragen. UWV weet het wel. Ik kan je wel vertellen wat er verandert."
ANSWER = "Na twee jaar stopt het loon. Dan beslist UWV of je WIA krijgt. Vraag het na bij je werkgever."


def test_who_knows_what_isnt_known() -> None:
    assert who_knows(UNKNOWN) == "UWV weet het wel."


def test_one_sentence_is_said_without_that_it_isnt_known() -> None:
    assert who_knows("Dat weet ik niet: prijzen staan bij de aanbieder.") == "Prijzen staan bij de aanbieder."


def test_who_decides_and_whom_to_ask_are_sentences_of_the_answer() -> None:
    assert who_decides(ANSWER) == "Dan beslist UWV of je WIA krijgt."
    assert whom_to_ask(ANSWER) == "Vraag het na bij je werkgever."
    assert not who_decides("Dat weet ik niet: wat UWV beslist, voorspel ik niet.")

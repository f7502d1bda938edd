"""What someone fills in about telling or not is in no file once that conversation has ended, however it ends."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Callable, List

import pytest

from bot.safety.private_flows import remove_left
from tests.assistant import Assistant, Conversation

WORDS = ("kwetterzwaan", "mosterdlantaarn", "zolderkrokus")


def files_with(assistant: Assistant, *words: str) -> List[str]:
    """The files of the assistant (databases with their journals, free pages and all, and its log) that hold a word."""
    found = []
    for path in assistant.kept_files():
        kept = path.read_bytes()
        found += [f"{word} in {path.name}" for word in words if word.encode() in kept]
    return found


def fill_in(assistant: Assistant) -> Conversation:
    """Own words at three steps; the second is open again at the end."""
    conversation = assistant.conversation("client")
    conversation.says("wat is ips")
    conversation.says("/start_disclosure")
    conversation.says("ik werk")
    conversation.says(f"dan hoef ik geen {WORDS[0]} te spelen")
    conversation.says(f"dat ze me een {WORDS[1]} vinden")
    assert conversation.says(f"een {WORDS[2]} op mijn bureau").messages[-1]["custom"]["flow_step"] == "waarden"
    return conversation


def be_silent(assistant: Assistant, conversation: Conversation, hours: int) -> None:
    """Make everything that was said so many hours older."""
    older = "json_set(data, '$.timestamp', json_extract(data, '$.timestamp') - :seconds)"
    values = {"seconds": hours * 60 * 60, "sender": conversation.sender}
    with closing(sqlite3.connect(Path(assistant.folder) / "conversations.db")) as database, database:
        database.execute("pragma secure_delete = on")
        database.execute(
            f"update events set timestamp = timestamp - :seconds, data = {older} where sender_id = :sender", values
        )


def stop(conversation: Conversation) -> None:
    reply = conversation.says("stop maar")
    assert reply.messages[-1]["custom"]["command"] == "forget_flow" and "weggegooid" in reply.text


def finish_and_throw_away(conversation: Conversation) -> None:
    reply = conversation.says("overslaan")
    while reply.messages[-1]["custom"]["flow_step"]:
        reply = conversation.says("overslaan")
    assert reply.messages[-1]["custom"]["document"]
    assert conversation.presses(reply, "Weggooien").messages[-1]["custom"]["command"] == "forget_flow"


def finish_and_ask_something_else(conversation: Conversation) -> None:
    reply = conversation.says("overslaan")
    while reply.messages[-1]["custom"]["flow_step"]:
        reply = conversation.says("overslaan")
    assert conversation.says("wat is wgb").answer_ids == ["wgb/wat"]


def change_the_subject(conversation: Conversation) -> None:
    assert conversation.says("start de financieringswijzer").messages[-1]["custom"]["flow"] == "financiering"


def ask_for_a_human(conversation: Conversation) -> None:
    assert conversation.says("ik wil liever met een mens praten").text


def wipe(conversation: Conversation) -> None:
    assert "gewist" in conversation.says("wis mijn gesprek").text


@pytest.mark.parametrize(
    "end", [stop, finish_and_throw_away, finish_and_ask_something_else, change_the_subject, ask_for_a_human, wipe]
)
def test_words_are_gone_when_it_ends(assistant: Assistant, end: Callable[[Conversation], None]) -> None:
    conversation = fill_in(assistant)
    assert len(files_with(assistant, *WORDS)) >= 3, "the search finds what is there while it goes on"
    end(conversation)
    assert files_with(assistant, *WORDS) == []


def test_the_rest_of_the_conversation_goes_on_as_if_nothing_happened(assistant: Assistant) -> None:
    conversation = fill_in(assistant)
    stop(conversation)
    assert conversation.says("en wie betaalt dat?").messages[-1]["custom"]["topics"] == ["ips-financiering"]


def test_after_hours_of_silence_nothing_is_left_and_going_on_says_so(assistant: Assistant) -> None:
    conversation = fill_in(assistant)
    url = f"sqlite:///{Path(assistant.folder) / 'conversations.db'}"
    assert remove_left(url, hours=4) == 0, "a conversation of a moment ago isn't left"
    assert files_with(assistant, WORDS[0])
    remove_left(url, hours=4, now=time.time() + 5 * 60 * 60)
    assert files_with(assistant, *WORDS) == []
    reply = conversation.says("ga verder met de keuzehulp over vertellen")
    assert reply.messages[-1]["custom"]["flow_step"] == "situatie"


def test_who_comes_back_within_hours_goes_on_where_it_was(assistant: Assistant) -> None:
    conversation = fill_in(assistant)
    be_silent(assistant, conversation, hours=3)
    reply = conversation.says("waar waren we?")
    assert reply.messages[-1]["custom"]["flow_step"] == "waarden"
    assert WORDS[0] in conversation.says("laat het overzicht zien").text
    stop(conversation)


def test_who_comes_back_after_hours_starts_anew_and_hears_why(assistant: Assistant) -> None:
    conversation = fill_in(assistant)
    be_silent(assistant, conversation, hours=5)
    reply = conversation.says("ga verder")
    assert "heb ik niet meer" in reply.text and reply.messages[-1]["custom"]["flow_step"] == "situatie"
    assert files_with(assistant, *WORDS) == []

"""A crisis message gets the crisis text wherever it comes, and leaves no trace of its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.assistant import Assistant, post

_NOWHERE = (
    b"Hazelwoud",
    b"31415926",
    b"klaarliggen",
    b"zeehondenopvang",
    b"Vliegenthart",
    b"Vuurwerkhuizen",
    b"Dobbelmans",
    b"vuurtoren",
)
MESSAGE = "laat maar, ik heb de pillen al klaarliggen voor vanavond"


def test_in_the_middle_of_a_check(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("kom ik in aanmerking voor IPS?")
    reply = conversation.says(MESSAGE)
    assert reply.kinds == ["crisis"]
    assert reply.messages[0]["text"].split("\n")[0].count("113") >= 2
    assert "113" in conversation.says("wat was het nummer ook alweer").text


def test_a_grey_message_is_asked_about_and_a_no_goes_on_kindly(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    asked = conversation.says("ik zie het niet meer zitten")
    assert "denk je aan zelfdoding?" in asked.text and "113" in asked.text
    assert "wil je nog iets vragen" in conversation.presses(asked, "Nee").text.lower()
    assert conversation.says("wat is ips").kinds == ["answer"]


def test_a_typed_yes_gets_the_crisis_text(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("ik zie het niet meer zitten")
    assert "0800-0113" in conversation.says("ja").text
    assert conversation.says("nee").kinds == ["crisis"], "who won't call hears once more where to talk"


def test_a_bare_word_after_the_crisis_text_gets_the_numbers_once_more(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("kom ik in aanmerking voor IPS?")
    conversation.says(MESSAGE)
    for word in ("nee", "ja", "weet ik niet"):
        reply = conversation.says(word)
        assert reply.kinds == ["crisis"] and "0800-0113" in reply.text, word
        assert "Fijn om te horen" not in reply.text
    assert conversation.says("wat is wgb").kinds[0] == "answer"
    assert "crisis" not in conversation.says("ja").kinds, "the text is no longer what is answered"


def test_after_a_no_comes_the_answer_to_what_was_asked(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    asked = conversation.says("ik zie het niet meer zitten, wat is een jobcoach?")
    assert asked.kinds == ["crisis"]
    reply = conversation.presses(asked, "Nee")
    assert reply.kinds[0] == "crisis" and "jobcoach" in reply.text.lower()
    assert reply.sources
    assert conversation.says("wie betaalt dat?").kinds == ["answer"], "what was answered is still the subject"


def test_a_no_with_a_new_question_gets_that_answered(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("ik zie het niet meer zitten")
    reply = conversation.says("nee hoor, maar wat is wgb")
    assert reply.kinds == ["crisis", "answer"] and "Fijn om te horen" in reply.text


def test_who_does_not_know_hears_where_to_talk_and_may_go_on(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    asked = conversation.says("het hoeft voor mij allemaal niet meer. wat is een jobcoach?")
    unsure = conversation.presses(asked, "Dat weet ik niet")
    assert "0800-0113" in unsure.text and "112" in unsure.text and "Je hoeft het niet zeker te weten" in unsure.text
    assert "jobcoach" in conversation.presses(unsure, "Verder met mijn vraag").text.lower()


@pytest.mark.parametrize("before", ["ik zie het niet meer zitten", MESSAGE])
@pytest.mark.parametrize("text", ["ik denk het niet meer vol te houden", "nee ik kan niet meer"])
def test_a_no_with_despair_in_it_is_no_no(assistant: Assistant, before: str, text: str) -> None:
    conversation = assistant.conversation("client")
    conversation.says(before)
    reply = conversation.says(text)
    assert reply.kinds == ["crisis"] and "denk je aan zelfdoding?" in reply.text


@pytest.mark.parametrize("answer", ["af en toe", "wel eens", "liever niet", "gaat je niks aan"])
def test_an_answer_in_other_words_is_no_small_talk(assistant: Assistant, answer: str) -> None:
    conversation = assistant.conversation("client")
    conversation.says("ik zie het niet meer zitten")
    reply = conversation.says(answer)
    assert reply.kinds == ["crisis"] and "0800-0113" in reply.text


def test_without_a_question_nothing_is_offered_to_go_on_with(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    asked = conversation.says("ik zie het niet meer zitten")
    reply = conversation.presses(asked, "Nee")
    assert reply.kinds == ["crisis"]


def test_a_command_behind_a_no_is_only_text(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is supported employment")
    conversation.says("ik zie het niet meer zitten")
    assert "gewist" not in conversation.says("nee, /delete_conversation en nog wat").text
    assert conversation.says("waar staat dat?").sources, "the conversation is still there"


def test_words_of_a_whole_conversation_are_nowhere(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("ik heet Joris Hazelwoud en mijn nummer is 06 31415926, wat is wgb")
    conversation.says(MESSAGE)
    grey = conversation.says("ik zie het niet meer zitten bij de zeehondenopvang, wat is een jobcoach?")
    conversation.presses(grey, "Nee")
    conversation.says("kom ik in aanmerking voor IPS?")
    conversation.says("laat maar, mijn begeleider Hortensius Vliegenthart helpt me")
    conversation.says("stop")
    conversation.says("wat kost een kaartje naar Texel voor mevrouw Vuurwerkhuizen")
    post(
        f"{assistant.url}/webhooks/website/feedback",
        json.dumps({"rating": "down", "comment": "ik mis dhr. Dobbelmans en wil dood bij de vuurtoren"}).encode(),
    )
    assert any(path.name == "conversations.db" for path in assistant.kept_files())
    for path in assistant.kept_files():
        kept = path.read_bytes()
        for word in _NOWHERE:
            assert word not in kept, f"{word!r} in {path.name}"
    log = assistant.log.read_text()
    for words in ("wat is wgb", "zitten", "Texel", "jobcoach", "aanmerking", "Hortensius"):
        assert words not in log, words


def test_a_conversation_is_forgotten_at_once(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is supported employment")
    assert "gewist" in conversation.says("wis dit gesprek").text
    kept = b"".join(path.read_bytes() for path in Path(assistant.folder).glob("conversations.db*"))
    assert conversation.sender.encode() not in kept
    assert "nog geen antwoord" in conversation.says("waar staat dat?").text

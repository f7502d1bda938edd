"""A crisis message gets the crisis text wherever it comes, and leaves no trace of its words."""

from __future__ import annotations

from pathlib import Path

from tests.assistant import Assistant

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


def test_words_of_a_whole_conversation_are_nowhere(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("ik heet Joris Hazelwoud en mijn nummer is 06 31415926, wat is wgb")
    conversation.says(MESSAGE)
    kept_files = [path for path in Path(assistant.folder).iterdir() if not path.name.startswith("knowledge.db")]
    assert any(path.name == "conversations.db" for path in kept_files)
    for path in kept_files:
        kept = path.read_bytes()
        for word in (b"Hazelwoud", b"31415926", b"klaarliggen"):
            assert word not in kept, f"{word!r} in {path.name}"
    log = assistant.log.read_text()
    assert "wat is wgb" not in log


def test_a_conversation_is_forgotten_at_once(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is supported employment")
    assert "gewist" in conversation.says("wis dit gesprek").text
    kept = b"".join(path.read_bytes() for path in Path(assistant.folder).glob("conversations.db*"))
    assert conversation.sender.encode() not in kept
    assert "nog geen antwoord" in conversation.says("waar staat dat?").text

"""A reply as a comment: short, with sources as lines and numbers instead of buttons."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from bot.channels.many.comments import CHOOSE, LONGEST, LONGEST_COMMENT, compose, shorten
from bot.settings import Settings

SETTINGS = Settings.from_environment({"KOERS_PUBLIC_URL": "https://koers.example/"})
SOURCE = {"title": "De routekaart", "locator": "2", "publisher": "Programmaraad", "as_of": "2017-11", "url": None}


def reply(text: str, kind: str = "answer", buttons: Optional[List[Dict[str, str]]] = None, **custom: Any) -> Any:
    fields = {"kind": kind, "topics": [], "answer_id": "ips/wat", "sources": [], **custom}
    return {"text": text, "buttons": buttons or [], "custom": fields}


def button(title: str, payload: str = '/choose{"answer":"ips/wie"}') -> Dict[str, str]:
    return {"title": title, "payload": payload}


def test_sources_are_lines_once() -> None:
    text = compose([reply("Een antwoord.\n\nBron: De routekaart, 2", sources=[SOURCE])], SETTINGS).text
    assert text == "Een antwoord.\n\nBron: De routekaart, 2 (Programmaraad, november 2017)"


def test_buttons_become_numbers_and_guided_conversations_none() -> None:
    buttons = [button("Voor wie?"), button("Zullen we het op een rij zetten?", "/start_disclosure")]
    comment = compose([reply("Een antwoord.", buttons=buttons)], SETTINGS)
    assert comment.text == f"Een antwoord.\n\n1. Voor wie?\n\n{CHOOSE}"
    assert comment.choices == ('/choose{"answer":"ips/wie"}',)


def test_a_text_that_numbers_its_choices_isnt_numbered_twice() -> None:
    asked = reply("Bedoel je een van deze vragen?\n1. A?\n2. B?", "clarify", [button("A?"), button("B?")])
    assert compose([asked], SETTINGS).text.count("1. A?") == 1


def test_a_long_answer_ends_at_a_sentence_with_a_link() -> None:
    text = compose([reply("Dit is een zin van een antwoord. " * 60)], SETTINGS).text
    body, link = text.split("\n\n")
    assert len(body) <= LONGEST + 10 and body.endswith(". [...]")
    assert link == "Lees verder: https://koers.example/kennis/ips?voor=professional#wat"


def test_a_crisis_text_is_never_cut() -> None:
    text = "Bel 112. " * 200
    assert compose([reply(text, "crisis")], SETTINGS).text == text


def test_notices_that_accompany_a_reply_stay_out() -> None:
    notice = {"text": "Ik ben Koers.", "custom": {"notice": "introduction"}}
    assert compose([notice, reply("Een antwoord.")], SETTINGS).text == "Een antwoord."


def test_practice_of_the_region_goes_first_before_an_answer_only() -> None:
    assert compose([reply("Zo zit het.")], SETTINGS, "In Twente: dit.").text == "In Twente: dit.\n\nZo zit het."
    assert "Twente" not in compose([reply("Dag!", "smalltalk")], SETTINGS, "In Twente: dit.").text


def test_no_comment_is_longer_than_the_platform_takes() -> None:
    many = [reply("Kort.", sources=[{**SOURCE, "title": "Lang " * 100}] * 20)]
    assert len(compose(many, SETTINGS).text) <= LONGEST_COMMENT + 10


def test_without_an_end_of_a_sentence_it_ends_at_a_word() -> None:
    assert shorten("woord " * 100, 250).endswith("woord [...]")

"""The fixed replies to a crisis: texts that people wrote, the number first."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List

import yaml

from bot.safety.crisis import OTHER, Verdict

TEXTS = Path(__file__).parent / "replies.yml"
REQUIRED = ("113", "0800-0113", "113.nl", "112")
"""What every text for danger must name."""
WITHOUT_ALL_NUMBERS = ("grey_no", "grey_no_other", "grey_continue")

LINKS = [
    {"title": "Bel 113", "url": "tel:113"},
    {"title": "Bel 0800-0113", "url": "tel:08000113"},
    {"title": "Chat op 113.nl", "url": "https://www.113.nl"},
    {"title": "Direct gevaar: bel 112", "url": "tel:112"},
]
_LINKS_FOR_ABUSE = {
    "0800-2000": {"title": "Bel Veilig Thuis: 0800-2000", "url": "tel:08002000"},
    "0800-0188": {"title": "Bel Centrum Seksueel Geweld: 0800-0188", "url": "tel:08000188"},
}
"""Shown first, under the texts that name the number."""
_BUTTONS = [
    {"title": "Ja", "payload": "/crisis_yes"},
    {"title": "Nee", "payload": "/crisis_no"},
    {"title": "Dat weet ik niet", "payload": "/crisis_unsure"},
]


_CONTINUE = [{"title": "Verder met mijn vraag", "payload": "/crisis_continue"}]


class BrokenTexts(Exception):
    """The texts for a crisis are not whole: the assistant must not start."""


@lru_cache(maxsize=1)
def texts() -> Dict[str, str]:
    """All fixed texts. Raises `BrokenTexts` when one misses a number that it must name."""
    loaded: Dict[str, str] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    for name, text in loaded.items():
        missing = [number for number in REQUIRED if number not in text] if name not in WITHOUT_ALL_NUMBERS else []
        if missing:
            raise BrokenTexts(f"{TEXTS.name}: '{name}' doesn't name {', '.join(missing)}")
    return loaded


def crisis_messages(verdict: Verdict, sender: str) -> List[Dict[str, Any]]:
    """The reply to a message with this verdict; whom the message is about decides, not who writes it.

    Abuse with a grey sign of suicide gets the text for abuse, and then the question.
    """
    if verdict.danger == "abuse" and verdict.tier == "grey":
        return [_message(sender, texts()["abuse"], []), *crisis_messages(replace(verdict, danger="suicide"), sender)]
    return [_message(sender, texts()[name_of(verdict)], _BUTTONS if verdict.tier == "grey" else [])]


def after_question(answer: str, about: str, sender: str, question_waits: bool = False) -> List[Dict[str, Any]]:
    """The reply to yes, no or unsure after "Denk je aan zelfdoding?", or to the wish to go on after "unsure".

    `question_waits`: whether there is a question to go on with.
    """
    other = about == OTHER
    if answer == "no":
        return [_message(sender, texts()["grey_no_other" if other else "grey_no"], [])]
    if answer == "continue":
        return [_message(sender, texts()["grey_continue"], [])]
    if answer == "unsure" and not other:
        return [_message(sender, texts()["grey_unsure"], _CONTINUE if question_waits else [])]
    return [_message(sender, texts()[text_after_yes(about)], [])]


def text_after_yes(about: str) -> str:
    """The name of the text for someone who answers the question with yes."""
    return "explicit_other" if about == OTHER else "explicit_self"


def after_text(name: str, answer: str, sender: str) -> List[Dict[str, Any]]:
    """The reply to a bare yes, no or unsure after the text with this name, which asks nothing: the numbers once more."""
    hesitates = answer != "yes" and name in ("explicit_self", "self_harm")
    return [_message(sender, texts()["grey_unsure" if hesitates else name], [])]


def name_of(verdict: Verdict) -> str:
    """Which text belongs to a verdict."""
    other = verdict.about == OTHER
    if verdict.danger == "overdose":
        return "overdose_other" if other else "overdose_self"
    if verdict.danger in ("violence", "abuse"):
        return verdict.danger
    if verdict.danger == "self_harm" and not other and verdict.tier == "explicit":
        return "self_harm"
    if verdict.tier == "grey":
        return "grey_other" if other else "grey_question"
    return text_after_yes(verdict.about)


def _message(sender: str, text: str, buttons: List[Dict[str, str]]) -> Dict[str, Any]:
    links = [link for number, link in _LINKS_FOR_ABUSE.items() if number in text] + LINKS
    custom = {"kind": "crisis", "topics": [], "facet": None, "sources": [], "answer_id": None, "links": links}
    message: Dict[str, Any] = {"recipient_id": sender, "text": text, "custom": custom}
    if buttons:
        message["buttons"] = buttons
    return message

"""The fixed crisis texts and the replies made of them; nothing here is generated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import yaml

from bot.safety.classifier import EXPLICIT, GREY
from bot.safety.crisis import OTHER, Verdict

TEXTS = Path(__file__).parent / "texts.yml"
NUMBERS = ("113", "0800-0113", "113.nl", "112")
LINKS = (
    {"title": "Bel 113", "url": "tel:113"},
    {"title": "Bel 0800-0113", "url": "tel:08000113"},
    {"title": "Chat op 113.nl", "url": "https://www.113.nl"},
    {"title": "Bel 112 bij direct gevaar", "url": "tel:112"},
)
_EMERGENCY_FIRST = ("overdose", "violence", "self_harm")
_OFTEN_ABOUT_OTHERS = ("professional", "employer")
_WITHOUT_ALL_NUMBERS = ("grey_no",)
KEYS = (
    "explicit_self",
    "explicit_other",
    "grey_question",
    "grey_other",
    "grey_no",
    "grey_yes",
    "grey_unsure",
    "overdose_self",
    "overdose_other",
    "violence_self",
    "violence_other",
    "self_harm_self",
    "self_harm_other",
    "after_crisis_back",
)


class TextsError(Exception):
    """The file with crisis texts is not complete; Koers must not start with it."""


@dataclass(frozen=True)
class FixedText:
    """A text and the buttons below it."""

    text: str
    buttons: Tuple[Tuple[str, str], ...] = ()


def read_texts(path: Path = TEXTS) -> Dict[str, FixedText]:
    """All texts by key. Raises `TextsError` when one is missing, empty or lacks a number."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or set(data) != set(KEYS):
        known = set(data) if isinstance(data, dict) else set()
        raise TextsError(f"{path.name}: ontbreekt: {sorted(set(KEYS) - known)}; te veel: {sorted(known - set(KEYS))}.")
    texts = {}
    for key, entry in data.items():
        text = entry.get("text", "").strip() if isinstance(entry, dict) else ""
        missing = [] if key in _WITHOUT_ALL_NUMBERS else [number for number in NUMBERS if number not in text]
        if not text or missing:
            raise TextsError(f"{path.name}, {key}: de tekst is leeg of mist {missing}.")
        buttons = tuple((button["title"], button["payload"]) for button in entry.get("buttons", ()))
        texts[key] = FixedText(text, buttons)
    return texts


@lru_cache(maxsize=1)
def texts() -> Dict[str, FixedText]:
    """The texts, read once; call it when Koers starts, so that a broken file is noticed then."""
    return read_texts()


def crisis_reply(key: str) -> Dict[str, Any]:
    """The reply with one fixed text, in the form of the website channel."""
    fixed = texts()[key]
    links = list(LINKS)
    if key.startswith(_EMERGENCY_FIRST):
        links.insert(0, links.pop())
    return {
        "text": fixed.text,
        "buttons": [{"title": title, "payload": payload} for title, payload in fixed.buttons],
        "custom": {
            "kind": "crisis",
            "topics": [],
            "facet": None,
            "sources": [],
            "answer_id": None,
            "crisis": key,
            "links": [dict(link) for link in links],
        },
    }


def crisis_messages(verdict: Verdict, role: Optional[str] = None) -> List[Dict[str, Any]]:
    """What is said at once to a message with this verdict; nothing for `none`.

    Whom a message is about decides, not the role: a professional can speak of themselves, a client of a friend.
    Professionals and employers who seem to speak of themselves get the text about someone else below it, because
    they leave out the subject often ("suicidaal, wat nu?").
    """
    keys: List[str] = []
    if verdict.tier == EXPLICIT:
        prefix = "explicit" if verdict.danger == "suicide" else verdict.danger
        keys = [f"{prefix}_{verdict.about}"]
        if verdict.about != OTHER and role in _OFTEN_ABOUT_OTHERS:
            keys.append(f"{prefix}_{OTHER}")
    elif verdict.tier == GREY:
        keys = ["grey_other" if verdict.about == OTHER else "grey_question"]
    return [crisis_reply(key) for key in keys]


def crisis_answer_messages(payload: str) -> List[Dict[str, Any]]:
    """What is said after a button below the question: `/crisis_yes`, `/crisis_no` or `/crisis_unsure`."""
    return [crisis_reply({"/crisis_yes": "grey_yes", "/crisis_no": "grey_no"}.get(payload, "grey_unsure"))]

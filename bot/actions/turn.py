"""What an action needs to know of the turn it is in."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa_sdk import Tracker

from bot.nlu.names import tokens_of
from bot.nlu.phrases.pointing import POSITIONS
from knowledge.queries import CLIENT, PROFESSIONAL


def understanding_of(tracker: Tracker) -> Dict[str, Any]:
    """What the message was understood to mean; "unknown" when nothing was."""
    found = (tracker.latest_message or {}).get("understanding")
    if not isinstance(found, dict):
        found = {}
    nothing = {"decision": "unknown", "candidates": [], "topics": [], "region": None, "place": None, "also": None}
    nothing.update({"role": None, "compared": [], "subject": [], "list_answer": None, "unknown_of": None})
    return {**nothing, "record_of": None, "asked_back": None, "item": None, **found}


def text_of(tracker: Tracker) -> str:
    """The user's message; a button's is its payload."""
    return str((tracker.latest_message or {}).get("text") or "")


def role_of(tracker: Tracker) -> Optional[str]:
    """client, professional or employer, as the user said, or else the channel."""
    metadata = (tracker.latest_message or {}).get("metadata") or {}
    return tracker.get_slot("role") or metadata.get("role") or None


def voice_of(tracker: Tracker) -> str:
    """The voice of the knowledge base for this user: employers read the professional's."""
    return PROFESSIONAL if role_of(tracker) in ("professional", "employer") else CLIENT


def chosen_option(tracker: Tracker) -> Optional[str]:
    """The answer id that a button's payload holds, or that an ordinal points at among the options shown."""
    for entity in (tracker.latest_message or {}).get("entities", []):
        if entity.get("entity") == "answer":
            return str(entity.get("value"))
    options: List[str] = tracker.get_slot("options") or []
    words = tokens_of(text_of(tracker))
    # an ordinal says more than "een", which is also an article
    pointing = sorted((word for word in words if word in POSITIONS), key=lambda word: word in ("een", "a"))
    if not pointing:
        return None
    position = POSITIONS[pointing[0]]
    return options[position] if -len(options) <= position < len(options) else None


def last_reply(tracker: Tracker) -> Dict[str, Any]:
    """The `custom` part of the reply before this message; empty when there was none."""
    for event in reversed(tracker.events):
        custom = ((event.get("data") or {}).get("custom") or {}) if event.get("event") == "bot" else {}
        if custom.get("kind"):
            return dict(custom)
    return {}

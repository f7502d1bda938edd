"""What an action needs to know of the turn it is in."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa_sdk import Tracker

from knowledge.queries import CLIENT, PROFESSIONAL

_ORDINALS = (
    (re.compile(r"\b(eerste|1e|1ste|een|1)\b"), 0),
    (re.compile(r"\b(tweede|2e|2de|twee|2)\b"), 1),
    (re.compile(r"\b(derde|3e|3de|drie|3)\b"), 2),
    (re.compile(r"\b(laatste|onderste)\b"), -1),
    (re.compile(r"\b(bovenste)\b"), 0),
    (re.compile(r"\b(middelste)\b"), 1),
)


def understanding_of(tracker: Tracker) -> Dict[str, Any]:
    """What the message was understood to mean; "unknown" when nothing was."""
    found = (tracker.latest_message or {}).get("understanding")
    if not isinstance(found, dict):
        found = {}
    return {"decision": "unknown", "candidates": [], "topics": [], "region": None, "place": None, "also": None, **found}


def role_of(tracker: Tracker) -> Optional[str]:
    """client, professional or employer, as the channel said or the conversation showed."""
    metadata = (tracker.latest_message or {}).get("metadata") or {}
    return metadata.get("role") or tracker.get_slot("role")


def voice_of(tracker: Tracker) -> str:
    """The voice of the knowledge base for this user: employers read the professional's."""
    return PROFESSIONAL if role_of(tracker) in ("professional", "employer") else CLIENT


def chosen_option(tracker: Tracker) -> Optional[str]:
    """The answer id that a button's payload holds, or that an ordinal points at among the options shown."""
    for entity in (tracker.latest_message or {}).get("entities", []):
        if entity.get("entity") == "answer":
            return str(entity.get("value"))
    options: List[str] = tracker.get_slot("options") or []
    text = str((tracker.latest_message or {}).get("text") or "").lower()
    for pattern, position in _ORDINALS:
        if pattern.search(text):
            return options[position] if -len(options) <= position < len(options) else None
    return None

"""What a channel accepts: the form of a request, and which payloads a button may carry."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Dict, Optional, Pattern

ROLES = ("client", "professional", "employer")
SENDER = re.compile(r"^[A-Za-z0-9_-]{22,128}\Z")
"""At least 128 bits in base64url (22 characters) or hexadecimal (32)."""

_UNSEEN = re.compile(
    r"^[\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_SLASHES = re.compile(
    r"^[/\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_PAYLOAD = re.compile(r"^/([a-z_]+)(\{.*\})?$")
_ENTITIES = {
    "choose": {"answer": re.compile(r"^[a-z0-9-]{1,80}/[a-z0-9-]{1,80}$")},
    "flow_answer": {"flow_step": re.compile(r"^[a-z0-9_/-]{1,60}$"), "flow_value": re.compile(r"^[a-z0-9_/-]{1,80}$")},
}
"""The entities that a button of ours carries, for each intent that carries any."""
_PLAIN_PAYLOADS = {
    "start_disclosure",
    "start_eligibility",
    "start_financing",
    "delete_conversation",
    "stop_flow",
    "go_back",
    "skip_step",
    "resume_flow",
    "affirm",
    "deny",
    "dont_know",
    "crisis_yes",
    "crisis_no",
    "crisis_unsure",
    "crisis_continue",
}


class BadRequest(Exception):
    """A request that is not answered; `status` is the HTTP status, the text a Dutch sentence."""

    def __init__(self, status: int, code: str, message: str):
        self.status = status
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Incoming:
    """A checked message."""

    sender: str
    text: str
    role: Optional[str]
    region: Optional[str]


def parse(body: bytes, max_length: int) -> Incoming:
    """Check a request's body. Raises `BadRequest` that says what is wrong and what to do."""
    if not body:
        raise BadRequest(400, "empty_body", "De aanvraag is leeg. Stuur JSON met 'sender' en 'message'.")
    try:
        data = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadRequest(400, "not_json", "De aanvraag is geen JSON in UTF-8. Stuur 'sender' en 'message'.") from None
    if not isinstance(data, dict):
        raise BadRequest(400, "not_an_object", "De aanvraag moet een JSON-object zijn met 'sender' en 'message'.")
    sender, text = data.get("sender"), data.get("message")
    if not isinstance(sender, str) or not SENDER.match(sender):
        raise BadRequest(
            400,
            "bad_sender",
            "'sender' ontbreekt of is te kort. Gebruik een willekeurige code van minstens 128 bits, "
            "bijvoorbeeld 32 hexadecimale tekens.",
        )
    if not isinstance(text, str) or not text.strip():
        raise BadRequest(400, "empty_message", "'message' is leeg. Stuur een bericht met tekst.")
    if len(text) > max_length:
        raise BadRequest(
            413,
            "message_too_long",
            f"Je bericht is te lang: {len(text)} tekens. Maak het korter dan {max_length} tekens.",
        )
    metadata: Dict[str, Any] = data["metadata"] if isinstance(data.get("metadata"), dict) else {}
    role, region = metadata.get("role"), metadata.get("region")
    return Incoming(
        sender=sender,
        text=text.encode("utf-8", "replace").decode("utf-8"),
        role=role if role in ROLES else None,
        region=region[:60] if isinstance(region, str) and region.strip() else None,
    )


def safe_text(text: str) -> str:
    """The text as Rasa may read it.

    Rasa executes text that begins with a slash as an intent. Only payloads that our own buttons carry
    pass; anything else that begins with a slash becomes ordinary text.
    """
    stripped = _UNSEEN.sub("", text).strip()
    if not stripped.startswith("/"):
        return text
    match = _PAYLOAD.match(stripped)
    if match:
        intent, entities = match.groups()
        if entities is None and intent in _PLAIN_PAYLOADS:
            return stripped
        if entities is not None and intent in _ENTITIES and _are_ours(entities, _ENTITIES[intent]):
            return stripped
    return _SLASHES.sub("", stripped).replace("{", " ").replace("}", " ") or "-"


def _are_ours(entities: str, allowed: Dict[str, Pattern[str]]) -> bool:
    try:
        values = json.loads(entities)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(values, dict)
        and set(values) == set(allowed)
        and all(isinstance(value, str) and allowed[name].match(value) for name, value in values.items())
    )

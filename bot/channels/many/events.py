"""The events of the platform, checked against the description in `openapi/koers.yaml`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Dict, Tuple

import yaml
from jsonschema import Draft202012Validator, RefResolver
from jsonschema.exceptions import ValidationError, best_match

from bot.channels.requests import BadRequest

DESCRIPTIONS = Path(__file__).parent / "openapi"
POST, COMMENT, POST_DELETED, MEMBER_LEFT = "post.created", "comment.created", "post.deleted", "member.left"
_SCHEMAS = {POST: "PostCreated", COMMENT: "CommentCreated", POST_DELETED: "PostDeleted", MEMBER_LEFT: "MemberLeft"}


@dataclass(frozen=True)
class Event:
    """A checked event; what its type doesn't have is empty."""

    id: str
    type: str
    time: float
    """Seconds since 1970, by the platform's clock."""
    space: str
    """`region/<id>` or `category/<id>`; empty when a member left the whole app."""
    thread: str
    author: str
    role: str
    text: str
    mentions: Tuple[str, ...]
    comment: str
    in_reply_to: str


@lru_cache(maxsize=2)
def description(name: str) -> Dict[str, Any]:
    """An OpenAPI description: "koers" for what Koers receives, "platform" for what it asks."""
    loaded: Dict[str, Any] = yaml.safe_load((DESCRIPTIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def parse(body: bytes) -> Event:
    """The event of a request's body. Raises `BadRequest` that names the field, and never quotes its value."""
    try:
        data = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadRequest(400, "not_json", "De aanvraag is geen JSON in UTF-8.") from None
    kind = data.get("type") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in _SCHEMAS:
        raise BadRequest(422, "unknown_type", f"'type' moet een van deze zijn: {', '.join(_SCHEMAS)}.")
    error = best_match(_validator(kind).iter_errors(data))
    if error is not None:
        raise _malformed(error)
    try:
        time = datetime.fromisoformat(data["time"].replace("Z", "+00:00")).timestamp()
    except (ValueError, OverflowError):
        raise BadRequest(422, "malformed", "'time' is geen bestaand tijdstip.") from None
    space, author = data.get("space"), data.get("author") or {}
    return Event(
        id=data["event_id"],
        type=kind,
        time=time,
        space=f"{space['kind']}/{space['id']}" if space else "",
        thread=data.get("thread_id", ""),
        author=author.get("id", ""),
        role=author.get("role", ""),
        # Half a character, which JSON can hold, would stop any database.
        text=data.get("text", "").encode("utf-8", "replace").decode("utf-8"),
        mentions=tuple(data.get("mentions", ())),
        comment=data.get("comment_id", ""),
        in_reply_to=data.get("in_reply_to", ""),
    )


@cache
def _validator(kind: str) -> Draft202012Validator:
    document = description("koers")
    schema = document["components"]["schemas"][_SCHEMAS[kind]]
    return Draft202012Validator(schema, resolver=RefResolver("", document))


def _malformed(error: ValidationError) -> BadRequest:
    field = ".".join(str(step) for step in error.absolute_path)
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return BadRequest(422, "malformed", f"'{f'{field}.{missing}' if field else missing}' ontbreekt.")
    return BadRequest(422, "malformed", f"'{field}' heeft niet de vorm die /webhooks/many/openapi.json beschrijft.")

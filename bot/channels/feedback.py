"""The form of a judgement of an answer, as the widget sends it; `bot.records` keeps it.

A widget makes up a random name for each judgement, so that a changed thumb or a word that follows replaces it.
Nothing links that name to a conversation, and only the browser that made it up has it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Optional

from bot.channels.requests import BadRequest
from bot.records import MAX_TEXT

RATINGS = ("up", "down")
_NAME = re.compile(r"[0-9a-f]{32,64}")


@dataclass(frozen=True)
class Feedback:
    """A checked judgement; the comment is not masked yet."""

    answer: Optional[str]
    rating: str
    comment: str
    name: Optional[str]


def parse_feedback(body: bytes) -> Feedback:
    """The checked fields of a request. Raises `BadRequest`."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(400, "not_json", "De aanvraag is geen JSON.") from None
    rating = data.get("rating") if isinstance(data, dict) else None
    if rating not in RATINGS:
        raise BadRequest(400, "bad_rating", "'rating' moet 'up' of 'down' zijn.")
    answer, comment, name = data.get("answer_id"), data.get("comment"), data.get("name")
    return Feedback(
        answer=_readable(answer)[:160] if isinstance(answer, str) else None,
        rating=rating,
        comment=_readable(comment).strip()[:MAX_TEXT] if isinstance(comment, str) else "",
        name=name if isinstance(name, str) and _NAME.fullmatch(name) else None,
    )


def _readable(text: str) -> str:
    """Half a character (a lone surrogate) can't be kept by a database."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")

"""Thumbs and words about an answer: kept without sender, the words masked, the time only as a day.

A widget makes up a random name for each judgement, so that a changed thumb or a word that follows replaces it.
Nothing links that name to a conversation, and only the browser that made it up has it.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import Any, Callable, Dict, Optional

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, create_engine
from sqlalchemy.engine import Engine

from bot.channels.requests import BadRequest

RATINGS = ("up", "down")
MAX_COMMENT = 300
_NAME = re.compile(r"[0-9a-f]{32,64}")

metadata = MetaData()
feedback = Table(
    "koers_feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", String(10), nullable=False),
    Column("answer", String(160)),
    Column("rating", String(10), nullable=False),
    Column("comment", Text),
    Column("name", String(64), unique=True),
)


def parse_feedback(body: bytes) -> Dict[str, Any]:
    """The checked fields of a request. Raises `BadRequest`."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(400, "not_json", "De aanvraag is geen JSON.") from None
    rating = data.get("rating") if isinstance(data, dict) else None
    if rating not in RATINGS:
        raise BadRequest(400, "bad_rating", "'rating' moet 'up' of 'down' zijn.")
    answer, comment, name = data.get("answer_id"), data.get("comment"), data.get("name")
    return {
        "name": name if isinstance(name, str) and _NAME.fullmatch(name) else None,
        "answer": answer[:160] if isinstance(answer, str) else None,
        "rating": rating,
        "comment": comment.strip()[:MAX_COMMENT] if isinstance(comment, str) else "",
    }


class FeedbackStore:
    """Keeps feedback in the database of the conversations, in a table that `bot.operations.migrate` made."""

    def __init__(self, url: str):
        self._url = url
        self._engine: Optional[Engine] = None

    def keep(self, fields: Dict[str, Any], mask: Callable[[str], str], today: datetime.date) -> None:
        """Keep one judgement, in the place of an earlier one of the same name.

        Raises `sqlalchemy.exc.SQLAlchemyError` when it can't.
        """
        if self._engine is None:
            self._engine = create_engine(self._url, future=True, hide_parameters=True, pool_pre_ping=True)
        row = {**fields, "comment": mask(fields["comment"]) or None, "day": today.isoformat()}
        with self._engine.begin() as connection:
            if row["name"]:
                connection.execute(feedback.delete().where(feedback.c.name == row["name"]))
            connection.execute(feedback.insert(), row)

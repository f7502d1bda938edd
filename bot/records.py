"""What people leave behind for the editors: judgements of answers, and questions that got no answer.

Both are kept without sender, the words masked, the time only as a day, and for a set time. Nothing here can be traced
to a conversation by what it holds.
"""

from __future__ import annotations

import datetime
import threading
from typing import Any, Dict, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from knowledge.tables import kept_open

MAX_TEXT = 300
MOST_ROWS = 20_000
"""The most rows that a table keeps; past it the oldest go, so that junk can't fill a disk."""
_CHECK_EVERY = 200
_WAIT_SECONDS = 1

metadata = sa.MetaData()
feedback = sa.Table(
    "koers_feedback",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.String(10), nullable=False, index=True),
    sa.Column("answer", sa.String(160)),
    sa.Column("rating", sa.String(10), nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("name", sa.String(64), unique=True),
)
unanswered = sa.Table(
    "koers_unanswered",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.String(10), nullable=False, index=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("role", sa.String(20)),
    sa.Column("channel", sa.String(20), nullable=False),
)


class Records:
    """The tables of one database, which `bot.operations.migrate` made; texts must be masked before they come here.

    Methods block, and raise `sqlalchemy.exc.SQLAlchemyError` when the database can't be used.
    """

    def __init__(self, url: str):
        self._url = make_url(url)
        self._engine: Optional[Engine] = None
        self._lock = threading.Lock()
        self._kept: Dict[str, int] = {}

    def keep_feedback(
        self, answer: Optional[str], rating: str, comment: str, today: datetime.date, name: Optional[str] = None
    ) -> None:
        """Keep one judgement of an answer, in the place of an earlier one of the same name."""
        row = {"answer": answer, "rating": rating, "comment": comment[:MAX_TEXT] or None, "name": name}
        self._keep(feedback, row, today)

    def keep_unanswered(self, question: str, role: Optional[str], channel: str, today: datetime.date) -> None:
        """Keep one question that nothing was known about."""
        self._keep(unanswered, {"question": question[:MAX_TEXT], "role": role, "channel": channel}, today)

    def remove_old(self, days: int, today: datetime.date) -> int:
        """Remove what is older than `days` days; returns how many rows."""
        limit = (today - datetime.timedelta(days=days)).isoformat()
        with self._open().begin() as connection:
            there = sa.inspect(connection)
            tables = [table for table in (feedback, unanswered) if there.has_table(table.name)]
            return sum(connection.execute(sa.delete(table).where(table.c.day < limit)).rowcount for table in tables)

    def _keep(self, table: sa.Table, row: Dict[str, Any], today: datetime.date) -> None:
        with self._open().begin() as connection:
            if row.get("name"):
                connection.execute(sa.delete(table).where(table.c.name == row["name"]))
            connection.execute(sa.insert(table), {**row, "day": today.isoformat()})
            self._kept[table.name] = self._kept.get(table.name, 0) + 1
            if self._kept[table.name] % _CHECK_EVERY == 1:
                newest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
                connection.execute(sa.delete(table).where(table.c.id <= newest - MOST_ROWS))

    def _open(self) -> Engine:
        with self._lock:
            if self._engine is None:
                is_sqlite = self._url.get_backend_name() == "sqlite"
                options = kept_open(timeout=_WAIT_SECONDS) if is_sqlite else {"pool_pre_ping": True}
                # The text of a database error names the values unless they are hidden.
                engine = sa.create_engine(self._url, future=True, hide_parameters=True, **options)
                if is_sqlite:
                    sa.event.listen(engine, "connect", _overwrite_deleted)
                self._engine = engine
            return self._engine


def _overwrite_deleted(connection: Any, _: Any) -> None:
    # SQLite leaves deleted text in its file otherwise.
    connection.execute("PRAGMA secure_delete = ON").close()

"""How often each subject was asked, for the editors' report: counts per week, without text, sender or time.

They are counted in memory and added to the database once a minute and at shutdown, so that no turn waits for them.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import date, timedelta
from typing import Any, Dict, List, Mapping, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 60
_ATTEMPTS = 3
_COLUMNS = ("week", "channel", "kind", "topic", "facet", "region")

table = sa.table(
    "koers_count",
    *(sa.column(name, sa.String) for name in _COLUMNS),
    sa.column("turns", sa.Integer),
)

Cell = Tuple[str, str, str, str, str, str]


def week_of(day: date) -> str:
    """The Monday of a day's week, as `2026-11-16`."""
    return (day - timedelta(days=day.weekday())).isoformat()


class Counts:
    """Counts of turns, kept in the database at `url`; `regions` gives the region that a name of a place stands for."""

    def __init__(self, url: str, regions: Optional[Mapping[str, str]] = None) -> None:
        self._url = url
        self._regions = dict(regions or {})
        self._waiting: Counter[Cell] = Counter()
        self._engine: Optional[Engine] = None

    def add(self, channel: str, messages: List[Dict[str, Any]], place: Optional[str], today: date) -> None:
        """Count one turn by what was replied; a place that is no known name is not kept."""
        part = next((found for message in messages if (found := message.get("custom") or {}).get("kind")), {})
        topics = part.get("topics") or [""]
        region = self._regions.get((place or "").strip().lower(), "")
        cell = (week_of(today), channel, part.get("kind") or "none", topics[0], part.get("facet") or "", region)
        self._waiting[cell] += 1

    def flush(self) -> None:
        """Add what was counted to the database; when it can't be reached the counts wait for the next time."""
        waiting, self._waiting = self._waiting, Counter()
        if not waiting:
            return
        try:
            if self._engine is None:
                self._engine = sa.create_engine(self._url, future=True, hide_parameters=True, pool_pre_ping=True)
            self._add(waiting)
        except SQLAlchemyError as error:
            self._waiting.update(waiting)
            logger.error("Counts can't be kept: %s", type(error).__name__)

    async def flush_always(self) -> None:
        """Flush every minute until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            await asyncio.to_thread(self.flush)

    def _add(self, waiting: Mapping[Cell, int]) -> None:
        """All or nothing, in one transaction: one for each would keep the database busy."""
        assert self._engine is not None
        for attempt in range(_ATTEMPTS):
            try:
                with self._engine.begin() as connection:
                    for cell in sorted(waiting):
                        _add(connection, cell, waiting[cell])
                return
            except IntegrityError:
                # Another replica made a row in between; the next time it is there.
                if attempt == _ATTEMPTS - 1:
                    raise


def _add(connection: Connection, cell: Cell, turns: int) -> None:
    row = dict(zip(_COLUMNS, cell))
    here = sa.and_(*(table.c[name] == value for name, value in row.items()))
    if connection.execute(sa.update(table).where(here).values(turns=table.c.turns + turns)).rowcount == 0:
        connection.execute(sa.insert(table).values(**row, turns=turns))

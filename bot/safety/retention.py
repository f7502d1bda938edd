"""Remove conversations: old ones, and those that people ask to have removed.

Rasa's SQL tracker store keeps every event of a conversation in the table `events` and has no delete of its own.
`python -m bot.safety.retention` removes what is older than the settings allow; run it once a day. SQLite leaves
deleted text in its file unless told otherwise, so there the text is overwritten and the file is packed.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any, List, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.records import Records
from bot.settings import Settings

logger = logging.getLogger(__name__)

_DAY = 24 * 60 * 60
_WAIT_SECONDS = 15
_EVENTS = sa.table("events", sa.column("sender_id", sa.String), sa.column("timestamp", sa.Float))
_DATED = {
    "koers_many_event": "received",
    "koers_many_thread": "touched",
    "koers_many_author": "touched",
    "koers_many_departure": "touched",
}
"""Tables of the community channel whose rows go by their own time, and the column that holds it."""


def remove_old(url: str, days: int, now: Optional[float] = None) -> int:
    """Remove every conversation whose last event is more than `days` days ago; returns how many.

    A conversation goes as a whole, so that a recent answer never loses what was said before it.
    """
    if days < 0:
        raise ValueError("The number of days can't be negative.")
    limit = (time.time() if now is None else now) - days * _DAY
    # An event without a time can't prove that it is recent.
    last_event = sa.func.coalesce(sa.func.max(_EVENTS.c.timestamp), 0)
    old = sa.select(_EVENTS.c.sender_id).group_by(_EVENTS.c.sender_id).having(last_event < limit)
    _remove_dated(url, limit)
    return _remove(url, old, pack=True)


def forget(url: str, sender_id: str) -> bool:
    """Remove one conversation; returns whether there was one."""
    return _remove(url, sa.select(sa.literal(sender_id)), pack=False) > 0


async def remove_daily(url: str, days: int, records_days: int) -> None:
    """Remove old conversations and old records now and every day, until cancelled.

    A failure is logged and tried again the next day.
    """
    while True:
        try:
            removed = await asyncio.to_thread(remove_old, url, days)
            records = await asyncio.to_thread(Records(url).remove_old, records_days, date.today())
            logger.info("Removed %d old conversations and %d old records.", removed, records)
        except SQLAlchemyError as error:
            logger.error("Old conversations can't be removed: %s", type(error).__name__)
        await asyncio.sleep(_DAY)


def existing_database(url: str) -> Optional[Engine]:
    """The database, for removing rows that leave no text in a file; None when there is none yet, so that none is made."""
    database = make_url(url)
    is_sqlite = database.get_backend_name() == "sqlite"
    if is_sqlite and database.database and not Path(database.database).exists():
        return None
    waits = {"timeout": _WAIT_SECONDS} if is_sqlite else {}
    engine = sa.create_engine(database, hide_parameters=True, connect_args=waits)
    if is_sqlite:
        # For these connections only: overwrite what is deleted with zeros.
        sa.event.listen(engine, "connect", lambda new, _: new.execute("PRAGMA secure_delete = ON").close())
    return engine


def _remove_dated(url: str, limit: float) -> None:
    engine = existing_database(url)
    if engine is None:
        return
    try:
        there = set(sa.inspect(engine).get_table_names())
        for name in there.intersection(_DATED):
            time_of = sa.column(_DATED[name], sa.Float)
            with engine.begin() as connection:
                connection.execute(sa.delete(sa.table(name, time_of)).where(time_of < limit))
    finally:
        engine.dispose()


def _remove(url: str, senders: Any, pack: bool) -> int:
    """Delete the events of these senders; returns how many conversations that was."""
    engine = existing_database(url)
    if engine is None:
        return 0
    is_sqlite = engine.dialect.name == "sqlite"
    try:
        if not sa.inspect(engine).has_table("events"):
            return 0
        with engine.connect() as connection:
            removed = _delete(connection, senders)
        if removed or pack:
            _erase(engine, is_sqlite, pack=pack and removed > 0)
        return removed
    finally:
        engine.dispose()


def _delete(connection: Connection, senders: Any) -> int:
    with connection.begin():
        found = _EVENTS.c.sender_id.in_(senders)
        count = sa.select(sa.func.count(sa.distinct(_EVENTS.c.sender_id))).where(found)
        removed = int(connection.execute(count).scalar() or 0)
        if removed:
            connection.execute(sa.delete(_EVENTS).where(found))
    return removed


def _erase(engine: Engine, is_sqlite: bool, pack: bool) -> None:
    """Make deleted text leave the files too, as far as the database lets us; a busy database does it a day later."""
    statements: List[str] = []
    if pack:
        statements.append("VACUUM" if is_sqlite else "VACUUM events")
    if is_sqlite:
        # In WAL mode the text also stands in the log; harmless in any other mode.
        statements.append("PRAGMA wal_checkpoint(TRUNCATE)")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            try:
                connection.exec_driver_sql(statement)
            except DBAPIError as error:
                logger.warning("%s failed: %s", statement, type(error).__name__)


def main(arguments: Optional[List[str]] = None) -> int:
    """The command: remove old conversations once and say how many."""
    settings = Settings.from_environment()
    parser = argparse.ArgumentParser(prog="python -m bot.safety.retention", description="Verwijder oude gesprekken.")
    parser.add_argument(
        "--dagen",
        type=int,
        default=settings.retention_days,
        help="bewaar gesprekken waarin korter dan zoveel dagen geleden iets gezegd is (nu: %(default)s)",
    )
    days: int = parser.parse_args(arguments).dagen
    if days < 0:
        parser.error("--dagen kan niet kleiner zijn dan 0")
    try:
        removed = remove_old(settings.conversations_url, days)
        Records(settings.conversations_url).remove_old(settings.records_days, date.today())
    except SQLAlchemyError as error:
        # The error's text may hold the address with its password.
        print(f"De gesprekken zijn niet bereikbaar ({type(error).__name__}). Er is niets verwijderd.", file=sys.stderr)
        return 1
    print(f"{removed} gesprek{'ken' if removed != 1 else ''} ouder dan {days} dagen verwijderd.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

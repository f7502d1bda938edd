"""Rasa's SQL tracker store, as fast in a long conversation as in a short one, and fit for replicas.

Rasa's own blocks all users while it waits for the database, writes messages in the log when a statement fails, and lets
two replicas that hold one conversation overwrite each other's turn.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import time
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import sessionmaker

from knowledge.tables import kept_open

logger = logging.getLogger(__name__)

T = TypeVar("T")

RECENT_EVENTS = 200
"""How many events of a conversation are read, about its last twenty turns."""
PATIENCE_SECONDS = 8.0
"""How long a turn waits for a database server that restarts."""
_PAUSE_SECONDS = 0.3
BUSY_MS = 1000
"""How long SQLite waits for another process's lock: nobody should wait longer to hear that something is wrong."""
_STORED = "koers_stored_events"
_SEEN = "koers_last_event"
_STATE = (SlotSet.type_name, ActiveLoop.type_name)
_POOL = {"pool_size": 10, "max_overflow": 20}

_events = SQLTrackerStore.SQLEvent.__table__
# Statements made once: making them anew takes longer than the database does.
_LAST_EVENT = sa.select(sa.func.max(_events.c.id)).where(_events.c.sender_id == sa.bindparam("sender"))
_RECENT = (
    sa.select(_events.c.id, _events.c.type_name, _events.c.data)
    .where(_events.c.sender_id == sa.bindparam("sender"))
    .order_by(_events.c.id.desc())
    .limit(RECENT_EVENTS)
)
_ADD = _events.insert()

_read: ContextVar[Optional[Dict[str, DialogueStateTracker]]] = ContextVar("conversations read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Inside this a conversation to which nothing was added is read from the database once; a turn asks for it twice.

    Nothing of it is kept afterwards.
    """
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def prepare(engine: Engine) -> None:
    """Make SQLite overwrite what is deleted, and commit without waiting for the disk; call before its first use.

    In WAL mode a power cut can lose the last turn, never damage the file. Deleted text stays in the log until
    `empty_log`.
    """
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for setting in (
            f"busy_timeout = {BUSY_MS}",
            "secure_delete = ON",
            "journal_mode = WAL",
            "synchronous = NORMAL",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()


def empty_log(engine: Engine) -> None:
    """Move what is in SQLite's log to the database, and cut the log; a busy database does it at a next time."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


class Overtaken(Exception):
    """Another turn of the same conversation was kept in the meantime; this one is not kept."""


class RecentEventsStore(SQLTrackerStore):
    """Reads the last events of a conversation and, of what came before, only the state that it left.

    Every event is kept as Rasa keeps it; what is read with a tracker is remembered in it, so that saving need not read
    again what is there. A turn is kept as a whole or not at all: `save` raises `Overtaken` when the conversation went
    on since it was read, which happens only when its lock was lost, and `DBAPIError` when the database stays away.
    """

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        db: str = "rasa.db",
        event_broker: Optional[EventBroker] = None,
        **_: Any,
    ) -> None:
        """`host` is a SQLAlchemy URL, or `db` the path of a SQLite file."""
        url = make_url(host or f"sqlite:///{db}")
        self.is_server = url.get_backend_name() != "sqlite"
        pool: Dict[str, Any] = {}
        if self.is_server:
            pool = {"pool_pre_ping": True, **_POOL}
        elif url.database:
            # To open the file and close it, which clears SQLite's log away, takes 3 ms of a profiled turn.
            pool = {**kept_open(), **_POOL}
        # The text of a database error names the values unless they are hidden, and those are what people typed.
        self.engine = sa.create_engine(url, hide_parameters=True, **pool)
        prepare(self.engine)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._patiently(self._make_tables)
        super(SQLTrackerStore, self).__init__(domain, event_broker)

    def _make_tables(self) -> None:
        with self.engine.begin() as connection:
            if self.is_server:
                # Replicas start together; one of them makes the tables.
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('koers tables'))"))
            self.Base.metadata.create_all(connection)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> Optional[DialogueStateTracker]:
        if fetch_events_from_all_sessions:
            return await self._read(partial(self._read_all, sender_id))
        turn = _read.get()
        known = turn.pop(sender_id, None) if turn else None
        tracker = await self._read(partial(self._read_recent, sender_id, known))
        if turn is not None and tracker is not None and tracker is not known:
            turn[sender_id] = tracker
        return tracker

    async def _read(self, work: Callable[[], T]) -> T:
        """Read at once from a file, where in WAL mode nothing keeps a reader waiting; wait for a server in a thread.

        For a file a thread costs more than the read.
        """
        return await asyncio.to_thread(self._patiently, work) if self.is_server else work()

    def _read_all(self, sender_id: str) -> Optional[DialogueStateTracker]:
        with self.sessionmaker() as session:
            rows = self._event_query(session, sender_id, fetch_events_from_all_sessions=True).all()
        return self._tracker(sender_id, [], rows)

    def _read_recent(
        self, sender_id: str, known: Optional[DialogueStateTracker] = None
    ) -> Optional[DialogueStateTracker]:
        """The conversation; `known`, when it is still as it was read."""
        with self.engine.connect() as connection:
            if known is not None and self._last_event(connection, sender_id) == getattr(known, _SEEN):
                return known
            rows = connection.execute(_RECENT, {"sender": sender_id}).all()[::-1]
            started = [at for at, row in enumerate(rows) if row.type_name == SessionStarted.type_name]
            if started:
                rows = rows[started[-1] :]
            earlier: List[Dict[str, Any]] = []
            if len(rows) == RECENT_EVENTS and not started:
                earlier = self._state_before(connection, sender_id, rows[0].id)
        return self._tracker(sender_id, earlier, rows)

    def _tracker(
        self, sender_id: str, earlier: List[Dict[str, Any]], rows: Sequence[Any]
    ) -> Optional[DialogueStateTracker]:
        if not rows or not self.domain:
            return None
        events = earlier + [json.loads(row.data) for row in rows]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        setattr(tracker, _STORED, len(events))
        setattr(tracker, _SEEN, rows[-1].id)
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new conversation; Rasa keeps it at once and again at the end of its first turn."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what was said since the conversation was read. Raises `Overtaken` and `DBAPIError`."""
        stored: int = getattr(tracker, _STORED, 0)
        if turn := _read.get():
            turn.pop(tracker.sender_id, None)
        await asyncio.to_thread(self._patiently, partial(self._write, tracker))
        # Rasa tells the broker first, of turns too that then aren't kept, and reads the conversation again for it.
        if self.event_broker is not None:
            told = [event for event, may in list(zip(tracker.events, self.may_be_told(tracker)))[stored:] if may]
            await self._stream_new_events(self.event_broker, told, tracker.sender_id)

    def may_be_told(self, tracker: DialogueStateTracker) -> List[bool]:
        """For each event whether an event broker may know of it."""
        return [True] * len(tracker.events)

    def _write(self, tracker: DialogueStateTracker) -> None:
        stored: int = getattr(tracker, _STORED, 0)
        rows = [_row(tracker.sender_id, event) for event in itertools.islice(tracker.events, stored, None)]
        with self.engine.begin() as connection:
            if self.is_server:
                lock = sa.text("SELECT pg_advisory_xact_lock(hashtext(:sender))")
                connection.execute(lock, {"sender": tracker.sender_id})
            if self._last_event(connection, tracker.sender_id) > getattr(tracker, _SEEN, 0):
                raise Overtaken("The conversation went on in another place.")
            if rows:
                connection.execute(_ADD, rows)
            last = self._last_event(connection, tracker.sender_id)
        setattr(tracker, _STORED, stored + len(rows))
        setattr(tracker, _SEEN, last)

    @staticmethod
    def _last_event(connection: Connection, sender_id: str) -> int:
        """The id of the last event that is kept of a conversation; 0 when none is."""
        return int(connection.execute(_LAST_EVENT, {"sender": sender_id}).scalar() or 0)

    def _patiently(self, work: Callable[[], T]) -> T:
        """Try again while a database server can't be reached; a file either works at once or not."""
        until = time.monotonic() + (PATIENCE_SECONDS if self.is_server else 0)
        while True:
            try:
                return work()
            except DBAPIError as error:
                away = isinstance(error, OperationalError) or error.connection_invalidated
                if not away or time.monotonic() >= until:
                    raise
                logger.warning("The database of conversations is away: %s", type(error).__name__)
                time.sleep(_PAUSE_SECONDS)

    @staticmethod
    def _state_before(connection: Connection, sender_id: str, event_id: int) -> List[Dict[str, Any]]:
        """The last event of each slot, and of the form that was active, before an event."""
        latest = (
            sa.select(sa.func.max(_events.c.id))
            .where(
                _events.c.sender_id == sender_id,
                _events.c.id < event_id,
                _events.c.type_name.in_(_STATE),
            )
            # All forms are one state, each slot is one of its own.
            .group_by(sa.case((_events.c.type_name == ActiveLoop.type_name, ""), else_=_events.c.action_name))
        )
        found = sa.select(_events.c.data).where(_events.c.id.in_(latest)).order_by(_events.c.id)
        return [json.loads(data) for data in connection.execute(found).scalars()]

    @staticmethod
    def leave_out(tracker: DialogueStateTracker, marks: Sequence[bool]) -> None:
        """Take the marked events out of a tracker; those that are stored must be removed by the caller."""
        stored = getattr(tracker, _STORED, None)
        if stored is not None:
            setattr(tracker, _STORED, sum(not mark for mark in marks[:stored]))
        kept = (event for event, mark in zip(tracker.events, marks) if not mark)
        tracker.events = deque(kept, tracker.events.maxlen)


def _row(sender_id: str, event: Any) -> Dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }

"""Rasa's SQL tracker store, as fast in a long conversation as in a short one."""

from __future__ import annotations

import itertools
import json
from collections import deque
from typing import Any, Dict, Iterator, List, Optional, Sequence

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import ActiveLoop, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

RECENT_EVENTS = 200
"""How many events of a conversation are read, about its last twenty turns."""
_STORED = "koers_stored_events"
_STATE = (SlotSet.type_name, ActiveLoop.type_name)


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
        for setting in ("secure_delete = ON", "journal_mode = WAL", "synchronous = NORMAL"):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()


def empty_log(engine: Engine) -> None:
    """Move what is in SQLite's log to the database, and cut the log; a busy database does it at a next time."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


class RecentEventsStore(SQLTrackerStore):
    """Reads the last events of a conversation and, of what came before, only the state that it left.

    Every event is kept as Rasa keeps it; what is read with a tracker is remembered in it, so that saving need not read
    again what is there.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The text of a database error names the values, and those are what people typed.
        self.engine.hide_parameters = True
        # Connections that were opened to create the tables don't know the settings yet.
        self.engine.dispose()
        prepare(self.engine)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> Optional[DialogueStateTracker]:
        if fetch_events_from_all_sessions:
            return await super()._retrieve(sender_id, True)
        with self.session_scope() as session:
            columns = (self.SQLEvent.id, self.SQLEvent.type_name, self.SQLEvent.data)
            mine = session.query(*columns).filter(self.SQLEvent.sender_id == sender_id)
            rows = mine.order_by(self.SQLEvent.id.desc()).limit(RECENT_EVENTS).all()[::-1]
            started = [at for at, row in enumerate(rows) if row.type_name == SessionStarted.type_name]
            if started:
                rows = rows[started[-1] :]
            earlier: List[Dict[str, Any]] = []
            if len(rows) == RECENT_EVENTS and not started:
                earlier = self._state_before(session, sender_id, rows[0].id)
        if not rows or not self.domain:
            return None
        events = earlier + [json.loads(row.data) for row in rows]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        setattr(tracker, _STORED, len(events))
        return tracker

    def _state_before(self, session: Any, sender_id: str, event_id: int) -> List[Dict[str, Any]]:
        """The last event of each slot, and of the form that was active, before an event."""
        latest = (
            session.query(sa.func.max(self.SQLEvent.id))
            .filter(
                self.SQLEvent.sender_id == sender_id,
                self.SQLEvent.id < event_id,
                self.SQLEvent.type_name.in_(_STATE),
            )
            # All forms are one state, each slot is one of its own.
            .group_by(sa.case((self.SQLEvent.type_name == ActiveLoop.type_name, ""), else_=self.SQLEvent.action_name))
        )
        found = session.query(self.SQLEvent.data).filter(self.SQLEvent.id.in_(latest)).order_by(self.SQLEvent.id)
        return [json.loads(row.data) for row in found]

    @staticmethod
    def leave_out(tracker: DialogueStateTracker, marks: Sequence[bool]) -> None:
        """Take the marked events out of a tracker; those that are stored must be removed by the caller."""
        stored = getattr(tracker, _STORED, None)
        if stored is not None:
            setattr(tracker, _STORED, sum(not mark for mark in marks[:stored]))
        kept = (event for event, mark in zip(tracker.events, marks) if not mark)
        tracker.events = deque(kept, tracker.events.maxlen)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator:
        stored = getattr(tracker, _STORED, None)
        if stored is None:
            return super()._additional_events(session, tracker)
        setattr(tracker, _STORED, len(tracker.events))
        return itertools.islice(tracker.events, stored, len(tracker.events))

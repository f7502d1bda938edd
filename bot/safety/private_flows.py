"""What someone tells in a private guided conversation is removed when that conversation ends.

Rasa's SQL tracker store keeps every event for as long as the conversation is kept. Weighing whether to tell an
employer is more private than that: its turns are needed only while it goes on (and after a reload, a restart or a
silence of some hours), so they are removed as soon as it is finished, stopped or left for something else.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Iterable, List, Optional, Tuple

import sqlalchemy as sa
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.safety.retention import existing_database
from bot.settings import Settings
from bot.tracker_store import RecentEventsStore, empty_log

logger = logging.getLogger(__name__)

PRIVATE_FORMS = frozenset({"disclosure_form"})
"""The guided conversations of which nothing stays, by the name of their form."""
_STAYING_SLOTS = ("topics", "last_answers", "options", "region", "role", "flow", "asked_about_danger")
"""What the rest of the conversation needs; none of them holds an answer of a private conversation."""
_HOUR = 60 * 60
_SWEEP_SECONDS = 15 * 60
_EVENTS = sa.table(
    "events",
    sa.column("id", sa.Integer),
    sa.column("sender_id", sa.String),
    sa.column("type_name", sa.String),
    sa.column("action_name", sa.String),
    sa.column("timestamp", sa.Float),
)

Kind = Tuple[str, Optional[str]]
"""An event's type and the name of the action, slot or form that it is about."""


def private_turns(kinds: Iterable[Kind]) -> List[bool]:
    """For each event whether it belongs to a turn in which a private conversation had a part.

    A turn begins with the user's message and ends before the next one, or before a new session.
    """
    turns: List[List[Kind]] = [[]]
    for kind in kinds:
        if kind[0] == "user" or kind[1] == "action_session_start":
            turns.append([])
        turns[-1].append(kind)
    marks = []
    for turn in turns:
        private = any(name in PRIVATE_FORMS for _, name in turn)
        marks += [private] * len(turn)
    return marks


def goes_on(kinds: Iterable[Kind]) -> bool:
    """Whether a private conversation is still open at the end of these events."""
    forms = [name for type_name, name in kinds if type_name == "active_loop"]
    return bool(forms) and forms[-1] in PRIVATE_FORMS


def remove_left(url: str, hours: float, now: Optional[float] = None) -> int:
    """Remove the private turns of conversations in which nothing was said for `hours`; returns how many conversations."""
    engine = existing_database(url)
    if engine is None:
        return 0
    limit = (time.time() if now is None else now) - hours * _HOUR
    private = sa.select(_EVENTS.c.sender_id).where(_EVENTS.c.action_name.in_(PRIVATE_FORMS))
    left = (
        sa.select(_EVENTS.c.sender_id)
        .where(_EVENTS.c.sender_id.in_(private))
        .group_by(_EVENTS.c.sender_id)
        .having(sa.func.coalesce(sa.func.max(_EVENTS.c.timestamp), 0) < limit)
    )
    try:
        if not sa.inspect(engine).has_table("events"):
            return 0
        with engine.begin() as connection:
            senders = list(connection.execute(left).scalars())
            for sender in senders:
                _remove(connection, sender)
        if senders:
            empty_log(engine)
        return len(senders)
    finally:
        engine.dispose()


async def keep_removing_left(url: str, hours: float) -> None:
    """Call `remove_left` now and every quarter of an hour, until cancelled; a failure is logged by its type."""
    while True:
        try:
            await asyncio.to_thread(remove_left, url, hours)
        except SQLAlchemyError as error:
            logger.error("Private conversations that were left can't be removed: %s", type(error).__name__)
        await asyncio.sleep(_SWEEP_SECONDS)


class ConversationStore(RecentEventsStore):
    """The tracker store, without the turns of a private conversation that has ended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hours = Settings.from_environment().private_hours

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new. The turns of a private conversation that has ended are removed, and its last one is
        never written."""
        kinds = [_kind(event) for event in tracker.events]
        if not goes_on(kinds):
            marks = private_turns(kinds)
            if any(marks):
                self._leave_out(tracker, marks)
        await super().save(tracker)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation; a private one that was left hours ago is removed from it first."""
        tracker = await super().retrieve(sender_id)
        if tracker is None or not tracker.events:
            return tracker
        kinds = [_kind(event) for event in tracker.events]
        if not goes_on(kinds) or tracker.events[-1].timestamp >= time.time() - self._hours * _HOUR:
            return tracker
        self._leave_out(tracker, private_turns(kinds))
        await super().save(tracker)
        return await super().retrieve(sender_id)

    def may_be_told(self, tracker: DialogueStateTracker) -> List[bool]:
        """Every event but the private ones: what a broker was told can't be taken back."""
        return [not private for private in private_turns(map(_kind, tracker.events))]

    def _leave_out(self, tracker: DialogueStateTracker, marks: List[bool]) -> None:
        """Remove the marked events from the database and from `tracker`; the slots that stay get their value again."""
        with self.engine.begin() as connection:
            _remove(connection, tracker.sender_id)
        empty_log(self.engine)
        self.leave_out(tracker, marks)
        values = ((name, tracker.get_slot(name)) for name in _STAYING_SLOTS if name in tracker.slots)
        tracker.events.extend(SlotSet(name, value) for name, value in values if value is not None)


def _kind(event: Any) -> Kind:
    return event.type_name, getattr(event, "action_name", None) or getattr(event, "name", None)


def _remove(connection: Connection, sender: str) -> None:
    mine = _EVENTS.c.sender_id == sender
    columns = (_EVENTS.c.id, _EVENTS.c.type_name, _EVENTS.c.action_name)
    rows = connection.execute(sa.select(*columns).where(mine).order_by(_EVENTS.c.id)).all()
    marks = private_turns((row.type_name, row.action_name) for row in rows)
    ids = [row.id for row, private in zip(rows, marks) if private]
    for at in range(0, len(ids), 500):
        connection.execute(sa.delete(_EVENTS).where(_EVENTS.c.id.in_(ids[at : at + 500])))

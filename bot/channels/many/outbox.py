"""What the channel keeps, in the database of people's data: events to handle, replies to post, and threads.

A row of an event is `waiting` until Koers has decided what to say, `ready` while its reply isn't posted yet, and then
`done`: what is left is its id, so that the same event never gets a second reply. Texts are masked before they come here
and removed as soon as they are no longer needed. Members and threads are known by a keyed hash only; the platform's own
id of a thread stays as long as a reply must still be posted there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Dict, List, Optional, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import IntegrityError

from bot.channels.many.events import COMMENT, MEMBER_LEFT, POST, POST_DELETED, Event
from bot.tracker_store import empty_log

WAITING, READY, DONE = "waiting", "ready", "done"
LEASE = 30
"""Seconds that a row belongs to the worker that took it; after that its process is assumed to have ended."""
WAIT_FOR_POST = 5
"""Seconds that a comment waits for its post, when the platform sent it first."""
_LOCK_SECONDS = 15

metadata = sa.MetaData()
events = sa.Table(
    "koers_many_event",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("event", sa.String(128), nullable=False, unique=True),
    sa.Column("type", sa.String(20), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column(
        "thread", sa.String(64), nullable=False, comment="keyed hash; also the conversation's name in the tracker"
    ),
    sa.Column("author", sa.String(64), nullable=False, comment="keyed hash"),
    sa.Column("space", sa.String(80), nullable=False),
    sa.Column("happened", sa.Float, nullable=False),
    sa.Column("received", sa.Float, nullable=False),
    sa.Column("due", sa.Float, nullable=False, comment="not before this time"),
    sa.Column("leased", sa.Float, nullable=False, default=0.0),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("content", sa.Text, comment="what was said, masked; gone once it is handled"),
    sa.Column("reply", sa.Text, comment="what to post, and where; gone once it is posted"),
    sa.Index("koers_many_event_due", "state", "due"),
    sa.Index("koers_many_event_thread", "thread", "state"),
)
threads = sa.Table(
    "koers_many_thread",
    metadata,
    sa.Column("thread", sa.String(64), primary_key=True),
    sa.Column("space", sa.String(80), nullable=False),
    sa.Column("posted", sa.Boolean, nullable=False, default=False, comment="its post has come in"),
    sa.Column("deleted", sa.Boolean, nullable=False, default=False),
    sa.Column("introduced", sa.Boolean, nullable=False, default=False),
    sa.Column("reminded", sa.Boolean, nullable=False, default=False),
    sa.Column("warned", sa.Boolean, nullable=False, default=False, comment="Koers has posted a crisis text"),
    sa.Column("last_comment", sa.String(128), comment="the platform's id of Koers' last comment"),
    sa.Column("choices", sa.Text, comment="what the numbers of the last comment stand for"),
    sa.Column("touched", sa.Float, nullable=False),
)
authors = sa.Table(
    "koers_many_author",
    metadata,
    sa.Column("author", sa.String(64), primary_key=True),
    sa.Column("thread", sa.String(64), primary_key=True),
    sa.Column("first", sa.Float, nullable=False, comment="when they first wrote in it"),
    sa.Column("touched", sa.Float, nullable=False),
)
departures = sa.Table(
    "koers_many_departure",
    metadata,
    sa.Column("author", sa.String(64), primary_key=True),
    sa.Column("space", sa.String(80), primary_key=True, comment="empty: the whole app"),
    sa.Column("happened", sa.Float, nullable=False),
    sa.Column("touched", sa.Float, nullable=False),
)
keys = sa.Table(
    "koers_many_key", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("key", sa.String(64))
)


class Kept(Enum):
    """What became of an event that came in."""

    ACCEPTED = "accepted"
    KNOWN = "known"


@dataclass(frozen=True)
class Thread:
    """What the channel remembers of a thread; nothing of what was said in it."""

    introduced: bool = False
    reminded: bool = False
    warned: bool = False
    last_comment: str = ""
    choices: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One row to work on."""

    event: str
    type: str
    state: str
    thread: str
    space: str
    attempts: int
    received: float
    content: Dict[str, Any] = field(default_factory=dict)
    reply: Dict[str, Any] = field(default_factory=dict)


class Outbox:
    """Keeps events and replies. Methods block and raise `sqlalchemy.exc.SQLAlchemyError` when they can't do their work.

    Call them from one thread: SQLite has one writer, and waiting for oneself is waste.
    """

    def __init__(self, url: str):
        self._url = make_url(url)
        self._engine: Optional[Engine] = None
        self._key = b""

    @property
    def _is_sqlite(self) -> bool:
        return bool(self._url.get_backend_name() == "sqlite")

    def open(self) -> None:
        """Make the tables when they aren't there. On SQLite, rows that a killed process had taken are free again."""
        engine = sa.create_engine(
            self._url,
            future=True,
            hide_parameters=True,
            connect_args={"timeout": _LOCK_SECONDS, "check_same_thread": False} if self._is_sqlite else {},
        )
        if self._is_sqlite:
            sa.event.listen(engine, "connect", _prepare_sqlite)
        metadata.create_all(engine)
        with engine.begin() as connection:
            self._key = _hash_key(connection)
            if self._is_sqlite:
                # One machine, one server: nobody else can be working on them.
                connection.execute(events.update().values(leased=0.0))
        self._engine = engine

    def close(self) -> None:
        """Give back the connections."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _begin(self) -> Any:
        if self._engine is None:
            self.open()
        assert self._engine is not None
        return self._engine.begin()

    def thread_name(self, space: str, thread: str) -> str:
        """A thread's name here and in the tracker store: nobody without the key can find it, or guess another."""
        return self._hash(f"{space}/{thread}") if thread else ""

    def _hash(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    # ------------------------------------------------------------------------------------------ events come in

    def keep(self, event: Event, content: Dict[str, Any], now: Optional[float] = None) -> Kept:
        """Keep an event until it is handled; the same id is kept once. `content`: what was said, masked."""
        return self.keep_all([(event, content)], now)[0]

    def keep_all(self, incoming: Sequence[Tuple[Event, Dict[str, Any]]], now: Optional[float] = None) -> List[Kept]:
        """Keep several events at once: the disk is waited for once."""
        now = time.time() if now is None else now
        try:
            with self._begin() as connection:
                return [self._keep(connection, event, content, now) for event, content in incoming]
        except IntegrityError:
            # Another server may have kept the same event, or one of the same thread, at the same moment.
            kept = []
            for event, content in incoming:
                with self._begin() as connection:
                    kept.append(self._keep(connection, event, content, now))
            return kept

    def _keep(self, connection: Connection, event: Event, content: Dict[str, Any], now: float) -> Kept:
        if connection.execute(sa.select(events.c.position).where(events.c.event == event.id)).first() is not None:
            return Kept.KNOWN
        thread, author = self.thread_name(event.space, event.thread), self._hash(event.author) if event.author else ""
        row = {
            "event": event.id,
            "type": event.type,
            "state": WAITING,
            "thread": thread,
            "author": author,
            "space": event.space,
            "happened": event.time,
            "received": now,
            "due": now,
            "content": json.dumps(content, ensure_ascii=False) if content else None,
        }
        if event.type in (POST, COMMENT) and self._is_unwanted(connection, thread, author, event.space, event.time):
            row.update(state=DONE, author="", content=None)
        connection.execute(events.insert(), row)
        if event.type == POST_DELETED:
            self._mark_deleted(connection, thread, event.space, now)
        elif event.type == MEMBER_LEFT:
            self._mark_departed(connection, author, event.space, event.time, now)
        elif row["state"] == WAITING:
            self._note(connection, event, thread, author, now)
        return Kept.ACCEPTED

    def _note(self, connection: Connection, event: Event, thread: str, author: str, now: float) -> None:
        """Remember that the thread is there and who wrote in it."""
        posted = connection.execute(sa.select(threads.c.posted).where(threads.c.thread == thread)).scalar()
        if posted is None:
            connection.execute(
                threads.insert(), {"thread": thread, "space": event.space, "posted": event.type == POST, "touched": now}
            )
        else:
            update = threads.update().where(threads.c.thread == thread)
            connection.execute(update.values(touched=now, posted=bool(posted) or event.type == POST))
        writes = (authors.c.author == author) & (authors.c.thread == thread)
        if not connection.execute(authors.update().where(writes).values(touched=now)).rowcount:
            row = {"author": author, "thread": thread, "first": event.time, "touched": now}
            connection.execute(authors.insert(), row)
        if event.type == COMMENT and not posted:
            late = events.update().where(events.c.event == event.id)
            connection.execute(late.values(due=now + WAIT_FOR_POST))
        elif event.type == POST:
            # Comments that came before their post need not wait any longer.
            early = (events.c.thread == thread) & (events.c.state == WAITING) & (events.c.attempts == 0)
            connection.execute(events.update().where(early).values(due=now))

    def _mark_deleted(self, connection: Connection, thread: str, space: str, now: float) -> None:
        marked = threads.update().where(threads.c.thread == thread)
        values = {"deleted": True, "touched": now, "choices": None, "last_comment": None}
        if not connection.execute(marked.values(**values)).rowcount:
            connection.execute(threads.insert(), {"thread": thread, "space": space, **values})
        self._finish(connection, (events.c.thread == thread) & events.c.type.in_((POST, COMMENT)) & _free(now))
        connection.execute(authors.delete().where(authors.c.thread == thread))

    def _mark_departed(self, connection: Connection, author: str, space: str, happened: float, now: float) -> None:
        where = (departures.c.author == author) & (departures.c.space == space)
        before = connection.execute(sa.select(departures.c.happened).where(where)).scalar()
        values = {"happened": max(happened, before or 0.0), "touched": now}
        if not connection.execute(departures.update().where(where).values(**values)).rowcount:
            connection.execute(departures.insert(), {"author": author, "space": space, **values})
        theirs = (events.c.author == author) & events.c.type.in_((POST, COMMENT)) & (events.c.happened <= happened)
        if space:
            theirs = theirs & (events.c.space == space)
        self._finish(connection, theirs & _free(now))

    @staticmethod
    def _is_unwanted(connection: Connection, thread: str, author: str, space: str, happened: float) -> bool:
        """Whether the post is gone, or its author is, before what they wrote was handled."""
        deleted = sa.select(threads.c.thread).where((threads.c.thread == thread) & threads.c.deleted)
        left = sa.select(departures.c.author).where(
            (departures.c.author == author) & departures.c.space.in_(("", space)) & (departures.c.happened >= happened)
        )
        return connection.execute(deleted).first() is not None or connection.execute(left).first() is not None

    # --------------------------------------------------------------------------------------- events are handled

    def take(self, state: str, now: Optional[float] = None) -> Optional[Item]:
        """The next row in this state that is due, taken for `LEASE` seconds; a thread's rows go one after another."""
        now = time.time() if now is None else now
        earlier = events.alias()
        is_first = ~sa.exists().where(
            (earlier.c.thread == events.c.thread)
            & (earlier.c.state != DONE)
            & (earlier.c.thread != "")
            & (
                (earlier.c.happened < events.c.happened)
                | ((earlier.c.happened == events.c.happened) & (earlier.c.position < events.c.position))
            )
        )
        due = (events.c.state == state) & (events.c.due <= now) & _free(now)
        query = sa.select(events).where(due & is_first).order_by(events.c.position).limit(1)
        with self._begin() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            mine = events.update().where((events.c.position == row.position) & _free(now))
            if not connection.execute(mine.values(leased=now + LEASE)).rowcount:
                return None
        return Item(
            event=row.event,
            type=row.type,
            state=row.state,
            thread=row.thread,
            space=row.space,
            attempts=row.attempts,
            received=row.received,
            content=json.loads(row.content) if row.content else {},
            reply=json.loads(row.reply) if row.reply else {},
        )

    def next_due(self, state: str) -> Optional[float]:
        """When the next row in this state is due, or None when there is none."""
        with self._begin() as connection:
            due = connection.execute(sa.select(sa.func.min(events.c.due)).where(events.c.state == state)).scalar()
        return float(due) if due is not None else None

    def thread(self, name: str) -> Thread:
        """What is remembered of a thread."""
        with self._begin() as connection:
            row = connection.execute(sa.select(threads).where(threads.c.thread == name)).first()
        if row is None:
            return Thread()
        choices = tuple(json.loads(row.choices)) if row.choices else ()
        return Thread(row.introduced, row.reminded, row.warned, row.last_comment or "", choices)

    def decide(self, item: Item, reply: Optional[Dict[str, Any]], thread: Optional[Thread] = None) -> bool:
        """Keep what to post (None: nothing), and what to remember of the thread.

        False when the post or its author is gone meanwhile: then nothing is kept.
        """
        now = time.time()
        this = events.c.event == item.event
        with self._begin() as connection:
            row = connection.execute(sa.select(events.c.author, events.c.happened).where(this)).one()
            if self._is_unwanted(connection, item.thread, row.author, item.space, row.happened):
                self._finish(connection, this)
                return False
            if thread is not None:
                connection.execute(
                    threads.update()
                    .where(threads.c.thread == item.thread)
                    .values(
                        introduced=thread.introduced,
                        reminded=thread.reminded,
                        warned=thread.warned,
                        choices=json.dumps(thread.choices) if thread.choices else None,
                        touched=now,
                    )
                )
            if reply is None:
                self._finish(connection, this)
            else:
                kept = json.dumps(reply, ensure_ascii=False)
                ready = {"state": READY, "content": None, "reply": kept, "due": now, "leased": 0.0, "attempts": 0}
                connection.execute(events.update().where(this).values(**ready))
        return True

    def posted(self, item: Item, comment: str) -> None:
        """The reply is in the thread, as the platform's `comment`."""
        with self._begin() as connection:
            connection.execute(threads.update().where(threads.c.thread == item.thread).values(last_comment=comment))
            self._finish(connection, events.c.event == item.event)

    def drop(self, item: Item) -> None:
        """Nothing more is done with this event."""
        with self._begin() as connection:
            self._finish(connection, events.c.event == item.event)

    def try_again(self, item: Item, at: float) -> None:
        """Leave the row for a later time."""
        with self._begin() as connection:
            later = {"due": at, "leased": 0.0, "attempts": item.attempts + 1}
            connection.execute(events.update().where(events.c.event == item.event).values(**later))

    def forget(self, item: Item) -> List[str]:
        """Remove what is kept for a deleted post or a member who left; returns the conversations that must go too."""
        with self._begin() as connection:
            if item.type != MEMBER_LEFT:
                connection.execute(authors.delete().where(authors.c.thread == item.thread))
                return [item.thread]
            left = connection.execute(sa.select(events).where(events.c.event == item.event)).one()
            author = left.author
            wrote = sa.select(authors.c.thread).where((authors.c.author == author) & (authors.c.first <= left.happened))
            if item.space:
                wrote = wrote.join(threads, threads.c.thread == authors.c.thread).where(threads.c.space == item.space)
            gone = [row.thread for row in connection.execute(wrote)]
            for name in gone:
                connection.execute(authors.delete().where((authors.c.author == author) & (authors.c.thread == name)))
                connection.execute(threads.update().where(threads.c.thread == name).values(choices=None))
        return gone

    def pack(self) -> None:
        """On SQLite, make removed text leave the write-ahead log too. A busy database does it another time."""
        if self._engine is not None:
            empty_log(self._engine)

    @staticmethod
    def _finish(connection: Connection, where: Any) -> None:
        done = {"state": DONE, "content": None, "reply": None, "author": "", "leased": 0.0}
        connection.execute(events.update().where(where).values(**done))


def _free(now: float) -> Any:
    return events.c.leased <= now


def _hash_key(connection: Connection) -> bytes:
    """The key of the hashes: made once, kept here, so that it outlives a change of the keys of signatures."""
    found = connection.execute(sa.select(keys.c.key).where(keys.c.id == 1)).scalar()
    if found is None:
        found = secrets.token_hex(32)
        connection.execute(keys.insert(), {"id": 1, "key": found})
    return bytes.fromhex(found)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # Readers don't wait for the writer; a commit is on the disk before the platform hears that the event is kept;
    # removed text is overwritten.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").close()

"""The board's database: members and their regions, posts, comments, and the events that Koers must still hear of."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, make_url

KOERS = "koers"
"""The id of Koers as a member."""
MEMBERS = (
    ("klantmanager-friesland", "Klantmanager in Friesland", "professional", ("friesland",)),
    ("behandelaar-haaglanden", "Behandelaar in Haaglanden", "professional", ("haaglanden",)),
    ("ips-coach", "IPS-coach in Friesland en Drenthe", "professional", ("friesland", "drenthe")),
    ("arbeidsdeskundige", "Arbeidsdeskundige in Haaglanden", "professional", ("haaglanden",)),
)

metadata = sa.MetaData()
members = sa.Table(
    "member",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("left", sa.Boolean, nullable=False, default=False),
)
choices = sa.Table(
    "region_of_member",
    metadata,
    sa.Column("member", sa.String(128), primary_key=True),
    sa.Column("region", sa.String(60), primary_key=True),
)
posts = sa.Table(
    "post",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("space", sa.String(60), nullable=False),
    sa.Column("author", sa.String(128), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("deleted", sa.Boolean, nullable=False, default=False),
)
comments = sa.Table(
    "comment",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(128), nullable=False, unique=True),
    sa.Column("post", sa.String(128), nullable=False, index=True),
    sa.Column("author", sa.String(128), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("in_reply_to", sa.String(128)),
    sa.Column("idempotency_key", sa.String(200), unique=True),
)
deliveries = sa.Table(
    "delivery",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("event", sa.String(128), nullable=False, unique=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("status", sa.Integer, comment="what Koers answered; empty: still to be sent"),
)


class NoSuchThing(Exception):
    """There is no such member, space, post or comment, or this member may not see it."""


@dataclass(frozen=True)
class Comment:
    """A comment, and who wrote it."""

    id: str
    author: str
    name: str
    text: str
    created: float


@dataclass(frozen=True)
class Post:
    """A post, who wrote it, and how many comments it has."""

    id: str
    kind: str
    space: str
    author: str
    name: str
    text: str
    created: float
    comments: int = 0


class Board:
    """All that happens on the board; every change that Koers hears of is kept together with its event."""

    def __init__(self, url: str):
        is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._engine = sa.create_engine(
            url, future=True, connect_args={"check_same_thread": False, "timeout": 15} if is_sqlite else {}
        )
        if is_sqlite:
            sa.event.listen(
                self._engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode=WAL")
            )
        metadata.create_all(self._engine)
        with self._engine.begin() as connection:
            if connection.execute(sa.select(members.c.id)).first() is None:
                connection.execute(members.insert(), {"id": KOERS, "name": "Koers", "role": "professional"})
                for member, name, role, regions in MEMBERS:
                    self._join(connection, member, name, role, regions)

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    # ---------------------------------------------------------------------------------------------------- members

    def join(self, name: str, regions: Sequence[str], role: str = "professional") -> str:
        """A new member; its id."""
        member = f"lid-{secrets.token_hex(6)}"
        with self._engine.begin() as connection:
            self._join(connection, member, name, role, regions)
        return member

    @staticmethod
    def _join(connection: Connection, member: str, name: str, role: str, regions: Sequence[str]) -> None:
        connection.execute(members.insert(), {"id": member, "name": name, "role": role, "left": False})
        for region in regions:
            connection.execute(choices.insert(), {"member": member, "region": region})

    def members(self) -> List[Tuple[str, str]]:
        """Ids and names of the people who are there."""
        query = sa.select(members.c.id, members.c.name).where((members.c.id != KOERS) & ~members.c.left)
        with self._engine.connect() as connection:
            return [(row.id, row.name) for row in connection.execute(query.order_by(members.c.name))]

    def regions_of(self, member: str) -> List[str]:
        """The regions that a member chose."""
        with self._engine.connect() as connection:
            query = sa.select(choices.c.region).where(choices.c.member == member).order_by(choices.c.region)
            return list(connection.execute(query).scalars())

    def choose_regions(self, member: str, regions: Sequence[str]) -> None:
        """Choose which regions a member sees; Koers hears of the ones that are left."""
        with self._engine.begin() as connection:
            role = self._role(connection, member)
            query = sa.select(choices.c.region).where(choices.c.member == member)
            left = set(connection.execute(query).scalars()) - set(regions)
            connection.execute(choices.delete().where(choices.c.member == member))
            for region in sorted(set(regions)):
                connection.execute(choices.insert(), {"member": member, "region": region})
            for region in sorted(left):
                fields = {"author": {"id": member, "role": role}, "space": {"kind": "region", "id": region}}
                self._tell(connection, "member.left", fields)

    def leave(self, member: str) -> None:
        """A member leaves the app; what they wrote stays on the board."""
        with self._engine.begin() as connection:
            role = self._role(connection, member)
            connection.execute(members.update().where(members.c.id == member).values(left=True))
            self._tell(connection, "member.left", {"author": {"id": member, "role": role}})

    @staticmethod
    def _role(connection: Connection, member: str) -> str:
        query = sa.select(members.c.role).where((members.c.id == member) & ~members.c.left)
        role = connection.execute(query).scalar()
        if role is None or member == KOERS:
            raise NoSuchThing
        return str(role)

    # ------------------------------------------------------------------------------------------ posts and comments

    def posts(self, member: str, kind: Optional[str] = None, space: Optional[str] = None) -> List[Post]:
        """The posts that a member may see, the newest first."""
        count = sa.select(sa.func.count()).where(comments.c.post == posts.c.id).scalar_subquery()
        query = (
            sa.select(posts, members.c.name, count.label("comments"))
            .join(members, members.c.id == posts.c.author)
            .where(~posts.c.deleted & self._visible(member))
        )
        if kind and space:
            query = query.where((posts.c.kind == kind) & (posts.c.space == space))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(posts.c.created.desc()).limit(100))
            return [_post(row) for row in rows]

    @staticmethod
    def _visible(member: str) -> Any:
        mine = sa.select(choices.c.region).where(choices.c.member == member)
        return (posts.c.kind == "category") | posts.c.space.in_(mine)

    def post(self, member: str, post: str) -> Post:
        """One post. Raises `NoSuchThing` when the member may not see it."""
        query = sa.select(posts, members.c.name, sa.literal(0).label("comments")).join(
            members, members.c.id == posts.c.author
        )
        with self._engine.connect() as connection:
            row = connection.execute(
                query.where((posts.c.id == post) & ~posts.c.deleted & self._visible(member))
            ).first()
        if row is None:
            raise NoSuchThing
        return _post(row)

    def comments(self, post: str, after: int = 0) -> List[Comment]:
        """The comments of a post in the order in which they came, without the first `after`."""
        query = sa.select(comments, members.c.name).join(members, members.c.id == comments.c.author)
        query = query.where(comments.c.post == post).order_by(comments.c.position).offset(after).limit(500)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [Comment(row.id, row.author, row.name, row.text, row.created) for row in rows]

    def write(self, member: str, kind: str, space: str, text: str, tell: bool = True) -> str:
        """A new post; its id. `tell`: whether Koers hears of it. Raises `NoSuchThing`."""
        post = f"b-{secrets.token_hex(8)}"
        with self._engine.begin() as connection:
            role = self._role(connection, member)
            if kind == "region" and space not in self.regions_of(member):
                raise NoSuchThing
            now = time.time()
            row = {"id": post, "kind": kind, "space": space, "author": member, "text": text, "created": now}
            connection.execute(posts.insert(), row)
            if tell:
                self._tell(connection, "post.created", self._said(kind, space, post, member, role, text), now)
        return post

    def comment(self, member: str, post: str, text: str, in_reply_to: Optional[str] = None) -> str:
        """A member's comment; its id. Raises `NoSuchThing`."""
        seen = self.post(member, post)
        with self._engine.begin() as connection:
            role = self._role(connection, member)
            now = time.time()
            comment = self._add(connection, post, member, text, now, in_reply_to, None)
            fields = self._said(seen.kind, seen.space, post, member, role, text)
            fields["comment_id"] = comment
            if in_reply_to:
                fields["in_reply_to"] = in_reply_to
            self._tell(connection, "comment.created", fields, now)
        return comment

    def reply(self, post: str, text: str, key: str, in_reply_to: Optional[str] = None) -> Tuple[str, bool]:
        """Koers' comment: its id, and whether it is new. The same key gives the same comment. Raises `NoSuchThing`."""
        with self._engine.begin() as connection:
            before = connection.execute(sa.select(comments.c.id).where(comments.c.idempotency_key == key)).scalar()
            if before is not None:
                return str(before), False
            there = sa.select(posts.c.id).where((posts.c.id == post) & ~posts.c.deleted)
            if connection.execute(there).first() is None:
                raise NoSuchThing
            return self._add(connection, post, KOERS, text, time.time(), in_reply_to, key), True

    @staticmethod
    def _add(
        connection: Connection,
        post: str,
        author: str,
        text: str,
        now: float,
        in_reply_to: Optional[str],
        key: Optional[str],
    ) -> str:
        comment = f"r-{secrets.token_hex(8)}"
        row = {"id": comment, "post": post, "author": author, "text": text, "created": now}
        connection.execute(comments.insert(), {**row, "in_reply_to": in_reply_to, "idempotency_key": key})
        return comment

    def delete(self, member: str, post: str) -> None:
        """Delete one's own post with everything under it. Raises `NoSuchThing`."""
        seen = self.post(member, post)
        if seen.author != member:
            raise NoSuchThing
        with self._engine.begin() as connection:
            connection.execute(posts.update().where(posts.c.id == post).values(deleted=True, text=""))
            connection.execute(comments.delete().where(comments.c.post == post))
            fields = {"space": {"kind": seen.kind, "id": seen.space}, "thread_id": post}
            self._tell(connection, "post.deleted", fields)

    @staticmethod
    def _said(kind: str, space: str, post: str, member: str, role: str, text: str) -> Dict[str, Any]:
        return {
            "space": {"kind": kind, "id": space},
            "thread_id": post,
            "author": {"id": member, "role": role},
            "text": text,
            "mentions": [KOERS] if f"@{KOERS}" in text.casefold() else [],
        }

    # ----------------------------------------------------------------------------------------- events for Koers

    @staticmethod
    def _tell(connection: Connection, kind: str, fields: Dict[str, Any], now: Optional[float] = None) -> None:
        now = time.time() if now is None else now
        event = f"e-{secrets.token_hex(10)}"
        stamp = datetime.fromtimestamp(now, timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")
        body = json.dumps({"event_id": event, "type": kind, "time": stamp, **fields}, ensure_ascii=False)
        connection.execute(deliveries.insert(), {"event": event, "body": body, "due": now})

    def next_delivery(self) -> Optional[Tuple[str, bytes, int]]:
        """The first event that must still be sent, with how often that failed: events go in order."""
        query = sa.select(deliveries).where(deliveries.c.status.is_(None)).order_by(deliveries.c.position).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return (row.event, row.body.encode(), row.attempts) if row is not None and row.due <= time.time() else None

    def delivered(self, event: str, status: int) -> None:
        """Koers took the event, or said that sending it again will not help."""
        with self._engine.begin() as connection:
            connection.execute(deliveries.update().where(deliveries.c.event == event).values(status=status, body=""))

    def deliver_later(self, event: str, seconds: float) -> None:
        """Koers couldn't be reached."""
        with self._engine.begin() as connection:
            later = {"due": time.time() + seconds, "attempts": deliveries.c.attempts + 1}
            connection.execute(deliveries.update().where(deliveries.c.event == event).values(**later))


def _post(row: Any) -> Post:
    return Post(row.id, row.kind, row.space, row.author, row.name, row.text, row.created, row.comments)

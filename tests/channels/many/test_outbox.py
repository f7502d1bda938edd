"""The outbox on a real database: each event once, each thread in order, and no text longer than it is needed."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Iterator

import pytest

from bot.channels.many.events import Event, parse
from bot.channels.many.outbox import READY, WAIT_FOR_POST, WAITING, Item, Kept, Outbox, Thread
from bot.channels.many.worker import LONGEST_PAUSE, pause
from bot.safety.retention import remove_old
from tests.channels.many.community import as_body, event

DAY = 24 * 3600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gesprekken.db"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    box = Outbox(f"sqlite:///{path}")
    yield box
    box.close()


def incoming(kind: str = "post.created", **fields: Any) -> Event:
    return parse(as_body(event(kind, **fields)))


def keep(outbox: Outbox, one: Event) -> Kept:
    return outbox.keep(one, {"text": "gemaskeerde tekst", "thread": one.thread} if one.text else {})


def take(outbox: Outbox, state: str = WAITING, now: float | None = None) -> Item:
    item = outbox.take(state, now)
    assert item is not None
    return item


def test_an_event_is_kept_once(outbox: Outbox) -> None:
    one = incoming()
    assert [keep(outbox, one), keep(outbox, one)] == [Kept.ACCEPTED, Kept.KNOWN]
    assert take(outbox).event == one.id
    assert outbox.take(WAITING) is None, "it is taken"


def test_a_taken_event_is_free_again_when_a_killed_server_starts_anew(outbox: Outbox, path: Path) -> None:
    keep(outbox, incoming())
    first = take(outbox)
    again = Outbox(f"sqlite:///{path}")
    again.open()
    assert take(again).event == first.event
    again.close()


def test_a_thread_goes_in_the_order_in_which_things_were_said(outbox: Outbox) -> None:
    post = incoming(time="2026-01-01T10:00:00Z")
    later, sooner = (
        incoming("comment.created", thread_id=post.thread, comment_id=f"r-{hour}", time=f"2026-01-01T{hour}:00:00Z")
        for hour in (12, 11)
    )
    for one in (post, later, sooner):
        keep(outbox, one)
    first = take(outbox)
    assert first.event == post.id
    assert outbox.take(WAITING) is None, "the rest of the thread waits"
    assert outbox.decide(first, None)
    second = take(outbox)
    assert second.event == sooner.id
    outbox.drop(second)
    assert take(outbox).event == later.id


def test_a_comment_waits_a_while_for_its_post(outbox: Outbox) -> None:
    comment = incoming("comment.created", comment_id="r-1")
    keep(outbox, comment)
    assert outbox.take(WAITING) is None
    assert take(outbox, now=time.time() + WAIT_FOR_POST + 1).event == comment.id


def test_nothing_of_a_text_stays_once_it_is_handled(outbox: Outbox, path: Path) -> None:
    keep(outbox, incoming())
    item = take(outbox)
    assert outbox.decide(item, {"thread": "b-1", "text": "een antwoord"}, Thread(choices=('/choose{"answer":"a/b"}',)))
    ready = take(outbox, READY)
    assert ready.reply["text"] == "een antwoord" and ready.content == {}
    outbox.posted(ready, "r-9")
    outbox.pack()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"gemaskeerde tekst" not in everything and b"een antwoord" not in everything
    assert outbox.thread(ready.thread).last_comment == "r-9"


def test_members_and_threads_are_not_to_be_recognised(outbox: Outbox, path: Path) -> None:
    one = incoming(author={"id": "lid-geheim", "role": "professional"})
    keep(outbox, one)
    rows = sqlite3.connect(path).execute("SELECT thread, author FROM koers_many_event").fetchall()
    assert one.thread not in str(rows) and "lid-geheim" not in str(rows)
    other = Outbox("sqlite://")
    other.open()
    assert other.thread_name(one.space, one.thread) != outbox.thread_name(one.space, one.thread), "each has its own key"
    other.close()


def test_a_post_that_goes_while_it_is_being_handled_gets_no_reply(outbox: Outbox) -> None:
    one = incoming()
    keep(outbox, one)
    item = take(outbox)
    keep(outbox, incoming("post.deleted", thread_id=one.thread, text=None, author=None, mentions=None))
    assert not outbox.decide(item, {"text": "te laat"})
    assert outbox.take(READY) is None


def test_a_member_who_left_is_forgotten_and_may_come_back(outbox: Outbox) -> None:
    author = {"id": "lid-7", "role": "professional"}
    before = incoming(author=author, time="2026-01-01T10:00:00Z")
    late = incoming(author=author, time="2026-01-01T11:00:00Z")
    back = incoming(author=author, time="2026-01-03T10:00:00Z")
    left = incoming("member.left", author=author, time="2026-01-02T10:00:00Z", space=None, thread_id=None, text=None)
    keep(outbox, before)
    outbox.decide(take(outbox), None)
    for one in (left, late, back):
        assert keep(outbox, one) is Kept.ACCEPTED
    leaving = take(outbox)
    assert outbox.forget(leaving) == [outbox.thread_name(before.space, before.thread)]
    outbox.drop(leaving)
    assert take(outbox).event == back.id, "what they wrote before they left isn't handled any more"


def test_who_leaves_one_region_is_forgotten_there_only(outbox: Outbox) -> None:
    author = {"id": "lid-8", "role": "professional"}
    places = [{"kind": "region", "id": "friesland"}, {"kind": "region", "id": "zeeland"}]
    here, there = (incoming(author=author, space=place) for place in places)
    for one in (here, there):
        keep(outbox, one)
        outbox.decide(take(outbox), None)
    keep(outbox, incoming("member.left", author=author, space=places[0], thread_id=None, text=None))
    assert outbox.forget(take(outbox)) == [outbox.thread_name(here.space, here.thread)]


def test_old_rows_go_with_the_old_conversations(outbox: Outbox, path: Path) -> None:
    url = f"sqlite:///{path}"
    now = time.time()
    outbox.keep(incoming(), {"text": "oud"}, now=now - 31 * DAY)
    outbox.keep(incoming(), {"text": "nieuw"}, now=now)
    remove_old(url, 30, now)
    left = sqlite3.connect(path).execute("SELECT content FROM koers_many_event").fetchall()
    assert len(left) == 1 and "nieuw" in left[0][0]
    for table in ("thread", "author"):
        assert sqlite3.connect(path).execute(f"SELECT count(*) FROM koers_many_{table}").fetchone() == (1,)


def test_pauses_grow_up_to_a_limit_and_differ() -> None:
    assert pause(0) <= 1 and pause(3) > pause(0)
    assert LONGEST_PAUSE / 2 <= pause(1000) <= LONGEST_PAUSE
    assert len({pause(5) for _ in range(20)}) > 1

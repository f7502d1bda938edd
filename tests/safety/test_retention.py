"""Removing conversations, on a real database made by Rasa's own table definition."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest

from bot.safety.retention import forget, main, remove_old

DAY = 24 * 60 * 60
NOW = 1_800_000_000.0
SCHEMA = """
create table events (
    id integer primary key, sender_id varchar(255) not null, type_name varchar(255) not null, timestamp float,
    intent_name varchar(255), action_name varchar(255), data text
)
"""


class Conversations:
    """A tracker store's file with conversations in it."""

    def __init__(self, path: Path, journal: str = "delete"):
        self.path = path
        self.url = f"sqlite:///{path}"
        with self._open() as database:
            database.execute(f"pragma journal_mode = {journal}")
            database.execute(SCHEMA)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path)

    def add(self, sender: str, *days_ago: float, text: str = "hallo", now: float = NOW) -> None:
        with self._open() as database:
            for days in days_ago:
                database.execute(
                    "insert into events (sender_id, type_name, timestamp, data) values (?, 'user', ?, ?)",
                    (sender, now - days * DAY, json.dumps({"text": text})),
                )

    def senders(self) -> list[str]:
        with self._open() as database:
            return [row[0] for row in database.execute("select distinct sender_id from events order by 1")]

    def bytes_on_disk(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.path.parent.glob(self.path.name + "*"))


@pytest.fixture(params=["delete", "wal"])
def conversations(request: pytest.FixtureRequest, tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "conversations.db", request.param)


def test_a_conversation_goes_when_its_last_event_is_older_than_the_limit(conversations):
    conversations.add("oud", 40, 31)
    conversations.add("nieuw", 3)
    assert remove_old(conversations.url, 30, now=NOW) == 1
    assert conversations.senders() == ["nieuw"]


def test_a_conversation_that_still_goes_on_keeps_its_old_events(conversations):
    conversations.add("lang", 90, 60, 29)
    assert remove_old(conversations.url, 30, now=NOW) == 0
    assert conversations.senders() == ["lang"]


def test_removed_text_is_gone_from_the_files(conversations):
    conversations.add("oud", 31, text="ik vertel over mijn psychose " * 300)
    conversations.add("nieuw", 1)
    assert b"psychose" in conversations.bytes_on_disk()
    remove_old(conversations.url, 30, now=NOW)
    assert b"psychose" not in conversations.bytes_on_disk()


def test_forgetting_removes_one_conversation_and_its_text(conversations):
    conversations.add("mij", 0, text="mijn geheim " * 500)
    conversations.add("jou", 0)
    assert forget(conversations.url, "mij")
    assert conversations.senders() == ["jou"]
    assert b"geheim" not in conversations.bytes_on_disk()


def test_forgetting_someone_unknown_changes_nothing(conversations):
    conversations.add("jou", 0)
    assert not forget(conversations.url, "mij")
    assert not forget(conversations.url, "%' or 1=1 --")
    assert conversations.senders() == ["jou"]


def test_removing_works_while_the_assistant_has_the_database_open(conversations):
    conversations.add("oud", 31)
    conversations.add("nieuw", 1)
    with sqlite3.connect(conversations.path) as reader:
        assert reader.execute("select count(*) from events").fetchone() == (2,)
        assert remove_old(conversations.url, 30, now=NOW) == 1
        assert reader.execute("select count(*) from events").fetchone() == (1,)


def test_no_database_yet_is_nothing_to_remove_and_makes_no_file(tmp_path):
    url = f"sqlite:///{tmp_path / 'nog-niet.db'}"
    assert remove_old(url, 30) == 0
    assert not forget(url, "mij")
    assert list(tmp_path.iterdir()) == []


def test_a_negative_number_of_days_is_refused(conversations):
    with pytest.raises(ValueError):
        remove_old(conversations.url, -1)


def test_the_command_says_how_many_it_removed(conversations, monkeypatch, capsys):
    conversations.add("oud", 31, now=time.time())
    conversations.add("nieuw", 1, now=time.time())
    monkeypatch.setenv("KOERS_CONVERSATIONS_URL", conversations.url)
    assert main([]) == 0
    assert capsys.readouterr().out == "1 gesprek ouder dan 30 dagen verwijderd.\n"
    assert conversations.senders() == ["nieuw"]


def test_the_command_hides_the_address_when_the_database_cannot_be_read(tmp_path, monkeypatch, capsys):
    broken = tmp_path / "conversations.db"
    broken.write_bytes(b"this is no database, geheim " * 100)
    monkeypatch.setenv("KOERS_CONVERSATIONS_URL", f"sqlite:///{broken}")
    assert main([]) == 1
    shown = capsys.readouterr().err
    assert "niets verwijderd" in shown and str(broken) not in shown

"""What people leave behind: masked, without sender, as a day, and not for ever."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot import records
from bot.channels.feedback import parse_feedback
from bot.operations.migrate import migrate
from bot.records import Records
from tests.assistant import Assistant


def records_in(folder: Path) -> Records:
    url = f"sqlite:///{folder / 'r.db'}"
    migrate(url)
    return Records(url)


TODAY = datetime.date(2026, 5, 4)


def rows(path: Path, table: str) -> list:
    with sqlite3.connect(path) as database:
        return database.execute(f"SELECT * FROM {table}").fetchall()


def test_a_question_and_a_judgement_are_kept_with_a_day_only(tmp_path: Path) -> None:
    store = records_in(tmp_path)
    store.keep_unanswered("wat is de zin van [naam]", "client", "website", TODAY)
    store.keep_feedback("ips/wat", "up", "", TODAY)
    assert rows(tmp_path / "r.db", "koers_unanswered") == [
        (1, "2026-05-04", "wat is de zin van [naam]", "client", "website")
    ]
    assert rows(tmp_path / "r.db", "koers_feedback") == [(1, "2026-05-04", "ips/wat", "up", None, None)]


def test_what_is_older_than_the_set_time_goes_from_the_file_too(tmp_path: Path) -> None:
    store = records_in(tmp_path)
    store.keep_unanswered("oude vraag hortensia", None, "website", TODAY - datetime.timedelta(days=366))
    store.keep_unanswered("nieuwe vraag", None, "website", TODAY)
    assert store.remove_old(365, TODAY) == 1
    assert [row[2] for row in rows(tmp_path / "r.db", "koers_unanswered")] == ["nieuwe vraag"]
    assert b"hortensia" not in (tmp_path / "r.db").read_bytes()


def test_junk_does_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_ROWS", 5)
    monkeypatch.setattr(records, "_CHECK_EVERY", 2)
    store = records_in(tmp_path)
    for number in range(21):
        store.keep_unanswered(f"vraag {number} " + "x" * 2000, None, "website", TODAY)
    kept = rows(tmp_path / "r.db", "koers_unanswered")
    assert len(kept) <= 6 and kept[-1][2].startswith("vraag 20")
    assert all(len(row[2]) <= records.MAX_TEXT for row in kept)


def test_a_database_that_can_not_be_used_is_an_error_that_callers_know(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_bytes(b"this is no database " * 100)
    with pytest.raises(SQLAlchemyError):
        Records(f"sqlite:///{tmp_path / 'r.db'}").keep_feedback(None, "up", "", TODAY)


def test_no_column_can_hold_a_sender_or_a_time() -> None:
    for table in records.metadata.tables.values():
        assert not {"sender", "sender_id", "ip", "timestamp", "time"} & set(table.columns.keys())
        assert not any(isinstance(column.type, sa.DateTime) for column in table.columns)


def test_half_a_character_in_a_comment_is_kept_as_a_question_mark() -> None:
    assert parse_feedback(b'{"rating": "up", "comment": "goed \\ud83d"}').comment == "goed ?"


def test_a_question_without_an_answer_is_kept_masked_and_without_sender(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    reply = conversation.says("welke kleur heeft de maan op de foto van mevrouw Zwaluwstaart")
    assert "no_answer" in reply.kinds
    kept = [row for row in rows(Path(assistant.folder) / "conversations.db", "koers_unanswered") if "kleur" in row[2]]
    assert len(kept) == 1
    assert "[naam]" in kept[0][2] and "Zwaluwstaart" not in str(kept[0]) and conversation.sender not in str(kept[0])
    assert kept[0][3:] == ("professional", "website")


def test_a_message_in_danger_is_no_unanswered_question(assistant: Assistant) -> None:
    assistant.conversation("client").says("ik heb een touw gekocht en hang me op aan de pergola")
    assert not any(
        "pergola" in str(row) for row in rows(Path(assistant.folder) / "conversations.db", "koers_unanswered")
    )

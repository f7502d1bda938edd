"""Migrations, counts and the editors' report, on SQLite and, where it is installed, PostgreSQL."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any, Dict, Iterator, List, Sequence

import numpy as np
import pytest
import sqlalchemy as sa
from prometheus_client import REGISTRY

from bot import records
from bot.channels.many import outbox
from bot.nlu.encoder import shared_encoder
from bot.operations import metrics
from bot.operations.counts import Counts, week_of
from bot.operations.migrate import migrate
from bot.operations.reports import figures, page
from bot.operations.reports.__main__ import main
from deploy.processes.cluster import Postgres, missing_engines
from tests.operations.conftest import open_folder

MONDAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    if "postgres" in missing_engines():
        pytest.skip("not installed: postgres; 'sh deploy/processes/install.sh' installs it")
    with open_folder() as folder:
        server = Postgres(folder / "server")
        server.create()
        yield server.url
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'people.db'}"
    address: str = request.getfixturevalue("postgres")
    with sa.create_engine(address, future=True).begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    return address


def tables(url: str) -> List[str]:
    return sorted(sa.inspect(sa.create_engine(url)).get_table_names())


def counted(url: str) -> Dict[tuple, int]:
    with sa.create_engine(url, future=True).connect() as connection:
        rows = connection.execute(sa.text("SELECT week, kind, topic, region, turns FROM koers_count")).all()
    return {tuple(row)[:-1]: row.turns for row in rows}


def reply(kind: str, *topics: str) -> List[Dict[str, Any]]:
    return [{"custom": {"notice": "introduction"}}, {"custom": {"kind": kind, "topics": list(topics), "facet": "wat"}}]


def test_migrating_twice_is_migrating_once(url: str) -> None:
    migrate(url)
    first = tables(url)
    migrate(url)
    assert tables(url) == first and {"koers_feedback", "koers_count", "koers_unanswered"} <= set(first)


def test_the_migrations_make_what_the_code_expects(url: str) -> None:
    migrate(url)
    there = sa.inspect(sa.create_engine(url))
    for table in (*outbox.metadata.sorted_tables, *records.metadata.sorted_tables):
        assert {column["name"] for column in there.get_columns(table.name)} == set(table.columns.keys()), table.name


def test_the_outbox_is_counted_when_it_is_asked_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'people.db'}"
    migrate(url)
    row = {"type": "post", "thread": "t", "author": "a", "space": "s", "happened": 0.0, "received": 0.0, "due": 0.0}
    with sa.create_engine(url, future=True).begin() as connection:
        for state in ("waiting", "ready", "done"):
            connection.execute(outbox.events.insert(), {**row, "event": state, "state": state})
    metrics.watch_outbox(url)
    assert REGISTRY.get_sample_value("koers_outbox_queue") == 2


def test_a_database_from_before_the_migrations_keeps_what_it_holds(url: str) -> None:
    with sa.create_engine(url, future=True).begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE koers_feedback (id INTEGER PRIMARY KEY, day VARCHAR(10) NOT NULL, answer VARCHAR(160),"
            " rating VARCHAR(10) NOT NULL, comment TEXT)"
        )
        connection.exec_driver_sql("INSERT INTO koers_feedback VALUES (1, '2026-11-01', 'ips/wat', 'up', NULL)")
    migrate(url)
    with sa.create_engine(url, future=True).connect() as connection:
        assert connection.execute(sa.text("SELECT answer FROM koers_feedback")).scalar() == "ips/wat"


def test_counts_of_several_replicas_add_up(url: str) -> None:
    migrate(url)
    replicas = [Counts(url, {"amersfoort": "amersfoort"}), Counts(url, {"amersfoort": "amersfoort"})]
    for counts in replicas:
        counts.add("website", reply("answer", "ips"), "Amersfoort", MONDAY)
        counts.add("website", reply("answer", "ips"), "Amersfoort", date(2026, 11, 22))
        counts.flush()
    replicas[0].flush()
    assert counted(url) == {("2026-11-16", "answer", "ips", "amersfoort"): 4}


def test_a_place_that_is_no_known_name_is_not_kept(url: str) -> None:
    migrate(url)
    counts = Counts(url, {"amersfoort": "amersfoort"})
    counts.add("website", reply("no_answer"), "Jan de Vries, Dorpsstraat 1", MONDAY)
    counts.flush()
    assert counted(url) == {("2026-11-16", "no_answer", "", ""): 1}


def test_counts_wait_while_the_database_is_away(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'later.db'}"
    counts = Counts(url)
    counts.add("website", reply("answer", "ips"), None, MONDAY)
    counts.flush()
    migrate(url)
    counts.flush()
    assert sum(counted(url).values()) == 1


def test_a_week_begins_on_monday() -> None:
    assert [week_of(date(2026, 11, day)) for day in (15, 16, 22)] == ["2026-11-09", "2026-11-16", "2026-11-16"]


class FixedEncoder:
    """Vectors that the test chooses: one direction a subject."""

    name, dimension = "fixed", 3

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        subjects = ("parkeer", "toeslag")
        return np.array(
            [[subject in text for subject in subjects] + [not any(s in text for s in subjects)] for text in texts],
            dtype=np.float32,
        )


def test_questions_about_the_same_are_taken_together_largest_first() -> None:
    asked = [("parkeerkaart?", "2026-11-01"), ("krijg ik toeslag", "2026-11-02"), ("waar parkeer ik", "2026-11-03")]
    groups = figures.group(asked, FixedEncoder())  # type: ignore[arg-type]
    assert [group.size for group in groups] == [2, 1]
    assert (groups[0].first, groups[0].last) == ("2026-11-01", "2026-11-03")


def test_the_real_vectors_tell_subjects_apart() -> None:
    same = [
        "hoe vraag ik een parkeerkaart aan",
        "waar krijg ik een gehandicaptenparkeerkaart",
        "parkeerkaart aanvragen",
    ]
    other = ["krijg ik zorgtoeslag in de ziektewet", "hoeveel zorgtoeslag krijg ik"]
    groups = figures.group([(text, "2026-11-01") for text in (*same, *other)], shared_encoder())
    assert [sorted([group.question, *group.others]) for group in groups] == [sorted(same), sorted(other)]


@pytest.fixture
def filled(url: str) -> str:
    """A database with some weeks of use."""
    migrate(url)
    counts = Counts(url, {"zwolle": "regio-zwolle"})
    for _ in range(6):
        counts.add("website", reply("answer", "ips"), "Zwolle", MONDAY)
        counts.add("website", reply("no_answer", "wgb"), None, date(2026, 11, 9))
    counts.add("website", reply("answer", "zeldzaam"), None, MONDAY)
    counts.flush()
    engine = sa.create_engine(url, future=True)
    with engine.begin() as connection:
        insert = sa.text(
            "INSERT INTO koers_unanswered (id, day, question, channel) VALUES (:id, '2026-11-17', :question, 'website')"
        )
        for number, question in enumerate(["=parkeerkaart?", "waar parkeer ik <b>", "iets anders"], 1):
            connection.execute(insert, {"id": number, "question": question})
        judge = sa.text("INSERT INTO koers_feedback (id, day, answer, rating, comment) VALUES (:id, :day, :a, :r, :c)")
        for number, rating in enumerate(["down", "down", "up"], 1):
            row = {
                "id": number,
                "day": "2026-11-17",
                "a": "ips/wat",
                "r": rating,
                "c": "te lang" if number == 1 else None,
            }
            connection.execute(judge, row)
    return url


def test_the_report_says_what_to_write_next(filled: str, tmp_path: Path) -> None:
    found = figures.read(filled, "2026-11-01", FixedEncoder())  # type: ignore[arg-type]
    path = page.write(found, tmp_path / "report", date(2026, 11, 1), {"ips": "IPS", "regio-zwolle": "Regio Zwolle"})
    text = path.read_text()
    assert found.turns == 13 and round(found.share("no_answer"), 2) == 0.46
    assert text.index("schrijf dit eerst") < text.index("waar parkeer ik &lt;b&gt;") < text.index("Duim omlaag")
    assert "te lang" in text and text.count("<svg") == 4 and "Regio Zwolle" in text
    # One turn could be one person.
    assert "zeldzaam" not in text
    for file in tmp_path.glob("report/*.csv"):
        assert "zeldzaam" not in file.read_text()
    with (tmp_path / "report" / "onbeantwoorde-vragen.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["keer"] == "2" and {rows[0]["vraag"], rows[0]["ook"]} == {"'=parkeerkaart?", "waar parkeer ik <b>"}
    with (tmp_path / "report" / "onderwerpen-per-regio.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file)) == [["region", "topic", "turns"], ["Regio Zwolle", "IPS", "6"]]


def test_the_report_of_an_empty_database_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOERS_CONVERSATIONS_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    assert main(["--map", str(tmp_path / "report")]) == 0
    assert "Rapport over 0 beurten" in capsys.readouterr().out
    assert "is er niets geteld" in (tmp_path / "report" / "rapport.html").read_text()

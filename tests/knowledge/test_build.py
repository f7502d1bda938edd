"""The knowledge base is replaced as a whole or not at all, and only when something changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest
from sqlalchemy import event, inspect, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from knowledge.__main__ import main
from knowledge.build import build, current_version
from knowledge.queries import Knowledge
from knowledge.reader import Content, ContentError, Problem, fingerprint, read_content
from knowledge.tables import metadata, open_database

SOURCE = """\
bron: blad
titel: Een blad
uitgever: Een uitgever
datum: 2020-05-04
"""


def topic(slug: str, says: str = "Dit is het antwoord.") -> str:
    return f"""\
onderwerp: {slug}
naam: {slug.title()}
soort: begrip
samenvatting: Iets over {slug}.
antwoorden:
  - id: wat
    facet: wat
    vraag: Wat is {slug}?
    client: {says}
    professional: {says}
    bronnen:
      - bron: blad
        plaats: Voorpagina
    stand: 2020-05
    voorbeelden:
      haast: [{slug} uitleg]
"""


Write = Callable[..., Path]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new database, which the command line uses as well."""
    address = f"sqlite:///{tmp_path / 'knowledge.db'}"
    monkeypatch.setenv("KOERS_KNOWLEDGE_URL", address)
    return address


@pytest.fixture
def engine(url: str) -> Engine:
    return open_database(url)


def everything(engine: Engine) -> Dict[str, List[Any]]:
    """All rows of all tables."""
    with engine.connect() as connection:
        return {table.name: list(connection.execute(table.select())) for table in metadata.sorted_tables}


def says(engine: Engine, slug: str) -> str:
    found = Knowledge(engine=engine).answer(f"{slug}/wat")
    assert found is not None
    return found.text


def test_a_build_serves_the_content(engine: Engine, write: Write) -> None:
    build(engine, read_content(write(bron=SOURCE, ips=topic("ips"))), "een")
    assert says(engine, "ips") == "Dit is het antwoord."
    assert current_version(engine) == "een"


def test_a_build_replaces_all_that_was_there(engine: Engine, write: Write) -> None:
    build(engine, read_content(write(bron=SOURCE, ips=topic("ips"), wgb=topic("wgb"))), "een")
    folder = write(ips=topic("ips", says="Nu anders."))
    (folder / "wgb.yml").unlink()
    build(engine, read_content(folder), "twee")
    assert [found.slug for found in Knowledge(engine=engine).topics()] == ["ips"]
    assert says(engine, "ips") == "Nu anders."
    assert Knowledge(engine=engine).version() == "twee"


def test_there_is_no_version_before_the_first_build(engine: Engine) -> None:
    assert current_version(engine) is None


def test_content_with_mistakes_changes_nothing(engine: Engine, write: Write) -> None:
    build(engine, read_content(write(bron=SOURCE, ips=topic("ips"))), "een")
    before = everything(engine)
    broken = Content(problems=[Problem("x.yml", 3, "dit klopt niet")])
    with pytest.raises(ContentError, match=r"x\.yml, regel 3: dit klopt niet"):
        build(engine, broken, "twee")
    assert everything(engine) == before


def test_a_build_that_fails_halfway_changes_nothing(engine: Engine, write: Write) -> None:
    good = read_content(write(bron=SOURCE, ips=topic("ips")))
    build(engine, good, "een")
    before = everything(engine)
    twice = Content(sources=good.sources, topics=[*good.topics, *good.topics])
    with pytest.raises(IntegrityError):
        build(engine, twice, "twee")
    assert everything(engine) == before


def test_readers_see_the_old_knowledge_base_until_the_new_one_is_complete(
    engine: Engine, url: str, write: Write
) -> None:
    folder = write(bron=SOURCE, ips=topic("ips", says="Oud."))
    build(engine, read_content(folder), "een")
    reader = open_database(url)
    seen: List[str] = []

    @event.listens_for(engine, "commit")
    def _read_just_before_the_commit(_: Any) -> None:
        seen.append(f"{current_version(reader)}: {says(reader, 'ips')}")

    write_again = folder / "ips.yml"
    write_again.write_text(topic("ips", says="Nieuw."), encoding="utf-8")
    build(engine, read_content(folder), "twee")
    assert seen == ["een: Oud."]
    assert says(reader, "ips") == "Nieuw."


def test_a_reader_in_the_middle_of_a_read_keeps_its_version(engine: Engine, url: str, write: Write) -> None:
    folder = write(bron=SOURCE, ips=topic("ips", says="Oud."))
    build(engine, read_content(folder), "een")
    query = text("select client from knowledge_answer")
    with open_database(url).connect() as reading:
        assert reading.execute(query).scalar() == "Oud."
        (folder / "ips.yml").write_text(topic("ips", says="Nieuw."), encoding="utf-8")
        build(engine, read_content(folder), "twee")
        assert reading.execute(query).scalar() == "Oud."


def test_tables_of_an_older_koers_are_made_anew(engine: Engine, write: Write) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table knowledge_topic (slug text, colour text)"))
        connection.execute(text("insert into knowledge_topic values ('oud', 'groen')"))
    build(engine, read_content(write(bron=SOURCE, ips=topic("ips"))), "een")
    assert "colour" not in {column["name"] for column in inspect(engine).get_columns("knowledge_topic")}
    assert [found.slug for found in Knowledge(engine=engine).topics()] == ["ips"]


def test_the_fingerprint_follows_the_content(write: Write) -> None:
    folder = write(bron=SOURCE, ips=topic("ips"))
    first = fingerprint(folder)
    assert fingerprint(folder) == first
    write_comment = (folder / "ips.yml").read_text(encoding="utf-8") + "# een opmerking\n"
    (folder / "ips.yml").write_text(write_comment, encoding="utf-8")
    second = fingerprint(folder)
    (folder / "ips.yml").rename(folder / "ips-nieuw.yml")
    assert len({first, second, fingerprint(folder)}) == 3


# --- python -m knowledge ---------------------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> int:
    return main([*arguments, "--content", str(folder)])


def test_the_command_builds_and_counts(url: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(bron=SOURCE, ips=topic("ips"), wgb=topic("wgb"))) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Kennisbank gebouwd (versie ")
    assert [line.split() for line in lines[1:5]] == [
        ["2", "onderwerpen"],
        ["2", "antwoorden"],
        ["2", "voorbeeldvragen"],
        ["1", "bronnen"],
    ]
    assert "Kwaliteit van de inhoud:" in lines


def test_a_second_run_with_nothing_changed_builds_nothing(
    url: str, engine: Engine, write: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(bron=SOURCE, ips=topic("ips"))
    run(folder)
    monkeypatch.setattr("knowledge.__main__.read_content", lambda _: pytest.fail("nothing changed: nothing to read"))
    capsys.readouterr()
    assert run(folder) == 0
    assert capsys.readouterr().out.startswith(f"De kennisbank is bij (versie {current_version(engine)}).")


def test_force_builds_although_nothing_changed(url: str, engine: Engine, write: Write) -> None:
    folder = write(bron=SOURCE, ips=topic("ips"))
    run(folder)
    with engine.begin() as connection:
        connection.execute(text("update knowledge_answer set client = 'verknoeid'"))
    run(folder)
    assert says(engine, "ips") == "verknoeid"
    run(folder, "--force")
    assert says(engine, "ips") == "Dit is het antwoord."


def test_the_command_keeps_the_old_knowledge_base_when_the_content_is_broken(
    url: str, engine: Engine, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(bron=SOURCE, ips=topic("ips"))
    run(folder)
    before = everything(engine)
    (folder / "ips.yml").write_text(topic("ips").replace("facet: wat", "facet: hoe"), encoding="utf-8")
    assert run(folder) == 1
    assert everything(engine) == before
    said = capsys.readouterr().err
    assert "ips.yml, regel 7: antwoorden > 1 > facet: 'hoe' kennen we niet." in said
    assert said.endswith("1 fout(en) in de kennisbank.\nEr is niets gebouwd; de vorige kennisbank blijft in gebruik.\n")


def test_check_builds_nothing(url: str, engine: Engine, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(bron=SOURCE, ips=topic("ips")), "check") == 0
    assert capsys.readouterr().out == "De inhoud van de kennisbank klopt.\n"
    assert current_version(engine) is None


def test_strict_builds_nothing_that_must_never_land(
    url: str, engine: Engine, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(bron=SOURCE, ips=topic("ips", says="Je moet je melden."))
    assert run(folder, "--strict") == 1
    assert current_version(engine) is None
    assert "ips/wat > client: hier staat 'je moet'." in capsys.readouterr().err
    assert run(folder) == 0
    assert says(engine, "ips") == "Je moet je melden."

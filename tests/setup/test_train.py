"""A model is never stamped with content that it didn't read."""

from __future__ import annotations

from pathlib import Path
from typing import List

import pytest

from bot import train
from knowledge.build import current_version
from knowledge.reader import fingerprint
from knowledge.tables import open_database


@pytest.fixture
def trained_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> List[object]:
    """The version of the knowledge base at each training; nothing is really trained, and the database is a new one."""
    url = f"sqlite:///{tmp_path / 'knowledge.db'}"
    monkeypatch.setenv("KOERS_KNOWLEDGE_URL", url)
    versions: List[object] = []
    monkeypatch.setattr(train, "train", lambda: versions.append(current_version(open_database(url))))
    return versions


def test_a_knowledge_base_that_is_older_than_the_content_is_built_first(
    trained_with: List[object], capsys: pytest.CaptureFixture
) -> None:
    assert train.main(["--force"]) == 0
    assert trained_with == [fingerprint()]
    assert "wordt eerst gebouwd" in capsys.readouterr().out
    assert train.main(["--force"]) == 0
    assert "wordt eerst gebouwd" not in capsys.readouterr().out


def test_content_with_mistakes_trains_nothing_and_says_so(
    trained_with: List[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(train, "knowledge", lambda _: 1)
    assert train.main(["--force"]) == 1
    assert trained_with == [] and "Verbeter de fouten" in capsys.readouterr().err


def test_a_knowledge_base_that_can_not_be_read_trains_nothing(
    trained_with: List[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("KOERS_KNOWLEDGE_URL", "postgresql://k:geheim@127.0.0.1:1/k")
    assert train.main(["--force"]) == 1
    said = capsys.readouterr().err
    assert trained_with == [] and "antwoordt niet" in said and "geheim" not in said

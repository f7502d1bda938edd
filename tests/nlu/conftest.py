"""The content of the knowledge base as it is, for all tests of understanding."""

from __future__ import annotations

import pytest

from knowledge.build import build
from knowledge.queries import Knowledge, Snapshot
from knowledge.reader import read_content
from knowledge.tables import open_database


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('content') / 'knowledge.db'}")
    build(engine, read_content(), "test")
    return Knowledge(engine=engine).snapshot()

"""The content of the knowledge base as it is, for all tests of understanding."""

from __future__ import annotations

import pytest

from bot.nlu.encoder import shared_encoder
from bot.nlu.reader import Reader
from bot.settings import Settings
from knowledge.build import build
from knowledge.queries import Knowledge, Snapshot
from knowledge.reader import read_content
from knowledge.tables import open_database
from tests.trained import trained


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('content') / 'knowledge.db'}")
    build(engine, read_content(), "test")
    return Knowledge(engine=engine).snapshot()


@pytest.fixture(scope="session")
def reader(content: Snapshot) -> Reader:
    """A reader of the whole content, with what the trained model has learned."""
    model, examples = trained()
    return Reader(content, shared_encoder(), Settings.from_environment().vectors_path, examples, model)

"""The knowledge base as its content is now, built once, and the three flows in both voices."""

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.flows.library import DISCLOSURE, ELIGIBILITY, FINANCING, FlowLibrary
from knowledge.build import build
from knowledge.queries import CLIENT, PROFESSIONAL, Knowledge
from knowledge.reader import read_content
from knowledge.tables import open_database
from tests.flows.conversation import Conversation


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    engine = open_database(f"sqlite:///{path}")
    build(engine, read_content(), "test")
    return engine


@pytest.fixture(scope="session")
def library(engine: Engine) -> FlowLibrary:
    return FlowLibrary(Knowledge(engine=engine))


@pytest.fixture
def check(library: FlowLibrary):
    return lambda *topics, voice=CLIENT: Conversation(library.get(ELIGIBILITY, voice), *topics)


@pytest.fixture
def finder(library: FlowLibrary):
    return lambda *topics, voice=CLIENT: Conversation(library.get(FINANCING, voice), *topics)


@pytest.fixture
def weighing(library: FlowLibrary):
    return lambda voice=CLIENT: Conversation(library.get(DISCLOSURE, voice))


@pytest.fixture
def voices():
    return CLIENT, PROFESSIONAL

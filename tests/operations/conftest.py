"""The whole topology as processes, shared by the tests of this folder; and the fault table that they write."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import pytest

from bot.train import is_current
from deploy.processes.cluster import Cluster, missing_engines
from tests.assistant import PROJECT
from tests.operations.faults import FaultTable


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder for PostgreSQL, which runs as a user of its own; pytest's are closed to others."""
    with tempfile.TemporaryDirectory(prefix="koers-tests-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """PostgreSQL, Redis, nginx, two assistants and two action servers; every test leaves them running."""
    missing = missing_engines()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}; 'sh deploy/processes/install.sh' installs them")
    if not is_current():
        pytest.fail("The model isn't trained for this code: run 'make train' first ('make test' does).")
    with open_folder() as folder:
        running = Cluster(folder)
        try:
            yield running.start()
        finally:
            running.stop()


@pytest.fixture(scope="session")
def faults() -> Iterator[FaultTable]:
    """Collects what each broken part did to users; written to `.koers/faults.md`, from where the docs take it."""
    table = FaultTable()
    yield table
    if table.rows:
        table.write(PROJECT / ".koers" / "faults.md")

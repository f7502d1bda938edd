"""Shared fixtures: a trained model, and one running assistant for all conversation tests."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest

from bot.train import is_current
from tests.assistant import Assistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real assistant, with the whole knowledge base; it lives as long as the test run."""
    if not is_current():
        pytest.fail("The model isn't trained for this code: run 'make train' first ('make test' does).")
    folder: Path = tmp_path_factory.mktemp("assistant")
    running = Assistant(folder, KOERS_ALLOWED_ORIGINS="https://gemeente.example")
    built = running.knowledge()
    assert built.returncode == 0, built.stderr
    try:
        yield running.start()
    finally:
        running.stop()

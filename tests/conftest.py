"""Shared fixtures: a trained model, and one running assistant for all conversation tests."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest

from bot.train import is_current
from tests.assistant import Assistant, free_port
from tests.channels.many.community import KEY, OLD_KEY, TOKEN, Community


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real assistant, with the whole knowledge base; it lives as long as the test run."""
    if not is_current():
        pytest.fail("The model isn't trained for this code: run 'make train' first ('make test' does).")
    folder: Path = tmp_path_factory.mktemp("assistant")
    running = Assistant(
        folder,
        KOERS_ALLOWED_ORIGINS="https://gemeente.example",
        KOERS_MANY_KEYS=f"{KEY},{OLD_KEY}",
        KOERS_MANY_PLATFORM_URL=f"http://127.0.0.1:{free_port()}",
        KOERS_MANY_PLATFORM_TOKEN=TOKEN,
    )
    built = running.knowledge()
    assert built.returncode == 0, built.stderr
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def community(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Community]:
    """The demo app of the community channel, with the assistant as its member."""
    port = int(assistant.environment["KOERS_MANY_PLATFORM_URL"].rsplit(":", 1)[1])
    folder: Path = tmp_path_factory.mktemp("community")
    running = Community(folder, assistant.url, assistant.environment["KOERS_CONVERSATIONS_URL"], port)
    try:
        yield running.start(assistant.knowledge_url)
    finally:
        running.stop()

"""What the tests of the knowledge base share: the real content read once, and small made-up content on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest

from knowledge.check import Rules, read_rules
from knowledge.reader import Content, read_content


@pytest.fixture(scope="session")
def content() -> Content:
    """The content of the knowledge base as it is."""
    return read_content()


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules of the knowledge base as they are."""
    return read_rules()


@pytest.fixture(scope="session")
def documents() -> Path:
    """Where the five documents are. They are no part of the repository: without them, the test is skipped."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "sources"
    if not folder.exists():
        pytest.skip("the documents are not part of the repository")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write content files into a folder of their own: `write(fietsen="onderwerp: fietsen ...")`."""
    folder = tmp_path / "content"
    folder.mkdir()

    def write_files(**files: str) -> Path:
        for name, text in files.items():
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        return folder

    return write_files

"""The two ways to a Dutch pipeline: the official wheel when it can be had, else the stand-in."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Dict

import pytest

from tests.assistant import PROJECT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The set-up's files in an empty project folder."""
    folder = tmp_path / "koers"
    (folder / "deploy").mkdir(parents=True)
    os.symlink(PROJECT / "deploy" / "local" / "spacy", tmp_path / "spacy")
    local = folder / "deploy" / "local"
    local.mkdir()
    (local / "spacy_model.py").write_bytes((PROJECT / "deploy" / "local" / "spacy_model.py").read_bytes())
    os.symlink(PROJECT / "deploy" / "local" / "spacy", local / "spacy")
    return folder


def set_up(clone: Path, site: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run the step; a wheel is installed into `site`, so that this test run's packages stay as they are."""
    values: Dict[str, str] = {**os.environ, "PIP_TARGET": str(site), "PYTHONPATH": str(site), **environment}
    return subprocess.run(
        [sys.executable, "deploy/local/spacy_model.py"],
        cwd=clone,
        env=values,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


def official_wheel(folder: Path) -> Path:
    """A wheel with the official package's name, as small as a wheel can be."""
    wheel = folder / "nl_core_news_sm-3.4.0-py3-none-any.whl"
    info = "nl_core_news_sm-3.4.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("nl_core_news_sm/__init__.py", "")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: nl-core-news-sm\nVersion: 3.4.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return wheel


@pytest.mark.skipif(
    importlib.util.find_spec("nl_core_news_sm") is not None
    and importlib.util.find_spec("nl_core_news_sm").origin is not None,  # type: ignore[union-attr]
    reason="the official package is installed here, and wins",
)
class TestWithoutTheOfficialPackage:
    def test_the_stand_in_is_linked_when_the_wheel_can_not_be_had(self, clone: Path, tmp_path: Path) -> None:
        done = set_up(clone, tmp_path / "site", KOERS_SPACY_WHEEL=str(tmp_path / "nergens.whl"))
        assert "vervanger (stand-in)" in done.stdout
        assert (clone / "nl_core_news_sm" / "meta.json").exists()
        assert (clone / ".koers" / "spacy-model").read_text() == "stand-in\n"

    def test_the_official_wheel_is_installed_when_it_is_there(self, clone: Path, tmp_path: Path) -> None:
        wheel = official_wheel(tmp_path)
        sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
        done = set_up(clone, tmp_path / "site", KOERS_SPACY_WHEEL=str(wheel), KOERS_SPACY_SHA256=sha256)
        assert "(officieel)" in done.stdout
        assert (tmp_path / "site" / "nl_core_news_sm" / "__init__.py").exists()
        assert not (clone / "nl_core_news_sm").exists()

    def test_another_file_than_the_official_wheel_is_refused(self, clone: Path, tmp_path: Path) -> None:
        done = set_up(clone, tmp_path / "site", KOERS_SPACY_WHEEL=str(official_wheel(tmp_path)))
        assert "SHA-256 differs" in done.stdout and "stand-in" in done.stdout

    def test_a_second_set_up_does_nothing(self, clone: Path, tmp_path: Path) -> None:
        set_up(clone, tmp_path / "site", KOERS_SPACY_WHEEL=str(tmp_path / "nergens.whl"))
        again = set_up(clone, tmp_path / "site", KOERS_SPACY_WHEEL=str(tmp_path / "nergens.whl"))
        assert again.stdout == ""

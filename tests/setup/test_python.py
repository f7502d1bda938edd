"""The set-up finds a Python 3.10, or says in one sentence what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant import PROJECT, free_port

TOOLS = ("sh", "dirname", "cksum", "mkdir", "cat", "rm")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the set-up needs of the project, on a machine with a shell and little else."""
    shutil.copytree(PROJECT / "deploy" / "local", tmp_path / "deploy" / "local")
    (tmp_path / "requirements.lock").write_text("")
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (tools / tool).symlink_to(found)
    return tmp_path


def set_up(checkout: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sh", "deploy/local/setup.sh"],
        cwd=checkout,
        env={"HOME": str(checkout), "PATH": str(checkout / "tools"), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_without_python_3_10_one_sentence_says_what_to_do(checkout: Path) -> None:
    ended = set_up(checkout)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "Python 3.10 nodig" in ended.stderr and "installeer Python 3.10" in ended.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_under_pyenv_is_found_when_it_is_not_the_global_one(checkout: Path) -> None:
    hidden = checkout / "pyenv" / "versions" / "3.10.99" / "bin"
    hidden.mkdir(parents=True)
    (hidden / "python").symlink_to(Path(sys.executable).resolve())
    ended = set_up(checkout, PYENV_ROOT=str(checkout / "pyenv"))
    assert f"met {hidden / 'python'}" in ended.stdout
    assert (checkout / ".venv" / "bin" / "python").exists()


def with_python() -> str:
    """A Python 3.10 that makes virtual environments."""
    return str(Path(sys.executable).resolve())


def test_packages_that_can_not_be_fetched_are_one_sentence_and_the_next_try_starts_anew(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text(f"koers-bestaat-niet==1 --hash=sha256:{'0' * 64}\n")
    nowhere = f"http://127.0.0.1:{free_port()}/simple"
    ended = set_up(
        checkout, KOERS_PYTHON=with_python(), PIP_INDEX_URL=nowhere, PIP_RETRIES="0", PIP_CONFIG_FILE="/dev/null"
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and "verbinding met internet" in ended.stderr
    assert not (checkout / ".venv" / "koers-lock").exists()


def test_a_disk_that_is_too_small_is_named_before_anything_is_fetched(checkout: Path) -> None:
    df = checkout / "tools" / "df"
    df.write_text("#!/bin/sh\necho kop\necho /dev/schijf 1000 900 100 90% /\n")
    df.chmod(0o755)
    ended = set_up(checkout, KOERS_PYTHON=with_python())
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and "er is 100 MB vrij" in ended.stderr
    assert not (checkout / ".venv").exists()

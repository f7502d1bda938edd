"""The set-up finds a Python 3.10, or says in one sentence what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant import PROJECT

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

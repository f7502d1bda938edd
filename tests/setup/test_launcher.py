"""Starting and stopping: what a person at a terminal sees."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.assistant import PROJECT, Assistant


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assistant = Assistant(tmp_path, PORT=str(other.getsockname()[1]))
        ended = subprocess.run(
            [sys.executable, "-m", "bot"],
            cwd=PROJECT,
            env=assistant.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert f"Poort {assistant.environment['PORT']} is al in gebruik" in ended.stderr


def test_a_setting_that_is_no_number_is_named() -> None:
    with pytest.raises(ValueError, match="PORT must be a whole number"):
        Settings.from_environment({"PORT": "vijfduizend"})


def test_ctrl_c_stops_the_assistant(tmp_path: Path) -> None:
    assistant = Assistant(tmp_path)
    assert assistant.knowledge().returncode == 0
    assistant.start()
    assistant.stop()
    assert assistant.process is not None and assistant.process.returncode == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", assistant.port)) != 0, "something still listens"


def test_every_lock_has_a_hash_and_no_address() -> None:
    lock = (PROJECT / "requirements.lock").read_text()
    pinned = re.findall(r"^[A-Za-z0-9_.-]+(?:\[[^\]]*\])?==", lock, re.MULTILINE)
    assert len(pinned) > 100
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock

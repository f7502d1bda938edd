"""Starting and stopping: what a person at a terminal sees."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.assistant import PROJECT, Assistant, free_port


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


def test_it_says_what_it_waits_for_and_stops_when_it_is_told_to_twice(tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/webhook"
    assistant = Assistant(tmp_path, KOERS_ACTIONS_URL=nowhere)
    assert assistant.knowledge().returncode == 0
    launcher = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "bot"],
        cwd=PROJECT,
        env=assistant.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert launcher.stderr is not None
    said = []
    for line in launcher.stderr:
        said.append(line)
        if line.startswith("Koers wacht op de action server"):
            break
    assert said[0].startswith("Geen enkele action server in KOERS_ACTIONS_URL antwoordt.")
    launcher.send_signal(signal.SIGINT)
    launcher.send_signal(signal.SIGTERM)
    _, rest = launcher.communicate(timeout=60)
    assert launcher.returncode == 0 and "Traceback" not in "".join(said) + rest
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", assistant.port)) != 0, "something still listens"


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

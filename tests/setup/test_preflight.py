"""What keeps Koers from starting is said in one sentence, before anything starts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant import PROJECT, free_port


def preflight(part: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    model = folder / "koers.tar.gz"
    model.touch()
    files = {f"KOERS_{name.upper()}_URL": f"sqlite:///{folder / name}.db" for name in ("knowledge", "conversations")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot.preflight", part],
        cwd=PROJECT,
        env={**os.environ, **files, "PORT": str(free_port()), "KOERS_MODELS": str(model), **environment},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.parametrize("part", ["assistant", "knowledge"])
def test_nothing_is_said_when_all_is_well(tmp_path: Path, part: str) -> None:
    ended = preflight(part, tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("part", "environment", "said"),
    [
        ("assistant", {"PORT": "vijfduizend"}, "PORT moet een heel getal zijn"),
        ("assistant", {"KOERS_HOST": "nergens.invalid"}, "KOERS_HOST is 'nergens.invalid'"),
        ("assistant", {"KOERS_MODELS": "/bestaat/niet"}, "Voer eerst 'make train' uit"),
        ("assistant", {"KOERS_CONVERSATIONS_URL": "sqlite:////proc/nee/koers.db"}, "De map /proc/nee"),
        (
            "assistant",
            {"KOERS_CONVERSATIONS_URL": "postgresql://k:geheim@127.0.0.1:1/k"},
            "antwoordt niet op 127.0.0.1:1",
        ),
        ("actions", {"KOERS_KNOWLEDGE_URL": "postgresql://k:geheim@127.0.0.1:1/k"}, "antwoordt niet op 127.0.0.1:1"),
        ("knowledge", {"KOERS_KNOWLEDGE_URL": "onzin"}, "KOERS_KNOWLEDGE_URL is geen adres van een database"),
    ],
)
def test_what_stops_it_is_one_sentence_without_a_password(
    tmp_path: Path, part: str, environment: dict, said: str
) -> None:
    ended = preflight(part, tmp_path, KOERS_ACTIONS_PORT=str(free_port()), **environment)
    assert ended.returncode == 1
    assert said in ended.stderr and ended.stderr.count("\n") == 1 and "geheim" not in ended.stderr


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "knowledge.db").write_text("geen database " * 100)
    ended = preflight("knowledge", tmp_path)
    assert ended.returncode == 1 and f"{tmp_path / 'knowledge.db'} is beschadigd" in ended.stderr


def test_a_taken_port_of_an_action_server_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = preflight("actions", tmp_path, KOERS_ACTIONS_PORT=port)
    assert ended.returncode == 1 and f"Poort {port} is al in gebruik" in ended.stderr


def test_what_it_can_do_without_is_named_and_stops_nothing(tmp_path: Path) -> None:
    nobody = free_port()
    ended = preflight(
        "assistant",
        tmp_path,
        KOERS_REDIS_URL=f"redis://:geheim@127.0.0.1:{nobody}/0",
        KOERS_ACTIONS_URL=f"http://127.0.0.1:{nobody}/webhook",
    )
    assert ended.returncode == 0 and "geheim" not in ended.stderr
    redis, actions = ended.stderr.splitlines()
    assert redis.startswith("Redis antwoordt niet") and actions.startswith("Geen enkele action server")

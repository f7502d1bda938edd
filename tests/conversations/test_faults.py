"""When a part is down: an honest Dutch sentence with somewhere to go, never silence; and danger still comes first."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Iterator, List

import pytest

from bot.__main__ import environment_for
from bot.settings import Settings
from tests.assistant import PROJECT, Assistant, Conversation, free_port, readiness
from tests.benchmark.processes import children, family

EXPLICIT = "ik wil niet meer leven"
HELPDESK = "info@samenvoordeklant.nl"


@pytest.fixture(scope="module")
def without_actions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant's server alone: nothing listens where its action server should be."""
    nowhere = f"http://127.0.0.1:{free_port()}/webhook"
    assistant = Assistant(tmp_path_factory.mktemp("without-actions"), KOERS_ACTIONS_URL=nowhere)
    assert assistant.knowledge().returncode == 0
    environment = {**environment_for(Settings.from_environment(assistant.environment)), **assistant.environment}
    with assistant.log.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bot.serve"], cwd=PROJECT, env=environment, stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + 300
        while readiness(assistant.url) != "degraded":
            assert process.poll() is None and time.monotonic() < deadline, assistant.log.read_text()[-1000:]
            time.sleep(0.2)
        yield assistant
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_without_its_action_server_it_says_so_and_names_the_helpdesk(without_actions: Assistant) -> None:
    reply = without_actions.conversation("client").says("wat is ips")
    assert "Er gaat iets mis" in reply.text and HELPDESK in reply.text


def test_without_its_action_server_danger_still_gets_the_crisis_text(without_actions: Assistant) -> None:
    assert without_actions.conversation("client").says("ik wil niet meer leven").kinds == ["crisis"]


def test_without_its_knowledge_base_it_says_so_and_names_the_helpdesk(assistant: Assistant) -> None:
    with sqlite3.connect(Path(assistant.folder) / "knowledge.db") as database:
        database.execute("DROP TABLE knowledge_meta")
    try:
        reply = assistant.conversation("client").says("wat is wgb")
        assert "kennisbank" in reply.text and HELPDESK in reply.text
        assert assistant.conversation("client").says("ik wil niet meer leven").kinds == ["crisis"]
    finally:
        assert assistant.knowledge("build", "--force").returncode == 0
    assert assistant.conversation("client").says("wat is wgb").kinds == ["answer"]


def still_sees_danger(conversation: Conversation) -> None:
    """The fixed text at once; and what was asked is known at the next message, though no database can hold it."""
    assert conversation.says(EXPLICIT).kinds == ["crisis"]
    for answer in ("ja", "nee"):
        assert "denk je aan zelfdoding?" in conversation.says("ik zie het niet meer zitten").text
        reply = conversation.says(answer)
        assert reply.kinds[:1] == ["crisis"], (answer, reply.text)
        assert ("Bel nu 113" in reply.text) == (answer == "ja")


def test_with_its_database_locked_by_another_process_it_says_so(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("wat is ips").kinds == ["answer"]
    database = Path(assistant.folder) / "conversations.db"
    before = kept_texts(assistant, conversation.sender)
    other = sqlite3.connect(database, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        for someone in (conversation, assistant.conversation("professional")):
            reply = someone.says("wat is wgb")
            assert reply.kinds == ["answer"], "it needs no memory for this"
            assert "niet onthouden" in reply.text and HELPDESK in reply.text
        still_sees_danger(conversation)
        still_sees_danger(assistant.conversation("client"))
        assert kept_texts(assistant, conversation.sender) == before, "the lock hit every turn"
    finally:
        other.close()
    reply = conversation.says("wat is wgb")
    assert reply.kinds == ["answer"] and HELPDESK not in reply.text
    assert len(kept_texts(assistant, conversation.sender)) == len(before) + 1


def test_with_the_disk_full_it_says_so(assistant: Assistant) -> None:
    """No file of the assistant can grow, as on a full disk; the limit is taken off again."""
    assert assistant.process is not None
    conversation = assistant.conversation("client")
    assert conversation.says("wat is ips").kinds == ["answer"]
    before = kept_texts(assistant, conversation.sender)
    processes = processes_of(assistant.process.pid)
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in processes}
    try:
        for pid, (_, most) in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
        for someone in (conversation, assistant.conversation("professional")):
            assert HELPDESK in someone.says("wat is wgb").text
        still_sees_danger(conversation)
        still_sees_danger(assistant.conversation("client"))
    finally:
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
    assert kept_texts(assistant, conversation.sender) == before, "the full disk hit every turn"
    reply = conversation.says("wat is wgb")
    assert reply.kinds == ["answer"] and HELPDESK not in reply.text


def kept_texts(assistant: Assistant, sender: str) -> List[str]:
    """What was said in a conversation, as the database holds it."""
    with closing(sqlite3.connect(f"file:{Path(assistant.folder) / 'conversations.db'}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT data FROM events WHERE sender_id = ? AND type_name = 'user'", [sender])
        return [json.loads(data)["text"] for (data,) in rows]


def processes_of(pid: int) -> List[int]:
    """A process and all that came from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in processes_of(int(child)))]


def test_a_conversation_goes_on_when_its_workers_are_killed_and_when_nobody_makes_new_ones(tmp_path: Path) -> None:
    assistant = Assistant(tmp_path, KOERS_WORKERS="2")
    assert assistant.knowledge().returncode == 0
    try:
        conversation = assistant.start().conversation("client")
        assert conversation.says("wat is ips").answer_ids == ["ips/wat"]
        assert assistant.process is not None
        launcher = assistant.process.pid
        (server,) = children(launcher)
        (fork_server,) = children(server)
        first, second = children(fork_server)
        os.kill(first, signal.SIGKILL)
        assert "ips" in conversation.says("wie betaalt dat?").answer_ids[0]
        assert conversation.says(EXPLICIT).kinds == ["crisis"]
        os.kill(second, signal.SIGKILL)
        os.kill(fork_server, signal.SIGKILL)
        assert conversation.says(EXPLICIT).kinds == ["crisis"]
        assert conversation.says("wat is wgb").answer_ids == ["wgb/wat"]
        assert "wgb" in conversation.says("en voor wie is dat?").answer_ids[0]
        log = assistant.log.read_text()
        assert "A worker is gone" in log and "The fork server is gone" in log
    finally:
        assistant.stop()
    assert len(family(launcher)) == 1, "it left a process behind"

"""The demo app as a running process, and what a test sees of it and of Koers' outbox."""

from __future__ import annotations

import base64
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import sqlalchemy as sa

from bot.__main__ import environment_for, is_ready
from bot.settings import Settings
from deploy.many_demo.board import KOERS, Board, Comment
from deploy.many_demo.webhooks import headers
from tests.assistant import PROJECT, free_port

KEY, OLD_KEY, STRANGE_KEY = (f"whsec_{base64.b64encode(bytes([number]) * 32).decode()}" for number in (1, 2, 3))
"""The key that the app signs with, one that is valid too, and one that isn't."""
TOKEN = "een-kenmerk-voor-tests"
PATIENCE = 40
"""Seconds that a test waits for something that must happen."""


def wait_until(happened: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """What `happened` gives as soon as it is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = happened()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"Not within {seconds} seconds: {what}")


def send(koers: str, body: bytes, key: str = KEY, event: str = "", at: Optional[int] = None) -> Tuple[int, Any]:
    """Bring Koers an event as the app does; status and answer."""
    event = event or json.loads(body)["event_id"]
    request = urllib.request.Request(
        f"{koers}/webhooks/many/webhook", body, headers(key, event, body, int(time.time()) if at is None else at)
    )
    return answer_to(request)


def answer_to(request: urllib.request.Request) -> Tuple[int, Any]:
    """Status and JSON of a request."""
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def event(kind: str = "post.created", **fields: Any) -> Dict[str, Any]:
    """An event of a member, of now."""
    whole: Dict[str, Any] = {
        "event_id": f"e-{secrets.token_hex(8)}",
        "type": kind,
        "time": datetime.now(timezone.utc).isoformat(timespec="microseconds"),
        "space": {"kind": "region", "id": "friesland"},
        "thread_id": f"b-{secrets.token_hex(8)}",
        "author": {"id": "lid-1", "role": "professional"},
        "text": "Wie betaalt IPS?",
        "mentions": [],
        **fields,
    }
    return {name: value for name, value in whole.items() if value is not None}


def as_body(whole: Dict[str, Any]) -> bytes:
    """An event as it is sent."""
    return json.dumps(whole, ensure_ascii=False).encode()


class Server:
    """The assistant's server alone, so that it can be killed as a power cut would."""

    def __init__(self, folder: Path, platform_url: str, knowledge_url: str) -> None:
        self.folder, self.port, self.knowledge_url = folder, free_port(), knowledge_url
        self.url = f"http://127.0.0.1:{self.port}"
        self.conversations_url = f"sqlite:///{folder / 'conversations.db'}"
        self.process: Optional[subprocess.Popen] = None
        settings = Settings.from_environment({"PORT": str(self.port), "KOERS_KNOWLEDGE_URL": knowledge_url})
        self._environment = {
            **environment_for(settings),
            "PORT": str(self.port),
            "KOERS_HOST": "127.0.0.1",
            "KOERS_KNOWLEDGE_URL": knowledge_url,
            "KOERS_CONVERSATIONS_URL": self.conversations_url,
            "KOERS_MANY_KEYS": KEY,
            "KOERS_MANY_PLATFORM_URL": platform_url,
            "KOERS_MANY_PLATFORM_TOKEN": TOKEN,
        }

    def start(self) -> Server:
        """Start, and wait until it is ready."""
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "bot.serve"],
                cwd=PROJECT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        wait_until(self._is_ready, "the server is ready", 180)
        return self

    def _is_ready(self) -> bool:
        assert self.process and self.process.poll() is None, (self.folder / "server.log").read_text()[-2000:]
        return is_ready(self.port)

    def kill(self) -> None:
        """End it at once: it can't finish or tidy up anything."""
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Stop it as a process manager does, if it runs."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def memory(self) -> float:
        """Resident memory in MB."""
        assert self.process
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


class Community:
    """The demo app, with a board that the test writes on too."""

    def __init__(self, folder: Path, koers: str, conversations_url: str, port: int) -> None:
        self.folder, self.koers, self.port = folder, koers, port
        self.url = f"http://127.0.0.1:{port}"
        self.database = f"sqlite:///{folder / 'bord.db'}"
        self.board = Board(self.database)
        self._outbox = sa.create_engine(conversations_url, future=True)
        self._conversations = conversations_url
        self.process: Optional[subprocess.Popen] = None

    def start(self, knowledge_url: str) -> Community:
        """Start the app, and wait until it answers."""
        environment = {
            **os.environ,
            "KOERS_KNOWLEDGE_URL": knowledge_url,
            "MANY_DEMO_PORT": str(self.port),
            "MANY_DEMO_KOERS": self.koers,
            "MANY_DEMO_DATABASE": self.database,
            "MANY_DEMO_KEY": KEY,
            "MANY_DEMO_TOKEN": TOKEN,
        }
        with (self.folder / "bord.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "deploy.many_demo.server"],
                cwd=PROJECT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        wait_until(self._answers, "the demo app answers")
        return self

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/gezond", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            assert self.process and self.process.poll() is None, (self.folder / "bord.log").read_text()[-2000:]
            return False

    def stop(self) -> None:
        """Stop the app, if it runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
        self.process = None

    def member(self, *regions: str) -> str:
        """A new member who sees these regions."""
        return self.board.join("Een lid", regions)

    def replies(self, post: str) -> List[Comment]:
        """What Koers said under a post."""
        return [comment for comment in self.board.comments(post) if comment.author == KOERS]

    def reply(self, post: str, number: int = 1) -> Comment:
        """Koers' first (second, ...) comment under a post, as soon as it is there."""
        return wait_until(lambda: self.replies(post)[number - 1 :], f"comment {number} of Koers")[0]

    def outbox(self, query: str = "SELECT * FROM koers_many_event WHERE state != 'done'") -> List[Any]:
        """Rows of Koers' outbox."""
        with self._outbox.connect() as connection:
            return list(connection.execute(sa.text(query)).mappings())

    def everything_kept(self) -> str:
        """All that the database of people's data holds, as text."""
        with self._outbox.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
            return "\n".join(
                str(tuple(row)) for table in tables for row in connection.execute(sa.text(f"SELECT * FROM {table}"))
            )

    def settle(self) -> None:
        """Wait until Koers has heard all that the board has to tell, and is done with it."""
        board = sa.create_engine(self.database, future=True)

        def is_told() -> bool:
            with board.connect() as connection:
                return connection.execute(sa.text("SELECT 1 FROM delivery WHERE status IS NULL")).first() is None

        wait_until(is_told, "the board's events are delivered")
        board.dispose()
        wait_until(lambda: not self.outbox(), "Koers has handled every event")

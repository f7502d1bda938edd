"""A running assistant to test against: the real processes, model, database and HTTP."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

PROJECT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def post(url: str, body: bytes, content_type: str = "application/json") -> Tuple[int, Any]:
    """Status and JSON body of a POST."""
    request = urllib.request.Request(url, body, {"Content-Type": content_type})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def get(url: str) -> Tuple[int, Any]:
    """Status and JSON body of a GET; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")
    except OSError:
        return 0, None


def readiness(url: str) -> str:
    """What an assistant says of itself: starting, ok, degraded or stopping; "nobody" when it doesn't answer."""
    _, body = get(f"{url}/health/ready")
    return str((body or {}).get("status", "nobody"))


@dataclass
class Turn:
    """What the assistant said in one turn."""

    messages: List[Dict[str, Any]]

    @property
    def text(self) -> str:
        """All texts, as a channel without buttons shows them."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def kinds(self) -> List[str]:
        """The kinds of the messages that have one."""
        return [message["custom"]["kind"] for message in self.messages if message.get("custom", {}).get("kind")]

    @property
    def answer_ids(self) -> List[str]:
        """The knowledge base's answers that were given."""
        return [m["custom"]["answer_id"] for m in self.messages if m.get("custom", {}).get("answer_id")]

    @property
    def buttons(self) -> Dict[str, str]:
        """Payload by title."""
        return {button["title"]: button["payload"] for m in self.messages for button in m.get("buttons", [])}

    @property
    def sources(self) -> List[Dict[str, Any]]:
        """The sources shown."""
        return [source for m in self.messages for source in m.get("custom", {}).get("sources", [])]


@dataclass
class Conversation:
    """One user's conversation with the assistant."""

    url: str
    role: Optional[str] = None
    sender: str = field(default_factory=lambda: secrets.token_hex(16))

    def says(self, text: str) -> Turn:
        """Send a message; the reply must be a 200."""
        body = {"sender": self.sender, "message": text, "metadata": {"role": self.role} if self.role else {}}
        status, messages = post(f"{self.url}/webhooks/website/webhook", json.dumps(body).encode())
        assert status == 200, (status, messages)
        return Turn(messages)

    def presses(self, turn: Turn, title: str) -> Turn:
        """Press a button of an earlier turn."""
        assert title in turn.buttons, f"{title!r} is not a button: {list(turn.buttons)}"
        return self.says(turn.buttons[title])


class Assistant:
    """The assistant as `make run` starts it, on ports and with databases of its own."""

    def __init__(self, folder: Path, **environment: str):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.knowledge_url = f"sqlite:///{folder / 'knowledge.db'}"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "KOERS_HOST": "127.0.0.1",
            "KOERS_KNOWLEDGE_URL": self.knowledge_url,
            "KOERS_CONVERSATIONS_URL": f"sqlite:///{folder / 'conversations.db'}",
            "KOERS_MESSAGES_PER_MINUTE_PER_ADDRESS": "100000",
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self.process: Optional[subprocess.Popen] = None
        self.log = folder / "assistant.log"

    def knowledge(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run the knowledge base's command for this assistant's database."""
        return subprocess.run(
            [sys.executable, "-m", "knowledge", *arguments],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self) -> Assistant:
        """Start, and wait until it says that it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bot"],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=self.log.open("w"),
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Koers is klaar"):
                return self
        raise AssertionError(f"The assistant didn't start:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)

    def kept_files(self) -> List[Path]:
        """Where its words could be: its folder but for the knowledge base, whose journals come and go by themselves."""
        return [path for path in Path(self.folder).iterdir() if not path.name.startswith("knowledge.db")]

    def conversation(self, role: Optional[str] = None) -> Conversation:
        """A new user."""
        return Conversation(self.url, role)

"""The two bots, trained and started as their users start them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, Sequence

from tests.assistant import PROJECT, Assistant, free_port
from tests.benchmark.users import Bot, sender_texts

STARTER_TEXTS = ("hi", "I am very sad", "yes", "are you a bot?", "perfect", "bye", "no", "I'm doing great")


@dataclass(frozen=True)
class Running:
    """A bot that answers."""

    name: str
    bot: Bot
    process: int
    train_seconds: float
    ready_seconds: float
    """From the command to the first answer."""
    database: Path
    """Where it keeps conversations; the starter keeps them in memory, so it has no such file."""
    metrics_port: int

    @property
    def stored_bytes(self) -> int:
        """Size of the database of conversations with its log."""
        return sum(path.stat().st_size for path in self.database.parent.glob(self.database.name + "*"))


def timed(command: Sequence[str], folder: Path, environment: Dict[str, str]) -> float:
    """Seconds that a command takes; it must succeed."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def _answers(url: str, text: str) -> bool:
    body = json.dumps({"sender": "0" * 32, "message": text}).encode()
    try:
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            return bool(json.load(response))
    except OSError:
        return False


@contextmanager
def starter(folder: Path) -> Iterator[Running]:
    """The bot of `rasa init`, with its default pipeline and policies."""
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    rasa = str(Path(sys.executable).parent / "rasa")
    timed([rasa, "init", "--no-prompt", "--init-dir", str(folder)], folder, environment)
    train = timed([rasa, "train", "--force"], folder, environment)
    port = free_port()
    url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    started = time.perf_counter()
    with (folder / "run.log").open("w") as log:
        process = subprocess.Popen(
            [rasa, "run", "--port", str(port), "-i", "127.0.0.1"], cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        while not _answers(url, "hi"):
            if process.poll() is not None or time.perf_counter() - started > 300:
                raise RuntimeError((folder / "run.log").read_text()[-2000:])
            time.sleep(0.1)
        ready = time.perf_counter() - started
        bot = Bot(url, STARTER_TEXTS, {})
        yield Running("`rasa init` starter", bot, process.pid, train, ready, folder / "none.db", 0)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


@contextmanager
def koers(folder: Path, train: bool = True) -> Iterator[Running]:
    """Koers, trained anew with the sentence vectors that the project remembers."""
    command = [sys.executable, "-W", "ignore", "-m", "bot.train", "--force"]
    seconds = timed(command, PROJECT, dict(os.environ)) if train else 0.0
    metrics_port = free_port()
    assistant = Assistant(folder, KOERS_MESSAGES_PER_MINUTE="100000", KOERS_METRICS_PORT=str(metrics_port))
    built = assistant.knowledge()
    if built.returncode:
        raise RuntimeError(built.stderr)
    # More questions than the assistant remembers vectors of: each turn makes its own.
    names = ("client", "professional", "out_of_scope", "out_of_scope_near")
    files = [PROJECT / "tests" / "questions" / "dev" / f"{name}.jsonl" for name in names]
    cases = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    texts = sender_texts([case["vraag"] for case in cases])
    url = f"{assistant.url}/webhooks/website/webhook"
    started = time.perf_counter()
    try:
        assistant.start()
        if not _answers(url, "wat is ips"):
            raise RuntimeError(assistant.log.read_text()[-2000:])
        ready = time.perf_counter() - started
        assert assistant.process is not None
        bot = Bot(url, texts, {"metadata": {"role": "client"}})
        yield Running("Koers", bot, assistant.process.pid, seconds, ready, folder / "conversations.db", metrics_port)
    finally:
        assistant.stop()

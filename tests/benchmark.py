"""`make bench`: Koers next to the bot that `rasa init` makes, measured in one run on one machine.

Both are trained, started as their users start them, and asked over HTTP: by one user, by eight at a time.
Ratios hold on other machines; the absolute figures don't.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple

from tests.assistant import PROJECT, Assistant, free_port

TURNS_ALONE = 60
TURNS_TOGETHER = 240
USERS_TOGETHER = 8
TURNS_A_CONVERSATION = 3
STARTER_TEXTS = ("hi", "I am very sad", "yes", "are you a bot?", "perfect", "bye", "no", "I'm doing great")


@dataclass
class Figures:
    """What was measured of one bot."""

    train_seconds: float
    ready_seconds: float
    memory_megabytes: float
    alone_p50: float
    alone_p95: float
    together_p50: float
    together_p95: float
    turns_a_second: float


def quantile(times: Sequence[float], share: float) -> float:
    """The value below which `share` of the times lie, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def ask(url: str, body: Dict[str, Any]) -> float:
    """Seconds that one turn took; a reply must come."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as response:
        reply = json.load(response)
    assert reply, body
    return time.perf_counter() - started


def converse(url: str, texts: Sequence[str], turns: int, extra: Dict[str, Any]) -> List[float]:
    """Ask `turns` turns in short conversations, one after the other."""
    times: List[float] = []
    for turn in range(turns):
        if turn % TURNS_A_CONVERSATION == 0:
            sender = secrets.token_hex(16)
        times.append(ask(url, {"sender": sender, "message": texts[turn % len(texts)], **extra}))
    return times


def measure(url: str, texts: Sequence[str], extra: Dict[str, Any]) -> Tuple[List[float], List[float], float]:
    """Times alone, times together, and turns a second together; a few turns beforehand don't count."""
    converse(url, texts, 9, extra)
    alone = converse(url, texts, TURNS_ALONE, extra)
    together: List[float] = []
    lock = threading.Lock()

    def one_user() -> None:
        times = converse(url, texts, TURNS_TOGETHER // USERS_TOGETHER, extra)
        with lock:
            together.extend(times)

    users = [threading.Thread(target=one_user) for _ in range(USERS_TOGETHER)]
    started = time.perf_counter()
    for user in users:
        user.start()
    for user in users:
        user.join()
    return alone, together, len(together) / (time.perf_counter() - started)


def memory_of(*roots: int) -> float:
    """Megabytes of these processes and all their children (proportional set size)."""
    parents: Dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    wanted = set(roots)
    while True:
        children = {process for process, parent in parents.items() if parent in wanted} - wanted
        if not children:
            break
        wanted |= children
    total = 0
    for process in wanted:
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def timed(command: Sequence[str], folder: Path, environment: Dict[str, str]) -> float:
    """Seconds that a command takes; it must succeed."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the bot didn't start")
        time.sleep(0.1)


def starter(folder: Path) -> Figures:
    """The bot of `rasa init`, with its default pipeline and policies."""
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    rasa = str(Path(sys.executable).parent / "rasa")
    subprocess.run(
        [rasa, "init", "--no-prompt", "--init-dir", str(folder)],
        env=environment,
        check=True,
        capture_output=True,
        cwd=folder,
    )
    train = timed([rasa, "train", "--force"], folder, environment)
    port = free_port()
    started = time.perf_counter()
    log = (folder / "run.log").open("w")
    process = subprocess.Popen(
        [rasa, "run", "--port", str(port), "-i", "127.0.0.1"], cwd=folder, env=environment, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    try:
        wait_for(lambda: _answers(url, "hi"), 300)
        ready = time.perf_counter() - started
        alone, together, rate = measure(url, STARTER_TEXTS, {})
        memory = memory_of(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    return _figures(train, ready, memory, alone, together, rate)


def koers(folder: Path) -> Figures:
    """Koers, trained anew with the sentence vectors that the project remembers."""
    train = timed([sys.executable, "-W", "ignore", "-m", "bot.train", "--force"], PROJECT, dict(os.environ))
    assistant = Assistant(folder, KOERS_MESSAGES_PER_MINUTE="100000")
    assert assistant.knowledge().returncode == 0
    texts = [
        json.loads(line)["vraag"]
        for line in (PROJECT / "tests" / "questions" / "dev" / "client.jsonl").read_text().splitlines()
    ]
    started = time.perf_counter()
    try:
        assistant.start()
        ready = time.perf_counter() - started
        url = f"{assistant.url}/webhooks/website/webhook"
        alone, together, rate = measure(url, texts, {"metadata": {"role": "client"}})
        assert assistant.process is not None
        memory = memory_of(assistant.process.pid)
    finally:
        assistant.stop()
    return _figures(train, ready, memory, alone, together, rate)


def _answers(url: str, text: str) -> bool:
    try:
        ask(url, {"sender": secrets.token_hex(16), "message": text})
    except OSError:
        return False
    return True


def _figures(
    train: float, ready: float, memory: float, alone: List[float], together: List[float], rate: float
) -> Figures:
    return Figures(
        train,
        ready,
        memory,
        quantile(alone, 0.5),
        quantile(alone, 0.95),
        quantile(together, 0.5),
        quantile(together, 0.95),
        rate,
    )


def table(theirs: Figures, ours: Figures) -> str:
    """The figures side by side, in Markdown."""
    rows = [
        ("training", "s", "train_seconds"),
        ("ready for the first answer", "s", "ready_seconds"),
        ("memory of all processes", "MB", "memory_megabytes"),
        ("turn p50, 1 user", "ms", "alone_p50"),
        ("turn p95, 1 user", "ms", "alone_p95"),
        (f"turn p50, {USERS_TOGETHER} users", "ms", "together_p50"),
        (f"turn p95, {USERS_TOGETHER} users", "ms", "together_p95"),
        (f"turns a second, {USERS_TOGETHER} users", "/s", "turns_a_second"),
    ]
    lines = ["| figure | `rasa init` starter | Koers | ratio |", "| --- | --- | --- | --- |"]
    for label, unit, name in rows:
        first, second = getattr(theirs, name), getattr(ours, name)
        lines.append(f"| {label} | {first:.1f} {unit} | {second:.1f} {unit} | {second / first:.2f} |")
    return "\n".join(lines)


def main() -> int:
    """Measure both and print the table."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        print("De startbot van 'rasa init' trainen en meten...", flush=True)
        theirs = starter(Path(first))
        print("Koers trainen en meten...", flush=True)
        ours = koers(Path(second))
    print(table(theirs, ours))
    return 0


if __name__ == "__main__":
    sys.exit(main())

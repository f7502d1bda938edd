"""`python -m tests.benchmark.junk`: memory under junk, about two minutes. The exit status is 1 when it grows.

Thousands of senders that never come back, nearly all refused: past the cap on open conversations, past the rate of one
sender, with a body that is none, with a judgement that nobody asked for. The first part fills all that has a limit.
"""

from __future__ import annotations

import itertools
import json
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator, List, Tuple

from tests.assistant import Assistant, post
from tests.benchmark.processes import Usage, usage

PARTS, SECONDS, CLIENTS = 5, 20.0, 4
MOST_GROWTH = 0.05
CAP = 50
FLOODER = secrets.token_hex(16)


def junk(source: random.Random) -> Iterator[Tuple[str, bytes]]:
    """Path and body of one request after another, of every kind in turn."""
    words = [
        "ips",
        "wgb",
        "werk",
        "uitkering",
        "gemeente",
        "baan",
        "hulp",
        "geld",
        "coach",
        "wie",
        "wat",
        "hoe",
        "waar",
    ]
    for number in itertools.count():
        text = " ".join(source.choices(words, k=8)) + f" {number}"
        noise = "".join(chr(source.randrange(32, 0xD7FF)) for _ in range(300))
        yield "webhook", json.dumps({"sender": secrets.token_hex(16), "message": text}).encode()
        yield "webhook", json.dumps({"sender": secrets.token_hex(16), "message": noise}).encode()
        yield "webhook", json.dumps({"sender": FLOODER, "message": text}).encode()
        yield "webhook", source.randbytes(2000)
        yield "feedback", json.dumps({"rating": "down", "comment": text, "name": secrets.token_hex(16)}).encode()


def flood(url: str, seconds: float, seed: int) -> Counter:
    """Send junk from `CLIENTS` at once; how often each status came back."""

    def client(number: int) -> Counter:
        statuses: Counter = Counter()
        until = time.monotonic() + seconds
        for path, body in junk(random.Random(seed * CLIENTS + number)):
            if time.monotonic() > until:
                break
            statuses[post(f"{url}/webhooks/website/{path}", body)[0]] += 1
        return statuses

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(client, range(CLIENTS)), Counter())


def main() -> int:
    """Print the memory after each part."""
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(Path(folder), KOERS_MAX_OPEN_CONVERSATIONS=str(CAP))
        if assistant.knowledge().returncode != 0:
            sys.exit("The knowledge base can't be built: run 'make train' first.")
        try:
            assistant.start()
            assert assistant.process is not None
            samples: List[Usage] = []
            total: Counter = Counter()
            print("| part | requests | statuses | MB | files |\n| --- | --- | --- | --- | --- |", flush=True)
            for part in range(1, PARTS + 1):
                total += flood(assistant.url, SECONDS, part)
                samples.append(usage(assistant.process.pid))
                statuses = ", ".join(f"{status}: {count}" for status, count in sorted(total.items()))
                now = samples[-1]
                print(
                    f"| {part} | {sum(total.values())} | {statuses} | {now.megabytes:.0f} | {now.open_files} |",
                    flush=True,
                )
            crisis = assistant.conversation("client").says("ik wil niet meer leven").kinds
        finally:
            assistant.stop()
    growth = samples[-1].megabytes / samples[0].megabytes - 1
    print(f"\nMemory {growth:+.1%} after the first part; danger past the cap: {crisis}.")
    return int(growth > MOST_GROWTH or max(total) >= 500 or crisis != ["crisis"])


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.channels.many.benchmark`: an outage of a minute with 200 events, and 50 posts a second for 20 s."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import List, Optional

import aiohttp

from deploy.many_demo.webhooks import headers
from knowledge.tables import database_url
from tests.assistant import free_port
from tests.channels.many.community import KEY, Community, Server, as_body, event, wait_until
from tests.channels.many.outage import survive

OUTAGE_POSTS, OUTAGE_SECONDS = 200, 60
A_SECOND, SECONDS = 50, 20
TEXTS = (
    "@koers wat is IPS?",
    "Fijne bijeenkomst gisteren, dank allemaal!",
    "Wie betaalt IPS?",
    "Hebben jullie al ervaring met IPS in de wijkteams?",
    "Ik ben er morgen niet, maar donderdag wel weer.",
)
"""Two of five get a reply."""


async def burst(server: Server, bodies: List[bytes]) -> List[float]:
    """Send events at a fixed pace, whether Koers keeps up or not; seconds that each took."""
    times: List[float] = []

    async def one(session: aiohttp.ClientSession, body: bytes) -> None:
        signed = headers(KEY, json.loads(body)["event_id"], body, int(time.time()))
        started = time.perf_counter()
        async with session.post(f"{server.url}/webhooks/many/webhook", data=body, headers=signed) as answer:
            assert answer.status == 202, answer.status
        times.append(time.perf_counter() - started)

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        began = time.perf_counter()
        sending = []
        for number, body in enumerate(bodies):
            await asyncio.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
            sending.append(asyncio.create_task(one(session, body)))
        await asyncio.gather(*sending)
    return times


def write_burst(community: Community) -> List[bytes]:
    """Posts on the board, and their events."""
    member = community.member("friesland")
    bodies = []
    for number in range(A_SECOND * SECONDS):
        text = TEXTS[number % len(TEXTS)]
        post = community.board.write(member, "region", "friesland", text, tell=False)
        bodies.append(as_body(event(thread_id=post, text=text, mentions=["koers"] if "@koers" in text else [])))
    return bodies


def measure_burst(server: Server, community: Community) -> None:
    """Print how fast events are accepted, how fast they are handled, and what it takes in memory."""
    bodies = write_burst(community)
    before = server.memory()
    began = time.perf_counter()
    times = asyncio.run(burst(server, bodies))
    sent, at_once = time.perf_counter() - began, server.memory()
    waiting = len(community.outbox())
    peak = at_once
    while community.outbox():
        peak = max(peak, server.memory())
        time.sleep(1)
    handled = time.perf_counter() - began
    print(f"{len(times)} posts in {sent:.0f} s, all accepted")
    p50, p95, longest = (1000 * value for value in (median(times), quantiles(times, n=20)[-1], max(times)))
    print(f"accepted in: p50 {p50:.0f} ms, p95 {p95:.0f} ms, max {longest:.0f} ms")
    print(f"still to be handled when the last was sent: {waiting}; all handled after {handled:.0f} s")
    print(f"memory: {before:.0f} MB before, {at_once:.0f} MB at the end of the burst, {peak:.0f} MB at most afterwards")


def main(arguments: Optional[List[str]] = None) -> int:
    """Run both, or one."""
    parser = argparse.ArgumentParser(prog="python -m tests.channels.many.benchmark")
    parser.add_argument("part", nargs="?", choices=["outage", "burst"])
    part = parser.parse_args(arguments).part
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        server = Server(folder, f"http://127.0.0.1:{port}", database_url())
        community = Community(folder, server.url, server.conversations_url, port)
        try:
            server.start()
            if part != "burst":
                began = time.perf_counter()
                found = survive(server, community, OUTAGE_POSTS, pause=OUTAGE_SECONDS / OUTAGE_POSTS, kills=2)
                seconds = time.perf_counter() - began
                print(
                    f"outage: {OUTAGE_POSTS} events, killed twice: replies a post {dict(found)}, {seconds:.0f} s in all"
                )
            if part != "outage":
                if community.process is None:
                    community.start(server.knowledge_url)
                # What is loaded at the first event doesn't belong to the burst.
                warm = community.board.write(community.member(), "category", "interventies", "@koers wat is IPS?")
                community.reply(warm)
                wait_until(lambda: not community.outbox(), "Koers is done with it")
                measure_burst(server, community)
        finally:
            server.stop()
            community.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

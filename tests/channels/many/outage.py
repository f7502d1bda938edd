"""The platform is down while events come in, and Koers is killed in the middle; once more, if asked, while it posts."""

from __future__ import annotations

import time
import urllib.error
from collections import Counter
from typing import List

from tests.channels.many.community import Community, Server, as_body, event, send, wait_until

TEXTS = ("@koers wat is IPS?", "@koers wie betaalt IPS?", "@koers wat is een jobcoach?", "@koers wat is WGB?")


def bring(server: Server, bodies: List[bytes]) -> List[bytes]:
    """Send events as the app does; those that Koers couldn't take, which the app must send again."""
    left = []
    for body in bodies:
        try:
            status, _ = send(server.url, body)
        except (urllib.error.URLError, OSError):
            status = 503
        if status != 202:
            left.append(body)
    return left


def survive(server: Server, community: Community, number: int, pause: float = 0.0, kills: int = 1) -> Counter:
    """How many posts got how many replies, after `number` posts; `pause`: seconds between two events.

    The server must run and the app must be down; both run afterwards.
    """
    member = community.member("friesland")
    posts = [
        community.board.write(member, "region", "friesland", TEXTS[at % len(TEXTS)], tell=False) for at in range(number)
    ]
    bodies = [
        as_body(event(thread_id=post, text=TEXTS[at % len(TEXTS)], mentions=["koers"])) for at, post in enumerate(posts)
    ]
    half = number // 2
    for body in bodies[:half]:
        assert bring(server, [body]) == []
        time.sleep(pause)
    assert community.outbox(), "some of it is still to be done"
    server.kill()
    assert bring(server, bodies[half : half + 1]) == bodies[half : half + 1], "it is down"
    server.start()
    # What an app doesn't know to be delivered, it sends again.
    for body in bodies[half - 1 :]:
        assert bring(server, [body]) == []
        time.sleep(pause)
    community.start(server.knowledge_url)
    if kills == 2:
        wait_until(lambda: any(community.replies(post) for post in posts), "the first replies", 120)
        server.kill()
        server.start()
    wait_until(lambda: not community.outbox(), "every event is handled", 300)
    return Counter(len(community.replies(post)) for post in posts)


def stop_with_work_left(server: Server, community: Community, number: int) -> Counter:
    """How many posts got how many replies when Koers is told to stop right after `number` posts; both run before."""
    member = community.member("friesland")
    posts = [community.board.write(member, "region", "friesland", TEXTS[0], tell=False) for _ in range(number)]
    for post in posts:
        assert bring(server, [as_body(event(thread_id=post, text=TEXTS[0], mentions=["koers"]))]) == []
    assert community.outbox(), "some of it is still to be done"
    server.stop()
    return Counter(len(community.replies(post)) for post in posts)

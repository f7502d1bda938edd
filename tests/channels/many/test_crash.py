"""No reply is lost and none is double, whatever ends in the middle."""

from __future__ import annotations

from pathlib import Path

from tests.assistant import Assistant, free_port
from tests.channels.many.community import Community, Server
from tests.channels.many.outage import stop_with_work_left, survive

LAST = 10
POSTS = 40
"""`python -m tests.channels.many.benchmark` does it with 200 in a minute, and kills it twice."""


def test_each_post_gets_one_reply_though_the_app_is_down_and_koers_is_killed(
    assistant: Assistant, tmp_path: Path
) -> None:
    port = free_port()
    server = Server(tmp_path, f"http://127.0.0.1:{port}", assistant.knowledge_url)
    community = Community(tmp_path, server.url, server.conversations_url, port)
    try:
        assert survive(server.start(), community, POSTS) == {1: POSTS}
        assert community.outbox("SELECT 1 FROM koers_many_event WHERE content IS NOT NULL OR reply IS NOT NULL") == []
        # Told to stop, it first does what is due.
        assert stop_with_work_left(server, community, LAST) == {1: LAST}
    finally:
        server.stop()
        community.stop()

"""How Koers posts a comment, with a real server that answers as it is told."""

from __future__ import annotations

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, Iterator, List, Optional, Tuple, Type

import pytest

from bot.channels.many.platform import Gone, HttpPlatform, Refused, Unreachable


class App(ThreadingHTTPServer):
    """An app that gives the answers of a list, one a request, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: List[Tuple[int, Dict[str, str], bytes]] = []
        self.asked: List[Tuple[str, Dict[str, str], Any]] = []
        self.hold = threading.Event()
        self.hold.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: App

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        self.server.hold.wait(10)
        status, headers, answer = self.server.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def app() -> Iterator[App]:
    running = App()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.hold.set()
    running.shutdown()
    thread.join()
    running.server_close()


def post(url: str, timeout: float = 5, in_reply_to: str = "") -> str:
    async def once() -> str:
        platform = HttpPlatform(url, "kenmerk", timeout)
        try:
            return await platform.comment("b/1", "Een reactie", "sleutel", in_reply_to)
        finally:
            await platform.close()

    return asyncio.run(once())


@pytest.mark.parametrize("status", [200, 201])
def test_a_comment_goes_with_token_and_key_and_gives_its_id(app: App, status: int) -> None:
    app.answers = [(status, {"Content-Type": "application/json"}, b'{"comment_id": "r-1"}')]
    assert post(app.url + "/", in_reply_to="r-0") == "r-1"
    path, headers, body = app.asked[0]
    assert path == "/api/threads/b%2F1/comments"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer kenmerk", "sleutel")
    assert body == {"text": "Een reactie", "in_reply_to": "r-0"}


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (500, Unreachable),
        (503, Unreachable),
        (429, Unreachable),
        (401, Unreachable),
        (404, Gone),
        (410, Gone),
        (400, Refused),
        (422, Refused),
        (302, Refused),
    ],
)
def test_what_an_answer_means(app: App, status: int, problem: Type[Exception]) -> None:
    app.answers = [(status, {"Location": app.url}, b"{}")]
    with pytest.raises(problem):
        post(app.url)
    assert len(app.asked) == 1, "trying again is the outbox's work, and the token goes nowhere else"


@pytest.mark.parametrize(("header", "after"), [("7", 7.0), ("999999", 3600.0), ("morgen", None), ("", None)])
def test_it_waits_as_long_as_it_is_asked_to(app: App, header: str, after: Optional[float]) -> None:
    app.answers = [(429, {"Retry-After": header}, b"")]
    with pytest.raises(Unreachable) as problem:
        post(app.url)
    assert problem.value.after == after


@pytest.mark.parametrize("answer", [b"", b"geen json", b"[]", b"{}"])
def test_a_success_that_says_nothing_is_not_taken_for_one(app: App, answer: bytes) -> None:
    app.answers = [(201, {"Content-Type": "application/json"}, answer)]
    with pytest.raises(Unreachable):
        post(app.url)


def test_an_app_that_is_silent_or_absent_is_unreachable(app: App) -> None:
    app.hold.clear()
    with pytest.raises(Unreachable):
        post(app.url, timeout=0.2)
    with pytest.raises(Unreachable):
        post("http://127.0.0.1:9")

"""What nginx does with a turn when it has seen assistants fail; those behind it say only who they are."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Iterator

import pytest

from deploy.processes.cluster import Nginx, free_port, missing_engines
from tests.assistant import post

URL = "/webhooks/website/webhook"


class _Handler(BaseHTTPRequestHandler):
    """Answers every message with the port that took it, and every page with the address that was asked for."""

    def do_GET(self) -> None:
        self._say(404, f"{self.path} {self.headers['Accept']}".encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say(200, str(self.server.server_address[1]).encode())

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def listening(port: int) -> Iterator[None]:
    """Somebody at this port; afterwards connections are refused."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Nginx]:
    """In front of two ports where nobody listens yet."""
    if "nginx" in missing_engines():
        pytest.skip("not installed: nginx; 'sh deploy/processes/install.sh' installs it")
    running = Nginx(tmp_path, [free_port(), free_port()], free_port())
    running.check()
    running.start()
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def test_assistants_that_are_replaced_one_at_a_time_leave_no_turn_without_an_answer(nginx: Nginx) -> None:
    first, second = nginx.assistants
    with listening(second):
        # The first one is away: nginx finds out by trying, and doubts it for two seconds from then on.
        assert [post(nginx.url + URL, b"{}") for _ in range(6)] == [(200, second)] * 6
        back = listening(first)
        back.__enter__()
    try:
        # The first one is back and the second one goes, all within those two seconds.
        assert [post(nginx.url + URL, b"{}") for _ in range(6)] == [(200, first)] * 6
    finally:
        back.__exit__(None, None, None)


def test_after_both_were_away_the_first_to_come_back_is_found_at_once(nginx: Nginx) -> None:
    for port in nginx.assistants:
        assert post(nginx.url + URL, b"{}")[0] == 503
        with listening(port):
            assert post(nginx.url + URL, b"{}") == (200, port)


def test_an_unknown_address_is_answered_by_an_assistant_that_does_not_hear_it(nginx: Nginx) -> None:
    request = urllib.request.Request(nginx.url + "/metrics?wie=ik", headers={"Accept": "text/html"})
    with listening(nginx.assistants[0]), pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(request, timeout=10)
    assert raised.value.code == 404
    assert raised.value.read() == b"/bestaat-niet text/html"

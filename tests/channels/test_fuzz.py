"""Whatever is sent, over real HTTP: an answer or a clear refusal, never a 5xx, and what came before is still there."""

from __future__ import annotations

import json
import random
import secrets
import time
import unicodedata
import urllib.error
import urllib.request
from typing import Any, List

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.feedback import parse_feedback
from bot.channels.requests import BadRequest, parse, safe_text
from bot.nlu.encoder import clean
from bot.safety.personal_data import Masker
from bot.safety.wording import plain
from tests.assistant import Assistant, post
from tests.benchmark.processes import cpu_seconds

MOST_SECONDS = 2.0
"""No turn may take longer. Measured as processor time of the assistant, so that a busy machine makes no difference: a
turn waits for nothing else, and its threads count apart."""
PATHS = ("webhook", "feedback", "overview")
MASK = Masker(people=lambda _: [])
COMMANDS = (
    "restart",
    "session_start",
    "action_forget",
    "greet",
    'inform{"region":"x"}',
    'choose{"answer":"x/y","role":"admin"}',
)
SLASHES = ("/", "//", " /", "\n/", "\t /", "\u200b/", "\ufeff/", "\u00ad/", "\u2060/", "/\u200b", "/ ", "\u3000/")


def random_text(source: random.Random, length: int) -> str:
    """Random code points of all planes, half of a pair too."""
    return "".join(chr(source.randrange(1, 0x110000)) for _ in range(length))


def bodies() -> List[bytes]:
    """The same every time: junk bytes, broken and deep JSON, values of the wrong kind, odd texts of every kind."""
    source = random.Random(113)
    made: List[Any] = [source.randbytes(size) for size in (1, 7, 100, 5000, 60_000)]
    made += [
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"sender":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b"null",
        b"1e999",
        b"NaN",
    ]
    texts = [
        random_text(source, 2000),
        random_text(source, 300),
        "Z" + "\u0353\u0489\u0336" * 600,
        "\u202e\u2066" * 900,
        "\x00\x07\x1b[31m" * 300,
        "\ud800" * 1000,
        "\U0010ffff" * 1000,
        "ﷺ" * 1000,
        "🏳️‍🌈👩‍👩‍👧‍👦" * 100,
        "ß" * 2000,
        "1" * 2000,
        "a@" * 1000,
        "<script>alert(1)</script>" * 60,
        "' OR 1=1; DROP TABLE events; --",
        "{{7*7}} ${7*7} %s %n {0}",
        "ik wil " * 285,
        "d.o.o.d " * 250,
        # what costs the encoder, the masker or the topic linker most
        "é" * 2000,
        "a-" * 1000,
        "|" * 2000,
        "aa " * 666,
        "ips, " * 400,
        "111222333 " * 200,
        "Jan de Vries, " * 142,
        "Kerkstraat 12 " * 142,
        "a.b@c.nl " * 222,
        " ".join(f"zin {number} over werk." for number in range(110))[:2000],
        "ik voel me depressief sinds " * 71,
    ]
    for text in texts:
        made.append(
            {
                "sender": secrets.token_hex(16),
                "message": text,
                "rating": "down",
                "comment": text,
                "title": text,
                "sections": [],
            }
        )
    odd: List[Any] = [None, True, 0, -1, 1.5, [], {}, "", "x" * 500, {"a": {"b": []}}]
    for value in odd:
        made.append({"sender": value, "message": value, "metadata": value, "rating": value, "sections": value})
        made.append({"sender": secrets.token_hex(16), "message": "hoi", "metadata": {"role": value, "region": value}})
    return [body if isinstance(body, bytes) else json.dumps(body).encode() for body in made]


def test_no_body_makes_the_server_fail_or_wait(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is ips")
    assert assistant.process is not None
    failed, seconds = [], []
    for number, body in enumerate(bodies()):
        for path in PATHS if number % 3 == 0 else PATHS[:1]:
            before, began = cpu_seconds(assistant.process.pid), time.monotonic()
            status, answer = post(f"{assistant.url}/webhooks/website/{path}", body)
            waited = time.monotonic() - began
            seconds.append((cpu_seconds(assistant.process.pid) - before, waited, path, ascii(body[80:120])))
            if status >= 500 or (status != 200 and not answer.get("message")):
                failed.append((number, path, status))
    assert failed == []
    print("\nprocessor seconds, seconds, path, part of the body:", *sorted(seconds)[-3:], sep="\n")
    assert max(seconds)[0] < MOST_SECONDS, sorted(seconds)[-3:]
    assert conversation.says("waar staat dat?").sources, "the conversation is still there"


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/kennis/%ff%fe",
        "/kennis/" + "a" * 4000,
        "/static/../../etc/passwd",
        "/kennis/soort/%2e%2e",
        "/?vraag=%F0%28",
    ],
)
def test_no_address_makes_the_server_fail(assistant: Assistant, path: str) -> None:
    try:
        with urllib.request.urlopen(assistant.url + path, timeout=20) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    assert status < 500 and b"root:" not in body


def test_every_answer_carries_the_security_headers(assistant: Assistant) -> None:
    for path in ("/", "/snel", "/kennis", "/static/koers.js", "/health/live", "/nergens", "/webhooks/website/"):
        try:
            with urllib.request.urlopen(assistant.url + path, timeout=20) as answer:
                headers = answer.headers
        except urllib.error.HTTPError as error:
            headers = error.headers
        assert "frame-ancestors" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer", path


def test_who_guesses_at_a_sender_gets_nothing_of_a_conversation(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is supported employment")
    sender = conversation.sender
    last = "0" if sender[-1] != "0" else "1"
    for guess in (
        sender[:-1] + last,
        sender.upper() if sender.upper() != sender else sender + "0",
        sender + "0",
        sender[:-1] + "_",
    ):
        other = assistant.conversation("client")
        other.sender = guess
        reply = other.says("waar staat dat?")
        assert reply.sources == [] and "supported employment" not in reply.text.lower()
    for guess in ("%", "*", "' OR '1'='1", sender[:16], sender + " ", sender + "\n", ""):
        body = json.dumps({"sender": guess, "message": "waar staat dat?"}).encode()
        assert post(f"{assistant.url}/webhooks/website/webhook", body)[0] == 400


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("slash", SLASHES)
def test_a_command_that_no_button_carries_is_only_text(slash: str, command: str) -> None:
    text = safe_text(slash + command)
    visible = "".join(character for character in text if unicodedata.category(character)[0] not in "CZ")
    assert not visible.startswith("/") and text.strip()


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.text() | st.integers(), lambda child: st.lists(child) | st.dictionaries(st.text(), child)
    ).map(lambda value: json.dumps(value).encode())
)
def test_a_body_is_checked_or_refused(body: bytes) -> None:
    for check in (lambda: parse(body, 2000), lambda: parse_feedback(body)):
        try:
            check()
        except BadRequest as refused:
            assert 400 <= refused.status < 500


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=2500))
def test_any_text_can_be_checked_spelled_cleaned_and_masked(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert not safe_text(text).strip().startswith("/") or safe_text(text).strip() in ("/affirm", "/deny")
    assert plain(text).startswith(" ")
    assert len(clean(text)) <= 600
    masked = MASK(text)
    assert all(f"[{kind}]" in masked.text for kind in masked.found)

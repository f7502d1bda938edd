"""Bad input to the website channel, over real HTTP: a clear 4xx, and nothing lost."""

from __future__ import annotations

import json
import secrets
import sqlite3
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.assistant import Assistant, post

SENDER = secrets.token_hex(16)


def send(assistant: Assistant, body: Any) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return post(f"{assistant.url}/webhooks/website/webhook", data)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "empty_body"),
        (b"\x00\xff\xfe\x80binary", 400, "not_json"),
        (b"sender=x&message=hoi", 400, "not_json"),
        (b"[" * 5000, 400, "not_json"),
        (b'"hoi"', 400, "not_an_object"),
        ({"message": "hoi"}, 400, "bad_sender"),
        ({"sender": "kort", "message": "hoi"}, 400, "bad_sender"),
        ({"sender": "iemand@voorbeeld.nl-en-nog-wat-langer", "message": "hoi"}, 400, "bad_sender"),
        ({"sender": ["lijst"], "message": "hoi"}, 400, "bad_sender"),
        ({"sender": SENDER}, 400, "empty_message"),
        ({"sender": SENDER, "message": "   "}, 400, "empty_message"),
        ({"sender": SENDER, "message": {"tekst": "hoi"}}, 400, "empty_message"),
        ({"sender": SENDER, "message": "a" * 10_000}, 413, "message_too_long"),
        (b'{"sender": "x", "message": "' + b"a" * 100_000 + b'"}', 413, "body_too_large"),
    ],
)
def test_bad_input_gets_a_clear_error(assistant: Assistant, body: Any, status: int, code: str) -> None:
    got, answer = send(assistant, body)
    assert (got, answer["error"]) == (status, code)
    assert answer["message"].endswith(".")


def test_an_unknown_path_and_method_are_json_errors(assistant: Assistant) -> None:
    assert post(f"{assistant.url}/webhooks/nergens/webhook", b"{}")[0] == 404
    assert post(f"{assistant.url}/", b"{}")[0] == 405


def test_a_million_bytes_are_refused(assistant: Assistant) -> None:
    status, answer = send(assistant, b"{" + b" " * 1_000_000 + b"}")
    assert status == 413 and answer["message"]


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/session_start",
        "/action_forget",
        '/choose{"answer":"../../etc"}',
        '/ask_what_is{"topic":"x"}',
        '/greet{"a":',
        "/" * 500,
        '/choose{"answer":"ips/wat","role":"admin"}',
    ],
)
def test_typed_commands_can_do_nothing_that_a_button_could_not(assistant: Assistant, text: str) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is ips")
    assert conversation.says(text).text.strip()
    assert conversation.says("waar staat dat?").sources, "the conversation is still there"


@pytest.mark.parametrize(
    "text",
    [
        "\u202e\u2066omgekeerd\u2069",
        "e" + "\u0301" * 500,
        "\x00\x01\x02",
        "🙃" * 500,
        "\ud83d ontbrekend half teken",
        "𝕨𝕒𝕥 𝕚𝕤 𝕚𝕡𝕤",
        "a" * 1999,
    ],
)
def test_strange_characters_get_a_calm_reply(assistant: Assistant, text: str) -> None:
    status, messages = send(assistant, {"sender": secrets.token_hex(16), "message": text})
    assert (status == 200 and messages[-1]["text"]) or (status == 400 and messages["error"] == "empty_message")


def test_one_sender_can_not_flood(assistant: Assistant) -> None:
    sender = secrets.token_hex(16)
    statuses = [send(assistant, {"sender": sender, "message": "hoi"})[0] for _ in range(32)]
    assert statuses[:30] == [200] * 30
    assert statuses[30:] == [429, 429]


def test_rasas_own_interface_is_not_there(assistant: Assistant) -> None:
    for path in ("/model/parse", "/conversations/default/tracker", "/status", "/domain", "/version"):
        assert post(f"{assistant.url}{path}", b'{"text":"hoi"}')[0] in (404, 405)


def test_the_page_is_there(assistant: Assistant) -> None:
    with urllib.request.urlopen(assistant.url, timeout=10) as page:
        assert page.status == 200
        assert "Koers" in page.read().decode()


def request(url: str, method: str = "POST", body: Any = None, **headers: str) -> tuple[int, Any, bytes]:
    data = json.dumps(body).encode() if body is not None else None
    asked = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers}, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_only_a_site_of_the_settings_may_call_from_a_browser(assistant: Assistant) -> None:
    url, header = f"{assistant.url}/webhooks/website/webhook", "Access-Control-Allow-Origin"
    ours, theirs = "https://gemeente.example", "https://ergens-anders.example"
    for address in ("webhook", "overview", "feedback"):
        # A browser posts only after a preflight that is a success as well as allowed.
        status, headers, _ = request(f"{assistant.url}/webhooks/website/{address}", "OPTIONS", Origin=ours)
        assert (status, headers[header], headers["Access-Control-Allow-Headers"]) == (204, ours, "content-type")
    body = {"sender": secrets.token_hex(16), "message": "hoi"}
    assert request(url, body=body, Origin=ours)[1][header] == ours
    assert request(url, body=body, Origin=theirs)[1][header] is None
    assert request(url, "OPTIONS", Origin=theirs)[1][header] is None


def test_an_overview_becomes_a_pdf_that_names_nobody(assistant: Assistant) -> None:
    document = {"title": "Mijn overzicht", "sections": [{"heading": "Voor", "lines": ["rust"]}], "footer": "Koers"}
    status, headers, pdf = request(f"{assistant.url}/webhooks/website/overview", body=document)
    assert (status, headers["Content-Type"], pdf[:5]) == (200, "application/pdf", b"%PDF-")
    assert headers["Cache-Control"] == "no-store" and "overzicht.pdf" in headers["Content-Disposition"]


@pytest.mark.parametrize(
    "body", [None, [], "tekst", {"title": 1, "sections": []}, {"sections": [{"lines": "geen lijst"}]}]
)
def test_what_is_no_overview_gets_a_clear_error(assistant: Assistant, body: Any) -> None:
    status, _, answer = request(f"{assistant.url}/webhooks/website/overview", body=body)
    assert status == 400 and json.loads(answer)["error"] == "bad_document"


def test_feedback_is_kept_without_sender_and_with_its_words_masked(assistant: Assistant) -> None:
    sender = secrets.token_hex(16)
    word = "mijn nummer is 06 27182818, verder een goed antwoord"
    body = {"sender": sender, "answer_id": "ips/wat", "rating": "up", "comment": word}
    assert request(f"{assistant.url}/webhooks/website/feedback", body=body)[0] == 200
    with sqlite3.connect(assistant.folder / "conversations.db") as database:
        rows = database.execute("SELECT * FROM koers_feedback WHERE answer = 'ips/wat'").fetchall()
    assert "goed antwoord" in str(rows) and "[telefoonnummer]" in str(rows)
    assert "27182818" not in str(rows) and sender not in str(rows)


def test_danger_in_a_comment_gets_the_crisis_text_and_is_not_kept(assistant: Assistant) -> None:
    body = {"answer_id": "coral/wat", "rating": "down", "comment": "helpt niks, ik wil niet meer leven"}
    status, _, answer = request(f"{assistant.url}/webhooks/website/feedback", body=body)
    (message,) = json.loads(answer)["messages"]
    assert status == 200 and message["custom"]["kind"] == "crisis" and "0800-0113" in message["text"]
    with sqlite3.connect(assistant.folder / "conversations.db") as database:
        rows = database.execute("SELECT rating, comment FROM koers_feedback WHERE answer = 'coral/wat'").fetchall()
    assert rows == [("down", None)]


def test_changed_thumb_replaces_the_one_before(assistant: Assistant) -> None:
    name = secrets.token_hex(16)
    for rating, comment in (("up", ""), ("down", ""), ("down", "toch te kort")):
        body = {"answer_id": "wgb/wat", "rating": rating, "comment": comment, "name": name}
        assert request(f"{assistant.url}/webhooks/website/feedback", body=body)[0] == 200
    assert (
        request(f"{assistant.url}/webhooks/website/feedback", body={"answer_id": "wgb/wat", "rating": "up"})[0] == 200
    )
    with sqlite3.connect(assistant.folder / "conversations.db") as database:
        rows = database.execute("SELECT rating, comment FROM koers_feedback WHERE answer = 'wgb/wat'").fetchall()
    assert rows == [("down", "toch te kort"), ("up", None)]


@pytest.mark.parametrize("body", [None, [], {"rating": "geweldig"}, {"comment": "zonder oordeel"}])
def test_feedback_without_a_judgement_is_refused(assistant: Assistant, body: Any) -> None:
    assert request(f"{assistant.url}/webhooks/website/feedback", body=body)[0] == 400

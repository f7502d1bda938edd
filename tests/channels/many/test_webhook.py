"""What the community channel accepts, over real HTTP: signed, fresh, well-formed events, each once."""

from __future__ import annotations

import asyncio
import base64
import json
import time
import urllib.error
import urllib.request
from typing import Any, Dict

import pytest
from rasa.core.run import create_http_input_channels
from sanic.request import Request

from bot.channels.many import signature
from bot.channels.many.channel import ManyInput, NotConfigured
from bot.channels.many.platform import HttpPlatform
from bot.channels.requests import BadRequest
from bot.settings import Settings
from deploy.many_demo.webhooks import headers
from tests.assistant import PROJECT, Assistant
from tests.channels.many.community import (
    KEY,
    OLD_KEY,
    STRANGE_KEY,
    Community,
    answer_to,
    as_body,
    event,
    send,
)


def quiet(**fields: Any) -> Dict[str, Any]:
    """A well-formed event to which Koers has nothing to say."""
    return event(**{"text": "Dank allemaal!", **fields})


def test_an_event_is_accepted_at_once_and_known_the_second_time(assistant: Assistant, community: Community) -> None:
    body = as_body(quiet())
    assert send(assistant.url, body) == (202, {"status": "accepted"})
    assert send(assistant.url, body) == (202, {"status": "known"})


def test_a_replayed_delivery_gives_no_second_reply(assistant: Assistant, community: Community) -> None:
    post = community.board.write(community.member("friesland"), "region", "friesland", "Wie betaalt IPS?", tell=False)
    body = as_body(event(thread_id=post))
    assert send(assistant.url, body)[1]["status"] == "accepted"
    community.reply(post)
    assert send(assistant.url, body)[1]["status"] == "known"
    community.settle()
    assert len(community.replies(post)) == 1


def test_both_valid_keys_work_and_no_other(assistant: Assistant) -> None:
    assert send(assistant.url, as_body(quiet()), key=OLD_KEY)[0] == 202
    status, answer = send(assistant.url, as_body(quiet()), key=STRANGE_KEY)
    assert (status, answer["error"]) == (401, "bad_signature")


@pytest.mark.parametrize("seconds", [-signature.WINDOW - 5, signature.WINDOW + 60])
def test_a_stale_time_stamp_is_refused(assistant: Assistant, seconds: int) -> None:
    status, answer = send(assistant.url, as_body(quiet()), at=int(time.time()) + seconds)
    assert (status, answer["error"]) == (401, "stale")


def test_a_changed_body_is_refused(assistant: Assistant) -> None:
    body = as_body(quiet())
    signed = headers(KEY, json.loads(body)["event_id"], body, int(time.time()))
    request = urllib.request.Request(f"{assistant.url}/webhooks/many/webhook", body.replace(b"Dank", b"Bank"), signed)
    assert answer_to(request)[1]["error"] == "bad_signature"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-signature", ""),
        ("webhook-signature", "v1,geen-base64"),
        ("webhook-signature", "v1,é"),
        ("webhook-timestamp", "gisteren"),
        ("webhook-timestamp", "-1"),
        ("webhook-timestamp", "²"),
        ("webhook-id", ""),
    ],
)
def test_headers_that_make_no_sense_are_refused(assistant: Assistant, name: str, value: str) -> None:
    body = as_body(quiet())
    signed = {**headers(KEY, json.loads(body)["event_id"], body, int(time.time())), name: value}
    signed = {key: text.encode("utf-8").decode("latin-1") for key, text in signed.items()}
    request = urllib.request.Request(f"{assistant.url}/webhooks/many/webhook", body, signed)
    assert answer_to(request)[0] == 401


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"\x00\xff binary", 400, "not_json"),
        (b"[" * 5000, 400, "not_json"),
        (b"[]", 422, "unknown_type"),
        (as_body(quiet(type="post.liked")), 422, "unknown_type"),
        (as_body(quiet(type=["post.created"])), 422, "unknown_type"),
        (as_body(quiet(text=None)), 422, "malformed"),
        (as_body(quiet(author={"id": "lid-1"})), 422, "malformed"),
        (as_body(quiet(author={"id": "Jan; DROP TABLE", "role": "professional"})), 422, "malformed"),
        (as_body(quiet(time="vandaag")), 422, "malformed"),
        (as_body(quiet(time="2026-99-99T10:00:00Z")), 422, "malformed"),
        (as_body(quiet(mentions="koers")), 422, "malformed"),
        (as_body(quiet(space={"kind": "region", "id": "atlantis"})), 422, "unknown_space"),
        (as_body(quiet(space={"kind": "category", "id": "friesland"})), 422, "unknown_space"),
        (as_body({**quiet(), "text": "a" * 10_001}), 422, "malformed"),
        (as_body({**quiet(), "text": "a" * 70_000}), 413, "body_too_large"),
    ],
)
def test_a_malformed_event_gets_a_clear_error(assistant: Assistant, body: bytes, status: int, code: str) -> None:
    got, answer = send(assistant.url, body, event="e-kapot")
    assert (got, answer["error"]) in ((status, code), (422, "other_id"))
    assert answer["message"].endswith(".") and "Jan" not in answer["message"]


def test_a_malformed_event_names_the_field(assistant: Assistant) -> None:
    whole = quiet(author={"id": "lid-1"})
    assert send(assistant.url, as_body(whole))[1]["message"] == "'author.role' ontbreekt."


def test_an_id_that_differs_from_the_signed_one_is_refused(assistant: Assistant) -> None:
    assert send(assistant.url, as_body(quiet()), event="e-anders")[1]["error"] == "other_id"


def test_a_million_bytes_are_refused(assistant: Assistant) -> None:
    body = as_body({**quiet(), "text": "a" * 1_000_000})
    try:
        assert send(assistant.url, body)[0] == 413
    except urllib.error.URLError as error:
        # Who is still sending when the refusal comes may only see that the connection is closed.
        assert isinstance(error.reason, (BrokenPipeError, ConnectionResetError))
    assert send(assistant.url, as_body(quiet()))[0] == 202


def test_text_that_no_database_would_take_is_taken(assistant: Assistant, community: Community) -> None:
    whole = event(text="x")
    body = json.dumps(whole).replace('"text": "x"', '"text": "\\ud83d half \\u0000 \\u202e"').encode()
    assert send(assistant.url, body)[0] == 202
    community.settle()


def test_the_spaces_are_the_regions_and_ten_categories(assistant: Assistant) -> None:
    _, answer = answer_to(urllib.request.Request(f"{assistant.url}/webhooks/many/spaces"))
    kinds = [space["kind"] for space in answer["spaces"]]
    assert (kinds.count("region"), kinds.count("category")) == (35, 10)
    names = {space["name"] for space in answer["spaces"]}
    assert {"Interventies", "Financiën", "Friesland"} <= names


# ---------------------------------------------------------------------------------------------- configuration


def settings(**environment: str) -> Settings:
    return Settings.from_environment(environment)


def test_without_a_key_the_channel_is_off() -> None:
    channel = ManyInput(settings(), HttpPlatform)
    with pytest.raises(BadRequest) as problem:
        asyncio.run(channel.accept(Request(b"/", {}, "1.1", "POST", None, None)))  # type: ignore[arg-type]
    assert (problem.value.status, problem.value.code) == (503, "channel_off")


def test_a_setting_that_is_wrong_stops_koers_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOERS_MANY_KEYS", "geheim")
    with pytest.raises(NotConfigured, match="urandom"):
        create_http_input_channels(None, str(PROJECT / "credentials.yml"))


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"KOERS_MANY_KEYS": "geheim"}, "whsec_"),
        ({"KOERS_MANY_KEYS": f"whsec_{base64.b64encode(b'kort').decode()}"}, "24"),
        ({"KOERS_MANY_KEYS": ",".join([KEY, OLD_KEY, STRANGE_KEY])}, "hoogstens 2"),
        ({"KOERS_MANY_KEYS": KEY}, "KOERS_MANY_PLATFORM_URL"),
        ({"KOERS_MANY_KEYS": KEY, "KOERS_MANY_PLATFORM_URL": "ftp://x", "KOERS_MANY_PLATFORM_TOKEN": "x"}, "https"),
    ],
)
def test_settings_that_are_not_whole_stop_the_start(environment: Dict[str, str], says: str) -> None:
    with pytest.raises(NotConfigured, match=says):
        ManyInput(settings(**environment), HttpPlatform)

"""The descriptions of both directions: valid OpenAPI 3.1, served, and true of what is really sent."""

from __future__ import annotations

import json
import urllib.request
from typing import Any, Dict, List

import pytest
from jsonschema import Draft202012Validator, RefResolver

from bot.channels.many.events import description
from tests.assistant import PROJECT, Assistant
from tests.channels.many.community import TOKEN, Community, answer_to, as_body, event, send

OFFICIAL = json.loads((PROJECT / "tests" / "data" / "openapi-3.1.json").read_text())


def problems(name: str, schema: str, instance: Any) -> List[str]:
    document = description(name)
    validator = Draft202012Validator(document["components"]["schemas"][schema], resolver=RefResolver("", document))
    return [error.message for error in validator.iter_errors(instance)]


@pytest.mark.parametrize("name", ["koers", "platform"])
def test_a_description_is_valid_openapi(name: str) -> None:
    assert [error.message for error in Draft202012Validator(OFFICIAL).iter_errors(description(name))] == []
    for schema in description(name)["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_a_description_that_is_not_openapi_is_noticed() -> None:
    broken = {**description("koers"), "paths": {"/webhook": {"post": {"responses": {"twee": {}}}}}}
    assert list(Draft202012Validator(OFFICIAL).iter_errors(broken))


@pytest.mark.parametrize(("address", "name"), [("openapi.json", "koers"), ("platform-openapi.json", "platform")])
def test_a_description_is_served(assistant: Assistant, address: str, name: str) -> None:
    status, served = answer_to(urllib.request.Request(f"{assistant.url}/webhooks/many/{address}"))
    assert (status, served) == (200, description(name))


def test_what_the_demo_app_sends_is_what_is_described(community: Community, assistant: Assistant) -> None:
    """The board keeps its events until they are sent: with the app's sender out of the way they can be read."""
    from deploy.many_demo.board import Board

    board = Board("sqlite://")
    member = board.join("Een lid", ["friesland"])
    post = board.write(member, "region", "friesland", "@koers wat is IPS?")
    comment = board.comment(member, post, "en dan?")
    board.comment(member, post, "nog iets", in_reply_to=comment)
    board.delete(member, post)
    board.choose_regions(member, [])
    board.leave(member)
    seen: List[Dict[str, Any]] = []
    while (found := board.next_delivery()) is not None:
        seen.append(json.loads(found[1]))
        board.delivered(found[0], 202)
    schemas = {
        "post.created": "PostCreated",
        "comment.created": "CommentCreated",
        "post.deleted": "PostDeleted",
        "member.left": "MemberLeft",
    }
    assert {whole["type"] for whole in seen} == set(schemas) and len(seen) == 6
    for whole in seen:
        assert problems("koers", schemas[whole["type"]], whole) == []


def test_what_koers_answers_is_what_is_described(assistant: Assistant) -> None:
    assert problems("koers", "Accepted", send(assistant.url, as_body(event(text="Dank!")))[1]) == []
    assert problems("koers", "Error", send(assistant.url, b"{}", event="e-x")[1]) == []


def test_the_demo_app_honours_the_key_and_the_token_as_described(community: Community) -> None:
    post = community.board.write(community.member(), "category", "interventies", "Dank allemaal!")

    def comment(thread: str, body: Any, token: str = TOKEN, key: str = "sleutel-1") -> Any:
        request = urllib.request.Request(
            f"{community.url}/api/threads/{thread}/comments",
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": "application/json"},
        )
        return answer_to(request)

    body = {"text": "Een reactie"}
    assert problems("platform", "NewComment", body) == []
    first, again = comment(post, body), comment(post, body)
    assert (first[0], again[0]) == (201, 200) and first[1] == again[1]
    assert problems("platform", "Comment", first[1]) == []
    assert len(community.replies(post)) == 1
    assert comment(post, body, token="geraden")[0] == 401
    assert comment("bestaat-niet", body, key="sleutel-2")[0] == 404
    assert comment(post, {"text": ""}, key="sleutel-3")[0] == 422

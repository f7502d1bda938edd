"""Which turns of a conversation are private, and what the store does with them."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import List

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered

from bot.actions.flows import FLOWS
from bot.safety.private_flows import PRIVATE_FORMS, ConversationStore, goes_on, private_turns, remove_left
from knowledge.tables import PROJECT

DOMAIN = Domain.load(str(PROJECT / "domain.yml"))
SENDER = "a" * 32
QUESTION: List[Event] = [UserUttered("wat is ips"), ActionExecuted("action_answer"), SlotSet("topics", ["ips"])]
STEP: List[Event] = [
    UserUttered("appelflap"),
    ActionExecuted("disclosure_form"),
    ActiveLoop("disclosure_form"),
    SlotSet("flow_answers", {"answers": {"voor": ["appelflap"]}}),
]
END: List[Event] = [
    UserUttered("bedankt voor de appelflap"),
    ActionExecuted("disclosure_form"),
    ActiveLoop(None),
    SlotSet("flow_answers", None),
]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'conversations.db'}"


def store(url: str) -> ConversationStore:
    return ConversationStore(domain=DOMAIN, host=url)


def say(url: str, *turns: List[Event], age: float = 0.0) -> None:
    """Add turns, through a store that was made just now, as after a restart."""
    opened = store(url)
    tracker = asyncio.run(opened.get_or_create_tracker(SENDER, append_action_listen=False))
    for event in [event for turn in turns for event in turn]:
        copy = Event.from_parameters(event.as_dict())
        assert copy is not None
        copy.timestamp = time.time() - age
        tracker.update(copy)
    asyncio.run(opened.save(tracker))


def on_disk(folder: Path) -> bytes:
    """What stands in the database's files, its log among them."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def kept(url: str) -> List[str]:
    """What was typed, as the store has it."""
    tracker = asyncio.run(store(url).retrieve(SENDER))
    assert tracker is not None
    return [event.text or "" for event in tracker.events if isinstance(event, UserUttered)]


def test_a_turn_is_private_as_a_whole_and_ends_where_a_session_begins() -> None:
    kinds = [
        ("user", None), ("action", "action_answer"),
        ("user", None), ("action", "disclosure_form"), ("slot", "flow"),
        ("action", "action_session_start"), ("session_started", None),
        ("user", None), ("active_loop", "disclosure_form"),
    ]  # fmt: skip
    assert private_turns(kinds) == [False, False, True, True, True, False, False, True, True]
    assert goes_on(kinds) and not goes_on([*kinds, ("active_loop", None)]) and not goes_on([])


def test_private_forms_are_those_of_the_flows_that_say_so() -> None:
    assert {action.form for action in FLOWS.values() if action.is_private} == PRIVATE_FORMS


def test_while_it_goes_on_a_restart_finds_it_again(url: str) -> None:
    say(url, [SessionStarted()], QUESTION, STEP)
    say(url, STEP)
    assert kept(url) == ["wat is ips", "appelflap", "appelflap"]


def test_at_its_end_only_the_rest_is_kept_and_slots_stay(url: str, tmp_path: Path) -> None:
    say(url, [SessionStarted()], QUESTION, STEP)
    say(url, STEP)
    say(url, END)
    assert kept(url) == ["wat is ips"]
    say(url, [UserUttered("en wie betaalt dat")])
    assert kept(url) == ["wat is ips", "en wie betaalt dat"]
    tracker = asyncio.run(store(url).retrieve(SENDER))
    assert tracker is not None and tracker.get_slot("topics") == ["ips"] and tracker.active_loop_name is None
    assert b"appelflap" not in on_disk(tmp_path)


def test_after_hours_it_is_gone_for_who_comes_back_and_for_who_does_not(url: str, tmp_path: Path) -> None:
    say(url, [SessionStarted()], QUESTION, STEP, age=5 * 3600)
    assert b"appelflap" in on_disk(tmp_path)
    assert kept(url) == ["wat is ips"]
    say(url, STEP)
    assert remove_left(url, 4) == 0
    assert remove_left(url, 4, now=time.time() + 5 * 3600) == 1
    assert kept(url) == ["wat is ips"]
    assert b"appelflap" not in on_disk(tmp_path)


def test_without_a_database_there_is_nothing_to_remove(url: str) -> None:
    assert remove_left(url, 4) == 0


def test_an_error_of_the_database_does_not_quote_what_was_typed(url: str) -> None:
    broken = store(url)
    with broken.engine.begin() as connection:
        connection.exec_driver_sql("drop table events")
    tracker = asyncio.run(store(url + "2").get_or_create_tracker(SENDER, append_action_listen=False))
    tracker.update(UserUttered("appelflap"))
    with pytest.raises(Exception) as problem:
        asyncio.run(broken.save(tracker))
    assert "appelflap" not in str(problem.value)

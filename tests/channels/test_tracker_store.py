"""What is kept of a conversation and read again: everything stays, and only the last part is read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import List

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import RECENT_EVENTS, RecentEventsStore

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      region: {type: text, influence_conversation: false, mappings: [{type: custom}]}
      topics: {type: list, influence_conversation: false, mappings: [{type: custom}]}
    forms:
      eligibility_form: {required_slots: []}
    """
)


@pytest.fixture
def store(tmp_path: Path) -> RecentEventsStore:
    return RecentEventsStore(DOMAIN, db=str(tmp_path / "conversations.db"))


async def a_long_conversation(store: RecentEventsStore, turns: int) -> None:
    for turn in range(turns):
        tracker = await store.get_or_create_tracker("someone", append_action_listen=False)
        if turn == 0:
            start = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
            known = [SlotSet("region", "amersfoort"), SlotSet("topics", ["ips"]), ActiveLoop("eligibility_form")]
            tracker.update_with_events([*start, *known], DOMAIN)
        tracker.update_with_events(
            [UserUttered(f"vraag {turn}", {"name": "ask"}), ActionExecuted("action_listen")], DOMAIN
        )
        await store.save(tracker)


def texts(tracker: DialogueStateTracker) -> List[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def test_a_short_conversation_is_read_whole(store: RecentEventsStore) -> None:
    asyncio.run(a_long_conversation(store, 3))
    tracker = asyncio.run(store.retrieve("someone"))
    assert tracker is not None and texts(tracker) == ["vraag 0", "vraag 1", "vraag 2"]


def test_of_a_long_conversation_the_end_is_read_with_the_state_that_the_beginning_left(
    store: RecentEventsStore,
) -> None:
    asyncio.run(a_long_conversation(store, RECENT_EVENTS))
    tracker = asyncio.run(store.retrieve("someone"))
    assert tracker is not None
    assert texts(tracker)[-1] == f"vraag {RECENT_EVENTS - 1}"
    assert len(tracker.events) <= RECENT_EVENTS + 3
    assert tracker.get_slot("region") == "amersfoort" and tracker.get_slot("topics") == ["ips"]
    assert tracker.active_loop_name == "eligibility_form"


def test_nothing_is_stored_twice_and_nothing_is_lost(store: RecentEventsStore) -> None:
    asyncio.run(a_long_conversation(store, RECENT_EVENTS))
    whole = asyncio.run(store.retrieve_full_tracker("someone"))
    assert whole is not None and texts(whole) == [f"vraag {turn}" for turn in range(RECENT_EVENTS)]

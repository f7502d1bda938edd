"""What the agent remembers and prepares gives what Rasa itself works out anew at every turn."""

from __future__ import annotations

from typing import List

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.agent import LocalActions, Processor
from bot.train import MODEL

START: List[Event] = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
TURN: List[Event] = [
    UserUttered("hallo", {"name": "greet"}),
    DefinePrevUserUtteredFeaturization(False),
    ActionExecuted("utter_greet"),
    ActionExecuted("action_listen"),
]


@pytest.fixture(scope="module")
def processor() -> Processor:
    return Processor(
        MODEL,
        tracker_store=InMemoryTrackerStore(None),
        lock_store=InMemoryLockStore(),
        generator=TemplatedNaturalLanguageGenerator({}),
        action_endpoint=LocalActions(),
    )


@pytest.fixture(scope="module")
def rasas() -> MessageProcessor:
    return MessageProcessor(
        MODEL,
        tracker_store=InMemoryTrackerStore(None),
        lock_store=InMemoryLockStore(),
        generator=TemplatedNaturalLanguageGenerator({}),
    )


def conversation(processor: MessageProcessor, *events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("someone", list(events), processor.domain.slots)


def test_a_remembered_prediction_is_the_one_that_rasa_makes(processor: Processor, rasas: MessageProcessor) -> None:
    remembered = 0
    for intent in processor.domain.intents:
        said = UserUttered("...", {"name": intent})
        for before in ([], TURN):
            asked = [*START, *before, said]
            expected = rasas._predict_next_with_tracker(conversation(rasas, *asked))
            action = processor.domain.action_names_or_texts[expected.probabilities.index(expected.max_confidence)]
            ran = [*asked, *expected.events, ActionExecuted(action), SlotSet("topics", ["ips"])]
            for events in (asked, ran):
                expected = rasas._predict_next_with_tracker(conversation(rasas, *events))
                for _ in range(2):
                    tracker = conversation(processor, *events)
                    given = processor._predict_next_with_tracker(tracker)
                    assert given.probabilities == expected.probabilities, (intent, before)
                    assert (given.policy_name, given.events) == (expected.policy_name, expected.events)
                    assert given.hide_rule_turn == expected.hide_rule_turn
                situation = processor._predictions.situation(tracker)
                remembered += situation is not None and processor._predictions.known(situation) is not None
    assert remembered > 3 * len(processor.domain.intents)


@pytest.mark.parametrize(
    "events",
    [
        [UserUttered("de check", {"name": "start_eligibility"}), ActiveLoop("eligibility_form")],
        [UserUttered("hallo", {"name": "greet"}), FollowupAction("action_listen")],
        [],
    ],
)
def test_a_form_a_follow_up_and_a_beginning_are_left_to_rasa(processor: Processor, events: List[Event]) -> None:
    assert processor._predictions.situation(conversation(processor, *START, *events)) is None


def test_a_message_is_understood_as_by_rasas_runner(processor: Processor, rasas: MessageProcessor) -> None:
    tracker = conversation(processor, *START)
    for text in ("wat is ips", '/choose{"answer":"ips/wat"}'):
        message = UserMessage(text)
        assert processor._parse_message_with_graph(message, tracker) == rasas._parse_message_with_graph(
            message, tracker
        )

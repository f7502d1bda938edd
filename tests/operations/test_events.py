"""What an event broker is told, and what happens to turns when it is away."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import List

import pytest
import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import PikaEventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered

from bot.operations import events
from bot.operations.endpoints import endpoints_of
from bot.operations.events import WordlessBroker, broker_endpoint
from bot.safety.private_flows import ConversationStore
from bot.settings import Settings
from knowledge.tables import PROJECT

DOMAIN = Domain.load(str(PROJECT / "domain.yml"))
SENDER = "b" * 32
TURN: List[Event] = [
    UserUttered(
        "wat is ips in appelflap",
        intent={"name": "what", "confidence": 0.9},
        entities=[{"entity": "place", "value": "appelflap"}],
        metadata={"role": "client", "word": "appelflap"},
        input_channel="website",
    ),
    SlotSet("region", "appelflap"),
    ActionExecuted("action_answer", "RulePolicy", 1.0),
    BotUttered("In appelflap ...", {"custom": {"kind": "answer", "topics": ["ips"], "masked": "appelflap"}}),
]
PRIVATE: List[Event] = [UserUttered("appelflap"), ActionExecuted("disclosure_form"), ActiveLoop("disclosure_form")]


def settings(tmp_path: Path, events: str) -> Settings:
    conversations = f"sqlite:///{tmp_path / 'conversations.db'}"
    return Settings.from_environment({"KOERS_CONVERSATIONS_URL": conversations, "KOERS_EVENTS_URL": events})


async def _say(of: Settings, *turns: List[Event]) -> None:
    broker = await EventBroker.create(endpoints_of(of).event_broker, asyncio.get_running_loop())
    store = ConversationStore(domain=DOMAIN, host=of.conversations_url, event_broker=broker)
    for turn in turns:
        tracker = await store.get_or_create_tracker(SENDER, append_action_listen=False)
        for event in turn:
            tracker.update(event)
        await store.save(tracker)
    if broker is not None:
        await broker.close()


def told(url: str) -> List[str]:
    with sa.create_engine(url).connect() as connection:
        return list(connection.execute(sa.text("SELECT data FROM events ORDER BY id")).scalars())


def test_a_database_of_the_environment_is_told_what_happened_and_no_word(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'events.db'}"
    asyncio.run(_say(settings(tmp_path, url), TURN, TURN))
    found = told(url)
    assert len(found) == 6
    everything = "\n".join(found)
    assert "appelflap" not in everything and SENDER not in everything
    for word in ("what", "action_answer", "RulePolicy", '"kind": "answer"', '"topics": ["ips"]', "website"):
        assert word in everything, word


def test_of_a_private_conversation_nothing_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'events.db'}"
    asyncio.run(_say(settings(tmp_path, url), TURN, PRIVATE, PRIVATE))
    assert len(told(url)) == 3


def test_a_broker_that_fails_costs_no_turn(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(EventBroker):
        def publish(self, event: object) -> None:
            raise OSError(f"can't send {event}")

    store = ConversationStore(
        domain=DOMAIN, host=f"sqlite:///{tmp_path / 'conversations.db'}", event_broker=WordlessBroker(Broken())
    )

    async def say() -> int:
        tracker = await store.get_or_create_tracker(SENDER, append_action_listen=False)
        for event in TURN:
            tracker.update(event)
        await store.save(tracker)
        kept = await store.retrieve(SENDER)
        return len(kept.events) if kept else 0

    with caplog.at_level(logging.ERROR):
        assert asyncio.run(say()) == len(TURN)
    assert "The event broker fails: OSError" in caplog.text and "action_answer" not in caplog.text


def test_without_the_setting_there_is_no_broker_and_a_queue_is_one(tmp_path: Path) -> None:
    assert endpoints_of(settings(tmp_path, "")).event_broker is None
    queue = endpoints_of(settings(tmp_path, "amqp://user:word@host/koers")).event_broker
    assert queue is not None and queue.url == "amqp://user:word@host/koers"


def test_the_database_of_conversations_is_refused() -> None:
    with pytest.raises(ValueError, match="KOERS_EVENTS_URL is dezelfde database"):
        broker_endpoint("postgresql+psycopg2://a:b@host/koers", "postgresql://c@host/koers")


@pytest.mark.parametrize(
    ("url", "reached"),
    [
        ("amqp://koers:geheim@queue/events", "amqp://koers:geheim@queue:5672/events"),
        ("amqps://koers:ge%40heim@queue:5700", "amqps://koers:ge%40heim@queue:5700"),
        ("amqp://queue", "amqp://guest:guest@queue:5672"),
    ],
)
def test_a_queue_is_reached_as_its_url_says(url: str, reached: str) -> None:
    async def configured() -> object:
        endpoint = events.rasas_endpoint(url)
        return PikaEventBroker(endpoint.url, **endpoint.kwargs)._configure_url()

    assert asyncio.run(configured()) == reached

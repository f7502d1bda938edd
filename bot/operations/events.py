"""What an event broker may know: what happened in conversations, without any words or anything that identifies someone.

Rasa sends a broker every event as it is kept, so that a queue or another database would hold what people typed, for as
long as it likes. Koers promises that only the store of conversations holds that (docs/privacy.md).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, Mapping, Optional
from urllib.parse import urlsplit

from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.sql import SQLEventBroker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.engine import make_url

logger = logging.getLogger(__name__)

_QUEUE = "koers_events"
_KEPT = {
    "user": ("input_channel",),
    "action": ("name", "policy", "confidence"),
    "active_loop": ("name",),
    "session_started": (),
    "bot": (),
}
"""What a broker gets of each type of event, besides type and time; no slots, whose values can be the user's words."""


def wordless(event: Mapping[str, Any]) -> Optional[Dict[str, Any]]:
    """What a broker gets of an event; nothing of types that aren't named here.

    The sender's id is hashed, because whoever has it can continue the conversation.
    """
    kind = event["event"]
    if kind not in _KEPT:
        return None
    told = {name: event.get(name) for name in ("event", "timestamp", *_KEPT[kind])}
    told["sender_id"] = hashlib.sha256(event["sender_id"].encode()).hexdigest()[:32]
    if kind == "user":
        intent = (event.get("parse_data") or {}).get("intent") or {}
        told["intent"] = {name: intent.get(name) for name in ("name", "confidence")}
    if kind == "bot":
        custom = (event.get("data") or {}).get("custom") or {}
        told.update({name: custom.get(name) for name in ("kind", "topics")})
    return told


class WordlessBroker(EventBroker):
    """A queue (`amqp://`) or the table `events` of a database, through Rasa's own brokers.

    A turn doesn't wait for it and doesn't fail with it: what can't be told is lost, and the log says so.
    """

    def __init__(self, broker: EventBroker) -> None:
        self._broker = broker
        # One thread, so that events stay in order.
        self._writer = ThreadPoolExecutor(1, "events") if isinstance(broker, SQLEventBroker) else None

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig, event_loop: Optional[asyncio.AbstractEventLoop] = None
    ) -> WordlessBroker:
        """Connect to the endpoint's URL. Raises `ConnectionException` when nobody is there."""
        broker = await EventBroker.create(rasas_endpoint(broker_config.url), event_loop or asyncio.get_running_loop())
        assert broker is not None
        return cls(broker)

    def publish(self, event: Dict[str, Any]) -> None:
        """Tell the broker of an event, as far as it may know."""
        told = wordless(event)
        if told is None:
            return
        if self._writer is None:
            self._tell(told)
        else:
            self._writer.submit(self._tell, told)

    def _tell(self, told: Dict[str, Any]) -> None:
        try:
            self._broker.publish(told)
        except Exception as error:
            logger.error("The event broker fails: %s", type(error).__name__)

    async def close(self) -> None:
        """Write what waits, and leave."""
        if self._writer is not None:
            await asyncio.to_thread(self._writer.shutdown)
        await self._broker.close()


def broker_endpoint(url: str, conversations_url: str) -> Optional[EndpointConfig]:
    """The endpoint of the broker of the settings, if there is one.

    Raises `ValueError` when it is the database of conversations: both have a table `events`.
    """
    if not url:
        return None
    if not _is_queue(url) and _place(url) == _place(conversations_url):
        raise ValueError(
            "KOERS_EVENTS_URL is dezelfde database als KOERS_CONVERSATIONS_URL, en beide hebben een tabel 'events'. "
            "Geef een andere database of een wachtrij (amqp://), of laat KOERS_EVENTS_URL leeg."
        )
    return EndpointConfig(url, type=f"{WordlessBroker.__module__}.{WordlessBroker.__name__}")


def _is_queue(url: str) -> bool:
    return url.startswith(("amqp://", "amqps://"))


def _place(url: str) -> Any:
    parsed = make_url(url)
    return parsed.get_backend_name(), parsed.host, parsed.port, parsed.database


def rasas_endpoint(url: str) -> EndpointConfig:
    """The endpoint of Rasa's own broker for a URL."""
    if _is_queue(url):
        # Rasa wants these apart, as they stand in the URL, which it goes by all the same.
        queue = urlsplit(url)
        port = queue.port or (5671 if queue.scheme == "amqps" else 5672)
        login = {"username": queue.username or "guest", "password": queue.password or "guest"}
        return EndpointConfig(url, type="pika", queues=[_QUEUE], port=port, **login)
    parsed = make_url(url)
    return EndpointConfig(
        parsed.host,
        type="sql",
        dialect=parsed.drivername,
        db=parsed.database,
        port=parsed.port,
        username=parsed.username,
        password=parsed.password,
    )

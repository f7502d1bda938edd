"""Rasa's endpoints: the classes that `endpoints.yml` names, with the addresses of the settings."""

from __future__ import annotations

import logging

from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.trackers import DialogueStateTracker

from bot.operations import keeping
from bot.operations.events import broker_endpoint
from bot.operations.locks import LocalLocks, RedisLocks
from bot.operations.remote_actions import RemoteActions
from bot.settings import Settings
from knowledge.tables import PROJECT

logger = logging.getLogger(__name__)


def endpoints_of(settings: Settings) -> AvailableEndpoints:
    """The places of conversations, locks, actions and events. Raises `ValueError` for settings that can't be."""
    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT / "endpoints.yml"))
    endpoints.tracker_store.url = settings.conversations_url
    endpoints.lock_store = RedisLocks(settings.redis_url) if settings.redis_url else LocalLocks()
    endpoints.action = RemoteActions(settings.actions_urls) if settings.actions_urls else None
    endpoints.event_broker = broker_endpoint(settings.events_url, settings.conversations_url)
    return endpoints


class _KeepsNothing(InMemoryTrackerStore):
    """Drops the turns that can't be stored: Rasa's own fallback keeps them in memory until the process ends."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep nothing."""


def without_pretending(store: FailSafeTrackerStore) -> None:
    """Make Rasa's wrapper around the tracker store report failures, and not put turns where nobody finds them.

    With a database server other replicas go on from what it holds, so a turn that isn't kept fails. A single machine
    answers on while its file can't be written, and says that it keeps nothing; an error's text may quote a message, so
    only its type is logged.
    """

    def on_error(error: Exception) -> None:
        logger.error("The tracker store fails: %s", type(error).__name__)
        keeping.failed(error)
        if store._tracker_store.is_server:
            raise error

    store._on_tracker_store_error = on_error
    store._fallback_tracker_store = _KeepsNothing(store.domain)

"""Rasa's agent as Koers runs it.

Actions run in this process unless an action server is named, messages are read off the event loop, and the check of an
action's result is prepared once.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, Optional, Tuple, Union

import jsonschema
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

_RESULT = jsonschema.Draft202012Validator(RemoteAction.action_response_format_spec())


class LocalActions(EndpointConfig):
    """An action server without the server: runs the actions of `bot.actions` in this process."""

    def __init__(self) -> None:
        super().__init__(enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("bot.actions")

    async def request(self, *_: Any, json: Optional[Dict[str, Any]] = None, **__: Any) -> Optional[Dict[str, Any]]:
        """Run the action that an action server would be asked for."""
        return await self._executor.run(json) if json else None


class CustomAction(RemoteAction):
    """An action of ours; Rasa would prepare the check of its result anew at every call, a third of a turn's time."""

    def _validate_action_result(self, result: Dict[str, Any]) -> bool:
        _RESULT.validate(result)
        return True


class Processor(MessageProcessor):
    """Rasa's processor with our actions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One thread: the event loop stays free, and no component is used by two messages at a time.
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="reading")

    async def parse_message(
        self,
        message: UserMessage,
        tracker: Optional[DialogueStateTracker] = None,
        only_output_properties: bool = True,
    ) -> Dict[str, Any]:
        """What the message means."""
        tracker = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        loop = asyncio.get_running_loop()
        parsed = await loop.run_in_executor(
            self._reading, self._parse_message_with_graph, message, tracker, only_output_properties
        )
        self._check_for_unseen_features(parsed)
        return parsed

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> Tuple[Action, PolicyPrediction]:
        """The next action and the prediction that chose it; raises `ActionLimitReached`."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = CustomAction(action.name(), self.action_endpoint)
        return action, prediction


class KoersAgent(Agent):
    """Rasa's agent with our processor."""

    def load_model(self, model_path: Union[str, Path], fingerprint: Optional[str] = None) -> None:
        """Load a trained model; raises `rasa.exceptions.ModelNotFound` where there is none."""
        self.processor = Processor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses


async def load(model_path: Path, endpoints: AvailableEndpoints) -> KoersAgent:
    """The agent, ready to answer. Without an action endpoint the actions run in this process.

    Raises `rasa.exceptions.ModelNotFound` when there is no trained model.
    """
    broker = await EventBroker.create(endpoints.event_broker, loop=asyncio.get_running_loop())
    # In a thread: it waits for a database server that isn't there yet.
    tracker_store = await asyncio.to_thread(TrackerStore.create, endpoints.tracker_store, event_broker=broker)
    agent = KoersAgent(
        tracker_store=tracker_store,
        lock_store=LockStore.create(endpoints.lock_store),
        action_endpoint=endpoints.action or LocalActions(),
    )
    agent.load_model(model_path)
    return agent

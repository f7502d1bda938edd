"""Rasa's agent as Koers runs it.

Actions run in this process unless an action server is named, messages are read off the event loop, by worker
processes where there are two cores (`bot.workers`), and what Rasa works out anew at every turn with the same outcome is
worked out once. In a profile, which makes everything slower, the event loop's thread took 27 ms a turn before and takes
7; the figures below are of the same profile.
"""

from __future__ import annotations

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

import jsonschema
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.nlu.conversation.context import CONTEXT, Context, context_of
from bot.nlu.encoder import Vectors, shared_encoder
from bot.nlu.questions import known_vectors
from bot.nlu.retriever import AnswerRetriever
from bot.workers import Workers

logger = logging.getLogger(__name__)

_RESULT = jsonschema.Draft202012Validator(RemoteAction.action_response_format_spec())
_LEAVES_PREDICTION = (SlotSet, BotUttered, DefinePrevUserUtteredFeaturization)
"""Events after a message that no rule looks at; slots don't influence the conversation (`domain.yml`)."""

Situation = Tuple[Optional[str], Tuple[str, ...]]
"""What was meant, and the actions since."""


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
        # What this process made itself, `ActionExecutor` has looked at; looking again takes 5 ms.
        if not isinstance(self.action_endpoint, LocalActions):
            _RESULT.validate(result)
        return True


class GraphSteps:
    """Runs a graph as Rasa's runner does, with the order of its nodes worked out once, not every time: 3 ms a turn."""

    def __init__(self, runner: DaskGraphRunner) -> None:
        self.nodes: Dict[str, GraphNode] = runner._instantiated_nodes
        self._needs = {name: list(node.needs.values()) for name, node in runner._graph_schema.nodes.items()}
        self._orders: Dict[str, List[str]] = {}

    def run(self, inputs: Dict[str, Any], targets: List[str]) -> Dict[str, Any]:
        """What the target nodes give. Raises whatever a node raises."""
        results = {name: (name, value) for name, value in inputs.items()}
        for target in targets:
            if target not in self._orders:
                self._orders[target] = self._order(target, [])
            for name in self._orders[target]:
                if name not in results:
                    results[name] = self.nodes[name](*(results[needed] for needed in self._needs[name]))
        return dict(results[target] for target in targets)

    def _order(self, name: str, before: List[str]) -> List[str]:
        """Names of the nodes that must run for this one, each after those that it needs."""
        for needed in self._needs[name]:
            if needed in self._needs and needed not in before:
                self._order(needed, before)
        before.append(name)
        return before


class Predictions:
    """Predictions of rules, remembered by the situation that they were made in.

    Rasa replays the whole conversation five times a turn to find the rule that applies: 8 ms, more in a longer one.
    Outside a form our rules look at one message and the action after it; a longer rule or another kind of condition
    switches this off.
    """

    def __init__(self, nodes: Dict[str, GraphNode]) -> None:
        policies = [node._component for node in nodes.values() if isinstance(node._component, RulePolicy)]
        self._is_on = bool(policies) and all(map(_looks_at_one_message, policies))
        self._known: Dict[Situation, PolicyPrediction] = {}

    def situation(self, tracker: DialogueStateTracker) -> Optional[Situation]:
        """What the prediction depends on; None when that may be more than the latest message and the actions since."""
        if not self._is_on or tracker.active_loop_name or tracker.followup_action or tracker.is_paused():
            return None
        actions: List[str] = []
        message: Optional[UserUttered] = None
        for event in reversed(tracker.events):
            if isinstance(event, ActionExecuted):
                if message is not None:
                    listened = event.action_name == ACTION_LISTEN_NAME
                    return (message.intent_name, tuple(actions)) if listened else None
                actions.append(event.action_name or "")
            elif isinstance(event, UserUttered) and message is None:
                message = event
            elif not isinstance(event, _LEAVES_PREDICTION):
                return None
        return None

    def known(self, situation: Situation) -> Optional[PolicyPrediction]:
        """The prediction for a situation that came before, with an event of its own."""
        known = self._known.get(situation)
        if known is None:
            return None
        # Only right after a message; policies say what they saw of it.
        events: List[Event] = [] if situation[1] else [DefinePrevUserUtteredFeaturization(False)]
        return PolicyPrediction(
            known.probabilities, known.policy_name, known.policy_priority, events, hide_rule_turn=known.hide_rule_turn
        )

    def remember(self, situation: Situation, prediction: PolicyPrediction) -> None:
        """Keep what a rule surely predicts; no other policy can be surer."""
        is_by_rule = prediction.policy_name == RulePolicy.__name__ and prediction.max_confidence == 1.0
        if is_by_rule and not (prediction.is_end_to_end_prediction or prediction.is_no_user_prediction):
            self._known[situation] = prediction


def _looks_at_one_message(policy: RulePolicy) -> bool:
    """Whether each rule is about the intent of one message, the action that follows it, and forms."""
    for key in policy.lookup["rules"]:
        states = json.loads(key)
        if len(states) > 2 or any(set(state) - {"user", "prev_action", "active_loop"} for state in states):
            return False
        if any(set(state.get("user", {})) - {"intent"} for state in states):
            return False
    return True


class Processor(MessageProcessor):
    """Rasa's processor with our actions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = GraphSteps(self.graph_runner)  # type: ignore[has-type]
        self.graph_runner = steps
        self._predictions = Predictions(steps.nodes)
        # One thread: the event loop stays free, and no component is used by two messages at a time.
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._workers: Optional[Workers] = None

    def rest(self) -> None:
        """Stop following the knowledge base; call it before there are workers."""
        for retriever in self._retrievers():
            retriever.rest()

    def read_by(self, workers: Workers) -> None:
        """Let these read messages from now on: they do `read` and `renew` of this processor, which keeps no answers."""
        self._workers = workers
        for retriever in self._retrievers():
            retriever.forget()

    def renew(self) -> bool:
        """Take over another version of the knowledge base, and say whether there was one."""
        renewed = [retriever.renew() for retriever in self._retrievers()]
        return any(renewed)

    def _retrievers(self) -> List[AnswerRetriever]:
        components = (node._component for node in self.graph_runner.nodes.values())
        return [component for component in components if isinstance(component, AnswerRetriever)]

    async def parse_message(
        self,
        message: UserMessage,
        tracker: Optional[DialogueStateTracker] = None,
        only_output_properties: bool = True,
    ) -> Dict[str, Any]:
        """What the message means."""
        text = message.text or ""
        if (meant := self._meant_by_button(text)) is not None:
            return meant
        if self._workers is not None:
            context = context_of(message.metadata or {}, tracker)
            # Most vectors were made when the message was looked at for danger.
            read: Optional[Dict[str, Any]] = await self._workers.attempt("read", text, context, known_vectors(text))
            if read is not None:
                return read
        tracker = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._reading, self._parse_message_with_graph, message, tracker, only_output_properties
        )

    def _meant_by_button(self, text: str) -> Optional[Dict[str, Any]]:
        """What a button's payload says; None for a message, which a payload that isn't one of ours is too."""
        if not text.startswith(INTENT_MESSAGE_PREFIX):
            return None
        message = Message({TEXT: text})
        (found,) = RegexMessageHandler().process([message], self.domain)
        return None if found is message else found.as_dict(only_output_properties=True)

    def read(self, text: str, context: Context, vectors: Mapping[str, Vectors]) -> Dict[str, Any]:
        """What a worker does with a message; `vectors` are known already, of the text and of its sentences."""
        for part, vector in vectors.items():
            shared_encoder().remember(part, vector)
        message = UserMessage(text, metadata={CONTEXT: context})
        return self._parse_message_with_graph(message, DialogueStateTracker.from_events(message.sender_id, []))

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> Tuple[Action, PolicyPrediction]:
        """The next action and the prediction that chose it; raises `ActionLimitReached`."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = CustomAction(action.name(), self.action_endpoint)
        return action, prediction

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        situation = self._predictions.situation(tracker)
        known = self._predictions.known(situation) if situation else None
        if known is not None:
            return known
        prediction = super()._predict_next_with_tracker(tracker)
        if situation:
            self._predictions.remember(situation, prediction)
        return prediction

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        if action.name() == ACTION_LISTEN_NAME:
            # It does nothing, and Rasa copies the conversation for it.
            self._log_action_on_tracker(tracker, action, [], prediction)
            return False
        return bool(await super()._run_action(action, tracker, output_channel, nlg, prediction))

    def _log_action_on_tracker(
        self, tracker: DialogueStateTracker, action: Action, events: Optional[List[Event]], prediction: PolicyPrediction
    ) -> None:
        """Rasa's, without the copies of all events that it makes for a log that isn't kept."""
        events = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)


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


def _remember_event_types() -> None:
    """Rasa goes through all classes for each event that it reads: 6 ms a turn."""
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))


async def load(model_path: Path, endpoints: AvailableEndpoints) -> KoersAgent:
    """The agent, ready to answer. Without an action endpoint the actions run in this process.

    Raises `rasa.exceptions.ModelNotFound` when there is no trained model.
    """
    _remember_event_types()
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

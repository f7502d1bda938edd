"""Rasa component that understands a question: topics, region, and the answers that fit it best.

Its result is the message property `understanding`:

    {"decision": "answer" | "clarify" | "unknown",
     "candidates": [{"id", "topic", "facet", "confidence"}, ...],   # best first
     "topics": [...], "region": slug or None, "place": name or None}

A message that looks more like conversation (a greeting, a command) than like any question keeps the
intent of the classifier; every other message gets the intent of its kind of question.
"""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sqlalchemy.exc import SQLAlchemyError

from bot.nlu.answer_model import AnswerModel
from bot.nlu.conversation.context import CONTEXT, context_of
from bot.nlu.encoder import shared_encoder
from bot.nlu.reader import Reader, learn_model
from bot.nlu.understanding import QUESTION_INTENTS, Understanding
from bot.settings import Settings
from knowledge.queries import Knowledge, Snapshot

logger = logging.getLogger(__name__)

_EXAMPLES_FILE = "conversation_examples.json"
_MODEL_FILE = "answer_model.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerRetriever(IntentClassifier, GraphComponent):
    """Finds answers, with the knowledge base as it is now: a new version is noticed within seconds."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`refresh_seconds`: how often the knowledge base's version is looked at."""
        return {"refresh_seconds": 2.0}

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        conversation_examples: Optional[Dict[str, List[str]]] = None,
        model: Optional[AnswerModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._conversation_examples = conversation_examples or {}
        self._model = model
        self._reader: Optional[Reader] = None
        self._loading = threading.Lock()
        self._watcher: Optional[threading.Thread] = None
        self._resting = threading.Event()
        self._is_renewed = False

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerRetriever:
        """A component that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Remember how conversation looks, so that questions can be told from it."""
        examples: Dict[str, List[str]] = {}
        for example in training_data.intent_examples:
            intent = example.get(INTENT)
            if intent not in QUESTION_INTENTS and example.get(TEXT):
                examples.setdefault(intent, []).append(example.get(TEXT))
        snapshot = self._snapshot()
        if snapshot is None:
            raise RuntimeError("There is no knowledge base to learn from; run 'make knowledge' first.")
        model = learn_model(snapshot, shared_encoder(), Settings.from_environment().vectors_path, examples)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _EXAMPLES_FILE).write_text(json.dumps(examples, ensure_ascii=False), encoding="utf-8")
            model.save(folder / _MODEL_FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerRetriever:
        """The component as it was trained; the knowledge base is read at the first message."""
        try:
            with model_storage.read_from(resource) as folder:
                examples = json.loads((Path(folder) / _EXAMPLES_FILE).read_text(encoding="utf-8"))
                model = AnswerModel.load(Path(folder) / _MODEL_FILE)
        except (ValueError, FileNotFoundError):
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, examples, model)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: no later component learns from the understanding."""
        return training_data

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set `understanding` and the final intent of each message."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            reader = self._current_reader()
            if reader is None:
                message.set("understanding", {"decision": "unavailable", "candidates": []}, add_to_output=True)
                continue
            ranking = {item["name"]: item["confidence"] for item in message.get("intent_ranking", [])}
            metadata = message.get("metadata") or {}
            context = metadata.get(CONTEXT) or context_of(metadata, tracker)
            found = reader.read(text, ranking, context)
            self._set(message, found)
            # Nobody reads it after this, and it was 3.5 of the 8 kB that a turn takes on disk.
            message.output_properties.discard("intent_ranking")
        return messages

    @staticmethod
    def _set(message: Message, found: Understanding) -> None:
        message.set(INTENT, {"name": found.intent, "confidence": found.confidence}, add_to_output=True)
        message.set("understanding", found.as_dict(), add_to_output=True)
        entities = [
            {"entity": "topic", "value": topic, "start": 0, "end": 0, "extractor": "TopicLinker"}
            for topic in found.topics
        ]
        if found.region:
            entities.append(
                {"entity": "region", "value": found.region, "start": 0, "end": 0, "extractor": "PlaceLinker"}
            )
        if found.role:
            entities.append(
                {"entity": "role", "value": found.role, "start": 0, "end": 0, "extractor": "AnswerRetriever"}
            )
        message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        message.set("text_tokens", [])

    def _current_reader(self) -> Optional[Reader]:
        if self._reader is None:
            with self._loading:
                if self._reader is None:
                    self._reader = self._read_knowledge()
        if self._watcher is None and not self._is_renewed:
            self._resting = threading.Event()
            self._watcher = threading.Thread(target=self._watch, name="knowledge-watcher", daemon=True)
            self._watcher.start()
        return self._reader

    @staticmethod
    def _snapshot() -> Optional[Snapshot]:
        knowledge = Knowledge(Settings.from_environment().knowledge_url)
        try:
            return knowledge.snapshot()
        except SQLAlchemyError as error:
            logger.error("The knowledge base can't be read: %s", type(error).__name__)
            return None
        finally:
            knowledge.close()

    def _read_knowledge(self) -> Optional[Reader]:
        snapshot = self._snapshot()
        if snapshot is None:
            return None
        vectors_path = Settings.from_environment().vectors_path
        return Reader(snapshot, shared_encoder(), vectors_path, self._conversation_examples, self._model)

    def rest(self) -> None:
        """Stop following the knowledge base, until a message comes."""
        self._resting.set()
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None

    def forget(self) -> None:
        """Keep no answers in memory, until a message comes."""
        self._reader = None

    def renew(self) -> bool:
        """Take over the knowledge base's version where it is another one, and say whether it was.

        Whoever calls this follows the knowledge base; no thread does.
        """
        self._is_renewed = True
        knowledge = Knowledge(Settings.from_environment().knowledge_url)
        try:
            return self._take_over(knowledge)
        finally:
            knowledge.close()

    def _watch(self) -> None:
        knowledge = Knowledge(Settings.from_environment().knowledge_url)
        while not self._resting.wait(self._config["refresh_seconds"]):
            self._take_over(knowledge)

    def _take_over(self, knowledge: Knowledge) -> bool:
        try:
            version = knowledge.version()
            if version and (self._reader is None or version != self._reader.version):
                reader = self._read_knowledge()
                if reader is not None:
                    self._reader = reader
                    logger.info("Knowledge base version %s is in use.", version)
                    return True
        except SQLAlchemyError as error:
            logger.warning("The knowledge base can't be read: %s", type(error).__name__)
        except Exception:
            logger.exception("The new knowledge base can't be used; the old one stays.")
        return False

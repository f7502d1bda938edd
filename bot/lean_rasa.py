"""Rasa without the parts that Koers doesn't use: TensorFlow, and the software of other chat platforms.

Rasa imports all of its components and channels to learn their names, and with them TensorFlow and the libraries of a
dozen platforms: 370 MB and two seconds. Call `without_unused_parts` before anything of Rasa is imported. Nothing that
is used changes:

- a helper module that mixes TensorFlow with other things is loaded when it is used, not when it is imported;
- channels of other platforms, and the components that need TensorFlow, are stand-ins that have a name and nothing
  else. With a configuration that names such a component, the components are the real ones.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Dict, FrozenSet, Iterator, Optional, Sequence

import yaml

from knowledge.tables import PROJECT

_LATER = "rasa.utils.train_utils"
"""This one is always imported as a module, never a name from it, so nothing in it is needed before it is used."""

_NEED_TENSORFLOW: Dict[str, str] = {
    "DIETClassifier": "rasa.nlu.classifiers.diet_classifier",
    "ResponseSelector": "rasa.nlu.selectors.response_selector",
    "ConveRTFeaturizer": "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
    "LanguageModelFeaturizer": "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
    "TEDPolicy": "rasa.core.policies.ted_policy",
    "UnexpecTEDIntentPolicy": "rasa.core.policies.unexpected_intent_policy",
}
"""Components, by the name that a configuration gives them."""

_PLATFORMS = frozenset(
    "rasa.core.channels." + name
    for name in (
        "botframework",
        "callback",
        "console",
        "facebook",
        "hangouts",
        "mattermost",
        "rasa_chat",
        "rocketchat",
        "slack",
        "socketio",
        "telegram",
        "twilio",
        "twilio_voice",
        "webexteams",
    )
)


def without_unused_parts(config: Path = PROJECT / "config.yml") -> None:
    """Keep out of this process what a bot of this configuration doesn't use of Rasa, in training and in answering.

    Raises `RuntimeError` when it is too late: Rasa's channels or components were imported already.
    """
    left_out = _PLATFORMS
    if not _components(config) & _NEED_TENSORFLOW.keys():
        left_out |= frozenset(_NEED_TENSORFLOW.values())
    late = [name for name in (_LATER, *left_out) if name in sys.modules and not _is_ours(sys.modules[name])]
    if late:
        raise RuntimeError(f"Call without_unused_parts() before Rasa is imported; this was: {', '.join(sorted(late))}")
    sys.meta_path.insert(0, _Finder(left_out))


def _components(config: Path) -> FrozenSet[str]:
    """Names of the classes that a model configuration names, in whatever part of it."""

    def names(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("name", "uses") and isinstance(inner, str):
                    yield inner.rpartition(".")[2]
                else:
                    yield from names(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from names(inner)

    return frozenset(names(yaml.safe_load(config.read_text(encoding="utf-8"))))


def _is_ours(module: ModuleType) -> bool:
    return isinstance(getattr(module.__spec__, "loader", None), (_LoadedLater, _LeftOut))


class _Finder(importlib.abc.MetaPathFinder):
    """Gives the modules that are left out, or come later, loaders of ours."""

    def __init__(self, left_out: FrozenSet[str]):
        self._left_out = left_out

    def find_spec(
        self, name: str, path: Optional[Sequence[str]] = None, target: Optional[ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if name in self._left_out:
            return importlib.machinery.ModuleSpec(name, _LeftOut())
        if name != _LATER:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _LoadedLater(spec.loader)
        return spec


class _LoadedLater(importlib.abc.Loader):
    """Runs a module when something of it is asked for.

    `importlib.util.LazyLoader` does so at `__file__` too, which `inspect` asks of every module that there is.
    """

    def __init__(self, loader: importlib.abc.Loader):
        self._loader = loader

    def exec_module(self, module: ModuleType) -> None:
        def load(name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            vars(module).pop("__getattr__", None)
            self._loader.exec_module(module)
            return getattr(module, name)

        vars(module)["__getattr__"] = load


class _LeftOut(importlib.abc.Loader):
    """Makes a module in which every class is a stand-in."""

    def exec_module(self, module: ModuleType) -> None:
        stand_ins: Dict[str, type] = {}

        def stand_in(name: str) -> type:
            if name.startswith("__"):
                raise AttributeError(name)
            if name not in stand_ins:
                stand_ins[name] = _StandIn(name, (), {"__module__": module.__name__})
            return stand_ins[name]

        vars(module)["__getattr__"] = stand_in


class _StandIn(type):
    """The class of stand-ins: they have a name, for lists of classes, and can't be used."""

    def name(cls) -> str:
        """The name that a channel class has."""
        return cls.__module__.rpartition(".")[2]

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        cls()

    def __call__(cls, *_: Any, **__: Any) -> Any:
        raise RuntimeError(
            f"Koers leaves {cls.__module__}.{cls.__name__} out, to start faster and with less memory. A component is "
            f"there when config.yml names it; for a channel, take its name out of {Path(__file__).name}."
        )

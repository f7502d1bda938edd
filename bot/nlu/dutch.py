"""The Dutch spaCy pipeline: loaded once, for the words of a message and for the names in it."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

from knowledge.tables import PROJECT

NAME = "nl_core_news_sm"
_UNUSED = ("parser", "lemmatizer", "attribute_ruler", "morphologizer", "tagger", "senter")
_FRAMEWORKS = ("tensorflow", "torch", "mxnet", "cupy", "h5py")
"""Used by no pipeline of ours; spaCy imports those that are installed, and Rasa has TensorFlow installed."""


@lru_cache(maxsize=1)
def pipeline() -> Any:
    """The pipeline with its tokenizer and its entity recogniser; raises `OSError` where the set-up didn't run."""
    spacy = _spacy()
    return spacy.load(NAME if spacy.util.is_package(NAME) else PROJECT / NAME, exclude=_UNUSED)


def _spacy() -> Any:
    """spaCy, imported as if no framework were installed."""
    hidden = [name for name in _FRAMEWORKS if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "this module isn't there"
    try:
        import spacy
    finally:
        for name in hidden:
            del sys.modules[name]
    return spacy

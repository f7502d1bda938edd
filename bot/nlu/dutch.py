"""The Dutch spaCy pipeline: loaded once, for the words of a message and for the names in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from knowledge.tables import PROJECT

NAME = "nl_core_news_sm"
_UNUSED = ("parser", "lemmatizer", "attribute_ruler", "morphologizer", "tagger", "senter")


@lru_cache(maxsize=1)
def pipeline() -> Any:
    """The pipeline with its tokenizer and its entity recogniser; raises `OSError` where the set-up didn't run."""
    import spacy

    return spacy.load(NAME if spacy.util.is_package(NAME) else PROJECT / NAME, exclude=_UNUSED)

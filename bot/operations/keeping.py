"""Whether reading or storing the conversation failed during a turn, so that the reply can say so."""

from __future__ import annotations

from contextvars import ContextVar
from typing import List, Optional

_failures: ContextVar[Optional[List[str]]] = ContextVar("failures of the tracker store", default=None)


def begin_turn() -> None:
    """Forget the failures of an earlier turn."""
    _failures.set([])


def failed(error: Exception) -> None:
    """Tell the turn that is being taken that the tracker store failed."""
    failures = _failures.get()
    if failures is not None:
        failures.append(type(error).__name__)


def has_failed() -> bool:
    """Whether the tracker store failed in this turn."""
    return bool(_failures.get())

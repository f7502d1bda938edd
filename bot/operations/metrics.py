"""Prometheus metrics; they hold no text, no sender and no address.

Served on a separate port (`KOERS_METRICS_PORT`), so that no mistake in a proxy makes it public.
"""

from __future__ import annotations

import functools
import logging
import time
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Awaitable, Callable, Deque, Dict, Iterator, List, Optional

import sqlalchemy as sa
from prometheus_client import Counter, Gauge, Histogram, start_http_server
from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
_SHARES = tuple(tenth / 10 for tenth in range(1, 11))
_REMEMBERED_TURNS = 1000

TURNS = Counter("koers_turns", "Turns, by channel and kind of reply.", ["channel", "kind"])
TURN_SECONDS = Histogram("koers_turn_seconds", "Seconds that a whole turn took.", ["channel"], buckets=_SECONDS)
STAGE_SECONDS = Histogram("koers_stage_seconds", "Seconds in a part of a turn.", ["stage"], buckets=_SECONDS)
CONFIDENCE = Histogram("koers_confidence", "How sure the best answer was.", ["decision"], buckets=_SHARES)
FAILURES = Counter("koers_failures", "What failed behind a turn, by the type of the error.", ["stage", "error"])
IN_FLIGHT = Gauge("koers_turns_in_flight", "Turns that are being taken now.")
UNANSWERED = Gauge("koers_unanswered_share", f"Share of the last {_REMEMBERED_TURNS} turns without an answer.")
WORKERS = Gauge("koers_workers", "Processes that look for danger and read messages.")
OUTBOX = Gauge("koers_outbox_queue", "Messages that wait to be sent to the community platform.")

_latest: Deque[bool] = deque(maxlen=_REMEMBERED_TURNS)
_region: ContextVar[Optional[str]] = ContextVar("region", default=None)


def kind_of(messages: List[Dict[str, Any]]) -> str:
    """The kind of a turn: that of its first message that has one."""
    kinds = ((message.get("custom") or {}).get("kind") for message in messages)
    return next((kind for kind in kinds if kind), "none")


@contextmanager
def turn(channel: str) -> Iterator[List[Dict[str, Any]]]:
    """Measure a turn; the caller adds its replies to the list that it gets."""
    messages: List[Dict[str, Any]] = []
    _region.set(None)
    started = time.perf_counter()
    with IN_FLIGHT.track_inprogress():
        yield messages
    seconds = time.perf_counter() - started
    kind = kind_of(messages)
    logger.info("A turn of %s: %s in %.0f ms.", channel, kind, seconds * 1000)
    TURN_SECONDS.labels(channel).observe(seconds)
    TURNS.labels(channel, kind).inc()
    _latest.append(kind == "no_answer")
    UNANSWERED.set(sum(_latest) / len(_latest))


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure a part of a turn, and count what it raises."""
    started = time.perf_counter()
    try:
        yield
    except Exception as error:
        FAILURES.labels(name, type(error).__name__).inc()
        raise
    finally:
        STAGE_SECONDS.labels(name).observe(time.perf_counter() - started)


def region() -> Optional[str]:
    """The region that this turn was understood to be about."""
    return _region.get()


def timed(name: str, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """`method`, measured as a stage at every call."""

    @functools.wraps(method)
    async def measured(*arguments: Any, **named: Any) -> Any:
        with stage(name):
            return await method(*arguments, **named)

    return measured


def measure_agent(agent: Any) -> None:
    """Measure where Rasa's part of a turn goes: understanding, actions, reading and keeping the conversation."""
    processor, trackers = agent.processor, agent.tracker_store
    understand = timed("understand", processor.parse_message)

    async def parse_message(*arguments: Any, **named: Any) -> Any:
        parsed = await understand(*arguments, **named)
        found = parsed.get("understanding") or {}
        _region.set(found.get("region"))
        candidates = found.get("candidates") or [{}]
        CONFIDENCE.labels(found.get("decision") or "none").observe(candidates[0].get("confidence") or 0)
        return parsed

    processor.parse_message = parse_message
    processor._run_action = timed("act", processor._run_action)
    trackers.retrieve = timed("recall", trackers.retrieve)
    trackers.save = timed("keep", trackers.save)


def watch_outbox(url: str) -> None:
    """Let `koers_outbox_queue` count, whenever it is asked for, what the community channel hasn't handled yet."""
    engine = sa.create_engine(url, future=True, hide_parameters=True, pool_pre_ping=True)
    events = sa.table("koers_many_event", sa.column("state"))
    waiting = sa.select(sa.func.count()).select_from(events).where(events.c.state != "done")

    def count() -> float:
        try:
            with engine.connect() as connection:
                return float(connection.execute(waiting).scalar() or 0)
        except SQLAlchemyError:
            return float("nan")

    OUTBOX.set_function(count)


def serve(host: str, port: int) -> None:
    """Serve the figures at `http://host:port/metrics`; port 0 serves nothing. Raises `OSError` when it is taken."""
    if port:
        start_http_server(port, host)

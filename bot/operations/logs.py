"""Logs: one JSON object a line, with the id of the request that it belongs to, and never a message's text.

A terminal gets the same lines in a readable form. A request's id comes from the proxy in front (`X-Request-ID`) or is
made here; it goes along to the action server, so that one id finds a turn in the logs of both processes.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
import uuid
import warnings
from typing import Any, Dict, List, MutableMapping, Optional

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars, merge_contextvars
from structlog.stdlib import ProcessorFormatter

HEADER = "X-Request-ID"

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_KEPT = {"event", "level", "logger", "timestamp", "request_id", "process", "error", "at", "_record", "_from_structlog"}
_QUIET = ("sanic.access", "apscheduler", "rasa.core.processor")

Event = MutableMapping[str, Any]


def configure(process: str) -> None:
    """Make every logger of this process write JSON lines to standard error; `process` stands in each line."""

    def name_process(_: Any, __: str, event: Event) -> Event:
        event["process"] = process
        return event

    prepare: List[Any] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_process,
        _without_values,
    ]
    # Rasa logs messages in full at levels below this one, as values next to the event's name.
    structlog.configure(
        processors=[*prepare, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=True,
    )
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if sys.stderr.isatty():
        render = structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler()
    handler.setFormatter(
        ProcessorFormatter(foreign_pre_chain=prepare, processors=[ProcessorFormatter.remove_processors_meta, render])
    )
    # Rasa's warnings can quote a message, and no line of theirs is JSON.
    warnings.simplefilter("ignore")
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # Loading Rasa's model raises the level of all loggers that have none of their own.
    for ours in ("bot", "knowledge"):
        logging.getLogger(ours).setLevel(logging.INFO)
    for noisy in _QUIET:
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _without_values(_: Any, __: str, event: Event) -> Event:
    """Only what we know to hold no text: an exception becomes its type and place, since it may quote a message."""
    raised = event.get("exc_info") or getattr(event.get("_record"), "exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    elif isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    if raised and raised[0] is not None:
        event["error"] = raised[0].__name__
        frames = traceback.extract_tb(raised[2])
        if frames:
            event["at"] = f"{frames[-1].filename.rsplit('/', 2)[-1]}:{frames[-1].lineno} {frames[-1].name}"
    for key in set(event) - _KEPT:
        del event[key]
    return event


def follow_requests(app: Sanic) -> None:
    """Give every request of `app` an id, for its log lines, its reply and the calls that it makes."""

    @app.on_request
    async def take_id(request: Request) -> None:
        given = request.headers.get(HEADER) or ""
        # One connection's requests share a context, so what the one before left is removed.
        clear_contextvars()
        bind_contextvars(request_id=given if _ID.fullmatch(given) else uuid.uuid4().hex)

    @app.on_response
    async def show_id(_: Request, answer: HTTPResponse) -> None:
        answer.headers.update(request_headers())


def request_id() -> Optional[str]:
    """The id of the request that is being answered, or None outside of one."""
    found = get_contextvars().get("request_id")
    return str(found) if found else None


def request_headers() -> Dict[str, str]:
    """What a call to another process must carry to share this request's id."""
    current = request_id()
    return {HEADER: current} if current else {}

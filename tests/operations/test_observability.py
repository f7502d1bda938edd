"""Logs, metrics and health of one process, without a model."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from typing import Any, Dict, List

import pytest
from prometheus_client import REGISTRY

from bot.operations import metrics
from bot.operations.health import Readiness
from tests.assistant import PROJECT

LOGGING = """
import logging, sys, warnings
from structlog import get_logger
from structlog.contextvars import bind_contextvars
from bot.operations import logs

logs.configure("test")
bind_contextvars(request_id="abc12345")
logging.getLogger("bot.x").info("Gewoon %s.", "bericht")
logging.getLogger("elders").debug("geheim")
try:
    raise ValueError("geheim: ik heet Jan")
except ValueError:
    logging.getLogger("bot.x").exception("Het ging mis.")
    get_logger("rasa").error("processor.failed", message_text="geheim", exc_info=True)
get_logger("rasa").info("processor.parse", text="geheim")
warnings.warn("geheim")
"""


def test_log_lines_are_json_with_the_request_and_without_texts() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOGGING], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )
    lines: List[Dict[str, Any]] = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["Gewoon bericht.", "Het ging mis.", "processor.failed"]
    assert all(line["request_id"] == "abc12345" and line["process"] == "test" for line in lines)
    assert [line.get("error") for line in lines] == [None, "ValueError", "ValueError"]
    assert "geheim" not in ran.stderr


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_a_turn_is_counted_by_its_kind() -> None:
    before = sample("koers_turns_total", channel="proef", kind="no_answer")
    with metrics.turn("proef") as replies:
        replies += [{"custom": {"notice": "masked"}}, {"custom": {"kind": "no_answer"}}]
        assert sample("koers_turns_in_flight") == 1
    assert sample("koers_turns_total", channel="proef", kind="no_answer") == before + 1
    assert sample("koers_turns_in_flight") == 0
    assert 0 < sample("koers_unanswered_share") <= 1


def test_a_stage_counts_its_time_and_its_failures() -> None:
    before = sample("koers_stage_seconds_count", stage="proef")
    with pytest.raises(KeyError), metrics.stage("proef"):
        raise KeyError("geheim")
    assert sample("koers_stage_seconds_count", stage="proef") == before + 1
    assert sample("koers_failures_total", stage="proef", error="KeyError") == 1


def test_readiness_names_what_is_missing_and_waits_for_nobody(caplog: pytest.LogCaptureFixture) -> None:
    looked: List[str] = []

    async def fine() -> bool:
        looked.append("fine")
        return True

    async def broken() -> bool:
        raise OSError("geheim")

    async def twice() -> List[Dict[str, bool]]:
        readiness = Readiness({"knowledge": fine, "actions": broken})
        return [await readiness.look(), await readiness.look()]

    with caplog.at_level(logging.INFO):
        assert asyncio.run(twice()) == [{"knowledge": True, "actions": False}] * 2
    assert looked == ["fine"] and "geheim" not in caplog.text

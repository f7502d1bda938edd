"""`/health/live`: the process answers. `/health/ready`: it can give answers, and says what is missing when it can't."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, Mapping, Sequence

import aiohttp
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from knowledge.queries import Knowledge

logger = logging.getLogger(__name__)

Check = Callable[[], Awaitable[bool]]

_CHECK_SECONDS = 3.0
_REMEMBER_SECONDS = 2.0


class Readiness:
    """The checks that must all hold; their outcome is remembered for a moment, so that probes cost little."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._found: Dict[str, bool] = {}
        self._until = 0.0

    async def look(self) -> Dict[str, bool]:
        """Each check's name and whether it holds."""
        if time.monotonic() >= self._until:
            outcomes = await asyncio.gather(*(self._holds(check) for check in self._checks.values()))
            found = dict(zip(self._checks, outcomes))
            for name, holds in found.items():
                if self._found.get(name, holds) != holds:
                    logger.warning("Readiness: %s is %s.", name, "back" if holds else "gone")
            self._found = found
            self._until = time.monotonic() + _REMEMBER_SECONDS
        return self._found

    @staticmethod
    async def _holds(check: Check) -> bool:
        try:
            return await asyncio.wait_for(check(), _CHECK_SECONDS)
        except Exception:
            return False


def knowledge_readable(knowledge: Knowledge) -> Check:
    """Whether there is a knowledge base and it can be read."""

    async def check() -> bool:
        return await asyncio.to_thread(knowledge.version) is not None

    return check


def action_server_reachable(webhooks: Sequence[str]) -> Check:
    """Whether one of the action servers with these webhooks says that it is healthy."""

    async def healthy(session: aiohttp.ClientSession, webhook: str) -> bool:
        try:
            async with session.get(webhook.rsplit("/", 1)[0] + "/health") as answer:
                return bool(answer.status == 200)
        except aiohttp.ClientError:
            return False

    async def check() -> bool:
        async with aiohttp.ClientSession() as session:
            return any(await asyncio.gather(*(healthy(session, webhook) for webhook in webhooks)))

    return check


def add_health(app: Sanic, checks: Mapping[str, Check]) -> None:
    """Serve both addresses; ready needs `app.ctx.warm`, every check, and an assistant that isn't stopping."""
    readiness = Readiness(checks)

    @app.get("/health/live")
    async def live(_: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.get("/health/ready")
    async def ready(request: Request) -> HTTPResponse:
        context: Any = request.app.ctx
        if getattr(context, "stopping", False):
            return response.json({"status": "stopping"}, status=503)
        if not getattr(context, "warm", False):
            return response.json({"status": "starting"}, status=503)
        found = await readiness.look()
        if all(found.values()):
            return response.json({"status": "ok", "checks": found, "model": model_of(context.agent)})
        return response.json({"status": "degraded", "checks": found}, status=503)


def model_of(agent: Any) -> str:
    """The file name of the model that an agent has loaded."""
    return Path(agent.processor.model_filename).name

"""Action servers in other processes: several addresses, a second try elsewhere, and the request's id on each call."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Optional, Sequence

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.operations.logs import request_headers

logger = logging.getLogger(__name__)

_SECONDS = aiohttp.ClientTimeout(total=10, connect=2)


class RemoteActions(EndpointConfig):
    """Rasa's endpoint of actions over one or more servers.

    An action only reads and gives back events, so a call that a dying server didn't answer is made once more.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        # An action needs no domain, and posting it with every call is slow.
        super().__init__(urls[0], enable_selective_domain=True)
        self._urls = list(urls)
        self._connections: Optional[aiohttp.ClientSession] = None

    async def request(self, method: str = "post", *_: Any, json: Any = None, **__: Any) -> Any:
        """The server's JSON. Raises `ClientResponseError` for a refusal, `aiohttp.ClientError` when none answers."""
        attempts = max(2, len(self._urls))
        for attempt in range(1, attempts + 1):
            try:
                return await self._call(method, self._urls[0], json)
            except (aiohttp.ClientConnectionError, asyncio.TimeoutError) as error:
                logger.warning("An action server doesn't answer: %s", type(error).__name__)
                # The others come first from now on.
                self._urls.append(self._urls.pop(0))
                if attempt == attempts:
                    raise aiohttp.ClientConnectionError("no action server answers") from error
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Give back all connections."""
        if self._connections is not None:
            await self._connections.close()

    async def _call(self, method: str, url: str, json: Any) -> Any:
        if self._connections is None:
            self._connections = aiohttp.ClientSession(timeout=_SECONDS)
        async with self._connections.request(method, url, json=json, headers=request_headers()) as answer:
            if answer.status >= 400:
                raise ClientResponseError(answer.status, answer.reason, await answer.text())
            return await answer.json()

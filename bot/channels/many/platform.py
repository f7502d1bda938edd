"""The platform's side behind a small interface: a bridge to another app is a second class, named in credentials.yml."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Optional
from urllib.parse import quote

import aiohttp

from bot.settings import Settings

TIMEOUT = 10
"""Seconds that one request may take."""
_LONGEST_WAIT = 3600.0
_TRY_AGAIN = {401, 403, 408, 409, 425, 429}


class Unreachable(Exception):
    """The platform can't take the comment now. `after`: seconds that it asks to wait, when it says so."""

    def __init__(self, reason: str, after: Optional[float] = None):
        self.after = after
        super().__init__(reason)


class Gone(Exception):
    """There is no such thread, or no longer."""


class Refused(Exception):
    """The platform will never take this comment."""


class Platform(ABC):
    """What Koers needs of an app: post one comment, once."""

    @classmethod
    @abstractmethod
    def from_settings(cls, settings: Settings) -> Platform:
        """The platform that the operator has configured. Raises `ValueError`."""

    @abstractmethod
    async def comment(self, thread: str, text: str, key: str, in_reply_to: str = "") -> str:
        """Post a comment in a thread; its id at the platform.

        The same `key` never gives a second comment, however often this is called.
        Raises `Unreachable`, `Gone` or `Refused`.
        """

    async def close(self) -> None:  # noqa: B027
        """Give back what is open."""


class HttpPlatform(Platform):
    """A platform that speaks `openapi/platform.yaml`."""

    @classmethod
    def from_settings(cls, settings: Settings) -> HttpPlatform:
        """At `KOERS_MANY_PLATFORM_URL`."""
        return cls(settings.many_platform_url, settings.many_platform_token)

    def __init__(self, url: str, token: str, timeout: float = TIMEOUT) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: Optional[aiohttp.ClientSession] = None

    async def comment(self, thread: str, text: str, key: str, in_reply_to: str = "") -> str:
        """Post a comment over HTTP."""
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=self._timeout)
        url = f"{self._url}/api/threads/{quote(thread, safe='')}/comments"
        body = {"text": text, **({"in_reply_to": in_reply_to} if in_reply_to else {})}
        try:
            request = self._session.post(url, json=body, headers={"Idempotency-Key": key}, allow_redirects=False)
            async with request as response:
                if response.status in (200, 201):
                    return str((await response.json())["comment_id"])
                status, after = response.status, response.headers.get("Retry-After", "")
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError, KeyError, TypeError) as error:
            # Whether the comment is there isn't known; the key makes it safe to ask again.
            raise Unreachable(type(error).__name__) from None
        if status in (404, 410):
            raise Gone(str(status))
        if status >= 500 or status in _TRY_AGAIN:
            raise Unreachable(f"status {status}", min(float(after), _LONGEST_WAIT) if after.isdigit() else None)
        raise Refused(f"status {status}")

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

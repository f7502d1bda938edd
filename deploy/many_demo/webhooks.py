"""Sends the board's events to Koers, signed as Standard Webhooks say, until Koers has them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import logging
import time
from typing import Dict

import aiohttp

from deploy.many_demo.board import Board

logger = logging.getLogger(__name__)

_IDLE = 0.1
_LONGEST_PAUSE = 10.0


def headers(key: str, event: str, body: bytes, timestamp: int) -> Dict[str, str]:
    """What goes with a delivery. `key`: `whsec_<base64>`."""
    signed = f"{event}.{timestamp}.".encode() + body
    digest = hmac.new(base64.b64decode(key[len("whsec_") :]), signed, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "webhook-id": event,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


async def deliver(board: Board, url: str, key: str) -> None:
    """Send events in order, for as long as the server runs."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        while True:
            found = await asyncio.to_thread(board.next_delivery)
            if found is None:
                await asyncio.sleep(_IDLE)
                continue
            event, body, attempts = found
            try:
                async with session.post(url, data=body, headers=headers(key, event, body, int(time.time()))) as answer:
                    status = answer.status
            except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
                status = 503
            if status >= 500 or status == 429:
                await asyncio.to_thread(board.deliver_later, event, min(_LONGEST_PAUSE, 0.5 * 2 ** min(attempts, 8)))
                continue
            if status >= 400:
                logger.error("Koers refuses an event: status %d", status)
            await asyncio.to_thread(board.delivered, event, status)

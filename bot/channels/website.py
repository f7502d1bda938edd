"""The website channel: `POST /webhooks/website/webhook`, see `docs/channels.md`."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from datetime import date
from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.feedback import parse_feedback
from bot.channels.limits import RateLimit
from bot.channels.requests import BadRequest, Incoming, parse
from bot.channels.turn import Turns, masker_of
from bot.flows.pdf import render
from bot.records import Records
from bot.safety.crisis import EXPLICIT, NONE, assess
from bot.safety.replies import crisis_messages
from bot.settings import Settings

logger = logging.getLogger(__name__)

_DOWNLOAD = {"Content-Disposition": 'attachment; filename="overzicht.pdf"', "Cache-Control": "no-store"}
_TOO_MANY = (
    "Je stuurt veel berichten achter elkaar. Wacht een minuut en probeer het dan opnieuw. "
    "Denk je aan zelfdoding? Bel 113 of 0800-0113. Bij direct gevaar: 112."
)


def _address(request: Request) -> str:
    """Where a request comes from: what a trusted proxy says (`KOERS_PROXIES`), else the connection's address."""
    return str(request.remote_addr or request.ip)


def _refusal(code: str, message: str, status: int) -> HTTPResponse:
    return response.json({"error": code, "message": message}, status=status)


class WebsiteInput(InputChannel):
    """Checks, protects and answers what the website sends."""

    @classmethod
    def name(cls) -> str:
        """Part of the channel's address."""
        return "website"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> WebsiteInput:
        """The channel needs no credentials."""
        return cls(Settings.from_environment())

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._senders = RateLimit(settings.messages_per_minute)
        self._addresses = RateLimit(settings.messages_per_minute_per_address)
        self._turns = Turns(self.name(), settings)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("website_webhook")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                incoming = self._check(request)
            except BadRequest as problem:
                return _refusal(problem.code, str(problem), problem.status)
            return response.json(await self._turns.take(incoming, request.app, on_new_message))

        @routes.post("/overview")
        async def overview(request: Request) -> HTTPResponse:
            """The overview of a guided conversation as PDF: made for this request, kept nowhere."""
            try:
                self._allow(_address(request))
                pdf = await asyncio.to_thread(render, json.loads(request.body))
                return response.raw(pdf, content_type="application/pdf", headers=_DOWNLOAD)
            except BadRequest as problem:
                return _refusal(problem.code, str(problem), problem.status)
            except (ValueError, RecursionError):
                message = "Dit is geen overzicht. Vraag het overzicht opnieuw op in het gesprek."
                return _refusal("bad_document", message, 400)

        @routes.post("/feedback")
        async def judge(request: Request) -> HTTPResponse:
            try:
                return response.json(await self._judge(request))
            except BadRequest as problem:
                return _refusal(problem.code, str(problem), problem.status)
            except SQLAlchemyError as error:
                logger.error("Feedback can't be kept: %s", type(error).__name__)
                return _refusal("not_kept", "Je reactie kon niet worden bewaard. Probeer het later nog eens.", 503)

        async def preflight(_: Request) -> HTTPResponse:
            """What a browser asks before it posts from another site; the server's headers say which sites may."""
            return response.empty()

        for path in ("webhook", "overview", "feedback"):
            routes.add_route(preflight, f"/{path}", methods=["OPTIONS"], name=f"preflight_{path}")
        return routes

    async def _judge(self, request: Request) -> Dict[str, Any]:
        """Keep a judgement of an answer. Raises `BadRequest` and `SQLAlchemyError`."""
        self._allow(_address(request))
        given = parse_feedback(request.body)
        verdict = await asyncio.to_thread(assess, given.comment)
        # Words that show danger are answered as in a conversation, and not kept.
        comment = masker_of(request.app)(given.comment).text if verdict.tier == NONE else ""
        records: Records = request.app.ctx.records
        await asyncio.to_thread(records.keep_feedback, given.answer, given.rating, comment, date.today(), given.name)
        if verdict.tier == NONE:
            return {"status": "ok"}
        # No conversation is going on here in which to ask on: the numbers come at once.
        return {"status": "ok", "messages": crisis_messages(replace(verdict, tier=EXPLICIT), "")}

    def _allow(self, address: str) -> None:
        if not self._addresses.allows(address):
            raise BadRequest(429, "too_many_messages", _TOO_MANY)

    def _check(self, request: Request) -> Incoming:
        if len(request.body) > self._settings.max_body_bytes:
            raise BadRequest(413, "body_too_large", "De aanvraag is te groot. Stuur een korter bericht.")
        incoming = parse(request.body, self._settings.max_message_length)
        self._allow(_address(request))
        if not self._senders.allows(incoming.sender):
            raise BadRequest(429, "too_many_messages", _TOO_MANY)
        return incoming

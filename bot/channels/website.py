"""The website channel: `POST /webhooks/website/webhook`, see `docs/channels.md`."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import date
from typing import Any, Awaitable, Callable, Dict, List, Optional, Tuple

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.feedback import FeedbackStore, parse_feedback
from bot.channels.limits import RateLimit
from bot.channels.memory import ConversationMemory
from bot.channels.requests import BadRequest, Incoming, parse, safe_text
from bot.flows.pdf import render
from bot.safety.crisis import SELF, answer_to_question, assess
from bot.safety.personal_data import Masked, Masker, notice
from bot.safety.replies import after_question, crisis_messages
from bot.settings import Settings

logger = logging.getLogger(__name__)

_DOWNLOAD = {"Content-Disposition": 'attachment; filename="overzicht.pdf"', "Cache-Control": "no-store"}
_TOO_MANY = "Je stuurt veel berichten achter elkaar. Wacht een minuut en probeer het dan opnieuw."
_CRISIS_ANSWERS = {"/crisis_yes": "yes", "/crisis_no": "no", "/crisis_unsure": "unsure"}
INTRODUCTION = (
    "Ik ben Koers, een computerprogramma en geen mens. Ik geef informatie en beslis niets. "
    "Typ hier geen namen of medische gegevens."
)


def _refusal(code: str, message: str, status: int) -> HTTPResponse:
    return response.json({"error": code, "message": message}, status=status)


class ReplyCollector(CollectingOutputChannel):
    """Collects a turn's replies; text, buttons and `custom` of one reply stay one message."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in trackers."""
        return "website"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep the whole message."""
        kept: Dict[str, Any] = {"recipient_id": recipient_id, "text": message.get("text") or ""}
        if message.get("buttons"):
            kept["buttons"] = [
                {"title": button["title"], "payload": button["payload"]} for button in message["buttons"]
            ]
        if message.get("custom"):
            kept["custom"] = message["custom"]
        self.messages.append(kept)


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
        # Once is enough: the notice about masked data comes at most once in an hour of one conversation.
        self._told = RateLimit(1, seconds=3600)
        self._feedback = FeedbackStore(settings.conversations_url)

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
            return response.json(await self._answer(incoming, request, on_new_message))

        @routes.post("/overview")
        async def overview(request: Request) -> HTTPResponse:
            """The overview of a guided conversation as PDF: made for this request, kept nowhere."""
            try:
                self._allow(request.ip)
                document = json.loads(request.body)
                return response.raw(
                    await asyncio.to_thread(render, document),
                    content_type="application/pdf",
                    headers=_DOWNLOAD,
                )
            except BadRequest as problem:
                return _refusal(problem.code, str(problem), problem.status)
            except (ValueError, RecursionError):
                message = "Dit is geen overzicht. Vraag het overzicht opnieuw op in het gesprek."
                return _refusal("bad_document", message, 400)

        @routes.post("/feedback")
        async def judge(request: Request) -> HTTPResponse:
            try:
                self._allow(request.ip)
                fields = parse_feedback(request.body)
                mask = self._masker(request)
                await asyncio.to_thread(self._feedback.keep, fields, lambda text: mask(text).text, date.today())
            except BadRequest as problem:
                return _refusal(problem.code, str(problem), problem.status)
            except SQLAlchemyError as error:
                logger.error("Feedback can't be kept: %s", type(error).__name__)
                return _refusal("not_kept", "Je reactie kon niet worden bewaard. Probeer het later nog eens.", 503)
            return response.json({"status": "ok"})

        return routes

    @staticmethod
    def _masker(request: Request) -> Masker:
        """The server's, which knows the names of the knowledge base; without it, one that knows none."""
        return getattr(request.app.ctx, "mask", None) or Masker()

    def _allow(self, address: str) -> None:
        if not self._addresses.allows(address):
            raise BadRequest(429, "too_many_messages", _TOO_MANY)

    def _check(self, request: Request) -> Incoming:
        if len(request.body) > self._settings.max_body_bytes:
            raise BadRequest(413, "body_too_large", "De aanvraag is te groot. Stuur een korter bericht.")
        incoming = parse(request.body, self._settings.max_message_length)
        self._allow(request.ip)
        if not self._senders.allows(incoming.sender):
            raise BadRequest(429, "too_many_messages", _TOO_MANY)
        return incoming

    async def _answer(
        self, incoming: Incoming, request: Request, on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> List[Dict[str, Any]]:
        """Danger first, before anything that can fail; then the masked message to Rasa."""
        memory = ConversationMemory(request.app.ctx.agent, incoming.sender)
        text = safe_text(incoming.text)
        asked = await memory.asked_about_danger()
        try:
            reply = self._crisis_reply(text, asked, incoming.sender)
        except Exception as error:
            # Without knowing whether there is danger, the reply names the numbers.
            logger.error("The crisis check failed: %s", type(error).__name__)
            return [self._failed(incoming.sender)]
        if reply is not None:
            messages, still_asking = reply
            await memory.remember_danger(still_asking)
            return messages
        masked = self._masker(request)(text) if not text.startswith("/") else Masked(text, ())
        collector = ReplyCollector()
        metadata = {key: value for key, value in (("role", incoming.role), ("region", incoming.region)) if value}
        try:
            message = UserMessage(masked.text, collector, incoming.sender, input_channel=self.name(), metadata=metadata)
            await on_new_message(message)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            # The exception's text may quote the message, so only its type is logged.
            logger.error("A turn failed: %s", type(error).__name__)
            return [self._failed(incoming.sender)]
        messages = collector.messages
        parts = [message.get("custom") or {} for message in messages]
        if not any(part.get("kind") for part in parts):
            logger.error("A turn gave no reply.")
            return [self._failed(incoming.sender)]
        if any(part.get("command") == "forget" for part in parts):
            await memory.forget()
        if masked.found and self._told.allows(incoming.sender):
            messages = [
                {"recipient_id": incoming.sender, "text": notice(masked.found), "custom": {"notice": "masked"}},
                *messages,
            ]
        if memory.is_new:
            introduction = {
                "recipient_id": incoming.sender,
                "text": INTRODUCTION,
                "custom": {"notice": "introduction"},
            }
            messages = [introduction, *messages]
        return messages

    @staticmethod
    def _crisis_reply(
        text: str, asked: Optional[str], sender: str
    ) -> Optional[Tuple[List[Dict[str, Any]], Optional[str]]]:
        """The fixed reply to danger and whom the open question is about, or None when there is no danger.

        `asked`: whom the question "Denk je aan zelfdoding?" of the turn before was about, when it was asked.
        """
        if text in _CRISIS_ANSWERS:
            return after_question(_CRISIS_ANSWERS[text], asked or SELF, sender), None
        if text.startswith("/"):
            return None
        verdict = assess(text)
        if verdict.tier == "explicit":
            return crisis_messages(verdict, sender), None
        answer = answer_to_question(text) if asked else None
        if answer:
            return after_question(answer, asked or SELF, sender), None
        if verdict.tier == "grey":
            return crisis_messages(verdict, sender), verdict.about
        return None

    def _failed(self, sender: str) -> Dict[str, Any]:
        text = (
            "Er gaat iets mis bij mij, daarom kan ik je nu geen antwoord geven. Probeer het over een paar minuten "
            f"opnieuw, of stuur je vraag naar {self._settings.helpdesk}. "
            "Gaat het niet goed met je en denk je aan zelfdoding? Bel 113 of 0800-0113. Bij direct gevaar: 112."
        )
        return {
            "recipient_id": sender,
            "text": text,
            "custom": {"kind": "no_answer", "topics": [], "facet": None, "sources": [], "answer_id": None},
        }

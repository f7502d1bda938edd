"""One turn of a conversation, the same for every channel: what protects people, and then Rasa.

Danger comes first, before anything that can fail. Then personal data is masked, Rasa answers, and a turn that gives
nothing gets an honest reply. A channel only brings messages in and replies out.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any, Awaitable, Callable, Dict, List, Optional, Tuple, TypeVar

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from sanic import Sanic

from bot.channels.limits import RateLimit
from bot.channels.memory import REQUEST, ConversationMemory
from bot.channels.requests import Incoming, safe_text
from bot.operations import logs, metrics
from bot.operations.counts import Counts
from bot.safety.crisis import OTHER, SELF, answer_to_question, assess
from bot.safety.personal_data import Masked, Masker, notice
from bot.safety.replies import after_question, crisis_messages
from bot.settings import Settings

logger = logging.getLogger(__name__)

Message = Dict[str, Any]
"""A reply in the form of Rasa's REST channel, see `docs/channels.md`."""
T = TypeVar("T")
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]

_CRISIS_ANSWERS = {"/crisis_yes": "yes", "/crisis_no": "no", "/crisis_unsure": "unsure"}
INTRODUCTION = (
    "Ik ben Koers, een computerprogramma en geen mens. Ik geef informatie en beslis niets. "
    "Typ hier geen namen of medische gegevens."
)


class ReplyCollector(CollectingOutputChannel):
    """Collects a turn's replies; text, buttons and `custom` of one reply stay one message."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """The channel's name in trackers."""
        return self._channel

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep the whole message."""
        kept: Message = {"recipient_id": recipient_id, "text": message.get("text") or ""}
        if message.get("buttons"):
            kept["buttons"] = [
                {"title": button["title"], "payload": button["payload"]} for button in message["buttons"]
            ]
        if message.get("custom"):
            kept["custom"] = message["custom"]
        self.messages.append(kept)


def masker_of(app: Sanic) -> Masker:
    """The server's masker, which knows the names of the knowledge base; without it, one that knows none."""
    return getattr(app.ctx, "mask", None) or Masker()


class Turns:
    """Takes the turns of one channel's conversations.

    `is_private`: whether nobody else reads along. Only then someone is asked "Denk je aan zelfdoding?".
    """

    def __init__(self, channel: str, settings: Settings, is_private: bool = True) -> None:
        self._channel = channel
        self._helpdesk = settings.helpdesk
        self._longest = settings.max_message_length
        self._is_private = is_private
        # Once is enough: the notice about masked data comes at most once in an hour of one conversation.
        self._told = RateLimit(1, seconds=3600)
        # Looking for danger and for personal data takes a while: other conversations go on meanwhile.
        self._looking = ThreadPoolExecutor(1, thread_name_prefix="looking")

    async def take(self, incoming: Incoming, app: Sanic, on_new_message: OnNewMessage) -> List[Message]:
        """The replies to a checked message; at least one has a `kind`, the others accompany it with a `notice`.

        Raises nothing but `asyncio.CancelledError`: whatever fails becomes a reply that says so.
        """
        with metrics.turn(self._channel) as replies:
            replies += await self._take(incoming, app, on_new_message)
        counts: Optional[Counts] = getattr(app.ctx, "counts", None)
        if counts is not None:
            counts.add(self._channel, replies, metrics.region() or incoming.region, date.today())
        return replies

    async def _take(self, incoming: Incoming, app: Sanic, on_new_message: OnNewMessage) -> List[Message]:
        memory = ConversationMemory(app.ctx.agent, incoming.sender)
        danger = await self._danger(incoming, memory)
        if danger is not None:
            return danger
        text = safe_text(incoming.text)
        if repeated := memory.replies_to(logs.request_id()):
            return repeated
        with metrics.stage("mask"):
            masked = await self._look(masker_of(app), text) if not text.startswith("/") else Masked(text, ())
        messages = await self._ask_rasa(incoming, masked.text[: self._longest], on_new_message)
        if any((message.get("custom") or {}).get("command") == "forget" for message in messages):
            await memory.forget()
        if masked.found and self._told.allows(incoming.sender):
            messages = [_accompanying(incoming.sender, notice(masked.found), "masked"), *messages]
        if memory.is_new:
            messages = [_accompanying(incoming.sender, INTRODUCTION, "introduction"), *messages]
        return messages

    async def danger(self, incoming: Incoming, app: Sanic) -> Optional[List[Message]]:
        """The fixed reply to a message of someone in danger, or None; nothing else is done with the message."""
        return await self._danger(incoming, ConversationMemory(app.ctx.agent, incoming.sender))

    async def confidence(self, text: str, app: Sanic) -> float:
        """How sure it is, from 0 to 1, that the knowledge base answers this; nothing is kept.

        Raises whatever understanding a message raises.
        """
        masked = await self._look(masker_of(app), safe_text(text))
        parsed = await app.ctx.agent.parse_message(masked.text[: self._longest])
        found = parsed.get("understanding") or {}
        if found.get("decision") != "answer" or found["candidates"][0]["facet"] == "grens":
            return 0.0
        return float(found["candidates"][0]["confidence"])

    async def _danger(self, incoming: Incoming, memory: ConversationMemory) -> Optional[List[Message]]:
        text = safe_text(incoming.text)
        asked = await memory.asked_about_danger()
        try:
            with metrics.stage("crisis"):
                reply = await self._look(self._crisis_reply, text, asked, incoming.sender)
        except Exception as error:
            # Without knowing whether there is danger, the reply names the numbers.
            logger.error("The crisis check failed: %s", type(error).__name__)
            return [self._failed(incoming.sender)]
        if reply is None:
            return None
        messages, still_asking = reply
        if self._is_private:
            await memory.remember_danger(still_asking)
        return messages

    def _crisis_reply(
        self, text: str, asked: Optional[str], sender: str
    ) -> Optional[Tuple[List[Message], Optional[str]]]:
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
        if verdict.tier == "grey" and self._is_private:
            return crisis_messages(verdict, sender), verdict.about
        if verdict.tier == "grey":
            messages = crisis_messages(replace(verdict, about=OTHER), sender)
            return [{**message, "buttons": []} for message in messages], None
        return None

    async def _look(self, function: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._looking, function, *arguments)

    async def _ask_rasa(self, incoming: Incoming, text: str, on_new_message: OnNewMessage) -> List[Message]:
        collector = ReplyCollector(self._channel)
        known = {"role": incoming.role, "region": incoming.region, REQUEST: logs.request_id()}
        metadata = {key: value for key, value in known.items() if value}
        message = UserMessage(text, collector, incoming.sender, input_channel=self._channel, metadata=metadata)
        try:
            with metrics.stage("rasa"):
                await on_new_message(message)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            # The exception's text may quote the message, so only its type is logged.
            logger.error("A turn failed: %s", type(error).__name__)
            return [self._failed(incoming.sender)]
        messages: List[Message] = collector.messages
        if not any((message.get("custom") or {}).get("kind") for message in messages):
            logger.error("A turn gave no reply.")
            return [self._failed(incoming.sender)]
        return messages

    def _failed(self, sender: str) -> Message:
        text = (
            "Er gaat iets mis bij mij, daarom kan ik je nu geen antwoord geven. Probeer het over een paar minuten "
            f"opnieuw, of stuur je vraag naar {self._helpdesk}. "
            "Gaat het niet goed met je en denk je aan zelfdoding? Bel 113 of 0800-0113. Bij direct gevaar: 112."
        )
        custom = {"kind": "no_answer", "topics": [], "facet": None, "sources": [], "answer_id": None, "failed": True}
        return {"recipient_id": sender, "text": text, "custom": custom}


def _accompanying(sender: str, text: str, name: str) -> Message:
    return {"recipient_id": sender, "text": text, "custom": {"notice": name}}

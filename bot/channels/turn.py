"""One turn of a conversation, the same for every channel: what protects people, and then Rasa.

Danger comes first, before anything that can fail. Then personal data is masked, Rasa answers, and a turn that gives
nothing gets an honest reply. A channel only brings messages in and replies out.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Awaitable, Callable, Dict, List, Optional, TypeVar

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from sanic import Sanic
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.aside import PutAside, ask_and_keep_nothing
from bot.channels.limits import OpenConversations, RateLimit
from bot.channels.memory import REQUEST, TOLD, ConversationMemory
from bot.channels.requests import Incoming, safe_text
from bot.nlu.encoder import Vectors, shared_encoder
from bot.nlu.phrases.asking import only_tells
from bot.nlu.questions import known_vectors
from bot.operations import keeping, logs, metrics
from bot.operations.counts import Counts
from bot.records import Records
from bot.safety.crisis import CALM, EXPLICIT, GREY, NONE, OTHER, SELF, Verdict, assess
from bot.safety.personal_data import Masked, Masker, notice
from bot.safety.question import answer_to_question, bare_answer, question_after_no
from bot.safety.replies import after_question, after_text, crisis_messages, name_of, text_after_yes
from bot.settings import Settings
from bot.tracker_store import reading_once
from bot.workers import Workers

logger = logging.getLogger(__name__)

Message = Dict[str, Any]
"""A reply in the form of Rasa's REST channel, see `docs/channels.md`."""
T = TypeVar("T")
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]

_CRISIS_ANSWERS = {
    "/crisis_yes": "yes",
    "/crisis_no": "no",
    "/crisis_unsure": "unsure",
    "/crisis_continue": "continue",
}
_BROKEN = "Er gaat iets mis bij mij, daarom kan ik je nu geen antwoord geven."
_FULL = "Het is nu zo druk dat ik geen nieuw gesprek kan beginnen."
_NOT_KEPT = "Ik kan ons gesprek nu niet onthouden. Een vervolgvraag begrijp ik daardoor misschien niet."
_WITH_AN_ANSWER = ("answer", "clarify")
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


@dataclass(frozen=True)
class Looked:
    """What a message shows, found before anything else is done with it."""

    verdict: Verdict
    masked: Optional[Masked]
    """The message without personal data; None when that failed, or wasn't looked for."""
    vectors: Dict[str, Vectors]
    """Of the text and its parts, which reading needs too."""


def look(mask: Masker, text: str) -> Looked:
    """Look at a message for danger, and then for personal data, which can't keep danger from being seen.

    The crisis text needs nothing else of the message, and isn't kept waiting.
    """
    verdict = assess(text)
    masked = None
    try:
        masked = mask(text) if verdict.tier != EXPLICIT else None
    except Exception as error:
        # The exception's text may quote the message, so only its type is logged.
        logger.error("Personal data can't be looked for: %s", type(error).__name__)
    return Looked(verdict, masked, known_vectors(text))


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
        self._open = OpenConversations(settings.max_open_conversations)
        self._aside = PutAside()
        # Whom the open question about suicide is about, for when the tracker store can't keep that.
        self._asked = PutAside()
        # Looking for danger and for personal data takes a while: other conversations go on meanwhile.
        self._looking = ThreadPoolExecutor(1, thread_name_prefix="looking")

    async def take(self, incoming: Incoming, app: Sanic, on_new_message: OnNewMessage) -> List[Message]:
        """The replies to a checked message; at least one has a `kind`, the others accompany it with a `notice`.

        Raises nothing but `asyncio.CancelledError`: whatever fails becomes a reply that says so.
        """
        keeping.begin_turn()
        with metrics.turn(self._channel) as replies, reading_once():
            replies += await self._take(incoming, app, on_new_message)
            if keeping.has_failed() and self._is_private and metrics.kind_of(replies) not in ("crisis", "no_answer"):
                told = f"{_NOT_KEPT} Blijft dat zo? Stuur je vraag dan naar {self._helpdesk}."
                replies.insert(0, _accompanying(incoming.sender, told, "not_kept"))
        counts: Optional[Counts] = getattr(app.ctx, "counts", None)
        if counts is not None:
            counts.add(self._channel, replies, metrics.region() or incoming.region, date.today())
        return replies

    async def _take(self, incoming: Incoming, app: Sanic, on_new_message: OnNewMessage) -> List[Message]:
        memory = ConversationMemory(app.ctx.agent, incoming.sender)
        # The conversation is read while the message is looked at; the crisis text doesn't wait for it.
        remembering = asyncio.create_task(memory.asked_about_danger())
        try:
            return await self._with_memory(incoming, memory, remembering, app, on_new_message)
        finally:
            remembering.cancel()

    async def _with_memory(
        self,
        incoming: Incoming,
        memory: ConversationMemory,
        remembering: asyncio.Task[Optional[str]],
        app: Sanic,
        on_new_message: OnNewMessage,
    ) -> List[Message]:
        """The same, with what is kept of the conversation being read."""
        text = safe_text(incoming.text)
        looked = await self._looked(text, app)
        if looked is None:
            return [self._failed(incoming.sender)]
        verdict = looked.verdict
        if verdict.tier == EXPLICIT:
            return await self._reply_to_danger(looked, text, incoming.sender, memory, app)
        if not self._open.admits(incoming.sender) and verdict.tier == NONE:
            logger.warning("Too many conversations are open.")
            return [self._failed(incoming.sender, _FULL)]
        unkept = self._asked.take(incoming.sender)
        asked = await remembering or unkept
        if repeated := memory.replies_to(logs.request_id()):
            return repeated
        if asked and asked.startswith(TOLD):
            told, asked = asked[len(TOLD) :], None
            if verdict.tier == NONE and (bare := bare_answer(text)):
                return after_text(told, bare, incoming.sender)
            await memory.remember_danger(None)
        rest = question_after_no(text) if asked and verdict.tier == NONE else None
        said = answer_to_question(text) if asked and not rest else None
        if said == "no" and verdict.tier == GREY:
            # "ik denk het niet meer vol te houden" denies nothing
            said = None
        answer = _CRISIS_ANSWERS.get(text) or said
        if answer:
            await memory.remember_danger(TOLD + text_after_yes(asked or SELF) if answer == "yes" else None)
            return await self._after_question(answer, asked or SELF, incoming, memory, app)
        if verdict.tier == GREY:
            return await self._reply_to_danger(looked, text, incoming.sender, memory, app)
        if rest:
            await memory.remember_danger(None)
            kindly = after_question("no", asked or SELF, incoming.sender)
            masked = await self._masked(safe_text(rest), app)
            return [*kindly, *await self._answer(incoming, masked, memory, app, on_new_message)]
        masked = looked.masked or await self._masked(text, app)
        return await self._answer(incoming, masked, memory, app, on_new_message)

    async def danger(self, incoming: Incoming, app: Sanic) -> Optional[List[Message]]:
        """The fixed reply to a message of someone in danger, or None; nothing else is done with the message."""
        text = safe_text(incoming.text)
        looked = await self._looked(text, app)
        if looked is None:
            return [self._failed(incoming.sender)]
        if looked.verdict.tier == NONE:
            return None
        memory = ConversationMemory(app.ctx.agent, incoming.sender)
        return await self._reply_to_danger(looked, text, incoming.sender, memory, app)

    async def confidence(self, text: str, app: Sanic) -> float:
        """How sure it is, from 0 to 1, that the knowledge base answers this; nothing is kept.

        Raises whatever understanding a message raises.
        """
        masked = await self._masked(safe_text(text), app)
        parsed = await app.ctx.agent.parse_message(masked.text[: self._longest])
        found = parsed.get("understanding") or {}
        if found.get("decision") != "answer" or found["candidates"][0]["facet"] == "grens":
            return 0.0
        return float(found["candidates"][0]["confidence"])

    async def _looked(self, text: str, app: Sanic) -> Optional[Looked]:
        """What a message shows, or None when that can't be known: then the reply must name the numbers.

        A worker looks, or this process itself when there is none or it fails.
        """
        if text.startswith("/"):
            return Looked(CALM, Masked(text, ()), {})
        workers: Optional[Workers] = getattr(app.ctx, "workers", None)
        try:
            with metrics.stage("look"):
                looked: Optional[Looked] = await workers.attempt("look", text) if workers else None
                if looked is None:
                    return await self._look(look, masker_of(app), text)
        except Exception as error:
            logger.error("The crisis check failed: %s", type(error).__name__)
            return None
        for part, vector in looked.vectors.items():
            shared_encoder().remember(part, vector)
        return looked

    async def _reply_to_danger(
        self, looked: Looked, text: str, sender: str, memory: ConversationMemory, app: Sanic
    ) -> List[Message]:
        """The fixed reply; where others read along nobody is asked about themselves."""
        verdict = looked.verdict
        self._aside.take(sender)
        if verdict.tier == GREY and not self._is_private:
            messages = crisis_messages(replace(verdict, about=OTHER), sender)
            return [{**message, "buttons": []} for message in messages]
        if verdict.tier == GREY:
            masked = looked.masked or await self._masked(text, app)
            self._aside.put(sender, masked.text)
        if self._is_private:
            await memory.remember_danger(verdict.about if verdict.tier == GREY else TOLD + name_of(verdict))
            if keeping.has_failed() and verdict.tier == GREY:
                self._asked.put(sender, verdict.about)
        return crisis_messages(verdict, sender)

    async def _answer(
        self, incoming: Incoming, masked: Masked, memory: ConversationMemory, app: Sanic, on_new_message: OnNewMessage
    ) -> List[Message]:
        """The replies to a message without danger."""
        messages = await self._ask_rasa(incoming, masked.text[: self._longest], on_new_message)
        if messages is None:
            return [self._failed(incoming.sender)]
        custom = [message.get("custom") or {} for message in messages]
        if any(part.get("command") == "forget" for part in custom):
            self._aside.take(incoming.sender)
            await memory.forget()
        is_unanswered = any(part.get("kind") == "no_answer" for part in custom) and not masked.text.startswith("/")
        # What is said in a closed group is for its members: editors don't read it elsewhere.
        if is_unanswered and self._is_private:
            await self._keep_unanswered(masked.text, incoming.role, app)
        if masked.found and self._told.allows(incoming.sender):
            messages = [_accompanying(incoming.sender, notice(masked.found), "masked"), *messages]
        if memory.is_new:
            messages = [_accompanying(incoming.sender, INTRODUCTION, "introduction"), *messages]
        return messages

    async def _after_question(
        self, answer: str, about: str, incoming: Incoming, memory: ConversationMemory, app: Sanic
    ) -> List[Message]:
        """The reply to yes, no, unsure or "go on"; after no and "go on" also the answer to what was asked, if any.

        The question is answered in a conversation of its own that is kept nowhere.
        """
        if answer not in ("no", "continue"):
            if answer == "yes":
                self._aside.take(incoming.sender)
            return after_question(answer, about, incoming.sender, self._aside.has(incoming.sender))
        messages = after_question(answer, about, incoming.sender)
        waiting = self._aside.take(incoming.sender)
        # Who only told how they feel has asked nothing that waits for an answer.
        if not waiting or only_tells(waiting):
            return messages
        context: Dict[str, Any] = {}

        async def aside(message: UserMessage) -> None:
            context.update(await ask_and_keep_nothing(app.ctx.agent, message))

        answered = await self._ask_rasa(incoming, waiting[: self._longest], aside) or []
        if not any((message.get("custom") or {}).get("kind") in _WITH_AN_ANSWER for message in answered):
            return messages
        await memory.remember(context)
        return [*messages, *answered]

    async def _keep_unanswered(self, masked: str, role: Optional[str], app: Sanic) -> None:
        records: Optional[Records] = getattr(app.ctx, "records", None)
        if records is None:
            return
        try:
            await asyncio.to_thread(records.keep_unanswered, masked, role, self._channel, date.today())
        except SQLAlchemyError as error:
            logger.error("A question can't be kept: %s", type(error).__name__)

    async def _masked(self, text: str, app: Sanic) -> Masked:
        return await self._look(masker_of(app), text)

    async def _look(self, function: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._looking, function, *arguments)

    async def _ask_rasa(self, incoming: Incoming, text: str, on_new_message: OnNewMessage) -> Optional[List[Message]]:
        """Rasa's replies, or None when it fails or says nothing."""
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
            return None
        messages: List[Message] = collector.messages
        if not any((message.get("custom") or {}).get("kind") for message in messages):
            logger.error("A turn gave no reply.")
            return None
        return messages

    def _failed(self, sender: str, what: str = _BROKEN) -> Message:
        text = (
            f"{what} Probeer het over een paar minuten opnieuw, of stuur je vraag naar {self._helpdesk}. "
            "Gaat het niet goed met je en denk je aan zelfdoding? Bel 113 of 0800-0113. Bij direct gevaar: 112."
        )
        custom = {"kind": "no_answer", "topics": [], "facet": None, "sources": [], "answer_id": None, "failed": True}
        return {"recipient_id": sender, "text": text, "custom": custom}


def _accompanying(sender: str, text: str, name: str) -> Message:
    return {"recipient_id": sender, "text": text, "custom": {"notice": name}}

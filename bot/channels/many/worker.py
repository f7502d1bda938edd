"""The channel's work behind the 202: decide what to say about each event, and post what was decided.

Deciding goes one at a time, since it is this machine's own computing; posting goes several at a time, since it is
waiting. Both read their work from the outbox, so that a process that ends in the middle loses nothing: a decision is
taken again, and a comment is posted again with the same key.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Awaitable, Callable, Dict, List, Optional, Set, Tuple, TypeVar

from sanic import Sanic
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.many.comments import INTRODUCTION, NO_SUCH_CHOICE, REMINDER, Comment, compose
from bot.channels.many.events import COMMENT, POST, Event
from bot.channels.many.manners import SURE, asks_what_koers_may_know, picked, tells_of_a_client, without_mention
from bot.channels.many.outbox import READY, WAITING, Item, Kept, Outbox, Thread
from bot.channels.many.platform import Gone, Platform, Refused, Unreachable
from bot.channels.many.practice import practice_of
from bot.channels.many.spaces import Space
from bot.channels.memory import ConversationMemory
from bot.channels.requests import Incoming
from bot.channels.turn import Message, OnNewMessage, Turns, masker_of
from bot.safety.replies import texts as crisis_texts
from bot.settings import Settings
from knowledge.queries import Knowledge

logger = logging.getLogger(__name__)

T = TypeVar("T")

POSTING = 4
"""Comments that are being posted at the same time."""
KEEP_TRYING = 72 * 3600
"""Seconds that Koers tries to post a comment."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
TURNS = 3
"""How often a turn that failed is taken again before Koers says so."""
_LOOK_AGAIN = 5.0
_SOON = 0.25
_TEXTS_IN_MEMORY = 1000
_AT_ONCE = 50
_QUIET, _GIVE_WAY = 0.1, 1.0
"""Seconds without a new event after which deciding goes on, and the longest that one decision waits for that."""
_NO_QUESTION = "wat kun je voor mij doen?"


def pause(attempts: int) -> float:
    """Seconds until the next try, after so many that failed: each longer, and no two the same."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempts, 16)) * random.uniform(0.5, 1.0)


class Worker:
    """Works through the outbox for as long as the server runs."""

    def __init__(self, settings: Settings, outbox: Outbox, platform: Platform, spaces: Dict[str, Space]) -> None:
        self._settings = settings
        self._outbox = outbox
        self._platform = platform
        self._spaces = spaces
        self._turns = Turns("many", settings, is_private=False)
        self._knowledge = Knowledge(settings.knowledge_url)
        # One thread for the outbox: SQLite has one writer.
        self._database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="many-outbox")
        self._app: Any = None
        self._on_new_message: OnNewMessage
        self._wake: Dict[str, asyncio.Event] = {}
        self._tasks: List[asyncio.Task] = []
        self._last_round: Set[str] = set()
        self._receiving: List[Tuple[Event, asyncio.Future[Kept]]] = []
        self._received = 0.0
        self._keeping: Optional[asyncio.Task] = None
        self._is_packed = True
        # What was said, unmasked, until it is handled: danger is looked for in a person's own words. It is never
        # written down; after a restart the masked text of the outbox takes its place.
        self._words: OrderedDict[str, str] = OrderedDict()

    async def start(self, app: Sanic, on_new_message: OnNewMessage) -> None:
        """Begin to work; the server's agent must be there."""
        self._app, self._on_new_message = app, on_new_message
        self._wake = {WAITING: asyncio.Event(), READY: asyncio.Event()}
        works: List[Tuple[str, Callable[[Item], Awaitable[None]]]] = [
            (WAITING, self._decide),
            *[(READY, self._post)] * POSTING,
        ]
        self._tasks = [asyncio.create_task(self._work(state, work), name=state) for state, work in works]

    async def stop(self) -> None:
        """Do what is due, for as long as a turn may go on; what isn't done then stays in the outbox."""
        until = time.monotonic() + self._settings.stop_seconds
        # What was decided must still be posted.
        for state in (WAITING, READY):
            self._last_round.add(state)
            self._rouse(state)
            tasks = [task for task in self._tasks if task.get_name() == state]
            if tasks:
                await asyncio.wait(tasks, timeout=max(0.0, until - time.monotonic()))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._platform.close()
        await self._in_database(self._outbox.close)
        self._database.shutdown()
        self._knowledge.close()

    async def accept(self, app: Sanic, event: Event) -> Kept:
        """Keep an event to work on later. Raises `SQLAlchemyError` when it can't be kept."""
        answer: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        self._receiving.append((event, answer))
        self._received = time.monotonic()
        if len(self._receiving) == 1:
            self._keeping = asyncio.create_task(self._keep_received(app))
        kept = await answer
        if kept is Kept.ACCEPTED:
            if event.text:
                self._words[event.id] = event.text
                while len(self._words) > _TEXTS_IN_MEMORY:
                    self._words.popitem(last=False)
            self._rouse(WAITING)
        return kept

    async def _keep_received(self, app: Sanic) -> None:
        """Keep what has come in, and what comes in meanwhile, in as few transactions as that takes."""
        while self._receiving:
            batch = self._receiving[:_AT_ONCE]
            try:
                kept = await self._in_database(self._keep, app, [event for event, _ in batch])
                outcomes: List[Any] = list(kept)
            except Exception as error:
                outcomes = [error] * len(batch)
            for (_, answer), outcome in zip(batch, outcomes):
                if answer.done():
                    continue  # The sender hung up.
                if isinstance(outcome, Exception):
                    answer.set_exception(outcome)
                else:
                    answer.set_result(outcome)
            del self._receiving[: len(batch)]

    def _keep(self, app: Sanic, received: List[Event]) -> List[Kept]:
        return self._outbox.keep_all([(event, self._content(app, event)) for event in received])

    def _content(self, app: Sanic, event: Event) -> Dict[str, Any]:
        """What is kept of an event until it is handled."""
        content: Dict[str, Any] = {}
        if event.type in (POST, COMMENT):
            masked = masker_of(app)(event.text)
            content = {
                "text": masked.text,
                "role": event.role,
                "mentioned": self._settings.many_account in event.mentions,
                "thread": event.thread,
                "comment": event.comment,
                "in_reply_to": event.in_reply_to,
                "tells": tells_of_a_client(event.text, masked),
            }
        return content

    async def _in_database(self, function: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._database, partial(function, *arguments))

    def _rouse(self, state: str) -> None:
        if state in self._wake:
            self._wake[state].set()

    # ------------------------------------------------------------------------------------------------ the loops

    async def _work(self, state: str, work: Callable[[Item], Awaitable[None]]) -> None:
        while True:
            try:
                item = await self._in_database(self._outbox.take, state)
                if item is None:
                    if state in self._last_round:
                        return
                    await self._rest(state)
                    continue
                try:
                    await work(item)
                except SQLAlchemyError:
                    raise
                except Exception as error:
                    # The exception's text may quote a message, so only its type is logged.
                    logger.error("An event can't be handled: %s", type(error).__name__)
                    await self._in_database(self._outbox.try_again, item, time.time() + pause(item.attempts))
                self._is_packed = False
                # What was next in the same thread may go now.
                self._rouse(WAITING)
                self._rouse(READY)
            except SQLAlchemyError as error:
                logger.error("The outbox can't be reached: %s", type(error).__name__)
                await asyncio.sleep(FIRST_PAUSE)

    async def _rest(self, state: str) -> None:
        """Wait until there may be work."""
        wake = self._wake[state]
        wake.clear()
        if state in self._last_round:
            return
        due = await self._in_database(self._outbox.next_due, state)
        if due is None and state == WAITING and not self._is_packed:
            self._is_packed = True
            self._words.clear()
            await self._in_database(self._outbox.pack)
        seconds = _LOOK_AGAIN if due is None else min(max(due - time.time(), _SOON), _LOOK_AGAIN)
        try:
            await asyncio.wait_for(wake.wait(), seconds)
        except asyncio.TimeoutError:
            return

    # ------------------------------------------------------------------------------------------------- deciding

    async def _decide(self, item: Item) -> None:
        # Taking in events goes before deciding on replies, but no decision waits forever.
        patience = time.monotonic() + _GIVE_WAY
        while time.monotonic() < min(patience, self._received + _QUIET):
            await asyncio.sleep(_QUIET / 4)
        if item.type not in (POST, COMMENT):
            for conversation in await self._in_database(self._outbox.forget, item):
                await self._forget(conversation)
            await self._in_database(self._outbox.drop, item)
            return
        thread = await self._in_database(self._outbox.thread, item.thread)
        text = self._words.get(item.event) or item.content["text"]
        call = _Call.of(item, thread, text, self._settings.many_account)
        messages = await self._messages(item, thread, call)
        if any((message.get("custom") or {}).get("failed") for message in messages):
            if item.attempts + 1 < TURNS:
                await self._in_database(self._outbox.try_again, item, time.time() + pause(item.attempts))
                return
            if not call.is_addressed:
                messages = []
        reply = await self._compose(item, thread, call, messages)
        self._words.pop(item.event, None)
        comment, remembered = reply
        posting = None
        if comment is not None:
            posting = {"thread": item.content["thread"], "text": comment.text, "in_reply_to": item.content["comment"]}
        is_wanted = await self._in_database(self._outbox.decide, item, posting, remembered)
        says_forget = any((message.get("custom") or {}).get("command") == "forget" for message in messages)
        if not is_wanted or item.content["tells"] or says_forget or (comment and comment.kind == "flow"):
            await self._forget(item.thread)

    async def _messages(self, item: Item, thread: Thread, call: _Call) -> List[Message]:
        """What Koers would say; nothing when it has no business here."""
        space = self._spaces.get(item.space)
        region = space.name if space and space.kind == "region" else None
        incoming = Incoming(item.thread, call.text, item.content["role"], region)
        if call.choice is not None:
            if call.choice == len(thread.choices):
                return [_said(NO_SUCH_CHOICE.format(last=len(thread.choices)))]
            payload = thread.choices[call.choice]
            return await self._turns.take(replace(incoming, text=payload), self._app, self._on_new_message)
        if call.is_addressed:
            return await self._turns.take(incoming, self._app, self._on_new_message)
        danger = await self._turns.danger(incoming, self._app)
        if danger is not None:
            is_known = thread.warned and item.type == COMMENT and _is_about_another(danger)
            return [] if is_known else danger
        if item.type != POST or not asks_what_koers_may_know(call.text):
            return []
        if await self._turns.confidence(call.text, self._app) < SURE:
            return []
        messages = await self._turns.take(incoming, self._app, self._on_new_message)
        if not {"answer"} & {(message.get("custom") or {}).get("kind") for message in messages}:
            await self._forget(item.thread)
            return [message for message in messages if (message.get("custom") or {}).get("failed")]
        return messages

    async def _compose(
        self, item: Item, thread: Thread, call: _Call, messages: List[Message]
    ) -> Tuple[Optional[Comment], Thread]:
        """The comment, if there is one, and what to remember of the thread."""
        comment = None
        if messages:
            comment = compose(messages, self._settings, await self._practice(item, messages))
        parts = [comment.text] if comment is not None and comment.text else []
        is_crisis = comment is not None and comment.kind == "crisis"
        if is_crisis:
            thread = replace(thread, warned=True)
        elif item.content["tells"] and not thread.reminded:
            parts.append(REMINDER)
            thread = replace(thread, reminded=True)
        if not parts:
            return None, thread
        if not is_crisis and not thread.introduced:
            parts.append(INTRODUCTION)
            thread = replace(thread, introduced=True)
        if comment is not None and call.choice != len(thread.choices or ()):
            thread = replace(thread, choices=comment.choices)
        kind = comment.kind if comment is not None else ""
        return Comment("\n\n".join(parts), thread.choices, kind), thread

    async def _practice(self, item: Item, messages: List[Message]) -> Optional[str]:
        space = self._spaces.get(item.space)
        topics = [topic for message in messages for topic in (message.get("custom") or {}).get("topics") or ()]
        if space is None or not topics:
            return None
        try:
            return await asyncio.to_thread(practice_of, self._knowledge, self._settings, space, topics)
        except SQLAlchemyError as error:
            logger.error("The knowledge base can't be read: %s", type(error).__name__)
            return None

    async def _forget(self, conversation: str) -> None:
        await ConversationMemory(self._app.ctx.agent, conversation).forget()

    # -------------------------------------------------------------------------------------------------- posting

    async def _post(self, item: Item) -> None:
        reply = item.reply
        try:
            comment = await self._platform.comment(
                reply["thread"], reply["text"], f"koers-{item.event}", reply["in_reply_to"]
            )
        except Unreachable as problem:
            if time.time() - item.received > KEEP_TRYING:
                logger.error("A comment couldn't be posted in %d hours and is dropped.", KEEP_TRYING // 3600)
                await self._in_database(self._outbox.drop, item)
                return
            if item.attempts == 0 or str(problem) == "status 401":
                logger.warning("A comment can't be posted yet: %s", problem)
            after = pause(item.attempts) if problem.after is None else problem.after
            await self._in_database(self._outbox.try_again, item, time.time() + after)
        except Gone:
            await self._in_database(self._outbox.drop, item)
            await self._forget(item.thread)
        except Refused as problem:
            logger.error("The platform refuses a comment: %s", problem)
            await self._in_database(self._outbox.drop, item)
        else:
            await self._in_database(self._outbox.posted, item, comment)


class _Call:
    """How an event calls on Koers."""

    def __init__(self, text: str, is_addressed: bool, choice: Optional[int]) -> None:
        self.text = text
        self.is_addressed = is_addressed
        self.choice = choice

    @classmethod
    def of(cls, item: Item, thread: Thread, text: str, account: str) -> _Call:
        """By its name, as a reply to its comment, or by the number of a choice."""
        words = without_mention(text, account)
        choice = picked(words, thread.choices) if item.type == COMMENT else None
        replies = bool(item.content["in_reply_to"]) and item.content["in_reply_to"] == thread.last_comment
        is_addressed = item.content["mentioned"] or replies or choice is not None
        # A member's own text never is a command: those come from the choices only.
        return cls(words.lstrip("/") or _NO_QUESTION, is_addressed, choice)


def _said(text: str) -> Message:
    return {"text": text, "custom": {"kind": "clarify"}}


def _is_about_another(messages: List[Message]) -> bool:
    texts = crisis_texts()
    return all(message["text"] in (texts["explicit_other"], texts["grey_other"]) for message in messages)

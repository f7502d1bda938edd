"""Answer a question from the knowledge base, ask which is meant, or say that it isn't known."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.compare import compare, table_of
from bot.actions.followups import said_before
from bot.actions.library import ask, knowledge, last_answer
from bot.actions.lists import FILTERS, LIST, filters_in, listed
from bot.actions.records import DECIDES, FIRST_STEP, PAYS, from_record
from bot.actions.replies import (
    OTHER_BUTTON,
    Reply,
    answer_reply,
    choose_button,
    offer_person,
    unavailable,
    unknown,
    unknown_of,
    whom_instead,
)
from bot.actions.turn import chosen_option, last_reply, role_of, text_of, understanding_of, voice_of
from bot.nlu.conversation.telling import WHOM, whom_to_ask
from bot.nlu.doubt import BOUNDARY
from bot.nlu.phrases.asking import asks_nothing
from bot.nlu.phrases.asking_back import asks_who_decides
from bot.nlu.phrases.following import asks_what_if
from bot.nlu.subjects import CASES
from knowledge.queries import Answer

Events = List[Dict[str, Any]]

WHICH_REGION = "arbeidsmarktregios/mijn-gemeente"
"""The answer that a place is looked up for."""
_SAME = "Hier kom ik bij hetzelfde antwoord uit als net:"
_WHICH, _ASKED = "Bedoel je een van deze vragen?", "Wat wil je weten?"
_TOLD = f"Goed dat je het vertelt. {_ASKED}"
"""How it is asked which is meant: of a question, and of who told something and asked nothing."""
MAX_CHOICES = 3
"""Answers to choose from in "Bedoel je ...?"; a button for something else comes on top."""
MAX_RIVALS = 2
_SURE = 0.6
_LEAST_RIVAL, _LEAST_BESIDE_NO = 0.1, 0.3
"""Probabilities, measured in `docs/experiments.md`: from `_SURE` on an answer is given without alternatives, from
`_LEAST_RIVAL` on another answer is one, and from `_LEAST_BESIDE_NO` on next to what isn't known."""
_ALL_OF_THEM = re.compile(
    r"^\W*(?:(?:ja|graag|doe(?: maar)?|ik bedoel|wil) )*(?:allebei|beide|alle (?:twee|drie)|allemaal)\b", re.I
)
_RECORDS = {"ask_who_pays": PAYS, "ask_how_to_apply": FIRST_STEP, "ask_who_to_contact": FIRST_STEP}
"""What a question of a kind asks of a topic's record."""


class ActionAnswer(Action):
    """The main action: from what was understood to a reply."""

    def name(self) -> str:
        """As rules name it."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Answers, or asks "Bedoel je ...?" when two answers are about as likely."""
        found = understanding_of(tracker)
        events = _place_events(found)
        if found["decision"] == "unavailable":
            unavailable().send(dispatcher)
            return events
        back = await self._asked_back(found, tracker) if found["asked_back"] else None
        if back is not None:
            back.send(dispatcher)
            return events
        overview = await self._overview(found, tracker)
        if overview is not None:
            overview.send(dispatcher)
            return [*events, SlotSet("topics", overview.topics), SlotSet("options", overview.extra["choices"])]
        recorded = await self._recorded(found, tracker)
        if recorded is not None:
            recorded.send(dispatcher)
            return [*events, SlotSet("topics", recorded.topics)]
        ids = [candidate["id"] for candidate in found["candidates"]]
        last = await last_answer(tracker) if found["unknown_of"] else None
        if last is not None and not was_missed(tracker):
            unknown_of(last, role_of(tracker)).send(dispatcher)
            return events
        spoken_of = [SlotSet("topics", found["subject"])] if found["subject"] else []
        if found["decision"] == "unknown" or not ids:
            miss(tracker).send(dispatcher)
            return [*events, *spoken_of]
        wanted = [ids[0], *filter(None, [found["also"]])] if found["decision"] == "answer" else ids[:MAX_CHOICES]
        beside = [answer_id for answer_id in rivals(found) if answer_id != last_reply(tracker).get("answer_id")]
        answers = await ask(knowledge().answers, [*wanted, *beside], voice_of(tracker))
        if answers is None:
            unavailable().send(dispatcher)
            return events
        there = [answers[answer_id] for answer_id in wanted if answer_id in answers]
        if not there:
            miss(tracker).send(dispatcher)
            return events
        if found["decision"] == "answer":
            near = [answers[answer_id] for answer_id in beside if answer_id in answers]
            return [*events, *await self._give(there, near, found, dispatcher, tracker)]
        events.append(SlotSet("options", [answer.id for answer in there]))
        if was_missed(tracker):
            miss(tracker, there).send(dispatcher)
            return events
        clarify(there, dispatcher, _lead(tracker))
        is_one_topic = len({answer.topic for answer in there}) == 1 and there[0].facet != BOUNDARY
        return [*events, *([SlotSet("topics", [there[0].topic])] if is_one_topic else spoken_of)]

    @staticmethod
    async def _give(
        answers: Sequence[Answer],
        near: Sequence[Answer],
        found: Dict[str, Any],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
    ) -> Events:
        """Send the answers, each with what belongs before and below it; `near`: those that may have been meant."""
        asks_region = found["place"] and found["candidates"][0]["id"] == WHICH_REGION
        place = await ask(knowledge().place, found["place"]) if asks_region else None
        table = await ask(table_of, knowledge(), found["compared"], voice_of(tracker)) if found["compared"] else None
        # what was compared is remembered, with a table or without: "welke past bij iemand die ..."
        shown = {"compared": found["compared"], **({"table": table} if table else {})} if found["compared"] else {}
        events: Events = []
        for answer in answers:
            lead = _SAME if answer.id == last_reply(tracker).get("answer_id") else ""
            if place:
                lead = f"{place.name} hoort bij arbeidsmarktregio {place.region_name}."
            events += give(answer, dispatcher, near, lead, **shown)
        if found["subject"]:
            events.append(SlotSet("topics", found["subject"]))
        if found["list_answer"]:
            events.append(SlotSet("last_answers", [answers[0].id, found["list_answer"]]))
        return events

    @staticmethod
    async def _overview(found: Dict[str, Any], tracker: Tracker) -> Optional[Reply]:
        """A list from the structured records, or two topics next to each other; None when neither is asked for."""
        if found["decision"] == "answer" and found["candidates"][0]["topic"] == CASES and not found["compared"]:
            return None
        before = last_reply(tracker)
        filters = filters_in(text_of(tracker), after_list=before.get("facet") == LIST)
        if filters is not None:
            for tried in dict.fromkeys((filters.within(before.get(FILTERS) or {}), filters)):
                if reply := await ask(listed, knowledge(), tried, voice_of(tracker)):
                    return reply
            return None
        if not found["compared"] or (found["candidates"] and found["candidates"][0]["facet"] == "verschil"):
            return None
        return await ask(compare, knowledge(), found["compared"], voice_of(tracker))

    @staticmethod
    async def _recorded(found: Dict[str, Any], tracker: Tracker) -> Optional[Reply]:
        """What the record of the topic says that is asked in bare words; None when it says nothing."""
        latest = tracker.latest_message or {}
        intent = str((latest.get("intent") or {}).get("name"))
        asked = DECIDES if asks_who_decides(text_of(tracker)) else _RECORDS.get(intent)
        if not (found["record_of"] and asked):
            return None
        return await ask(from_record, knowledge(), found["record_of"], asked, voice_of(tracker))

    @staticmethod
    async def _asked_back(found: Dict[str, Any], tracker: Tracker) -> Optional[Reply]:
        """What the answer before says itself of what is asked of it; None when the knowledge base can't be read."""
        if not found["candidates"]:
            return whom_instead(role_of(tracker))
        answer = await ask(knowledge().answer, found["candidates"][0]["id"], voice_of(tracker))
        if answer is None:
            return None
        if found["asked_back"] == WHOM and answer.facet != BOUNDARY and not whom_to_ask(answer.text):
            return whom_instead(role_of(tracker))
        if found["asked_back"] == DECIDES and answer.facet != BOUNDARY:
            # the record says it in whole words, the answer perhaps as "daarna beslist ..."
            recorded = await ask(from_record, knowledge(), answer.topic, DECIDES, voice_of(tracker))
            if recorded is not None:
                return recorded
        return said_before(answer, found["asked_back"], found["item"])


class ActionNotUnderstood(Action):
    """Reply to a message that makes no sense."""

    def name(self) -> str:
        """As rules name it."""
        return "action_not_understood"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Asks to put it differently once, then says whom to ask."""
        if was_missed(tracker):
            miss(tracker).send(dispatcher)
        else:
            dispatcher.utter_message(response="utter_gibberish")
        return []


class ActionChoose(Action):
    """Give the answer that a button or an ordinal ("de tweede") points at."""

    def name(self) -> str:
        """As rules name it."""
        return "action_choose"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """An option that is no longer there, or never was, gets the reply that it isn't known."""
        options = tracker.get_slot("options") or []
        if _ALL_OF_THEM.search(text_of(tracker)) and options:
            answers = await ask(knowledge().answers, options[:MAX_CHOICES], voice_of(tracker)) or {}
            return [event for answer in answers.values() for event in give(answer, dispatcher)]
        answer_id = chosen_option(tracker)
        answer = await ask(knowledge().answer, answer_id, voice_of(tracker)) if answer_id else None
        if answer is None:
            unknown(role_of(tracker)).send(dispatcher)
            return []
        return give(answer, dispatcher)


def rivals(found: Dict[str, Any]) -> List[str]:
    """The answers that may have been meant instead of the first one, when that isn't sure; one tap away."""
    first, others = found["candidates"][0], found["candidates"][1 : MAX_RIVALS + 1]
    if found["decision"] != "answer" or found["also"] or found["compared"] or first["confidence"] >= _SURE:
        return []
    least = _LEAST_BESIDE_NO if first["facet"] == BOUNDARY else _LEAST_RIVAL
    return [other["id"] for other in others if other["confidence"] >= least and other["facet"] != BOUNDARY]


def give(
    answer: Answer, dispatcher: CollectingDispatcher, near: Sequence[Answer] = (), lead: str = "", **extra: Any
) -> Events:
    """Send the answer, with buttons to those that may have been meant instead, and remember what it is about.

    `lead`: a sentence to begin with.
    """
    reply = answer_reply(answer, near)
    reply.text = f"{lead}\n\n{reply.text}" if lead else reply.text
    reply.extra.update(extra)
    reply.send(dispatcher)
    options = [other.id for other in near] + [offer.target for offer in answer.offers if offer.question]
    events: Events = [SlotSet("last_answers", [answer.id]), SlotSet("options", options)]
    if answer.facet != BOUNDARY:
        events.append(SlotSet("topics", [answer.topic]))
    return events


def _lead(tracker: Tracker) -> str:
    """How it is asked which answer is meant."""
    text = text_of(tracker)
    if not asks_nothing(text) or asks_what_if(text):
        return _WHICH
    return _TOLD if role_of(tracker) in (None, "client") else _ASKED


def clarify(answers: List[Answer], dispatcher: CollectingDispatcher, lead: str = _WHICH) -> None:
    """Ask which of these is meant, nothing more; `lead`: in which words."""
    questions = [answer.question.rstrip("?") for answer in answers]
    listed_questions = "\n".join(f"{number}. {question}?" for number, question in enumerate(questions, 1))
    Reply(
        f"{lead}\n{listed_questions}\nOf bedoel je iets anders?",
        "clarify",
        buttons=[*(choose_button(answer.id, answer.question) for answer in answers), OTHER_BUTTON],
        topics=sorted({answer.topic for answer in answers}),
        extra={"choices": [answer.id for answer in answers]},
    ).send(dispatcher)


def was_missed(tracker: Tracker) -> bool:
    """Whether the last reply gave no answer either: it asked which was meant, or didn't know."""
    last = last_reply(tracker)
    return last.get("kind") == "clarify" or (last.get("kind") == "no_answer" and not last.get("answer_id"))


def miss(tracker: Tracker, near: Sequence[Answer] = ()) -> Reply:
    """When nothing fits: that it isn't known; the second time in a row whom to ask, with the nearest answers."""
    if not was_missed(tracker):
        return unknown(role_of(tracker), understanding_of(tracker)["place"])
    return offer_person(near[: MAX_CHOICES - 1], role_of(tracker))


def _place_events(found: Dict[str, Any]) -> Events:
    return [SlotSet("region", found["region"])] if found.get("region") else []

"""Answer a question from the knowledge base, ask which is meant, or say that it isn't known."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.compare import compare
from bot.actions.library import ask, knowledge
from bot.actions.replies import Reply, answer_reply, choose_button, unavailable, unknown
from bot.actions.turn import chosen_option, understanding_of, voice_of
from knowledge.queries import Answer

Events = List[Dict[str, Any]]


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
        compared = await self._compared(found, tracker)
        if compared is not None:
            compared.send(dispatcher)
            return [*events, SlotSet("topics", compared.topics), SlotSet("options", [])]
        ids = [candidate["id"] for candidate in found["candidates"]]
        if found["decision"] == "unknown" or not ids:
            unknown().send(dispatcher)
            return events
        wanted = [ids[0], *filter(None, [found["also"]])] if found["decision"] == "answer" else ids[:3]
        answers = await ask(knowledge().answers, wanted, voice_of(tracker))
        if answers is None:
            unavailable().send(dispatcher)
            return events
        there = [answers[answer_id] for answer_id in wanted if answer_id in answers]
        if not there:
            unknown().send(dispatcher)
            return events
        if found["decision"] == "answer":
            for answer in there:
                events += give(answer, dispatcher)
            return events
        clarify(there, dispatcher)
        return [*events, SlotSet("options", [answer.id for answer in there])]

    @staticmethod
    async def _compared(found: Dict[str, Any], tracker: Tracker) -> Optional[Reply]:
        """A comparison, when two topics are to be compared and no answer does so itself."""
        intent = ((tracker.latest_message or {}).get("intent") or {}).get("name")
        best = found["candidates"][0]["facet"] if found["candidates"] else None
        if intent != "ask_difference" or len(found["topics"]) < 2 or best == "verschil":
            return None
        return await ask(compare, knowledge(), found["topics"], voice_of(tracker))


class ActionChoose(Action):
    """Give the answer that a button or an ordinal ("de tweede") points at."""

    def name(self) -> str:
        """As rules name it."""
        return "action_choose"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """An option that is gone or never was gets the reply for the unknown."""
        answer_id = chosen_option(tracker)
        answer = await ask(knowledge().answer, answer_id, voice_of(tracker)) if answer_id else None
        if answer is None:
            unknown().send(dispatcher)
            return []
        return give(answer, dispatcher)


def give(answer: Answer, dispatcher: CollectingDispatcher) -> Events:
    """Send the answer, and remember what the conversation is about now."""
    reply = answer_reply(answer)
    reply.send(dispatcher)
    options = [offer.target for offer in answer.offers if offer.question]
    events: Events = [SlotSet("last_answers", [answer.id]), SlotSet("options", options)]
    if answer.facet != "grens":
        events.append(SlotSet("topics", [answer.topic]))
    return events


def clarify(answers: List[Answer], dispatcher: CollectingDispatcher) -> None:
    """Ask which of these is meant, nothing more."""
    questions = [answer.question.rstrip("?") for answer in answers]
    listed = "\n".join(f"{number}. {question}?" for number, question in enumerate(questions, 1))
    Reply(
        f"Bedoel je een van deze vragen?\n{listed}",
        "clarify",
        buttons=[choose_button(answer.id, answer.question) for answer in answers],
        topics=sorted({answer.topic for answer in answers}),
    ).send(dispatcher)


def _place_events(found: Dict[str, Any]) -> Events:
    return [SlotSet("region", found["region"])] if found.get("region") else []

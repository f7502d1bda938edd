"""Questions about the last answer: its source, the same in plainer or in more exact words, once more."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.library import last_answer
from bot.actions.replies import Reply, answer_reply
from bot.actions.turn import last_reply, voice_of
from bot.citations import source_line, source_records, unique_citations
from bot.nlu.doubt import BOUNDARY
from knowledge.queries import CLIENT, PROFESSIONAL, Answer

Events = List[Dict[str, Any]]

_NOTHING_YET = "Ik heb je nog geen antwoord gegeven in dit gesprek. Stel je vraag, dan zeg ik erbij waar het staat."
_WHOLE = "Het hele antwoord staat hierboven. Snap je een woord niet? Vraag dan wat het betekent."
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z])")
_DECIDES = re.compile(r"^(?!Daarna|Dan|Dit|Die)\w.*\b(?:beslist|beslissen)\b")
_URGENT = re.compile(r"\b(?:112|113|0800-\d+)\b")


def gist_of(answer: Answer) -> Optional[str]:
    """The first sentence of an answer, and who decides; None if the rest must not be left out, or there is none."""
    if answer.change or answer.facet == BOUNDARY or _URGENT.search(answer.text):
        return None
    lines = [line for line in answer.text.splitlines() if line.strip()]
    first, *others = [part for line in lines for part in _SENTENCE_END.split(line.strip())]
    kept = [first.rstrip(":") + "." if first.endswith(":") else first]
    kept += [part for part in others if _DECIDES.match(part)][:1]
    return " ".join(kept) if len(kept) <= len(others) else None


class ActionSource(Action):
    """Say where the last answer is written, with dates and addresses."""

    def name(self) -> str:
        """As rules name it."""
        return "action_source"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Without an answer so far it says so."""
        answer = await last_answer(tracker)
        if answer is None:
            Reply(_NOTHING_YET, "smalltalk").send(dispatcher)
            return []
        citations = unique_citations(answer)
        if citations:
            lines = [
                f"- {source_line(citation)}" + (f"\n  {citation.url}" if citation.url else "") for citation in citations
            ]
            text = f"Mijn antwoord over {answer.topic_name} komt hiervandaan:\n" + "\n".join(lines)
        else:
            text = "Bij dat antwoord hoort geen bron: het zegt alleen wat ik niet weet en wie je kunt vragen."
        Reply(
            text,
            "answer",
            topics=[answer.topic],
            facet="vindplaats",
            sources=source_records(citations),
            answer_id=answer.id,
        ).send(dispatcher)
        return []


class _Again:
    """Shared by the actions that give the last answer once more."""

    voice: Optional[str] = None

    def reply(self, answer: Answer, tracker: Tracker) -> Reply:
        """The answer as this action gives it."""
        return answer_reply(answer)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Without an answer so far it says so."""
        answer = await last_answer(tracker, self.voice)
        if answer is None:
            Reply(_NOTHING_YET, "smalltalk").send(dispatcher)
        else:
            self.reply(answer, tracker).send(dispatcher)
        return []


class ActionSimpler(_Again, Action):
    """The last answer in the plainest words there are; its gist for someone who has just read those."""

    voice = CLIENT

    def reply(self, answer: Answer, tracker: Tracker) -> Reply:
        """The answer, or its gist when it was just given in this voice."""
        just_given = last_reply(tracker).get("answer_id") == answer.id and voice_of(tracker) == CLIENT
        gist = gist_of(answer) if just_given else None
        if gist is None:
            return answer_reply(answer)
        return answer_reply(replace(answer, text=f"Kort gezegd: {gist}\n\n{_WHOLE}", links=()))

    def name(self) -> str:
        """As rules name it."""
        return "action_simpler"


class ActionMoreDetail(_Again, Action):
    """The last answer with all details."""

    voice = PROFESSIONAL

    def name(self) -> str:
        """As rules name it."""
        return "action_more_detail"


class ActionRepeat(_Again, Action):
    """The last answer as it was."""

    def name(self) -> str:
        """As rules name it."""
        return "action_repeat"

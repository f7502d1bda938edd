"""Questions about the last answer: its source, the same in plainer or in more exact words, once more."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.library import last_answer
from bot.actions.replies import Reply, answer_reply, source_line, source_records, unique_citations
from knowledge.queries import CLIENT, PROFESSIONAL

Events = List[Dict[str, Any]]

_NOTHING_YET = "Ik heb je nog geen antwoord gegeven in dit gesprek. Stel je vraag, dan zeg ik erbij waar het staat."


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
    """What the actions that give the last answer once more have in common."""

    voice: Optional[str] = None

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Without an answer so far it says so."""
        answer = await last_answer(tracker, self.voice)
        if answer is None:
            Reply(_NOTHING_YET, "smalltalk").send(dispatcher)
        else:
            answer_reply(answer).send(dispatcher)
        return []


class ActionSimpler(_Again, Action):
    """The last answer in the plainest words there are."""

    voice = CLIENT

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

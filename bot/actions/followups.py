"""Questions about the last answer: its source, the same in plainer or in more exact words, once more."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.library import last_answer
from bot.actions.replies import Reply, answer_body, answer_reply, offer_buttons
from bot.actions.turn import last_reply, voice_of
from bot.citations import source_line, source_lines, source_records, unique_citations
from bot.nlu.conversation.telling import (
    DECIDES,
    EXAMPLE,
    STILL,
    SURE,
    WHY_NOT,
    sentences_of,
    who_decides,
    who_knows,
    whom_to_ask,
)
from bot.nlu.doubt import BOUNDARY
from knowledge.dates import dutch_date
from knowledge.queries import CLIENT, PROFESSIONAL, Answer

Events = List[Dict[str, Any]]

_NOTHING_YET = "Ik heb je nog geen antwoord gegeven in dit gesprek. Stel je vraag, dan zeg ik erbij waar het staat."
_WHOLE = "Het hele antwoord staat hierboven. Snap je een woord niet? Vraag dan wat het betekent."
_NO_MORE_OF_IT = "Een apart antwoord daarover heb ik niet."
_NOT_KNOWN_NOW = "Of het nu nog zo is, weet ik niet zeker."
_ONLY_FROM_SOURCES = (
    "Omdat ik alleen iets zeg wat in mijn bronnen staat, en dit staat er niet in of hangt van je situatie af."
)
_DECIDES = re.compile(r"^(?!Daarna|Dan|Dit|Die)\w.*\b(?:beslist|beslissen)\b")
_URGENT = re.compile(r"\b(?:112|113|0800-\d+)\b")


def gist_of(answer: Answer) -> Optional[str]:
    """The first sentence of an answer, and who decides; None if the rest must not be left out, or there is none."""
    if answer.change or answer.facet == BOUNDARY or _URGENT.search(answer.text):
        return None
    first, *others = sentences_of(answer.text)
    kept = [first.rstrip(":") + "." if first.endswith(":") else first]
    kept += [part for part in others if _DECIDES.match(part)][:1]
    return " ".join(kept) if len(kept) <= len(others) else None


def _as_far_as_known(answer: Answer) -> str:
    """Of when an answer is, for who asks whether it is still so."""
    of_when = "zonder datum" if answer.as_of in (None, "ongedateerd") else f"van {dutch_date(str(answer.as_of))}"
    return f"{_NOT_KNOWN_NOW} Mijn bron is {of_when}. Daarin staat: {answer.text}"


def said_before(answer: Answer, asked: str, item: Optional[str] = None) -> Reply:
    """What an answer says itself of whom to ask, who decides, or whether it is so, and no more of it."""
    is_unknown = answer.facet == BOUNDARY
    if item:
        text = f"{item[:1].upper()}{item[1:].rstrip('.')}. {_NO_MORE_OF_IT}"
    elif asked == SURE:
        text = f"Zo staat het in mijn bronnen: {gist_of(answer) or answer_body(answer)}"
    elif asked == EXAMPLE:
        text = answer_body(answer)
    elif asked == STILL:
        text = answer_body(replace(answer, links=())) if answer.change else _as_far_as_known(answer)
    elif asked == WHY_NOT:
        text = f"{_ONLY_FROM_SOURCES} {who_knows(answer.text)}"
    elif asked == DECIDES:
        text = who_decides(answer.text) or (who_knows(answer.text) if is_unknown else answer_body(answer))
    else:
        text = who_knows(answer.text) if is_unknown else whom_to_ask(answer.text)
    citations = unique_citations(answer)
    if citations:
        text += f"\n\n{source_lines(citations)}"
    return Reply(
        text,
        "answer",
        buttons=offer_buttons(answer.offers),
        topics=[] if is_unknown else [answer.topic],
        facet="betrokkenen",
        sources=source_records(citations),
        answer_id=answer.id,
    )


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

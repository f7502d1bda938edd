"""How a reply is put together: text, buttons and the `custom` part that channels and tests read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Sequence

from rasa_sdk.executor import CollectingDispatcher

from bot.citations import source_lines, source_records, unique_citations
from bot.nlu.doubt import BOUNDARY
from bot.settings import Settings
from knowledge.dates import dutch_date
from knowledge.queries import Answer, Offer

FLOW_BUTTONS = {
    "gesprek:openheid": ("Zullen we het samen op een rij zetten?", "/start_disclosure"),
    "gesprek:check": ("Wil je kijken wat bij je past?", "/start_eligibility"),
    "gesprek:financiering": ("Wie betaalt wat? Zoek het uit", "/start_financing"),
}
MAX_OFFERS = 2
MAX_BUTTONS = 3
OTHER_BUTTON = {"title": "Iets anders", "payload": "/correct_topic"}


@dataclass
class Reply:
    """One message to the user. `kind` is one of the kinds of the channel's contract."""

    text: str
    kind: str
    buttons: List[Dict[str, str]] = field(default_factory=list)
    topics: List[str] = field(default_factory=list)
    facet: Optional[str] = None
    sources: List[Dict[str, Any]] = field(default_factory=list)
    answer_id: Optional[str] = None
    extra: Dict[str, Any] = field(default_factory=dict)

    def send(self, dispatcher: CollectingDispatcher) -> None:
        """Hand the reply to the channel."""
        custom: Dict[str, Any] = {"kind": self.kind, "topics": self.topics, "facet": self.facet}
        custom.update({"sources": self.sources, "answer_id": self.answer_id, **self.extra})
        dispatcher.utter_message(text=self.text, buttons=self.buttons, json_message=custom)


def choose_button(answer_id: str, title: str) -> Dict[str, str]:
    """A button that asks for one answer."""
    return {"title": title, "payload": f'/choose{{"answer":"{answer_id}"}}'}


def offer_buttons(offers: Sequence[Offer]) -> List[Dict[str, str]]:
    """Buttons for what someone may want next, at most two."""
    buttons = []
    for offer in offers[:MAX_OFFERS]:
        if offer.target in FLOW_BUTTONS:
            title, payload = FLOW_BUTTONS[offer.target]
            buttons.append({"title": title, "payload": payload})
        elif offer.question:
            buttons.append(choose_button(offer.target, offer.question))
    return buttons


def main_answer(answers: Sequence[Answer]) -> Optional[Answer]:
    """The answer of a topic's that says what it is, or else its first; None when there are none."""
    return next((answer for answer in answers if answer.facet == "wat"), answers[0] if answers else None)


def answer_body(answer: Answer) -> str:
    """The answer's text: how it is now first, then what the source said and when."""
    if not answer.change:
        text = answer.text
    else:
        text = (
            f"Nu: {answer.change.text} (stand {dutch_date(answer.change.as_of)})\n\n"
            f"In de bron ({dutch_date(answer.as_of)}): {answer.text}"
        )
    if answer.links:
        text += "\n\n" + "\n".join(f"{title}: {url}" for title, url in answer.links)
    return text


def answer_reply(answer: Answer, near: Sequence[Answer] = ()) -> Reply:
    """The reply that gives an answer of the knowledge base, or that says that it isn't answered here.

    `near`: answers that may have been meant instead; they come as buttons, before what someone may want next.
    """
    citations = unique_citations(answer)
    text = answer_body(answer)
    if citations:
        text += f"\n\n{source_lines(citations)}"
    buttons = [choose_button(other.id, f"Ik bedoel: {other.question}") for other in near]
    asked = {other.id for other in near}
    buttons += offer_buttons([offer for offer in answer.offers if offer.target not in asked])
    return Reply(
        text=text,
        kind="no_answer" if answer.facet == BOUNDARY else "answer",
        buttons=buttons[:MAX_BUTTONS],
        topics=[answer.topic],
        facet=answer.facet,
        sources=source_records(citations),
        answer_id=answer.id,
        extra={"changed": bool(answer.change)},
    )


def unavailable() -> Reply:
    """When the knowledge base can't be read: honest, with somewhere to go."""
    helpdesk = Settings.from_environment().helpdesk
    return Reply(
        "Ik kan nu niet bij mijn kennisbank. Probeer het over een paar minuten opnieuw. "
        f"Blijft het zo? Stuur je vraag dan naar {helpdesk}.",
        "no_answer",
    )


_WHO_MAY_KNOW = {
    "professional": "een collega, het Werkcentrum in je regio of UWV",
    "employer": "je arbodienst, het Werkcentrum in je regio of UWV",
}


def _who_may_know(role: Optional[str], else_whom: str = "je huisarts") -> str:
    return _WHO_MAY_KNOW.get(role or "", f"je klantmanager, je behandelaar of {else_whom}")


def unknown(role: Optional[str], place: Optional[str] = None) -> Reply:
    """When nothing fits: that it isn't known, and who may know; `place` is the place that was asked about, if any."""
    helpdesk = Settings.from_environment().helpdesk
    if place:
        return Reply(
            f"Dat weet ik niet: over {place} staat hierover niets in mijn bronnen. "
            f"Vraag het aan {_who_may_know(role, 'het Werkcentrum in je regio')}. Of stuur je vraag naar {helpdesk}.",
            "no_answer",
        )
    return Reply(
        "Dat weet ik niet. Ik kan alleen vragen beantwoorden over werk en psychische kwetsbaarheid, uit mijn eigen "
        f"bronnen. Vraag het aan {_who_may_know(role)}. "
        f"Of stuur je vraag naar {helpdesk}. Wil je het anders vragen? Dat mag ook.",
        "no_answer",
    )


def whom_instead(role: Optional[str]) -> Reply:
    """Whom to ask, after it was said that something isn't known."""
    helpdesk = Settings.from_environment().helpdesk
    text = f"Vraag het aan {_who_may_know(role)}. Die weet het, of weet wie erover gaat."
    return Reply(f"{text} Je kunt ook mailen naar {helpdesk}.", "answer")


def unknown_of(last: Answer, role: Optional[str]) -> Reply:
    """When this isn't known about the last answer's topic: that, and what to ask next that is known."""
    helpdesk = Settings.from_environment().helpdesk
    return Reply(
        f"Dat weet ik niet: over {last.topic_name} staat hierover niets in mijn bronnen. "
        f"Vraag het aan {_who_may_know(role, 'wie je hierbij helpt')}. Of stuur je vraag naar {helpdesk}.",
        "no_answer",
        buttons=offer_buttons(last.offers),
        topics=[last.topic],
    )


def offer_person(near: Sequence[Answer], role: Optional[str]) -> Reply:
    """After two misses: whom to ask, and the nearest answers as buttons."""
    helpdesk = Settings.from_environment().helpdesk
    return Reply(
        "Het lukt me niet om je vraag goed te begrijpen. Wil je het aan een mens vragen? Dat kan bij "
        f"{_who_may_know(role)}. Of stuur je vraag naar {helpdesk}.",
        "handover",
        buttons=[choose_button(answer.id, answer.question) for answer in near],
        extra={"choices": [answer.id for answer in near]},
    )

"""What a message means, and which questions there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

FACET_OF_INTENT: Dict[str, str] = {
    "ask_what_is": "wat",
    "ask_for_whom": "voor_wie",
    "ask_how_to_apply": "aanmelden",
    "ask_who_pays": "betaling",
    "ask_does_it_work": "werking",
    "ask_how_does_it_go": "verloop",
    "ask_how_long": "duur",
    "ask_who_is_involved": "betrokkenen",
    "ask_who_to_contact": "contact",
    "ask_where_written": "vindplaats",
    "ask_numbers": "cijfers",
    "ask_tips": "tips",
    "ask_may_must": "mag_moet",
    "ask_why": "waarom",
    "ask_origin": "herkomst",
    "ask_experiences": "ervaringen",
    "ask_difference": "verschil",
    "ask_list": "lijst",
    "ask_region": "ervaringen",
}
"""Intents are kinds of question; facets are kinds of answer."""

QUESTION_INTENTS = frozenset(FACET_OF_INTENT)


@dataclass(frozen=True)
class Understanding:
    """What a message means; see the module `retriever` for its form in a tracker."""

    intent: str
    confidence: float
    decision: str
    candidates: Tuple[Tuple[str, str, str, float], ...] = ()
    topics: Tuple[str, ...] = ()
    region: Optional[str] = None
    place: Optional[str] = None
    also: Optional[str] = None
    """The answer to a second question in the same message."""
    role: Optional[str] = None
    """Who the user says they are: client, professional or employer."""
    compared: Tuple[str, ...] = ()
    """Two topics to be put next to each other; an answer that explains the difference is then the first candidate."""
    subject: Tuple[str, ...] = ()
    """The topics that the conversation is about after the first candidate is given."""
    list_answer: Optional[str] = None
    """The answer whose enumeration was pointed at."""
    unknown_of: Optional[str] = None
    """The topic of which it was asked what isn't known: "kost dat geld?"."""
    record_of: Optional[str] = None
    """The topic whose record may say what no answer says: who decides, how to begin, who pays."""
    item: Optional[str] = None
    """The item of a list that was pointed at, when there is no more to say of it."""
    asked_back: Optional[str] = None
    """What the answer before is asked that it says itself: whom to ask, who decides, whether it is so."""

    def as_dict(self) -> Dict[str, Any]:
        """As JSON-able values."""
        return {
            "decision": self.decision,
            "candidates": [
                {"id": id_, "topic": topic, "facet": facet, "confidence": round(confidence, 3)}
                for id_, topic, facet, confidence in self.candidates
            ],
            "topics": list(self.topics),
            "region": self.region,
            "place": self.place,
            "also": self.also,
            "role": self.role,
            "compared": list(self.compared),
            "subject": list(self.subject),
            "list_answer": self.list_answer,
            "unknown_of": self.unknown_of,
            "record_of": self.record_of,
            "asked_back": self.asked_back,
            "item": self.item,
        }

"""What the conversation so far says about the next message, read from its tracker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping, Optional, Tuple

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

CONTEXT = "context"
"""Where the metadata of a message that comes without its tracker has its `Context`."""
REMEMBERED = 3
"""How many answers back what they were about counts a little."""
_CORRECTION = "correct_topic"
_UNANSWERED = 0.3
"""How sure it is what the conversation is about after a message without an answer."""
_PAIR_LASTS = 2
"""How many answers later "de tweede" still points at one of two topics that were compared."""


@dataclass(frozen=True)
class Context:
    """What the conversation so far says about a message."""

    topics: Tuple[str, ...] = ()
    last_answer: Optional[str] = None
    region: Optional[str] = None
    """Slug of the region that was named before."""
    place: Optional[str] = None
    """Name of the place or region that the channel gave."""
    list_answer: Optional[str] = None
    """The answer before, when the last one was pointed at in it: "de tweede"."""
    choosing: bool = False
    """Whether the last reply showed a numbered choice."""
    offered: Tuple[str, ...] = ()
    """The answers that the last reply asked to choose from."""
    unanswered: str = ""
    """The message before, when the last reply asked which was meant or didn't know."""
    in_flow: bool = False
    """Whether a guided conversation is going on at this moment."""
    guided: bool = False
    """Whether there was a guided conversation, which may be gone on with."""
    role: Optional[str] = None
    """Who asks, when it is known: client, professional or employer."""
    earlier: Tuple[str, ...] = ()
    """The answers given before, the last one first, at most `REMEMBERED`."""
    pair: Tuple[str, ...] = ()
    """Two topics that were put next to each other just now."""
    repeated: bool = False
    """Whether the last answer was given twice in a row."""
    missed: bool = False
    """Whether the last reply was that nothing is known, without an answer that says who does."""
    rejected: Optional[str] = None
    """The answer before, when it wasn't what was meant."""
    said: str = ""
    """The message before."""
    sureness: float = 1.0
    """How likely the topic of the answer to the message before was; low when none was given."""


def context_of(metadata: Mapping[str, Any], tracker: Optional[DialogueStateTracker]) -> Context:
    """The context of a message with this metadata, the next one of the tracker's conversation."""
    place, role = metadata.get("region"), metadata.get("role")
    if tracker is None:
        return Context(place=place, role=role)
    answers = [*(tracker.get_slot("last_answers") or []), None, None]
    context = Context(
        topics=tuple(tracker.get_slot("topics") or ()),
        last_answer=answers[0],
        list_answer=answers[1],
        region=tracker.get_slot("region"),
        place=place,
        role=tracker.get_slot("role") or role,
        **_last_turn(tracker),
    )
    return _refused(context, tracker) or context


def _refused(context: Context, tracker: DialogueStateTracker) -> Optional[Context]:
    """The context after "dat bedoel ik niet", or None: the message before that one still waits for its answer."""
    said = [event for event in reversed(tracker.events) if isinstance(event, UserUttered)][:2]
    if len(said) < 2 or said[0].intent_name != _CORRECTION:
        return None
    asked = _typed(said[1])
    left = replace(context, topics=(), last_answer=None, earlier=(), rejected=context.last_answer)
    return replace(left, said=asked, unanswered=asked, sureness=_UNANSWERED)


def _last_turn(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """What the last reply leaves open and which answers came before, as fields of a `Context`."""
    reply: Dict[str, Any] = {}
    before: Optional[UserUttered] = None
    given: Dict[str, None] = {}
    answers: List[str] = []
    pair: Tuple[str, ...] = ()
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            before = before or event
            continue
        custom = (getattr(event, "data", None) or {}).get("custom") or {}
        if custom.get("kind") and not reply and before is None:
            reply = custom
        if custom.get("facet") == "verschil" and len(given) < _PAIR_LASTS and not pair:
            topics = tuple(custom.get("compared") or custom.get("topics") or ())
            pair = topics if len(topics) == 2 else ()
        if custom.get("kind") == "answer" and custom.get("answer_id"):
            given.setdefault(custom["answer_id"])
            answers.append(custom["answer_id"])
            if len(given) == REMEMBERED:
                break
    said = _typed(before)
    choices = tuple(reply.get("choices") or ())
    asked = reply.get("kind") == "clarify"
    return {
        "choosing": bool(choices),
        "offered": choices if asked else (),
        "unanswered": said if asked else "",
        "missed": reply.get("kind") in ("no_answer", "handover") and not reply.get("answer_id"),
        "in_flow": bool(tracker.active_loop_name),
        "guided": bool(tracker.get_slot("flow")),
        "earlier": tuple(given),
        "pair": pair,
        "repeated": len(answers) > 1 and answers[0] == answers[1],
        "said": said,
        "sureness": _sureness(before) if said else 1.0,
    }


def _typed(message: Optional[UserUttered]) -> str:
    """The text of a message; empty for a button's payload."""
    text = (message.text if message else None) or ""
    return "" if text.startswith("/") else text


def _sureness(message: Optional[UserUttered]) -> float:
    """The probability of the topic that a message was answered on; 1 for what isn't answered by likeness."""
    understanding = ((message.parse_data if message else None) or {}).get("understanding") or {}
    decision, candidates = understanding.get("decision"), understanding.get("candidates")
    if decision == "answer" and candidates and not understanding.get("compared"):
        # which of a topic's answers was meant may be unsure, while the topic isn't
        topic = candidates[0]["topic"]
        return min(1.0, sum(float(other["confidence"]) for other in candidates if other["topic"] == topic))
    return _UNANSWERED if decision in ("clarify", "unknown") and not understanding.get("unknown_of") else 1.0

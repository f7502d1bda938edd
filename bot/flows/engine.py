"""What every guided conversation does: keep an open question, hear answers, go back, skip, come to an outcome.

A flow is a pure object. It reads its sentences from the knowledge base's `FlowContent`, keeps nothing itself
(a conversation's answers are in its `State`), and knows nothing of Rasa, of channels or of today's date.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from bot.flows import words
from bot.nlu.names import tokens_of
from knowledge.queries import Citation, FlowContent, FlowOption, FlowStep

MAX_FREE_TEXT = 400
"""Characters of someone's own words that are kept; what was longer ends in "…"."""
_SHORTEST_OWN_WORD = 5
Finder = Callable[[str], Sequence[str]]
"""Slugs of the places, or of the topics, that a text names."""


@dataclass
class State:
    """One conversation's way through a flow; JSON-able, so that it fits a slot."""

    topics: List[str] = field(default_factory=list)
    answers: Dict[str, List[str]] = field(default_factory=dict)
    """Values by step; an empty list means unknown, skipped or not applicable."""
    asked: List[str] = field(default_factory=list)
    """Steps whose question was put, in that order; the last one is open as long as it has no answer."""
    retried: bool = False
    """Whether the open question was put once more in other words."""
    picked: List[str] = field(default_factory=list)
    """What was picked so far with the buttons of an open question that takes several answers."""
    finished: bool = False
    """Whether the outcome was shown."""

    def to_dict(self) -> Dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Optional[Mapping[str, Any]]) -> State:
        """The state that `to_dict` gave; an empty one for anything else."""
        if not isinstance(values, Mapping):
            return cls()
        return cls(**{name: values[name] for name in cls.__dataclass_fields__ if name in values})


@dataclass(frozen=True)
class Outcome:
    """What a flow comes to."""

    text: str
    topics: Tuple[str, ...] = ()
    citations: Tuple[Citation, ...] = ()
    table: Optional[Dict[str, Any]] = None
    document: Optional[Dict[str, Any]] = None
    verdicts: Mapping[str, str] = field(default_factory=dict)


_YES_OR_NO = {"ja", "nee"}


@dataclass(frozen=True)
class Heard:
    """What a text said about the steps of a flow."""

    values: Mapping[str, List[str]]
    whole: bool = False
    """Whether the text is an answer and nothing else."""
    own_words: bool = False
    """Whether the answer to the open question is the text itself, for want of anything that was recognised."""


class Flow(ABC):
    """A guided conversation about `content`; `find_places` and `find_topics` find names in texts."""

    max_questions = 8

    def __init__(self, content: FlowContent, find_places: Finder, find_topics: Finder):
        self.content = content
        self._find_places = find_places
        self._find_topics = find_topics
        self._steps = {step.id: step for step in content.steps}

    @abstractmethod
    def remaining(self, state: State) -> List[FlowStep]:
        """The steps that still have to be asked, given what is known, in order."""

    @abstractmethod
    def outcome(self, state: State, today: str) -> Outcome:
        """What follows from the answers so far; `today` as 2026-11-22."""

    @abstractmethod
    def opening(self, state: State) -> str:
        """What to say before the first question."""

    @abstractmethod
    def is_about(self, topic: str) -> bool:
        """Whether the flow has anything to say about a topic."""

    def topics_in(self, text: str) -> List[str]:
        """The topics that a text names in the flow's own words for them."""
        return []

    def aside(self, state: State, answered: str) -> Optional[str]:
        """Something worth knowing right after the answer to a step."""
        return None

    def takes(self, name: str, value: str) -> bool:
        """Whether this is an answer that a button of the flow can give."""
        step = self._steps.get(name)
        return step is not None and value in {option.value for option in step.options}

    def told(self, state: State) -> str:
        """The answers so far in a few words."""
        return "; ".join(
            f"{self.step(name).heading.lower()}: {self.titles(name, values)}"
            for name, values in state.answers.items()
            if values
        )

    def titles(self, name: str, values: Sequence[str]) -> str:
        """Several values as they read inside a sentence."""
        return listed([self.title(name, value) for value in values])

    def say(self, key: str, **parts: str) -> str:
        """A sentence of the content with its parts filled in."""
        return self.content.texts[key].format(**parts)

    def step(self, name: str) -> FlowStep:
        """The step with this name. Raises `KeyError` for another flow's."""
        return self._steps[name]

    def open_step(self, state: State) -> Optional[FlowStep]:
        """The question that waits for an answer."""
        if state.asked and state.asked[-1] not in state.answers:
            return self._steps.get(state.asked[-1])
        return None

    def advance(self, state: State) -> Optional[FlowStep]:
        """Open the next question and give it; None when it's time for the outcome."""
        step = self.open_step(state)
        remaining = self.remaining(state)
        if step is not None and step.id in {other.id for other in remaining}:
            return step
        if step is not None:
            state.asked.pop()
        state.retried = False
        fresh = [other for other in remaining if other.id not in state.asked]
        if not fresh or len(state.asked) >= self.max_questions:
            return None
        state.asked.append(fresh[0].id)
        return fresh[0]

    def known(self, state: State) -> Dict[str, List[str]]:
        """The answers, and what follows from them."""
        known = dict(state.answers)
        for name, values in state.answers.items():
            for option in self._steps[name].options if name in self._steps else ():
                for other, value in option.implies if option.value in values else ():
                    if not known.get(other):
                        known[other] = [value]
        return known

    def options(self, step: FlowStep, state: State) -> List[FlowOption]:
        """The options that fit the answers so far."""
        known = self.known(state)
        fitting = []
        for option in step.options:
            wanted: Dict[str, List[str]] = {}
            for other, value in option.only_if:
                wanted.setdefault(other, []).append(value)
            fits = all(set(values) & set(known.get(other) or values) for other, values in wanted.items())
            if fits and option.value not in (state.picked if self.open_step(state) is step else ()):
                fitting.append(option)
        return fitting

    def question(self, step: FlowStep, state: State, retry: bool = False) -> str:
        """The question as text that is complete without buttons."""
        lines = [step.retry if retry else step.question]
        options = self.options(step, state)
        if {option.value for option in options} != {"ja", "nee"}:
            lines += [f"{number}. {option.title}" for number, option in enumerate(options, 1)]
        return "\n".join(lines)

    def title(self, name: str, value: str) -> str:
        """How a value is called inside a sentence."""
        options = self._steps[name].options if name in self._steps else ()
        return next((option.short or option.title for option in options if option.value == value), value)

    def hear(self, state: State, text: str) -> Heard:
        """Read a text as an answer to the open question and to any other step it speaks about."""
        step = self.open_step(state)
        hits = words.find_phrases(text, self._phrases())
        values = _values(hits)
        if step is not None and step.id not in values:
            replies = words.find_phrases(text, self._replies(step, state))
            # "ik wil niks vertellen" says how much is told, not that "niks" is needed
            replies = [reply for reply in replies if not any(set(reply.positions) < set(h.positions) for h in hits)]
            hits += replies
            values.update(_values(replies))
        if not values and step is not None and step.kind == "keuze":
            # the bare name of an answer to a question that comes later: "ernstig denk ik"
            names = [(option.short, f"{o.id}={option.value}") for o in self.remaining(state) for option in o.options]
            hits = words.find_phrases(text, [(name, value) for name, value in names if name and name not in _YES_OR_NO])
            values = _values(hits) if words.only_these(text, hits) else {}
        whole = bool(values) and words.only_these(text, hits)
        for other in self.content.steps:
            named = self._named(other, step, text)
            if named:
                values[other.id] = list(named)
        if step is None:
            return Heard(values, whole)
        direct = self._direct(step, state, text, values)
        if direct is not None:
            values[step.id], covers = direct
            return Heard(values, whole or covers)
        takes_own_words = step.kind == "vrij" or (step.kind == "meerkeuze" and not words.says_all(text))
        own_words = self._own_words(text) if takes_own_words and not values else []
        if own_words:
            return Heard({step.id: own_words}, own_words=True)
        return Heard(values, whole)

    def take(self, state: State, values: Mapping[str, Sequence[str]]) -> None:
        """Remember answers; a later one replaces an earlier one."""
        for name, given in values.items():
            if name in self._steps:
                state.answers[name] = list(given)
        if values:
            state.retried = state.finished = False
            state.picked = []

    def pick(self, state: State, name: str, value: str) -> None:
        """Take what a button says; one of several answers is kept until all are picked."""
        step = self.open_step(state)
        if step is not None and step.id == name and step.kind == "meerkeuze":
            state.picked = [*state.picked, *([] if value in state.picked else [value])]
            if not self.options(step, state):
                self.skip(state)
        else:
            self.take(state, {name: [value]})

    def skip(self, state: State) -> None:
        """Leave the open question, with what was picked so far for an answer."""
        step = self.open_step(state)
        if step is not None:
            self.take(state, {step.id: state.picked})

    def back(self, state: State, text: str = "") -> bool:
        """Open an earlier question again: the one that `text` names, or else the last; False when there is none."""
        state.finished = state.retried = False
        state.picked = []
        opened = self.open_step(state)
        earlier = [name for name in state.asked if opened is None or name != opened.id]
        named = self._step_named_in(text, [*state.answers, *([opened.id] if opened else [])])
        if named is None and not earlier:
            return False
        target = named or earlier[-1]
        if opened is not None:
            state.asked.pop()
        state.asked = [name for name in state.asked if name != target] + [target]
        state.answers.pop(target, None)
        return True

    def _step_named_in(self, text: str, names: Sequence[str]) -> Optional[str]:
        """The step that a text names by its heading, by a word that only its heading has, or by its own name."""
        said = set(tokens_of(text))
        headings = {step.id: set(tokens_of(step.heading)) for step in self.content.steps}
        best: Tuple[int, Optional[str]] = (0, None)
        for name in names:
            heading = headings.get(name, set())
            others = set().union(*(its_words for other, its_words in headings.items() if other != name))
            own = {word for word in heading - others if len(word) >= _SHORTEST_OWN_WORD} | {name}
            if heading <= said:
                best = max(best, (1 + len(heading), name))
            elif own & said:
                best = max(best, (1, name))
        return best[1]

    def _phrases(self) -> List[Tuple[str, str]]:
        return [
            (phrase, f"{other.id}={option.value}")
            for other in self.content.steps
            for option in other.options
            for phrase in option.words
        ]

    def _replies(self, step: FlowStep, state: State) -> List[Tuple[str, str]]:
        phrases = []
        for option in self.options(step, state):
            own = option.replies if option.value in ("ja", "nee") else (option.title, *option.replies)
            phrases += [(phrase, f"{step.id}={option.value}") for phrase in own]
        return phrases

    def _named(self, other: FlowStep, step: Optional[FlowStep], text: str) -> Sequence[str]:
        if other.kind == "plaats":
            return self._find_places(text)[:1]
        if other.kind == "onderwerp" and step is other:
            return self._find_topics(text)
        return ()

    def _direct(
        self, step: FlowStep, state: State, text: str, values: Mapping[str, List[str]]
    ) -> Optional[Tuple[List[str], bool]]:
        """An answer in words that mean something only right after the question, and whether they are the whole text."""
        options = self.options(step, state)
        names = [option.value for option in options]
        chosen = words.ordinals(text, len(options))
        if chosen and options and (step.kind == "meerkeuze" or len(chosen) == 1):
            return [names[at] for at in chosen], True
        means_all = words.says_all(text) and (len(names) == 2 or not words.says_both(text))
        if step.kind == "meerkeuze" and means_all and not values:
            return names, True
        if step.kind == "keuze" and len(options) == 2 and words.says_both(text) and set(names) != {"ja", "nee"}:
            return names, True
        if set(names) == {"ja", "nee"}:
            answer = words.yes_or_no(text)
            if answer is not None and not (answer and words.does_not_know(text) and not values):
                return ["ja" if answer else "nee"], len(tokens_of(text)) <= 3
        if values.get(step.id):
            return None
        if words.does_not_know(text) or words.asks_to_skip(text):
            return [], len(tokens_of(text)) <= 6
        if step.kind == "meerkeuze" and words.says_none(text):
            return [], True
        return None

    @staticmethod
    def _own_words(text: str) -> List[str]:
        """What someone writes where no list can hold all answers; a few characters are no answer."""
        kept = " ".join(text.split())
        if len(kept) > MAX_FREE_TEXT:
            kept = kept[: MAX_FREE_TEXT - 1].rsplit(" ", 1)[0] + "…"
        return [kept] if sum(character.isalpha() for character in kept) >= 3 else []


def _values(hits: Sequence[words.Hit]) -> Dict[str, List[str]]:
    """Values by step; a denied yes is a no, any other denied value is nothing."""
    values: Dict[str, List[str]] = {}
    for hit in hits:
        name, value = hit.value.split("=", 1)
        if hit.negated:
            value = {"ja": "nee", "nee": "ja"}.get(value, "")
        if value and value not in values.setdefault(name, []):
            values[name].append(value)
    return {name: found for name, found in values.items() if found}


def listed(items: Sequence[str], last: str = " en ") -> str:
    """ "a, b en c"."""
    return "".join(items) if len(items) < 2 else ", ".join(items[:-1]) + last + items[-1]

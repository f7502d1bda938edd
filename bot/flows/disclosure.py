"""To tell or not to tell at work: a weighing that never advises and never adds up, with an overview at the end."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional, Sequence

from bot.flows.engine import Finder, Flow, Outcome, State, listed
from knowledge.queries import Answer, Citation, FlowContent, FlowStep

FILE_NAME = "overzicht.pdf"
_ONLY_WHEN_TELLING = frozenset(["wie", "wanneer", "zin"])


class Disclosure(Flow):
    """Walks through all steps; who, when and with which words only when something is to be told."""

    max_questions = 12

    def __init__(self, content: FlowContent, facts: Mapping[str, Answer], find_places: Finder, find_topics: Finder):
        """`facts`: the answers of the knowledge base that the content's steps and options name."""
        super().__init__(content, find_places, find_topics)
        self._facts = facts

    def is_about(self, topic: str) -> bool:
        """It is about a situation, never about a topic."""
        return False

    def remaining(self, state: State) -> List[FlowStep]:
        """Every step once, in the content's order."""
        return [step for step in self._steps_of(state) if step.id not in state.answers]

    def opening(self, state: State) -> str:
        """What this is, what it isn't, and that nothing is kept."""
        told = [self.titles(name, values) for name, values in state.answers.items() if values]
        known = [self.say("bekend", bekend=listed(told)), self.aside(state, "situatie")] if told else []
        return "\n\n".join([f"{self.say('start')} {self.say('mag')}", *(text for text in known if text)])

    def question(self, step: FlowStep, state: State, retry: bool = False) -> str:
        """At the last step with a sentence for an example; while several are picked, a shorter question."""
        text = super().question(step, state, retry)
        if state.picked and not retry:
            return text.replace(step.question, self.say("nog_een"), 1)
        if step.id != "zin":
            return text
        much = (state.answers.get("hoeveel") or ["weet_niet"])[0]
        example = self.content.texts.get(f"zin_{much}", self.content.texts["zin_weet_niet"])
        return f"{text}\n{self.say('voorbeeldzin', zin=example)}"

    def aside(self, state: State, answered: str) -> Optional[str]:
        """After the situation: the fact of the law that matters most in it, with its source."""
        facts = self._facts_of(answered, state) if answered == "situatie" else []
        if not facts:
            return None
        return self.say("goed_om_te_weten", feit=_body(facts[0]), bron=_source(facts[0].citations))

    def outcome(self, state: State, today: str) -> Outcome:
        """The overview: as text, and as a document to print or download."""
        finished = not self.remaining(state)
        # Halfway nobody needs to read what wasn't asked yet; at the end an empty line can be filled in with a pen.
        shown = [step for step in self._steps_of(state) if finished or state.answers.get(step.id)]
        sections = [self._section(step, state) for step in shown]
        facts = self._facts_of("situatie", state)
        if facts:
            lines = [f"{_body(fact)} (bron: {_source(fact.citations)})" for fact in facts]
            sections.append({"heading": self.say("kop_wet"), "lines": lines})
        sections.append({"heading": self.say("kop_volgende_stap"), "lines": [self._next_step(state)]})
        document = {
            "title": self.say("titel"),
            "sections": sections,
            "footer": self.say("voet"),
            "file_name": FILE_NAME,
        }
        parts = [self.say("overzicht" if finished else "tussenstand")]
        parts += [_as_text(section) for section in sections if section["heading"] != self.say("kop_wet")]
        if finished:
            parts.append(self.say("uitleg_knoppen"))
        citations = dict.fromkeys(citation for fact in facts for citation in fact.citations)
        return Outcome("\n".join(parts), citations=tuple(citations), document=document)

    def _steps_of(self, state: State) -> List[FlowStep]:
        """The steps that belong to what was chosen: who tells nothing isn't asked whom, when and how."""
        tells = state.answers.get("hoeveel") != ["niets"]
        return [step for step in self.content.steps if tells or step.id not in _ONLY_WHEN_TELLING]

    def _section(self, step: FlowStep, state: State) -> Dict[str, Any]:
        values = state.answers.get(step.id) or []
        lines = [self._full_title(step, value) for value in values]
        return {"heading": step.heading, "lines": lines or [self.say("niets_ingevuld")]}

    @staticmethod
    def _full_title(step: FlowStep, value: str) -> str:
        return next((option.title for option in step.options if option.value == value), value)

    def _facts_of(self, name: str, state: State) -> List[Answer]:
        chosen = state.answers.get(name) or []
        ids = [fact for option in self.step(name).options if option.value in chosen for fact in option.facts]
        return [self._facts[fact] for fact in dict.fromkeys(ids) if fact in self._facts]

    def _next_step(self, state: State) -> str:
        much = state.answers.get("hoeveel")
        if much == ["niets"]:
            return self.say("stap_niets")
        support = state.answers.get("steun")
        if support and much and much != ["weet_niet"]:
            known = {option.value for option in self.step("steun").options}
            # Own words don't always fit in the sentence; what they are stands in the overview already.
            named = [self.title("steun", value) if value in known else self.say("steun_eigen") for value in support]
            return self.say("stap_voorbereiden", steun=listed(named))
        return self.say("stap_nadenken")


def _as_text(section: Mapping[str, Any]) -> str:
    lines = section["lines"]
    if len(lines) == 1:
        return f"{section['heading']}: {lines[0]}"
    return "\n".join([f"{section['heading']}:", *(f"- {line}" for line in lines)])


def _body(fact: Answer) -> str:
    """The question and its answer as running text: a list becomes one sentence."""
    text = f"{fact.question} {fact.change.text if fact.change else fact.text}"
    return " ".join(re.sub(r"\n- ", "; ", text.replace(":\n- ", ": ")).split())


def _source(citations: Sequence[Citation]) -> str:
    return "; ".join(dict.fromkeys(f"{citation.title}, {citation.publisher}" for citation in citations))

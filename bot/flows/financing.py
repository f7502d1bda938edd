"""Who pays what: from the financing rules in the knowledge base to what holds now, and what used to."""

from __future__ import annotations

import datetime
from typing import Any, Dict, List, Sequence

from bot.flows import words
from bot.flows.engine import Finder, Flow, Outcome, State, listed
from knowledge.dates import dutch_date
from knowledge.queries import FinancingRule, FlowContent, FlowOption, FlowStep

NOW, LATER, PAST = "nu", "vanaf", "was"
EVERYTHING = "alles"
_CARE_PHASES = frozenset(["start", "behandeling"])
_FEW = 3
_MOST_PAST = 4


def period(rule: FinancingRule, today: str) -> str:
    """Whether a rule holds on a day; a month or a year counts in full."""
    if rule.valid_until and today[: len(rule.valid_until)] > rule.valid_until:
        return PAST
    if rule.valid_from and today[: len(rule.valid_from)] < rule.valid_from:
        return LATER
    return NOW


def holding(rules: Sequence[FinancingRule]) -> List[FinancingRule]:
    """Those that hold today."""
    today = datetime.date.today().isoformat()
    return [rule for rule in rules if period(rule, today) == NOW]


class Financing(Flow):
    """The finder "wie betaalt wat?": asks only what still changes which rules remain."""

    max_questions = 4

    def __init__(
        self,
        content: FlowContent,
        rules: Sequence[FinancingRule],
        with_table: bool,
        find_places: Finder,
        find_topics: Finder,
    ):
        super().__init__(content, find_places, find_topics)
        self._rules = list(rules)
        self._with_table = with_table
        self._names = {rule.topic: rule.topic_name for rule in rules}

    def is_about(self, topic: str) -> bool:
        """Whether there are rules for a topic."""
        return topic in self._names

    def topics_in(self, text: str) -> List[str]:
        """By the names that the step `onderwerp` gives them."""
        options = self.step("onderwerp").options
        phrases = [(name, option.value) for option in options for name in (option.title, option.short) if name]
        found = dict.fromkeys(hit.value for hit in words.find_phrases(text, phrases) if not hit.negated)
        return [topic for topic in found if self.is_about(topic)]

    def name(self, topic: str) -> str:
        """The topic's name."""
        return self._names.get(topic, topic)

    def matching(self, state: State) -> List[FinancingRule]:
        """The rules that the answers so far leave."""
        known = self.known(state)
        topics = set(state.topics or known.get("onderwerp") or []) - {EVERYTHING}
        phases = set(known.get("fase") or []) - {EVERYTHING}
        benefits = set(known.get("uitkering") or [])
        untreated = known.get("ggz_behandeling") == ["nee"]
        return [
            rule
            for rule in self._rules
            if (not topics or rule.topic in topics)
            and (not phases or rule.phase in phases)
            and (not benefits or not rule.benefits or benefits & set(rule.benefits))
            and not (untreated and rule.phase in _CARE_PHASES)
        ]

    def remaining(self, state: State) -> List[FlowStep]:
        """Topic first; then only what tells the remaining rules apart."""
        rules = self.matching(state)
        needed = {
            "onderwerp": not state.topics,
            "fase": len(rules) > _FEW and len({rule.phase for rule in rules}) > 1,
            "uitkering": any(rule.benefits for rule in rules),
            "ggz_behandeling": any(rule.phase in _CARE_PHASES for rule in rules),
        }
        known = self.known(state)
        return [step for step in self.content.steps if needed.get(step.id) and step.id not in known]

    def options(self, step: FlowStep, state: State) -> List[FlowOption]:
        """Only phases for which there is a rule."""
        options = super().options(step, state)
        if step.id != "fase":
            return options
        phases = {rule.phase for rule in self.matching(state)} | {EVERYTHING}
        return [option for option in options if option.value in phases]

    def opening(self, state: State) -> str:
        """What will be looked up."""
        if state.topics:
            lines = [self.say("start_een", naam=listed([self.name(topic) for topic in state.topics]))]
        else:
            lines = [self.say("start_alle")]
        told = self.told(state)
        return " ".join([*lines, *([self.say("bekend", bekend=told)] if told else []), self.say("mag")])

    def title(self, name: str, value: str) -> str:
        """A topic by its name."""
        known = self._names.get(value) if name == "onderwerp" else None
        return known or super().title(name, value)

    def outcome(self, state: State, today: str) -> Outcome:
        """What holds now first, then what is still to come, then what used to hold."""
        rules = self.matching(state)
        groups: Dict[str, List[FinancingRule]] = {NOW: [], LATER: [], PAST: []}
        for rule in rules:
            groups[period(rule, today)].append(rule)
        groups[PAST] = sorted(groups[PAST], key=lambda rule: rule.valid_until or "", reverse=True)[:_MOST_PAST]
        parts: List[str] = []
        for key, heading in ((NOW, "nu"), (LATER, "straks"), (PAST, "was")):
            if groups[key]:
                parts.append("\n".join([self.say(heading), *self._lines(groups[key], key)]))
            if key == NOW and rules:
                parts += self._unknown_now(groups)
        if not rules:
            parts.append(self.say("niets"))
        parts.append(self.say("beslist"))
        shown = [rule for group in groups.values() for rule in group]
        return Outcome(
            "\n\n".join(parts),
            tuple(dict.fromkeys(rule.topic for rule in shown)),
            tuple(dict.fromkeys(rule.citation for rule in shown)),
            table=self._table(groups) if self._with_table and shown else None,
            verdicts={rule.id: key for key, group in groups.items() for rule in group},
        )

    def _unknown_now(self, groups: Dict[str, List[FinancingRule]]) -> List[str]:
        """Say so when all that is known of some phase is over."""
        phases = {rule.phase for rule in groups[NOW]}
        gone = list(dict.fromkeys(rule.phase for rule in groups[PAST] if rule.phase not in phases))
        if not groups[NOW]:
            return [self.say("nu_onbekend")]
        return [self.say("toeleiding_onbekend", onderdeel=self.titles("fase", gone))] if gone else []

    def _lines(self, rules: Sequence[FinancingRule], key: str) -> List[str]:
        """One line per rule; many rules on several topics are grouped by topic."""
        lines = {
            rule.topic: [f"- {self._line(other, key)}" for other in rules if other.topic == rule.topic]
            for rule in rules
        }
        headed = len(lines) > 1 and len(rules) > _FEW
        return [line for topic in lines for line in [*([f"{self.name(topic)}:"] if headed else []), *lines[topic]]]

    def _line(self, rule: FinancingRule, key: str) -> str:
        first = {NOW: "regel", LATER: "regel_vanaf", PAST: "regel_was"}[key]
        covers = _without_stop(rule.covers)
        parts = [self.say(first, betaler=rule.payer, dekt=covers, **self._validity(rule)) + "."]
        details = (
            ("deel_wet", rule.law),
            ("deel_bedrag", rule.amount),
            ("deel_periode", rule.period),
            ("deel_voorwaarden", rule.conditions),
            ("deel_stand", dutch_date(rule.as_of)),
        )
        return " ".join(parts + [self.say(name, tekst=text) for name, text in details if text])

    def _validity(self, rule: FinancingRule) -> Dict[str, str]:
        return {"tot": dutch_date(rule.valid_until), "vanaf": dutch_date(rule.valid_from)}

    def _table(self, groups: Dict[str, List[FinancingRule]]) -> Dict[str, Any]:
        def row(rule: FinancingRule, key: str) -> List[str]:
            cells = [rule.payer, rule.law, rule.covers, rule.amount, rule.period, rule.conditions]
            valid = self.say(f"geldig_{key}", **self._validity(rule))
            return [*(cell or "" for cell in cells), valid, dutch_date(rule.as_of)]

        rows = [row(rule, key) for key, group in groups.items() for rule in group]
        return {"columns": self.content.texts["kolommen"].split("|"), "rows": rows}


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") else text

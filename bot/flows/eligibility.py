"""Which help may fit someone: from the criteria in the knowledge base to a modest outcome."""

from __future__ import annotations

from typing import Dict, List, Mapping, Sequence

from bot.flows.engine import Finder, Flow, Outcome, State, listed
from knowledge.queries import Criterion, FlowContent, FlowStep, Topic

FITS, FAILS, UNKNOWN = "past", "past_niet", "niet_bekend"
MAYBE = "misschien"
Answers = Mapping[str, Sequence[str]]


def judge(criterion: Criterion, answers: Answers) -> str:
    """Whether one condition is met; unknown when there is no answer to it."""
    given = answers.get(criterion.field)
    if not given:
        return UNKNOWN
    matches = bool(set(given) & set(criterion.values))
    if criterion.operator == "geen_van":
        matches = not matches
    return FITS if matches else FAILS


def verdict(criteria: Sequence[Criterion], answers: Answers) -> str:
    """A topic doesn't fit when a condition isn't met, may fit when something is unknown, fits otherwise."""
    judged = {judge(criterion, answers) for criterion in criteria}
    if FAILS in judged:
        return FAILS
    return MAYBE if UNKNOWN in judged else FITS


class Eligibility(Flow):
    """The check "past dit bij mij?": asks what the topics' criteria need, and nothing that no longer matters."""

    def __init__(
        self,
        content: FlowContent,
        criteria: Sequence[Criterion],
        topics: Sequence[Topic],
        region_names: Mapping[str, str],
        find_places: Finder,
        find_topics: Finder,
    ):
        super().__init__(content, find_places, find_topics)
        self._criteria: Dict[str, List[Criterion]] = {}
        for criterion in criteria:
            self._criteria.setdefault(criterion.topic, []).append(criterion)
        self._info = {topic.slug: topic for topic in topics}
        self._region_names = region_names

    def is_about(self, topic: str) -> bool:
        """Whether there is anything to check for a topic."""
        return topic in self._criteria

    def subjects(self, state: State) -> List[str]:
        """The topics in question: those that were named, or else all that have criteria."""
        return [topic for topic in state.topics if topic in self._criteria] or list(self._criteria)

    def remaining(self, state: State) -> List[FlowStep]:
        """Only fields of topics that can still fit; a field that follows from an answer isn't asked."""
        known = self.known(state)
        fields = {
            criterion.field
            for topic in self.subjects(state)
            if verdict(self._criteria[topic], known) != FAILS
            for criterion in self._criteria[topic]
        }
        return [step for step in self.content.steps if step.id in fields and step.id not in known]

    def opening(self, state: State) -> str:
        """What the topic asks for in one sentence, or which topics will be looked at."""
        subjects = self.subjects(state)
        names = [self.name(topic) for topic in subjects]
        lines = []
        if len(subjects) == 1:
            asked = [self._condition(criterion) for criterion in self._criteria[subjects[0]]]
            lines.append(self.say("start_een", naam=names[0], voorwaarden=listed(asked, last=", en ")))
        else:
            lines.append(self.say("start_alle", namen=listed(names)))
        told = self.told(state)
        if told:
            lines.append(self.say("bekend", bekend=told))
        lines.append(self.say("mag"))
        return " ".join(lines)

    def outcome(self, state: State, today: str) -> Outcome:
        """Every condition with its verdict; who decides and the first step of what may fit."""
        known = self.known(state)
        subjects = self.subjects(state)
        verdicts = {topic: verdict(self._criteria[topic], known) for topic in subjects}
        ranked = sorted(subjects, key=lambda topic: [FITS, MAYBE, FAILS].index(verdicts[topic]))
        shown = ranked if len(ranked) == 1 else [topic for topic in ranked if verdicts[topic] != FAILS]
        unfit = [self.name(topic) for topic in ranked if topic not in shown]
        parts = [self.say("tussenstand")] if self.remaining(state) else []
        parts += [self._about(topic, verdicts[topic], known) for topic in shown]
        if not shown:
            parts.append(self.say("geen_enkele"))
        if unfit:
            parts.append(self.say("niet_genoemd", namen=listed(unfit)))
        citations = [criterion.citation for topic in shown or ranked for criterion in self._criteria[topic]]
        unique = tuple(dict.fromkeys(citation for citation in citations if citation is not None))
        return Outcome("\n\n".join(parts), tuple(shown or ranked), unique, verdicts=verdicts)

    def name(self, topic: str) -> str:
        """The topic's short name: what is between brackets when that is an abbreviation."""
        name = self._info[topic].name if topic in self._info else topic
        before, _, inside = name.partition(" (")
        short = inside.rstrip(")")
        return short if short.isupper() else before

    def _about(self, topic: str, found: str, known: Answers) -> str:
        lines = [self.say(found, naam=self.name(topic))]
        for criterion in self._criteria[topic]:
            answer = self.titles(criterion.field, known.get(criterion.field) or [])
            line = self.say(f"regel_{judge(criterion, known)}", uitleg=criterion.explanation, antwoord=answer)
            lines.append(f"- {line}")
        info = self._info.get(topic)
        if info and info.decides:
            lines.append(self.say("beslist", beslist=info.decides))
        else:
            lines.append(self.say("beslist_onbekend"))
        if info and info.first_step and found != FAILS:
            lines.append(self.say("eerste_stap", stap=info.first_step))
        return "\n".join(lines)

    def _condition(self, criterion: Criterion) -> str:
        step = self.step(criterion.field)
        yes_no = {option.value for option in step.options} == {"ja", "nee"}
        if step.asks is None or criterion.operator == "geen_van" or (yes_no and "ja" not in criterion.values):
            return criterion.explanation.rstrip(".")
        named = [self.titles(criterion.field, [value]) for value in criterion.values]
        return step.asks.format(waarden=listed(named, last=" of "))

    def titles(self, name: str, values: Sequence[str]) -> str:
        """As in `Flow`, with regions by their names."""
        if self.step(name).kind == "plaats":
            return listed([self._region_names.get(value, value) for value in values])
        return super().titles(name, values)

"""Put two topics next to each other: what they are for, for whom, with treatment or not, who pays, how long."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence

from bot.actions.replies import Reply, main_answer
from bot.citations import source_lines, source_records, unique_citations
from knowledge.queries import Answer, Criterion, FinancingRule, Knowledge, Topic

_UNKNOWN = "staat niet in mijn bronnen"
_MOST_SOURCES = 3
_TREATMENT = {"ja": "ja, bij de ggz", "nee": "nee"}


def compare(knowledge: Knowledge, slugs: Sequence[str], voice: str) -> Optional[Reply]:
    """The comparison of the first two topics; None when one of them says nothing about itself.

    Raises `sqlalchemy.exc.SQLAlchemyError` when the knowledge base can't be read.
    """
    topics = {topic.slug: topic for topic in knowledge.topics(slugs=slugs)}
    pair = [topics[slug] for slug in slugs if slug in topics][:2]
    answers = {topic.slug: knowledge.answers_of(topic.slug, voice) for topic in pair}
    if len(pair) < 2 or not all(answers.values()):
        return None
    table = _table(knowledge, pair, answers)
    main = [found for topic in pair if (found := main_answer(answers[topic.slug]))]
    citations = list(dict.fromkeys(citation for answer in main for citation in unique_citations(answer)))
    first, second = (topic.name for topic in pair)
    lines = [f"{label}:\n- {first}: {left}\n- {second}: {right}" for label, left, right in table["rows"]]
    return Reply(
        text="\n".join([f"{first} en {second} naast elkaar.", *lines, "", source_lines(citations[:_MOST_SOURCES])]),
        kind="answer",
        topics=[topic.slug for topic in pair],
        facet="verschil",
        sources=source_records(citations),
        extra={"table": table, "choices": [answer.id for answer in main]},
    )


def table_of(knowledge: Knowledge, slugs: Sequence[str], voice: str) -> Optional[Dict[str, Any]]:
    """The same as a table alone, to stand under an answer that explains the difference in words."""
    reply = compare(knowledge, slugs, voice)
    return reply.extra["table"] if reply else None


def _table(knowledge: Knowledge, pair: Sequence[Topic], answers: Dict[str, List[Answer]]) -> Dict[str, Any]:
    columns = {topic.slug: _column(knowledge, topic, answers[topic.slug]) for topic in pair}
    rows = [
        [label, *(columns[topic.slug][label] for topic in pair)]
        for label in columns[pair[0].slug]
        if any(columns[topic.slug][label] != _UNKNOWN for topic in pair)
    ]
    return {"columns": ["", *(topic.name for topic in pair)], "rows": rows}


def _column(knowledge: Knowledge, topic: Topic, answers: Sequence[Answer]) -> Dict[str, str]:
    criteria, rules = knowledge.criteria(topic.slug), knowledge.financing(topic.slug)
    return {
        "Doel": topic.summary,
        "Voor wie": _for_whom(criteria) or _sentence(_first(answers, "voor_wie")),
        "Behandeling erbij": _treatment(criteria),
        "Wie betaalt": _payers(rules) or _sentence(_first(answers, "betaling")),
        "Hoe lang": _sentence(_first(answers, "duur")),
    }


def _first(answers: Sequence[Answer], facet: str) -> Optional[Answer]:
    return next((answer for answer in answers if answer.facet == facet), None)


def _sentence(answer: Optional[Answer]) -> str:
    return answer.text.split(". ")[0].rstrip(".").split("\n")[0] if answer else _UNKNOWN


def _for_whom(criteria: Sequence[Criterion]) -> str:
    return " ".join(criterion.explanation for criterion in criteria)


def _treatment(criteria: Sequence[Criterion]) -> str:
    for criterion in criteria:
        if criterion.field == "ggz_behandeling":
            return _TREATMENT.get(criterion.values[0], _UNKNOWN)
    for criterion in criteria:
        if criterion.field == "ggz_soort":
            return "ja, behandeling of begeleiding bij de ggz"
    return _UNKNOWN


def _payers(rules: Sequence[FinancingRule]) -> str:
    return "; ".join(dict.fromkeys(rule.payer for rule in rules))

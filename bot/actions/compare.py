"""Put two topics next to each other: what they are, for whom, with treatment or not, who pays, how long."""

from __future__ import annotations

from typing import Dict, List, Optional, Sequence, Tuple

from bot.actions.replies import Reply, source_line, source_records, unique_citations
from knowledge.queries import Answer, Citation, Criterion, FinancingRule, Knowledge, Topic

_UNKNOWN = "staat niet in mijn bronnen"
_TREATMENT = {"ja": "ja, bij de ggz", "nee": "nee"}


def compare(knowledge: Knowledge, slugs: Sequence[str], voice: str) -> Optional[Reply]:
    """The comparison of the first two topics; None when one of them says nothing about itself.

    Raises `sqlalchemy.exc.SQLAlchemyError` when the knowledge base can't be read.
    """
    topics = {topic.slug: topic for topic in knowledge.topics(slugs=slugs)}
    pair = [topics[slug] for slug in slugs if slug in topics][:2]
    if len(pair) < 2:
        return None
    described: List[Tuple[Topic, List[Answer]]] = []
    for topic in pair:
        answers = knowledge.answers_of(topic.slug, voice)
        if not answers:
            return None
        described.append((topic, answers))
    texts, citations = [], []
    for topic, answers in described:
        main = _first(answers, "wat") or answers[0]
        texts.append(f"{topic.name}: {main.text}")
        citations += [citation for citation in unique_citations(main) if citation not in citations]
    columns = {topic.slug: _column(knowledge, topic, answers) for topic, answers in described}
    rows = [
        [label, *(columns[topic.slug][label] for topic in pair)]
        for label in columns[pair[0].slug]
        if any(columns[topic.slug][label] != _UNKNOWN for topic in pair)
    ]
    return Reply(
        text="\n\n".join([*texts, _sources(citations)]),
        kind="answer",
        topics=[topic.slug for topic in pair],
        facet="verschil",
        sources=source_records(citations),
        extra={"table": {"columns": ["", *(topic.name for topic in pair)], "rows": rows}},
    )


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
    return _UNKNOWN


def _payers(rules: Sequence[FinancingRule]) -> str:
    return "; ".join(dict.fromkeys(rule.payer for rule in rules))


def _sources(citations: Sequence[Citation]) -> str:
    return "Bronnen: " + "; ".join(source_line(citation) for citation in citations[:3])

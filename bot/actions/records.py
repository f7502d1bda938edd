"""What a topic's record says where none of its answers does: who decides, how to begin, who pays."""

from __future__ import annotations

from typing import Optional, Sequence

from bot.actions.replies import Reply, choose_button
from bot.citations import source_lines, source_records, unique_citations
from bot.flows.financing import holding
from knowledge.dates import dutch_date
from knowledge.queries import Answer, FinancingRule, Knowledge, Topic

DECIDES, FIRST_STEP, PAYS = "decides", "first_step", "pays"
"""What is asked of a record."""
_DECIDING = ("beslis", "bepaal", "besluit")
_MOST_SOURCES = 3


def from_record(knowledge: Knowledge, slug: str, asked: str, voice: str) -> Optional[Reply]:
    """The reply to a question in bare words about a topic; None when its record doesn't say it.

    Raises `sqlalchemy.exc.SQLAlchemyError` when the knowledge base can't be read.
    """
    topic = knowledge.topic(slug)
    if topic is None:
        return None
    if asked == PAYS:
        return _who_pays(topic, knowledge.financing(slug))
    answers = knowledge.answers_of(slug, voice)
    if not answers or not (topic.decides if asked == DECIDES else topic.first_step):
        return None
    told = _telling(answers, asked)
    if told is None:
        return None
    decides = f"Wie beslist bij {topic.name}: {topic.decides}" if topic.decides else ""
    lines = [decides] if asked == DECIDES else [f"Een eerste stap bij {topic.name}: {topic.first_step}", decides]
    return Reply(
        "\n".join(filter(None, lines)) + f"\n\n{source_lines(unique_citations(told)[:_MOST_SOURCES])}",
        "answer",
        buttons=[choose_button(told.id, told.question)],
        topics=[topic.slug],
        facet="betrokkenen" if asked == DECIDES else "aanmelden",
        sources=source_records(unique_citations(told)[:_MOST_SOURCES]),
    )


def _who_pays(topic: Topic, rules: Sequence[FinancingRule]) -> Optional[Reply]:
    """What the rules that hold today say of who pays what; None when there are none."""
    today = holding(rules)
    if not today:
        return None
    citations = list(dict.fromkeys(rule.citation for rule in today))
    lines = [f"- {rule.payer}: {rule.covers} ({_as_of(rule)})" for rule in today]
    return Reply(
        "\n".join([f"Wie betaalt bij {topic.name}:", *lines, "Wie wat krijgt, beslist de instantie zelf."])
        + f"\n\n{source_lines(citations[:_MOST_SOURCES])}",
        "answer",
        topics=[topic.slug],
        facet="betaling",
        sources=source_records(citations[:_MOST_SOURCES]),
    )


def _telling(answers: Sequence[Answer], asked: str) -> Optional[Answer]:
    """The answer of the topic whose sources a record's line rests on; a record has none of its own.

    Who decides is a fact, and must be in an answer. Whom to ask first is advice, and rests on what the topic is.
    """
    if asked == FIRST_STEP:
        telling = [answer for facet in ("aanmelden", "contact", "wat") for answer in answers if answer.facet == facet]
    else:
        telling = [answer for answer in answers if any(word in answer.text.lower() for word in _DECIDING)]
    return telling[0] if telling else None


def _as_of(rule: FinancingRule) -> str:
    """Of when a rule is, in words."""
    return dutch_date(rule.as_of) if rule.as_of == "ongedateerd" else f"stand {dutch_date(rule.as_of)}"

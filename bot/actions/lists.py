"""Lists from the structured records: which help there is with or without treatment, for a benefit, from a payer."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Dict, Mapping, Optional, Sequence

from bot.actions.replies import Reply, choose_button, main_answer
from bot.citations import source_lines, source_records
from bot.flows.financing import holding
from bot.nlu.names import normalise
from knowledge.queries import Criterion, FinancingRule, Knowledge, Topic

_ASKS_LIST = re.compile(
    r"\b(welke|wat voor|noem|geef|lijst|overzicht|opsomming|wat (?:is|zijn|kan|heb je|hebben jullie) (?:er|allemaal)"
    r"|wat kan|wat betaalt|wat vergoedt|wat financiert)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\b(interventies?|hulp|trajecten|regelingen|methodes?|methoden|aanpakken|aanpak|vormen|mogelijkheden|daarvan|begeleiding"
    r"|ondersteuning|programma'?s|instrumenten|subsidies?|voorzieningen|opties)\b",
    re.IGNORECASE,
)
_RESTRICTS = re.compile(
    r"\W*(en|maar|of|alleen|enkel|dan)( (alleen|ook|die|degene))* (met|zonder|voor|bij|in|van|uit)\b"
)
"""Restricts the list that was just given: "en met wia", "alleen die voor mensen in de bijstand"."""
_WITHOUT = re.compile(r"\b(zonder|geen|niet in|buiten)\b[^.?!]{0,25}\b(ggz|behandel\w*|therapie)", re.IGNORECASE)
_WITH = re.compile(r"\b(met|naast|tijdens|in)\b[^.?!]{0,12}\b(ggz|behandel\w*|therapie)", re.IGNORECASE)
_PAYS = re.compile(r"\b(betaal\w*|vergoed\w*|financier\w*|bekostig\w*|kosten|budget|koopt)\b", re.IGNORECASE)
_PAID = re.compile(r"\b(welke|wat)\b (betaalt|vergoedt|financiert)", re.IGNORECASE)
_PAYERS = (
    ("UWV", re.compile(r"\buwv\b", re.IGNORECASE)),
    ("Gemeente", re.compile(r"\bgemeentes?n?\b", re.IGNORECASE)),
    ("Zorgverzekeraar", re.compile(r"\b(zorgverzeker\w*|verzekeraar|zvw)\b", re.IGNORECASE)),
    ("Belastingdienst", re.compile(r"\bbelastingdienst\b", re.IGNORECASE)),
)
_BENEFITS = (
    ("bijstand", re.compile(r"\b(bijstand\w*|participatiewet|pw)\b", re.IGNORECASE)),
    ("wajong", re.compile(r"\bwajong\w*\b", re.IGNORECASE)),
    ("wia", re.compile(r"\b(wia|wga|iva)\b", re.IGNORECASE)),
    ("ww", re.compile(r"\bww\b", re.IGNORECASE)),
    ("ziektewet", re.compile(r"\b(ziektewet|zw)\b", re.IGNORECASE)),
    ("geen", re.compile(r"\b(nugger|zonder uitkering|geen uitkering)\b", re.IGNORECASE)),
)
_BENEFIT_NAMES = {
    "bijstand": "bijstand",
    "wajong": "Wajong",
    "wia": "WIA",
    "ww": "WW",
    "ziektewet": "Ziektewet",
}
_MOST, _MOST_SOURCES = 8, 3
LIST = "lijst"
"""Kind of answer that enumerates."""
FILTERS = "filters"
"""Where a reply has what its list was restricted to."""


@dataclass(frozen=True)
class Filters:
    """What a list is restricted to; None is no restriction."""

    treatment: Optional[bool] = None
    payer: Optional[str] = None
    benefit: Optional[str] = None

    def within(self, before: Mapping[str, Any]) -> Filters:
        """These besides those of the list before, as `Reply.extra` has them."""
        return Filters(**{name: before.get(name) if value is None else value for name, value in asdict(self).items()})


def filters_in(text: str, after_list: bool = False) -> Optional[Filters]:
    """The restrictions of a message that asks for a list; None when it asks for none, or names no restriction.

    `after_list`: the last reply was a list, so that "en welke met behandeling" needs no noun.
    """
    text = normalise(text)
    if not (_ASKS_LIST.search(text) or (after_list and _RESTRICTS.match(text))):
        return None
    payer = next((name for name, pattern in _PAYERS if pattern.search(text)), None) if _PAYS.search(text) else None
    if not after_list and not _THINGS.search(text) and not (payer and _PAID.search(text)):
        return None
    treatment = False if _WITHOUT.search(text) else True if _WITH.search(text) else None
    benefit = next((name for name, pattern in _BENEFITS if pattern.search(text)), None)
    found = Filters(treatment, payer, benefit)
    return found if found != Filters() else None


def listed(knowledge: Knowledge, filters: Filters, voice: str) -> Optional[Reply]:
    """The topics that fit, each with the sentence that says why; None when none does.

    Raises `sqlalchemy.exc.SQLAlchemyError` when the knowledge base can't be read.
    """
    criteria, rules = knowledge.criteria(), knowledge.financing()
    if filters.payer or filters.benefit:
        reasons = _by_financing(filters, criteria, rules)
    else:
        reasons = _by_treatment(knowledge.topics(type="interventie"), bool(filters.treatment), criteria)
    topics = [topic for topic in knowledge.topics(slugs=list(reasons)) if topic.slug in reasons][:_MOST]
    if not topics:
        return None
    main = {topic.slug: main_answer(knowledge.answers_of(topic.slug, voice)) for topic in topics}
    lines = [f"{number}. {topic.name}: {reasons[topic.slug]}" for number, topic in enumerate(topics, 1)]
    cited = [(record.topic, record.citation) for record in criteria] + [(rule.topic, rule.citation) for rule in rules]
    citations = list(dict.fromkeys(citation for slug, citation in cited if slug in main and citation))[:_MOST_SOURCES]
    text = f"{_heading(filters)}\n" + "\n".join(lines)
    if citations:
        text += f"\n\n{source_lines(citations)}"
    shown = [answer for answer in (main[topic.slug] for topic in topics) if answer]
    return Reply(
        text,
        "answer",
        buttons=[choose_button(answer.id, answer.question) for answer in shown[:3]],
        topics=[topic.slug for topic in topics],
        facet=LIST,
        sources=source_records(citations),
        extra={"choices": [answer.id for answer in shown], FILTERS: asdict(filters)},
    )


def _by_treatment(topics: Sequence[Topic], treatment: bool, criteria: Sequence[Criterion]) -> Dict[str, str]:
    """Interventions that need treatment by the ggz, or that don't."""
    needing: Dict[str, str] = {}
    for criterion in criteria:
        if criterion.field in ("ggz_behandeling", "ggz_soort"):
            needing.setdefault(criterion.topic, criterion.explanation)
    if treatment:
        return {topic.slug: needing[topic.slug] for topic in topics if topic.slug in needing}
    return {topic.slug: topic.summary for topic in topics if topic.slug not in needing}


def _by_financing(filters: Filters, criteria: Sequence[Criterion], rules: Sequence[FinancingRule]) -> Dict[str, str]:
    """Topics with a rule for this payer and this benefit that holds today."""
    needing = {c.topic for c in criteria if c.field in ("ggz_behandeling", "ggz_soort")}
    reasons: Dict[str, str] = {}
    for rule in holding(rules):
        if filters.payer and filters.payer.lower() not in rule.payer.lower():
            continue
        if filters.benefit and filters.benefit not in rule.benefits:
            continue
        if filters.treatment is not None and (rule.topic in needing) is not filters.treatment:
            continue
        reasons.setdefault(rule.topic, f"{rule.payer}: {rule.covers[0].lower()}{rule.covers[1:]}")
    return reasons


def _heading(filters: Filters) -> str:
    parts = []
    if filters.treatment is not None:
        parts.append(
            "met behandeling of begeleiding bij de ggz" if filters.treatment else "zonder behandeling bij de ggz"
        )
    if filters.benefit:
        parts.append("zonder uitkering" if filters.benefit == "geen" else f"met {_BENEFIT_NAMES[filters.benefit]}")
    if filters.payer:
        parts.append(f"betaald door: {filters.payer}")
    return f"Dit vond ik in mijn bronnen ({', '.join(parts)}). Wie wat krijgt, beslist de instantie zelf."

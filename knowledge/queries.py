"""Ask the knowledge base: the one door through which the rest of Koers gets at facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Engine

from knowledge import tables
from knowledge.tables import open_database

CLIENT = "client"
PROFESSIONAL = "professional"


@dataclass(frozen=True)
class Citation:
    """Where a statement comes from."""

    title: str
    publisher: str
    locator: str
    date: str
    url: Optional[str]
    official: bool
    old: bool


@dataclass(frozen=True)
class Change:
    """What holds now, where that differs from what the answer's sources said."""

    kind: str
    as_of: str
    text: str
    citations: Tuple[Citation, ...]


@dataclass(frozen=True)
class Offer:
    """What someone may want to ask next: another answer, or a guided conversation."""

    target: str
    question: Optional[str]


@dataclass(frozen=True)
class Answer:
    """An answer in one voice, with all that is needed to show where it comes from."""

    id: str
    topic: str
    topic_name: str
    topic_type: str
    facet: str
    question: str
    text: str
    as_of: Optional[str]
    citations: Tuple[Citation, ...]
    change: Optional[Change]
    offers: Tuple[Offer, ...]
    links: Tuple[Tuple[str, str], ...]


@dataclass(frozen=True)
class Topic:
    """An item of knowledge, without its answers."""

    slug: str
    name: str
    type: str
    summary: str
    region: Optional[str]
    decides: Optional[str]
    first_step: Optional[str]


@dataclass(frozen=True)
class Unit:
    """What a retriever must know of an answer: its words, its samples and where it belongs."""

    id: str
    topic: str
    topic_type: str
    facet: str
    region: Optional[str]
    question: str
    texts: Tuple[str, ...]
    """The answer in each voice."""
    samples: Tuple[Tuple[str, str], ...]
    """Pairs of voice and sample question."""
    same_as: Optional[str] = None
    """The answer of another topic that says the same."""
    follow_ups: Tuple[str, ...] = ()
    """The answers that an editor put after it, as questions to ask next."""


@dataclass(frozen=True)
class TopicName:
    """One of the names of a topic."""

    topic: str
    kind: str
    name: str


@dataclass(frozen=True)
class Criterion:
    """One condition of a topic."""

    topic: str
    field: str
    operator: str
    values: Tuple[str, ...]
    explanation: str
    citation: Optional[Citation] = None


@dataclass(frozen=True)
class FinancingRule:
    """Who pays what, under which law, how much, how long and on which conditions."""

    id: str
    topic: str
    topic_name: str
    payer: str
    law: Optional[str]
    covers: str
    amount: Optional[str]
    period: Optional[str]
    phase: str
    conditions: Optional[str]
    benefits: Tuple[str, ...]
    valid_from: Optional[str]
    valid_until: Optional[str]
    as_of: str
    citation: Citation


@dataclass(frozen=True)
class Place:
    """A name of a place or region, and the arbeidsmarktregio that it belongs to."""

    name: str
    municipality: Optional[str]
    region: str
    region_name: str


@dataclass(frozen=True)
class FlowOption:
    """One of the answers to a step of a guided conversation."""

    value: str
    title: str
    short: str = ""
    """How the answer is called inside a sentence."""
    words: Tuple[str, ...] = ()
    """Words that mean this answer wherever they are said."""
    replies: Tuple[str, ...] = ()
    """Words that mean this answer only right after the step's question."""
    implies: Tuple[Tuple[str, str], ...] = ()
    """Pairs of another step and the answer to it that follows from this one."""
    only_if: Tuple[Tuple[str, str], ...] = ()
    """The option is there only when one of these answers was given, for each step that is named."""
    facts: Tuple[str, ...] = ()
    """Ids of answers that matter to who chooses this."""


@dataclass(frozen=True)
class FlowStep:
    """One question of a guided conversation, in one voice."""

    id: str
    kind: str
    heading: str
    question: str
    retry: str
    asks: Optional[str] = None
    facts: Tuple[str, ...] = ()
    options: Tuple[FlowOption, ...] = ()


@dataclass(frozen=True)
class FlowContent:
    """The sentences and questions of a guided conversation, in one voice."""

    slug: str
    name: str
    texts: Dict[str, str]
    steps: Tuple[FlowStep, ...]


@dataclass
class Snapshot:
    """Everything that understanding a question needs, of one version of the knowledge base."""

    version: str
    units: List[Unit] = field(default_factory=list)
    names: List[TopicName] = field(default_factory=list)
    places: List[Place] = field(default_factory=list)


_VERSION = select(tables.meta.c.value).where(tables.meta.c.key == "version")

# What every turn asks for, put together once: making the statements anew takes longer than the database does.
_IDS = bindparam("ids", expanding=True)
_ANSWERS = (
    select(tables.answer, tables.topic.c.name.label("topic_name"), tables.topic.c.type.label("topic_type"))
    .join_from(tables.answer, tables.topic, tables.answer.c.topic == tables.topic.c.slug)
    .where(tables.answer.c.id.in_(_IDS))
)
_CITATIONS = (
    select(tables.citation, tables.source)
    .join_from(tables.citation, tables.source, tables.citation.c.source == tables.source.c.slug)
    .where(tables.citation.c.answer.in_(_IDS))
    .order_by(tables.citation.c.id)
)
_CHANGES = select(tables.change).where(tables.change.c.answer.in_(_IDS))
_OFFERS = (
    select(tables.followup.c.answer, tables.followup.c.target, tables.answer.c.question)
    .join_from(tables.followup, tables.answer, tables.followup.c.target == tables.answer.c.id, isouter=True)
    .where(tables.followup.c.answer.in_(_IDS))
    .order_by(tables.followup.c.id)
)
_LINKS = select(tables.link).where(tables.link.c.answer.in_(_IDS))


def _lines(text: str) -> Tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)


class Knowledge:
    """Read access to the knowledge base at `url` (default: see `tables.database_url`).

    Every method raises `sqlalchemy.exc.SQLAlchemyError` when the database can't be read.
    """

    def __init__(self, url: Optional[str] = None, engine: Optional[Engine] = None):
        self._engine = engine or open_database(url)
        # Answers that were asked for, of one version: five statements less a turn.
        self._remembered: Tuple[Optional[str], Dict[Tuple[str, str], Answer]] = (None, {})

    @property
    def is_file(self) -> bool:
        """Whether it is read from a file, where no read waits for a server or for a build."""
        return self._engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def version(self) -> Optional[str]:
        """The version that is being served; it changes with every build that changes something."""
        with self._engine.connect() as connection:
            return connection.execute(_VERSION).scalar()

    def snapshot(self) -> Snapshot:
        """All units, names and places in one consistent read."""
        answer, topic = tables.answer.c, tables.topic.c
        with self._engine.connect() as connection:
            version = connection.execute(_VERSION).scalar()
            samples: Dict[str, List[Tuple[str, str]]] = {}
            for row in connection.execute(select(tables.sample).order_by(tables.sample.c.id)):
                samples.setdefault(row.answer, []).append((row.voice, row.text))
            follow_ups: Dict[str, List[str]] = {}
            for row in connection.execute(select(tables.followup).order_by(tables.followup.c.id)):
                follow_ups.setdefault(row.answer, []).append(row.target)
            query = (
                select(
                    answer.id,
                    answer.topic,
                    answer.facet,
                    answer.question,
                    answer.client,
                    answer.professional,
                    answer.same_as,
                    topic.type,
                    topic.region,
                )
                .join_from(tables.answer, tables.topic, answer.topic == topic.slug)
                .order_by(answer.position)
            )
            units = [
                Unit(
                    id=row.id,
                    topic=row.topic,
                    topic_type=row.type,
                    facet=row.facet,
                    region=row.region,
                    question=row.question,
                    texts=(row.client, row.professional),
                    samples=tuple(samples.get(row.id, ())),
                    same_as=row.same_as,
                    follow_ups=tuple(follow_ups.get(row.id, ())),
                )
                for row in connection.execute(query)
            ]
            names = [
                TopicName(row.topic, row.kind, row.name)
                for row in connection.execute(select(tables.topic_name).order_by(tables.topic_name.c.id))
            ]
            return Snapshot(version or "", units, names, self._places(connection))

    def answer(self, answer_id: str, role: str = CLIENT) -> Optional[Answer]:
        """The answer with this id in the voice for `role`, or None when there is none."""
        return self.answers([answer_id], role).get(answer_id)

    def answers(self, answer_ids: Sequence[str], role: str = CLIENT) -> Dict[str, Answer]:
        """The answers with these ids, as far as they exist."""
        voice = PROFESSIONAL if role == PROFESSIONAL else CLIENT
        with self._engine.connect() as connection:
            version = connection.execute(_VERSION).scalar()
            if version != self._remembered[0]:
                self._remembered = (version, {})
            known = self._remembered[1]
            unknown = [answer_id for answer_id in answer_ids if (answer_id, voice) not in known]
            if unknown:
                known.update(((found.id, voice), found) for found in self._read_answers(connection, unknown, voice))
        return {answer_id: known[answer_id, voice] for answer_id in answer_ids if (answer_id, voice) in known}

    @staticmethod
    def _read_answers(connection: Any, answer_ids: Sequence[str], voice: str) -> List[Answer]:
        ids = {"ids": list(answer_ids)}
        rows = connection.execute(_ANSWERS, ids).all()
        citations: Dict[Tuple[str, bool], List[Citation]] = {}
        for row in connection.execute(_CITATIONS, ids):
            citations.setdefault((row.answer, bool(row.of_change)), []).append(_citation(row))
        changes = {
            row.answer: Change(row.kind, row.as_of, getattr(row, voice), tuple(citations.get((row.answer, True), ())))
            for row in connection.execute(_CHANGES, ids)
        }
        offers: Dict[str, List[Offer]] = {}
        for row in connection.execute(_OFFERS, ids):
            offers.setdefault(row.answer, []).append(Offer(row.target, row.question))
        links: Dict[str, List[Tuple[str, str]]] = {}
        for row in connection.execute(_LINKS, ids):
            links.setdefault(row.answer, []).append((row.title, row.url))
        return [
            Answer(
                id=row.id,
                topic=row.topic,
                topic_name=row.topic_name,
                topic_type=row.topic_type,
                facet=row.facet,
                question=row.question,
                text=getattr(row, voice),
                as_of=row.as_of,
                citations=tuple(citations.get((row.id, False), ())),
                change=changes.get(row.id),
                offers=tuple(offers.get(row.id, ())),
                links=tuple(links.get(row.id, ())),
            )
            for row in rows
        ]

    def answers_of(self, topic: str, role: str = CLIENT) -> List[Answer]:
        """All answers of a topic, in the editor's order."""
        with self._engine.connect() as connection:
            query = select(tables.answer.c.id).where(tables.answer.c.topic == topic)
            ids = list(connection.execute(query.order_by(tables.answer.c.position)).scalars())
        found = self.answers(ids, role)
        return [found[answer_id] for answer_id in ids]

    def topics(
        self, type: Optional[str] = None, region: Optional[str] = None, slugs: Optional[Iterable[str]] = None
    ) -> List[Topic]:
        """Topics in the editor's order: all, or only of a type, of a region, or with these slugs."""
        query = select(tables.topic).order_by(tables.topic.c.position)
        if type is not None:
            query = query.where(tables.topic.c.type == type)
        if region is not None:
            query = query.where(tables.topic.c.region == region)
        if slugs is not None:
            query = query.where(tables.topic.c.slug.in_(list(slugs)))
        with self._engine.connect() as connection:
            return [
                Topic(row.slug, row.name, row.type, row.summary, row.region, row.decides, row.first_step)
                for row in connection.execute(query)
            ]

    def topic(self, slug: str) -> Optional[Topic]:
        """The topic with this slug, or None."""
        return next(iter(self.topics(slugs=[slug])), None)

    def related(self, slug: str) -> List[str]:
        """Slugs of the topics that an editor named as related."""
        query = select(tables.related.c.other).where(tables.related.c.topic == slug).order_by(tables.related.c.id)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def criteria(self, topic: Optional[str] = None) -> List[Criterion]:
        """Conditions of a topic, or of all topics that have any."""
        query = (
            select(tables.criterion, tables.source)
            .join_from(tables.criterion, tables.source, tables.criterion.c.source == tables.source.c.slug)
            .order_by(tables.criterion.c.id)
        )
        if topic is not None:
            query = query.where(tables.criterion.c.topic == topic)
        with self._engine.connect() as connection:
            return [
                Criterion(row.topic, row.field, row.operator, _lines(row.values), row.explanation, _citation(row))
                for row in connection.execute(query)
            ]

    def financing(self, topic: Optional[str] = None, payer: Optional[str] = None) -> List[FinancingRule]:
        """Financing rules: all, of a topic, or those whose payer's name holds `payer`."""
        rule = tables.financing.c
        query = (
            select(tables.financing, tables.source, tables.topic.c.name.label("topic_name"))
            .join_from(tables.financing, tables.source, rule.source == tables.source.c.slug)
            .join(tables.topic, rule.topic == tables.topic.c.slug)
            .order_by(tables.topic.c.position, rule.id)
        )
        if topic is not None:
            query = query.where(rule.topic == topic)
        if payer is not None:
            query = query.where(rule.payer.ilike(f"%{payer}%"))
        with self._engine.connect() as connection:
            return [
                FinancingRule(
                    id=row.id,
                    topic=row.topic,
                    topic_name=row.topic_name,
                    payer=row.payer,
                    law=row.law,
                    covers=row.covers,
                    amount=row.amount,
                    period=row.period,
                    phase=row.phase,
                    conditions=row.conditions,
                    benefits=_lines(row.benefits),
                    valid_from=row.valid_from,
                    valid_until=row.valid_until,
                    as_of=row.as_of,
                    citation=_citation(row),
                )
                for row in connection.execute(query)
            ]

    def flow(self, slug: str, role: str = CLIENT) -> Optional[FlowContent]:
        """The questions and sentences of a guided conversation in the voice for `role`, or None."""
        voice = PROFESSIONAL if role == PROFESSIONAL else CLIENT
        with self._engine.connect() as connection:
            name = connection.execute(select(tables.flow.c.name).where(tables.flow.c.slug == slug)).scalar()
            if name is None:
                return None
            texts = connection.execute(select(tables.flow_text).where(tables.flow_text.c.flow == slug)).all()
            step = tables.flow_step.c
            steps = connection.execute(select(tables.flow_step).where(step.flow == slug).order_by(step.position)).all()
            options: Dict[str, List[FlowOption]] = {}
            query = select(tables.flow_option).where(tables.flow_option.c.step.in_([row.id for row in steps]))
            for row in connection.execute(query.order_by(tables.flow_option.c.id)):
                options.setdefault(row.step, []).append(_flow_option(row, voice))
        return FlowContent(
            slug=slug,
            name=name,
            texts={row.key: getattr(row, voice) for row in texts},
            steps=tuple(
                FlowStep(
                    id=row.step,
                    kind=row.kind,
                    heading=row.heading,
                    question=getattr(row, voice),
                    retry=row.retry,
                    asks=row.asks,
                    facts=_lines(row.facts),
                    options=tuple(options.get(row.id, ())),
                )
                for row in steps
            ),
        )

    def places(self) -> List[Place]:
        """All names of places and regions."""
        with self._engine.connect() as connection:
            return self._places(connection)

    def place(self, name: str) -> Optional[Place]:
        """The place or region of this name, None for one that isn't known."""
        return next((place for place in self.places() if place.name == name), None)

    def counts(self) -> Dict[str, int]:
        """How many records of each kind there are."""
        with self._engine.connect() as connection:
            return {
                table.name.replace("knowledge_", ""): len(connection.execute(select(table)).all())
                for table in tables.metadata.sorted_tables
                if table is not tables.meta
            }

    @staticmethod
    def _places(connection: Any) -> List[Place]:
        query = select(tables.place, tables.region.c.name.label("region_name")).join_from(
            tables.place, tables.region, tables.place.c.region == tables.region.c.slug
        )
        return [
            Place(row.name, row.municipality, row.region, row.region_name)
            for row in connection.execute(query.order_by(tables.place.c.id))
        ]


def _citation(row: Any) -> Citation:
    return Citation(row.title, row.publisher, row.locator, row.date, row.url, bool(row.official), bool(row.old))


def _flow_option(row: Any, voice: str) -> FlowOption:
    title = row.professional_title if voice == PROFESSIONAL and row.professional_title else row.title
    return FlowOption(
        value=row.value,
        title=title,
        short=row.short or title,
        words=_lines(row.words),
        replies=_lines(row.replies),
        implies=_pairs(row.implies),
        only_if=_pairs(row.only_if),
        facts=_lines(row.facts),
    )


def _pairs(text: str) -> Tuple[Tuple[str, str], ...]:
    return tuple((name, value) for name, _, value in (line.partition("=") for line in _lines(text)))

"""Build the knowledge base from checked content: in one transaction, or not at all."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from sqlalchemy import Table, inspect, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from knowledge import tables
from knowledge.reader import Content, ContentError, iterate_answers
from knowledge.schema import Answer, Flow, FlowOption, Region, SourceReference, Topic

Row = Dict[str, Any]
Rows = Dict[Table, List[Row]]


def current_version(engine: Engine) -> Optional[str]:
    """The version of the knowledge base that is there, or None when there is none."""
    try:
        with engine.connect() as connection:
            return connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "version")).scalar()
    except SQLAlchemyError:
        return None


def build(engine: Engine, content: Content, version: str) -> None:
    """Replace the knowledge base by `content` and stamp it with `version`.

    Readers see the old one until the new one is complete. Raises `ContentError`, and changes
    nothing, when the content has problems.
    """
    if content.problems:
        raise ContentError(content.problems)
    rows = _rows(content)
    rows[tables.meta] = [{"key": "version", "value": version}]
    if engine.dialect.name == "postgresql":
        # Who waits for another build must see what that one made.
        engine = engine.execution_options(isolation_level="READ COMMITTED")
    with engine.begin() as connection:
        _make_tables_fit(connection)
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
        for table in tables.metadata.sorted_tables:
            if rows.get(table):
                connection.execute(table.insert(), rows[table])


def _make_tables_fit(connection: Connection) -> None:
    """Make missing tables; in a file, remake all of them when one has other columns than the code expects."""
    if connection.dialect.name == "postgresql":
        # Replicas may build at the same time; the second waits for the first.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('koers knowledge'))")
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {tables.shape_schema()}")
        tables.metadata.create_all(connection)
        return
    there = inspect(connection)
    for table in tables.metadata.sorted_tables:
        if not there.has_table(table.name):
            continue
        if {column["name"] for column in there.get_columns(table.name)} != set(table.columns.keys()):
            tables.metadata.drop_all(connection)
            break
    tables.metadata.create_all(connection)


def _rows(content: Content) -> Rows:
    rows: Rows = {table: [] for table in tables.metadata.sorted_tables}
    for source in content.sources:
        row = source.dict(include={"slug", "title", "publisher", "date", "seen", "url", "document"})
        rows[tables.source].append({**row, "official": source.official == "ja", "old": source.old == "ja"})
    for region in content.regions:
        _add_region(rows, region)
    for position, topic in enumerate(content.topics):
        _add_topic(rows, topic, position)
    for flow in content.flows:
        _add_flow(rows, flow)
    for position, (topic, answer, key) in enumerate(iterate_answers(content.topics)):
        row = answer.dict(include={"facet", "question", "client", "professional", "as_of", "same_as"})
        rows[tables.answer].append({**row, "id": key, "topic": topic.slug, "position": position})
        _add_parts(rows, answer, key)
    return rows


def _add_region(rows: Rows, region: Region) -> None:
    rows[tables.region].append(region.dict(include={"slug", "code", "name", "source"}))
    for name in [region.name, *region.aliases]:
        rows[tables.place].append({"region": region.slug, "name": name, "municipality": None})
    for municipality in region.municipalities:
        for name in [municipality.name, *municipality.aliases]:
            rows[tables.place].append({"region": region.slug, "name": name, "municipality": municipality.name})


def _add_topic(rows: Rows, topic: Topic, position: int) -> None:
    fields = {"slug", "name", "type", "summary", "region", "decides", "first_step"}
    rows[tables.topic].append({**topic.dict(include=fields), "position": position})
    names = [("name", [topic.name]), ("abbreviation", topic.abbreviations)]
    names += [("synonym", topic.synonyms), ("description", topic.descriptions)]
    rows[tables.topic_name] += [
        {"topic": topic.slug, "kind": kind, "name": name} for kind, group in names for name in group
    ]
    rows[tables.related] += [{"topic": topic.slug, "other": other} for other in topic.related]
    for criterion in topic.criteria:
        row = criterion.dict(include={"field", "operator", "explanation", "source", "locator"})
        rows[tables.criterion].append({**row, "topic": topic.slug, "values": "\n".join(criterion.values)})
    for rule in topic.financing:
        row = {**rule.dict(exclude={"benefits"}), "id": f"{topic.slug}/{rule.id}"}
        rows[tables.financing].append({**row, "topic": topic.slug, "benefits": "\n".join(rule.benefits)})


def _add_flow(rows: Rows, flow: Flow) -> None:
    rows[tables.flow].append(flow.dict(include={"slug", "name"}))
    rows[tables.flow_text] += [{"flow": flow.slug, "key": key, **text.dict()} for key, text in flow.texts.items()]
    for position, step in enumerate(flow.steps):
        key = f"{flow.slug}/{step.id}"
        row = step.dict(include={"kind", "heading", "client", "professional", "retry", "asks"})
        row.update(id=key, flow=flow.slug, step=step.id, position=position, facts="\n".join(step.facts))
        rows[tables.flow_step].append(row)
        rows[tables.flow_option] += [_option(key, option) for option in step.options]


def _add_parts(rows: Rows, answer: Answer, key: str) -> None:
    """What an answer has any number of, and its change."""
    rows[tables.citation] += _citations(key, answer.sources, of_change=False)
    if answer.change:
        row = answer.change.dict(include={"kind", "as_of", "client", "professional"})
        rows[tables.change].append({**row, "answer": key})
        rows[tables.citation] += _citations(key, answer.change.sources, of_change=True)
    rows[tables.followup] += [{"answer": key, "target": target} for target in answer.followups]
    rows[tables.link] += [{"answer": key, **link.dict()} for link in answer.links]
    rows[tables.sample] += [
        {"answer": key, "voice": voice, "text": text} for voice, texts in answer.samples.items() for text in texts
    ]


def _option(step: str, option: FlowOption) -> Row:
    return {
        **option.dict(include={"value", "title", "professional_title", "short"}),
        "step": step,
        "facts": "\n".join(option.facts),
        "words": "\n".join(option.words),
        "replies": "\n".join(option.replies),
        "implies": "\n".join(f"{other}={value}" for other, value in option.implies.items()),
        "only_if": "\n".join(f"{other}={value}" for other, values in option.only_if.items() for value in values),
    }


def _citations(key: str, references: List[SourceReference], of_change: bool) -> List[Row]:
    return [
        {
            "answer": key,
            "of_change": of_change,
            "source": reference.source,
            "locator": reference.locator,
            "facts": "\n".join(reference.facts),
        }
        for reference in references
    ]

"""The tables of the knowledge base, and how to open the database that holds them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Dict, Optional

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_URL = f"sqlite:///{PROJECT / '.koers' / 'knowledge.db'}"

metadata = MetaData()

meta = Table("knowledge_meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text))

source = Table(
    "knowledge_source",
    metadata,
    Column("slug", String(100), primary_key=True),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("date", String(20), nullable=False),
    Column("seen", String(20)),
    Column("url", Text),
    Column("document", Text),
    Column("official", Boolean, nullable=False),
    Column("old", Boolean, nullable=False),
)

region = Table(
    "knowledge_region",
    metadata,
    Column("slug", String(60), primary_key=True),
    Column("code", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("source", ForeignKey("knowledge_source.slug"), nullable=False),
)

place = Table(
    "knowledge_place",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("region", ForeignKey("knowledge_region.slug"), nullable=False, index=True),
    Column("name", Text, nullable=False, index=True),
    Column("municipality", Text, doc="The municipality that the place is or lies in; empty for a region's own name."),
)

topic = Table(
    "knowledge_topic",
    metadata,
    Column("slug", String(100), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", String(30), nullable=False, index=True),
    Column("summary", Text, nullable=False),
    Column("region", ForeignKey("knowledge_region.slug"), index=True),
    Column("decides", Text),
    Column("first_step", Text),
)

topic_name = Table(
    "knowledge_topic_name",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", ForeignKey("knowledge_topic.slug"), nullable=False, index=True),
    Column("kind", String(20), nullable=False, doc="name, abbreviation, synonym or description"),
    Column("name", Text, nullable=False),
)

related = Table(
    "knowledge_related",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", ForeignKey("knowledge_topic.slug"), nullable=False, index=True),
    Column("other", ForeignKey("knowledge_topic.slug"), nullable=False),
)

answer = Table(
    "knowledge_answer",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("topic", ForeignKey("knowledge_topic.slug"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("facet", String(20), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("professional", Text, nullable=False),
    Column("as_of", String(20)),
    Column("same_as", String(160), doc="the answer of another topic that says the same"),
)

change = Table(
    "knowledge_change",
    metadata,
    Column("answer", ForeignKey("knowledge_answer.id"), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("as_of", String(20), nullable=False),
    Column("client", Text, nullable=False),
    Column("professional", Text, nullable=False),
)

citation = Table(
    "knowledge_citation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer", ForeignKey("knowledge_answer.id"), nullable=False),
    Column("of_change", Boolean, nullable=False, doc="whether the citation supports the answer's change record"),
    Column("source", ForeignKey("knowledge_source.slug"), nullable=False),
    Column("locator", Text, nullable=False),
    Column("facts", Text, nullable=False, doc="one fact a line"),
    Index("knowledge_citation_answer", "answer"),
)

followup = Table(
    "knowledge_followup",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer", ForeignKey("knowledge_answer.id"), nullable=False, index=True),
    Column("target", Text, nullable=False, doc="an answer id, or the name of a guided conversation"),
)

link = Table(
    "knowledge_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer", ForeignKey("knowledge_answer.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
)

sample = Table(
    "knowledge_sample",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer", ForeignKey("knowledge_answer.id"), nullable=False, index=True),
    Column("voice", String(20), nullable=False),
    Column("text", Text, nullable=False),
)

criterion = Table(
    "knowledge_criterion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", ForeignKey("knowledge_topic.slug"), nullable=False, index=True),
    Column("field", String(40), nullable=False),
    Column("operator", String(20), nullable=False),
    Column("values", Text, nullable=False, doc="one value a line"),
    Column("explanation", Text, nullable=False),
    Column("source", ForeignKey("knowledge_source.slug"), nullable=False),
    Column("locator", Text, nullable=False),
)

financing = Table(
    "knowledge_financing",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("topic", ForeignKey("knowledge_topic.slug"), nullable=False, index=True),
    Column("payer", Text, nullable=False, index=True),
    Column("law", Text),
    Column("covers", Text, nullable=False),
    Column("amount", Text),
    Column("period", Text),
    Column("phase", String(20), nullable=False),
    Column("conditions", Text),
    Column("benefits", Text, nullable=False, doc="one benefit a line; empty for everyone"),
    Column("valid_from", String(20)),
    Column("valid_until", String(20)),
    Column("source", ForeignKey("knowledge_source.slug"), nullable=False),
    Column("locator", Text, nullable=False),
    Column("as_of", String(20), nullable=False),
)

flow = Table(
    "knowledge_flow",
    metadata,
    Column("slug", String(40), primary_key=True),
    Column("name", Text, nullable=False),
)

flow_text = Table(
    "knowledge_flow_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("flow", ForeignKey("knowledge_flow.slug"), nullable=False, index=True),
    Column("key", String(60), nullable=False),
    Column("client", Text, nullable=False),
    Column("professional", Text, nullable=False),
)

flow_step = Table(
    "knowledge_flow_step",
    metadata,
    Column("id", String(120), primary_key=True, doc="flow and step: check/uitkering"),
    Column("flow", ForeignKey("knowledge_flow.slug"), nullable=False, index=True),
    Column("step", String(60), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("heading", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("professional", Text, nullable=False),
    Column("retry", Text, nullable=False),
    Column("asks", Text),
    Column("facts", Text, nullable=False, doc="one answer id a line"),
)

flow_option = Table(
    "knowledge_flow_option",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step", ForeignKey("knowledge_flow_step.id"), nullable=False, index=True),
    Column("value", String(60), nullable=False),
    Column("title", Text, nullable=False),
    Column("professional_title", Text),
    Column("short", Text),
    Column("words", Text, nullable=False, doc="one word or phrase a line"),
    Column("replies", Text, nullable=False, doc="one word or phrase a line"),
    Column("implies", Text, nullable=False, doc="one step=value a line"),
    Column("only_if", Text, nullable=False, doc="one step=value a line"),
    Column("facts", Text, nullable=False, doc="one answer id a line"),
)


def database_url() -> str:
    """Where the knowledge base is: `KOERS_KNOWLEDGE_URL`, else a SQLite file in the project."""
    return os.environ.get("KOERS_KNOWLEDGE_URL") or DEFAULT_URL


def shape_schema() -> str:
    """The name of the schema for tables of this shape: it changes with their names and columns."""
    shape = "\n".join(f"{table.name}: {', '.join(table.columns.keys())}" for table in metadata.sorted_tables)
    return "koers_" + hashlib.sha256(shape.encode()).hexdigest()[:8]


def kept_open(**arguments: Any) -> Dict[str, Any]:
    """Options for an engine whose SQLite file stays open between uses: to open one takes longer than to read a row.

    `arguments` go to each connection, any thread may use any of them.
    """
    return {"poolclass": QueuePool, "connect_args": {"check_same_thread": False, **arguments}}


def open_database(url: Optional[str] = None) -> Engine:
    """An engine for the knowledge base at `url`; a SQLite file's folder is made when it isn't there.

    On SQLite a transaction covers table definitions as well, and readers go on reading the last
    committed state while a build writes (write-ahead log). On a database server each shape of the
    tables has a schema of its own, so that replicas with other code go on reading theirs, and every
    read sees one version of the content, however many statements it needs.
    """
    url = url or database_url()
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            url,
            future=True,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            isolation_level="REPEATABLE READ",
            execution_options={"schema_translate_map": {None: shape_schema()}},
        )
    pool: Dict[str, Any] = {}
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        pool = kept_open()
    engine = create_engine(url, future=True, **pool)

    # pysqlite commits before DDL by itself unless it is told not to begin transactions:
    # https://docs.sqlalchemy.org/en/14/dialects/sqlite.html#pysqlite-serializable
    @event.listens_for(engine, "connect")
    def _leave_transactions_to_sqlalchemy(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine

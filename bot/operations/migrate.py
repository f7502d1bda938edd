"""Migrate the tables of feedback, counts and the community channel to the shape that this code expects.

Runs when an assistant starts; replicas that start together wait for each other. `migrations/versions` holds one step
a file, for SQLite and PostgreSQL alike. Conversations have Rasa's tables; those of the knowledge base are rebuilt.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`; nothing happens when it is there already.

    Raises `sqlalchemy.exc.SQLAlchemyError` when the database can't be reached or changed.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, future=True, hide_parameters=True)
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('koers migrations'))")
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, revision)
    finally:
        engine.dispose()

"""A judgement's own random name, so that a changed thumb replaces the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add `name` to `koers_feedback`, unique; what was kept before has none."""
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("koers_feedback")}
    if "name" in columns:
        return
    op.add_column("koers_feedback", sa.Column("name", sa.String(64)))
    op.create_index("ix_koers_feedback_name", "koers_feedback", ["name"], unique=True)

"""How often something was asked: counts of a week, without text and without who asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make `koers_count`."""
    op.create_table(
        "koers_count",
        sa.Column("week", sa.String(10), primary_key=True),
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("topic", sa.String(100), primary_key=True),
        sa.Column("facet", sa.String(20), primary_key=True),
        sa.Column("region", sa.String(60), primary_key=True),
        sa.Column("turns", sa.Integer, nullable=False),
    )

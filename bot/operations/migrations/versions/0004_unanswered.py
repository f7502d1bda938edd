"""Questions that nothing was known about, masked, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make `koers_unanswered`, and an index on the days of feedback."""
    there = sa.inspect(op.get_bind())
    if not there.has_table("koers_unanswered"):
        op.create_table(
            "koers_unanswered",
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("day", sa.String(10), nullable=False, index=True),
            sa.Column("question", sa.Text, nullable=False),
            sa.Column("role", sa.String(20)),
            sa.Column("channel", sa.String(20), nullable=False),
        )
    if "ix_koers_feedback_day" not in {index["name"] for index in there.get_indexes("koers_feedback")}:
        op.create_index("ix_koers_feedback_day", "koers_feedback", ["day"])

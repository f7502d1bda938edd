"""Alembic's entry point: `bot.operations.migrate` opens the connection and calls it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="koers_migration")
with context.begin_transaction():
    context.run_migrations()

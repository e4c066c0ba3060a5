"""Alembic's entry point: migrate on the connection that `backchat.records.migrate` hands over."""

from __future__ import annotations

from alembic import context

from backchat.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

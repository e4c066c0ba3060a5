"""Bringing a database to the tables of this version, or back."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy.future import Connection, Engine

from backchat.records.engine import writing

_ADVISORY_LOCK = 0x6261636B
"""PostgreSQL's lock that keeps servers started together from migrating together."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Make or change the tables up to `revision`, in one transaction; harmless if they are there.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was changed.
    """
    with writing(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Undo the changes after `revision` (`base` removes every table), in one transaction.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was changed.
    """
    with writing(engine) as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    """Return Alembic's configuration, with the connection for `migrations/env.py`."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
    config = Config()
    config.set_main_option("script_location", "backchat.records:migrations")
    config.attributes["connection"] = connection
    return config

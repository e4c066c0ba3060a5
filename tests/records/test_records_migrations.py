"""Migrations make exactly the tables that the code describes, and can be undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from record_events import NOON
from sqlalchemy import CheckConstraint, inspect
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    DatabaseUnavailable,
    check,
    history,
    migrate,
    open_engine,
)
from backchat.records.tables import metadata

pytestmark = pytest.mark.filterwarnings("error")


def tables_of(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_migrated_tables_are_those_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert tables_of(engine) == set(metadata.tables)


def test_the_checks_of_the_code_are_in_the_database(engine: Engine) -> None:
    for table in metadata.sorted_tables:
        described = {
            constraint.name
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        made = {found["name"] for found in inspect(engine).get_check_constraints(table.name)}
        assert made == described, table.name


def test_migrating_again_changes_and_loses_nothing(engine: Engine, log: ConversationLog) -> None:
    log.inbound("web-1", "web", "1", "my back hurts", NOON)

    migrate.upgrade(engine)

    assert [message.text for message in history(engine, "web-1")] == ["my back hurts"]


def test_migrations_can_be_undone_and_made_again(engine: Engine) -> None:
    migrate.downgrade(engine, "base")
    assert tables_of(engine) == set()

    migrate.upgrade(engine)
    assert tables_of(engine) == set(metadata.tables)
    check(engine)


def test_servers_started_together_migrate_once(database_url: str) -> None:
    engines = [open_engine(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate.upgrade, engines))

    assert tables_of(engines[0]) == set(metadata.tables)
    for engine in engines:
        engine.dispose()


def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE messages (id INTEGER)")

    with pytest.raises(DatabaseUnavailable):
        migrate.upgrade(engine)

    assert tables_of(engine) == {"messages"}
    engine.dispose()


def test_the_history_of_the_tables_has_one_line(engine: Engine) -> None:
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(migrate._config(connection))

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1

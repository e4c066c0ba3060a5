"""Migrations make exactly the tables that the code describes, and can be undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from record_events import NOON, after, tell_everything
from sqlalchemy import CheckConstraint, inspect
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    DatabaseUnavailable,
    check,
    erase_words,
    history,
    list_conversations,
    migrate,
    open_engine,
    show_conversation,
)
from backchat.records.tables import metadata

pytestmark = pytest.mark.filterwarnings("error")


ADDED_SINCE = ("ratings", "places", "deliveries")
FIRST_DATA = (
    "INSERT INTO people (id, sender_id, channel, created_at, last_seen_at) "
    "VALUES (1, 'web-1', 'web', '2026-11-23 12:00:00', '2026-11-23 12:00:00')",
    "INSERT INTO conversations (id, person_id, channel, started_at, last_message_at, level) "
    "VALUES (1, 1, 'web', '2026-11-23 12:00:00', '2026-11-23 12:00:00', 'SEE_PROVIDER')",
    "INSERT INTO messages (id, event_key, conversation_id, direction, author, text, at) "
    "VALUES (1, 'm', 1, 'in', 'person', 'my back is sore', '2026-11-23 12:00:00')",
    "INSERT INTO assessments (id, event_key, conversation_id, message_id, at, level, borderline, "
    "rules, rule_levels, ask) VALUES (1, 'a', 1, 1, '2026-11-23 12:00:00', 'SEE_PROVIDER', "
    "'0', '[\"SS3_OVER_TWO_DAYS\"]', '{}', '[]')",
)
"""A conversation as the first release stored it."""


def rows_of(engine: Engine) -> dict[str, int]:
    """Return the number of rows of every table."""
    with engine.connect() as connection:
        return {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in sorted(tables_of(engine))
        }


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


def test_no_row_is_lost_on_the_way_down_to_the_first_tables_and_up_again(
    engine: Engine, log: ConversationLog
) -> None:
    tell_everything(engine, log, "web-1")
    before = rows_of(engine)

    migrate.downgrade(engine, "0001")
    first = {name: rows for name, rows in before.items() if name not in ADDED_SINCE}
    assert rows_of(engine) == first

    migrate.upgrade(engine)
    assert rows_of(engine) == first | dict.fromkeys(ADDED_SINCE, 0)
    assert history(engine, "web-1")[0].text is not None
    assert [summary.rules for summary in list_conversations(engine)] == [("SS3_OVER_TWO_DAYS",)]


def test_the_data_of_the_first_tables_is_read_by_todays_code(engine: Engine) -> None:
    migrate.downgrade(engine, "0001")
    with engine.begin() as connection:
        for statement in FIRST_DATA:
            connection.exec_driver_sql(statement)

    migrate.upgrade(engine)

    detail = show_conversation(engine, 1)
    assert detail.messages[0].text == "my back is sore"
    assert not detail.messages[0].not_understood
    assert detail.assessments[0].rules == ("SS3_OVER_TWO_DAYS",)
    assert erase_words(engine, quiet_since=after(60), now=after(61)) == 1


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

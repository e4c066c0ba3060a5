"""An empty or migrated database for every test of the records, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.future import Engine

from backchat.cluster.postgresql import PostgreSQL
from backchat.records import ConversationLog, migrate, open_engine
from backchat.records.tables import metadata

OURS = {(table.name, column.name) for table in metadata.sorted_tables for column in table.c} | {
    ("alembic_version", "version_num")
}


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database; the marks of `databases` choose one of the two."""
    return request.param


@pytest.fixture(scope="session")
def reused_url(postgres: PostgreSQL) -> str:
    """A database on PostgreSQL for one test after another: making one takes a second and 7 MB."""
    return postgres.new_database()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our tables, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "records.sqlite3"
    engine = open_engine(f"sqlite:///{file}")
    migrate.upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def database_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty database; on PostgreSQL one that may have our tables, if `engine` is wanted too."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite3'}"
    url: str = request.getfixturevalue("reused_url")
    empty(url, keep_tables="engine" in request.fixturenames)
    return url


def empty(url: str, *, keep_tables: bool) -> None:
    """Take everything out of a database on PostgreSQL, whoever still uses it."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        found = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        ).all()
        if keep_tables and set(map(tuple, found)) == OURS:
            tables = ", ".join(metadata.tables)
            connection.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        elif found:
            tables = ", ".join({table for table, _ in found})
            connection.exec_driver_sql(f"DROP TABLE {tables} CASCADE")
    engine.dispose()


@pytest.fixture
def engine(kind: str, database_url: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with our tables."""
    if kind == "sqlite":
        migrated = request.getfixturevalue("migrated_file")
        shutil.copy(migrated, database_url.removeprefix("sqlite:///"))
    engine = open_engine(database_url)
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def log(engine: Engine) -> ConversationLog:
    return ConversationLog(engine, session_minutes=60)


@pytest.fixture
def kept(kind: str, database_url: str, request: pytest.FixtureRequest) -> Callable[[], bytes]:
    """All bytes of the database's files, or what a dump of it holds."""

    def read() -> bytes:
        if kind == "postgresql":
            return request.getfixturevalue("postgres").dump(database_url).encode()
        database = Path(database_url.removeprefix("sqlite:///"))
        return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))

    return read

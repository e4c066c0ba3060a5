"""The server: Rasa with our channels, the actions in the same process, and the log."""

from __future__ import annotations

from typing import Any

from rasa.core.run import serve_application
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic

from backchat.assistant import training
from backchat.assistant.local_actions import LocalActionEndpoint
from backchat.records import migrate
from backchat.records.engine import open_engine
from backchat.settings import Settings


def run(settings: Settings) -> None:
    """Serve until stopped.

    Raises:
        OSError: the address cannot be used, or the server ended before it was ready.
    """
    configure_structlog()
    migrate.upgrade(open_engine(settings.database_url))
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    endpoints.action = (
        EndpointConfig(url=settings.action_url, enable_selective_domain=True)
        if settings.action_url
        else LocalActionEndpoint()
    )
    was_ready = False

    async def announce(app: Sanic, _: Any) -> None:
        nonlocal was_ready
        was_ready = True
        _trust_only_the_tracker_store(app)
        address = local_address(settings.host, settings.port)
        print(f"backchat: ready; open {address}/chat in a browser (Ctrl+C stops it).", flush=True)

    serve_application(
        model_path=str(training.model_path()),
        interface=settings.host,
        port=settings.port,
        credentials="credentials.yml",
        enable_api=False,
        endpoints=endpoints,
        server_listeners=[(announce, "after_server_start")],
    )
    if not was_ready:
        raise OSError("it ended before it was ready; see the messages above")


def local_address(host: str, port: int) -> str:
    """Return the address to open on this machine; one cannot open "every interface"."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _trust_only_the_tracker_store(app: Sanic) -> None:
    """Take away the wrapper that answers from an empty memory when the database is down."""
    agent = app.ctx.agent
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        agent.tracker_store = store._tracker_store
        agent.processor.tracker_store = store._tracker_store

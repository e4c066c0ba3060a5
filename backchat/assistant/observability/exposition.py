"""The port that serves the metrics, apart from the one that people use."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import start_http_server

from backchat.assistant.observability.databases import DatabaseCollector
from backchat.assistant.observability.metrics import REGISTRY
from backchat.settings import Settings


def serve(settings: Settings) -> Callable[[], None]:
    """Serve the metrics in a thread of their own, if the settings name a port.

    Returns:
        What ends that; a process that ends need not call it.

    Raises:
        OSError: the port cannot be used.
    """
    if settings.metrics_port is None:
        return lambda: None
    host, port = settings.metrics_host, settings.metrics_port
    try:
        server, thread = start_http_server(port, host, registry=REGISTRY)
    except OSError as error:
        why = f"metrics cannot be served on {host}:{port}: {error.strerror}"
        raise OSError(error.errno, why) from error
    collector = DatabaseCollector(settings.database_url, settings.tracker_url)
    REGISTRY.register(collector)

    def stop() -> None:
        REGISTRY.unregister(collector)
        server.shutdown()
        server.server_close()
        thread.join()

    return stop

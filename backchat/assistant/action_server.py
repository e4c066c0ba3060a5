"""The custom actions as a server, for bots that do not run them in their own process.

It keeps the contract of Rasa's action server, ``POST /webhook``. Unlike that, it repeats nothing of
what people said in its errors, and listens where it is told to.
"""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic
from sanic import response as respond
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant import warm_up
from backchat.assistant.observability import logs
from backchat.consultation import shared
from backchat.settings import Settings

logger = logging.getLogger(__name__)

ACTIONS_PACKAGE = "actions"
NOT_A_CALL = "This is not a request for an action."
LARGEST_REQUEST_BYTES = 16 * 1024 * 1024
"""The whole conversation comes with each request."""


def run(settings: Settings) -> None:
    """Serve the actions until stopped."""
    logs.configure(settings.log_format).withholds = True
    create_app().run(host=settings.host, port=settings.port, access_log=False, motd=False)


def create_app() -> Sanic:
    """Return the server, with all actions and what they read with loaded."""
    warm_up.begin()
    executor = ActionExecutor()
    executor.register_package(ACTIONS_PACKAGE)
    warm_up.finish(shared())
    app = Sanic("backchat_actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST_BYTES

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        return respond.json({"status": "ready"})

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        return await _run_action(executor, request.json)

    @app.exception(Exception)
    async def failed(_: Request, error: Exception) -> HTTPResponse:
        if isinstance(error, SanicException):
            return respond.json({"error": NOT_A_CALL}, error.status_code)
        logger.error("An action failed: %s", type(error).__name__)
        return respond.json({"error": type(error).__name__}, 500)

    return app


def rejected(rejection: ActionExecutionRejection) -> dict[str, str]:
    """Return how an action server says that an action rejected its execution."""
    return {"error": str(rejection), "action_name": rejection.action_name}


async def _run_action(executor: ActionExecutor, call: Any) -> HTTPResponse:
    if not isinstance(call, dict):
        return respond.json({"error": NOT_A_CALL}, 400)
    try:
        return respond.json(await executor.run(call))
    except ActionExecutionRejection as rejection:
        return respond.json(rejected(rejection), 400)
    except ActionNotFoundException as missing:
        return respond.json({"error": str(missing), "action_name": missing.action_name}, 404)

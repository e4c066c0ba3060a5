"""Custom actions in the serving process, in place of a second server and a network hop."""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from backchat.assistant.action_server import ACTIONS_PACKAGE, rejected

BAD_REQUEST = 400


class LocalActionEndpoint(EndpointConfig):
    """An action endpoint that calls the actions directly.

    It keeps the contract of the action server's webhook: the same request in, the same answer out,
    so that a remote server can take its place by setting ``BACKCHAT_ACTION_URL``.
    """

    def __init__(self) -> None:
        super().__init__(url="local:actions", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(ACTIONS_PACKAGE)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action that ``kwargs["json"]`` asks for.

        Raises:
            ClientResponseError: the action rejected its execution (status 400, as over HTTP).
        """
        try:
            return await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            body = json.dumps(rejected(rejection))
            raise ClientResponseError(BAD_REQUEST, "rejected", body) from rejection

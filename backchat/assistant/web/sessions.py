"""Who is speaking: identities that only this server can issue."""

from __future__ import annotations

import hashlib
import hmac
import uuid

_VERSION = "v1"


class Sessions:
    """Issues and checks signed speaker tokens, ``v1.<id>.<signature>``."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def issue(self) -> tuple[str, str]:
        """Return the token and the sender id of a new, unguessable speaker."""
        speaker = uuid.uuid4().hex
        return f"{_VERSION}.{speaker}.{self._sign(speaker)}", _sender_id(speaker)

    def sender_id(self, token: str | None) -> str | None:
        """Return the sender id of a token, or None where the token is not one of ours."""
        token = token or ""
        parts = token.split(".")
        if not token.isascii() or len(parts) != 3 or parts[0] != _VERSION:
            return None
        _, speaker, signature = parts
        if not hmac.compare_digest(signature.encode(), self._sign(speaker).encode()):
            return None
        return _sender_id(speaker)

    def _sign(self, speaker: str) -> str:
        message = f"{_VERSION}.{speaker}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()


def _sender_id(speaker: str) -> str:
    return f"web-{speaker}"

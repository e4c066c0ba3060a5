"""Slack's signature: who posted a request, and when.

See https://api.slack.com/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import hashlib
import hmac
import re

OLDEST_SECONDS = 300
"""A request that was signed longer ago may be somebody else's recording."""


def is_slacks(secret: str, timestamp: str, body: bytes, signature: str, now: float) -> bool:
    """Say whether Slack signed a request just now.

    Args:
        secret: The app's signing secret.
        timestamp: The header ``X-Slack-Request-Timestamp``.
        body: The request's body as it came.
        signature: The header ``X-Slack-Signature``.
        now: Unix time in seconds.
    """
    if not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > OLDEST_SECONDS:
        return False
    return hmac.compare_digest(
        signed(secret, timestamp, body).encode(), signature.encode(errors="replace")
    )


def signed(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a request."""
    said = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()

"""Headers that every answer under ``/chat`` carries."""

from __future__ import annotations

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; media-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'; worker-src 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SHARED = ("/chat/widget.js", "/chat/static/", "/chat/drawings/")
"""What pages of other origins load as scripts, style sheets and pictures."""


def headers_of(path: str) -> dict[str, str]:
    """Return the headers for the answer at a path."""
    embedding = "cross-origin" if path.startswith(SHARED) else "same-origin"
    return {**SECURITY_HEADERS, "Cross-Origin-Resource-Policy": embedding}

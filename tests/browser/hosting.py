"""A site that embeds the widget, on another site than the bot's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8"><title>A gym</title>
  <link rel="stylesheet" href="/host.css"><script src="/host.js"></script>
  <script src="{widget}" {attributes} defer></script>
</head>
<body><main><h1>A gym</h1><p><button class="chip">Our own button</button></p></main></body>
</html>"""


class HostSite:
    """What the host site serves; to be set before a page is loaded."""

    def __init__(self, address: str, chat_url: str) -> None:
        self.address = address
        self._bot = chat_url.removesuffix("/chat")
        self.style = self.script = self.attributes = ""

    @property
    def policy(self) -> str:
        """A strict policy, with the directives that docs/widget.md asks of a host."""
        return (
            f"default-src 'none'; script-src 'self' {self._bot}; style-src 'self' {self._bot};"
            f" connect-src {self._bot}; img-src {self._bot}"
        )

    def answer(self, path: str) -> tuple[str, str]:
        """Return the body and media type of a path."""
        if path == "/host.css":
            return self.style, "text/css"
        if path == "/host.js":
            return self.script, "text/javascript"
        widget = f"{self._bot}/chat/widget.js"
        return PAGE.format(widget=widget, attributes=self.attributes), "text/html"


@contextmanager
def hosting(address: str, chat_url: str) -> Iterator[HostSite]:
    """Serve a host site at an address on this machine."""
    site = HostSite(address, chat_url)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = site.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", site.policy)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    port = urlsplit(address).port or 80
    with ThreadingHTTPServer(("localhost", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()

"""Drawings over HTTP: other allowed sites may show them, and a wrong name is answered as JSON."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest


def test_a_page_of_another_site_may_show_a_drawing(server: str) -> None:
    with urllib.request.urlopen(f"{server}/chat/drawings/knee_hug.svg", timeout=60) as answer:
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["ETag"]


def test_a_drawing_that_is_not_there_is_answered_as_json(server: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{server}/chat/drawings/headstand.svg", timeout=60)
    assert caught.value.code == 404
    assert json.load(caught.value) == {"error": "There is nothing at this address."}

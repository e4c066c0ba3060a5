"""The page's files: compressed, and not sent again while they are the same."""

from __future__ import annotations

import gzip
import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from backchat.assistant.web import assets

ROOT = Path(__file__).parents[2]


def get(server: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=named)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.mark.parametrize(
    "path",
    ["/chat/", "/chat/widget.js", "/chat/static/app.js", "/chat/static/vendor/deepChat.bundle.js"],
)
def test_a_file_travels_compressed_to_those_who_can_read_it(server: str, path: str) -> None:
    _, packed_headers, packed = get(server, path, Accept_Encoding="br;q=1, gzip;q=0.8")
    _, plain_headers, plain = get(server, path)

    assert packed_headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain_headers
    assert (
        "Accept-Encoding" in packed_headers["vary"] and "Accept-Encoding" in plain_headers["vary"]
    )
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain)


def test_gzip_with_quality_zero_is_a_no(server: str) -> None:
    _, headers, _ = get(server, "/chat/static/app.js", Accept_Encoding="gzip;q=0, identity")
    assert "content-encoding" not in headers


def test_an_unchanged_file_is_not_sent_again(server: str) -> None:
    _, headers, _ = get(server, "/chat/static/app.js")
    status, again, body = get(server, "/chat/static/app.js", If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")
    assert again["etag"] == headers["etag"]
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["../index.html", "..%2findex.html", "%2e%2e/%2e%2e/settings.py", "none.js", "render"]
)
def test_nothing_but_the_pages_files_is_served(server: str, name: str) -> None:
    assert get(server, f"/chat/static/{name}")[0] == 404


def test_scripts_travel_without_their_comments_and_say_the_same() -> None:
    path = ROOT / "backchat/web/static/storage.js"
    lean = assets.file_asset(path, documented=True).plain.decode()
    code = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isalpha()]

    assert "/**" not in lean
    assert [line for line in lean.splitlines() if line[:1].isalpha()] == code


def test_a_file_is_read_again_after_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "page.css"
    path.write_text("a { color: red }", encoding="utf-8")
    before = assets.file_asset(path)
    path.write_text("a { color: blue }", encoding="utf-8")

    assert assets.file_asset(path).etag != before.etag

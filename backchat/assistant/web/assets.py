"""Files as browsers want them: compressed once, with an ETag that says whether they changed."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

_COMPRESSIBLE = ("text/", "image/svg+xml", "application/json", "application/manifest+json")
_COMMENT_LINES = re.compile(rb"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
"""Comments that have their lines to themselves."""
_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
"""Browsers keep a file and ask whether it changed: modules of two versions never mix."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's bytes, plain and, where that makes it smaller, packed with gzip."""

    content_type: str
    plain: bytes
    packed: bytes | None
    etag: str


def asset(content: bytes, content_type: str) -> Asset:
    """Return the bytes as an asset."""
    packed = (
        gzip.compress(content, 9, mtime=0) if content_type.startswith(_COMPRESSIBLE) else content
    )
    return Asset(
        content_type,
        content,
        packed if len(packed) < len(content) else None,
        f'W/"{hashlib.sha256(content).hexdigest()[:20]}"',
    )


def file_asset(path: Path, *, documented: bool = False) -> Asset:
    """Return a file as an asset; it is read again only after it has changed.

    Args:
        path: The file.
        documented: Whether it is a script or style sheet of ours, whose comments stay at home: they
            are a third of what would travel.

    Raises:
        OSError: the file cannot be read.
    """
    return _file_asset(path, path.stat().st_mtime_ns, documented)


@lru_cache(maxsize=512)
def _file_asset(path: Path, _changed: int, documented: bool) -> Asset:
    content = path.read_bytes()
    if documented and path.suffix in (".js", ".css"):
        content = _COMMENT_LINES.sub(b"", content)
    return asset(content, content_type(path))


def file_in(folder: Path, name: str) -> Path | None:
    """Return the file of a folder, or None where there is none of that name inside it."""
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


def send(request: Request, content: Asset) -> HTTPResponse:
    """Answer with an asset, or with "not modified" where the browser has it already."""
    headers = {**_HEADERS, "ETag": content.etag}
    known = request.headers.get("if-none-match", "")
    if content.etag in (each.strip() for each in known.split(",")):
        return respond.empty(304, headers)
    body = content.plain
    if content.packed is not None and _takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
        body = content.packed
    return respond.raw(body, headers=headers, content_type=content.content_type)


def _takes_gzip(request: Request) -> bool:
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        coding, _, quality = offer.partition(";")
        if coding.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0")
    return False


def content_type(path: Path) -> str:
    """Return a file's media type by its name."""
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if guessed == "application/javascript":
        guessed = "text/javascript"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed

"""The drawings of the stretches as files, for channels that show no SVG.

Making them takes seconds of a whole processor, so they are kept for the next start.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from functools import cache
from pathlib import Path
from threading import Lock

from backchat.consultation import shared
from backchat.illustration import raster
from backchat.illustration.illustrations import Illustrations

logger = logging.getLogger(__name__)

FOLDER = Path("var/pictures")
_ONE_AT_A_TIME = Lock()


def moving(stretch: str) -> bytes:
    """Return the drawing of a stretch as a GIF.

    Raises:
        KeyError: there is no such stretch.
    """
    with _ONE_AT_A_TIME:
        return _gif(stretch)


async def prepare() -> None:
    """Make all drawings before they are asked for, one after another until cancelled."""
    for stretch in _illustrations().names:
        await asyncio.to_thread(moving, stretch)


@cache
def _gif(stretch: str) -> bytes:
    file = _file(stretch)
    try:
        return file.read_bytes()
    except OSError:
        drawn = _illustrations().gif(stretch)
    _keep(file, drawn)
    return drawn


def _file(stretch: str) -> Path:
    """Return where a drawing is kept: another file when its poses or the way to draw change."""
    source = _illustrations().animated_svg(stretch).encode() + Path(raster.__file__).read_bytes()
    return FOLDER / f"{stretch}-{hashlib.sha256(source).hexdigest()[:16]}.gif"


def _keep(file: Path, drawn: bytes) -> None:
    draft = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(drawn)
        draft.replace(file)
    except OSError as error:
        logger.warning("A drawing could not be kept: %s", type(error).__name__)


@cache
def _illustrations() -> Illustrations:
    return Illustrations(shared().knowledge)

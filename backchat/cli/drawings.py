"""``backchat drawings``: the drawings of the stretches as files, to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backchat.cli.environment import say
from backchat.illustration import Illustrations
from backchat.knowledge import load

SHEET = "stretches.png"


def command(
    folder: Annotated[Path, typer.Argument(help="Where to write them.", file_okay=False)],
) -> None:
    """Draw every stretch as SVG, PNG and GIF, and all of them on one sheet."""
    illustrations = Illustrations(load())
    folder.mkdir(parents=True, exist_ok=True)
    for name in illustrations.names:
        for suffix, draw in illustrations.formats(name).items():
            _write(folder / f"{name}.{suffix}", draw())
    _write(folder / SHEET, illustrations.contact_sheet())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    say(f"{path} ({len(content) / 1000:.0f} kB)")

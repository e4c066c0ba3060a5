"""``backchat drawings`` writes every drawing into a folder."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from backchat.cli import app


def test_it_writes_every_format_and_the_sheet(tmp_path: Path) -> None:
    folder = tmp_path / "to" / "look" / "at"
    result = CliRunner().invoke(app, ["drawings", str(folder)])
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in folder.iterdir())
    stretches = ("back_rotation", "cat_cow", "childs_pose", "knee_hug", "prone_press_up")
    drawings = [f"{name}.{suffix}" for name in stretches for suffix in ("gif", "png", "svg")]
    assert names == sorted([*drawings, "stretches.png"])
    assert all(path.stat().st_size > 5_000 for path in folder.iterdir())

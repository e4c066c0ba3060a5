"""A file of the knowledge is text and numbers: it runs nothing, and it does not blow up."""

from __future__ import annotations

from pathlib import Path

import pytest
from outcomes import Outcomes
from patience import within

from backchat.knowledge import KnowledgeError
from backchat.knowledge.yaml_source import DEEPEST, parse

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
)
FILES = {
    "a tag that runs a command": ("a: !!python/object/apply:os.system ['x']", "unknown tag"),
    "a tag of a class": ("a: !!python/name:os.system", "unknown tag"),
    "a tag of its own": ("!rule {a: b}", "unknown tag"),
    "a list within itself": ("a: &a [*a]", "repeats itself"),
    "a mapping within itself": ("&a {b: *a}", "repeats itself"),
    "nine to the fortieth values": (BOMB, "values"),
    "a hundred thousand levels": ("- " * 100_000, f"{DEEPEST} levels"),
    "a hundred thousand brackets": ("[" * 100_000, f"{DEEPEST} levels"),
}


@pytest.mark.parametrize("attack", FILES)
def test_a_file_that_attacks_is_refused(tmp_path: Path, attacks: Outcomes, attack: str) -> None:
    text, named = FILES[attack]
    (tmp_path / "file.yml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named), within(5):
        parse(tmp_path / "file.yml", tmp_path)
    attacks.add("unsafe YAML", "tags, loops, bombs, depth", 1, "refused with file and line")


def test_what_is_repeated_by_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "file.yml").write_text("a: &shared [x]\nb: *shared\n", encoding="utf-8")
    entries = parse(tmp_path / "file.yml", tmp_path).entries()
    assert [each.text() for each in entries["b"].items()] == ["x"]

"""``docs/knowledge.md`` agrees with the knowledge files and with the loader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backchat.knowledge import Knowledge, load
from backchat.knowledge.loader import DIRECTORY

if TYPE_CHECKING:
    from conftest import Workshop

DOCS = (Path(__file__).parents[2] / "docs" / "knowledge.md").read_text(encoding="utf-8")
MISTAKES = re.findall(r"^\| `(\w+\.yml)` \| `(.+?)` \| `(.+?)` \| `(.+?)` \|$", DOCS, re.MULTILINE)


def test_the_documented_mistakes_are_found() -> None:
    assert len(MISTAKES) >= 10


@pytest.mark.parametrize(
    ("file", "instead_of", "written", "message"), MISTAKES, ids=[row[2] for row in MISTAKES]
)
def test_a_documented_mistake_gives_the_documented_message(
    workshop: Workshop, file: str, instead_of: str, written: str, message: str
) -> None:
    workshop.edit(file, instead_of, written)

    place, _, said = str(workshop.error()).partition(": ")
    assert re.fullmatch(rf"{re.escape(file)}:\d+", place)
    assert said == message


def test_every_rule_is_listed_with_its_name_level_and_timeframe(knowledge: Knowledge) -> None:
    listed = re.findall(r"^\| `((?:RF|SS)\w+)` \| (.+?) \| (\w+) \| (\S+) \|$", DOCS, re.MULTILINE)
    assert sorted(listed) == sorted(
        (rule.id, rule.name, rule.level.name, rule.timeframe.value if rule.timeframe else "-")
        for rule in knowledge.rulebook.rules
    )


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Causes", "causes"),
        ("Remedies", "remedies"),
        ("Stretches", "stretches"),
        ("Prevention tips", "prevention"),
        ("Medicines", "medicines"),
        ("Ice and heat", "thermal"),
    ],
)
def test_every_entry_is_listed(knowledge: Knowledge, heading: str, part: str) -> None:
    section = DOCS.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    listed = re.findall(r"^\| `(\w+)` \| (.+?) \|$", section, re.MULTILINE)
    assert listed == [(entry.id, entry.name) for entry in getattr(knowledge, part)]


def test_every_step_back_to_training_and_every_region_is_listed(knowledge: Knowledge) -> None:
    for step in knowledge.training.graded_return:
        assert f"| `{step.id}` | {step.name} |" in DOCS
    for region in knowledge.regions.regions:
        assert f"`{region.code}`" in DOCS


def test_every_file_is_explained() -> None:
    for path in DIRECTORY.glob("*.yml"):
        assert f"| `{path.name}` |" in DOCS, path.name


def test_the_examples_are_edits_that_load(workshop: Workshop) -> None:
    stretch, rule, raised = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    reason = stretch.partition("    skip_when:\n")[2]
    first = "      - reason: worse_with_twisting\n"
    workshop.edit("stretches.yml", first, reason + first)
    shown = re.sub(r" +#.*", "", rule)
    workshop.edit("rules.yml", shown, shown + raised)

    loaded = load(workshop.directory)

    assert "recent_birth" in [item.reason for item in loaded.stretches[0].skip_when]
    assert loaded.rulebook.by_id["RF07_FOOT_DROP"].raised

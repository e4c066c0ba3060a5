"""Every stretch has a drawing, and a mistake in one is refused with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backchat.knowledge import Knowledge

if TYPE_CHECKING:
    from conftest import Workshop

HUG = "drawings/knee_hug.yml"

MISTAKES = {
    "an unknown key": (HUG, "tilt: -90", "tilted: -90", "unknown key 'tilted'"),
    "an unknown joint": (
        HUG,
        "follows: right_knee",
        "follows: right_nee",
        "unknown joint 'right_nee'",
    ),
    "an unknown part": (
        "drawings/back_rotation.yml",
        "layers: [left_arm",
        "layers: [left_amr",
        "unknown part 'left_amr'",
    ),
    "a point without a height": (
        HUG,
        "ankle: [36, 40]",
        "ankle: [36]",
        "expected [x, y] or [x, y, out], found 1 numbers",
    ),
    "a word for a number": (
        HUG,
        "seconds: 1.8",
        "seconds: slowly",
        "expected a number, found 'slowly'",
    ),
    "a cut of three numbers": (
        "drawings/body.yml",
        "- [0, 8.2, 8, 0]",
        "- [0, 8.2, 8]",
        "expected [at, depth, width, shift], found 3 numbers",
    ),
}
WHOLE_FILE = {
    "a move to no pose": (HUG, "{to: lifted, seconds: 1.8", "{to: up, seconds: 1.8", "pose 'up'"),
    "a still of no pose": (HUG, "shows: hug", "shows: huge", "unknown pose 'huge'"),
    "two poses of a name": (
        "drawings/cat_cow.yml",
        "moves:",
        "  - {id: cow, tilt: 0, hips: [0, 90], arms: {wrist: [0, 80]}, "
        "legs: {ankle: [0, 7], toes: 0}}\nmoves:",
        "two poses have the same id",
    ),
    "a movement that does not come back": (
        HUG,
        "  - {to: start, seconds: 1.8, hold: 1}\n",
        "",
        "the last move must come back to 'start'",
    ),
    "a missing layer": (
        "drawings/back_rotation.yml",
        "layers: [left_arm, ",
        "layers: [",
        "'layers' must name every part of the figure",
    ),
}


def test_every_stretch_has_a_drawing_with_words_for_who_cannot_see_it(
    knowledge: Knowledge,
) -> None:
    assert set(knowledge.drawings) == {stretch.id for stretch in knowledge.stretches}
    for drawing in knowledge.drawings.values():
        assert len(drawing.alt.split()) >= 15


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_where_it_stands(workshop: Workshop, mistake: str) -> None:
    file, old, new, problem = MISTAKES[mistake]
    line = workshop.edit(file, old, new)
    error = workshop.error()
    assert (error.file, error.line, error.problem) == (file, line, problem)


@pytest.mark.parametrize("mistake", WHOLE_FILE)
def test_a_drawing_whose_parts_do_not_fit_is_refused(workshop: Workshop, mistake: str) -> None:
    file, old, new, problem = WHOLE_FILE[mistake]
    workshop.edit(file, old, new)
    error = workshop.error()
    assert error.file == file
    assert problem in error.problem


def test_a_pose_that_neither_kneels_nor_has_hips_is_refused(workshop: Workshop) -> None:
    workshop.edit(HUG, "    hips: [0, 11.6]\n", "")
    assert "either 'kneeling' or both 'hips' and 'legs'" in workshop.error().problem


def test_a_stretch_without_a_drawing_is_refused(workshop: Workshop) -> None:
    (workshop.directory / HUG).unlink()
    error = workshop.error()
    assert (error.file, error.problem) == (HUG, "this file is missing")


def test_a_drawing_of_no_stretch_is_refused(workshop: Workshop) -> None:
    (workshop.directory / HUG).rename(workshop.directory / "drawings/knee_hugs.yml")
    error = workshop.error()
    assert (error.file, error.problem) == (
        "drawings/knee_hugs.yml",
        "there is no stretch 'knee_hugs'",
    )

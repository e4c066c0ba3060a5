"""The SVG stands alone: no script, nothing from elsewhere, still for who asks for less motion."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree

import pytest

from backchat.illustration import STYLE, Illustrations
from backchat.illustration.keyframes import easing, needed
from backchat.illustration.pathdata import curve
from backchat.illustration.stage import Stage
from backchat.illustration.svg import still_svg
from backchat.illustration.timeline import Step, ease_between, eased
from backchat.knowledge import Knowledge

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 64_000
MOST_PACKED_BYTES = 12_000
ALLOWED = {"svg", "title", "desc", "defs", "radialGradient", "stop", "style", "rect", "g", "path"}


@pytest.fixture
def tree(illustrations: Illustrations, stretch: str) -> ElementTree.Element:
    return ElementTree.fromstring(illustrations.animated_svg(stretch))


def test_it_says_what_it_is_and_what_it_shows(
    tree: ElementTree.Element, stretch: str, knowledge: Knowledge
) -> None:
    entry = next(each for each in knowledge.stretches if each.id == stretch)
    assert tree.findtext(f"{SVG}title") == entry.name
    assert tree.findtext(f"{SVG}desc") == knowledge.drawings[stretch].alt


def test_it_has_no_script_no_link_and_nothing_from_elsewhere(
    tree: ElementTree.Element, illustrations: Illustrations, stretch: str
) -> None:
    elements = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert elements <= {*ALLOWED, "animate"}
    text = illustrations.animated_svg(stretch)
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert re.findall(r"url\(([^)]*)\)", text).count("#felt") == text.count("url(")
    assert not re.search(r"\son\w+=|href|@import", text)


def test_it_repeats_for_ever_and_every_part_keeps_the_same_time(
    tree: ElementTree.Element, stage: Stage
) -> None:
    animations = list(tree.iter(f"{SVG}animate"))
    assert animations
    for each in animations:
        times = [float(time) for time in each.attrib["keyTimes"].split(";")]
        assert each.attrib["repeatCount"] == "indefinite"
        assert float(each.attrib["dur"].removesuffix("s")) == pytest.approx(stage.timeline.duration)
        assert (times[0], times[-1]) == (0, 1)
        assert times == sorted(times)
        assert each.attrib["values"].count(";") == len(times) - 1
        assert each.attrib["keySplines"].count(";") == len(times) - 2


def test_every_value_of_a_moving_outline_has_the_same_commands(tree: ElementTree.Element) -> None:
    for each in tree.iter(f"{SVG}animate"):
        if each.attrib["attributeName"] == "d":
            forms = {re.sub(r"[-\d. ]+", "", value) for value in each.attrib["values"].split(";")}
            assert len(forms) == 1


def test_the_movement_ends_as_it_began(tree: ElementTree.Element) -> None:
    for each in tree.iter(f"{SVG}animate"):
        values = each.attrib["values"].split(";")
        assert values[0] == values[-1]


def test_less_motion_shows_still_poses_instead(tree: ElementTree.Element) -> None:
    assert tree.findtext(f".//{SVG}style") == STYLE
    assert "@media(prefers-reduced-motion:reduce)" in STYLE
    still = tree.find(f".//{SVG}g[@class='still']")
    assert still is not None
    assert not list(still.iter(f"{SVG}animate"))
    assert still.find(f"{SVG}g[@opacity]") is not None, "the start is not shown"


def test_it_is_small(illustrations: Illustrations, stretch: str) -> None:
    content = illustrations.animated_svg(stretch).encode()
    assert len(content) < MOST_BYTES
    assert len(gzip.compress(content)) < MOST_PACKED_BYTES


def test_everything_stays_inside_the_picture(stage: Stage) -> None:
    for index in range(21):
        for shape in stage.scene(stage.timeline.duration * index / 20).shapes:
            for x, y in (spot for outline in shape.outlines for spot in outline):
                assert (abs(x) <= 450, abs(y) <= 300) == (True, True), shape.name


def test_arrows_are_seen_only_while_moving(stage: Stage) -> None:
    for span in stage.timeline.spans:
        for moment in (span.start, (span.arrival + span.end) / 2):
            arrows = [s for s in stage.scene(moment).shapes if s.name.endswith(("shaft", "head"))]
            assert all(shape.opacity == 0 for shape in arrows)
    moving = stage.timeline.span_to(stage.drawing.shows)
    middle = stage.scene((moving.start + moving.arrival) / 2).shapes
    assert any(shape.name.endswith("shaft") and shape.opacity == 1 for shape in middle)


def test_a_still_picture_is_well_formed_and_does_not_move(stage: Stage) -> None:
    tree = ElementTree.fromstring(still_svg(stage, 1.0, "Tom & <Jerry>"))
    assert tree.findtext(f"{SVG}title") == "Tom & <Jerry>"
    assert not list(tree.iter(f"{SVG}animate"))


def test_a_curve_runs_through_its_points_with_short_numbers() -> None:
    assert curve([(0, 0), (30, 0), (30, -30)], closed=False).startswith("M0 0c5 0 25 5 30 0s")


STEPS = tuple(Step(index + 1.0, 0, (index / 4, (index + 1) / 4)) for index in range(4))


def test_moments_on_a_straight_way_are_not_written_down() -> None:
    straight = [[100 * eased(index / 4)] for index in range(5)]
    assert needed(straight, STEPS, tolerance=1) == [0, 4]


def test_moments_off_the_straight_way_are() -> None:
    bow = [[0.0], [60.0], [80.0], [90.0], [100.0]]
    kept = needed(bow, STEPS, tolerance=5)
    assert 1 in kept
    assert (kept[0], kept[-1]) == (0, 4)


def test_a_piece_of_a_gentle_movement_is_eased_like_the_whole() -> None:
    assert ease_between(0, 1) == (0, 1)
    first, last = ease_between(0.5, 1)
    assert first > 1 / 3
    assert last == 1
    assert easing(STEPS, 0, 4) == (0, 1)

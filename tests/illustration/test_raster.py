"""PNG and GIF for channels that show no SVG: the same drawing, not blank, and it repeats."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from backchat.illustration import Illustrations
from backchat.illustration.raster import gif_frames
from backchat.illustration.stage import Stage
from backchat.knowledge import Knowledge

CARD = (250, 245, 238)
MOST_GIF_BYTES = 400_000


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_png_has_the_width_asked_for_and_shows_the_figure(
    illustrations: Illustrations, stretch: str
) -> None:
    picture = opened(illustrations.png(stretch, 330)).convert("RGB")
    assert picture.size == (330, 220)
    drawn = ImageChops.difference(picture, Image.new("RGB", picture.size, CARD)).getbbox()
    assert drawn is not None
    assert drawn[2] - drawn[0] > 160
    assert len(picture.getcolors(100_000) or ()) > 50


def test_a_png_is_opaque_so_that_it_also_reads_on_a_dark_page(
    illustrations: Illustrations, stretch: str
) -> None:
    alpha = opened(illustrations.png(stretch, 64)).convert("RGBA").getchannel("A")
    assert alpha.getextrema() == (255, 255)


def test_gif_frames_cover_the_movement_and_rests_are_one_frame_each(stage: Stage) -> None:
    frames = gif_frames(stage, fps=10)
    seconds = sum(frame.seconds for frame in frames)
    assert seconds == pytest.approx(stage.timeline.duration, rel=0.05)
    for span in stage.timeline.spans:
        inside = [frame for frame in frames if span.start <= frame.moment < span.end]
        assert len(inside) == round((span.arrival - span.start) * 10) + (span.end > span.arrival)


def test_a_gif_repeats_for_ever_with_the_frames_it_should_have(knowledge: Knowledge) -> None:
    picture = opened(Illustrations(knowledge).gif("prone_press_up", 160, fps=5))
    stage = Stage(knowledge.body, knowledge.drawings["prone_press_up"])
    assert picture.info["loop"] == 0
    expected = gif_frames(stage, fps=5)
    delays = []
    for index in range(getattr(picture, "n_frames", 1)):
        picture.seek(index)
        delays.append(picture.info["duration"])
    assert 0.8 * len(expected) <= len(delays) <= len(expected), "only equal frames are joined"
    assert sum(delays) == pytest.approx(sum(frame.seconds * 1000 for frame in expected))


def test_a_gif_is_small_enough_to_send(illustrations: Illustrations) -> None:
    content = illustrations.gif("childs_pose")
    assert opened(content).size == (480, 320)
    assert len(content) < MOST_GIF_BYTES


def test_the_contact_sheet_has_a_row_for_each_stretch(illustrations: Illustrations) -> None:
    sheet = opened(illustrations.contact_sheet(120))
    assert sheet.size == (3 * 123 + 3, 5 * 83 + 3)

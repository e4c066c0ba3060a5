"""SVG → PNG and GIF, for channels that show no SVG."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import resvg_py
from PIL import Image

from backchat.illustration.palette import CARD
from backchat.illustration.stage import Stage
from backchat.illustration.svg import still_svg, summary_svg

_COLOURS = 96
_TICK = 0.02
"""The finest delay between the frames of a GIF that every viewer keeps, in seconds."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a moving picture: what it shows, and for how long, in seconds."""

    moment: float
    seconds: float


def png(stage: Stage, title: str, width: int) -> bytes:
    """Return the pose that says most, and faintly where it starts, as PNG."""
    return _png(summary_svg(stage, title), width)


def gif(stage: Stage, title: str, width: int, fps: int) -> bytes:
    """Return the movement as a GIF that repeats for ever; a rest is one long frame."""
    frames = gif_frames(stage, fps)
    images = [
        Image.open(BytesIO(_png(still_svg(stage, frame.moment, title), width))).convert("RGB")
        for frame in frames
    ]
    shown = stage.timeline.span_to(stage.drawing.shows).arrival
    fullest = min(range(len(frames)), key=lambda index: abs(frames[index].moment - shown))
    colours = images[fullest].quantize(_COLOURS, method=Image.Quantize.MEDIANCUT)
    indexed = [image.quantize(palette=colours, dither=Image.Dither.NONE) for image in images]
    buffer = BytesIO()
    indexed[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=indexed[1:],
        duration=[round(frame.seconds * 1000) for frame in frames],
        loop=0,
        optimize=True,
    )
    return buffer.getvalue()


def gif_frames(stage: Stage, fps: int) -> list[Frame]:
    """Return the frames of a GIF: movements at about ``fps``, each rest as one frame."""
    frames = []
    for span in stage.timeline.spans:
        length = span.arrival - span.start
        count = max(1, round(length * fps))
        each = round(length / count / _TICK) * _TICK
        frames += [Frame(span.start + length * (i + 0.5) / count, each) for i in range(count)]
        if span.end > span.arrival:
            frames.append(Frame(span.arrival, span.end - span.arrival))
    return frames


def contact_sheet(stages: dict[str, Stage], width: int) -> bytes:
    """Return all drawings in one PNG, a row each: the start, on the way, and the pose shown."""
    rows = []
    for title, stage in stages.items():
        way = stage.timeline.span_to(stage.drawing.shows)
        moments = (0.0, (way.start + way.arrival) / 2, way.arrival)
        pictures = (_png(still_svg(stage, moment, title), width) for moment in moments)
        rows.append([Image.open(BytesIO(picture)).convert("RGBA") for picture in pictures])
    height, gap = rows[0][0].height, width // 40
    sheet = Image.new("RGB", (3 * (width + gap) + gap, len(rows) * (height + gap) + gap), "#ffffff")
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            sheet.paste(picture, (gap + x * (width + gap), gap + y * (height + gap)), picture)
    buffer = BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _png(svg: str, width: int) -> bytes:
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, background=CARD, skip_system_fonts=True
    )

"""The colours of every drawing: those of the page's light theme, and a person's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paint:
    """A fill and the darker line around it."""

    fill: str
    line: str


CARD = "#faf5ee"
MAT = Paint("#cfe2da", "#a9cabf")
SHADOW = "#8fb3a6"

SKIN = Paint("#d99e78", "#9c6244")
FAR_SKIN = Paint("#bf8261", "#8a563c")
TOP = Paint("#3b8a7c", "#1f5c52")
FAR_TOP = Paint("#2d7366", "#1b4f46")
SHORTS = Paint("#45536f", "#2a3450")
FAR_SHORTS = Paint("#38455f", "#252e47")
HAIR = Paint("#47332b", "#2e201b")
FEATURE = "#5d3526"

FELT = "#ee6c3c"
ARROW = "#b3471d"

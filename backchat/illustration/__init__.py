"""Drawings of the stretches, from the poses of the knowledge files.

>>> from backchat.illustration import Illustrations
>>> from backchat.knowledge import load
>>> drawings = Illustrations(load())
>>> drawings.animated_svg("knee_hug").startswith("<svg")
True
"""

from backchat.illustration.illustrations import Illustrations
from backchat.illustration.svg import STYLE

__all__ = ["STYLE", "Illustrations"]

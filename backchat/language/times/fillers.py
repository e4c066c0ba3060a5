"""Words around a time that speak of nothing themselves: "it's been", "roughly", "so far"."""

from __future__ import annotations

import re
from functools import lru_cache

from backchat.language.times.surroundings import MASK

_WORDS = """
a about actually ago ah all almost already altogether and anywhere around as at back bang barely
barrier be been being between bit bout bro but by certainly chronic clear come comes comfortably
coming considerably constantly could counting course crossed day days definitely doc doctor dot
duration each earlier early easily either entering er even ever every exact exactly far feels first
for fr fraction from full goes going gone good guess had hair half hardly has have here hey hi
honestly hours how i id idk im in into is ish it itll its ive just know last lasted lasting late
later less like limit line literally little lol long longer lot make makes mark mate max maybe me
mean meant might mm mmm more most must my nearly ngl no nose not now odd of off oh ok okay old on
ones only onto onward onwards or out over overall pal part passed point precise pretty prob probably
quite really reckon right roughly round say shade significantly since sir slightly smidge smidgen so
solid some sometime sometimes somewhat somewhere sorry stage start starting still straight suppose
sure surely tad tbh than that thats the there thing think this threshold through throughout time to
today tops total touch towards under up wait was way well were what when which whisker whole would
yeah yep yes yet
"""
_FILLERS = frozenset(_WORDS.split())
_ASIDE = re.compile(r"\bif you (?:want|like|must|really)(?: me)?(?: to (?:know|be))?\b")
_NOISE = re.compile(r"o+h+|a+h+|hm+|e+r+m*|u+m+|u+h+|wa+y+|lo+l|\d\S*|\W+")


def is_filler(masked: str) -> bool:
    """Whether masked canonical text holds nothing but times and words without a subject."""
    return all(map(_says_nothing, _ASIDE.sub("", masked).split()))


def unknown(masked: str) -> int:
    """Return how many words of masked canonical text are neither times nor fillers."""
    return sum(not _says_nothing(word) for word in masked.split())


@lru_cache(maxsize=4096)
def _says_nothing(word: str) -> bool:
    return MASK in word or word in _FILLERS or _NOISE.fullmatch(word) is not None

"""Words that cut or move a named stretch of time: "the end of last week", "just before Easter"."""

from __future__ import annotations

import re

from backchat.language.times.lengths import DAY, HOURS, MONTH

_A_LONG_STRETCH = 40.0
_SOON_AFTER = 36.0
_LONG_BEFORE = MONTH

_PHASE = re.compile(
    r"\b(?:(?:the )?(?:very )?(?:(?P<first>start|beginning|early part|1st half|whole|bulk|most"
    r"|majority|(?:best|better) part)"
    r"|(?P<middle>middle"
    r"|mid)|(?P<last>end|back end|tail end|latter part|last part)) of(?: the)?"
    r"|(?P<early>early|all|all through|throughout)(?: in| on| the| of)?|(?P<mid>mid|midway"
    r" through|halfway through)|(?P<late>late)"
    r"(?: in| on)?) $"
)
_BEFORE = re.compile(
    r"(?:^|[,.;] |\b(?P<lead>since|from|started|began|happened|sometime|been|hurting|sore|noticed"
    r"|there|back) )(?:(?:just|right|shortly|some ?time|(?P<long>long|way|well|ages)"
    r"|(?:the )?(?P<unit>day|night|week|weekend|month)) )?before(?: the| my| our)? $"
)
_AFTER = re.compile(
    r"(?:^|\b(?:since|from|started|began) )?"
    r"(?:(?:just|right|shortly|soon|straight) after|(?:the )?(?P<unit>day|night|week|weekend|month)"
    r" after|(?<=since )after|(?<=from )after)(?: the| my| our)? $"
)


def is_phase(text: str, start: int) -> bool:
    """Whether the words before a place name a part of the stretch that is named there."""
    return _PHASE.search(text[:start]) is not None


def narrowed(text: str, start: int, low: float, high: float) -> tuple[int, float, float]:
    """Return where a stretch of time begins in the text, and its hours, with the words before it.

    Args:
        text: The message.
        start: Where the name of the stretch begins.
        low: The hours since its end; below zero where it is not over.
        high: The hours since its start.
    """
    before = text[:start]
    if high - low >= _A_LONG_STRETCH and (phase := _PHASE.search(before)) is not None:
        third = (high - low) / 3
        if phase["first"] or phase["early"]:
            return phase.start(), high - third, high
        if phase["middle"] or phase["mid"]:
            return phase.start(), low + third, high - third
        return phase.start(), low, low + third
    if (earlier := _BEFORE.search(before)) is not None:
        place = earlier.end("lead") + 1 if earlier["lead"] else earlier.start()
        step = HOURS[earlier["unit"]] if earlier["unit"] else max(DAY, high - low)
        return place, high, high + (_LONG_BEFORE if earlier["long"] else step)
    if (later := _AFTER.search(before)) is not None and low > 0:
        if later["unit"]:
            return later.start(), low - HOURS[later["unit"]], low
        if high - low >= _A_LONG_STRETCH:
            return later.start(), low - _SOON_AFTER, low
    return start, low, high

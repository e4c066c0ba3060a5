"""A time spoken of in a message: which words, and how long before now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from backchat.language.times.lengths import DAY


class Kind(Enum):
    """What sort of time a mention is."""

    DURATION = "duration"  # three days, the past week
    AGO = "ago"  # three days ago
    DAY = "day"  # yesterday, on Monday morning, Nov 20
    OFFSET = "offset"  # two days after, ten minutes into


@dataclass(frozen=True, slots=True)
class Mention:
    """A time in canonical text.

    Attributes:
        start: Its first character in the canonical text.
        end: One past its last character.
        low: At least so many hours before now.
        high: At most so many hours before now; below zero lies the future.
        kind: What sort of time it is.
        brief: A duration in minutes or hours, as exercise and rest are measured.
        weak: Says what is true now rather than when it began ("today", "right now").
    """

    start: int
    end: int
    low: float
    high: float
    kind: Kind
    brief: bool = False
    weak: bool = False


_OR = re.compile(r"(?: ,)? or(?: (?:maybe|possibly|perhaps|even|was it|it was|else|on|since))* ")


_FURTHER = re.compile(r"(?: [,.])?(?: (?:and|plus|then))* (?:another|a further|an extra) ")
_APPOSED = re.compile(r" (?:, |\( )?(?:so |thats |that was |was |which was |about |like )*")
_LISTED = re.compile(r"(?: (?:,|and|then|plus))+(?: (?:now|also|even|still))* ")
_TAKEN_BACK = re.compile(
    r"(?:(?: [,.?!;:(-])|(?: (?:it|that|this|was|is|its|thats|twas|on|since|oh|well|or|of course|of"
    r"|definitely|probably|more like|think|the|in fact|must have been|would be|it would be|started"
    r"|began|it started|it began))"
    r"|(?P<no> (?:no|nope|nah|wait|sorry|actually|rather|i mean|i meant|make that|scratch that"
    r"|strike that|correction|(?:i )?tell a lie|i lie|im lying|my mistake|my bad|hang on|hold on"
    r"|let me think|apologies|oops|i got that wrong)))+ "
)
_HOW_IT_WENT = re.compile(
    r"(?: (?![.,!?;])\S+){0,6}? (?:wors\w+|better|eas(?:y|ing|ed|ier)|bad|improv\w+|still|again"
    r"|couldnt|cant|less|more|fine|ok|okay|gone|went away|settl\w+|spread|moved)\b"
    r"| (?:i|we) (?:forgot|rested|saw|rang|called|took|tried|slept|got|did|had|was|went|rubbed)\b"
)
_WITHOUT_IT = re.compile(
    r"\b(?:no|not|nothing|without|fine|ok|okay|good|great|grand|perfect|clear|normal)(?: \w+){0,2}"
    r"(?: on)? $"
)
_NAMED = re.compile(r" (?:is|was|are)\b")


def joined(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions as people put them together.

    "Friday, no, Saturday" is the latter, "Friday or Saturday" and "between noon and Sunday" are
    one stretch, "a day, then another two days" is a sum, "Sunday, eight days ago" is what both
    say, and what has lasted "Friday, Saturday and today" began with the first.
    """
    together: list[Mention] = []
    for mention in mentions:
        one = _as_one(text, together[-1], mention) if together else None
        if one is None:
            together.append(mention)
        else:
            together[-1] = replace(one, start=together[-1].start, end=mention.end)
    return together


def _as_one(text: str, one: Mention, other: Mention) -> Mention | None:
    """Return the time that two mentions name together, if they do."""
    if _is_taken_back(text, one, other):
        return other
    if _are_alternatives(text, one, other):
        return replace(one, low=min(one.low, other.low), high=max(one.high, other.high))
    if _is_further(text, one, other):
        return replace(one, low=one.low + other.low, high=one.high + other.high, brief=False)
    if _is_apposed(text, one, other):
        low, high = _narrower(one, other)
        return replace(one, low=low, high=high, weak=False)
    return one if _is_listed(text, one, other) else None


def _is_taken_back(text: str, one: Mention, other: Mention) -> bool:
    """Whether a time is corrected by the next ("Friday? no, tell a lie, it was Sunday")."""
    link = _TAKEN_BACK.fullmatch(text, one.end, other.start)
    if link is None or link["no"] is None or other.weak:
        return False
    return _HOW_IT_WENT.match(text, other.end) is None


def _are_alternatives(text: str, one: Mention, other: Mention) -> bool:
    if one.kind is not other.kind or min(one.high, other.high) <= 0:
        return False
    link = text[one.end : other.start]
    between = link == " and " and text[: one.start].rstrip().endswith("between")
    return between or _OR.fullmatch(link) is not None


def _is_further(text: str, one: Mention, other: Mention) -> bool:
    durations = one.kind is other.kind is Kind.DURATION
    return durations and _FURTHER.fullmatch(text, one.end, other.start) is not None


def _is_apposed(text: str, one: Mention, other: Mention) -> bool:
    """Whether a day and a time ago are one moment ("on the Sunday, eight days ago")."""
    dated = {one.kind, other.kind} == {Kind.DAY, Kind.AGO} and min(one.high, other.high) > 0
    return dated and _APPOSED.fullmatch(text, one.end, other.start) is not None


def _narrower(one: Mention, other: Mention) -> tuple[float, float]:
    """Return the hours that two names of one moment share; the earlier of two that disagree."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    earlier = max(one, other, key=lambda mention: mention.high)
    return (low, high) if low <= high else (earlier.low, earlier.high)


def _is_listed(text: str, one: Mention, other: Mention) -> bool:
    """Whether two days follow each other in a list, without anything said of the later one."""
    days = one.kind is other.kind is Kind.DAY
    if _WITHOUT_IT.search(text[: one.start]):
        return False
    if not days or _NAMED.match(text, other.end):
        return False
    in_order = 0 < other.high < one.high and one.low - other.high < DAY
    return in_order and _LISTED.fullmatch(text, one.end, other.start) is not None


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Return mentions in order of place; of two that overlap the earlier given one stays."""
    kept: list[Mention] = []
    for mention in mentions:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)

"""Words that take pain from before for granted: "again", "still sore", "as usual", "third spasm".

A time beside them is not when the pain of this episode first began.
"""

from __future__ import annotations

import re

from backchat.language.times.cues import Cue
from backchat.language.times.mention import Kind, Mention
from backchat.language.times.surroundings import Clause, Surroundings, has

_BOUT = r"(?:spasms?|flare\w*|attacks?|bouts?|episodes?|twinges?)"
_ONCE_MORE = re.compile(
    rf"\b(?:again|as (?:usual|always|ever|normal)|like always|another {_BOUT}"
    rf"|(?:\d+(?:nd|rd|th)|last|latest) {_BOUT}|same as (?:every|always|usual|ever)|my usual"
    r"|(?:an|my) old (?:back |lower back )?(?:injury|problem|strain|back)|still woke"
    r"|woke(?: up)?(?: \w+){0,3} still)\b"
)
_STILL = re.compile(r"\b(?:still|too|as well|worst)\b")
_IN_SPITE_OF_IT = re.compile(
    r"\b(?:(?:because|cause|cos) of (?:it|this|my (?:\w+ )?back|the pain)|despite|even though"
    r"|through (?:it|the pain)|with (?:an?|my) (?:bad|sore|stiff|dodgy|painful) (?:\w+ )?back)\b"
)
_CARED_FOR = re.compile(
    r"\b(?:x ?ray|scan|mri|iced|massag\w+|stretched|rolled|rubbed|strapped|taped|treated|examined"
    r"|checked|looked at|about|for)(?: \w+){0,2} (?:my|the) (?:\w+ )?back\b"
)


def was_there_before(
    around: Surroundings, mention: Mention, clause: Clause, counted_from: bool
) -> bool:
    """Whether the clause of a time says that the pain is older than that.

    Args:
        around: The message around its times.
        mention: The time.
        clause: Its clause.
        counted_from: Whether it follows "since", so that "still sore" dates the beginning.
    """
    inside = around.masked[clause.start : clause.end]
    if _ONCE_MORE.search(inside):
        return True
    cues = around.between(clause.start, clause.end)
    if counted_from or mention.kind in (Kind.DURATION, Kind.OFFSET) or has(cues, Cue.ONSET):
        return False
    if _STILL.search(inside) or _CARED_FOR.search(inside):
        return True
    return is_in_spite_of_it(around, mention, clause)


def is_in_spite_of_it(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether something was done, or left undone, for pain that was there by then."""
    return (
        _IN_SPITE_OF_IT.search(around.masked, clause.start, mention.start) is not None
        or _IN_SPITE_OF_IT.match(around.masked, mention.end + 1, clause.sentence_end) is not None
    )


def is_once_more(said: str) -> bool:
    """Whether a message says that it has happened before."""
    return _ONCE_MORE.search(said) is not None

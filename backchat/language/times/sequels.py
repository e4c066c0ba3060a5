"""What came of an event: it hurt there and then, ever since, or from the next day on."""

from __future__ import annotations

import re
from dataclasses import replace

from backchat.language.times.cues import Cue
from backchat.language.times.lengths import DAY
from backchat.language.times.role import Role, TimeInRole, Weight
from backchat.language.times.surroundings import Clause, Surroundings, has

_AT_ONCE = re.compile(
    r"^ ?,? ?(?:and|when|then|while|but)? ?(?:i |there was )?(?:suddenly )?(?:an? )?"
    r"(?:bang|boom|bam|snap|ping|crack|pop|twang|that was (?:that|it)|got an?|felt (?:an?"
    r"|something|it|my|pain|sharp|the)|heard|hurt|tweaked|pulled"
    r"|(?:my (?:lower |low )?back|it|something) (?:just |suddenly |was |had )?(?:went|gave|gone"
    r"|\w+ed)\b"
    r"|popped|sudden|(?:sneezed|twisted (?:my|to)|bent (?:down|over) and))"
)
_EVER_SINCE = re.compile(
    r"\b(?:thats when|that was when|(?:its|it has|(?:my )?(?:lower |low )?back(?:s| has))"
    r" (?:not |never |really |just )?been)\b|\b(?:ever since|since then|since that|straight ?away"
    r"|right away|immediately|instantly"
    r"|at the time|(?:right|straight) after|since)(?=$| [.,!?;]| and| but)"
    r"|\bsince (?:the|that) (?!#)\w+"
)
_NEXT_DAY = re.compile(
    r"\b(?:next|following) (?:day|morning)\b|\bthe (?:day|morning) after(?=$| [,.!])"
)


def has_hurt_at_once(around: Surroundings, clause: Clause) -> bool:
    """Whether the words after a clause tell that something hurt there and then."""
    return _AT_ONCE.match(around.masked[clause.end :]) is not None


def taken_at_once(around: Surroundings, time: TimeInRole, until: int) -> TimeInRole:
    """Take an event's time for the pain's where it hurt there and then, or ever since.

    Args:
        around: The message around its times.
        time: The time of the event.
        until: Where the next event is spoken of.
    """
    rest = around.masked[around.clause(time.mention).end :]
    if _EVER_SINCE.search(around.masked[time.mention.end : until]) or _AT_ONCE.match(rest):
        return TimeInRole(time.mention, Role.PAIN, Weight.STATED)
    later = around.between(time.mention.end, until)
    if _NEXT_DAY.search(around.text[:until], time.mention.end) and has(later, Cue.PAIN, Cue.ONSET):
        low, high = max(0.0, time.mention.low - DAY), max(1.0, time.mention.high - DAY)
        return TimeInRole(replace(time.mention, low=low, high=high), Role.PAIN, Weight.STATED)
    return time

"""The turn from no pain to pain: "fine until Wednesday", "never a twinge before yesterday"."""

from __future__ import annotations

import re

from backchat.language.times.cues import Cue
from backchat.language.times.fillers import is_filler
from backchat.language.times.mention import Kind, Mention
from backchat.language.times.surroundings import Clause, Surroundings, has

_UNTIL = re.compile(
    r"\b(?:until|up to|up until|before|prior to)(?: (?:i|it|my|the|we) \w+(?: \w+){0,3})?"
    r"(?: (?:about|around|early|late))? $"
)
_NO_PAIN = re.compile(
    r"\b(?:never|no|without|nothing|zero|not (?:an?|any|1|so much as|even|had|felt))\b(?: \w+){0,4}"
    r" (?:pain\w*|ache|twinge|niggle|trouble|problems?|issues?|bother|backs?|injur\w*|symptoms?"
    r"|had (?:it|this|that|1)|happened|hurt|complain\w*|like (?:it|this|that))\b"
)
_NOT_BEGUN = re.compile(
    r"\b(?:didnt|hadnt|hasnt|doesnt|not|never|wasnt) (?:really |actually )?(?:start|begin|come on"
    r"|hurt|notice|feel|kick in|set in|show up|bother|sore|painful)\b"
)


def ends_the_good_times(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether there was no pain until a moment."""
    until = _UNTIL.search(around.masked, clause.start, mention.start)
    if until is None or mention.kind is Kind.DURATION:
        return False
    alone = is_filler(around.masked[clause.start : until.start()])
    start = clause.sentence_start if alone else clause.start
    if _NOT_BEGUN.search(around.masked, start, until.start()):
        return True
    cues = around.between(start, until.start())
    if has(cues, Cue.LASTING, Cue.TREND):
        return False
    denied = _NO_PAIN.search(around.masked, start, until.end()) is not None
    return denied or (bool(cues) and cues[-1].cue is Cue.FREE)

"""How old something is: the pain itself ("a week-old strain"), or a person or a thing."""

from __future__ import annotations

import re

from backchat.language.times.cues import Cue
from backchat.language.times.mention import Kind, Mention
from backchat.language.times.surroundings import Surroundings

_OLD = re.compile(r" ?(?:- ?)?(?:old|young)\b")
_OLD_PAIN = re.compile(
    r" ?(?:- ?)?old (?:\w+ )?(?:strain|tweak|injury|sprain|twinge|\w*ache|pain|back|niggle)\b"
)
_IT_IS = re.compile(
    r"\b(?:its|it is|this is|injury|pain|it)(?: (?:only|about|just|barely|already))* $"
)
_SOMEONE = re.compile(r"\b(?:im|ive|hes|shes|were|theyre|youre|i|he|she|we|they|you)\b")


def is_age(around: Surroundings, mention: Mention) -> bool:
    """Whether something is so old."""
    return mention.kind is Kind.DURATION and _OLD.match(around.text, mention.end) is not None


def is_age_of_the_pain(around: Surroundings, mention: Mention) -> bool:
    """Whether the pain is so old ("the ache is five days old", "a week-old strain")."""
    if not is_age(around, mention):
        return False
    if _OLD_PAIN.match(around.text, mention.end) or around.led_by(_IT_IS, mention):
        return True
    left = around.between(around.clause(mention).sentence_start, mention.start)
    of_pain = bool(left) and left[-1].cue is Cue.PAIN
    if re.search(r"\band an? $", around.masked[: mention.start]):
        return False
    return of_pain and not _SOMEONE.search(around.masked, left[-1].end, mention.start)

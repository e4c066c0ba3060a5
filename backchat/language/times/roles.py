"""What each time in a message is about: when the pain began, when the workout was, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, IntEnum

from backchat.language.times.cues import Cue, CueAt
from backchat.language.times.exclusions import is_earlier_episode, is_excluded
from backchat.language.times.mention import Kind, Mention
from backchat.language.times.surroundings import MASK, Clause, Surroundings, has

_TWO_DAYS = 48.0
_FORTNIGHT = 14 * 24.0
_TWO_MONTHS = 60 * 24.0
_JUST_NOW = 1.0
_FARTHEST_SINCE = 9  # words between "since" and the time it governs


class Role(Enum):
    """What a mentioned time tells."""

    PAIN = "pain"  # the pain began then
    WORKOUT = "workout"  # the exertion was then
    RETURN = "return"  # the pain came back then
    FREE = "free"  # there was no pain then, or for so long
    FUTURE = "future"  # it lies ahead
    EVENT = "event"  # something else happened then
    NONE = "none"


class Weight(IntEnum):
    """How plainly the words say it."""

    NONE = 0
    ASSUMED = 1  # nothing speaks of anything else
    STATED = 2  # next to words of pain
    BEGAN = 3  # "it started", "I tweaked it"


@dataclass(frozen=True, slots=True)
class TimeInRole:
    """A time of the message and what it tells."""

    mention: Mention
    role: Role
    weight: Weight = Weight.NONE


_Verdict = tuple[Role, Weight]
_NEITHER = (Role.NONE, Weight.NONE)
_ASSUMED = (Role.PAIN, Weight.ASSUMED)
_STATED = (Role.PAIN, Weight.STATED)

_FILLER = re.compile(
    r"(?:it|its|is|old|this|that|thats|has|have|had|ive|i|been|being|now|still|maybe|but|so|far"
    r"|just|only|about|like|think|reckon|guess|suppose|roughly|probably|really|honestly|literally"
    r"|exactly|for|since|ever|sometime|some|time|point|around|on|off|and|or|the|a|at|in|to|of|was"
    r"|were|well|erm?|um|uh|hmm|oh|yes|yeah|yep|no|ok|hi|hey|must|be|today|total|dot|nose|mark"
    r"|there|here|already|all|almost|nearly|even|not|yet|from|early|late|by|say|sure|id|would"
    r"|more|less|than|certainly|definitely|longer|over|under|pretty|much|every|each|comes|goes"
    r"|come|go|constantly|straight|counting|ago|out|my|me|sorry|actually|wait|mean|meant|what"
    r"|when|how|long|way+|easily|comfortably|considerably|significantly|far|good|quite|hardly"
    r"|barely|solid|limit|threshold|[.,!?;:()+~/-]|\d\S*)"
)
_SINCE = re.compile(r"(?<!\S)since(?= )")
_PERFECT = re.compile(
    r"\b(?:been|ive|has|have|hasnt|havent|had|now|still|since|so far|already|constant\w*|straight"
    r"|of this|of it|solid)\b"
)
_BEEN = re.compile(r"\b(?:its|it has|its now|already) been(?: \w+)? $")
_REPEATED = re.compile(
    r"\b(?:(?:every|each) (?:time|leg day|session|workout|morning|night|day)|whenever)\b"
)
_HABIT = re.compile(
    r"\b(?:usually|always|normally|typically|generally|tends?|schedule|routine|split|habit"
    r"|every|each|most)\b"
)
_LASTING = re.compile(r"\b(?:still|not|hasnt|havent|isnt|even|no)\b")
_UNTIL = re.compile(r"\b(?:until|up to)(?: (?:about|around|early|late))? $")
_AFTER = re.compile(r"\bafter(?: (?:about|around|like|just|only|almost))? $")
_FOR = re.compile(r"\b(?:for|lasted|on and off|off and on)(?: (?:about|like|around|nearly))? $")
_CAUSED_BY = re.compile(r"\b(?:after|from|following|due to|because of)(?: (?:my|the|our))? $")
_DURING = re.compile(r" (?:during|while|mid|in the middle of)\b")
_AT_ONCE = re.compile(
    r"^ ?,? ?(?:and|when|then|while|but)? ?(?:i |there was )?(?:suddenly )?(?:an? )?"
    r"(?:got an?|felt (?:an?|something|it|my|pain|sharp|the)|heard|hurt|tweaked|pulled"
    r"|(?:my (?:lower |low )?back|it|something) (?:just |suddenly )?(?:went|gave|\w+ed)\b"
    r"|popped|bam|sudden)"
)
_EVER_SINCE = re.compile(
    r"\b(?:ever since|since then|since that|straight ?away|right away|immediately|instantly"
    r"|at the time|(?:right|straight) after|since)(?=$| [.,!?;]| and| but)"
)


def assign_roles(around: Surroundings, asked: bool) -> list[TimeInRole]:
    """Return every time of a message with what it tells.

    Args:
        around: The message around its times.
        asked: Whether the message answers the question when the pain began.
    """
    found = [_assign(around, mention, asked) for mention in around.mentions]
    if any(time.role is Role.PAIN for time in found):
        return found
    return [_at_once(around, time) for time in found]


def _assign(around: Surroundings, mention: Mention, asked: bool) -> TimeInRole:
    if mention.high <= 0:
        return TimeInRole(mention, Role.FUTURE)
    clause = around.clause(mention)
    if is_excluded(around, mention, clause):
        return TimeInRole(mention, Role.NONE)
    since = _governing_since(around, mention, clause)
    if since is not None:
        return TimeInRole(mention, *_of_since(around, mention, clause, since))
    if mention.kind in (Kind.DURATION, Kind.OFFSET):
        role, weight = _of_duration(around, mention, clause, asked)
    else:
        role, weight = _of_moment(around, mention, clause, asked)
    if role is Role.PAIN and is_earlier_episode(around, mention, clause):
        return TimeInRole(mention, Role.NONE)
    return TimeInRole(mention, role, weight)


def _governing_since(around: Surroundings, mention: Mention, clause: Clause) -> int | None:
    """Return where the "since" stands that governs a time, if one does."""
    places = [m.start() for m in _SINCE.finditer(around.masked, clause.start, mention.start)]
    if not places:
        return None
    between = around.masked[places[-1] : mention.start]
    return None if MASK in between or between.count(" ") > _FARTHEST_SINCE else places[-1]


def _of_since(around: Surroundings, mention: Mention, clause: Clause, since: int) -> _Verdict:
    left = around.between(clause.start, since)
    if has(left, Cue.PAIN, Cue.ONSET, Cue.LASTING):
        return _STATED
    if has(left, Cue.RETURN):
        return Role.RETURN, Weight.STATED
    if has(around.between(since, mention.start), Cue.ONSET, Cue.PAIN):
        return _STATED
    if has(left, Cue.TREND):
        return _of_trend(mention)
    if has(left, Cue.FREE):
        return Role.FREE, Weight.NONE
    return _NEITHER if left else _STATED


def _of_trend(mention: Mention) -> _Verdict:
    """What has changed for so long has been there at least so long."""
    return _ASSUMED if mention.low >= _TWO_DAYS else _NEITHER


def _of_duration(around: Surroundings, mention: Mention, clause: Clause, asked: bool) -> _Verdict:
    inside = around.masked[clause.start : clause.end]
    before = around.before(mention)
    if mention.kind is Kind.OFFSET or _AFTER.search(before):
        sentence = around.masked[clause.sentence_start : clause.sentence_end]
        return _STATED if _LASTING.search(sentence) and around.speaks_of_pain else _NEITHER
    left = around.between(clause.start, mention.start)
    right = around.between(mention.end, clause.end)
    if around.text.startswith(" since ", mention.end):
        return _of_time_since(right)
    if _REPEATED.search(inside) and not mention.brief:
        return _STATED
    nearest = _nearest_to_duration(mention, before, left, right)
    if nearest is None:
        return _of_bare_duration(around, mention, clause, asked)
    if nearest in (Cue.PAIN, Cue.ONSET, Cue.LASTING, Cue.RETURN):
        bout = mention.brief and not _PERFECT.search(inside)
        return _NEITHER if bout else _STATED
    if nearest is Cue.TREND:
        return _of_trend(mention)
    return (Role.FREE, Weight.NONE) if nearest is Cue.FREE else _NEITHER


def _of_time_since(event: list[CueAt]) -> _Verdict:
    """Read "three days since ..." by what happened then."""
    if has(event, Cue.ONSET, Cue.PAIN) or not has(event, Cue.OTHER, Cue.ACTIVITY):
        return _STATED
    return (Role.WORKOUT, Weight.STATED) if has(event, Cue.ACTIVITY) else _NEITHER


def _nearest_to_duration(
    mention: Mention, before: str, left: list[CueAt], right: list[CueAt]
) -> Cue | None:
    """Return what a length of time measures: the words before it, else those after it."""
    nearest = left[-1].cue if left else right[0].cue if right else None
    elsewhere = nearest in (Cue.ACTIVITY, Cue.OTHER) and left and not mention.brief
    if elsewhere and has(right, Cue.PAIN, Cue.LASTING) and not _FOR.search(before):
        return Cue.PAIN
    return nearest


def _of_bare_duration(
    around: Surroundings, mention: Mention, clause: Clause, asked: bool
) -> _Verdict:
    inside = around.masked[clause.start : clause.end]
    said_outright = _BEEN.search(around.before(mention)) is not None
    if said_outright or around.text.startswith("day ", mention.start):
        return _STATED
    if asked or _is_filler(inside):
        earlier = around.between(clause.sentence_start, clause.start)
        of_exercise = mention.brief and bool(earlier) and earlier[-1].cue is Cue.ACTIVITY
        if of_exercise:
            return _NEITHER
        return _STATED if _FOR.search(around.before(mention)) else _ASSUMED
    lasting = _PERFECT.search(inside) is not None and mention.low < _TWO_MONTHS
    return _ASSUMED if lasting else _NEITHER


def _of_moment(around: Surroundings, mention: Mention, clause: Clause, asked: bool) -> _Verdict:
    before = around.before(mention)
    cues = around.between(clause.start, clause.end)
    if _UNTIL.search(before):
        return _STATED if has(cues, Cue.FREE) else _NEITHER
    if _CAUSED_BY.search(before):
        return Role.WORKOUT, Weight.STATED
    if has(cues, Cue.RETURN):
        return Role.RETURN, Weight.STATED
    if has(cues, Cue.ONSET):
        return Role.PAIN, Weight.BEGAN
    if _HABIT.search(around.masked, clause.start, clause.end):
        return _NEITHER
    if not cues:
        return _of_bare_moment(around, mention, clause, asked)
    nearest = min(cues, key=lambda c: max(c.start - mention.end, mention.start - c.end)).cue
    if nearest in (Cue.PAIN, Cue.LASTING):
        return _NEITHER if mention.weak and not asked else _STATED
    if nearest is Cue.ACTIVITY:
        if asked or _DURING.match(around.masked, mention.end):
            return _ASSUMED
        lately = mention.low < _FORTNIGHT and not _is_span(around, mention)
        return (Role.WORKOUT, Weight.STATED) if lately else _NEITHER
    return (Role.FREE, Weight.NONE) if nearest is Cue.FREE else _NEITHER


def _of_bare_moment(
    around: Surroundings, mention: Mention, clause: Clause, asked: bool
) -> _Verdict:
    if asked or mention.high <= _JUST_NOW:
        return _ASSUMED
    habit = _HABIT.search(around.masked, clause.sentence_start, mention.start) is not None
    if mention.weak or habit:
        return _NEITHER
    if not _is_filler(around.masked[clause.start : clause.end]):
        return Role.EVENT, Weight.NONE
    before = around.clause_before(clause)
    if before and not has(before, Cue.ONSET, Cue.PAIN, Cue.LASTING):
        return (Role.WORKOUT, Weight.ASSUMED) if has(before, Cue.ACTIVITY) else _NEITHER
    return _ASSUMED


def _at_once(around: Surroundings, time: TimeInRole) -> TimeInRole:
    """Take an event's time for the pain's where it hurt there and then, or ever since."""
    if time.role not in (Role.WORKOUT, Role.EVENT):
        return time
    rest = around.masked[around.clause(time.mention).end :]
    if _EVER_SINCE.search(around.masked, time.mention.end) or _AT_ONCE.match(rest):
        return TimeInRole(time.mention, Role.PAIN, Weight.STATED)
    return time


def _is_span(around: Surroundings, mention: Mention) -> bool:
    return mention.weak and around.text[mention.start : mention.end] != "today"


def _is_filler(masked: str) -> bool:
    return all(MASK in word or _FILLER.fullmatch(word) for word in masked.split())

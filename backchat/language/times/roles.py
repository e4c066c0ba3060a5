"""What each time in a message is about: when the pain began, when the workout was, or neither."""

from __future__ import annotations

import re
from dataclasses import replace

from backchat.language.numbers import NUMBER
from backchat.language.times.ages import is_age_of_the_pain
from backchat.language.times.cues import ACTIVITY, Cue, CueAt
from backchat.language.times.exclusions import (
    is_earlier_episode,
    is_excluded,
    is_long_over,
    is_unrepeated,
)
from backchat.language.times.fillers import is_filler, unknown
from backchat.language.times.lengths import DAY, FORTNIGHT, TWO_DAYS, TWO_MONTHS, WEEK
from backchat.language.times.mention import Kind, Mention
from backchat.language.times.presupposed import is_in_spite_of_it, was_there_before
from backchat.language.times.role import Role, TimeInRole, Weight
from backchat.language.times.sequels import has_hurt_at_once, taken_at_once
from backchat.language.times.surroundings import MASK, Clause, Surroundings, has
from backchat.language.times.turns import ends_the_good_times

_SOME_HOURS = 3.0
_JUST_NOW = 1.0
_MOST_UNKNOWN = 2  # words of a message that is a time ("before bed last night")
_FARTHEST_SINCE = 9  # words between "since" and the time it governs


_Verdict = tuple[Role, Weight]
_NEITHER = (Role.NONE, Weight.NONE)
_ASSUMED = (Role.PAIN, Weight.ASSUMED)
_STATED = (Role.PAIN, Weight.STATED)

_FROM_THEN = (
    rf"(?:(?:about|around|roughly|early|late|sometime|just|like|the) )*{MASK}+"
    r"(?: (?:onwards?|on|forwards?|(?:til|until|to|through) (?:now|today|this morning|#+)))?"
    r"(?=$| [,.!?;)]| (?:and|but|when|while|after|at|in|i|ive|im|my|it|its|so|or|because|which"
    r"|is|has|hurts|still|so far)\b)"
)
_BACK_TO = (
    r"(?:dat(?:es?|ed|ing)(?: back)?(?: to| from)?|(?:go|goes|going|went|stretch\w*|reach\w*"
    r"|extend\w*|right|way) back to|as far back as)"
)
_SINCE = re.compile(
    rf"(?<!\S)(?:since(?= )|(?:as of|from)(?= {_FROM_THEN})"
    rf"|{_BACK_TO}(?= (?:[a-z]+ ){{0,3}}{MASK}))"
)
_FOLLOWED = re.compile(
    r" (?:at|in|on|during|after|before|while|when|whilst|as|doing|playing|by|over|outside|round"
    r"|around|under|lifting|with|straight|right|between|mid|thats when|it|is when|bending|picking"
    r"|moving|getting|putting|on the|somewhere)(?!\S)"
)
_AS_SOON_AS = re.compile(
    r"[ .,!]*(?:(?:it was|from|right|just|straight|soon) )*"
    r"(?:as soon as|the (?:minute|moment|second|instant)"
    rf"|(?:\w+ )?{MASK}+ after) (?:i|my|the|we)\b"
)
_WHEN = re.compile(r" (?:just |right )?(?:when|while|whilst|as) ")
_OWING_TO_IT = re.compile(
    r"(?: \w+){0,10} (?:because of|due to|thanks to|with|from|for) (?:it|this|that|the pain"
    r"|(?:my|the) (?:bad |lower |low )*back)\b"
)
_DAY_AFTER_EXERCISE = re.compile(
    rf"(?:day|week) {NUMBER} (?:post|after|since|of (?:no|not|this|it|being)) "
)
_POST_EXERCISE = re.compile(rf" post (?:\w+ ){{0,2}}(?:{ACTIVITY})\b")
_TIME_FIRST = re.compile(
    rf"{MASK}|(?:just |right |shortly )?(?:before|after|around|during|near|by) "
)
_COPING = re.compile(
    r"\b(?:(?:rest|ic|heat|massag|ignor|nurs|strap|stretch)(?:ed|ing|e)|put(?:ting)? up with"
    r"|babying"
    r"|liv(?:ed|ing) with|walk(?:ed)?|(?:off|without|no|skipp\w+) (?:the gym|lifting|training"
    r"|running|work)"
    r"|took|taken|taking|ice|rest|(?:bed )?rest)"
    r"(?P<it> (?:it|this|my (?:lower )?back)\b(?: off)?)?"
)
_STILL = re.compile(
    r"\b(?:still|no better|not (?:any )?better|hasnt|havent|no (?:change|improvement|joy|relief))\b"
)
_CAREER = re.compile(r" (?:in|at|as|with|for|on) ")
_BEEN_SOMEONE = re.compile(r"\bbeen (?:an?|the(?! (?:case|same))|in|at|with|living|self|off) ")
_SPENT_IN_PAIN = re.compile(
    r" of (?:this|it|agony|pain|hell|misery|ach\w+|stiff\w*|sore\w*|hobbling|limping|suffering)\b"
)
_LISTED = re.compile(r" ?(?:,|and|, and) ")
_AS_OF = re.compile(r"\bas of $")
_COUNTED_THEN = re.compile(rf"(?: ,)? (?:its|it is|its been|it has been|thats|ive had it) {MASK}")
_FIXTURE = re.compile(
    r"\W*(?:(?:i|ive|weve|we|have|got|a|an|my|the|our|big|next|charity) )*"
    r"(?:race|comp|competition|meet|match|game|marathon|half marathon|10 k|5 k|tournament|flight)"
    r" (?:is )?(?:on |this )?$"
    r"|\W*(?:i|ive|weve|we) (?:got|have) (?:an? )?(?:\w+ ){0,3}"
    r"(?:day|session|class|lesson) (?:on )?$"
)
_PERSON = re.compile(r"\b(?:i|im|ive|id|we|weve|he|hes|she|shes|they|you|theyre|youre)\b")
_PERFECT = re.compile(
    r"\b(?:been|ive|has|have|hasnt|havent|had|now|still|since|so far|already|constant\w*|straight"
    r"|of this|of it|solid)\b"
)
_IT_IS = re.compile(r"\b(?:its|it is|it must be)(?: (?:now|already|easily|well|at least))* $")
_DELAYED = re.compile(
    r" before (?:i|we) (?:ever |even |finally |actually )?(?:told|saw|said|went|did|admitted"
    r"|mentioned"
    r"|realised|realized|rang|called|asked|stopped|sought|got help)\b"
)
_IT_WAS = re.compile(r"\bit (?:was|took)(?: (?:about|around|like|nearly|over|at least))* $")
_BEEN = re.compile(r"\b(?:its|it has|its now|already) been(?: \w+)? $")
_REPEATED = re.compile(
    r"\b(?:(?:every|each) (?:time|leg day|session|workout|morning|night|day)|whenever)\b"
)
_HABIT = re.compile(
    r"\b(?:usually|always|normally|typically|generally|tends?|schedule|routine|split|habit"
    r"|every|each|most(?! of))\b"
)
_LASTING = re.compile(r"\b(?:still|not|hasnt|havent|isnt|even|no)\b")
_UNTIL = re.compile(
    r"\b(?:until|up to|up until|before|prior to)(?: (?:about|around|early|late))? $"
)
_AFTER = re.compile(r"\bafter(?: (?:about|around|like|just|only|almost))? $")
_FOR = re.compile(r"\b(?:for|lasted|on and off|off and on)(?: (?:about|like|around|nearly))? $")
_CAUSED_BY = re.compile(r"\b(?:after|from|following|due to|because of)(?: (?:my|the|our))? $")
_DURING = re.compile(r" (?:during|while|mid|in the middle of)\b")


def assign_roles(around: Surroundings, asked: bool) -> list[TimeInRole]:
    """Return every time of a message with what it tells.

    Args:
        around: The message around its times.
        asked: Whether the message answers the question when the pain began.
    """
    found = [_assign(around, mention, asked) for mention in around.mentions]
    if not asked and _is_timetable(around):
        return [replace(time, role=Role.NONE) for time in found]
    events = [i for i, time in enumerate(found) if time.role in (Role.WORKOUT, Role.EVENT)]
    if any(time.role is Role.PAIN for time in found):
        return found
    until = len(around.text)
    for i in reversed(events):
        mention = found[i].mention
        if is_long_over(around, mention) or is_unrepeated(around, mention):
            found[i] = replace(found[i], role=Role.NONE)
            continue
        found[i] = taken_at_once(around, found[i], until)
        until = found[i].mention.start
    return found


def _is_timetable(around: Surroundings) -> bool:
    """Whether a message only lists days and what is done on them."""
    days = [mention for mention in around.mentions if mention.kind is Kind.DAY and not mention.weak]
    said = around.speaks_of_pain or has(around.cues, Cue.FREE, Cue.TREND, Cue.RETURN)
    listed = len(days) > 2 or (len(days) > 1 and has(around.cues, Cue.ACTIVITY))
    return listed and not said


def _assign(around: Surroundings, mention: Mention, asked: bool) -> TimeInRole:
    if mention.high <= 0:
        return TimeInRole(mention, Role.FUTURE)
    clause = around.clause(mention)
    if ends_the_good_times(around, mention, clause):
        return TimeInRole(mention, Role.PAIN, Weight.STATED)
    if is_age_of_the_pain(around, mention):
        return TimeInRole(mention, Role.PAIN, Weight.STATED)
    if is_excluded(around, mention, clause):
        return TimeInRole(mention, Role.NONE)
    if _is_reckoned_from(around, mention, clause):
        return TimeInRole(mention, Role.NONE)
    since = _governing_since(around, mention, clause)
    if since is not None:
        role, weight = _of_since(around, mention, clause, since)
    elif mention.kind in (Kind.DURATION, Kind.OFFSET):
        role, weight = _of_duration(around, mention, clause, asked)
    else:
        role, weight = _of_moment(around, mention, clause, asked)
    if role is Role.WORKOUT and is_in_spite_of_it(around, mention, clause):
        return TimeInRole(mention, Role.NONE)
    if role is Role.WORKOUT and mention.low >= TWO_MONTHS and not around.speaks_of_pain:
        return TimeInRole(mention, Role.NONE)
    if role is not Role.PAIN:
        return TimeInRole(mention, role, weight)
    if since is None and is_earlier_episode(around, mention, clause):
        return TimeInRole(mention, Role.NONE)
    if mention.low < TWO_DAYS and was_there_before(around, mention, clause, since is not None):
        return TimeInRole(mention, Role.RETURN, Weight.STATED)
    return TimeInRole(mention, role, weight)


def _is_reckoned_from(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a length of time is counted up to a moment ("four days as of yesterday")."""
    if not around.led_by(_AS_OF, mention):
        return False
    if any(
        other.kind is Kind.DURATION and clause.start <= other.start < mention.start
        for other in around.mentions
    ):
        return True
    return _COUNTED_THEN.match(around.masked, mention.end) is not None


def _governing_since(around: Surroundings, mention: Mention, clause: Clause) -> int | None:
    """Return where the "since" stands that governs a time, if one does."""
    alone = is_filler(around.masked[clause.start : clause.end])
    found = _SINCE.finditer(around.masked, clause.sentence_start if alone else clause.start)
    places = [match.start() for match in found if match.end() <= mention.start]
    if not places:
        return None
    between = around.masked[places[-1] : mention.start]
    return None if MASK in between or between.count(" ") > _FARTHEST_SINCE else places[-1]


def _of_since(around: Surroundings, mention: Mention, clause: Clause, since: int) -> _Verdict:
    left = around.between(clause.start, since)
    if has(left, Cue.PAIN, Cue.ONSET, Cue.LASTING) or _for_the_pain(around, mention, clause):
        return _STATED
    if has(left, Cue.RETURN):
        return Role.RETURN, Weight.STATED
    if has(around.between(since, mention.start), Cue.ONSET, Cue.PAIN):
        return _STATED
    begun = has(around.between(mention.end, clause.end), Cue.ONSET)
    if begun and _WHEN.match(around.masked, mention.end):
        return _STATED
    if has(left, Cue.TREND):
        return _of_trend(mention)
    if has(left, Cue.FREE):
        return Role.FREE, Weight.NONE
    if left:
        return _NEITHER
    words = around.masked[clause.start : since]
    own = _PERSON.search(words) or _BEEN_SOMEONE.search(words)
    tale = mention.low >= TWO_MONTHS and own and not is_filler(words)
    open_since = around.text.startswith("from", since) and not is_filler(words)
    return _NEITHER if tale or open_since else _STATED


def _of_trend(mention: Mention) -> _Verdict:
    """What has changed for so long has been there at least so long."""
    return _ASSUMED if mention.low >= TWO_DAYS else _NEITHER


def _of_duration(around: Surroundings, mention: Mention, clause: Clause, asked: bool) -> _Verdict:
    inside = around.masked[clause.start : clause.end]
    delayed = around.led_by(_IT_WAS, mention) and _DELAYED.match(around.masked, mention.end)
    if delayed and not mention.brief:
        return _STATED
    if mention.kind is Kind.OFFSET or around.led_by(_AFTER, mention):
        sentence = around.masked[clause.sentence_start : clause.sentence_end]
        if _LASTING.search(sentence) and around.speaks_of_pain:
            return _STATED
        exercise = _POST_EXERCISE.match(around.masked, mention.end) is not None
        return (Role.WORKOUT, Weight.STATED) if exercise else _NEITHER
    left = around.between(clause.start, mention.start)
    right = around.between(mention.end, clause.end)
    if _DAY_AFTER_EXERCISE.match(around.text, mention.start) and not has(right, Cue.OTHER):
        return _STATED
    if around.text.startswith(" since ", mention.end):
        lasting = _LASTING.search(around.masked, mention.end) is not None
        return _STATED if lasting else _of_time_since(right)
    if _for_the_pain(around, mention, clause) and not mention.brief:
        return _STATED
    if _REPEATED.search(inside) and not mention.brief:
        return _STATED
    nearest = _nearest_to_duration(around, mention, left, right)
    if nearest is None:
        return _of_bare_duration(around, mention, clause, asked)
    if nearest in (Cue.PAIN, Cue.ONSET, Cue.LASTING, Cue.RETURN):
        since_it_began = _PERFECT.search(inside) or (
            mention.low >= _SOME_HOURS and _SPENT_IN_PAIN.match(around.masked, mention.end)
        )
        bout = mention.brief and not since_it_began
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
    around: Surroundings, mention: Mention, left: list[CueAt], right: list[CueAt]
) -> Cue | None:
    """Return what a length of time measures: the words before it, else those after it."""
    nearest = left[-1].cue if left else right[0].cue if right else None
    elsewhere = nearest in (Cue.ACTIVITY, Cue.OTHER) and left and not mention.brief
    if elsewhere and has(right, Cue.PAIN, Cue.LASTING) and not around.led_by(_FOR, mention):
        return Cue.PAIN
    return nearest


def _of_bare_duration(
    around: Surroundings, mention: Mention, clause: Clause, asked: bool
) -> _Verdict:
    inside = around.masked[clause.start : clause.end]
    said_outright = around.led_by(_BEEN, mention) or _is_told_outright(around, mention, clause)
    if said_outright or around.text.startswith("day ", mention.start):
        return _STATED
    if asked or is_filler(inside):
        earlier = around.between(clause.sentence_start, clause.start)
        repeated = _REPEATED.search(around.masked, clause.sentence_start, clause.start)
        done = not repeated and bool(earlier) and earlier[-1].cue in (Cue.ACTIVITY, Cue.OTHER)
        if done and (mention.brief or not around.speaks_of_pain):
            return _NEITHER
        return _STATED if around.led_by(_FOR, mention) else _ASSUMED
    if not mention.brief and _opens_with(around, mention, clause):
        return _ASSUMED
    lasting = _PERFECT.search(inside) is not None and mention.low < TWO_MONTHS
    lasting = lasting and not mention.brief
    return _ASSUMED if lasting else _NEITHER


def _of_moment(around: Surroundings, mention: Mention, clause: Clause, asked: bool) -> _Verdict:
    cues = around.between(clause.start, clause.end)
    if around.led_by(_UNTIL, mention):
        return _NEITHER
    if around.led_by(_CAUSED_BY, mention):
        if not mention.weak:
            return Role.WORKOUT, Weight.STATED
        begun = has(around.between(clause.start, mention.start), Cue.ONSET)
        hurt = begun or has_hurt_at_once(around, clause)
        return (Role.PAIN, Weight.BEGAN) if hurt and _in_recent_hours(mention) else _NEITHER
    if has(cues, Cue.RETURN):
        return Role.RETURN, Weight.STATED
    if has(cues, Cue.ONSET):
        return Role.PAIN, Weight.BEGAN
    if _HABIT.search(around.masked, clause.start, clause.end):
        return _NEITHER
    if _is_subordinate(around, mention) or _names_the_place(around, mention, clause):
        return _ASSUMED
    if not cues:
        return _of_bare_moment(around, mention, clause, asked)
    nearest = min(cues, key=lambda c: max(c.start - mention.end, mention.start - c.end)).cue
    if nearest in (Cue.PAIN, Cue.LASTING):
        return _NEITHER if mention.weak and not asked else _STATED
    if nearest is Cue.ACTIVITY:
        if not (asked or around.speaks_of_pain) and _FIXTURE.match(
            around.text, clause.start, mention.start
        ):
            return _NEITHER
        if asked or _DURING.match(around.masked, mention.end):
            return _ASSUMED
        if _is_span(around, mention):
            return _NEITHER
        lately = mention.low < FORTNIGHT
        return (Role.WORKOUT, Weight.STATED) if lately else (Role.EVENT, Weight.NONE)
    if nearest is Cue.FREE:
        return Role.FREE, Weight.NONE
    return (Role.EVENT, Weight.NONE) if nearest is Cue.OTHER else _NEITHER


def _of_bare_moment(
    around: Surroundings, mention: Mention, clause: Clause, asked: bool
) -> _Verdict:
    if asked or mention.high <= _JUST_NOW:
        return _ASSUMED
    habit = _HABIT.search(around.masked, clause.sentence_start, mention.start) is not None
    if is_filler(around.masked) and not habit:
        return _NEITHER if mention.weak and mention.low <= 0 and mention.high > WEEK else _ASSUMED
    if habit:
        return _NEITHER
    if mention.weak:
        if _in_recent_hours(mention) and has_hurt_at_once(around, clause):
            return _STATED
        began = has(around.clause_before(clause), Cue.ONSET)
        return (
            _ASSUMED if began and is_filler(around.masked[clause.start : clause.end]) else _NEITHER
        )
    if not is_filler(around.masked[clause.start : clause.end]):
        if _is_told_alone(around, mention):
            return _ASSUMED
        return Role.EVENT, Weight.NONE
    before = around.clause_before(clause)
    if not before and _LISTED.fullmatch(around.masked, clause.start, mention.start):
        before = around.between(clause.sentence_start, clause.start)[-1:]
    if before and not has(before, Cue.ONSET, Cue.PAIN, Cue.LASTING):
        return (Role.WORKOUT, Weight.ASSUMED) if has(before, Cue.ACTIVITY) else _NEITHER
    return _ASSUMED


def _in_recent_hours(mention: Mention) -> bool:
    return mention.high <= DAY


def _for_the_pain(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether what has lasted so long is owed to the pain ("off work since Wednesday with it")."""
    if _OWING_TO_IT.match(around.masked[mention.end : clause.sentence_end]) is not None:
        return True
    coping = _COPING.search(around.masked, clause.start, mention.start)
    if coping is None:
        return False
    return coping["it"] is not None or _STILL.search(around.masked, mention.end) is not None


def _is_told_outright(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a clause ends with how long it is ("I'm telling you it is over three days")."""
    if mention.brief or mention.low >= TWO_MONTHS or not around.led_by(_IT_IS, mention):
        return False
    earlier = around.between(clause.sentence_start, clause.start)
    about_exercise = bool(earlier) and earlier[-1].cue in (Cue.ACTIVITY, Cue.OTHER)
    return mention.end >= clause.end - 1 and not about_exercise


def _opens_with(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a clause begins with a time and goes on about nobody else's doings."""
    after = around.masked[mention.end : clause.end]
    if _PERSON.search(after) or (mention.low >= TWO_MONTHS and _CAREER.match(after)):
        return False
    return is_filler(around.masked[clause.start : mention.start])


def _is_subordinate(around: Surroundings, mention: Mention) -> bool:
    """Whether a message is nothing but when it was ("as soon as I stood up this morning")."""
    clause = around.clause(mention)
    alone = is_filler(around.masked[: clause.start]) and is_filler(around.masked[clause.end :])
    when = _AS_SOON_AS.match(around.masked, clause.start)
    return alone and mention.low < FORTNIGHT and when is not None


def _is_told_alone(around: Surroundings, mention: Mention) -> bool:
    """Whether a message is little more than a recent time ("before bed last night")."""
    start = around.clause(mention).start
    return (
        mention.low < FORTNIGHT
        and not around.cues
        and is_filler(around.masked[:start])
        and _TIME_FIRST.match(around.masked[start:].lstrip(" .,!")) is not None
        and unknown(around.masked) <= _MOST_UNKNOWN
        and not _PERSON.search(around.masked)
    )


def _names_the_place(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a message is a time and what went on then ("Sunday at football", "it was Friday")."""
    lead = around.masked[: mention.start]
    after = around.masked[mention.end : clause.end]
    rest = around.between(clause.end, len(around.text))
    if not is_filler(lead) or has(rest, Cue.PAIN, Cue.ONSET, Cue.LASTING, Cue.FREE, Cue.TREND):
        return False
    if _WHEN.match(after):
        return True
    return _FOLLOWED.match(after) is not None and not _PERSON.search(after)


def _is_span(around: Surroundings, mention: Mention) -> bool:
    return mention.weak and around.text[mention.start : mention.end] != "today"

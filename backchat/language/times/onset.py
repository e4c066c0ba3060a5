"""When the pain began: the one time among all times of a message that tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from backchat.clinical.reading import Onset
from backchat.language.canonical import canonical
from backchat.language.numbers import NUMBER
from backchat.language.times.calendar import Calendar
from backchat.language.times.durations import find_durations
from backchat.language.times.lengths import DAY, MONTH, TWO_DAYS, YEAR
from backchat.language.times.mention import Kind, Mention, joined, without_overlaps
from backchat.language.times.moments import find_moments
from backchat.language.times.presupposed import is_once_more
from backchat.language.times.role import Role, TimeInRole, Weight
from backchat.language.times.roles import assign_roles
from backchat.language.times.surroundings import Surroundings

_ABOUT_A_WEEK = 6 * DAY
_LONG_PAST = 3 * MONTH
_LONGEST_LIFE = 120 * YEAR
_SINCE_WAKING = (0.0, 12.0)

_RECURRENT = re.compile(
    r"\b(?:on and off|off and on|on (?:/ )?off|comes? and goes?|coming and going|(?:every"
    r"|each) time|whenever|intermittent\w*|recurr\w*|keeps? (?:coming back|returning|happening)"
    r"|(?:every )?now and (?:then|again)|from time to time|sporadic\w*|every (?:leg|back|gym"
    r"|training) day)\b"
)
_RISING = (
    r"(?:woke(?: up)?|waking(?: up)?|got up(?! from)|getting up(?! from)"
    r"|(?:got|getting|rolled|rolling|crawled|climbed|fell) out of bed|opened my eyes"
    r"|(?:the|my) alarm (?:went|rang|goes|sounded))\b"
)
_AT = r"(?: (?:at|about|around|by|on|in|this|the|late|early|morning|night|\S*\d\S*))*"
_WOKE_WITH_IT = re.compile(
    rf"\b(?:woke|woken|waking)(?: up)?{_AT}(?: \w+)? (?:with|sore|stiff|ach\w+|in (?:pain|agony"
    rf"|bits)"
    r"|like (?:this|that)|feeling|to (?:a|an|pain|find|my|it|this)|and (?:couldnt|cant|my|it|felt"
    r"|could barely|the)|unable|hurting|tight|locked|barely|crippled|seized)\b"
    r"|\bwoke(?:n)?(?: up)? (?:with|to) (?:it|this|that|pain|back)"
    rf"|\bgot (?:up|out of bed){_AT}(?: ,)? and (?:there it was|it was|my back"
    r"|couldnt|felt|it)"
    r"|\b(?:since|when|from when|as soon as|once|from the (?:moment|minute|second)) (?:i"
    rf" )?{_RISING}"
)
_HABITUAL_WAKING = re.compile(r"\b(?:every|each|most|some) (?:morning|day|night)\b")
_WELL_ON_WAKING = re.compile(
    r"\b(?:fine|ok|okay|alright|good|great|normal|nothing|no pain|pain ?free)(?: \w+){0,4}"
    r" (?:when|since"
    rf"|as soon as|once) (?:i )?{_RISING}"
)
_WAS_WELL = re.compile(
    r"\b(?:i|it|twas|back|everything|pain) (?:\w+ ){0,2}(?:was|were|wasnt|felt|feel|had|twas)\b"
    r"|\b(?:i|it|back|everything) (?:was|wasnt|felt)\b|(?:^|[.,;] )(?:was|wasnt|felt"
    r"|no (?:back )?pain"
    r"|fine|ok|okay|normal)\b|\btwas\b"
)
_TAKEN_FOR_GRANTED = re.compile(
    r"\b(?:still|always|as usual|usual|helped|for the 1st time|chronic\w*|since|better|worse"
    r"|back (?:worse|with)|comes? and goes?|flar\w+|for once|again|anymore|painkillers?|ibuprofen"
    r"|day off|check ?up|appointment|physio|scan|x ?ray|doctors?|gp|bloods?)\b"
)
_LAST_WELL = re.compile(r"\blast (?:time (?:i|it|my back) )?(?:felt|was|were|had)\b")
_A_WHILE = re.compile(
    r"\b(?:for|been|its|since)(?: \w+)? a (?:\w+ )?while\b(?! since)|(?:^"
    r"|[,.] )(?:quite )?a (?:\w+ )?while\b"
    r"|(?:^|[.!] |\b(?:for|been|quite) )some time(?: now)?(?=$| [,.!])"
)
_UNDATED = re.compile(
    r"\b(?:recently|lately|a while|some time(?: now| ago)?)\b"
    r"|\b(?:not sure|cant remember|no idea|dont (?:know|remember)) when(?! (?:i|my) (?:need"
    r"|bladder))"
)
_RETURNED = re.compile(
    r"\b(?:went|gone|stopped|cleared|eased|disappeared|vanished|settled|fine)\b.*\b(?:came|come"
    r"|is|its) back"
    r"(?: again)?(?=$| [,.!])"
)
_SINCE_EVENT = re.compile(r"\b(?:since|after|during|when i|while i|from) (?!then\b)\w+")
_BARE_NUMBER = re.compile(rf"(?:(?:about|like|maybe) )*{NUMBER}(?: ish| or so)?[ .!?]*")
_CORRECTION = re.compile(
    r"\b(?:no wait|wait no|sorry|i mean|i meant|make that|correction|scratch that)\b"
)


@dataclass(frozen=True, slots=True)
class OnsetReading:
    """When the pain began, as far as one message tells.

    Attributes:
        onset: The interval in which it began, or None.
        unclear: A time was given that settles nothing (a future date, "it came back today").
    """

    onset: Onset | None = None
    unclear: bool = False


def read_onset(
    text: str, now: datetime, timezone: str = "UTC", question: str | None = None
) -> OnsetReading:
    """Read when the pain began; never raises.

    Args:
        text: The message.
        now: The moment at which it was sent; naive moments count as UTC.
        timezone: The person's IANA time zone; an unknown one counts as UTC.
        question: The question the message answers; with ``onset`` a bare time is an onset.
    """
    message = canonical(text)
    said = message.text
    calendar = Calendar.at(now, timezone)
    asked = question == "onset"
    found = without_overlaps([*find_moments(said, calendar), *find_durations(said)])
    mentions = joined(said, found)
    around = Surroundings(said, mentions)
    times = assign_roles(around, asked) if mentions else []
    chosen = (
        _first_pain(said, times)
        or _woke_with_it(said, times)
        or _since_well(around, times)
        or _workout(times)
    )
    if chosen is None or (chosen.mention.high <= TWO_DAYS and _A_WHILE.search(said)):
        return OnsetReading(unclear=_is_unclear(said, times, asked))
    mention = chosen.mention
    now_utc = calendar.now.astimezone(UTC)
    onset = Onset(
        earliest=now_utc - timedelta(hours=min(mention.high, _LONGEST_LIFE)),
        latest=now_utc - timedelta(hours=min(mention.low, _LONGEST_LIFE)),
        text=message.quote(mention.start, mention.end),
        of_workout=chosen.role is Role.WORKOUT,
        recurrent=_RECURRENT.search(said) is not None,
    )
    return OnsetReading(onset)


def _first_pain(said: str, times: Sequence[TimeInRole]) -> TimeInRole | None:
    """Return the time at which the pain of this episode first began."""
    returned = [time for time in times if time.role is Role.RETURN]
    if returned and _was_gone_for_a_week(times):
        return returned[-1]
    pain = [time for time in times if time.role is Role.PAIN]
    if not pain:
        return next((time for time in returned if time.mention.low >= TWO_DAYS), None)
    if _CORRECTION.search(said, pain[0].mention.end):
        pain = pain[-1:]
    plainest = min(Weight.STATED, max(time.weight for time in pain))
    stated = [time for time in pain if time.weight >= plainest]
    recent = [time for time in stated if not _is_long_past(time.mention)]
    if not recent and any(time.role is Role.WORKOUT for time in times):
        return None
    first = max(recent or stated, key=lambda time: time.mention.high)
    return _narrowed(first, pain)


def _is_long_past(mention: Mention) -> bool:
    return mention.low >= _LONG_PAST and mention.kind is Kind.AGO


def _narrowed(first: TimeInRole, others: Sequence[TimeInRole]) -> TimeInRole:
    """Cut a time down to what every other overlapping time allows ("Saturday, so two days")."""
    low, high = first.mention.low, first.mention.high
    for other in others:
        if max(low, other.mention.low) <= min(high, other.mention.high):
            low, high = max(low, other.mention.low), min(high, other.mention.high)
    mention = Mention(first.mention.start, first.mention.end, low, high, first.mention.kind)
    return TimeInRole(mention, first.role, first.weight)


def _woke_with_it(said: str, times: Sequence[TimeInRole]) -> TimeInRole | None:
    match = _WOKE_WITH_IT.search(said)
    if match is None or _came_back(times) or _HABITUAL_WAKING.search(said):
        return None
    if is_once_more(said) or _WELL_ON_WAKING.search(said):
        return None
    mention = Mention(match.start(), match.end(), *_SINCE_WAKING, Kind.DAY)
    return TimeInRole(mention, Role.PAIN, Weight.BEGAN)


def _since_well(around: Surroundings, times: Sequence[TimeInRole]) -> TimeInRole | None:
    """Return the time since the person was last without pain ("grand one sleep ago")."""
    if _came_back(times) or is_once_more(around.text) or _RECURRENT.search(around.text):
        return None
    well = [
        time
        for time in times
        if time.role is Role.FREE
        and time.mention.kind in (Kind.AGO, Kind.DAY)
        and not time.mention.weak
        and _WAS_WELL.search(around.masked, around.clause(time.mention).start)
    ]
    if not well or _TAKEN_FOR_GRANTED.search(around.text):
        return None
    latest = min(well, key=lambda time: time.mention.high).mention
    start = around.clause(latest).start
    last = _LAST_WELL.search(around.masked, start, latest.start) is not None
    if not (last or around.speaks_of_pain or "wasnt there" in around.text):
        return None
    low = max(0.0, latest.low - DAY) if last else 0.0
    return TimeInRole(replace(latest, low=low), Role.PAIN, Weight.ASSUMED)


def _workout(times: Sequence[TimeInRole]) -> TimeInRole | None:
    workouts = [time for time in times if time.role is Role.WORKOUT]
    return max(workouts, key=lambda time: time.mention.high, default=None)


def _was_gone_for_a_week(times: Sequence[TimeInRole]) -> bool:
    """Whether a pain-free gap of about a week makes this a new episode."""
    return any(time.role is Role.FREE and time.mention.low >= _ABOUT_A_WEEK for time in times)


def _came_back(times: Sequence[TimeInRole]) -> bool:
    return any(time.role is Role.RETURN for time in times)


def _is_unclear(said: str, times: Sequence[TimeInRole], asked: bool) -> bool:
    if _came_back(times) or _RETURNED.search(said) or _A_WHILE.search(said):
        return True
    future = [time.mention for time in times if time.role is Role.FUTURE]
    if any(re.search(r"\b(?:since|started|began)\b", said[: m.start]) for m in future):
        return True
    if not asked:
        return False
    unsettled = _UNDATED.search(said) or _BARE_NUMBER.fullmatch(said) or _SINCE_EVENT.search(said)
    return bool(future) or unsettled is not None

"""The last days and their parts: "yesterday evening", "since Tuesday", "the weekend", "since 3pm".

Where a name fits two moments the earlier one counts, and where a name is a stretch of time ("the
weekend") its whole length does.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from backchat.language.numbers import CLOCK
from backchat.language.times.calendar import WEEKDAYS, Calendar
from backchat.language.times.dayparts import PART_NAMES, clock_hours
from backchat.language.times.mention import Kind
from backchat.language.times.rules import DIGIT, Day, Hours, after_any, rule

_MOST_FOR_YESTERDAY = 47.0
_SATURDAY = 5
_FUTURE = frozenset({"next", "coming", "this coming"})
_WEEKS_BACK = {"before last": 1, "week ago": 1, "week past": 1, "but 1": 1, "the 1 before": 1}
_NO_MOMENT = re.compile(r"\b(?:its|it is|today is|todays|an?|every|each|most|some) $")
_HABIT = re.compile(r"(?:\b(?:on|all|most|some|only|usually|and|or) |, )$")
_AFTER_HABIT = re.compile(r"$| (?:[,.!?;)]|and|or|but|so)(?!\S)")
_BEFORE_SHORT = re.compile(r"\b(?:since|on|from|last|this|past|until|by|next) $")
_AFTER_SHORT = re.compile(rf"$| (?:[,.!]|and|or|ish|{PART_NAMES})")
_BEGAN_AT = re.compile(
    r"\b(?:since|from|(?:began|started|happened|went|noticed|came on|kicked in|set in|woke"
    r"(?: up)?|got up)(?: at| about"
    r"| around| from)*(?: about| around)?)(?: about| around| like)? $"
)
_SCORED_NOW = re.compile(r"(?: [,.;])?(?: (?:and|but|then|its))* (?:now|today|/)\b")


def _this_part(match: re.Match[str], calendar: Calendar) -> Hours:
    today = calendar.today
    part = match["part"] or match["part_today"] or match["part_come"] or "evening"
    hour = match["clock"] or match["hour"]
    if hour:
        return clock_hours(hour, today, part, calendar)
    if part in ("morning", "am", "breakfast"):
        return calendar.hours_since(today, 12), max(12.0, calendar.hours_since(today))
    low, high = calendar.part(today, part)
    return (low, high) if high > 0 else (0.0, 12.0)


def _last_night(match: re.Match[str], calendar: Calendar) -> Hours:
    eve = calendar.today - timedelta(days=1)
    hour = match["clock"] or match["hour"] or match["clock_after"]
    if hour:
        return clock_hours(hour, eve, "night", calendar)
    return min(8.0, calendar.hours_since(eve, 26)), max(24.0, calendar.hours_since(eve, 18))


def _in_the_night(_: re.Match[str], calendar: Calendar) -> Hours:
    eve = calendar.today - timedelta(days=1)
    return calendar.hours_since(calendar.today, 6), calendar.hours_since(eve, 21)


def _so_far(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "all day", "most of the morning", "half the night" by when it began."""
    if match["part"] == "night":
        return _in_the_night(match, calendar)
    if match["part"] in ("day", "today"):
        return 0.0, max(12.0, calendar.hours_since(calendar.today))
    return calendar.part(calendar.today, match["part"])


def _days_back(match: re.Match[str], calendar: Calendar) -> Day:
    """Resolve "yesterday", "the day before yesterday"."""
    if match["before"]:
        return Day(calendar.today - timedelta(days=2), (24.0, 72.0))
    day = calendar.today - timedelta(days=1)
    low, high = calendar.stretch(day)
    return Day(day, (low, min(high, _MOST_FOR_YESTERDAY)))


def _counted_back(match: re.Match[str], calendar: Calendar) -> Hours | Day:
    """Resolve "two nights ago", and "two days ago" beside a time of day."""
    day = calendar.today - timedelta(days=int(match["count"] or 2))
    part = match["part"] or "night"
    return Day(day) if part == "day" else calendar.part(day, part)


def _weeks_ahead(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "a week on Saturday"."""
    day = calendar.last(WEEKDAYS.index(match["weekday"])) + timedelta(weeks=2)
    return calendar.stretch(day)


def _day_before_that(_: re.Match[str], __: Calendar) -> Hours:
    return 24.0, 72.0


def _weekday(match: re.Match[str], calendar: Calendar) -> Hours | Day:
    before = match.string[: match.start()]
    if _NO_MOMENT.search(before) or _is_habit(match, before):
        return None
    if match["short"] and not (_is_a_day(match, before) or match["which"]):
        return None
    which, day = match["which"], calendar.last(WEEKDAYS.index(_long(match)))
    if which in _FUTURE:
        day += timedelta(weeks=1)
        return calendar.stretch(day if day > calendar.today else day + timedelta(weeks=1))
    day -= timedelta(weeks=_weeks_further_back(match, day, calendar))
    return Day(day, calendar.stretch(day))


def _is_habit(match: re.Match[str], before: str) -> bool:
    """Whether a plural means every such day ("yoga Mondays"), not what a Monday's is."""
    if not match["plural"] or match["count"]:
        return False
    return bool(_HABIT.search(before) or _AFTER_HABIT.match(match.string, match.end()))


def _is_a_day(match: re.Match[str], before: str) -> bool:
    """Whether "sat" and "sun" are days and no verb or star."""
    if before and not before.endswith((" it ", ". ", "! ")):
        return _BEFORE_SHORT.search(before) is not None
    return _AFTER_SHORT.match(match.string, match.end()) is not None


def _weeks_further_back(match: re.Match[str], day: date, calendar: Calendar) -> int:
    """Return how many weeks before its latest occurrence a weekday is meant; the earlier counts."""
    if match["count"]:
        return int(match["count"]) - 1
    in_last_week = match["week"] == "last week" and day >= calendar.monday
    ambiguous = match["which"] == "last" and day > calendar.today - timedelta(days=3)
    further = _WEEKS_BACK.get(match["week"] or "", 0)
    if further or in_last_week or ambiguous or _one_before(match):
        return max(1, further)
    today_itself = match["which"] == "this" and day == calendar.today - timedelta(weeks=1)
    return -1 if today_itself else 0


def _one_before(match: re.Match[str]) -> bool:
    """Whether the words after it put a day off by a week ("not this one, the one before")."""
    name = r"(?:1|weekend|week|\w+day)"
    later = rf"(?: [,.;(-]| just gone| (?:this|the|that|last) {name}| not| but| i mean)*"
    rest = match.string[match.end() :]
    return re.match(rf"{later} (?:the|that) {name} before\b", rest) is not None


def _long(match: re.Match[str]) -> str:
    return match["weekday"] or {"sat": "saturday", "sun": "sunday"}[match["short"]]


def _weekend(match: re.Match[str], calendar: Calendar) -> Hours:
    today, which = calendar.today, match["which"]
    saturday = today - timedelta(days=(today.weekday() - _SATURDAY) % 7)
    sunday = saturday + timedelta(days=1)
    if which in _FUTURE:
        return calendar.stretch(saturday + timedelta(weeks=1), sunday + timedelta(weeks=1))
    low, high = calendar.stretch(saturday, sunday)
    if match["before_last"] or _one_before(match):
        return calendar.stretch(saturday - timedelta(weeks=1), sunday - timedelta(weeks=1))
    since = match.string[: match.start()].endswith("since ")
    not_this = re.match(r"(?: ,)? not this\b", match.string[match.end() :]) is not None
    if not_this or (which == "last" and low < 48) or (since and today >= saturday and low <= 0):
        high += 168
    return (168.0 if not_this else low), high


def _clock_alone(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "since 3pm", "started about 7": the latest such time before now."""
    text = match.string
    if match["hour"] and (
        not _BEGAN_AT.search(text, 0, match.start()) or _SCORED_NOW.match(text, match.end())
    ):
        return None
    hours = clock_hours(match["clock"] or match["hour"], calendar.today, None, calendar)
    latest = min((h for h in hours if h >= 0), default=min(hours) + 24)
    return latest, latest


def _meal(match: re.Match[str], calendar: Calendar) -> Hours:
    low, high = calendar.part(calendar.today, match["meal"])
    return (low, high) if high > 0 else (low + 24, high + 24)


def _just_now(_: re.Match[str], __: Calendar) -> Hours:
    return 0.0, 1.0


def _today(_: re.Match[str], calendar: Calendar) -> Day:
    return Day(calendar.today, (0.0, max(0.5, calendar.hours_since(calendar.today))))


def _tomorrow(_: re.Match[str], calendar: Calendar) -> Hours:
    return calendar.stretch(calendar.today + timedelta(days=1))


_DAY_NAMES = "|".join(WEEKDAYS)
_WHICH = r"last|this past|this last|this coming|this|past|next|coming|the other"
_MEALS = (
    r"breakfast|brunch|elevenses|lunchtime|lunch|dinnertime|dinner|supper|teatime|tea|dawn|daybreak"
    r"|sunrise|sunup|1st light|bedtime"
)
_NOW_HAPPENED = (
    r"(?:happened|did it|did my|hurt it|hurt my|tweaked|pulled my|pulled it|felt it|felt a|went"
    r"|popped|done it|(?:put|dropped|lowered) the|racked|finished|(?:got|stepped|come) off the"
    r"|(?:started|begun|come on|kicked in|set in|appeared)(?:$| [,.!]| (?:now|today|hurting|aching"
    r"|to (?:hurt|ache))))"
)

DAYS = (
    rule(
        r"(?:all|half|most of|half of|the whole|the entire|all of)(?: (?:of )?the| this| of)?"
        r" (?P<part>day|today|morning|afternoon|evening|night)(?: long)?(?: so far)?"
        rf"(?! (?:before|after|yesterday|{_DAY_NAMES}))",
        _so_far,
        Kind.DURATION,
        needs="all half most whole entire",
    ),
    rule(
        rf"(?:(?:(?:(?:at|around|about) )?(?P<clock>{CLOCK})|(?:at|around|about|since|from)"
        r" (?P<hour>\d\d?)) (?:in the |this |at (?=night))"
        rf"|(?:early |late |earlier |1st thing )?this (?:very |same )?)(?P<part>{PART_NAMES})"
        rf"|today (?P<part_today>{PART_NAMES})|(?:(?<=by )(?:the )?|come )(?P<part_come>morning)"
        r"|tonight",
        _this_part,
    ),
    rule(
        rf"(?:(?P<clock>{CLOCK}) |(?:at|around|about) (?P<hour>\d\d?) )?(?:late |early )?(?:last"
        rf" nights?|last evenings?|last eve|yesterday night|overnight)"
        rf"(?: (?:at |around |about |like |, )+(?P<clock_after>{CLOCK}|\d\d?(?=$| [,.!;])))?",
        _last_night,
        needs="night nights evening evenings eve overnight",
    ),
    rule(
        r"(?:(?:in|during|through|throughout) )(?:the )?(?:(?:middle|dead|course) of the )?night"
        r"|(?:since |in |during )?(?:the )?(?:small|early|wee) hours(?! of)",
        _in_the_night,
        weak=True,
        needs="night hours",
    ),
    rule(
        r"(?:late |early )?(?:(?P<before>(?:the )?day before (?:yesterday|last))|yesterday)",
        _days_back,
        needs="yesterday last",
    ),
    rule(
        r"(?<=yesterday or )(?:maybe |possibly )?the day before",
        _day_before_that,
        needs="yesterday",
    ),
    rule(
        r"(?<=\w )(?<!be )(?<!was )(?<!been )(?<!its )(?<!now )(?:an?|\d) weeks? on"
        rf" (?P<weekday>{_DAY_NAMES})",
        _weeks_ahead,
        needs="week weeks",
    ),
    rule(
        r"(?:the )?night before last"
        r"|(?P<count>\d{1,2}) (?P<part>night|morning|afternoon|evening|day)s? (?:ago|back)",
        _counted_back,
        needs="ago back last",
    ),
    rule(
        r"(?:(?P<count>\d{1,2}) (?=\w+ ago))?"
        rf"(?:(?P<which>{_WHICH}) )?(?:early |late )?"
        rf"(?:(?P<weekday>{_DAY_NAMES})(?P<plural>s)?|(?P<short>sat|sun))(?: gone(?= at| \d|"
        r" around| about))?"
        r"(?: (?:of )?(?:the )?(?P<week>last week|before last|week ago|week past|but 1))?"
        r"(?: (?:just )?gone| ago)?",
        _weekday,
        needs=" ".join((*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), "sat", "sun")),
    ),
    rule(
        rf"(?<!day )(?<!holiday )(?:(?P<which>{_WHICH}) |the |a )?(?:long"
        r" )?weekend(?P<before_last> before last| but 1)?"
        r"(?: (?:just )?gone)?(?! warrior)",
        _weekend,
        needs="weekend",
    ),
    rule(
        rf"{after_any('since at from about around after before of')}(?:(?:my|the|our) )?"
        rf"(?P<clock>{CLOCK})"
        rf"|{after_any('since from at about around')}(?P<hour>\d\d?)"
        r"(?=$| [,.!;]| (?:with|and|in|feeling|when|while)\b)",
        _clock_alone,
        weak=True,
        needs=DIGIT,
    ),
    rule(
        r"(?:(?:just |right |straight |shortly |soon )?(?:after|before)"
        rf" |{after_any('since at during from over around about')})"
        rf"(?:my |our |the |having |crack of )*(?P<meal>{_MEALS})(?: (?:time|break|today))*",
        _meal,
        needs=_MEALS.replace("|", " ") + " light",
    ),
    rule(
        r"(?:just|only|literally) now|(?:\d+ |a |few |couple |some )?(?:moment|second|sec)s? ago"
        r"|(?:just |right |only )?this (?:very )?(?:second|minute|instant|moment)"
        r"|as (?:i|we) (?:was |am )?(?:speak\w*|typ(?:e|ing)|writ(?:e|ing))"
        rf"|just(?= {_NOW_HAPPENED})",
        _just_now,
        needs="now ago this as just",
    ),
    rule(r"(?:earlier on|earlier|just) today|earlier(?: on)?(?=$| [,.!])", _today),
    rule(r"today", _today, weak=True, needs="today"),
    rule(
        r"tomorrow|next (?:week|month|year)|(?:the |these )?next (?:few |couple )?(?:day|week)s?",
        _tomorrow,
        needs="tomorrow next",
    ),
)

"""Named moments: "yesterday evening", "since Tuesday", "on Nov 20", "the weekend", "this morning".

Where a name fits two moments the earlier one counts, and where a name is a stretch of time ("the
weekend") its whole length does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from backchat.language.numbers import CLOCK
from backchat.language.times.calendar import (
    FIRST_YEAR,
    MONTHS,
    PARTS,
    WEEKDAYS,
    Calendar,
    as_date,
    month_end,
)
from backchat.language.times.mention import Kind, Mention, without_overlaps

Hours = tuple[float, float] | None

_MOST_FOR_YESTERDAY = 47.0
_LEAST_FOR_LAST_WEEK = 72.0
_SATURDAY = 5
_WEAK = frozenset({"today", "this week", "this month", "this year"})
_BEFORE_NOON = frozenset({"morning", "am", "breakfast"})
_UNIT_HOURS = {"week": 168.0, "month": 720.0, "year": 8760.0}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_FEASTS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "christmas": ((12, 24), (12, 26)),
    "boxing day": ((12, 26), (12, 26)),
    "new year": ((12, 31), (1, 2)),
    "valentines": ((2, 14), (2, 14)),
    "easter": ((3, 20), (4, 26)),
    "memorial day": ((5, 25), (5, 31)),
    "4th of july": ((7, 4), (7, 4)),
    "july 4th": ((7, 4), (7, 4)),
    "labor day": ((9, 1), (9, 7)),
    "halloween": ((10, 31), (10, 31)),
    "bonfire night": ((11, 5), (11, 5)),
    "thanksgiving": ((11, 22), (11, 28)),
    "black friday": ((11, 23), (11, 29)),
}


def _this_part(match: re.Match[str], calendar: Calendar) -> Hours:
    today = calendar.today
    part = match["part"] or "evening"
    hour = match["hour"] or match["hour_since"]
    if match["clock"] or hour:
        return _clock_hours(match["clock"] or f"{hour}:00u", today, part, calendar)
    if part in _BEFORE_NOON:
        return calendar.hours_since(today, 12), max(12.0, calendar.hours_since(today))
    low, high = calendar.part(today, part)
    return (low, high) if high > 0 else (0.0, 12.0)


def _last_night(match: re.Match[str], calendar: Calendar) -> Hours:
    eve = calendar.today - timedelta(days=1)
    if match["clock"]:
        return _clock_hours(match["clock"], eve, "night", calendar)
    return min(8.0, calendar.hours_since(eve, 26)), max(24.0, calendar.hours_since(eve, 18))


def _days_back(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "yesterday evening", "3pm yesterday", "the day before yesterday"."""
    back = 2 if match["before"] else 1
    day = calendar.today - timedelta(days=back)
    exact = _within_day(match, day, calendar)
    if exact is not None:
        return exact
    if back == 2:
        return 24.0, 72.0
    low, high = calendar.stretch(day)
    return low, min(high, _MOST_FOR_YESTERDAY)


def _nights_back(match: re.Match[str], calendar: Calendar) -> Hours:
    back = int(match["count"]) if match["count"] else 2
    return calendar.part(calendar.today - timedelta(days=back), "night")


def _within_day(match: re.Match[str], day: date, calendar: Calendar) -> Hours:
    part = match["part"] or match["part_before"]
    clock = match["clock"] or match["clock_before"]
    if clock:
        return _clock_hours(clock, day, part, calendar)
    return calendar.part(day, part) if part else None


def _clock_hours(clock: str, day: date, part: str | None, calendar: Calendar) -> Hours:
    """Resolve a clock time on a day; "7:30u" is both morning and evening unless a part is said."""
    hour, minute = (int(n) for n in clock.rstrip("u").split(":"))
    if hour >= 24 or minute >= 60:
        return None
    at = hour + minute / 60
    if not clock.endswith("u"):
        return calendar.hours_since(day, at), calendar.hours_since(day, at)
    early, late = at % 12, at % 12 + 12
    if part is not None:
        early = late = early if part in _BEFORE_NOON else late
    return calendar.hours_since(day, late), calendar.hours_since(day, early)


def _weekday(match: re.Match[str], calendar: Calendar) -> Hours:
    before = match.string[: match.start()]
    if _NO_MOMENT.search(before) or (match["plural"] and _HABIT.search(before)):
        return None
    if match["short"] and not (_BEFORE_SHORT.search(before) or match["which"] or match["part"]):
        return None
    which, day = match["which"], calendar.last(WEEKDAYS.index(_long(match)))
    if which in _FUTURE:
        return calendar.stretch(day + timedelta(weeks=1))
    day -= timedelta(weeks=_weeks_further_back(match, day, calendar))
    return _within_day(match, day, calendar) or calendar.stretch(day)


def _weeks_further_back(match: re.Match[str], day: date, calendar: Calendar) -> int:
    """Return how many weeks before its latest occurrence a weekday is meant; the earlier counts."""
    if match["count"]:
        return int(match["count"]) - 1
    in_last_week = match["week"] == "last week" and day >= calendar.monday
    ambiguous = match["which"] == "last" and day > calendar.today - timedelta(days=3)
    if match["week"] == "before last" or in_last_week or ambiguous:
        return 1
    today_itself = match["which"] == "this" and day == calendar.today - timedelta(weeks=1)
    return -1 if today_itself else 0


def _long(match: re.Match[str]) -> str:
    return match["weekday"] or {"sat": "saturday", "sun": "sunday"}[match["short"]]


def _weekend(match: re.Match[str], calendar: Calendar) -> Hours:
    today, which = calendar.today, match["which"]
    saturday = today - timedelta(days=(today.weekday() - _SATURDAY) % 7)
    sunday = saturday + timedelta(days=1)
    if which in _FUTURE:
        return calendar.stretch(saturday + timedelta(weeks=1), sunday + timedelta(weeks=1))
    low, high = calendar.stretch(saturday, sunday)
    if match["before_last"]:
        return calendar.stretch(saturday - timedelta(weeks=1), sunday - timedelta(weeks=1))
    since = match.string[: match.start()].endswith("since ")
    if (which == "last" and low < 48) or (since and today >= saturday and low <= 0):
        high += 168
    return low, high


def _span(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "last week", "all month", "earlier this year", "the other day"."""
    which, unit = match["which"], match["unit"]
    if which == "the other":
        return (24.0, 168.0) if unit in ("day", "night") else (168.0, 672.0)
    if unit in ("day", "night") or not (which or match["before_last"]):
        return None
    length = _UNIT_HOURS[unit]
    if match["before_last"]:
        return length, 3 * length
    if which not in ("last", "this", "earlier this"):
        return length, 2 * length
    today = calendar.today
    first = {"week": calendar.monday, "month": today.replace(day=1)}.get(
        unit, today.replace(month=1, day=1)
    )
    so_far = calendar.hours_since(first)
    if which == "last":
        return max(_LEAST_FOR_LAST_WEEK, so_far), so_far + length
    return (0.25 * so_far if which == "earlier this" else 0.0), so_far


def _dated(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "Nov 20", "20th of November 2025"."""
    number = int(re.sub(r"\D", "", match["day"] or match["day_after"]))
    month = MONTHS.index(match["month"] or match["month_before"]) + 1
    when = calendar.dated(month, number, int(match["year"]) if match["year"] else None)
    return calendar.stretch(when) if when else None


def _day_of_month(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "the 3rd": the latest third of a month before today."""
    number = int(match["day"])
    month = calendar.today
    if match["before"]:
        month = month.replace(day=1) - timedelta(days=1)
    for _ in range(3):
        when = as_date(month.year, month.month, number)
        if when is not None and when < calendar.today:
            return calendar.stretch(when)
        month = month.replace(day=1) - timedelta(days=1)
    return None


def _numeric_date(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "20/11", "11/20/26" and "2026-11-20"; both orders count where both are dates."""
    numbers = [int(n) for n in re.findall(r"\d+", match.group())]
    if match["iso"]:
        when = as_date(*numbers)
        return calendar.stretch(when) if when else None
    first, second, *year = numbers
    readings = [
        calendar.stretch(when)
        for month, day in {(first, second), (second, first)}
        if (when := calendar.dated(month, day, *year))
    ]
    past = [hours for hours in readings if hours[1] > 0] or readings
    return (min(low for low, _ in past), max(high for _, high in past)) if past else None


def _month_or_year(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "since January", "the start of May", "in September 2024", "back in 2019"."""
    today = calendar.today
    if match["only_year"]:
        year = int(match["only_year"])
        if not FIRST_YEAR <= year <= today.year:
            return None
        return calendar.stretch(date(year, 1, 1), date(year, 12, 31))
    month = MONTHS.index(match["month"] or match["month_of"]) + 1
    year = int(match["year"] or today.year - (month > today.month))
    if match["which"] and month == today.month:
        year -= 1
    first, last = date(year, month, 1), month_end(year, month)
    if match["phase"] in ("start", "beginning", "early"):
        last = date(year, month, 10)
    elif match["phase"] is not None:
        first = date(year, month, 10 if match["phase"].startswith("mid") else 20)
    return calendar.stretch(first, last)


def _season(match: re.Match[str], calendar: Calendar) -> Hours:
    first, last = _SEASONS[match["season"]]
    year = calendar.today.year
    if date(year, first, 1) > calendar.today:
        year -= 1
    ends = month_end(year + (last < first), last)
    if match["last"] and calendar.today <= ends:
        year, ends = year - 1, month_end(ends.year - 1, last)
    return calendar.stretch(date(year, first, 1), ends)


def _feast(match: re.Match[str], calendar: Calendar) -> Hours:
    if match["holidays"]:
        return _UNIT_HOURS["week"], _UNIT_HOURS["year"]
    (month, day), (last_month, last_day) = _FEASTS[match["feast"]]
    year = calendar.today.year
    if date(year, month, day) > calendar.today:
        year -= 1
    ends = date(year + (last_month < month), last_month, last_day)
    low, high = calendar.stretch(date(year, month, day), ends)
    # Within the window of a movable feast it may be this year's or last year's.
    return low, high + _UNIT_HOURS["year"] if low < 0 else high


def _clock_alone(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "since 3pm": the latest such time before now."""
    hours = _clock_hours(match["clock"] or f"{match['hour']}:00u", calendar.today, None, calendar)
    if hours is None:
        return None
    latest = min((h for h in hours if h >= 0), default=min(hours) + 24)
    return latest, latest


def _meal(match: re.Match[str], calendar: Calendar) -> Hours:
    low, high = calendar.part(calendar.today, match["meal"])
    return (low, high) if high > 0 else (low + 24, high + 24)


def _today(match: re.Match[str], calendar: Calendar) -> Hours:
    return 0.0, 1.0 if match["moment"] else max(0.5, calendar.hours_since(calendar.today))


def _tomorrow(match: re.Match[str], calendar: Calendar) -> Hours:
    return calendar.stretch(calendar.today + timedelta(days=1))


_DAY_NAMES = "|".join(WEEKDAYS)
_PART_NAMES = "|".join(sorted(PARTS, key=len, reverse=True))
_MONTH_NAMES = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_WHICH = r"last|this past|this last|this coming|this|past|next|coming|the other"
_FUTURE = frozenset({"next", "coming", "this coming"})
_CLOCK_BEFORE = (
    rf"(?:(?P<clock_before>{CLOCK}) (?:on )?)?(?:(?P<part_before>{_PART_NAMES}) (?:of|on) )?"
)
_WITHIN = (
    r"(?:(?: ,)?(?: (?:at|around|about|in the|late|early|1st thing|sometime in the))*"
    rf" (?:(?P<part>{_PART_NAMES})s?\b|(?P<clock>{CLOCK})))?"
)
_NO_MOMENT = re.compile(r"\b(?:its|it is|today is|todays|is a|every|each|most|some) $")
_HABIT = re.compile(r"(?:\b(?:on|all|most|some|only|usually|and|or) |, )$")
_BEFORE_SHORT = re.compile(r"\b(?:since|on|from|last|this|past|until|by|next) $|^$")

_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Calendar], Hours]], ...] = tuple(
    (re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), resolve)
    for pattern, resolve in (
        (
            rf"(?:(?:(?:(?:at|around|about) )?(?P<clock>{CLOCK})|(?:at|around"
            r"|about) (?P<hour>\d\d?)|(?<=since )(?P<hour_since>\d\d?)) (?:in the |this )"
            rf"|(?:early |late |earlier |1st thing )?this (?:very |same )?)(?P<part>{_PART_NAMES})"
            r"|tonight",
            _this_part,
        ),
        (
            rf"(?:(?P<clock>{CLOCK}) )?(?:late |early )?(?:last nights?|last evenings?|overnight)",
            _last_night,
        ),
        (
            rf"{_CLOCK_BEFORE}(?:late |early )?"
            rf"(?:(?P<before>(?:the )?day before (?:yesterday|last))|yesterday){_WITHIN}",
            _days_back,
        ),
        (r"(?:the )?night before last|(?P<count>\d{1,2}) nights ago", _nights_back),
        (
            rf"(?:(?:at|around|about) )?{_CLOCK_BEFORE}(?:(?P<count>\d{{1,2}}) (?=\w+ ago))?"
            rf"(?:(?P<which>{_WHICH}) )?"
            rf"(?:(?P<weekday>{_DAY_NAMES})(?P<plural>s)?|(?P<short>sat|sun)){_WITHIN}"
            r"(?: (?:of )?(?:the )?(?P<week>last week|before last))?(?: (?:just )?gone| ago)?",
            _weekday,
        ),
        (
            rf"(?:(?P<which>{_WHICH}) |the |a )?(?:long )?weekend(?P<before_last> before last)?"
            r"(?: (?:just )?gone)?(?! warrior)",
            _weekend,
        ),
        (
            r"(?:(?<=since )|(?<=on )|(?<=from )|(?<=about )|(?<=around ))"
            r"(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)(?: of (?:the|this|(?P<before>last)) month)?"
            r"(?=$| [,.!?;)]| (?:of|and|but|when|while|after|at|in|i|my|so|it|now)\b)",
            _day_of_month,
        ),
        (
            r"(?:(?P<which>last|this|all|all this|all last|the whole|a whole|earlier this"
            r"|the other)|the) (?P<unit>day|night|week|month|year)(?P<before_last> before last)?",
            _span,
        ),
        (
            rf"(?:(?P<day>\d\d?(?:st|nd|rd|th)?) (?:of )?(?P<month>{_MONTH_NAMES})"
            rf"|(?P<month_before>{_MONTH_NAMES}) (?:the )?(?P<day_after>\d\d?(?:st|nd|rd|th)?))"
            rf"(?:(?: ,)? (?P<year>{_YEAR}))?",
            _dated,
        ),
        (
            r"(?P<iso>\d{4}-\d\d?-\d\d?)|\d\d?([/.-])\d\d?\2\d{2}(?:\d\d)?"
            r"|(?:(?<=since )|(?<=on )|(?<=started )|(?<=began ))\d\d? / \d\d?(?! /)",
            _numeric_date,
        ),
        (
            r"(?:(?<=since )|(?<=in )|(?<=of )|(?P<which>last ))"
            rf"(?:(?P<month>{_MONTH_NAMES})(?: (?:of )?(?P<year>{_YEAR}))?|(?P<only_year>{_YEAR}))"
            r"|(?:the )?(?P<phase>start|beginning|middle|end|early|mid|late)(?: of| in)?"
            rf" (?P<month_of>{_MONTH_NAMES})",
            _month_or_year,
        ),
        (
            r"(?:(?<=since )|(?<=in )|(?P<last>last )|(?:this|the|early|late) )"
            r"(?:the )?(?P<season>spring|summer|autumn|winter)",
            _season,
        ),
        (
            rf"(?P<holidays>the holidays)|(?P<feast>{'|'.join(_FEASTS)})s?(?: day| eve| evening)?",
            _feast,
        ),
        (
            rf"(?:(?<=since )|(?<=at )|(?<=from )|(?<=about )|(?<=around ))(?P<clock>{CLOCK})"
            r"|(?<=since )(?P<hour>\d\d?)(?=$| [,.!])",
            _clock_alone,
        ),
        (
            r"(?:(?<=since )|(?<=at )|(?<=during ))(?:my |our |the )?"
            r"(?P<meal>breakfast|lunch|lunchtime|dinner|dinnertime|supper|tea|teatime)"
            r"(?: (?:time|break|today))*",
            _meal,
        ),
        (
            r"(?P<moment>(?:just|only|literally) now|(?:\d+ |a |few |couple |some )?"
            r"(?:moment|second|sec)s? ago|just(?= (?:happened|did it|did my|hurt it|hurt my|tweaked"
            r"|pulled my|pulled it|felt it|felt a|went|popped|done it|started (?:hurting|aching))))"
            r"|(?:earlier (?:on )?|just )?today|earlier(?: on)?(?=$| [,.!])",
            _today,
        ),
        (
            r"tomorrow|next (?:week|month|year)|(?:the |these )?next (?:few |couple )?(?:day"
            r"|week)s?",
            _tomorrow,
        ),
    )
)
_ANY = re.compile(
    rf"\b(?:{_DAY_NAMES}|sat|sun|{_MONTH_NAMES}|{_PART_NAMES}|yesterday|today|tonight|tomorrow"
    r"|overnight|weekend|day|week|month|year|now|ago|just|next|earlier|autumn|fall|winter|spring"
    r"|summer|holidays|christmas|new year|easter|halloween|since)|\d:\d|\d / \d|\d[/.-]\d|\d{4}"
    r"|\d[a-z]"
)


def find_moments(text: str, calendar: Calendar) -> list[Mention]:
    """Return the named moments in canonical text, in order, none within another."""
    if not _ANY.search(text):
        return []
    found: list[Mention] = []
    for pattern, resolve in _GRAMMAR:
        for match in pattern.finditer(text):
            hours = resolve(match, calendar)
            if hours is None:
                continue
            low, high = min(hours), max(hours)
            low = max(low, 0.0) if high > 0 else low
            weak = match.group() in _WEAK or resolve is _clock_alone
            found.append(Mention(match.start(), match.end(), low, high, Kind.DAY, weak=weak))
    return without_overlaps(found)

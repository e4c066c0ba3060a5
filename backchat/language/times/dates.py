"""Weeks, months and dates: "last week", "on Nov 20", "20/11", "the 3rd", "since January 2024".

Where a name fits two dates ("3/11") the whole stretch between them counts.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from backchat.language.times.calendar import FIRST_YEAR, MONTHS, Calendar, as_date, month_end
from backchat.language.times.lengths import DAY, HOURS, WEEK
from backchat.language.times.mention import Kind
from backchat.language.times.phases import is_phase
from backchat.language.times.rules import DIGIT, Day, Hours, after_any, rule

_LEAST_FOR_LAST_WEEK = 72.0
_HIGHEST_SCORE = 10
_NO_DATES = frozenset({"24 / 7", "20 / 20"})


def _span(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "last week", "all month", "earlier this year", "the other day"."""
    which, unit = match["which"], match["unit"]
    if which == "the other":
        return (DAY, WEEK) if unit in ("day", "night") else (WEEK, 4 * WEEK)
    if unit in ("day", "night") or not (which or match["before_last"]):
        return None
    length = HOURS[unit]
    if match["before_last"]:
        return length, 3 * length
    if which not in ("last", "this", "earlier this"):
        return length, 2 * length
    so_far = calendar.hours_since(_first_day(unit, calendar))
    if which == "last":
        return max(_LEAST_FOR_LAST_WEEK, so_far), so_far + length
    return (0.25 * so_far if which == "earlier this" else 0.0), so_far


def _first_day(unit: str, calendar: Calendar) -> date:
    today = calendar.today
    firsts = {"week": calendar.monday, "month": today.replace(day=1)}
    return firsts.get(unit, today.replace(month=1, day=1))


def _present(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve the week, month or year that holds today, with the days still to come."""
    if not is_phase(match.string, match.start()):
        return None
    unit = match["unit"]
    so_far = calendar.hours_since(_first_day(unit, calendar))
    return so_far - HOURS[unit], so_far


def _dated(match: re.Match[str], calendar: Calendar) -> Day | None:
    """Resolve "Nov 20", "20th of November 2025"."""
    number = int(re.sub(r"\D", "", match["day"] or match["day_after"]))
    month = MONTHS.index(match["month"] or match["month_before"]) + 1
    when = calendar.dated(month, number, int(match["year"]) if match["year"] else None)
    return Day(when, calendar.stretch(when)) if when else None


def _day_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """Resolve "the 3rd": the latest third of a month before today."""
    number = int(match["day"])
    month = calendar.today
    if match["before"]:
        month = month.replace(day=1) - timedelta(days=1)
    for _ in range(3):
        when = as_date(month.year, month.month, number)
        if when is not None and when < calendar.today:
            return Day(when, calendar.stretch(when))
        month = month.replace(day=1) - timedelta(days=1)
    return None


def _numeric_date(match: re.Match[str], calendar: Calendar) -> Hours | Day:
    """Resolve "20/11", "11/20/26" and "2026-11-20"; both orders count where both are dates."""
    numbers = [int(n) for n in re.findall(r"\d+", match.group())]
    if match["iso"]:
        when = as_date(*numbers)
        return Day(when, calendar.stretch(when)) if when else None
    first, second, *year = numbers
    if match["alone"] and (second <= _HIGHEST_SCORE or match["alone"] in _NO_DATES):
        return None
    days = sorted(
        when
        for month, day in {(first, second), (second, first)}
        if (when := calendar.dated(month, day, *year))
    )
    past = [day for day in days if day <= calendar.today] or days
    if not past:
        return None
    hours = calendar.stretch(past[0], past[-1])
    return Day(past[0], hours) if len(past) == 1 else hours


def _month(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "since January", "the first week of May", "in September 2024"."""
    today = calendar.today
    month = MONTHS.index(match["month"]) + 1
    if match["short_year"]:
        year = 2000 + int(match["short_year"])
    else:
        year = int(match["year"] or today.year - (month > today.month))
    if match["which"] and month == today.month:
        year -= 1
    first, last = date(year, month, 1), month_end(year, month)
    week = match["week"]
    if week and week.startswith("last"):
        first = last - timedelta(days=6)
    elif week:
        first += timedelta(weeks=int(week[0]) - 1)
        last = min(last, first + timedelta(days=6))
    return calendar.stretch(first, last)


def _year(match: re.Match[str], calendar: Calendar) -> Hours:
    """Resolve "since 2019", "back in '19"."""
    year = int(match["year"] or 2000 + int(match["short_year"]))
    if not FIRST_YEAR <= year <= calendar.today.year:
        return None
    return calendar.stretch(date(year, 1, 1), date(year, 12, 31))


_MONTH_NAMES = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_BACK_TO = r"(?<=back to )|(?<=back as )|(?<=dates to )"
_BEFORE_MONTH = (
    after_any(
        "since in of early mid late before after around about from sometime through back all over"
    )
    + rf"|{_BACK_TO}|(?:^|(?<=[.!] ))(?=[a-z]+(?: [.,!]|$))"
)
_NTH_OF_SOMETHING = (
    r"(?! (?:sets?|reps?|rounds?|laps?|exercises?|lifts?|pulls?|push\w*|squats?|deadlifts?|deads"
    r"|workouts?|sessions?|class|days?|nights?|weeks?|weekends?|months?|years?|mornings?|evenings?"
    r"|times?|go|attempts?|try|ones?|half|quarter|minutes?|hours?|miles?|k|km|floor|rung|steps?"
    r"|holes?|games?|match|lockdown|pregnancy|baby|child|runs?|rides?|swings?|place|gear|trimester"
    r"|\w+est|of (?!the month|this month|last month))\b)"
)

DATES = (
    rule(
        rf"(?:{after_any('since on from about around of was before until')}|^|(?<=[.!,] ))"
        rf"(?:(?:about|around|roughly) )*(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)"
        r"(?: of (?:the|this|(?P<before>last)) month)?"
        r"(?=$| [,.!?;)]| (?:of|and|but|when|while|after|at|in|i|my|so|it|now|onwards?|on|thats)\b)"
        rf"(?! of (?:{_MONTH_NAMES}))",
        _day_of_month,
        needs=DIGIT,
    ),
    rule(
        rf"{after_any('since on from started began happened went hurt')}(?:back on )?(?:the )?"
        r"(?P<day>(?!1st)\d\d?)(?:st|nd|rd|th)(?: of (?:the|this|(?P<before>last)) month)?"
        rf"(?! of (?:{_MONTH_NAMES})){_NTH_OF_SOMETHING}",
        _day_of_month,
        needs=DIGIT,
    ),
    rule(
        rf"{after_any('of early mid late')}(?:the|this) (?P<unit>week|month|year)",
        _present,
        needs="week month year",
    ),
    rule(
        rf"(?:(?P<day>\d\d?(?:st|nd|rd|th)?) (?:of )?(?P<month>{_MONTH_NAMES})"
        rf"|(?P<month_before>{_MONTH_NAMES}) (?:the |\. )?(?P<day_after>\d\d?(?:st|nd|rd|th)?))"
        rf"(?:(?: ,)? (?P<year>{_YEAR}))?",
        _dated,
        needs=" ".join(MONTHS),
    ),
    rule(
        rf"(?:{_BEFORE_MONTH}|(?P<which>last )|(?P<week>(?:1st|2nd|3rd|4th|last) week(?:end)?)"
        rf" (?:of|in) )(?P<month>{_MONTH_NAMES})(?: (?:of )?(?P<year>{_YEAR})"
        r"| ' (?P<short_year>\d\d))?(?! \d)",
        _month,
        needs=" ".join(MONTHS),
    ),
    rule(
        r"(?:(?P<which>all|all this|all last|(?:the |a )?whole|(?:the |an )?entire"
        r"|all (?:bloody|damn|flipping|fucking|blooming|of (?:this|the)) ?))"
        r" (?P<unit>day|night|week|month|year)(?P<before_last> before last)?(?: long)?",
        _span,
        Kind.DURATION,
        needs="all whole entire last",
    ),
    rule(
        r"(?:(?P<which>(?<!the )last|this|earlier this|the other)|the) (?P<unit>day|night|week"
        r"|month|year)"
        r"(?P<before_last> before last)?",
        _span,
        needs="last this other",
    ),
    rule(
        r"(?P<iso>\d{4}-\d\d?-\d\d?)|\d\d?([/.-])\d\d?\2\d{2}(?:\d\d)?"
        rf"|{after_any('since on from started began :')}\d\d? / \d\d?(?! /)"
        r"|(?<=since )(?:1[3-9]|2\d|3[01])\.(?:0?[1-9]|1[0-2])|(?P<alone>(?:^|(?<=[.!] ))\d\d? /"
        r" \d\d?(?=$| [.!]))",
        _numeric_date,
        needs=DIGIT,
    ),
    rule(
        rf"(?:{after_any('since in of around about before')}|{_BACK_TO})"
        rf"(?:(?P<year>{_YEAR})|' (?P<short_year>\d\d))",
        _year,
        needs=DIGIT,
    ),
)

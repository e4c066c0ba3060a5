"""Feasts and holidays of a year by their dates: Christmas Eve, Easter, the bank holiday, half term.

A feast whose date differs from place to place or from year to year is the stretch in which it can
fall; Easter and what is counted from it are reckoned exactly.
"""

from __future__ import annotations

from datetime import date, timedelta

from backchat.language.times.calendar import Calendar
from backchat.language.times.lengths import YEAR
from backchat.language.times.rules import Day, Hours

_MonthDay = tuple[int, int]
_Window = tuple[_MonthDay, _MonthDay]
_CLOCKS_BACK: _Window = ((10, 25), (11, 7))
_CLOCKS_FORWARD: _Window = ((3, 8), (3, 31))
_EASTER: _Window = ((3, 20), (4, 26))
_FIXED: dict[str, tuple[_Window, ...]] = {
    "christmas": (((12, 24), (12, 26)),),
    "boxing day": (((12, 26), (12, 26)),),
    "christmas eve": (((12, 24), (12, 24)),),
    "christmas day": (((12, 25), (12, 25)),),
    "new year": (((12, 31), (1, 2)),),
    "new year eve": (((12, 31), (12, 31)),),
    "nye": (((12, 31), (12, 31)),),
    "hogmanay": (((12, 31), (12, 31)),),
    "new year day": (((1, 1), (1, 1)),),
    "burns night": (((1, 25), (1, 25)),),
    "australia day": (((1, 26), (1, 26)),),
    "super bowl": (((2, 1), (2, 15)),),
    "valentines": (((2, 14), (2, 14)),),
    "presidents day": (((2, 15), (2, 21)),),
    "st patricks": (((3, 17), (3, 17)),),
    "mothers day": (((3, 1), (4, 4)), ((5, 8), (5, 14))),
    "anzac day": (((4, 25), (4, 25)),),
    "may day": (((5, 1), (5, 7)),),
    "cinco de mayo": (((5, 5), (5, 5)),),
    "memorial day": (((5, 25), (5, 31)),),
    "fathers day": (((6, 15), (6, 21)), ((9, 1), (9, 7))),
    "juneteenth": (((6, 19), (6, 19)),),
    "canada day": (((7, 1), (7, 1)),),
    "4th of july": (((7, 4), (7, 4)),),
    "july 4th": (((7, 4), (7, 4)),),
    "labor day": (((9, 1), (9, 7)),),
    "diwali": (((10, 13), (11, 15)),),
    "start of term": (((1, 3), (1, 10)), ((4, 10), (4, 25)), ((9, 1), (9, 10))),
    "halloween": (((10, 31), (10, 31)),),
    "bonfire night": (((11, 5), (11, 5)),),
    "guy fawkes": (((11, 5), (11, 5)),),
    "remembrance": (((11, 8), (11, 14)),),
    "armistice day": (((11, 11), (11, 11)),),
    "veterans day": (((11, 11), (11, 11)),),
    "thanksgiving": (((11, 22), (11, 28)),),
    "black friday": (((11, 23), (11, 29)),),
    "bank holiday": (
        ((1, 1), (1, 3)),
        _EASTER,
        ((5, 1), (5, 7)),
        ((5, 25), (5, 31)),
        ((8, 25), (8, 31)),
        ((12, 25), (12, 28)),
    ),
    "half term": (((2, 10), (2, 25)), ((5, 24), (6, 5)), ((10, 17), (11, 3))),
    "spring break": (((3, 1), (4, 20)),),
    "melbourne cup": (((11, 1), (11, 7)),),
    "grand national": (((4, 3), (4, 15)),),
    "grand final": (((9, 22), (10, 8)),),
    "oktoberfest": (((9, 16), (10, 5)),),
    "wimbledon": (((6, 24), (7, 16)),),
    "glastonbury": (((6, 20), (6, 30)),),
    "london marathon": (((4, 19), (4, 30)),),
    "st georges": (((4, 23), (4, 23)),),
    "st davids": (((3, 1), (3, 1)),),
    "st andrews": (((11, 30), (11, 30)),),
    "mlk day": (((1, 15), (1, 21)),),
    "columbus day": (((10, 8), (10, 14)),),
    "election day": (((11, 2), (11, 8)),),
    "day of the dead": (((11, 1), (11, 2)),),
    "all saints": (((11, 1), (11, 1)),),
    "lunar new year": (((1, 21), (2, 20)),),
    "chinese new year": (((1, 21), (2, 20)),),
    "passover": (((3, 26), (4, 25)),),
    "rosh hashanah": (((9, 5), (10, 6)),),
    "yom kippur": (((9, 14), (10, 14)),),
    "hanukkah": (((11, 27), (12, 30)),),
    "holi": (((3, 1), (3, 29)),),
    "midsummer": (((6, 20), (6, 26)),),
    "clocks back": (_CLOCKS_BACK,),
    "clocks forward": (_CLOCKS_FORWARD,),
    "clocks changed": (_CLOCKS_BACK, _CLOCKS_FORWARD),
}
_FROM_EASTER: dict[str, tuple[int, int]] = {
    "shrove tuesday": (-47, -47),
    "pancake day": (-47, -47),
    "mardi gras": (-47, -47),
    "ash wednesday": (-46, -46),
    "palm sunday": (-7, -7),
    "good friday": (-2, -2),
    "easter": (-2, 1),
    "easter saturday": (-1, -1),
    "easter sunday": (0, 0),
    "easter monday": (1, 1),
}
NAMES = (*_FIXED, *_FROM_EASTER)


def latest(name: str, calendar: Calendar) -> Hours | Day:
    """Return the feast that began last; within a stretch of days it may be the one a year ago."""
    years = (calendar.today.year, calendar.today.year - 1)
    begun = [
        (first, last)
        for year in years
        for first, last in _windows(name, year)
        if first <= calendar.today
    ]
    first, last = max(begun)
    low, high = calendar.stretch(first, last)
    if first == last:
        return Day(first, (low, high))
    return (low, high) if low >= 0 else (low, high + YEAR)


def _windows(name: str, year: int) -> list[tuple[date, date]]:
    if (offsets := _FROM_EASTER.get(name)) is not None:
        sunday = easter(year)
        first, last = (sunday + timedelta(days=offset) for offset in offsets)
        return [(first, last)]
    return [
        (date(year, *first), date(year + (last < first), *last)) for first, last in _FIXED[name]
    ]


def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (the anonymous algorithm of Nature, 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    rest_leaps, rest_rest = divmod(rest, 4)
    to_sunday = (32 + 2 * century_rest + 2 * rest_leaps - epact - rest_rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)

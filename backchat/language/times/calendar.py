"""The person's clock and calendar: local days, parts of days and dates as hours before now.

Every named moment is a stretch of local time first and an interval of hours after that, so that
time zones and days of 23 or 25 hours come out right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_FUTURE_DATE_DAYS = 45  # "Dec 25" said in November is a slip, said in February it is last year's

FIRST_YEAR, LAST_YEAR = 1900, 2200
PARTS: dict[str, tuple[float, float]] = {
    "morning": (4, 12),
    "am": (4, 12),
    "pm": (12, 24),
    "breakfast": (5, 11),
    "lunch": (11, 15),
    "lunchtime": (11, 15),
    "dinnertime": (11, 15),
    "afternoon": (12, 18),
    "avo": (12, 18),
    "teatime": (15, 19),
    "dinner": (16, 22),
    "tea": (15, 20),
    "supper": (16, 22),
    "evening": (17, 24),
    "eve": (17, 24),
    "night": (18, 30),
    "early hours": (0, 6),
    "small hours": (0, 6),
    "wee hours": (0, 6),
    "dawn": (4, 8),
    "daybreak": (4, 8),
    "1st light": (4, 8),
    "sunrise": (4, 9),
    "sunup": (4, 9),
    "elevenses": (10, 12),
    "brunch": (9, 14),
    "bedtime": (20, 26),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Now, as the person's clock and calendar show it.

    Attributes:
        now: The moment, aware.
        zone: The person's time zone.
    """

    now: datetime
    zone: ZoneInfo

    @classmethod
    def at(cls, now: datetime, timezone: str) -> Calendar:
        """Return the calendar for a moment; a naive moment and an unknown zone count as UTC."""
        try:
            zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = ZoneInfo("UTC")
        return cls(now if now.tzinfo else now.replace(tzinfo=UTC), zone)

    @property
    def local(self) -> datetime:
        """Return now as local wall-clock time."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """Return the local date."""
        return self.local.date()

    def hours_since(self, day: date, hour: float = 0.0) -> float:
        """Return the hours from a local wall-clock time until now; negative in the future."""
        wall = datetime.combine(day, time()) + timedelta(hours=hour)
        moment = wall.replace(tzinfo=self.zone).astimezone(UTC)
        return (self.now - moment).total_seconds() / 3600

    def stretch(self, first: date, last: date | None = None) -> tuple[float, float]:
        """Return the hours since the end and the start of some whole local days."""
        return self.hours_since((last or first) + timedelta(days=1)), self.hours_since(first)

    def part(self, day: date, name: str) -> tuple[float, float]:
        """Return the hours since the end and the start of a part of a local day."""
        begins, ends = PARTS[name]
        return self.hours_since(day, ends), self.hours_since(day, begins)

    @property
    def monday(self) -> date:
        """Return the first day of this week."""
        return self.today - timedelta(days=self.today.weekday())

    def last(self, weekday: int) -> date:
        """Return the latest such weekday before today."""
        return self.today - timedelta(days=(self.today.weekday() - weekday) % 7 or 7)

    def dated(self, month: int, day: int, year: int | None = None) -> date | None:
        """Return the latest date of that name, or one within the next weeks; None if there is none.

        A date that lies a few weeks ahead is returned as it stands: the person must be asked.
        """
        if year is not None:
            return as_date(year + 2000 if year < 100 else year, month, day)
        soon = self.today + timedelta(days=_FUTURE_DATE_DAYS)
        dates = [as_date(self.today.year + offset, month, day) for offset in (0, -1, -4)]
        return next((d for d in dates if d is not None and d <= soon), None)


def as_date(year: int, month: int, day: int) -> date | None:
    """Return a date of the calendar, or None."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

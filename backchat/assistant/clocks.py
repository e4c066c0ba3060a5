"""Time zones by the names that people give them: a city, a country with one clock, an IANA name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """A time zone: its IANA name, and the ISO 3166 code of its country."""

    timezone: str
    region: str

    @property
    def city(self) -> str:
        """The city that names it."""
        return self.timezone.rpartition("/")[2].replace("_", " ")

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.timezone)


def find(name: str) -> Clock | None:
    """Return the clock of a city, country or IANA name in any case, or None."""
    return _by_name().get(_plain(name))


@cache
def _by_name() -> dict[str, Clock]:
    clocks = [Clock(zone, country) for country, zone in _table("zone.tab", (0, 2))]
    names = {_plain(clock.city): clock for clock in clocks}
    names |= {_plain(clock.timezone): clock for clock in clocks}
    of_country = defaultdict(list)
    for clock in clocks:
        of_country[clock.region].append(clock)
    for code, country in _table("iso3166.tab", (0, 1)):
        if len(of_country[code]) == 1:
            names.setdefault(_plain(country), of_country[code][0])
    return names


def _table(name: str, columns: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Yield two columns of a table of the time zone database."""
    file = resources.files("tzdata") / "zoneinfo" / name
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells[columns[0]], cells[columns[1]]


def _plain(name: str) -> str:
    """Return a name without case, accents, and the signs between its words."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    letters = (c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() or c == "/" else " " for c in letters).split())

"""Landmarks of a year and of a life: "since Easter", "the bank holiday", "since my teens"."""

from __future__ import annotations

import re
from datetime import date

from backchat.language.times.calendar import Calendar, month_end
from backchat.language.times.dayparts import PART_NAMES
from backchat.language.times.feasts import NAMES, latest
from backchat.language.times.lengths import WEEK, YEAR
from backchat.language.times.mention import Kind
from backchat.language.times.rules import Day, Hours, after_any, rule

_LIFE = (4 * WEEK, 50 * YEAR)
_A_BIRTH_AGO = (WEEK, 50 * YEAR)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_CLOCKS = {"back": "back", "forward": "forward", "forwards": "forward", "ahead": "forward"}


def _season(match: re.Match[str], calendar: Calendar) -> Hours:
    first, last = _SEASONS[match["season"]]
    year = calendar.today.year
    if date(year, first, 1) > calendar.today:
        year -= 1
    ends = month_end(year + (last < first), last)
    if match["last"] and calendar.today <= ends:
        year, ends = year - 1, month_end(ends.year - 1, last)
    return calendar.stretch(date(year, first, 1), ends)


def _feast(match: re.Match[str], calendar: Calendar) -> Hours | Day:
    name = match["feast"].replace("new years", "new year")
    if _PART_AFTER.match(match.string, match.end()) and f"{name} day" in NAMES:
        name = f"{name} day"
    return latest(name, calendar)


def _clocks(match: re.Match[str], calendar: Calendar) -> Hours | Day:
    return latest(f"clocks {_CLOCKS.get(match['way'] or '', 'changed')}", calendar)


def _holidays(_: re.Match[str], __: Calendar) -> Hours:
    return WEEK, YEAR


def _life(_: re.Match[str], __: Calendar) -> Hours:
    return _LIFE


def _birth(_: re.Match[str], __: Calendar) -> Hours:
    return _A_BIRTH_AGO


_FEAST_NAMES = [name for name in NAMES if not name.startswith("clocks ")]
_NAMED = "|".join(sorted(_FEAST_NAMES, key=len, reverse=True)).replace("new year", "new years?")
_PART_AFTER = re.compile(rf" (?:{PART_NAMES})(?!\S)")
_SEASON_LEADS = "since in during over all of mid early late around"
_ENDS = r"(?=$| [,.!?;)]| (?:and|but|i|im|ive|so|really|basically|probably|off|days|times?)\b)"
_CHILD = r"(?:son|daughter|kids?|children|twins|bab(?:y|ies)|boy|girl|little 1|youngest|eldest)"

ANCHORS = (
    rule(
        rf"(?:{after_any(_SEASON_LEADS)}|(?P<last>last )|(?:this|the) )"
        r"(?:the )?(?P<season>spring|summer|autumn|winter)(?! break)",
        _season,
        needs=" ".join(_SEASONS),
    ),
    rule(
        r"(?<!going on )(?<!go on )(?<!for my )(?<!for our )(?:the )?(?:school "
        r"|summer )?(?:holidays|hols)(?= |$)",
        _holidays,
        needs="holidays hols",
    ),
    rule(
        rf"(?:the |last |this |our |(?:may|august|easter|christmas) )?(?P<feast>{_NAMED})s?"
        r"(?: day| eve(?!\S)| weekend| monday| week| party)?",
        _feast,
        needs=" ".join(name.split(" ")[-1] for name in _FEAST_NAMES) + " years",
    ),
    rule(
        r"(?:the )?clocks? (?:(?:went|go|going|moved|got|were put|put|sprang|fell|jumped)"
        r" (?P<way>back"
        r"|forwards?|ahead)|changed|(?<=since the clocks )change|(?<=since clocks )change)"
        r"(?: (?:by )?an hour)?",
        _clocks,
        needs="clock clocks",
    ),
    rule(
        rf"{after_any('since from before')}(?:(?:about|around|like|way back|way|maybe) )*"
        r"(?:i (?:was|were) (?:an? |very |about |around |in |at |like |only |still |my "
        r"|the )*(?:\d+s?"
        r"|kid"
        r"|child|teen\w*|young\w*|little|small|lad|lass|boy|girl|born|pregnant|school|high school"
        r"|college"
        r"|uni\w*|twenties|thirties|forties|fifties|army|navy|20s|30s|40s)|i turned \d+"
        r"|i left (?:school|home|college|uni\w*|the \w+)"
        r"|(?:my (?:early |mid |late )?)?(?:teens|\d+s?(?= ?s\b)|\d0s|twenties|thirties|forties"
        r"|fifties"
        r"|youth|childhood|birth|schooldays)"
        rf"|(?:(?:high|secondary|primary|middle|grade) )?school{_ENDS}|(?:uni\w*|college){_ENDS}"
        rf"|(?:the )?(?:1st )?(?:lockdowns?|covid|pandemic){_ENDS}|forever|time immemorial"
        r"|(?:god|heaven|lord|goodness) (?:only )?knows(?: when)?|god was an? \w+|day dot"
        r"|the year dot"
        r"|(?:the )?(?:dawn|beginning|start) of time|my (?:1st|2nd|3rd|last|previous) pregnancy"
        r"|my \w+ days(?=$| [,.!]))",
        _life,
        needs="since from before",
    ),
    rule(
        rf"{after_any('since before')}(?:(?:my|our|the) (?:\w+ )?{_CHILD} (?:(?:was|were) born"
        rf"|came|arrived)"
        rf"|(?:i had|i gave birth to|having) (?:(?:my|our|the) )?(?:\w+ )?{_CHILD})",
        _birth,
        needs="since before",
    ),
    rule(
        r"(?:in|at|during|back in|back at) (?:(?:high |secondary )?school|college|uni\w*"
        r"|my (?:teens|\d0s|twenties|thirties|forties|fifties))(?=$| [,.!])",
        _life,
        needs="in at during",
    ),
    rule(
        r"(?:ever )?since i can remember|(?:for )?as (?:long|far back) as i(?: can| could)?"
        r" (?:remember|recall|think)"
        r"|longer than i can remember|(?:all|most of|half) my (?:adult )?life|my (?:whole|entire)"
        r" (?:adult )?life",
        _life,
        Kind.DURATION,
        needs="remember recall think life",
    ),
)

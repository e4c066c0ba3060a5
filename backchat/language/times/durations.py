"""Lengths of time: "over two days", "a day and a half", "2-3 weeks ago", "day four".

Reads canonical text (see :mod:`backchat.language.canonical`) by one grammar of comparator, number,
unit and afterthought. What each means in hours follows the table of the two-day rule: whole days
are as exact as people mean them, so "two days" is 36 to 48 hours and "a couple of days" 36 to 60.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from backchat.language.numbers import NUMBER, interval
from backchat.language.times.calendar import MONTHS
from backchat.language.times.contrasts import bare_numbers, settle
from backchat.language.times.lengths import DAY, HOURS, TWO_DAYS
from backchat.language.times.mention import Kind, Mention, without_overlaps

_JUST_SHORT_OF_TWO_DAYS = 47.0
_VAGUE = {"couple": (2.0, 3.0), "few": (3.0, 5.0), "several": (3.0, 7.0)}
_SLACK = {
    "hour": 2.0,
    "day": 12.0,
    "night": 12.0,
    "morning": 12.0,
    "evening": 12.0,
    "weekend": 2 * DAY,
    "week": 2 * DAY,
    "fortnight": 3 * DAY,
    "month": 7 * DAY,
}

_UNIT = (
    r"(?:(?:minute|hour|day|night|week|fortnight|month|year|decade)s?"
    r"|(?:morning|evening|sleep|weekend)s|sleep(?= ago))\b"
)
_QUANTITY = rf"(?:{NUMBER}|couple|few|several)"

_LESS = (
    r"\b(?:no|not|isnt|wasnt|hasnt|havent|hadnt|never|cant|couldnt|wouldnt|dont|doubt)"
    r"(?: (?:been|be|have|say|think|believe|its|it|it has|is|much|even|really|quite|any|for|lasted"
    r"|lasting|going on))*"
    r" (?:more|over|longer|beyond)(?: th[ae]n)?"
    r"|\b(?:hasnt|havent|hadnt|isnt|not|aint|wasnt)(?: (?:even|been|quite|yet|really|lasted))*"
    r"|\b(?:dont|wouldnt) (?:think|say|believe)(?: (?:its|it|is|has|been|quite|even|was))+"
    r"|\b(?:less|fewer) th[ae]n|\b(?:under|below|inside|up to|well within)|<"
    r"|\b(?:nowhere near|not nearly|not close to)"
    r"|\bat (?:the )?(?:very )?most|\bmax(?:imum)?(?: of)?"
)
_ALMOST = (
    r"\balmost|\bnearly|\b(?:nigh|near)(?: on)?|\bknocking on(?: for)?|\bjust (?:under|short of"
    r"|shy of)|\b(?:shy|short) of"
    r"|\bclose (?:to|on)|\bclosing in on|\bcoming up (?:to|on|for)|\bgetting (?:on for|close to"
    r"|towards?|near(?: to)?|up to)|\b(?:approaching|nearing|pushing|hitting|touching|verging on"
    r"|bordering on|creeping up (?:to|on)|not far (?:off|from)|near enough|as good as|all but)"
    r"|\b(?:about|due|set) to (?:be|hit|reach|pass)|\b(?:itll|thatll|will) be"
    r"|(?:\b(?:the|a) )?\b(?:best|better|most|bulk|bones|guts|greater|larger|main|good"
    r"(?= (?:part|chunk|bit|portion)))(?: (?:part|half|chunk|bit|portion))? of(?: this)?"
)
_A_BIT_OVER = (
    r"\b(?:just|barely|a bit|bit|a little|little|slightly|marginally|a (?:touch|shade|hair|tad"
    r"|smidge\w*|fraction|whisker))"
    r" (?:more th[ae]n|over(?! (?:the|these) (?:last|past))|past|gone|longer th[ae]n)"
)
_MORE = (
    r"\b(?:more|longer|greater) th[ae]n|\bover(?! (?:the |these |this )?(?:last|past))"
    r"|\bupwards? of|\bin excess of|\bat least|\bnot? less th[ae]n|\bbeyond"
    r"|\b(?:its|is|well|way|now|gone|been|got|already|were|im|definitely|easily|certainly|surely"
    r"|long|far"
    r"|comfortably) past|\bpast(?= the)|\bgone(?= the)"
    r"|\b(?:passed|crossed|surpassed|gone by|blown past)(?: the)?|\blonger(?= than)"
    r"|\bnorth of|\bexceed(?:s|ed|ing)?|\b(?:a )?minimum(?: of)?|>"
)
_ABOUT = (
    r"\ba?bout|\baround|\broughly|\bapprox(?:imately)?|\bcirca|~"
    r"|\bsomewhere (?:around|near)|\bsomething like|\bin the region of"
)
_SINCE_THEN = (
    r"(?:\b(?P<within>within|in|inside|during) |\b(?:over|for|throughout|across) )?"
    r"\b(?P<these>the |these |this |my )?(?:last|past) (?:good |whole |full )?"
)
_ADJECTIVE = (
    r"(?: (?:full|whole|solid|straight|long|good|entire|consecutive|bloody|single|hard|miserable"
    r"|painful|sleepless|horrible|awful|rotten|rough|bad|damn|freaking|fucking|odd|proper|measly"
    r"|calendar|working))"
)
_COUNTED = (
    rf"(?:(?P<n>{_QUANTITY})|\b(?<!forever and )(?P<one>an?|the|single))"
    r"(?: (?P<mid_more>\+|plus|or more)| (?P<mid_ish>ish|or so|- ish|odd))?"
    rf"{_ADJECTIVE}?"
    rf" (?P<unit>{_UNIT})"
)
_AND_MORE = (
    r" and (?P<half>(?:a )?half)"
    r"|(?:(?: ,)?(?: (?:and|plus|then))+|(?: ,)?(?= \d)) (?=another |an? |\d)(?P<extra>another )?"
    rf"(?:(?P<n2>{NUMBER}) |an? )?(?P<unit2>(?:minute|hour|day|night|week)s?\b)"
    r"(?! (?:ago|a week|per|later|after))(?: on top| extra| more)?"
)
_AFTERTHOUGHT = (
    r"(?: ,)? (?P<or>(?:or|maybe|possibly|perhaps|if not|nearly|almost|going on|verging on|pushing"
    r"|(?:it )?(?:could|might|may) (?:also |just as well )?be)"
    rf"(?: (?:maybe|even|possibly|for))?) (?P<n3>{NUMBER})(?: {_UNIT})?"
    r"(?:(?: ,)? (?:or|maybe|possibly|perhaps|(?:it )?(?:could|might) be)(?: (?:maybe|even))*"
    rf" (?P<n4>{NUMBER})(?: {_UNIT}|(?=$| [,.!?;)])))?"
    r"(?! ?(?:/|out|x|sets|reps|kg|lb|miles))|(?P<bit> (?:and|plus) (?:a (?:bit|little)|change"
    r"|today|some(?: change| hours| minutes)?|then some"
    r"|(?:few|couple|several) (?:hours|minutes)))|(?P<plus>(?: ,)? (?:or (?:more|longer|over)"
    r"|plus(?! a)|\+|at least|minimum|at a minimum|and (?:maybe|possibly) more))"
    r"|(?P<maybe_more>(?: ,)? (?:maybe|possibly|probably|if not|perhaps|could be|might be)"
    r" (?:(?:a (?:bit|little|touch|tad|shade|smidge|hair)|slightly|even) )?(?:more|longer))"
    r"|(?P<most>(?: ,)? (?:max(?:imum)?|tops|at (?:the )?(?:very )?most|or less|or under"
    r"|at a push))|(?P<ish> (?:- )?(?:ish|or so|or thereabouts|approx(?:imately)?|roughly"
    r"|give or take(?: (?:a bit|an? hour|few hours|couple hours|a day|a few|few))?))"
)
_AGO = (
    r"(?: ish| or so)? (?:ago|previous(?:ly)?|since(?=$| [.!])|before(?: now| only|(?=$| [.!]))"
    r"|back(?! (?:pain|ache|has|is|hurts?|sore|was|feels?|still|been|stiff|injur|issue|spasm)))"
)
_RUNNING = (
    r" (?:in a row|on the (?:trot|bounce|spin)|running|in succession|back to back|consecutively"
    r"|on end)"
)
_DURATION = re.compile(
    rf"(?<!\S)(?:(?:(?P<less>{_LESS})|(?P<going_on>\bgoing on(?: for)?)|(?P<almost>{_ALMOST})"
    rf"|(?P<bit_over>{_A_BIT_OVER})|(?P<more>{_MORE})|(?P<about>{_ABOUT}))"
    r" (?:(?:the|at|on|for|been|like|about|usual|normal|typical|standard|=) )*)?"
    rf"(?P<last>{_SINCE_THEN})?"
    rf"(?:(?:(?P<before>(?:^|(?<=[.,!] )|(?<=only )|(?<=started )|(?<=happened ))before )(?=\d"
    rf"|couple|few))?{_COUNTED}|\b(?P<lone>(?:day|week|month|year|hour|night|fortnight|decade)\b))"
    rf"(?:{_AND_MORE})?(?:{_AFTERTHOUGHT})?(?:{_RUNNING})?(?P<ago>{_AGO})?"
)
_ORDINAL_DAY = re.compile(
    rf"(?<!\S)(?:(?P<unit>hour|day|week|month|(?:night|morning)(?= \S+ of)) (?:number |no "
    rf"|# )?(?P<n>{NUMBER})"
    r"|(?P<nth>\d{1,6})(?:st|nd|rd|th)"
    rf"{_ADJECTIVE}? (?P<nth_unit>day|night|morning|evening|week|month)\b"
    rf"(?! (?:of|in) (?:(?:the|this|last) (?:week|month|year)|{'|'.join(MONTHS)})\b))"
    rf"(?:{_RUNNING})?"
)
_ANY = re.compile(
    rf"\b(?:{_UNIT}|morning|evening|ages|yonks|long|forever|donkeys|eternity|a?eons|moons)"
)
_NOT_OURS = re.compile(r"\b(?:leg|rest|push|pull|arm|back|chest|training|gym|upper|lower|off)\s$")
_OF_A_PLAN = re.compile(
    r" (?:of|in|on|into) (?:\d|(?:(?:an?|my|the|our|this) )?(?:[a-z\d]+ ){0,3}(?:program\w*|plan"
    r"|block"
    r"|challenge|cycle|course|camp|couch|split|routine|holiday|trip|season|rehab|diet|antibiotics"
    r"|training|term|pregnancy)\b)"
)
_UNCOUNTED = re.compile(
    r"(?:\b(?:for|been|lasted|lasting|hurting|hurts|sore|in|over|but|its|quite|since) (?:like "
    r"|literally |about |so |some |many |quite |what (?:feels|seems) like )*|(?:^"
    r"|(?<=[.!?] ))(?:some |only |just )?|, |\. "
    r"|now |and"
    r" )(?P<unit>(?:hour|day"
    r"|night|week|month|year|decade|age|moon)s|yonks|a?eons|an eternity|donkeys(?: years)?"
    r"|forever(?: and a day)?|the longest time|(?:(?:a|such|so|very|really"
    r"|since) )+long(?: time)?)\b"
    r"(?: and (?:hour|day|week|month|year|age)s| on end)?(?! (?:a|per|of the) (?:week|month))"
    r"(?! (?:ago|back))"
    r"|\b(?:(?:several|many) moons|an eternity|eons)(?: ago)?\b|\bquite some (?P<some>(?:day|week"
    r"|month|year)s)\b"
    r"|\b(?P<some_ago>(?:day|week|month|year|decade|age)s) (?:ago|back)\b|\b(?P<of_it>(?:day|week"
    r"|month|year)s) of (?:this|it|pain|back|ache|aching|agony|hurting)"
)
_AFTER = re.compile(
    r" (?:after|into|before|later|post|following|prior|til|until|apart|from now|to go|left|in to)\b"
)
_FOR = re.compile(r"\b(?:for|been)(?: \w+)? $")
_LONG_AGO = (4 * 7 * DAY, 50 * 365 * DAY)


class _Compare(Enum):
    PLAIN = auto()
    LESS = auto()
    ALMOST = auto()
    GOING_ON = auto()
    ABOUT = auto()
    BIT_OVER = auto()
    MORE = auto()
    MAYBE_MORE = auto()
    AT_MOST = auto()
    WITHIN = auto()


@dataclass(frozen=True, slots=True)
class _Length:
    """A number of units; ``vague`` for "a couple", "a few", "several"."""

    low: float
    high: float
    unit: str
    vague: str = ""

    @property
    def hours(self) -> float:
        return self.low * HOURS[self.unit]

    @property
    def most_hours(self) -> float:
        return self.high * HOURS[self.unit]

    @property
    def step(self) -> float:
        """One unit in hours, where 24, 48 and 72 hours count as days."""
        counted_in_days = self.unit == "hour" and self.hours >= DAY and self.hours % DAY == 0
        return DAY if counted_in_days else HOURS[self.unit]


def find_durations(text: str) -> list[Mention]:
    """Return the lengths of time in canonical text, in order, none within another."""
    if not _ANY.search(text):
        return []
    units = bare_numbers(text)
    text = settle(text)
    found = [_bare(text, place, unit) for place, unit in units.items()]
    for match in _DURATION.finditer(text):
        if (mention := _counted(match, text)) is not None:
            found.append(mention)
    found += [
        _ordinal_day(match)
        for match in _ORDINAL_DAY.finditer(text)
        if not (_NOT_OURS.search(text, 0, match.start()) or _OF_A_PLAN.match(text, match.end()))
    ]
    found += [_uncounted(match) for match in _UNCOUNTED.finditer(text)]
    return without_overlaps(found)


def _counted(match: re.Match[str], text: str) -> Mention | None:
    length = _length(match)
    if length is None:
        return None
    compare = _compare(match)
    start = match.start()
    if match["ago"] or match["before"]:
        low, high = _ago(length, compare)
        return Mention(start, match.end(), low, high, Kind.AGO)
    low, high = _bounds(length, compare)
    counted_from = _AFTER.match(text, match.end()) and not (
        match["last"] or _FOR.search(text, 0, start)
    )
    kind = Kind.OFFSET if counted_from else Kind.DURATION
    brief = length.unit in ("minute", "hour") and length.hours < DAY
    return Mention(start, match.end(), low, high, kind, brief=brief)


def _bare(text: str, start: int, unit: str) -> Mention:
    """Return the length of time of a number that shares the unit of the one before it."""
    number = text[start:].split(" ", 1)[0]
    value = interval(number)
    length = _Length(value.low, value.high, unit.removesuffix("s"))
    brief = HOURS[length.unit] < DAY and length.hours < DAY
    end = start + len(number)
    return Mention(start, end, *_plain(length), Kind.DURATION, brief=brief)


def _length(match: re.Match[str]) -> _Length | None:
    """Return the number of units, or None where a lone "day" or "week" is no length of time."""
    quantity = match["n"]
    if match["lone"]:
        spanned = match["these"] or match["almost"] or match["half"] or match["or"] or match["plus"]
        if not (spanned or match["ish"] or match["bit"]):
            return None
    if match["one"] == "the" and not (match["almost"] or match["half"]):
        return None
    unit = (match["unit"] or match["lone"]).rstrip("s")
    vague = quantity if quantity in _VAGUE else ""
    if quantity is None:
        low = high = 1.0
    elif vague:
        low, high = _VAGUE[vague]
    else:
        value = interval(quantity)
        low, high = value.low, value.high
    if match["half"]:
        low, high, vague = low + 0.5, high + 0.5, ""
    if match["n3"] and not vague and interval(match["n3"]).high > low:
        high = interval(match["n3"]).high
    if match["n4"] and not vague:
        high = max(high, interval(match["n4"]).high)
    more = _more(match, high * HOURS[unit], unit) / HOURS[unit]
    return _Length(low + more, high + more, unit, vague)


def _more(match: re.Match[str], hours: float, unit: str) -> float:
    """Return the hours that a second length adds ("two days and four hours", "... a night")."""
    if not match["unit2"]:
        return 0.0
    other = match["unit2"].rstrip("s")
    more = interval(match["n2"] or "1").high * HOURS[other]
    if match["extra"]:
        return more
    if {unit, other} == {"day", "night"}:
        return more / 2 if more < hours else 0.0
    return more if more < 2 * HOURS[unit] else 0.0


def _compare(match: re.Match[str]) -> _Compare:
    for compare, names in _COMPARED_BY.items():
        if any(match[name] for name in names):
            return compare
    return _Compare.PLAIN


_COMPARED_BY = {
    _Compare.LESS: ("less",),
    _Compare.WITHIN: ("within",),
    _Compare.AT_MOST: ("most",),
    _Compare.MORE: ("more", "plus", "mid_more"),
    _Compare.MAYBE_MORE: ("maybe_more",),
    _Compare.BIT_OVER: ("bit_over", "bit"),
    _Compare.GOING_ON: ("going_on",),
    _Compare.ALMOST: ("almost",),
    _Compare.ABOUT: ("about", "ish", "mid_ish"),
}


def _bounds(length: _Length, compare: _Compare) -> tuple[float, float]:
    """Return the least and the most hours that a stated length means."""
    hours, most, step = length.hours, length.most_hours, length.step
    if compare is _Compare.PLAIN:
        return _plain(length)
    if compare is _Compare.LESS:
        return 0.0, _short_of(hours if length.vague else most)
    if compare is _Compare.AT_MOST:
        return 0.0, hours if length.vague == "couple" else most
    if compare is _Compare.WITHIN:
        return 0.0, _plain(length)[1] if length.vague == "couple" else most
    if compare is _Compare.MAYBE_MORE:
        return _plain(length)[0], 2 * most
    if compare is _Compare.GOING_ON and length.low >= 2:
        return hours - step, _short_of(hours)
    if compare in (_Compare.ALMOST, _Compare.GOING_ON):
        slack = 12.0 if step == DAY else _SLACK.get(length.unit, 0.1 * hours)
        return max(0.0, hours - slack), _short_of(hours)
    if compare is _Compare.ABOUT:
        if length.vague or most > hours:
            return _plain(length)
        slack = step / 2 if step >= DAY else hours / 20
        low = TWO_DAYS if hours > TWO_DAYS else 0.0
        return max(low, hours - slack), hours + slack
    if compare is _Compare.BIT_OVER:
        return hours, hours + step / 2
    return hours, 2 * hours if hours < DAY else max(2 * hours, hours + TWO_DAYS)


def _plain(length: _Length) -> tuple[float, float]:
    hours, step = length.hours, length.step
    if length.vague == "couple" and step == DAY:
        return 36.0, 60.0
    if length.high > length.low:
        return hours, length.most_hours
    if hours == DAY:
        return 12.0, _JUST_SHORT_OF_TWO_DAYS
    if hours == TWO_DAYS:
        return 36.0, TWO_DAYS
    if TWO_DAYS < hours < 3 * DAY:
        return min(hours, 49.0), max(hours, 60.0)
    return hours, hours if hours < TWO_DAYS else hours + max(step, DAY)


def _ago(length: _Length, compare: _Compare) -> tuple[float, float]:
    """Return the bounds of "... ago", which people count in calendar days."""
    if compare not in (_Compare.PLAIN, _Compare.ABOUT):
        return _bounds(length, compare)
    unit = HOURS[length.unit]
    if unit < DAY:
        return _bounds(length, compare)
    if unit > DAY:
        return length.hours - 0.4 * unit, length.most_hours + 0.6 * unit
    if length.low != int(length.low):
        return _plain(length)
    if length.low == 1:
        return 12.0, _JUST_SHORT_OF_TWO_DAYS if length.high == 1 else (length.high + 1) * DAY
    if length.low == length.high == 2 or length.vague == "couple":
        return DAY, 3 * DAY
    return max(TWO_DAYS, (length.low - 1) * DAY), (length.high + 1) * DAY


def _short_of(hours: float) -> float:
    return _JUST_SHORT_OF_TWO_DAYS if hours == TWO_DAYS else hours


def _ordinal_day(match: re.Match[str]) -> Mention:
    count = interval(match["n"]).high if match["n"] else float(match["nth"])
    unit = HOURS[match["unit"] or match["nth_unit"]]
    high = max(count, 1.0) * unit
    return Mention(match.start(), match.end(), high - unit, high, Kind.DURATION)


def _uncounted(match: re.Match[str]) -> Mention:
    named = match["unit"] or match["some"] or match["some_ago"] or match["of_it"] or ""
    unit = named.removesuffix("s")
    kind = Kind.AGO if match["some_ago"] else Kind.DURATION
    start = match.start("unit") if match["unit"] else match.start()
    if unit not in HOURS:
        return Mention(start, match.end(), *_LONG_AGO, kind)
    least = 3.0 if unit in ("day", "night") else 2.0
    low, high = least * HOURS[unit], 10 * HOURS[unit]
    return Mention(start, match.end(), low, high, kind, brief=unit == "hour")

"""Amounts of medicine that a person took, held against what the labels allow in a day.

Understood are tablets ("12 Tylenol today", "4 ibuprofen 400s"), weights ("5000 mg of paracetamol",
"6 grams"), and how often ("every 2 hours", "four times today"). Several amounts of one medicine add
up; amounts spread over several days are divided by them. Where labels differ, more than the highest
of them is too much. What a doctor may have prescribed, or took place sooner than a label says, is
worth a question. A pack opened a few hours ago tells how many are gone: "the box of 32 is down to
14".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from backchat.clinical.reading import Status
from backchat.knowledge import Knowledge
from backchat.knowledge.entries import Limits
from backchat.language.canonical import canonical
from backchat.language.mentions import Mention, Mentions
from backchat.language.numbers import NUMBER, Interval, Word, interval

_WAKING_HOURS = 16
_USUAL_DOSE_TABLETS = 2
_FEWEST_TIMES_TO_ASK = 4
_PERHAPS_PRESCRIBED_UP_TO = 2
_UNNAMED = "unnamed"

_MASS = r"(?:mgs?|milligrams?|g|gs|gms?|grams?)"
_TABLETS = r"(?:tablets?|tabs?|pills?|capsules?|caps|caplets?|gelcaps?|painkillers?)"
_PLAIN = (
    r"(?:(?:extra|maximum|max|regular|double|super|full|strength|strong|little|big|more|of|the|those"
    r"|these|my|them|normal|gel|liquid) )*"
)
_SO_FAR = r"(?:today|so far|in total|altogether|already|in 1 go|at once|this (?:morning|afternoon))"
_AMOUNT = re.compile(
    "|".join(
        (
            rf"(?P<count>{NUMBER}) (?:(?:x|\*|times|lots of) )?{_PLAIN}(?:{_TABLETS} of )?"
            rf"(?P<strength>{NUMBER}) (?P<unit>{_MASS})\b",
            rf"(?P<count2>{NUMBER}) {_PLAIN}<(?P<name2>\w+)> "
            rf"(?P<strength2>{NUMBER}) (?:s|{_MASS})\b",
            rf"(?P<mass>{NUMBER}) (?P<mass_unit>{_MASS})\b",
            rf"(?P<count3>{NUMBER}) {_PLAIN}(?:{_TABLETS} (?:of )?{_PLAIN})?<(?P<name3>\w+)>",
            rf"(?P<count4>{NUMBER}) {_PLAIN}(?:{_TABLETS}|of (?:them|those|these|em))\b"
            r"(?! of (?!them|those|these|it))",
            r"\b(?:and|over|had|took|taken|easily|then|plus|popped|another|about) "
            rf"(?P<count5>{NUMBER})(?: more\b(?! \w)|(?: more)? (?:later|after that|{_SO_FAR})\b)",
        )
    )
)
_ANY_NAME = re.compile(r"<(?P<name>\w+)>")
_EVERY = re.compile(rf"\bevery (?:(?P<hours>{NUMBER}) hours?|hour)\b")
_TIMES = re.compile(rf"\b(?:(?P<times>{NUMBER}) times|twice)\b")
_SINCE_LAST = re.compile(
    rf"(?P<hours>{NUMBER}) hours? (?:after|since) (?:the|my|a) (?:last|first|previous)"
)
_TAKEN = re.compile(
    r"\b(?:took|taken|had|swallowed|popped|necked|necking|popping|downed|eaten|ate|eating|consumed"
    r"|used|given|gave|having|been on|ive|scoffed|knocked back|munched|chugged|overdosed|dosed)\b"
)
_ASKING = re.compile(
    r"\b(?:can|could|should|may|might i|am i allowed|is it (?:ok|okay|safe|fine)|how many|how much"
    r"|what if|if i|would|safe|ok to|max|maximum|limit|label|packet says|allowed|is taking)\b"
)
_NOT = re.compile(r"\b(?:not|never|havent|hasnt|didnt|dont|wouldnt|cant)\b(?: [^,\s]+){0,4} ?$")
_PER_DAY = re.compile(r"\b(?:a day|per day|daily|each day|every day|/ day|a night)\b")
_DAYS = re.compile(
    rf"\b(?:(?:in|over|for|last|past|within) (?:the )?(?:last |past )?"
    rf"(?P<days>{NUMBER}|few|couple|several)(?: of)? (?P<unit>days|weeks|months)"
    r"|(?P<week>this week|all week|a week|per week|last week|in the week)"
    r"|since (?:mon|tues|wednes|thurs|fri|satur|sun)day|since yesterday|over the weekend"
    r"|this weekend|yesterday and today)\b"
)
_ONE_DAY = re.compile(
    r"\b(?:today|tonight|in 1 go|at once|in 24 hours|last few hours|since this morning|all day)\b"
)
_PACK = re.compile(r"\b(?:box|boxes|pack|packs|packet|packets|bottle|strip|tub) (?:of|with) $")
_SMALL_PACK = r"(?:box|pack|packet|bottle|strip|tub)"
_PACK_USED = re.compile(
    rf"\b{_SMALL_PACK} of ({NUMBER})(?: [^.!?;\s]+){{0,4}} down to ({NUMBER})"
    rf"|\bonly ({NUMBER}) left (?:of|in|from|out of)(?: (?:a|the|my))* "
    rf"{_SMALL_PACK} of ({NUMBER})"
    rf"|\b(?:finished|emptied)(?: (?:a|the|my|whole|entire|full))* "
    rf"(?:({NUMBER}) {_SMALL_PACK}|{_SMALL_PACK} of ({NUMBER}))"
)
_SINCE_LATELY = re.compile(
    r"\b(?:today|tonight|last night|this (?:morning|afternoon|evening)|hours? ago"
    r"|in 1 (?:go|night))\b"
)
_OF_TABLETS = re.compile(r"\b(?:tablets?|pills?|capsules?|too many|took|taken|swallowed)\b")
_PRESCRIBED = re.compile(r"\b(?:prescri\w+|doctor|dr|gp|consultant|hospital)\b")
_STOP = re.compile(r" [.!?;] ")
_VAGUE_DAYS = {"couple": 2.0, "few": 3.0, "several": 4.0}
_DAYS_IN = {"days": 1.0, "weeks": 7.0, "months": 30.0}
_TWO_DAYS = 2.0
_MOST_WORDS_OF_A_REPLY = 8


@dataclass(frozen=True, slots=True)
class Excess:
    """Too much of a medicine was taken, or perhaps was.

    Attributes:
        concept: The concept this stands for, ``overdose``.
        status: PRESENT or UNSURE.
        start: First character of the words that say so.
        end: One past their last character.
    """

    concept: str
    status: Status
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Label:
    """The most that any label of a medicine allows."""

    tablet_mg: float
    mg_in_24_h: float
    hours_between: float


@dataclass(frozen=True, slots=True)
class _Amount:
    name: str
    milligrams: Interval
    start: int
    end: int


class Doses:
    """Reads amounts of medicine.

    Args:
        knowledge: The loaded knowledge; only medicines with the numbers of a label are compared.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        """Take names and limits from the medicines."""
        self._mentions = Mentions(knowledge)
        limits = {
            medicine.id: tuple(medicine.limits.values())
            for medicine in knowledge.medicines
            if medicine.limits
        }
        self._labels = {name: _label(of_regions) for name, of_regions in limits.items()}
        most_tablets = max(
            limit.tablets_in_24_h for of_regions in limits.values() for limit in of_regions
        )
        self._labels[_UNNAMED] = _Label(1.0, most_tablets, 0.0)

    def read(self, text: str) -> tuple[Excess, ...]:
        """Return each medicine of which the text says that too much was taken."""
        words = _named(canonical(text).words, self._mentions.read(text))
        line = " ".join(word.text for word in words)
        if not _is_taken(line):
            return ()
        starts = _starts(words)
        found: dict[str, list[_Amount]] = {}
        for amount in self._amounts(line):
            found.setdefault(amount.name, []).append(amount)
        judged = {name: self._judge(name, amounts, line) for name, amounts in found.items()}
        excesses = [excess for excess in judged.values() if excess is not None]
        if not excesses:
            excesses.extend(self._often(line, found.keys()))
        return tuple(
            Excess("overdose", status, *_place(words, starts, start, end))
            for status, start, end in excesses
        )

    def _amounts(self, line: str) -> Iterator[_Amount]:
        for match in _AMOUNT.finditer(line):
            before = line[: match.start()]
            if _PACK.search(before) or _NOT.search(_sentence(before)):
                continue
            said = {name: value for name, value in match.groupdict().items() if value}
            name = said.get("name2") or said.get("name3") or _nearest_name(line, match)
            if name not in self._labels:
                continue
            if name == _UNNAMED and ("count4" not in said or not _is_of_medicine(line, match)):
                continue
            yield _Amount(name, self._weigh(name, said), *match.span())
        yield from self._packs(line)

    def _packs(self, line: str) -> Iterator[_Amount]:
        """Yield what is gone from packs that were opened lately."""
        if not _SINCE_LATELY.search(line):
            return
        for match in _PACK_USED.finditer(line):
            name = _nearest_name(line, match)
            if name not in self._labels or (name == _UNNAMED and not _OF_TABLETS.search(line)):
                continue
            said = [interval(number) for number in match.groups() if number]
            size = max(said, key=lambda number: number.low)
            left = min(said, key=lambda number: number.high).high if len(said) > 1 else 0.0
            tablets = Interval(size.low - left, size.high - left)
            yield _Amount(name, _scaled(tablets, self._labels[name].tablet_mg), *match.span())

    def _weigh(self, name: str, said: dict[str, str]) -> Interval:
        if "mass" in said:
            return _scaled(interval(said["mass"]), _milligrams(said["mass_unit"]))
        if "strength" in said:
            each = interval(said["strength"]).low * _milligrams(said["unit"])
            return _scaled(interval(said["count"]), each)
        if "strength2" in said:
            return _scaled(interval(said["count2"]), interval(said["strength2"]).low)
        count = said.get("count3") or said.get("count4") or said["count5"]
        return _scaled(interval(count), self._labels[name].tablet_mg)

    def _judge(
        self, name: str, amounts: Sequence[_Amount], line: str
    ) -> tuple[Status, int, int] | None:
        label = self._labels[name]
        start, end = amounts[0].start, amounts[-1].end
        times, reach = _repetitions(line[end:], label)
        days = _days(line[start:])
        low = sum(amount.milligrams.low for amount in amounts) * times
        high = sum(amount.milligrams.high for amount in amounts) * times
        most = label.mg_in_24_h
        if days > _TWO_DAYS:
            low, high, days = low / days, high / days, 1.0
        if high <= most:
            return None
        moderate = high <= _PERHAPS_PRESCRIBED_UP_TO * most
        if moderate and _PRESCRIBED.search(line):
            return None
        regular = moderate and _PER_DAY.search(line)
        status = Status.PRESENT if low / days > most and not regular else Status.UNSURE
        return status, start, end + reach

    def _often(self, line: str, weighed: Collection[str]) -> Iterator[tuple[Status, int, int]]:
        for match in _ANY_NAME.finditer(line):
            name = match["name"]
            label = self._labels.get(name)
            if label is None:
                continue
            after = _sentence_start(line[match.end() :])
            for soon in (_EVERY.search(after), _SINCE_LAST.search(after)):
                if soon and interval(soon["hours"] or "1").high < label.hours_between:
                    yield Status.UNSURE, match.start(), match.end() + soon.end()
            often = _TIMES.search(after)
            if often is None or often["times"] is None or name in weighed:
                continue
            times = interval(often["times"]).high
            most = times * _USUAL_DOSE_TABLETS * label.tablet_mg
            if times >= _FEWEST_TIMES_TO_ASK and most > label.mg_in_24_h:
                yield Status.UNSURE, match.start(), match.end() + often.end()


def _label(limits: Sequence[Limits]) -> _Label:
    return _Label(
        tablet_mg=max(limit.tablet_mg for limit in limits),
        mg_in_24_h=max(limit.mg_in_24_h for limit in limits),
        hours_between=min(limit.hours_between for limit in limits),
    )


def _named(words: Sequence[Word], mentions: Sequence[Mention]) -> list[Word]:
    """Return the words with every medicine replaced by its id, as ``<ibuprofen>``."""
    medicines = [mention for mention in mentions if mention.kind == "medicine"]
    named: list[Word] = []
    for word in words:
        medicine = next((m for m in medicines if word.start < m.end and m.start < word.end), None)
        if medicine is None:
            named.append(word)
        elif not named or named[-1].end != medicine.end:
            named.append(Word(f"<{medicine.id}>", medicine.start, medicine.end))
    return named


def _is_of_medicine(line: str, match: re.Match[str]) -> bool:
    """Whether what has no name may be tablets: "took ten of them", and not ten stones."""
    told = len(line.split()) > _MOST_WORDS_OF_A_REPLY
    return not told or bool(_TAKEN.search(line) or re.search(_TABLETS, line))


def _is_taken(line: str) -> bool:
    """Whether somebody took it, rather than asks whether to."""
    return bool(_TAKEN.search(line)) or not _ASKING.search(line)


def _nearest_name(line: str, match: re.Match[str]) -> str:
    names = [(abs(name.start() - match.start()), name["name"]) for name in _ANY_NAME.finditer(line)]
    return min(names)[1] if names else _UNNAMED


def _repetitions(after: str, label: _Label) -> tuple[float, int]:
    """Return how often a day an amount was taken, and how far the words reach that say so."""
    after = _sentence_start(after)
    every = _EVERY.search(after)
    if every:
        hours = interval(every["hours"] or "1").high
        if 0 < hours < label.hours_between:
            return _WAKING_HOURS / hours, every.end()
    times = _TIMES.search(after)
    if times:
        return (interval(times["times"]).low if times["times"] else 2.0), times.end()
    return 1.0, 0


def _days(line: str) -> float:
    line = _sentence_start(line)
    spread = _DAYS.search(line)
    if spread is None or _PER_DAY.search(line) or _ONE_DAY.search(line):
        return 1.0
    if spread["week"]:
        return _DAYS_IN["weeks"]
    if spread["days"] is None:
        return _TWO_DAYS
    number = _VAGUE_DAYS.get(spread["days"]) or interval(spread["days"]).low
    return max(1.0, number * _DAYS_IN[spread["unit"]])


def _milligrams(unit: str) -> float:
    return 1000.0 if unit.startswith("g") else 1.0


def _scaled(number: Interval, factor: float) -> Interval:
    return Interval(number.low * factor, number.high * factor)


def _sentence(before: str) -> str:
    return _STOP.split(before)[-1]


def _sentence_start(after: str) -> str:
    return _STOP.split(after)[0]


def _starts(words: Sequence[Word]) -> list[int]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    return starts


def _place(words: Sequence[Word], starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    inside = [word for word, at in zip(words, starts, strict=True) if start <= at < end]
    return (inside[0].start, inside[-1].end) if inside else (0, 0)

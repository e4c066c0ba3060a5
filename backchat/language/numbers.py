"""Number words and digits: "two and a half", "2 1/2", "½", "3-4", "a couple of", "half past seven".

:func:`merge_numbers` rewrites the words of a message so that every number phrase is one word:
``2.5``, a range ``3~4``, an ordinal ``3rd``, a clock time ``19:30`` (``7:30u`` where morning or
evening is not said), or one of ``couple``, ``few`` and ``several``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NUMBER = r"(?<![\w.~:])\d+(?:\.\d+)?(?:~\d+(?:\.\d+)?)?(?![\w.~:])"
CLOCK = r"(?<!\S)(?:[01]?\d|2[0-3]):[0-5]\du?(?!\S)"

_UNDER_TWENTY = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_WHOLE_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ONES = {word: value for value, word in enumerate(_UNDER_TWENTY.split())}
_TENS = {word: 10 * value for value, word in enumerate(_WHOLE_TENS.split(), start=2)}
_ORDINALS = {word: value for value, word in enumerate(_RANKS.split(), start=1)}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_VAGUE = {
    "couple": "couple",
    "pair": "couple",
    "few": "few",
    "handful": "few",
    "several": "several",
    "many": "several",
    "multiple": "several",
    "numerous": "several",
    "umpteen": "several",
    "countless": "several",
}
_HEAPS_OF = "bunch bunches heap heaps load loads lot lots number plenty stack string ton tons"
_HEAPS = frozenset(_HEAPS_OF.split())
_BEFORE_VAGUE = frozenset({"good", "whole", "only", "fair", "wee", "great", "big"})
_UNIT = re.compile(r"(?:minute|hour|day|night|morning|weekend|week|fortnight|month|year|decade)s?")
_UNIT_SYMBOLS = {"h": "hours", "d": "days", "w": "weeks", "y": "years", "mo": "months"}
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_HOMOPHONES = {"to": "2", "too": "2", "tree": "3", "fore": "4"}
_RANGE_WORDS = frozenset({"-", "or", "to", "~"})
_MAYBE_WORDS = frozenset({"maybe", "possibly", "perhaps", "or", "/", ","})
_BETWEEN_LIMITS = frozenset({"anywhere", "somewhere", "anything"})
_DIRECTION_WORDS = frozenset({"from", "went", "gone", "up", "down", "goes", "out"})
_HALF_LINKS = frozenset({"and", "an", "n"})
_HALVED = frozenset({"week", "month", "year", "fortnight"})
_MINUTES_OF_A_CLOCK = frozenset({5, 10, 20, 25})
_BEFORE_CLOCK = frozenset({"since", "at"})
_A_BIT = 0.25
_IN_PHRASES = frozenset(
    (
        *("a", "half", "quarter", "dozen", "x", "b"),
        *(*_ONES, *_TENS, *_ORDINALS, *_VAGUE, *_HEAPS),
        *(*_UNIT_SYMBOLS, *_HOMOPHONES, *_HALF_LINKS),
    )
)
"""Every word with which a phrase of number can begin."""
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a message in canonical spelling, with its place in the message."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that may be a range; ``low <= high``."""

    low: float
    high: float


def interval(text: str) -> Interval:
    """Return the value of a canonical number (``2.5`` or ``3~4``)."""
    low, _, high = text.partition("~")
    return Interval(float(low), float(high or low))


def merge_numbers(words: Sequence[Word]) -> list[Word]:
    """Return the words with every number phrase, ordinal and clock time as one word."""
    merged: list[Word] = []
    i = 0
    while i < len(words):
        text, after = _phrase(words, i)
        if text:
            merged.append(Word(text, words[i].start, words[after - 1].end))
        i = after
    return _merge_clocks(_merge_ranges(merged))


def _phrase(words: Sequence[Word], i: int) -> tuple[str, int]:
    """Read the word or number phrase at ``i``: its canonical text and the place after it."""
    word = words[i].text
    if word not in _IN_PHRASES and word[:1].isalpha():
        return word, i + 1
    if word == "-" and _is_glued(words, i):
        return "", i + 1
    if (vague := _vague(words, i)) is not None:
        return vague
    if (part := _half(words, i) or _quarters(words, i)) is not None:
        return part
    if word in _ORDINALS and (word != "second" or _is_unit(_at(words, i + 1))):
        return _ordinal(_ORDINALS[word]), i + 1
    if (symbol := _UNIT_SYMBOLS.get(word)) and _is_digit(words, i - 1):
        closes = not _at(words, i + 1)[:1].isalnum() or _at(words, i + 1) == "ago"
        if closes or _touches(words, i):
            return symbol, i + 1
    if word in _HOMOPHONES and _is_plural_unit(_at(words, i + 1)) and not _is_digit(words, i - 1):
        return _HOMOPHONES[word], i + 1
    if word == "x" and not _is_digit(words, i - 1) and _is_unit(_at(words, i + 2)):
        return "for", i + 1
    if word == "b" and _at(words, i + 1) == "4" and _touches(words, i + 1):
        return "before", i + 2
    if word in _HALF_LINKS and _is_slurred_and(words, i):
        return "and", i + 1
    value, after = _cardinal(words, i)
    if value is None:
        return word, i + 1
    if value == int(value) and _at(words, after) in _ORDINAL_ENDINGS and _touches(words, after):
        return _ordinal(int(value)), after + 1
    last = after + 1 if _at(words, after) == "-" else after
    if value in _TENS.values() and 0 < _ORDINALS.get(_at(words, last), 0) < 10:
        return _ordinal(int(value) + _ORDINALS[_at(words, last)]), last + 1
    if _at(words, after) in ("something", "odd") and _is_unit(_at(words, after + 1)):
        after += 1
    return _plain(value), after


def _vague(words: Sequence[Word], i: int) -> tuple[str, int] | None:
    j = i + 1 if words[i].text == "a" else i
    if j > i and _at(words, j) in _BEFORE_VAGUE:
        j += 1
    word = _VAGUE.get(_at(words, j))
    of = _at(words, j + 1) in ("of", "o")
    if _at(words, j) in _HEAPS and of and _is_plural_unit(_at(words, j + 2)):
        word = "several"
    if word is None or (i and words[i - 1].text == "how"):
        return None
    return word, j + 2 if of else j + 1


def _half(words: Sequence[Word], i: int) -> tuple[str, int] | None:
    """Read "half a day", "half an hour", "a half hour" as 0.5; "half a dozen" as 6."""
    j = i + 1 if words[i].text == "a" else i
    if _at(words, j) != "half":
        return None
    whole = _at(words, j + 1) == "the" and _at(words, j + 2) in _HALVED
    after = j + 2 if whole or _at(words, j + 1) in ("a", "an") else j + 1
    if _at(words, after) == "dozen":
        return "6", after + 1
    return ("0.5", after) if _is_unit(_at(words, after)) else None


def _quarters(words: Sequence[Word], i: int) -> tuple[str, int] | None:
    """Read "a quarter of an hour" as 0.25, "three quarters of an hour" as 0.75."""
    j = i + 1 if _at(words, i) in ("a", "three", "3") else i
    three = j > i and words[i].text != "a"
    if _at(words, j) != ("quarters" if three else "quarter") or _at(words, j + 1) != "of":
        return None
    if _at(words, j + 2) not in ("a", "an") or not _is_unit(_at(words, j + 3)):
        return None
    return ("0.75" if three else "0.25"), j + 3


def _cardinal(words: Sequence[Word], i: int) -> tuple[float | None, int]:
    value, after = _whole(words, i)
    if value is None:
        return None, i
    if _at(words, after) in _FRACTIONS:
        return value + _FRACTIONS[_at(words, after)], after + 1
    k = after + 1 if _at(words, after) in _HALF_LINKS else after
    if k > after:
        k = k + 1 if _at(words, k) == "a" else k
        if _at(words, k) == "half":
            return value + 0.5, k + 1
        if _at(words, k) == "bit" and _is_unit(_at(words, k + 1)):
            return value + _A_BIT, k + 1
        k = after + 1
    if [_at(words, k + n) for n in range(3)] == ["1", "/", "2"] and _is_unit(_at(words, k + 3)):
        return value + 0.5, k + 3
    if value == 1 and [_at(words, after), _at(words, after + 1)] == ["/", "2"]:
        unit = after + 3 if _at(words, after + 2) in ("a", "an") else after + 2
        return (0.5, unit) if _is_unit(_at(words, unit)) else (value, after)
    return value, after


def _whole(words: Sequence[Word], i: int) -> tuple[float | None, int]:
    word = words[i].text
    if word in _FRACTIONS:
        return _FRACTIONS[word], i + 1
    if word[:1].isdecimal():
        return _digits(word), i + 1
    if word == "dozen":
        return 12.0, i + 1
    if word in ("a", "one") and _at(words, i + 1) in ("hundred", "dozen"):
        return (100.0 if _at(words, i + 1) == "hundred" else 12.0), i + 2
    if word in _TENS:
        j = i + 2 if _at(words, i + 1) == "-" else i + 1
        unit = _ONES.get(_at(words, j), 0)
        return (float(_TENS[word] + unit), j + 1) if 0 < unit < 10 else (float(_TENS[word]), i + 1)
    if word in _ONES:
        if _at(words, i + 1) == "hundred":
            return 100.0 * _ONES[word], i + 2
        return float(_ONES[word]), i + 1
    return None, i


def _digits(token: str) -> float | None:
    """Return the value of a token of digits; None for dates, clock times and serial numbers."""
    if len(token) > _MOST_DIGITS + 2 or not token.replace(".", "").replace(",", "").isdecimal():
        return None
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", token):
        return float(token.replace(",", ""))
    token = token.replace(",", ".")
    return float(token) if token.count(".") <= 1 and len(token) <= _MOST_DIGITS else None


def _merge_ranges(words: Sequence[Word]) -> list[Word]:
    merged: list[Word] = []
    i = 0
    while i < len(words):
        end = _range_end(words, i)
        if end is None:
            merged.append(words[i])
            i += 1
            continue
        start = merged.pop().start if merged and merged[-1].text == "between" else words[i].start
        merged.append(Word(f"{words[i].text}~{words[end].text}", start, words[end].end))
        i = end + 1
    return merged


def _range_end(words: Sequence[Word], i: int) -> int | None:
    """Return the place of the number that closes the range opened at ``i``, if there is one."""
    if not _is_digit(words, i):
        return None
    low = float(words[i].text)
    before = _at(words, i - 1) if i else ""
    link = _at(words, i + 1)
    if link in _RANGE_WORDS or (link == "and" and before == "between"):
        moves = link == "to" and before in _DIRECTION_WORDS | _BEFORE_CLOCK | {"a"}
        if moves and not (before == "from" and _at(words, i - 2) in _BETWEEN_LIMITS):
            return None
        return i + 2 if _is_digit(words, i + 2) and float(words[i + 2].text) > low else None
    j = i + 1
    while j < len(words) and j - i <= 3 and words[j].text in _MAYBE_WORDS:
        j += 1
    if not _is_digit(words, j) or not _is_unit(_at(words, j + 1)):
        return None
    return j if float(words[j].text) == low + 1 else None


def _merge_clocks(words: Sequence[Word]) -> list[Word]:
    merged: list[Word] = []
    i = 0
    while i < len(words):
        text, after = _clock(words, i)
        merged.append(Word(text, words[i].start, words[after - 1].end))
        i = after
    return merged


def _clock(words: Sequence[Word], i: int) -> tuple[str, int]:
    word = words[i].text
    if word in ("noon", "midday"):
        return "12:00", i + 1
    if word == "midnight":
        return "0:00", i + 1
    if word in ("half", "quarter"):
        past = _at(words, i + 1) in ("past", "to")
        minutes = {"half": 30, "quarter": -15 if _at(words, i + 1) == "to" else 15}[word]
        j = i + 2 if past else i + 1
        if (past or word == "half") and _is_digit(words, j) and not _is_unit(_at(words, j + 1)):
            return _time_of_day(words, j, float(words[j].text), minutes) or (word, i + 1)
        return word, i + 1
    if _is_digit(words, i) and (counted := _minutes_and_hour(words, i)) is not None:
        return counted
    if re.fullmatch(r"\d\d?:\d\d", word):
        hours, minutes = (int(part) for part in word.split(":"))
        return _time_of_day(words, i, hours, minutes) or (word, i + 1)
    if _is_digit(words, i) and _at(words, i + 1) in ("am", "pm", "oclock", "o"):
        value = float(word)
        hours, minutes = int(value), round((value - int(value)) * 100)
        if _at(words, i + 1) != "o" or _at(words, i + 2) == "clock":
            return _time_of_day(words, i, hours, minutes) or (word, i + 1)
    return word, i + 1


def _minutes_and_hour(words: Sequence[Word], i: int) -> tuple[str, int] | None:
    """Read "ten past six" and, where a clock time is awaited, "twenty to nine"."""
    minutes = float(words[i].text)
    j = i + 2 if _at(words, i + 1) == "minutes" else i + 1
    link = _at(words, j)
    awaited = i > 0 and (words[i - 1].text in _BEFORE_CLOCK or _at(words, i - 2) in _BEFORE_CLOCK)
    if minutes not in _MINUTES_OF_A_CLOCK or not (link == "past" or (link == "to" and awaited)):
        return None
    if not _is_digit(words, j + 1) or _is_unit(_at(words, j + 2)):
        return None
    offset = int(minutes) if link == "past" else -int(minutes)
    return _time_of_day(words, j + 1, float(words[j + 1].text), offset)


def _time_of_day(
    words: Sequence[Word], i: int, hours: float, minutes: int
) -> tuple[str, int] | None:
    """Format a clock time whose hour stands at ``i``; None where it is no time of day."""
    if hours != int(hours) or not 0 <= hours < 24 or minutes >= 60:
        return None
    total = int(hours) * 60 + minutes
    follows = _at(words, i + 1)
    after = i + 2 if follows in ("am", "pm", "oclock") else i + 3 if follows == "o" else i + 1
    if follows == "o" and _at(words, i + 2) != "clock":
        after = i + 1
    if follows in ("am", "pm") and hours <= 12:
        total = total % 720 + (720 if follows == "pm" else 0)
        return f"{total // 60}:{total % 60:02d}", after
    known = hours > 12 or words[i].text.startswith("0")
    return f"{total % 1440 // 60}:{total % 60:02d}{'' if known else 'u'}", after


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if value % 100 in (11, 12, 13) else ending}"


def _at(words: Sequence[Word], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""


def _touches(words: Sequence[Word], i: int) -> bool:
    return words[i].start == words[i - 1].end


def _is_glued(words: Sequence[Word], i: int) -> bool:
    """Whether the hyphen at ``i`` joins two words ("3-day") but no two numbers."""
    if not 0 < i < len(words) - 1 or not _touches(words, i) or not _touches(words, i + 1):
        return False
    sides = (words[i - 1].text, words[i + 1].text)
    return all(s[0].isalnum() for s in sides) and not all(_is_number_word(s) for s in sides)


def _is_slurred_and(words: Sequence[Word], i: int) -> bool:
    """Whether "an" or "n" stands for "and": "stiff n sore", "a day an a half", "on an off"."""
    before, after = _at(words, i - 1), _at(words, i + 1)
    if words[i].text == "n" and before.isalpha() and after.isalpha():
        return True
    if {before, after} == {"on", "off"}:
        return True
    halved = after == "half" or (after == "a" and _at(words, i + 2) == "half")
    return halved and _is_unit(before)


def _is_number_word(text: str) -> bool:
    return text[0].isdecimal() or text in _ONES or text in _TENS


def _is_digit(words: Sequence[Word], i: int) -> bool:
    text = _at(words, i)
    return bool(text) and text.replace(".", "", 1).isdecimal() and len(text) <= _MOST_DIGITS


def _is_unit(text: str) -> bool:
    return _UNIT.fullmatch(text) is not None


def _is_plural_unit(text: str) -> bool:
    return text.endswith("s") and _is_unit(text)

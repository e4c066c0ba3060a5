"""Where sentences and clauses begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backchat.language.phrasebook import Span

_STOPS = frozenset(".!?;\n")
_PAUSES = frozenset({",", "-", "--", "/", "(", ")", ":", "..."})


@dataclass(frozen=True, slots=True)
class Clauses:
    """The parts of a message.

    Attributes:
        sentence: Per word, the number of its sentence.
        clause: Per word, the number of its clause; a clause lies within one sentence.
        starts: Words at which a clause begins, with and without its "and" or "but".
        ends: Places (one past the last word) where a clause ends.
    """

    sentence: Sequence[int]
    clause: Sequence[int]
    starts: frozenset[int]
    ends: frozenset[int]


def divide(words: Sequence[str], places: Mapping[str, Sequence[Span]]) -> Clauses:
    """Divide a message.

    Args:
        words: Its words and marks.
        places: Where the classes ``contrast`` (but, except), ``joiner`` (and, so), ``subject``
            (I, it, my), ``whole_predicate`` (is numb) and ``reply`` (no, yes, fine) occur.
    """
    contrast = _starts(places, "@contrast")
    joiner = _starts(places, "@joiner")
    subject = _starts(places, "@subject")
    reply = _starts(places, "@reply")
    closed = {end for _, end in places.get("@closing", ())}
    open_before = {end for _, end in places.get("@opening", ())}
    sentence: list[int] = []
    clause: list[int] = []
    starts: set[int] = {0}
    ends: set[int] = set()
    s = c = 0
    for i, word in enumerate(words):
        previous = words[i - 1] if i else ""
        if i and _is_stop(previous) and not _is_stop(word):
            starts.add(i)
            if previous != "?" or i not in reply:
                s += 1
                c += 1
        elif i and (
            i in contrast
            or (i in joiner and i + 1 in subject)
            or (i in subject and previous in _PAUSES)
            or (i in subject and i in closed)
            or (word == "i" and i not in open_before and not _is_mark(previous))
        ):
            c += 1
            starts.add(i)
            ends.add(i)
        if _is_stop(word) or word in _PAUSES:
            ends.add(i)
            starts.add(i + 1)
        if i in starts and (i in contrast or i in joiner):
            starts.add(i + 1)
        sentence.append(s)
        clause.append(c)
    ends.add(len(words))
    return Clauses(sentence, clause, frozenset(starts), frozenset(ends))


def _starts(places: Mapping[str, Sequence[Span]], name: str) -> frozenset[int]:
    return frozenset(start for start, _ in places.get(name, ()))


def _is_stop(word: str) -> bool:
    return word[:1] in _STOPS and word not in ("...", "..")


def _is_mark(word: str) -> bool:
    return not word[:1].isalnum()

"""Whose body the words are about: the person's own, someone else's, or nobody's (a dog, a phone).

The owner changes at the words of ``lexicon/people.yml``: a relative or friend as the subject of a
clause, "he" and "her", and back at "I", "me" and "my"; otherwise it stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from backchat.language.clauses import Clauses
from backchat.language.matching import Match
from backchat.language.phrasebook import Span

_WORDS_BEFORE_SUBJECT = 4


class Owner(Enum):
    """Whose body a word is about."""

    SELF = auto()
    OTHER = auto()
    NOBODY = auto()


def owners(
    words: Sequence[str], places: Mapping[str, Sequence[Span]], clauses: Clauses
) -> list[Owner]:
    """Return the owner of each word."""
    changes: dict[int, Owner] = {}
    for name, owner in (("@person", Owner.OTHER), ("@creature", Owner.NOBODY)):
        for start, end in places.get(name, ()):
            if _is_subject(start, places, clauses):
                changes[start] = owner
                changes.update(dict.fromkeys(range(start + 1, end), owner))
    for start, _ in places.get("@third_person", ()):
        changes.setdefault(start, Owner.OTHER)
    for start, _ in places.get("@first_person", ()):
        if start not in changes:
            changes[start] = Owner.SELF
    found: list[Owner] = []
    owner = Owner.SELF
    for i in range(len(words)):
        owner = changes.get(i, owner)
        found.append(owner)
    return found


def owner_of(match: Match, found: Sequence[Owner]) -> Owner:
    """Return whose body a match is about: one word of the person's own makes it theirs."""
    mine = {found[i] for start, end in match for i in range(start, end)}
    for owner in (Owner.SELF, Owner.OTHER):
        if owner in mine:
            return owner
    return Owner.NOBODY


def _is_subject(start: int, places: Mapping[str, Sequence[Span]], clauses: Clauses) -> bool:
    before = max((edge for edge in clauses.starts if edge <= start), default=0)
    lead_in = {i for a, b in places.get("@lead_in", ()) for i in range(a, b)}
    return start - before <= _WORDS_BEFORE_SUBJECT and all(
        i in lead_in for i in range(before, start)
    )

"""Whose body the words are about: the person's own, someone else's, or nobody's (a dog, a phone).

The owner changes at the words of ``lexicon/people.yml``: a relative or friend as the subject of a
clause, "he" and "her", and back at "I", "me" and "my"; otherwise it stays as it was. The dead have
no body to be assessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Distance:
    """How a message keeps the person apart from the others it speaks of.

    Attributes:
        sentence: Per word, the number of its sentence.
        well_from: The last word from which on they say that they are well, or -1.
        denied_from: The last from which on they say that they have nothing of it, or -1.
        apart_from: The last from which on they speak of their own as something else, or -1.
        acute: Sentences that tell what is happening now.
        present: Sentences with a verb that tells what is.
        long_ago: Sentences that tell what was long ago.
    """

    sentence: Sequence[int]
    well_from: int = -1
    denied_from: int = -1
    apart_from: int = -1
    acute: frozenset[int] = frozenset()
    present: frozenset[int] = frozenset()
    long_ago: frozenset[int] = frozenset()

    def is_remote(self, match: Match, *, complains: bool) -> bool:
        """Whether what is said of another is only told beside what the person is here for.

        Args:
            match: The words about the other.
            complains: Whether the person has a complaint of their own.
        """
        start = match[0][0]
        sentence = self.sentence[start]
        if sentence in self.acute:
            return False
        if start < self.well_from:
            return True
        if complains and start < self.apart_from:
            return True
        told = start < self.denied_from or sentence in self.long_ago
        return told and (complains or sentence not in self.present)


def distance(
    words: Sequence[str], places: Mapping[str, Sequence[Span]], clauses: Clauses
) -> Distance:
    """Read how the person sets themselves apart from others."""
    alike = {clauses.clause[start] for start, _ in places.get("@alike", ())}
    well = [start for start, _ in places.get("@feels_well", ())]
    denied = [start for start, _ in places.get("@unlike_them", ())]
    denied += [start for start, end in places.get("@unlike_them_at_end", ()) if end in clauses.ends]
    apart = [start for start, _ in places.get("@set_apart", ())]
    apart += [i for i in clauses.starts if i < len(words) and words[i] == "mine"]
    return Distance(
        sentence=clauses.sentence,
        well_from=max(well, default=-1),
        denied_from=max(denied, default=-1),
        apart_from=max((i for i in apart if clauses.clause[i] not in alike), default=-1),
        acute=_sentences("@acute", places, clauses),
        present=_sentences("@present_verb", places, clauses),
        long_ago=_sentences("@long_ago", places, clauses)
        | _sentences("@long_ago_of_others", places, clauses),
    )


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
    dead = _dead(places, clauses)
    people = {start for start, _ in places.get("@person", ())}
    gone = False
    for i in range(len(words)):
        owner = changes.get(i, owner)
        if i in people and i in changes:
            gone = i in dead
        found.append(Owner.NOBODY if gone and owner is Owner.OTHER else owner)
    return found


def _dead(places: Mapping[str, Sequence[Span]], clauses: Clauses) -> frozenset[int]:
    """Return where those are named of whom the sentence says that they are dead."""
    named = [start for start, _ in places.get("@person", ())]
    nearly = {end for _, end in places.get("@not_departed", ())}
    found: set[int] = set()
    for start, end in places.get("@departed", ()):
        sentence = clauses.sentence[start]
        before = [i for i in named if i <= start and clauses.sentence[i] == sentence]
        if end not in nearly:
            found.update(before[-1:], (i for i in named if start < i < end))
    return frozenset(found)


def owner_of(match: Match, found: Sequence[Owner]) -> Owner:
    """Return whose body a match is about: one word of the person's own makes it theirs."""
    mine = {found[i] for start, end in match for i in range(start, end)}
    for owner in (Owner.SELF, Owner.OTHER):
        if owner in mine:
            return owner
    return Owner.NOBODY


def _sentences(name: str, places: Mapping[str, Sequence[Span]], clauses: Clauses) -> frozenset[int]:
    return frozenset(clauses.sentence[start] for start, _ in places.get(name, ()))


def _is_subject(start: int, places: Mapping[str, Sequence[Span]], clauses: Clauses) -> bool:
    before = max((edge for edge in clauses.starts if edge <= start), default=0)
    lead_in = {i for a, b in places.get("@lead_in", ()) for i in range(a, b)}
    return start - before <= _WORDS_BEFORE_SUBJECT and all(
        i in lead_in for i in range(before, start)
    )

"""From matched wordings to findings: which reading wins, and with what status."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from backchat.clinical.reading import Status
from backchat.language.context import Context, Manner
from backchat.language.lexicon import Lexicon, Sense, Wording
from backchat.language.matching import Match
from backchat.language.speakers import Distance, Owner, owner_of

_SENSES = tuple(Sense)
_GONE_BY = frozenset({Manner.OVER, Manner.LONG_AGO})
_DENIALS = frozenset({Manner.NOT, Manner.DENIED})
_NEGATIVE = frozenset({"no", "not", "never", "nothing", "without"})
_LACKS = frozenset({"no", "never", "nothing", "zero"})
_OPENINGS = frozenset({"ok", "okay", "fine", "good", "alright", "right", "great", "well"})
_ABILITIES = frozenset({"can", "could", "able"})
_POINTERS = frozenset({"this", "that", "it", "they", "these", "those"})
_BEINGS = frozenset({"is", "are", "was"})
_HAD = frozenset({Status.PRESENT, Status.UNSURE})
_BY_WEIGHT = (
    Status.PRESENT,
    Status.UNSURE,
    Status.PAST,
    Status.HYPOTHETICAL,
    Status.ABSENT,
    Status.OTHER_PERSON,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A wording found in a message.

    Attributes:
        wording: What was looked for.
        match: The words that matched, as spans.
    """

    wording: Wording
    match: Match

    @property
    def weight(self) -> int:
        """How many words of the message this reading explains."""
        return sum(end - start for start, end in self.match)

    @property
    def extent(self) -> int:
        """How many words lie from its first to its last."""
        return self.match[-1][1] - self.match[0][0]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a claim that won means.

    Attributes:
        concept: The concept.
        match: The words.
        status: How they are meant.
        owner: Whose body they are about.
        old: As in :class:`~backchat.clinical.reading.Finding`.
    """

    concept: str
    match: Match
    status: Status
    owner: Owner = Owner.SELF
    old: bool = False


def strongest(claims: Iterable[Claim], words: Sequence[str]) -> list[Claim]:
    """Return the claims that win, in order of place.

    Where readings of one concept share a word, the one that explains more words wins; "sounds like
    it and is not" wins a draw, then "all is well", then words that stand closer together. A hint
    wins only what no other reading claims.
    """
    ranked = sorted(
        (claim for claim in claims if not _is_no_comfort(claim, words)),
        key=lambda claim: (
            claim.wording.sense is Sense.HINT,
            -claim.weight,
            _SENSES.index(claim.wording.sense),
            claim.extent,
            claim.match,
        ),
    )
    taken: dict[str, set[int]] = {}
    winners: list[Claim] = []
    for claim in ranked:
        mine = {i for start, end in claim.match for i in range(start, end)}
        used = taken.setdefault(claim.wording.label, set())
        if used.isdisjoint(mine):
            used |= mine
            winners.append(claim)
    return sorted(winners, key=lambda claim: claim.match)


def judge(
    claim: Claim,
    words: Sequence[str],
    context: Context,
    owners: Sequence[Owner],
    guessed: Sequence[bool],
    permanent: frozenset[str] = frozenset(),
) -> Verdict | None:
    """Return what a winning claim means, or None where it means nothing.

    Args:
        claim: The claim.
        words: The words of the message.
        context: The scopes of the message.
        owners: Per word, whose body it is about.
        guessed: Per word, whether spelling repair chose it.
        permanent: Conditions that do not end: one that was "years ago" is still there.
    """
    if claim.wording.sense is Sense.NEVER:
        return None
    manners = context.manners(claim.match)
    if claim.wording.label in permanent:
        manners -= _GONE_BY
    sense = _sense(claim, words)
    if sense is Sense.NORMAL and Manner.NOT not in context.manners(claim.match[-1:]):
        manners -= {Manner.NOT}
    status, old = _meaning(sense, manners)
    if status is Status.PRESENT and _only_guessed(claim.match, guessed):
        status = Status.UNSURE
    owner = owner_of(claim.match, owners)
    return Verdict(claim.wording.label, claim.match, status, owner, old)


def is_about_other(
    verdicts: Collection[Verdict], lasting: frozenset[str], distance: Distance
) -> bool:
    """Whether someone else's symptoms are described as they are now.

    Args:
        verdicts: What the message said.
        lasting: Concepts that are conditions: a father's old cancer describes nobody now.
        distance: How the person keeps themselves apart from others.
    """
    complains = any(
        verdict.owner is Owner.SELF and verdict.status in _HAD and verdict.concept not in lasting
        for verdict in verdicts
    )
    return any(
        verdict.owner is Owner.OTHER
        and verdict.status is Status.PRESENT
        and verdict.concept not in lasting
        and not distance.is_remote(verdict.match, complains=complains)
        for verdict in verdicts
    )


def settle(verdicts: Iterable[Verdict], lexicon: Lexicon, *, about_other: bool) -> list[Verdict]:
    """Return one verdict for each concept and status that count, with what they imply.

    What is said of others becomes ``OTHER_PERSON`` unless the message is about them. A symptom
    that is present or unsure in one place is not absent in another ("no numbness in my back, just
    between my legs").
    """
    best: dict[str, Verdict] = {}
    for verdict in _with_implied(verdicts, lexicon):
        counts = verdict.owner is Owner.SELF or (about_other and verdict.owner is Owner.OTHER)
        if not counts:
            verdict = replace(verdict, status=Status.OTHER_PERSON, old=False)
        known = best.get(verdict.concept)
        if known is None or _BY_WEIGHT.index(verdict.status) < _BY_WEIGHT.index(known.status):
            best[verdict.concept] = verdict
    return sorted(best.values(), key=lambda verdict: verdict.match)


def _with_implied(verdicts: Iterable[Verdict], lexicon: Lexicon) -> Iterable[Verdict]:
    for verdict in verdicts:
        yield verdict
        if verdict.status is Status.PRESENT:
            for concept in lexicon.implies.get(verdict.concept, ()):
                yield replace(verdict, concept=concept)
            for concept in lexicon.suggests.get(verdict.concept, ()):
                yield replace(verdict, concept=concept, status=Status.UNSURE)


def _sense(claim: Claim, words: Sequence[str]) -> Sense:
    """Return the sense of a claim; a symptom with a "not" among its own words is a loss."""
    sense = claim.wording.sense
    if sense is Sense.SYMPTOM and any(
        words[i] in _NEGATIVE for start, end in claim.match for i in range(start, end)
    ):
        return Sense.LOSS
    return sense


def _meaning(sense: Sense, manners: frozenset[Manner]) -> tuple[Status, bool]:
    """Return the status that words of a sense have when spoken in these manners, and ``old``."""
    if Manner.REFUTED in manners:
        return Status.ABSENT, False
    if Manner.DOUBTED in manners:
        return Status.UNSURE, False
    if sense is Sense.NORMAL:
        if Manner.IMAGINED in manners:
            return Status.UNSURE, False
        return (Status.PRESENT if Manner.NOT in manners else Status.ABSENT), False
    if not manners.isdisjoint(_DENIALS):
        return (Status.UNSURE if sense is Sense.LOSS else Status.ABSENT), False
    if Manner.IMAGINED in manners:
        return Status.HYPOTHETICAL, False
    if Manner.LONG_AGO in manners:
        return Status.PAST, True
    if sense in (Sense.ASK, Sense.HINT):
        return Status.UNSURE, False
    if Manner.OVER in manners:
        return Status.PAST, False
    return (Status.UNSURE if Manner.FAINT in manners else Status.PRESENT), False


def _is_no_comfort(claim: Claim, words: Sequence[str]) -> bool:
    """Whether "all is well" was found in words that say or ask something else.

    "Can feel it" in "can't feel it", "ok, feeling" in "ok, no feeling", "legs, normal" in "legs
    weaker than normal" and in "tingling legs, is that normal", "her legs, fine" before "mine are".
    """
    if claim.wording.sense is not Sense.NORMAL:
        return False
    first, last = claim.match[0][0], claim.match[-1][1]
    matched = {i for start, end in claim.match for i in range(start, end)}
    return any(
        (words[i] == "not" and words[i - 1] in _ABILITIES)
        or (words[i] == "mine" and i not in matched)
        or (words[first] in _OPENINGS and words[i] in _LACKS and i not in matched)
        or (i in matched and i - 1 not in matched and _compares_or_asks(words, i))
        for i in range(first + 1, last)
    )


def _compares_or_asks(words: Sequence[str], i: int) -> bool:
    """Whether a word stands in "than normal" or "is that normal"."""
    before = words[i - 1]
    return before == "than" or (before in _POINTERS and i > 1 and words[i - 2] in _BEINGS)


def _only_guessed(match: Match, guessed: Sequence[bool]) -> bool:
    return all(guessed[i] for start, end in match for i in range(start, end))

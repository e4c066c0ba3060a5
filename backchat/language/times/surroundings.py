"""The clauses and cues around the times of a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from backchat.language.times.cues import Cue, CueAt, find_cues
from backchat.language.times.mention import Mention

MASK = "#"
_FARTHEST_LEAD = 60

_SENTENCE_END = re.compile(r"(?<!\S)[.!?;](?!\S)")
_CLAUSE_END = re.compile(
    r"(?<!\S)(?:[,():-]|but|and(?! (?:off|on|again|then)\b)|then|because|though|although|which"
    r"|where|plus|so(?= (?:i|my|it|the|now|this|that|its|ive|im)\b)"
    r"|now(?= (?:i|my|it|the|its|ive|im|lower|back|low)\b))(?!\S)"
)
_NEW_SUBJECT = re.compile(r" (?:i|im|ive|my|its?|the|this|that|low|lower|back) ")


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a clause and its sentence begin and end in the canonical text."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int


class Surroundings:
    """A message around its times.

    Attributes:
        text: The canonical text.
        masked: The same with every time blotted out, so that "two days back" holds no back.
        mentions: The times, in order.
        cues: What the other words speak of, in order.
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        """Find the cues around the times."""
        masked = list(text)
        for mention in mentions:
            masked[mention.start : mention.end] = MASK * (mention.end - mention.start)
        self.text = text
        self.masked = "".join(masked)
        self.mentions = mentions
        self.cues = find_cues(self.masked)

    @cached_property
    def speaks_of_pain(self) -> bool:
        """Whether the message says anywhere that something hurts."""
        return has(self.cues, Cue.PAIN, Cue.ONSET, Cue.LASTING)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.start() for match in _SENTENCE_END.finditer(self.masked)]

    @cached_property
    def _cuts(self) -> list[int]:
        """Return where clauses begin; in a run-on ("did it yesterday my ...") a time ends one."""
        cuts = {match.start() for match in _CLAUSE_END.finditer(self.masked)}
        cuts.update(self._sentence_ends)
        for mention in self.mentions:
            start = max((cut for cut in cuts if cut <= mention.start), default=0)
            if _NEW_SUBJECT.match(self.masked, mention.end) and self.between(start, mention.start):
                cuts.add(mention.end)
        return sorted(cuts | {0, len(self.text)})

    def between(self, start: int, end: int) -> list[CueAt]:
        """Return the cues that lie between two places."""
        return [cue for cue in self.cues if cue.start >= start and cue.end <= end]

    def clause(self, mention: Mention) -> Clause:
        """Return the clause that holds a time."""
        ends = self._sentence_ends
        return Clause(
            max(cut for cut in self._cuts if cut <= mention.start),
            min((cut for cut in self._cuts if cut >= mention.end), default=len(self.text)),
            max((end + 1 for end in ends if end < mention.start), default=0),
            min((end for end in ends if end >= mention.end), default=len(self.text)),
        )

    def clause_before(self, clause: Clause) -> list[CueAt]:
        """Return the cues of the clause before this one in the same sentence."""
        starts = [cut for cut in self._cuts if clause.sentence_start - 1 <= cut < clause.start]
        return self.between(starts[-1], clause.start) if starts else []

    def led_by(self, lead: re.Pattern[str], mention: Mention) -> bool:
        """Whether a pattern that ends with ``$`` matches the words right before a time."""
        nearby = max(0, mention.start - _FARTHEST_LEAD)
        return lead.search(self.text, nearby, mention.start) is not None


def has(cues: Sequence[CueAt], *wanted: Cue) -> bool:
    """Whether any of the cues is of a wanted kind."""
    return any(cue.cue in wanted for cue in cues)

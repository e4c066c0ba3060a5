"""How a person speaks of what they name: denied, doubted, over, imagined, or someone else's.

The words that open a scope are classes of ``lexicon/context.yml``. A scope ends with its sentence,
at "but" and its kin, and where a new clause begins; a list under one "no" goes on through commas
and "or" as long as its items are bare ("no fever, chills or weight loss").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from backchat.language.clauses import Clauses
from backchat.language.phrasebook import Span

_LONGEST_SCOPE = 14
_LONGEST_ITEM_AFTER_AND = 3
_FAINT_REACH = 3
_LONGEST_HEADING = 5
_AND = frozenset({"and", "n", "&", "plus"})
_LIST_MARKS = frozenset({",", "/"}) | _AND
_LIST_WORDS = frozenset({"or", "nor"})
_LIST_OPENERS = frozenset(
    {"no", "without", "denies", "denying", "denied", "zero", "never", "free", "absence", "nil"}
)
_VERBAL = frozenset({"not", "never"})
_STRENGTHS = frozenset({"more", "less", "worse", "better", "weaker"})
_SELF = frozenset({"i", "my"})
_PERSONAL = frozenset({"i", "me", "my", "mine", "myself", "we", "our", "this", "it", "these"}) | {
    "he", "she", "him", "her", "his", "here", "feels", "now"
}  # fmt: skip
_QUESTION_MARKS = frozenset({"?", ":", "-", "=", "..."})
_BREAKS = frozenset({".", ",", ";", "\n", "?", "!", ":", "/"})


class Manner(Enum):
    """What a scope says of the words in it."""

    NOT = auto()
    DENIED = auto()
    DOUBTED = auto()
    FAINT = auto()
    OVER = auto()
    LONG_AGO = auto()
    IMAGINED = auto()


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of words and how it is meant.

    Attributes:
        manner: How.
        trigger: The words that say so.
        start: First word of the stretch.
        end: One past its last word.
        exempt: Words that the scope does not reach although it covers others of the same match:
            "no numbness, just between my legs".
    """

    manner: Manner
    trigger: Span
    start: int
    end: int
    exempt: Span = (0, 0)

    def covers(self, span: Span) -> bool:
        """Whether any word of ``span`` lies in this scope."""
        return _overlap(span, (self.start, self.end))

    def belongs_to(self, match: Sequence[Span]) -> bool:
        """Whether the trigger is part of a match: of doubt any word, else its first."""
        start, end = self.trigger
        if self.manner is not Manner.DOUBTED:
            end = start + 1
        return any(_overlap(span, (start, end)) for span in match)

    def excepts(self, match: Sequence[Span]) -> bool:
        """Whether a match reaches the words that are exempt."""
        return any(_overlap(span, self.exempt) for span in match)


@dataclass(frozen=True, slots=True)
class Context:
    """All scopes of a message."""

    scopes: tuple[Scope, ...]

    def manners(self, match: Sequence[Span]) -> frozenset[Manner]:
        """Return how a match is meant.

        A trigger that is itself part of the match does not count: in "can't feel" the "not" is
        what the person feels, not a denial of it.
        """
        return frozenset(
            scope.manner
            for scope in self.scopes
            if any(scope.covers(span) for span in match)
            and not scope.belongs_to(match)
            and not scope.excepts(match)
        )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


class _Finder:
    def __init__(
        self, words: Sequence[str], places: Mapping[str, Sequence[Span]], clauses: Clauses
    ) -> None:
        self.words = words
        self.places = places
        self.clauses = clauses
        self.fillers = self._covered("filler")
        self.areas = self._covered("area")
        self.stops = self._covered("scope_end")
        self.verbs = self._covered("verb")
        self.negated = self._covered("negator")
        self.subjects = frozenset(start for start, _ in self._spans("subject"))

    def scopes(self) -> list[Scope]:
        return [
            *self._denials(),
            *self._replies(),
            *self._reports(),
            *(
                Scope(Manner.DOUBTED, trigger, trigger[1], self._end_of_phrase(trigger))
                for trigger in self._spans("doubt")
            ),
            *(
                Scope(Manner.DOUBTED, trigger, self._start_of_phrase(trigger), trigger[0])
                for trigger in self._spans("doubt_after")
                if not self._word(trigger[1])[:1].isalnum() or trigger[1] in self.clauses.starts
            ),
            *(
                Scope(Manner.DOUBTED, trigger, trigger[1], self._sentence(trigger)[1])
                for trigger in self._spans("litotes")
            ),
            *(
                Scope(Manner.FAINT, trigger, trigger[1], trigger[1] + _FAINT_REACH)
                for trigger in self._spans("faint")
                if not self._is_quantity(trigger) and self._word(trigger[1]) not in _STRENGTHS
            ),
            *(
                Scope(Manner.OVER, trigger, self._sentence(trigger)[0], trigger[1])
                for trigger in self._spans("over")
                if not _within(trigger, self._spans("not_over"))
            ),
            *(
                Scope(Manner.OVER, trigger, self._sentence(trigger)[0], trigger[1])
                for trigger in self._spans("over_at_end")
                if trigger[1] in self.clauses.ends
            ),
            *(
                Scope(Manner.LONG_AGO, trigger, *self._clause(trigger))
                for trigger in self._spans("long_ago")
                if not _within(trigger, self._spans("never_before"))
            ),
            *(
                Scope(Manner.IMAGINED, trigger, trigger[0], self._end_of_imagination(trigger))
                for trigger in self._spans("imagined")
            ),
            *self._general_questions(),
        ]

    def _spans(self, name: str) -> Sequence[Span]:
        return self.places.get(f"@{name}", ())

    def _covered(self, name: str) -> frozenset[int]:
        return frozenset(i for start, end in self._spans(name) for i in range(start, end))

    def _word(self, i: int) -> str:
        return self.words[i] if i < len(self.words) else ""

    def _end_of_imagination(self, trigger: Span) -> int:
        """Return where it ends: with its sentence for "if", else where "I" or "my" takes over."""
        end = self._sentence(trigger)[1]
        if "if" in self.words[trigger[0] : trigger[1]]:
            return end
        said = (i for i in range(trigger[1], end) if not self._same_clause(i, trigger[0]))
        return next((i for i in said if self.words[i] in _SELF), end)

    def _general_questions(self) -> Iterator[Scope]:
        """Yield questions that nobody asks of themselves: "can stones cause back pain?"."""
        predicates = [*self._spans("general_predicate"), *self._spans("normality")]
        for opener in self._spans("question_opener"):
            start, end = self._sentence(opener)
            if opener[0] != start or self._word(opener[1]) == "not":
                continue
            if not _PERSONAL.isdisjoint(self.words[start:end]):
                if any(start < place[0] < end for place in self._spans("meaning_asked")):
                    yield Scope(Manner.DOUBTED, opener, start, end)
                continue
            asked = self._word(end - 1)[:1] == "?"
            if asked or any(start < place[0] < end for place in predicates):
                normal = any(start < place[0] < end for place in self._spans("normality"))
                manner = Manner.DOUBTED if normal else Manner.IMAGINED
                yield Scope(manner, opener, start, end)

    def _denials(self) -> Iterator[Scope]:
        for trigger in _longest(self._spans("negator")):
            idle = (
                _within(trigger, self._spans("false_negator"))
                or self._is_taken_back(trigger)
                or self._is_double(trigger)
            )
            if not idle and not self._is_reply(trigger):
                first, last = self._end_of_denial(trigger)
                exempt = self._exempt(last)
                direct = Manner.NOT if self.words[trigger[0]] in _VERBAL else Manner.DENIED
                yield Scope(direct, trigger, trigger[1], first, exempt)
                yield Scope(Manner.DENIED, trigger, first, last, exempt)

    def _replies(self) -> Iterator[Scope]:
        for trigger in self._spans("reply_no"):
            start = self._start_of_question(trigger)
            if start is not None:
                yield Scope(Manner.DENIED, trigger, start, trigger[0])

    def _reports(self) -> Iterator[Scope]:
        """Yield what was asked or looked for and denied: "they asked about fits and I said no"."""
        for opener in self._spans("asked_about"):
            for trigger in self._spans("denied_after"):
                if opener[1] < trigger[0] and self._same_sentence(opener[0], trigger[0]):
                    yield Scope(Manner.DENIED, trigger, opener[1], trigger[0])

    def _is_double(self, trigger: Span) -> bool:
        """Whether "without" stands under a "not": "can't sit without pain"."""
        before = range(self._clause(trigger)[0], trigger[0])
        return self.words[trigger[0]] == "without" and any(self.words[i] == "not" for i in before)

    def _is_taken_back(self, trigger: Span) -> bool:
        """Whether the sentence withdraws its denial: "no numbness, actually there is"."""
        end = self._sentence(trigger)[1]
        return any(trigger[1] <= place[0] < end for place in self._spans("reversal"))

    def _is_reply(self, trigger: Span) -> bool:
        """Whether a "no" only answers: "no, I can't", "numbness? no"."""
        if self.words[trigger[0] : trigger[1]] != ["no"]:
            return False
        after = trigger[1]
        return (
            not self._word(after)[:1].isalnum()
            or after in self.subjects
            or after in self.clauses.starts
        )

    def _end_of_denial(self, trigger: Span) -> tuple[int, int]:
        """Return where the first denied item ends, and where the last of its list does."""
        a_list = self.words[trigger[0]] in _LIST_OPENERS or trigger[1] - trigger[0] > 2
        end = trigger[1]
        first: int | None = None
        while end < len(self.words) and end - trigger[1] < _LONGEST_SCOPE:
            word = self.words[end]
            if word == "(":
                return end, self._sentence(trigger)[1]
            if not self._same_sentence(end, trigger[0]) or end in self.stops:
                break
            if word in _LIST_MARKS | _LIST_WORDS:
                if word in _LIST_MARKS and not self._goes_on(end, a_list=a_list):
                    break
                first = end if first is None else first
            elif not self._same_clause(end, trigger[0]):
                break
            end += 1
        return (end if first is None else first), end

    def _goes_on(self, mark: int, *, a_list: bool) -> bool:
        """Whether a bare list item follows the mark."""
        start = item = mark + 1
        if self._word(start) in _LIST_WORDS:
            return True
        while item < len(self.words) and self.words[item] not in _LIST_MARKS | _LIST_WORDS:
            if not self._same_sentence(item, mark):
                break
            if item in self.verbs or item in self.stops or item in self.negated:
                return False
            if item in self.subjects:
                return False
            item += 1
        if self._word(item) in _LIST_WORDS:
            return True
        short = self.words[mark] not in _AND or item - start <= _LONGEST_ITEM_AFTER_AND
        return item > start and a_list and short

    def _exempt(self, end: int) -> Span:
        """Return the words after "just" or "except" that a denial does not reach."""
        for start, after in self._spans("exception"):
            if start in (end, end + 1):
                last = after
                while last < len(self.words) and self._same_clause(last, start):
                    if last not in self.fillers | self.areas:
                        break
                    last += 1
                return after, last
        return 0, 0

    def _start_of_question(self, trigger: Span) -> int | None:
        """Where the question begins that this "no" answers, or None if it answers none here."""
        before = trigger[0] - 1
        closed = trigger[1] == len(self.words) or self.words[trigger[1]] in _BREAKS
        if before < 0 or not (self.words[before] in _QUESTION_MARKS or closed):
            return None
        start = before
        while start > 0 and self.words[start - 1] not in _BREAKS:
            start -= 1
        if self.words[before] not in _QUESTION_MARKS and not self._is_heading(start, trigger[0]):
            return None
        return start if start < trigger[0] else None

    def _is_heading(self, start: int, end: int) -> bool:
        """Whether the words only name something: "bladder problems no"."""
        return end - start <= _LONGEST_HEADING and self.verbs.isdisjoint(range(start, end))

    def _is_quantity(self, faint: Span) -> bool:
        """Whether "a bit" counts something ("of pee") and does not weaken it ("of a pull")."""
        following = [self._word(faint[1]), self._word(faint[1] + 1)]
        return following[0] == "of" and following[1] != "a"

    def _start_of_phrase(self, trigger: Span) -> int:
        start = trigger[0]
        while start > 0 and self._same_sentence(start - 1, trigger[0]):
            if start - 1 in self.stops - self.fillers:
                break
            start -= 1
        return start

    def _end_of_phrase(self, trigger: Span) -> int:
        end = trigger[1]
        while end < len(self.words) and self._same_clause(end, trigger[0]):
            if self.words[end] in _BREAKS or end in self.stops - self.fillers:
                break
            end += 1
        return end

    def _clause(self, trigger: Span) -> Span:
        start, end = trigger
        while start > 0 and self._in_clause_of(trigger, start - 1):
            start -= 1
        while end < len(self.words) and self._in_clause_of(trigger, end):
            end += 1
        return start, end

    def _in_clause_of(self, trigger: Span, i: int) -> bool:
        return self._same_clause(i, trigger[0]) and i not in self.stops

    def _sentence(self, trigger: Span) -> Span:
        start, end = trigger
        while start > 0 and self._same_sentence(start - 1, trigger[0]):
            start -= 1
        while end < len(self.words) and self._same_sentence(end, trigger[0]):
            end += 1
        return start, end

    def _same_clause(self, one: int, other: int) -> bool:
        return self.clauses.clause[one] == self.clauses.clause[other]

    def _same_sentence(self, one: int, other: int) -> bool:
        return self.clauses.sentence[one] == self.clauses.sentence[other]


def read_context(
    words: Sequence[str], places: Mapping[str, Sequence[Span]], clauses: Clauses
) -> Context:
    """Find every scope of a message."""
    return Context(tuple(_Finder(words, places, clauses).scopes()))


def _longest(spans: Sequence[Span]) -> list[Span]:
    """Return the spans that lie in no other."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept

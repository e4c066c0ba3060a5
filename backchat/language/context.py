"""How a person speaks of what they name: denied, doubted, over, imagined, or someone else's.

The words that open a scope are classes of ``lexicon/context.yml``. A scope ends with its sentence,
at "but" and its kin, and where a new clause begins; a list under one "no" goes on through commas
and "or" as long as its items are bare ("no fever, chills or weight loss").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from backchat.language.clauses import Clauses
from backchat.language.phrasebook import Span

_LONGEST_SCOPE = 14
_LONGEST_ITEM_AFTER_AND = 3
_FAINT_REACH = 3
_SUBJECT_AND_VERB = 2
_LONGEST_HEADING = 5
_LONGEST_SETTING = 5
_AND = frozenset({"and", "n", "&", "plus"})
_LIST_MARKS = frozenset({",", "/"}) | _AND
_LIST_WORDS = frozenset({"or", "nor"})
_LIST_OPENERS = frozenset(
    {"no", "without", "denies", "denying", "denied", "zero", "never", "free", "absence", "nil"}
)
_VERBAL = frozenset({"not", "never"})
_STRENGTHS = frozenset({"more", "less", "worse", "better", "weaker"})
_SELF = frozenset({"i", "my"})
_PERSON = frozenset({"i", "me", "my", "mine", "this", "we"})
_PERSONAL = frozenset({"i", "me", "my", "mine", "myself", "we", "our", "this", "it", "these"}) | {
    "he", "she", "him", "her", "his", "here", "feels", "now"
}  # fmt: skip
_SETTINGS = frozenset({
    "after", "at", "back", "during", "following", "in", "on", "once", "with",
})  # fmt: skip
_PAST_TENSE = frozenset({"could", "did", "felt", "got", "had", "lost", "was", "went", "were"})
_PRESENT_TENSE = frozenset({"am", "are", "can", "do", "does", "has", "have", "is", "will"})
_UP_TO_NOW = frozenset({
    "again", "and", "but", "ever", "never", "now", "plus", "since", "so", "still", "then", "this",
    "today", "tonight",
})  # fmt: skip
_QUESTION_MARKS = frozenset({"?", ":", "-", "=", "..."})
_BEFORE_IF = frozenset({"as", "even", "like"})
_OF_FACTS = frozenset({"true", "possible", "known", "usual", "right", "correct"})
_PAUSES = frozenset({",", "-", "...", "(", ")"})
_POSSESSIVES = frozenset({"my", "his", "her", "our", "its"})
_LASTING = frozenset({"since", "for", "always", "all", "used"})
_YEARS = frozenset({"years", "decades", "twenties", "thirties", "forties", "fifties", "teens"})
_DIGITS_OF_A_YEAR = 4
_LONGEST_NUMBER = 3
_PRESENT = frozenset({
    "am", "is", "are", "can", "have", "has", "do", "does", "will", "feel", "feels", "hurts", "hurt",
    "every", "each", "keep", "keeps", "always", "whenever",
})  # fmt: skip
_BEFORE_INFINITIVES = frozenset({"not", "could", "did", "to", "would"})
_BREAKS = frozenset({".", ",", ";", "\n", "?", "!", ":", "/"})


class Manner(Enum):
    """What a scope says of the words in it."""

    REFUTED = auto()
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
        """Whether the trigger is part of a match: of doubt and ending any word, else its first."""
        start, end = self.trigger
        if self.manner not in (Manner.DOUBTED, Manner.OVER):
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
                if not self._is_estimate(trigger)
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
                Scope(
                    Manner.FAINT,
                    trigger,
                    trigger[1],
                    min(trigger[1] + _FAINT_REACH, self._sentence(trigger)[1]),
                )
                for trigger in self._spans("faint")
                if not self._is_quantity(trigger)
                and not self._is_thing(trigger)
                and self._word(trigger[1]) not in _STRENGTHS
            ),
            *(
                Scope(Manner.OVER, trigger, self._sentence(trigger)[0], trigger[1])
                for trigger in self._ended()
            ),
            *(
                Scope(Manner.OVER, trigger, self._sentence(trigger)[0], trigger[1])
                for trigger in self._spans("over_at_end")
                if trigger[1] in self.clauses.ends
            ),
            *self._long_ago(),
            *(
                Scope(Manner.IMAGINED, trigger, trigger[0], self._end_of_imagination(trigger))
                for trigger in self._spans("imagined")
                if not _within(trigger, self._spans("not_imagined"))
                and not self._compares(trigger)
                and not self._is_affirmed(trigger)
            ),
            *self._conditions(),
            *self._refutations(),
            *self._general_questions(),
        ]

    def _spans(self, name: str) -> Sequence[Span]:
        return self.places.get(f"@{name}", ())

    def _covered(self, name: str) -> frozenset[int]:
        return frozenset(i for start, end in self._spans(name) for i in range(start, end))

    def _word(self, i: int) -> str:
        return self.words[i] if i < len(self.words) else ""

    def _compares(self, trigger: Span) -> bool:
        """Whether an "if" only likens ("as if it runs down my leg") or grants ("even if")."""
        start = trigger[0]
        return start > 0 and self.words[start] == "if" and self.words[start - 1] in _BEFORE_IF

    def _end_of_imagination(self, trigger: Span) -> int:
        """Return where it ends: where "I" or "my" takes over, after "if" only behind a comma."""
        end = self._sentence(trigger)[1]
        if "if" in self.words[trigger[0] : trigger[1]]:
            told = (i for i in range(trigger[1], end - 1) if self.words[i] == ",")
            return next((i for i in told if self.words[i + 1] in _SELF), end)
        said = (i for i in range(trigger[1], end) if not self._same_clause(i, trigger[0]))
        return next((i for i in said if self.words[i] in _SELF), end)

    def _refutations(self) -> Iterator[Scope]:
        """Yield what was asked in general and is not there: "is numbness bad? I haven't got it"."""
        for trigger in self._spans("refuted"):
            start = self._sentence(trigger)[0]
            replied = "?" in self.words[start : trigger[0]]
            asked = (start, trigger[0]) if replied else self._sentence_before(start)
            impersonal = _PERSON.isdisjoint(self.words[slice(*asked)])
            if "?" in self.words[slice(*asked)] and impersonal and trigger[1] in self.clauses.ends:
                yield Scope(Manner.REFUTED, trigger, *asked)

    def _is_affirmed(self, opener: Span) -> bool:
        """Whether what a question asks about is said to be there in the sentence after it."""
        end = self._sentence(opener)[1]
        after = self._next_sentence(end)[0]
        return self._word(end - 1) == "?" and (
            after in self._starts("affirmed")
            or any(
                start == after and stop in self.clauses.ends
                for start, stop in self._spans("affirmed_at_end")
            )
        )

    def _ended(self) -> list[Span]:
        doubtful = self._spans("not_over")
        return [span for span in self._spans("over") if not _within(span, doubtful)]

    def _long_ago(self) -> Iterator[Scope]:
        """Yield what was long ago: the clause of the words that say so, and what goes with it.

        They govern the clause behind them if they open a sentence ("after my epidural years ago I
        could not feel a thing"), the whole of it if it says or the next one does that it is over
        ("numb after an operation in 2016, normal since"), and the one before if they refer to it
        ("that was years ago").
        """
        for trigger in self._spans("long_ago"):
            if _within(trigger, self._spans("never_before")):
                continue
            start, end = self._clause(trigger)
            yield Scope(Manner.LONG_AGO, trigger, start, self._until_now(trigger, end))
            if self._is_years_ago(trigger):
                yield from self._along_with(trigger)

    def _until_now(self, trigger: Span, end: int) -> int:
        """Where the clause comes back to these days: "a stone last year, same pain again"."""
        last = end
        while last < len(self.words) and self._same_clause(last, trigger[0]):
            last += 1
        commas = [i for i in range(trigger[1], end) if self.words[i] == ","]
        for part in pairwise([*commas, last]):
            if self._is_recent(part) or self._is_resumed(part):
                return part[0]
        return end

    def _is_estimate(self, trigger: Span) -> bool:
        """Whether it doubts only how much, as in "dropped maybe 3 metres"."""
        number = (trigger[1], trigger[1] + 1)
        return (
            trigger in self._spans("estimated")
            and any(start == number[1] for start, _ in self._spans("measure"))
            and (self._word(number[0]).isdigit() or number in self._spans("age_then"))
        )

    def _is_resumed(self, stretch: Span) -> bool:
        return any(_within(span, [stretch]) for span in self._spans("resumed"))

    def _along_with(self, trigger: Span) -> Iterator[Scope]:
        start, end = self._sentence(trigger)
        governed = self._end_of_memory(trigger, end)
        if self._opens(trigger, start) and self._is_told_as_past((trigger[1], governed)):
            yield Scope(Manner.LONG_AGO, trigger, start, governed)
        after = self._next_sentence(end)
        for over in self._ended():
            if trigger[1] <= over[0] < end and self._is_bygone((start, over[0]), over):
                yield Scope(Manner.LONG_AGO, trigger, start, over[1])
            elif after[0] <= over[0] < after[1] and self._is_bygone((start, end), over):
                yield Scope(Manner.LONG_AGO, trigger, start, end)
        before = self._sentence_before(start)
        refers = any(
            span[0] == start and 0 <= trigger[0] - span[1] <= _LONGEST_NUMBER
            for span in self._spans("back_reference")
        )
        if refers and self._is_bygone(before, trigger):
            yield Scope(Manner.LONG_AGO, trigger, *before)

    def _is_years_ago(self, trigger: Span) -> bool:
        return _within(trigger, self._spans("of_earlier_years")) or any(
            word in _YEARS or (len(word) == _DIGITS_OF_A_YEAR and word.isdigit())
            for word in self.words[slice(*trigger)]
        )

    def _is_bygone(self, told: Span, end: Span) -> bool:
        """Whether what is told is not said to be so still, up to the words that end it."""
        return not self._is_present(told) and not self._is_recent((told[0], end[1]))

    def _opens(self, trigger: Span, start: int) -> bool:
        """Whether it opens its sentence, as "years ago" and "after my operation in 2016" do."""
        said = range(start, trigger[1])
        return all(
            self.words[i] not in _LASTING
            and (i not in self.subjects or self.words[i] in _POSSESSIVES)
            for i in said
        )

    def _end_of_memory(self, trigger: Span, end: int) -> int:
        """Return where the clause ends that words which open a sentence govern."""
        begun = next((i for i in range(trigger[1], end) if i in self.subjects), end)
        clause = range(begun + 1, end)
        return next((i for i in clause if self.words[i] == "," or i in self.clauses.starts), end)

    def _is_told_as_past(self, stretch: Span) -> bool:
        told = any(_within(span, [stretch]) for span in self._spans("remote_verb"))
        return told and not self._is_present(stretch) and not self._is_recent(stretch)

    def _is_present(self, stretch: Span) -> bool:
        """Whether a verb tells what is: "feel", but not in "could not feel"."""
        return any(
            self.words[i] in _PRESENT and not (i and self.words[i - 1] in _BEFORE_INFINITIVES)
            for i in range(*stretch)
        )

    def _is_recent(self, stretch: Span) -> bool:
        spared = self._spans("not_recent")
        return any(
            _within(span, [stretch]) and not _within(span, spared) for span in self._spans("recent")
        )

    def _starts(self, name: str) -> frozenset[int]:
        return frozenset(start for start, _ in self._spans(name))

    def _next_sentence(self, end: int) -> Span:
        while end < len(self.words) and not self.words[end][:1].isalnum():
            end += 1
        return self._sentence((end, end)) if end < len(self.words) else (end, end)

    def _sentence_before(self, start: int) -> Span:
        return self._sentence((start - 1, start)) if start else (0, 0)

    def _conditions(self) -> Iterator[Scope]:
        """Yield what is only supposed: "if it began running into my leg, what should I do?".

        It is if it "ever" did, or if it is said as of the past and the sentence goes on with
        "would" or "should". What the sentence says beside the condition is meant as it is.
        """
        for trigger in self._spans("condition"):
            if any(_overlap(trigger, span) for span in self._spans("not_condition")):
                continue
            sentence = self._sentence(trigger)
            end = self._end_of_condition(trigger, sentence[1])
            clause = (trigger[1], end)
            rest = [(sentence[0], trigger[0]), (end, sentence[1])]
            remote = any(_within(span, [clause]) for span in self._spans("remote_verb"))
            result = any(_within(span, rest) for span in self._spans("remote_result"))
            ever = any(_within(span, [clause]) for span in self._spans("ever"))
            owned = any(
                self.words[i] == "because" and self._word(i + 1) in _SELF
                for i in range(end, sentence[1])
            )
            if (ever or (remote and result)) and not owned:
                yield Scope(Manner.IMAGINED, trigger, *clause, exempt=(end, sentence[1]))

    def _end_of_condition(self, trigger: Span, sentence_end: int) -> int:
        """Return where an if-clause ends: at a comma, a question, or a second subject."""
        spans = [*self._spans("remote_verb"), *self._spans("verb")]
        verb = min((end for start, end in spans if start >= trigger[1]), default=sentence_end)
        named = (i for i in range(trigger[1], sentence_end) if i in self.subjects)
        verb = min(verb, next(named, sentence_end) + _SUBJECT_AND_VERB)
        asked = {start for start, _ in self._spans("inversion")}
        governed = {end for _, end in self._spans("preposition")}
        ends = (
            i
            for i in range(verb, sentence_end)
            if self.words[i] in _PAUSES or i in asked or (i in self.subjects and i not in governed)
        )
        return next(ends, sentence_end)

    def _general_questions(self) -> Iterator[Scope]:
        """Yield questions that nobody asks of themselves: "can stones cause back pain?"."""
        predicates = [*self._spans("general_predicate"), *self._spans("normality")]
        for opener in self._spans("question_opener"):
            start, end = self._sentence(opener)
            if opener[0] != start or self._word(opener[1]) == "not" or self._is_affirmed(opener):
                continue
            of_facts = self._word(start + 1) == "it" and self._word(start + 2) in _OF_FACTS
            if not _PERSONAL.isdisjoint(self.words[start + 2 * of_facts : end]):
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
            if start is not None and not _within(trigger, self._spans("no_reply")):
                yield Scope(Manner.DENIED, trigger, start, trigger[0])

    def _reports(self) -> Iterator[Scope]:
        """Yield what was asked or looked for and denied: "they asked about fits and I said no"."""
        for opener in self._spans("asked_about"):
            for trigger in self._spans("denied_after"):
                follows = trigger[0] == self._next_sentence(self._sentence(opener)[1])[0]
                same = self._same_sentence(opener[0], trigger[0])
                if opener[1] < trigger[0] and (same or follows):
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

    def _is_thing(self, faint: Span) -> bool:
        """Whether "bit" is a place ("the bit between my legs") and does not weaken anything."""
        return self._word(faint[0]) == "bit" and self.words[faint[0] - 1 :][:1] in (
            ["the"], ["this"], ["that"], ["whole"], ["middle"], ["one"],
        )  # fmt: skip

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

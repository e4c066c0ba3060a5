"""Reads one message: what the person said of themselves, in clinical terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from backchat.clinical.reading import About, Finding, Reading, Status
from backchat.knowledge import Knowledge
from backchat.language import circumstances
from backchat.language.annotation import Annotator, Matcher, Message
from backchat.language.answers import read_answer
from backchat.language.canonical import canonical
from backchat.language.doses import Doses
from backchat.language.doubt import load_or_train
from backchat.language.findings import Claim, Verdict, is_about_other, judge, settle, strongest
from backchat.language.lexicon import Circumstance, Sense
from backchat.language.lexicon_files import load_lexicon
from backchat.language.measurements import measured
from backchat.language.quantities import read_age, read_pain
from backchat.language.second_opinion import Opine, SecondOpinion
from backchat.language.speakers import Owner
from backchat.language.times import read_onset, read_trend

_TREND_CONCEPTS = frozenset({"worsening", "improving"})
_NOT_NOW = frozenset({Status.PAST, Status.HYPOTHETICAL, Status.OTHER_PERSON})


class Reader:
    """Understands messages; build it once, it is safe to share.

    Args:
        knowledge: The loaded knowledge.
        opine: The statistical reader, or ``NoOpinion`` to do without; by default the trained one,
            which is made at the first use of this knowledge.
    """

    def __init__(self, knowledge: Knowledge, opine: Opine | None = None) -> None:
        """Compile the lexicon."""
        self._lexicon = load_lexicon(knowledge.directory, knowledge.concepts)
        self._annotator = Annotator(self._lexicon)
        self._concepts = Matcher(self._lexicon.concepts, self._lexicon.common)
        self._circumstances = {
            circumstance: Matcher(wordings, self._lexicon.common)
            for circumstance, wordings in self._lexicon.circumstances.items()
        }
        self._doses = Doses(knowledge)
        self._second = SecondOpinion(
            knowledge.rulebook.by_id, self._lexicon, opine or load_or_train(knowledge).opinion
        )

    @staticmethod
    def forget() -> None:
        """Drop the messages that are remembered as read."""
        canonical.cache_clear()

    def read(
        self,
        text: str,
        *,
        now: datetime,
        timezone: str = "UTC",
        turn: int = 0,
        question: str | None = None,
    ) -> Reading:
        """Return what a message says.

        Args:
            text: The message, any text.
            now: When it was sent, with a time zone.
            timezone: IANA name of the person's time zone.
            turn: Index of the message in the episode.
            question: Id of the question it may answer ("clarify:RF01_SADDLE", "onset").
        """
        message = self._annotator.annotate(text)
        claims = strongest(self._concepts.claims(message.literal), message.words)
        opinion = self._second.opine(text)
        judged = [
            *self._second.reviewed(
                message,
                _judged(claims, message, self._lexicon.permanent),
                opinion,
                is_reply=question is not None,
            ),
            *measured(text, message.words),
        ]
        trend = read_trend(_with_real_trends_only(claims, judged, message), question)
        judged += (
            verdict
            for verdict in self._second.confirmed(message, claims, judged, opinion)
            if trend is None or verdict.concept not in _TREND_CONCEPTS
        )
        about_other = is_about_other(judged, self._lexicon.lasting, message.distance)
        verdicts = settle(judged, self._lexicon, about_other=about_other)
        own = text if about_other else _without_others(judged, message)
        onset = read_onset(own, now, timezone, question)
        pain = read_pain(own, question)
        age = read_age(text, question, now.year)
        answer = read_answer(text, question)
        named = {
            circumstance: circumstances.labels(matcher, message)
            for circumstance, matcher in self._circumstances.items()
        }
        findings = [
            _finding(verdict, message, turn) for verdict in verdicts if not _is_past_trend(verdict)
        ]
        excesses = self._doses.read(text)
        findings += (
            Finding(
                each.concept, each.status, text[each.start : each.end], turn, each.start, each.end
            )
            for each in excesses
        )
        spoken_of = {each.concept for each in judged} | {each.concept for each in excesses}
        if trend is not None:
            spoken_of |= _TREND_CONCEPTS
        findings += (
            Finding(concept, Status.UNSURE, text, turn, 0, len(text))
            for concept in self._second.suspected(opinion, spoken_of, question, answer)
        )
        return Reading(
            findings=tuple(findings),
            onset=onset.onset,
            onset_unclear=onset.unclear,
            trend=trend,
            pain=pain,
            age=age,
            causes=named[Circumstance.CAUSES],
            activities=named[Circumstance.ACTIVITIES],
            aggravators=named[Circumstance.AGGRAVATORS],
            side=circumstances.side(named[Circumstance.SIDES]),
            about=About.OTHER if about_other else About.SELF,
            topic=circumstances.topic(
                named[Circumstance.TOPICS],
                verdicts,
                message.words,
                is_answer=any(each is not None for each in (onset.onset, trend, pain, age, answer)),
            ),
            answer=answer,
        )


def _judged(
    claims: Iterable[Claim], message: Message, permanent: frozenset[str]
) -> Iterable[Verdict]:
    for claim in claims:
        verdict = judge(
            claim, message.words, message.context, message.owners, message.guessed, permanent
        )
        if verdict is not None:
            yield verdict


def _is_past_trend(verdict: Verdict) -> bool:
    """Whether it got worse or better once, which says nothing of where it is going now."""
    return verdict.concept in _TREND_CONCEPTS and verdict.status is Status.PAST


def _with_real_trends_only(
    claims: Iterable[Claim], verdicts: Iterable[Verdict], message: Message
) -> str:
    """Return the text without the trends that are none: "worse weather", "worse? no"."""
    status = {(verdict.concept, verdict.match): verdict.status for verdict in verdicts}
    unreal = [
        claim.match
        for claim in claims
        if claim.wording.label in _TREND_CONCEPTS
        and _is_unreal(claim.wording.sense, status.get((claim.wording.label, claim.match)))
    ]
    text = message.text
    for match in unreal:
        start, end = message.place(match)
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _without_others(verdicts: Iterable[Verdict], message: Message) -> str:
    """Return the text without the words on someone whose symptoms are told but not assessed."""
    told = any(
        verdict.owner is not Owner.SELF and verdict.status is Status.PRESENT for verdict in verdicts
    )
    text = message.text
    if not told:
        return text
    for token, owner in zip(message.tokens, message.owners, strict=True):
        if owner is not Owner.SELF:
            blank = " " * (token.end - token.start)
            text = f"{text[: token.start]}{blank}{text[token.end :]}"
    return text


def _is_unreal(sense: Sense, status: Status | None) -> bool:
    denied = status is Status.ABSENT and sense is not Sense.NORMAL
    return sense is Sense.NEVER or denied or status in _NOT_NOW


def _finding(verdict: Verdict, message: Message, turn: int) -> Finding:
    start, end = message.place(verdict.match)
    return Finding(
        concept=verdict.concept,
        status=verdict.status,
        text=message.text[start:end],
        turn=turn,
        start=start,
        end=end,
        old=verdict.old,
    )

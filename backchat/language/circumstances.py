"""What surrounds the symptoms: causes, activities, aggravating movements, side and topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from backchat.clinical.reading import Status, Topic
from backchat.language.annotation import Matcher, Message
from backchat.language.context import Manner
from backchat.language.findings import Verdict

_NOT_MEANT = frozenset(
    {Manner.REFUTED, Manner.NOT, Manner.DENIED, Manner.IMAGINED, Manner.LONG_AGO}
)
_QUESTION_WORDS = frozenset(
    {"what", "who", "where", "when", "which", "how", "why", "can", "could", "do", "does", "tell"}
    | {"write", "give", "show", "is", "are"}
)
_SHORTEST_QUESTION = 3
_BACK = "back_pain"
_ELSEWHERE = frozenset({"other_body_pain", "upper_back_pain"})


def labels(matcher: Matcher, message: Message) -> tuple[str, ...]:
    """Return the labels that hold, in order of place, without those denied or only imagined."""
    found = sorted(matcher.claims(message.scene), key=lambda claim: claim.match)
    meant = [
        claim.wording.label
        for claim in found
        if _NOT_MEANT.isdisjoint(message.context.manners(claim.match))
    ]
    return tuple(dict.fromkeys(meant))


def side(sides: Collection[str]) -> str | None:
    """Return "left", "right", "both" or None out of the sides that were named."""
    if "both" in sides or {"left", "right"} <= set(sides):
        return "both"
    return next(iter(sides), None)


def topic(
    topics: Collection[str], verdicts: Iterable[Verdict], words: list[str], *, is_answer: bool
) -> Topic | None:
    """Return what a message is about, or None where it says nothing either way.

    Args:
        topics: The topics whose words occur.
        verdicts: What the message says of symptoms.
        words: Its words.
        is_answer: Whether it can be read as an answer, a time or a number.
    """
    spoken_of = {verdict.concept for verdict in verdicts if verdict.status is not Status.ABSENT}
    if _BACK in spoken_of:
        return Topic.IN_SCOPE
    if "adjacent" in topics or not _ELSEWHERE.isdisjoint(spoken_of):
        return Topic.ADJACENT
    if spoken_of or "in_scope" in topics:
        return Topic.IN_SCOPE
    if "off_topic" in topics:
        return Topic.OFF_TOPIC
    if is_answer or len(words) < _SHORTEST_QUESTION:
        return None
    return Topic.OFF_TOPIC if words[0] in _QUESTION_WORDS else None

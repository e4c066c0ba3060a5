"""What one message said in clinical terms: output of the language room, input of this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Status(Enum):
    """How a person speaks of a concept."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"
    PAST = "past"
    OTHER_PERSON = "other_person"
    HYPOTHETICAL = "hypothetical"

    __hash__ = object.__hash__  # that of Enum runs in Python, and judging looks up thousands


class Trend(Enum):
    """Which way the pain is going."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class About(Enum):
    """Whose symptoms are described now."""

    SELF = "self"
    OTHER = "other"


class Topic(Enum):
    """Whether the conversation is about something Backchat knows."""

    IN_SCOPE = "in_scope"
    ADJACENT = "adjacent"
    OFF_TOPIC = "off_topic"


class Answer(Enum):
    """A message taken as the answer to the question before it."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """A concept the person spoke of, its status, and their own words.

    Attributes:
        concept: An id of ``knowledge/concepts.yml``.
        status: How they spoke of it.
        text: Their words, ``message[start:end]``.
        turn: Index of the message in the episode, from 0.
        start: First character of the words.
        end: One past the last character.
        old: With ``PAST``: it ended more than two weeks ago or is a long-standing, unchanged
            condition, so that it no longer counts for the present episode. With ``ABSENT``: it was
            denied so long ago that it is asked about again.
    """

    concept: str
    status: Status
    text: str
    turn: int
    start: int
    end: int
    old: bool = False


@dataclass(frozen=True, slots=True)
class Onset:
    """When the pain began, as an interval of two moments in UTC.

    Attributes:
        earliest: The pain began no earlier than this.
        latest: The pain began no later than this; ``earliest <= latest``.
        text: The person's own words.
        of_workout: True when only the workout's time was given, not the pain's.
        recurrent: True for pain that comes and goes, counted from its first onset.
    """

    earliest: datetime
    latest: datetime
    text: str
    of_workout: bool = False
    recurrent: bool = False

    def hours_before(self, now: datetime) -> tuple[float, float]:
        """Return ``(low, high)``: how many hours before ``now`` the pain began."""
        return (
            (now - self.latest).total_seconds() / 3600,
            (now - self.earliest).total_seconds() / 3600,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one message said.

    Attributes:
        findings: In order of appearance.
        onset: When the pain began, or None.
        onset_unclear: A time was given that settles nothing (a future date, "it came back").
        trend: Better, same, worse, or None.
        pain: 0 to 10, or None.
        age: Age in years of the person described, or None.
        causes: Ids of ``knowledge/causes.yml`` that their words point to.
        activities: Sports and loads they named, in plain lower-case words ("deadlift").
        aggravators: Movements that hurt: any of ``bending``, ``sitting``, ``arching``,
            ``standing``, ``twisting``.
        side: "left", "right", "both" or None.
        about: Whose symptoms these are.
        topic: What the message is about, or None where it says nothing either way ("yes", "3/10").
        answer: The message taken as the answer to the pending question, or None.
    """

    findings: tuple[Finding, ...] = ()
    onset: Onset | None = None
    onset_unclear: bool = False
    trend: Trend | None = None
    pain: int | None = None
    age: int | None = None
    causes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    aggravators: tuple[str, ...] = ()
    side: str | None = None
    about: About = About.SELF
    topic: Topic | None = None
    answer: Answer | None = None

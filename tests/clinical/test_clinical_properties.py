"""What holds for every episode, whatever was said in whichever order."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from clinical_talk import NOW, Talk, finding, hours_ago, says
from hypothesis import given, settings
from hypothesis import strategies as st

from backchat.clinical import clarification, firing
from backchat.clinical.episode import Episode
from backchat.clinical.levels import Level
from backchat.clinical.reading import About, Answer, Finding, Reading, Status, Topic, Trend
from backchat.clinical.rules import concepts_of
from backchat.knowledge import load

KNOWLEDGE = load()
RULEBOOK = KNOWLEDGE.rulebook
CONCEPTS = sorted(KNOWLEDGE.concepts)
RED_FLAGS = sorted(
    {concept for rule in RULEBOOK.rules if rule.is_red_flag for concept in concepts_of(rule.when)}
    - {"workout", "soreness", "back_pain"}
)

findings = st.builds(
    finding,
    st.sampled_from(CONCEPTS),
    st.sampled_from(list(Status)),
    old=st.booleans(),
)
onsets = st.builds(
    lambda low, length, workout: hours_ago(low, low + length, of_workout=workout),
    st.integers(0, 400),
    st.integers(0, 60),
    st.booleans(),
)
readings = st.builds(
    Reading,
    findings=st.lists(findings, max_size=5).map(tuple),
    onset=st.none() | onsets,
    onset_unclear=st.booleans(),
    trend=st.none() | st.sampled_from(list(Trend)),
    pain=st.none() | st.integers(0, 10),
    age=st.none() | st.integers(8, 90),
    activities=st.lists(st.sampled_from(["rowing", "yoga"]), max_size=2).map(tuple),
    aggravators=st.lists(st.sampled_from(["bending", "arching"]), max_size=2).map(tuple),
    about=st.sampled_from(list(About)),
    topic=st.none() | st.sampled_from(list(Topic)),
    answer=st.none() | st.sampled_from(list(Answer)),
)
talks = st.lists(readings, min_size=1, max_size=5)


def episode_of(messages: list[Reading]) -> Talk:
    return Talk(RULEBOOK).hear(*messages)


def rank(level: Level | None) -> int:
    return -1 if level is None else level


@settings(max_examples=150, deadline=None)
@given(talks, st.sampled_from(RED_FLAGS))
def test_a_red_flag_beside_the_rest_never_lowers_the_level(
    messages: list[Reading], concept: str
) -> None:
    alone = Talk(RULEBOOK).hear(*messages, asked=())
    flagged = [_with(messages[0], finding(concept)), *messages[1:]]
    with_flag = Talk(RULEBOOK).hear(*flagged, asked=())
    before, after = alone.fired, with_flag.fired
    assert all(after.get(rule, -1) >= level for rule, level in before.items())
    if alone.level is not Level.SELF_CARE:
        assert rank(with_flag.level) >= rank(alone.level)


@settings(max_examples=150, deadline=None)
@given(talks, readings)
def test_no_further_message_lowers_a_level_that_nobody_takes_back(
    messages: list[Reading], another: Reading
) -> None:
    talk = episode_of(messages)
    if talk.assessment.retractions or not talk.assessment.is_settled:
        return
    settled = {
        each.rule_id: each.level
        for each in talk.assessment.fired
        if not each.provisional and not RULEBOOK.by_id[each.rule_id].is_of_duration
    }
    talk.hear(another)
    assert all(talk.fired.get(rule, -1) >= level for rule, level in settled.items())


@settings(max_examples=150, deadline=None)
@given(readings, st.sampled_from(CONCEPTS))
def test_denying_what_nobody_mentioned_fires_nothing_and_silences_nothing(
    message: Reading, concept: str
) -> None:
    if concept in {each.concept for each in message.findings}:
        return
    message = _silent(message)
    plain = episode_of([message])
    denied = episode_of([_with(message, finding(concept, Status.ABSENT))])
    assert denied.fired == plain.fired
    assert set(denied.ask) <= set(plain.ask)


@settings(max_examples=150, deadline=None)
@given(readings, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(message: Reading, chance: object) -> None:
    shuffled = list(message.findings)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one = episode_of([message])
    other = episode_of([replace(message, findings=tuple(shuffled))])
    assert one.fired == other.fired
    assert (one.level, one.ask) == (other.level, other.ask)


@settings(max_examples=100, deadline=None)
@given(talks)
def test_an_episode_read_back_from_json_is_the_same(messages: list[Reading]) -> None:
    episode = episode_of(messages).episode
    assert Episode.from_dict(json.loads(json.dumps(episode.to_dict()))) == episode


@settings(max_examples=100, deadline=None)
@given(talks)
def test_the_level_is_the_highest_of_what_fired(messages: list[Reading]) -> None:
    assessment = episode_of(messages).assessment
    if assessment.fired:
        assert assessment.level == max(each.level for each in assessment.fired)
        assert all(each.level >= Level.SEE_PROVIDER for each in assessment.fired)
    assert (assessment.timeframe is not None) == (assessment.level is Level.SEE_PROVIDER)


@settings(max_examples=150, deadline=None)
@given(talks)
def test_a_rule_that_nothing_touches_neither_fires_nor_asks(messages: list[Reading]) -> None:
    quick = episode_of(messages)
    with pytest.MonkeyPatch.context() as every_rule:
        for module in (firing, clarification):
            every_rule.setattr(module, "touched", lambda _, rulebook: list(rulebook.rules))
        thorough = episode_of(messages)
        assert thorough.assessment == quick.assessment
    assert thorough.episode == quick.episode


@settings(max_examples=60, deadline=None)
@given(talks, readings)
def test_every_interview_ends(messages: list[Reading], answer: Reading) -> None:
    talk = episode_of(messages)
    for _ in range(200):
        question = talk.question
        if question is None:
            return
        talk.hear(_without_findings(answer), asked=question.ids)
    raise AssertionError("the interview does not end")


@settings(max_examples=60, deadline=None)
@given(talks, st.sampled_from(list(Answer)) | st.none())
def test_a_question_that_was_answered_is_not_put_at_once_again(
    messages: list[Reading], _: Answer | None
) -> None:
    talk = episode_of(messages)
    question = talk.question
    if question is not None and question.kind.value in ("trend", "pain", "activity", "age"):
        told = says("workout", trend=Trend.SAME, pain=2, age=40, activities=("rowing",))
        talk.hear(told, asked=question.ids)
        assert talk.question is None or talk.question.ids != question.ids


def _silent(message: Reading) -> Reading:
    """The message without an answer, so that only its words count."""
    return replace(message, answer=None)


def _without_findings(message: Reading) -> Reading:
    return replace(message, findings=(), onset=None, onset_unclear=False)


def _with(message: Reading, added: Finding) -> Reading:
    return replace(message, findings=(*message.findings, added))


def test_the_clock_alone_never_lowers_a_level() -> None:
    talk = Talk(RULEBOOK).hear(says("back_pain", "night_pain", "workout", age=30))
    assert talk.now == NOW
    assert talk.level is Level.URGENT_SAME_DAY

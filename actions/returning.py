"""Coming back after hours or days: recalling, asking how it went, closing what is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from actions import memory, phrasing, questions
from backchat.clinical.episode import Episode
from backchat.clinical.levels import Level
from backchat.clinical.reading import Answer, Finding, Reading, Status
from backchat.clinical.vocabulary import BACK_PAIN, BACK_SYMPTOMS, IMPROVING

if TYPE_CHECKING:
    from actions.turn import Turn

RETURN_AFTER = timedelta(hours=6)
PAIN_FREE = timedelta(days=7)
"""Pain that comes back sooner belongs to the same episode."""

STILL_HURTS = "return:still_hurts"
"""Id of the question whether it still hurts."""

STILL_HURTS_AGAIN = "return:still_hurts_again"
"""Id of its one repetition."""

WAS_SEEN = "return:was_seen"
"""Id of the question whether somebody has looked at a standing emergency."""

SAME_PAIN = "return:same_pain"
"""Id of the question whether pain since another time is the pain of before."""

GONE = "return:gone"
"""Id of the question whether pain that seems to be gone is gone."""

PAIN_GONE = "pain_gone"
"""The intent of saying that it does not hurt any more."""

_OF_THE_PAIN = BACK_SYMPTOMS | {IMPROVING}


def is_back(turn: Turn, after: timedelta = RETURN_AFTER) -> bool:
    """Whether the person has been silent for so long."""
    return turn.last_seen is not None and turn.now - turn.last_seen >= after


def recall(turn: Turn) -> None:
    """Say what they told last time and ask whether it still hurts."""
    ask_if_it_still_hurts(turn, "utter_welcome_back")


def ask_if_it_still_hurts(turn: Turn, response: str) -> None:
    """Put the question; what the clock alone has changed waits for the answer."""
    report = turn.heard.episode.report
    onset = report.onset and phrasing.day(report.onset.earliest, turn.zone, turn.now)
    turn.waits = True
    turn.ask_then(
        response,
        STILL_HURTS,
        day=phrasing.day(turn.last_seen or turn.now, turn.zone, turn.now),
        since=f", since {onset}" if onset else "",
        score="" if report.pain_now is None else f", {report.pain_now}/10",
    )


def hear_if_it_still_hurts(turn: Turn) -> bool:
    """Go through what may have changed, or close the episode."""
    hurts = _answered(turn)
    if hurts is None:
        if STILL_HURTS_AGAIN in turn.asked:
            return False
        turn.waits = True
        turn.ask_then("utter_ask_still_hurts", STILL_HURTS, STILL_HURTS_AGAIN)
    elif hurts:
        turn.check_again()
        if turn.heard.reading.pain is None:
            turn.ask_then("utter_ask_pain", "pain")
    else:
        _close(turn)
    return True


def hear_that_it_is_gone(turn: Turn) -> None:
    """Close the episode where the reader agrees with the classifier; where it heard nothing, ask.

    Where it heard something else, an answer for instance, that is dealt with and nothing closed.
    """
    reading = turn.heard.reading
    if reading.answer is not None or _is_about_more(reading):
        return
    if not turn.heard.episode.has_back_symptoms:
        turn.say("utter_gone_already", safety_net=turn.safety_net)
    elif _is_gone(reading):
        _close(turn)
    else:
        turn.ask_then("utter_ask_still_hurts", GONE)


def hear_if_gone(turn: Turn) -> bool:
    """Close the episode, or leave it as it was."""
    hurts = _answered(turn)
    if hurts is False:
        _close(turn)
    return hurts is not None


def ask_if_seen(turn: Turn) -> None:
    """Say the standing emergency advice again and ask whether somebody has looked."""
    turn.repeat_emergency()
    turn.ask_then("utter_ask_seen", WAS_SEEN)


def hear_if_seen(turn: Turn) -> bool:
    """Take an emergency as looked after only on a plain yes."""
    reading = turn.heard.reading
    if not turn.emergency_stands:
        return False
    if reading.answer is Answer.YES and not reading.findings:
        turn.forget()
        turn.say("utter_seen", safety_net=turn.safety_net)
    else:
        turn.repeat_emergency()
    return True


def tell_if_it_came_back(turn: Turn) -> None:
    """Say once that pain after a short pause is counted from its first beginning."""
    onset = turn.heard.episode.report.onset
    if turn.told.get("came_back") and onset is not None:
        turn.told["came_back"] = False
        turn.say("utter_came_back", since=phrasing.day(onset.earliest, turn.zone, turn.now))


def may_be_new(turn: Turn) -> bool:
    """Whether the message gives a time of pain after a week in which nothing was heard."""
    onset = turn.heard.reading.onset
    return (
        turn.last_seen is not None
        and is_back(turn, PAIN_FREE)
        and turn.heard.episode.has_back_symptoms
        and not turn.emergency_stands
        and onset is not None
        and onset.earliest > turn.last_seen
    )


def ask_if_same(turn: Turn) -> None:
    """Ask whether it is the pain of before; until then the earlier beginning counts."""
    turn.waits = True
    turn.told["new_words"] = {"text": turn.text, "at": turn.now.isoformat()}
    turn.ask_then("utter_ask_same_pain", SAME_PAIN)


def hear_if_same(turn: Turn) -> bool:
    """Begin a new episode with the words of before if the old pain was gone for a week."""
    words = turn.told.pop("new_words")
    match turn.heard.reading.answer:
        case Answer.NO:
            turn.begin_with(words["text"], datetime.fromisoformat(words["at"]))
        case Answer.YES:
            turn.check_again()
        case _:
            return False
    return True


def came_back(told: dict[str, Any], now: datetime) -> Episode | None:
    """Return the closed episode that pain now belongs to, or None if it is new."""
    gone = told.pop("gone", None)
    if gone is None or now - datetime.fromisoformat(gone["at"]) >= PAIN_FREE:
        return None
    return Episode.from_dict(gone["episode"])


def _answered(turn: Turn) -> bool | None:
    """Return whether it still hurts by the answer, or else by the intent of words unread."""
    reading = turn.heard.reading
    hurts = _still_hurts(reading)
    if hurts is None and not reading.findings and turn.intent == PAIN_GONE:
        return False
    return hurts


def _still_hurts(reading: Reading) -> bool | None:
    """Return whether the words say that it hurts, or None if they do not tell."""
    if reading.pain is not None:
        return reading.pain > 0
    if not all(_is_over(each) for each in reading.findings):
        return True
    if _is_gone(reading) or reading.answer is Answer.NO:
        return False
    return True if reading.answer is Answer.YES or reading.trend else None


def _is_gone(reading: Reading) -> bool:
    """Whether the words themselves say that the pain is over, and nothing else hurts."""
    named = {each.concept for each in reading.findings}
    return BACK_PAIN in named and not reading.pain and all(map(_is_over, reading.findings))


def _is_about_more(reading: Reading) -> bool:
    """Whether the words are about more than the pain itself, or about something else."""
    more = [each for each in reading.findings if each.concept not in _OF_THE_PAIN]
    names_it = any(each.concept == BACK_PAIN for each in reading.findings)
    return bool(more) and not (names_it and all(map(_is_over, more)))


def _is_over(finding: Finding) -> bool:
    """Whether something is denied; of the pain itself, whether it is past."""
    is_past_pain = finding.concept == BACK_PAIN and finding.status is Status.PAST
    return finding.status is Status.ABSENT or is_past_pain


def _close(turn: Turn) -> None:
    """Take the episode as over; not while an emergency stands, or words may mean a red flag."""
    if turn.emergency_stands:
        turn.repeat_emergency()
        return
    if questions.settles_a_flag(turn):
        return
    memory.cancel_check_ins(turn)
    turn.waits = True
    if turn.level is Level.URGENT_SAME_DAY:
        turn.say("utter_gone_but_urgent", safety_net=turn.safety_net)
        return
    episode = turn.heard.episode.to_dict()
    turn.forget()
    turn.told["gone"] = {"at": turn.now.isoformat(), "episode": episode}
    turn.say("utter_gone", safety_net=turn.safety_net)


HEARERS: Final[Mapping[str, Callable[[Turn], bool]]] = {
    STILL_HURTS: hear_if_it_still_hurts,
    GONE: hear_if_gone,
    WAS_SEEN: hear_if_seen,
    SAME_PAIN: hear_if_same,
}
"""How the answers to these questions are dealt with."""

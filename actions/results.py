"""Telling the person what the assessment means, once for each thing that is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions import phrasing, questions
from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.permissions import Part
from backchat.clinical.triage import Assessment
from backchat.knowledge import Knowledge

if TYPE_CHECKING:
    from actions.turn import Turn

LONG_SORENESS_RULE = "SS3_OVER_TWO_DAYS"
MOST_REMEDIES = 2
"""Of the remedies a result names the foremost; the others come when they are asked for."""

_SPOKEN_RESTRICTIONS = frozenset({"under_16", "pregnancy"})


def reasons(assessment: Assessment, knowledge: Knowledge) -> list[dict[str, Any]]:
    """Return why each rule fired: its plain words, the person's words, its sources."""
    found = []
    for fired in assessment.fired:
        rule = knowledge.rulebook.by_id[fired.rule_id]
        words = [each.text for each in fired.evidence if each.text]
        found.append(
            {"rule": rule.id, "text": rule.reason, "quotes": words, "sources": list(rule.sources)}
        )
    return found


def tell(turn: Turn) -> None:
    """Say what changed: a first or a higher level, a new reason for it, or the end of the check."""
    assessment = turn.heard.assessment
    if assessment.level is None:
        return
    fired = sorted(rule.rule_id for rule in assessment.fired)
    is_new = assessment.level.name != turn.told.get("level") or fired != turn.told.get("rules", [])
    complete = questions.pending(turn) is None
    if assessment.level is Level.SELF_CARE:
        _tell_self_care(turn, complete=complete)
    elif is_new:
        _tell_level(turn)
    elif complete and not turn.told.get("complete"):
        turn.say("utter_interview_done")
    if complete and not turn.told.get("complete"):
        _tell_unchecked(turn)
    turn.told |= {
        "level": assessment.level.name,
        "rules": fired,
        "complete": complete,
        "safety_net": True,
    }


def _tell_self_care(turn: Turn, *, complete: bool) -> None:
    if complete and not turn.told.get("complete"):
        turn.say("utter_result_self_care", **_values(turn))
    elif not complete and not turn.told.get("provisional"):
        turn.say("utter_result_provisional", **_values(turn))
        turn.told["provisional"] = True


def _tell_level(turn: Turn) -> None:
    assessment = turn.heard.assessment
    name = assessment.level.name.lower() if assessment.level else ""
    if assessment.timeframe is not None:
        name += f"_{assessment.timeframe.value}"
    turn.say(f"utter_result_{name}", **_values(turn))
    is_routine = assessment.timeframe is Timeframe.ROUTINE
    if is_routine and any(rule.rule_id == LONG_SORENESS_RULE for rule in assessment.fired):
        turn.say("utter_long_soreness")
    restriction = turn.plan.withholds(Part.REMEDIES)
    if restriction in _SPOKEN_RESTRICTIONS:
        turn.say(f"utter_withheld_{restriction}", safety_net=turn.safety_net)


def _tell_unchecked(turn: Turn) -> None:
    names = [
        turn.rulebook.by_id[rule].name.lower()
        for question in turn.heard.assessment.unscreened
        for rule in turn.rulebook.screening_by_id[question].rules
    ]
    if names:
        turn.say("utter_unchecked", unchecked="; ".join(names))


def _explained(why: dict[str, Any], turn: Turn) -> dict[str, Any]:
    """Return a reason as a card shows it: with its rule in plain words, and where that is from."""
    rule = turn.rulebook.by_id[why["rule"]]
    return {
        "text": why["text"],
        "quotes": phrasing.distinct(why["quotes"]),
        "rule": rule.id,
        "name": rule.name,
        "sources": [
            {"title": phrasing.cited([source]), "url": source.url}
            for source in (turn.knowledge.sources[key] for key in why["sources"])
        ],
    }


def _was_told_net(turn: Turn) -> bool:
    """Whether a card may fold the safety net: the person has had it, and nothing is urgent."""
    return bool(turn.told.get("safety_net")) and turn.level is not Level.URGENT_SAME_DAY


def _values(turn: Turn) -> dict[str, str]:
    knowledge = turn.knowledge
    chosen = turn.plan
    remedies = {each.id: each for each in knowledge.remedies}
    why = reasons(turn.heard.assessment, knowledge)
    advice = phrasing.bullets(
        remedies[each].explanation for each in chosen.remedies[:MOST_REMEDIES]
    )
    values = {
        "reasons": phrasing.bullets(phrasing.reason(each["text"], each["quotes"]) for each in why),
        "why": phrasing.data([_explained(each, turn) for each in why]),
        "advice": advice,
        "remedies": phrasing.bullets(
            f"**{remedies[each].name}**: {remedies[each].explanation}"
            for each in chosen.remedies[:MOST_REMEDIES]
        ),
        "and_advice": f"\n{advice}" if advice else "",
        "safety_net": turn.safety_net,
        "folds_net": phrasing.data(_was_told_net(turn)),
    }
    if chosen.check_again is not None:
        values["check_again"] = phrasing.moment(chosen.check_again, turn.zone, turn.now)
    return values

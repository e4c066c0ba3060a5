"""A summary for the visit: what was said, found and advised, for who treats the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions import memory, phrasing
from actions.turn import Turn, TurnAction
from backchat.clinical.reading import Answer, Finding, Status
from backchat.clinical.rules import Rule
from backchat.records.views import MessageRecord

NOTHING = "–"
_VERSION_LENGTH = 12
_ADVICE_CARDS = frozenset({"assessment", "emergency"})


class ActionVisitSummary(TurnAction):
    """Puts what matters to a clinician on one page; in an emergency it is what is handed over."""

    in_emergency = True
    resumes = False

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_visit_summary"

    def reply(self, turn: Turn) -> None:
        """Say it, after the emergency advice while that stands."""
        if turn.emergency_stands:
            turn.repeat_emergency()
        episode, assessment = turn.heard.episode, turn.heard.assessment
        report = episode.report
        if not report.findings and not report.pain:
            turn.say("utter_visit_summary_empty")
            return
        said = memory.messages(turn)
        level = [] if assessment.level is None else [_words(assessment.level.name)]
        if assessment.timeframe is not None:
            level.append(assessment.timeframe.value)
        causes = [each.name for each in turn.knowledge.causes if each.id in turn.plan.causes]
        scores = (phrasing.score(each, turn.zone) for each in memory.pain(turn))
        turn.say(
            "utter_visit_summary",
            date=phrasing.stamp(turn.now, turn.zone),
            about=report.about.value,
            age=str(report.age or NOTHING),
            said=_lines(_own_words(turn, said)),
            onset=_onset(turn),
            trend=report.trend.value if report.trend else NOTHING,
            pain=_lines(scores),
            present=_lines(_findings(turn, {Status.PRESENT})),
            unsure=_lines(_findings(turn, {Status.UNSURE})),
            past=_lines(_findings(turn, {Status.PAST})),
            absent=_lines(_denied(turn)),
            unknown=_lines(_names(_not_screened(turn))),
            causes="; ".join((*causes, *report.activities)) or NOTHING,
            medicines=_lines(_about_medicines(turn, said)),
            level=", ".join(level) or NOTHING,
            rules=_lines(_rules(turn)),
            advised=_lines(_advice(turn, said)),
            version=assessment.knowledge_version[:_VERSION_LENGTH],
        )


def _lines(lines: Iterable[str]) -> str:
    return phrasing.bullets(dict.fromkeys(lines)) or NOTHING


def _words(identifier: str) -> str:
    return identifier.replace("_", " ").lower()


def _own_words(turn: Turn, said: list[MessageRecord]) -> Iterator[str]:
    """Yield the messages that the report rests on, with their dates; without a log, the quotes."""
    report = turn.heard.episode.report
    quotes = [each.text for each in report.findings if each.text]
    if report.onset is not None:
        quotes.append(report.onset.text)
    found = [
        message
        for message in said
        if message.direction == "in" and any(each in (message.text or "") for each in quotes)
    ]
    for message in found:
        yield f"{phrasing.stamp(message.at, turn.zone)}: “{message.text}”"
    if not found:
        yield from (f"“{each}”" for each in quotes)


def _onset(turn: Turn) -> str:
    onset = turn.heard.episode.report.onset
    if onset is None:
        return NOTHING
    moments = dict.fromkeys(
        phrasing.stamp(each, turn.zone) for each in (onset.earliest, onset.latest)
    )
    return f"{' – '.join(moments)} (“{onset.text}”)" if onset.text else " – ".join(moments)


def _findings(turn: Turn, statuses: set[Status]) -> Iterator[str]:
    for each in turn.heard.episode.report.findings:
        if each.status in statuses:
            yield _finding(turn, each)


def _finding(turn: Turn, finding: Finding) -> str:
    meaning = turn.knowledge.concepts[finding.concept]
    return f"{meaning}: “{finding.text}”" if finding.text else meaning


def _denied(turn: Turn) -> Iterator[str]:
    """Yield what was denied: in words as it was said, to a screening question by its rules."""
    report = turn.heard.episode.report
    for each in report.findings:
        if each.status is Status.ABSENT and each.text:
            yield _finding(turn, each)
    answered = (
        rule
        for question in turn.rulebook.screening
        if (reply := report.last_answer(question.id)) is not None and reply.answer is Answer.NO
        for rule in question.rules
    )
    fired = {each.rule_id for each in turn.heard.assessment.fired}
    yield from _names(turn.rulebook.by_id[each] for each in answered if each not in fired)


def _not_screened(turn: Turn) -> Iterator[Rule]:
    for question in turn.heard.assessment.unscreened:
        for rule in turn.rulebook.screening_by_id[question].rules:
            yield turn.rulebook.by_id[rule]


def _names(rules: Iterable[Rule]) -> Iterator[str]:
    return (each.name for each in rules)


def _about_medicines(turn: Turn, said: list[MessageRecord]) -> Iterator[str]:
    for message in said:
        named = (each.get("entity") for each in message.entities or ())
        if message.direction == "in" and message.text and "medicine" in named:
            yield f"{phrasing.stamp(message.at, turn.zone)}: “{message.text}”"


def _rules(turn: Turn) -> Iterator[str]:
    for fired in turn.heard.assessment.fired:
        rule = turn.rulebook.by_id[fired.rule_id]
        sources = phrasing.cited(turn.knowledge.sources[each] for each in rule.sources)
        yield f"{rule.id}, {_words(fired.level.name)}: {rule.name} ({sources})"


def _advice(turn: Turn, said: list[MessageRecord]) -> Iterator[str]:
    """Yield the headings of what was advised."""
    for message in said:
        card = ((message.payload or {}).get("custom") or {}).get("card") or {}
        if card.get("type") in _ADVICE_CARDS:
            yield f"{phrasing.stamp(message.at, turn.zone)}: {card['title']}"

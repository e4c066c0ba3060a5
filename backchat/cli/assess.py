"""``backchat assess``: the bot's judgement without a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

import typer

from backchat.cli.cases import Case, CaseError
from backchat.cli.environment import fail
from backchat.clinical import contract
from backchat.clinical.episode import Episode
from backchat.consultation import Consultation, Heard, shared

Classify = Callable[[str], str]


def command(
    text: Annotated[str | None, typer.Argument(help="What the person says.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read cases from standard input, one JSON a line.")
    ] = False,
    timezone: Annotated[str, typer.Option(help="The person's IANA time zone.")] = "UTC",
    intent: Annotated[
        bool, typer.Option("--intent", help="Add the classifier's intent (slower to start).")
    ] = False,
) -> None:
    """Judge a text, or a stream of cases, and say why."""
    if jsonl == (text is not None):
        fail("give either a text or --jsonl.")
    if text is None:
        _judge_lines(_classifier() if intent else None)
        return
    try:
        case = Case.of(text, timezone)
    except CaseError as error:
        fail(f"{error}.")
    classify = _classifier() if intent else None
    consultation = shared()
    typer.echo(_in_words(consultation, _hear(consultation, case), case))
    if classify:
        typer.echo(f"Intent: {classify(case.turns[-1])}")


def _judge_lines(classify: Classify | None) -> None:
    """Answer every line of standard input with one of JSON in UTF-8, whatever the locale says."""
    for result in _results(shared(), sys.stdin.buffer, classify):
        line = json.dumps(result, ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(line.encode(errors="backslashreplace"))
        sys.stdout.buffer.flush()


def _results(
    consultation: Consultation, lines: Iterable[bytes], classify: Classify | None
) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not line.strip():
            continue
        try:
            case = Case.parse(line)
        except CaseError as error:
            yield {"id": error.case_id, "error": str(error)}
            continue
        try:
            yield _result(consultation, case, classify)
        except Exception as error:  # one case must not end the run
            yield {"id": case.id, "error": f"{type(error).__name__}: {error}"}


def _result(consultation: Consultation, case: Case, classify: Classify | None) -> dict[str, Any]:
    heard = _hear(consultation, case)
    result = {"id": case.id, **contract.to_dict(heard.episode, heard.assessment, case.now)}
    if classify:
        result["intent"] = classify(case.turns[-1])
    return result


def _hear(consultation: Consultation, case: Case) -> Heard:
    """Hear every turn; each answers the first pending question of the turn before."""
    episode = Episode()
    for turn in case.turns:
        heard = consultation.hear(episode, turn, now=case.now, timezone=case.timezone)
        episode = heard.episode
    return heard


def _in_words(consultation: Consultation, heard: Heard, case: Case) -> str:
    result = contract.to_dict(heard.episode, heard.assessment, case.now)
    timeframe = f" ({result['timeframe']})" if result["timeframe"] else ""
    lines = [f"Level: {result['level'] or 'not known yet'}{timeframe}"]
    for fired in heard.assessment.fired:
        rule = consultation.knowledge.rulebook.by_id[fired.rule_id]
        words = ", ".join(f"“{each.text}”" for each in fired.evidence if each.text)
        lines.append(f"  {rule.id}  {words or 'by how long it has hurt'}")
        lines.append(f"    {rule.reason} [{', '.join(rule.sources)}]")
    if result["onset_hours"]:
        low, high = result["onset_hours"]
        lines.append(f"Began: {low:.0f} to {high:.0f} hours ago")
    for name in ("trend", "pain"):
        if result[name] is not None:
            lines.append(f"{name.capitalize()}: {result[name]}")
    for finding in result["findings"]:
        lines.append(f"Finding: {finding['concept']} {finding['status']} “{finding['text']}”")
    if result["causes"]:
        lines.append(f"Causes: {', '.join(result['causes'])}")
    if result["ask"]:
        lines.append(f"Would ask: {', '.join(result['ask'])}")
    return "\n".join(lines)


def _classifier() -> Classify:
    from backchat.cli import train
    from backchat.cli.environment import prepare_rasa

    prepare_rasa()
    train.command()
    from backchat.assistant.intents import Intents

    return Intents().name_of

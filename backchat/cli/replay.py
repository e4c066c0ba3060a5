"""``backchat replay``: what today's knowledge would say of what was logged."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated

import typer

from backchat.cli.databases import records
from backchat.cli.environment import say
from backchat.clinical.episode import Episode
from backchat.clinical.errors import ClinicalError
from backchat.consultation import shared
from backchat.records import queries

PROGRESS_EVERY = 1_000


def command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON a line.")] = False,
) -> None:
    """Assess every logged report again and list the levels that would change."""
    engine = records()
    consultation = shared()
    count = changed = unreadable = 0
    for record in queries.iter_assessments(engine):
        count += 1
        if count % PROGRESS_EVERY == 0:
            say(f"{count} assessments replayed …")
        if record.report is None:
            continue
        try:
            episode = replace(Episode.from_dict(record.report), standing=())
        except ClinicalError:
            unreadable += 1
            continue
        level = consultation.assess(episode, record.at).level
        name = level.name if level else None
        if name != record.level:
            changed += 1
            _print(record.id, record.conversation_id, record.level, name, as_json=as_json)
    say(f"{count} assessments replayed, {changed} levels would change, {unreadable} unreadable.")


def _print(
    number: int, conversation: int, old: str | None, new: str | None, *, as_json: bool
) -> None:
    if as_json:
        row = {"assessment": number, "conversation": conversation, "was": old, "now": new}
        typer.echo(json.dumps(row))
    else:
        typer.echo(f"conversation {conversation}: {old or '-'} → {new or '-'}")

"""``backchat unclear``: what people said that the bot did not understand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer
import yaml

from backchat import clock
from backchat.cli.databases import json_text, records
from backchat.cli.environment import say
from backchat.cli.moments import moment
from backchat.records import unclear
from backchat.records.unclear import Unclear

TO_BE_NAMED = "to_be_named"
"""The intent of what the classifier had no idea of, in training data."""


def command(
    since: Annotated[datetime | None, typer.Option(help="Only from this day on (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Only before this day (UTC).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many groups.")] = 100,
    training: Annotated[
        bool, typer.Option("--training", help="As training data, by the intent that was guessed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List messages that were not understood, grouped, the most frequent first."""
    say("reading …")
    groups = unclear.collect(
        records(), moment(since) or clock.now() - timedelta(days=30), moment(until) or clock.now()
    )[:limit]
    if as_json:
        typer.echo(json_text([_described(group) for group in groups]))
    elif training:
        typer.echo(_training_data(groups), nl=False)
    else:
        _print(groups)


def _print(groups: list[Unclear]) -> None:
    if not groups:
        typer.echo("Nothing unclear.")
    for group in groups:
        typer.echo(f"{group.count:>5}  {group.latest:%Y-%m-%d}  {group.guess or '-':<20}  ")
        for example in group.examples:
            typer.echo(f"         {example}")


def _described(group: Unclear) -> dict[str, object]:
    return {
        "count": group.count,
        "latest": group.latest.isoformat(),
        "guess": group.guess,
        "examples": group.examples,
    }


class _Examples(str):
    """Training examples, written as a block of lines."""


def _training_data(groups: list[Unclear]) -> str:
    """Return the groups in the form of `data/nlu`; the guesses are to be corrected by hand."""
    by_intent: dict[str, list[str]] = {}
    for group in groups:
        texts = [" ".join(example.split()) for example in group.examples]
        by_intent.setdefault(group.guess or TO_BE_NAMED, []).extend(texts)
    nlu = [
        {"intent": intent, "examples": _Examples("".join(f"- {text}\n" for text in texts))}
        for intent, texts in by_intent.items()
    ]
    return yaml.dump(
        {"version": "3.1", "nlu": nlu}, Dumper=_Dumper, sort_keys=False, allow_unicode=True
    )


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Examples, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, "|")
)

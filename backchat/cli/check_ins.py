"""``backchat check-ins``: what is planned, and having it said or cancelled."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer

from backchat.cli.databases import json_text, records
from backchat.cli.environment import prepare_rasa, say
from backchat.records import check_ins
from backchat.settings import Settings

group = typer.Typer(help="What is planned, and having it said or cancelled.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
PROGRESS_EVERY = 10


@group.command("list")
def list_(
    status: Annotated[
        str | None, typer.Option(help="Only pending, claimed, done, cancelled or failed ones.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 100,
    json: Json = False,
) -> None:
    """List check-ins, those due last first."""
    found = check_ins.listing(records(), status=status, limit=limit)
    if json:
        typer.echo(json_text([asdict(each) for each in found]))
        return
    if not found:
        typer.echo("No check-ins.")
    for each in found:
        typer.echo(
            f"{each.id:>6}  {each.due_at:%Y-%m-%d %H:%M}  {each.status:<9}  {each.sender_id}"
            f"{'  ' + each.error if each.error else ''}"
        )


@group.command()
def cancel(
    sender: Annotated[str, typer.Argument(help="The person's sender id.")],
    json: Json = False,
) -> None:
    """Cancel what is planned for a person."""
    _tell("cancelled", check_ins.cancel(records(), sender), json=json)


@group.command("run-due")
def run_due(json: Json = False) -> None:
    """Say what is due now; a running server does so by itself."""
    prepare_rasa()
    settings = Settings.from_environment()
    engine = records()
    say("starting …")
    from backchat.assistant.errands import say_check_ins

    _tell("said", asyncio.run(say_check_ins(engine, settings, _show_progress)), json=json)


def _show_progress(said: int) -> None:
    if said % PROGRESS_EVERY == 0:
        say(f"{said} said …")


def _tell(what: str, count: int, *, json: bool) -> None:
    typer.echo(json_text({what: count}) if json else f"{count} {what}.")

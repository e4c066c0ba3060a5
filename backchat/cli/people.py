"""``backchat people``: who is known, what is held about them, and having it erased."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from backchat import clock
from backchat.cli.databases import json_text, personal_data, records
from backchat.cli.environment import ROOT, say
from backchat.records import pushes, queries
from backchat.records.log import ConversationLog
from backchat.records.views import PersonSummary
from backchat.settings import Settings

group = typer.Typer(
    help="Who is known, what is held about them, and having it erased.", no_args_is_help=True
)
Sender = Annotated[str, typer.Argument(help="The person's sender id, as `list` shows it.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
CONSENT = {None: "not asked", True: "consented", False: "did not consent"}


@group.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 50,
    json: Json = False,
) -> None:
    """List people, those who were here last first."""
    found = queries.list_people(records(), limit=limit)
    if json:
        typer.echo(json_text([asdict(each) for each in found]))
        return
    if not found:
        typer.echo("Nobody.")
    for each in found:
        typer.echo(_line(each))


@group.command()
def show(sender: Sender, json: Json = False) -> None:
    """Show one person and their conversations."""
    engine = records()
    person = queries.show_person(engine, sender)
    theirs = queries.list_conversations(engine, sender_id=sender, limit=queries.MAX_PAGE)
    if json:
        summaries = [asdict(each) for each in theirs]
        typer.echo(json_text({**asdict(person), "conversations": summaries}))
        return
    typer.echo(_line(person))
    for each in theirs:
        typer.echo(
            f"{each.id:>6}  {each.started_at:%Y-%m-%d %H:%M}  {each.level or '-':<15}  "
            f"{each.message_count:>3} messages  {', '.join(each.rules) or 'no rule'}"
        )


@group.command()
def export(
    sender: Sender,
    out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
) -> None:
    """Print everything held about a person, as JSON."""
    engine = records()
    queries.show_person(engine, sender)
    held = json_text(personal_data(engine).export(sender))
    if out is None:
        typer.echo(held)
        return
    out.touch(mode=0o600)
    out.write_text(held + "\n", encoding="utf-8")
    say(f"written to {out}.")


@group.command()
def delete(
    sender: Sender,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    """Erase everything held about a person, from the disk too."""
    held = personal_data(records())
    if not yes:
        typer.confirm(f"Erase everything held about {sender}?", abort=True)
    receipt = held.erase(sender)
    left = sum(map(len, held.export(sender).values()))
    if json:
        typer.echo(json_text({**asdict(receipt), "left": left}))
        return
    for table, count in receipt.deleted.items():
        if count:
            typer.echo(f"{count:>6}  {table}")
    typer.echo(f"{receipt.total} rows erased, {left} left.")


@group.command()
def reply(
    sender: Sender,
    text: Annotated[str, typer.Argument(help="What to say.")],
    name: Annotated[
        str | None, typer.Option(help="Who writes, as the person is to read it.")
    ] = None,
) -> None:
    """Say something to a person as a clinician; it is shown and logged as theirs."""
    from backchat.assistant import clinician
    from backchat.assistant.shared_state.redis_doorbell import ring_from_outside
    from backchat.assistant.wording import domain_responses

    engine = records()
    queries.show_person(engine, sender)
    settings = Settings.from_environment()
    log = ConversationLog(engine, settings.session_minutes)
    pushes.push(
        engine,
        log,
        sender,
        [clinician.reply(domain_responses(ROOT / "domain.yml"), text, name)],
        key=f"reply-{uuid.uuid4().hex}",
        at=clock.now(),
        author="clinician",
    )
    asyncio.run(ring_from_outside(settings.redis_url, sender))
    say(f"said to {sender}.")


def _line(person: PersonSummary) -> str:
    return (
        f"{person.sender_id:<40}  {person.last_seen_at:%Y-%m-%d %H:%M}  {person.channel:<8}  "
        f"{person.conversations:>3} conversations  {CONSENT[person.consent]}"
    )

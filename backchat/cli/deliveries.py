"""``backchat deliveries``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from backchat.records import migrate
from backchat.records.deliveries import DeliveryRecord, listing
from backchat.records.engine import open_engine
from backchat.settings import Settings


def command(
    failed: Annotated[bool, typer.Option(help="Only those that did not go through.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List what was sent to Slack and Telegram, the newest first, and what became of it."""
    engine = open_engine(Settings.from_environment().database_url)
    migrate.upgrade(engine)
    found = listing(engine, failed=failed, limit=limit)
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], default=str, indent=2))
        return
    if not found:
        typer.echo("No deliveries.")
    for each in found:
        typer.echo(_line(each))


def _line(delivery: DeliveryRecord) -> str:
    again = (
        f", again at {delivery.next_attempt_at:%H:%M:%S}" if delivery.status == "pending" else ""
    )
    error = f"  {delivery.error}{again}" if delivery.error else ""
    return (
        f"{delivery.id:>6}  {delivery.created_at:%Y-%m-%d %H:%M:%S}  {delivery.status:<9}  "
        f"{delivery.attempts:>2} failed  {delivery.sender_id}{error}"
    )

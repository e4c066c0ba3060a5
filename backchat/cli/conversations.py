"""``backchat conversations``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from backchat.records import migrate, queries
from backchat.records.engine import open_engine
from backchat.records.views import ConversationDetail, ConversationSummary
from backchat.settings import Settings


def command(
    conversation: Annotated[int | None, typer.Argument(help="Show this one, whole.")] = None,
    level: Annotated[str | None, typer.Option(help="Only this level, e.g. EMERGENCY_NOW.")] = None,
    rule: Annotated[str | None, typer.Option(help="Only where this rule fired.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only this channel, e.g. web.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only from this day on (UTC).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the logged conversations, the newest first, or show one."""
    engine = open_engine(Settings.from_environment().database_url)
    migrate.upgrade(engine)
    if conversation is None:
        found = queries.list_conversations(
            engine, level=level, rule=rule, channel=channel, since=since, limit=limit
        )
        _print_list(found, as_json=as_json)
    else:
        _print_one(queries.show_conversation(engine, conversation), as_json=as_json)


def _print_list(found: list[ConversationSummary], *, as_json: bool) -> None:
    if as_json:
        typer.echo(_json([asdict(each) for each in found]))
        return
    if not found:
        typer.echo("No conversations.")
    for each in found:
        rules = ", ".join(each.rules) or "no rule"
        typer.echo(
            f"{each.id:>6}  {each.started_at:%Y-%m-%d %H:%M}  {each.channel:<8}  "
            f"{each.level or '-':<15}  {each.message_count:>3} messages  {rules}"
        )


def _print_one(detail: ConversationDetail, *, as_json: bool) -> None:
    if as_json:
        typer.echo(_json(asdict(detail)))
        return
    _print_list([detail.summary], as_json=False)
    for message in detail.messages:
        intent = f"  [{message.intent} {message.confidence:.2f}]" if message.intent else ""
        typer.echo(f"\n{message.at:%H:%M:%S} {message.author}{intent}\n  {message.text or ''}")
    for assessment in detail.assessments:
        rules = ", ".join(assessment.rules) or "no rule"
        typer.echo(f"\n{assessment.at:%H:%M:%S} assessed {assessment.level or 'open'}: {rules}")


def _json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False, indent=2)

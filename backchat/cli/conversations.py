"""``backchat conversations``."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy.future import Engine

from backchat.cli.databases import json_text, records
from backchat.cli.moments import moment
from backchat.records import queries
from backchat.records.views import ConversationDetail, ConversationSummary, MessageRecord

LOOK_EVERY_SECONDS = 1.0


def command(
    conversation: Annotated[int | None, typer.Argument(help="Show this one, whole.")] = None,
    level: Annotated[str | None, typer.Option(help="Only this level, e.g. EMERGENCY_NOW.")] = None,
    rule: Annotated[str | None, typer.Option(help="Only where this rule fired.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only this channel, e.g. web.")] = None,
    person: Annotated[str | None, typer.Option(help="Only with this sender id.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only from this day on (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Only before this day (UTC).")] = None,
    flagged: Annotated[
        bool, typer.Option("--flagged", help="Only those marked for a human.")
    ] = False,
    settled: Annotated[
        bool, typer.Option("--settled", help="Take the mark for a human away from this one.")
    ] = False,
    follow: Annotated[
        bool, typer.Option("--follow", help="Go on with new messages; Ctrl+C stops it.")
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, max=queries.MAX_PAGE, help="At most this many.")
    ] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the logged conversations, the newest first, or show one."""
    engine = records()
    newest = queries.newest_message(engine)
    if conversation is not None:
        if settled:
            queries.flag_conversation(engine, conversation, flagged=False)
        _print_one(queries.show_conversation(engine, conversation), as_json=as_json)
    else:
        found = queries.list_conversations(
            engine,
            sender_id=person,
            level=level,
            rule=rule,
            channel=channel,
            since=moment(since),
            until=moment(until),
            flagged=flagged or None,
            limit=limit,
        )
        _print_list(found, as_json=as_json)
    if follow:
        _follow(engine, newest, conversation, as_json=as_json)


def _follow(engine: Engine, newest: int, conversation: int | None, *, as_json: bool) -> None:
    """Print what is said from now on, until it is interrupted."""
    with suppress(KeyboardInterrupt):
        while True:
            for message in queries.messages_after(engine, newest, conversation):
                newest = message.id
                if as_json:
                    typer.echo(json.dumps(asdict(message), default=str, ensure_ascii=False))
                else:
                    typer.echo(f"\nconversation {message.conversation_id}, {_said(message)}")
            time.sleep(LOOK_EVERY_SECONDS)


def _print_list(found: list[ConversationSummary], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json_text([asdict(each) for each in found]))
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
        typer.echo(json_text(asdict(detail)))
        return
    _print_list([detail.summary], as_json=False)
    for message in detail.messages:
        typer.echo(f"\n{_said(message)}")
    for rating in detail.ratings:
        verdict = "helpful" if rating.helpful else "not helpful"
        comment = f": {rating.comment}" if rating.comment else ""
        typer.echo(f"\n{rating.at:%H:%M:%S} found {rating.advice} {verdict}{comment}")
    for assessment in detail.assessments:
        rules = ", ".join(assessment.rules) or "no rule"
        typer.echo(f"\n{assessment.at:%H:%M:%S} assessed {assessment.level or 'open'}: {rules}")


def _said(message: MessageRecord) -> str:
    intent = f"  [{message.intent} {message.confidence:.2f}]" if message.intent else ""
    unclear = "  not understood" if message.not_understood else ""
    return f"{message.at:%H:%M:%S} {message.author}{intent}{unclear}\n  {message.text or ''}"

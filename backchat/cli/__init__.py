"""The command line: ``backchat``."""

from __future__ import annotations

import typer

from backchat.cli import assess, chat, conversations, replay, serve, train

app = typer.Typer(
    name="backchat",
    help="A careful first answer to a lower back that hurts after a workout.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("assess")(assess.command)
app.command("serve")(serve.command)
app.command("train")(train.command)
app.command("chat")(chat.command)
app.command("replay")(replay.command)
app.command("conversations")(conversations.command)


def main() -> None:
    """Run the command line."""
    app()

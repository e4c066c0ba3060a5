"""The command line: ``backchat``. Each command imports only what it needs, when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from backchat.cli.environment import fail

_COMMANDS = (
    "assess",
    "serve",
    "actions",
    "cluster",
    "train",
    "migrate",
    "backup",
    "chat",
    "replay",
    "conversations",
    "deliveries",
    "drawings",
    "people",
    "check-ins",
    "report",
    "unclear",
)


class _Commands(TyperGroup):
    """Finds a command in the module of its name, and says in a sentence why it cannot go on."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None where there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"backchat.cli.{cmd_name.replace('-', '_')}")
        if hasattr(module, "group"):
            return get_command(module.group)
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        single.command(cmd_name)(module.command)
        return get_command(single)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what a user can put right ends it with a sentence and exit status 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            place = f": {error.filename}" if error.filename else ""
            fail(f"{error.strerror or error}{place}.")
        except Exception as error:
            if not isinstance(error, _foreseen()):
                raise
            fail(str(error))


def _foreseen() -> tuple[type[Exception], ...]:
    from backchat.assistant.training import TrainingFailed
    from backchat.knowledge import KnowledgeError
    from backchat.records.errors import RecordsError
    from backchat.settings import SettingsError

    return (TrainingFailed, KnowledgeError, RecordsError, SettingsError)


app = typer.Typer(
    name="backchat",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def backchat() -> None:
    """A careful first answer to a lower back that hurts after a workout."""


def main() -> None:
    """Run the command line."""
    app()

"""Rasa's credentials file, with the channels that the settings switch on.

Rasa loads every channel that the file names and fails on a variable that is not set. So the file is
written for each start. No secret is in it: channels read the settings themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from backchat.settings import Settings

ALWAYS_ON = Path("credentials.yml")
SLACK = "backchat.assistant.slack.channel.SlackInput"
TELEGRAM = "backchat.assistant.telegram.channel.TelegramInput"


def switched_on(settings: Settings) -> list[str]:
    """Return the classes of the channels that the settings switch on."""
    channels = {SLACK: settings.slack, TELEGRAM: settings.telegram}
    return [name for name, has_settings in channels.items() if has_settings]


@contextmanager
def written(settings: Settings) -> Iterator[Path]:
    """Write the file for a server; it is gone when the server is.

    Raises:
        OSError: it cannot be written.
    """
    with TemporaryDirectory(prefix="backchat-") as folder:
        file = Path(folder) / "credentials.yml"
        lines = [f"{channel}:" for channel in switched_on(settings)]
        file.write_text("\n".join([ALWAYS_ON.read_text("utf-8"), *lines, ""]), "utf-8")
        yield file

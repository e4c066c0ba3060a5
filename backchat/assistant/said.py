"""What a person says on a messenger: words, a command, or a pressed button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from backchat.assistant.offers import OWN
from backchat.assistant.portable import Button
from backchat.assistant.turns import Incoming

CLOCK = f"{OWN}clock "
"""What a button sends that names a city."""
TIMER = f"{OWN}timer "
"""What a button sends that sets a timer: how many minutes, and the id of the treatment."""
ERASE = f"{OWN}erase"
"""What the button sends that confirms the erasure."""
STOP = "/stop"
"""What a command sends that ends the questions; timers end with it."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a person said or pressed.

    Attributes:
        sender: The conversation: the channel's name, a dash, and an id.
        place: Where to answer, as the channel's carrier understands it; JSON.
        message_id: The platform's id, the same when it is delivered again.
        text: The words as they were typed, or a sign for what has none; "" for a pressed button.
        button: What was pressed, or what a command stands for.
        buttons_at: The platform's id of the message at which it was pressed.
        reply: A response of the domain that answers it without a turn.
        timezone: The person's IANA time zone, where the platform tells.
        region: The person's ISO 3166 code, where the platform tells.
    """

    sender: str
    place: Mapping[str, Any]
    message_id: str
    text: str = ""
    button: Button | None = None
    buttons_at: str | None = None
    reply: str | None = None
    timezone: str | None = None
    region: str | None = None

    @property
    def payload(self) -> str:
        """What the button sends, or "" for none."""
        return self.button.payload if self.button else ""

    @property
    def is_aside(self) -> bool:
        """Whether it is answered without a turn of the dialogue."""
        return self.reply is not None or self.payload.startswith(OWN)

    @property
    def as_words(self) -> Said:
        """The words alone, whatever command they are."""
        return replace(self, button=None, reply=None)

    def on(self, channel: str, at: datetime) -> Incoming:
        """Return it as a message that came in at a moment."""
        return Incoming(
            sender=self.sender,
            channel=channel,
            message_id=self.message_id,
            at=at,
            shown=self.button.title if self.button else self.text,
            payload=self.button.payload if self.button else None,
            timezone=self.timezone,
            region=self.region,
        )

"""Reading what Slack posts: who did what, or nothing that concerns us.

Everything in a request comes from outside; what is not as documented is ignored.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backchat.assistant.words import well_formed

_WORDS = frozenset({None, "file_share", "me_message", "thread_broadcast"})
"""The subtypes of messages that somebody said."""
_FILE = "📎"
"""What stands in the log for what has no words."""
_MARK = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
_SPACES = re.compile(r" {2,}")
_DIRECT = ("D", "U", "W")
"""How the ids of direct messages begin, and those of people, which stand for theirs."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in a conversation.

    Attributes:
        team: The workspace's id.
        user: The person's id.
        channel: The id of the direct message or channel.
        thread: The ``ts`` of the message above the thread, or None.
    """

    team: str
    user: str
    channel: str
    thread: str | None = None

    @property
    def is_private(self) -> bool:
        """Whether nobody else is there."""
        return self.channel.startswith(_DIRECT)

    @property
    def sender(self) -> str:
        """The conversation: in channels everybody has their own in every thread."""
        parts = ["slack", self.team, self.user]
        if not self.is_private:
            parts += [self.channel, self.thread or ""]
        return "-".join(parts)

    def place(self) -> dict[str, Any]:
        """Return where to answer."""
        place: dict[str, Any] = {"channel": self.channel, "user": self.user}
        if self.thread is not None:
            place["thread_ts"] = self.thread
        if not self.is_private:
            place["shared"] = True
        return place


@dataclass(frozen=True, slots=True)
class Words:
    """A message: its words, or a sign for what has none.

    Attributes:
        speaker: Who said it.
        key: Its id, the same for every event about it.
        text: The words.
        is_edit: Whether it was said before, in other words.
        is_overheard: Whether it was said in a thread without naming us.
    """

    speaker: Speaker
    key: str
    text: str
    is_edit: bool = False
    is_overheard: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; ``message`` as Slack has it."""

    speaker: Speaker
    key: str
    value: str
    message: Mapping[str, Any]

    @property
    def buttons_at(self) -> str:
        """The id of the message that has the button."""
        return str(self.message["ts"])


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command such as ``/backchat timezone Lisbon``; ``name`` is its first word."""

    speaker: Speaker
    key: str
    text: str
    name: str
    rest: str


def read_event(envelope: Mapping[str, Any]) -> Words | None:
    """Return what somebody said to us, or None where nothing is to be done."""
    try:
        event = envelope["event"]
        if event["type"] not in ("message", "app_mention"):
            return None
        if event.get("subtype") == "message_changed":
            return _edit(envelope, event)
        return _message(envelope, event, event["channel"])
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


def read_press(payload: Mapping[str, Any]) -> Press | None:
    """Return the button that somebody pressed, or None where it is something else."""
    try:
        if payload["type"] != "block_actions":
            return None
        action, message = payload["actions"][0], payload["message"]
        user, channel = payload["user"], str(payload["channel"]["id"])
        team = (payload.get("team") or {}).get("id") or user["team_id"]
        speaker = Speaker(str(team), str(user["id"]), channel, _id(message.get("thread_ts")))
        key = f"press-{channel}-{message['ts']}-{action['action_ts']}"
        return Press(speaker, key, str(action["value"]), message)
    except (KeyError, TypeError, AttributeError, IndexError):
        return None


def read_command(form: Mapping[str, str]) -> Command | None:
    """Return a slash command; it is answered in the direct messages of whoever gave it."""
    try:
        speaker = Speaker(form["team_id"], form["user_id"], form["user_id"])
        text = words(form.get("text", ""))
        name, _, rest = text.partition(" ")
        return Command(speaker, f"command-{form['trigger_id']}", text, name.lower(), rest.strip())
    except KeyError:
        return None


def words(text: str) -> str:
    """Return a text without Slack's marks: links as they are read, nobody's id."""
    read = html.unescape(_SPACES.sub(" ", _MARK.sub(_as_read, text))).strip()
    return well_formed(read)


def _id(value: Any) -> str | None:
    return None if value is None else str(value)


def _as_read(mark: re.Match[str]) -> str:
    target, label = mark["target"], mark["label"]
    if target.startswith("@"):
        return " "
    if target.startswith(("#", "!")):
        return label or " "
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def _message(
    envelope: Mapping[str, Any], event: Mapping[str, Any], channel: str, *, edited: str = ""
) -> Words | None:
    if event.get("bot_id") or event.get("subtype") not in _WORDS or event["user"] == "USLACKBOT":
        return None
    is_mention = event["type"] == "app_mention"
    thread = _id(event.get("thread_ts") or (event["ts"] if is_mention else None))
    speaker = Speaker(str(envelope["team_id"]), str(event["user"]), str(channel), thread)
    if not speaker.is_private and thread is None:
        return None
    said = words(event.get("text") or "") or (_FILE if event.get("files") else "")
    if not said and not is_mention:
        return None
    return Words(
        speaker,
        key=f"{channel}-{event['ts']}{edited}",
        text=said,
        is_edit=bool(edited),
        is_overheard=not (speaker.is_private or is_mention),
    )


def _edit(envelope: Mapping[str, Any], event: Mapping[str, Any]) -> Words | None:
    """Return an edited message; one to which Slack has only added a preview is none."""
    after, before = event["message"], event.get("previous_message") or {}
    if after.get("text") == before.get("text") or "edited" not in after:
        return None
    edited = f"-edited-{after['edited']['ts']}"
    return _message(envelope, after, event["channel"], edited=edited)

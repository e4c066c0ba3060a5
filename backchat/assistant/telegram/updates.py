"""Reading Telegram's updates: who did what, or nothing that concerns us.

Everything in an update comes from outside; what is not as documented is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backchat.assistant.words import well_formed

_SIGNS = {
    "photo": "📷",
    "video": "🎬",
    "video_note": "🎬",
    "animation": "🎬",
    "voice": "🎤",
    "audio": "🎤",
    "document": "📎",
    "location": "📍",
    "venue": "📍",
    "contact": "👤",
    "poll": "📊",
    "dice": "🎲",
    "game": "🎮",
    "story": "📷",
}
"""What stands in the log for what has no words."""
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link to the bot may add to ``/start``."""
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.S)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in a chat.

    Attributes:
        chat: The chat's id.
        user: The person's id.
        thread: The topic of the group, or None.
        is_private: Whether nobody else is in the chat.
    """

    chat: int
    user: int
    thread: int | None
    is_private: bool

    @property
    def sender(self) -> str:
        """The conversation: in groups everybody has their own, in every topic another."""
        if self.is_private:
            return f"telegram-{self.chat}"
        parts = (
            [self.chat, self.user] if self.thread is None else [self.chat, self.thread, self.user]
        )
        return "-".join(["telegram", *map(str, parts)])

    def place(self, message_id: int) -> dict[str, Any]:
        """Return where to answer a message."""
        place: dict[str, Any] = {"chat_id": self.chat}
        if self.thread is not None:
            place["message_thread_id"] = self.thread
        if not self.is_private:
            place |= {"reply_to": message_id, "shared": True}
        return place


@dataclass(frozen=True, slots=True)
class Words:
    """A message, new or edited: its words, or a sign for what has none."""

    speaker: Speaker
    message_id: int
    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as ``/timezone Lisbon``; ``name`` without the slash, in small letters."""

    speaker: Speaker
    message_id: int
    text: str
    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; ``speaker`` is None where its message is out of our reach."""

    query: str
    speaker: Speaker | None
    message_id: int
    data: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody blocked the bot."""

    speaker: Speaker


Update = Words | Command | Press | Left | None


def read(update: Mapping[str, Any], bot: str | None) -> Update:
    """Return what an update says, or None where nothing is to be done.

    Args:
        update: As Telegram posted it.
        bot: Our user name, to know when a group speaks to us; None while it is unknown.
    """
    try:
        if "callback_query" in update:
            return _press(update["callback_query"])
        if "my_chat_member" in update:
            return _left(update["my_chat_member"])
        if "edited_message" in update:
            return _message(update["edited_message"], bot, edited=True)
        if "message" in update:
            return _message(update["message"], bot, edited=False)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    return None


def _message(message: Mapping[str, Any], bot: str | None, *, edited: bool) -> Update:
    if message["from"].get("is_bot"):
        return None
    speaker = _speaker(message, message["from"])
    text = _text(message)
    if text is None:
        return None
    command = _COMMAND.fullmatch(text)
    if command and command["bot"] and command["bot"].lower() != (bot or "").lower():
        return None
    if not (speaker.is_private or command or _is_to_us(message, text, bot)):
        return None
    message_id = int(message["message_id"])
    if command and not edited:
        name, rest = command["name"].lower(), (command["rest"] or "").strip()
        if name == "start" and _DEEP_LINK.fullmatch(rest):
            rest = ""
        return Command(speaker, message_id, text, name, rest)
    return Words(speaker, message_id, _without_mention(text, bot), edited)


def _speaker(message: Mapping[str, Any], person: Mapping[str, Any]) -> Speaker:
    chat = message["chat"]
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Speaker(int(chat["id"]), int(person["id"]), thread, chat["type"] == "private")


def _text(message: Mapping[str, Any]) -> str | None:
    """Return the words, or the sign for what has none; None for what is not said to anybody."""
    words = message.get("text") or message.get("caption")
    if isinstance(words, str) and words.strip():
        return well_formed(words.strip())
    if "sticker" in message:
        return str(message["sticker"].get("emoji") or _SIGNS["photo"])
    return next((sign for kind, sign in _SIGNS.items() if kind in message), None)


def _is_to_us(message: Mapping[str, Any], text: str, bot: str | None) -> bool:
    if bot is None:
        return False
    replied_to = (message.get("reply_to_message") or {}).get("from") or {}
    return replied_to.get("username") == bot or bool(_mention(bot).search(text))


def _without_mention(text: str, bot: str | None) -> str:
    return _mention(bot).sub(" ", text).strip() or text if bot else text


def _mention(bot: str) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(bot)}\b", re.I)


def _press(query: Mapping[str, Any]) -> Press:
    message = query.get("message") or {}
    reachable = "chat" in message and "data" in query
    return Press(
        query=str(query["id"]),
        speaker=_speaker(message, query["from"]) if reachable else None,
        message_id=int(message.get("message_id", 0)),
        data=str(query.get("data", "")),
    )


def _left(change: Mapping[str, Any]) -> Left | None:
    gone = change["new_chat_member"]["status"] in ("kicked", "left")
    return Left(_speaker(change, change["from"])) if gone else None

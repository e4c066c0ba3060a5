"""A person on Slack: what Slack posts for them."""

from __future__ import annotations

import itertools
import json
import time
import urllib.parse
from collections.abc import Iterator
from typing import Any

import messenger_user
from fake_slack import TOKEN, Call, FakeSlack
from messenger_user import Answer, Bot, MessengerUser, until

from backchat.assistant.slack.signature import signed

SECRET = "a-signing-secret-of-the-tests"
TEAM = "T100"
BOT = "U0BOT"
_numbers: Iterator[int] = itertools.count(70_001)


def settings(fake: FakeSlack) -> dict[str, str]:
    """What switches the channel on."""
    return {
        "BACKCHAT_SLACK_BOT_TOKEN": TOKEN,
        "BACKCHAT_SLACK_SIGNING_SECRET": SECRET,
        "BACKCHAT_SLACK_API_URL": f"{fake.address}/api/",
    }


def post(
    server: str,
    path: str,
    body: bytes,
    *,
    secret: str = SECRET,
    age: float = 0,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    """Post as Slack does; return status and body."""
    timestamp = str(int(time.time() - age))
    kind = "application/json" if path == "events" else "application/x-www-form-urlencoded"
    sent = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signed(secret, timestamp, body),
        **(headers or {}),
    }
    return messenger_user.post(f"{server}/webhooks/slack/{path}", body, sent)


class SlackUser(MessengerUser):
    """One person in direct messages with the bot, or in a thread of a channel."""

    def __init__(
        self,
        bot: Bot,
        fake: FakeSlack,
        channel: str = "",
        thread: str | None = None,
        timezone: str | None = "America/New_York",
    ) -> None:
        super().__init__(bot, fake)
        number = next(_numbers)
        self.id = f"U{number}"
        self.channel = channel or f"D{number}"
        self.thread = thread
        if timezone:
            fake.timezones[self.id] = timezone

    @property
    def place(self) -> str:
        return self.channel

    @property
    def sender_id(self) -> str:
        parts = ["slack", TEAM, self.id]
        if not self.channel.startswith("D"):
            parts += [self.channel, self.thread or ""]
        return "-".join(parts)

    def sent(self) -> list[Call]:
        places = [self.channel, self.id] if self.channel.startswith("D") else [self.channel]
        return self.fake.sent_to(*places)

    def post(self, posted: dict[str, Any], **headers: str) -> int:
        """Have Slack post an event, or an interaction."""
        if "event" in posted:
            return post(self.server, "events", json.dumps(posted).encode(), headers=headers)[0]
        body = urllib.parse.urlencode({"payload": json.dumps(posted)}).encode()
        return post(self.server, "interactive", body)[0]

    def mention(self, text: str) -> Answer:
        return self.send(self.message(type="app_mention", text=f"<@{BOT}> {text}"))

    def command(self, text: str) -> Answer:
        return self.answer_to(lambda: self.slash(text)[0])

    def slash(self, text: str) -> tuple[int, bytes]:
        """Give the slash command; return the status and what is shown at once."""
        form = {
            "command": "/backchat", "text": text, "team_id": TEAM, "user_id": self.id,
            "channel_id": self.channel, "trigger_id": f"{next(_numbers)}.1",
        }  # fmt: skip
        return post(self.server, "commands", urllib.parse.urlencode(form).encode())

    def message(self, **content: Any) -> dict[str, Any]:
        ts = f"{1_790_000_000 + next(_numbers)}.000100"
        if not self.channel.startswith("D") and self.thread is None:
            self.thread = ts
        else:
            content = {**({"thread_ts": self.thread} if self.thread else {}), **content}
        event = {"type": "message", "user": self.id, "channel": self.channel, "ts": ts, **content}
        return self.envelope(event)

    def edited(self, before: dict[str, Any], text: str) -> dict[str, Any]:
        old = before["event"]
        new = {**old, "text": text, "edited": {"user": self.id, "ts": f"{next(_numbers)}.000000"}}
        return self.envelope(
            {
                "type": "message", "subtype": "message_changed", "channel": self.channel,
                "ts": "1.000001", "message": new, "previous_message": old,
            }
        )  # fmt: skip

    def envelope(self, event: Any) -> dict[str, Any]:
        return {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event": event,
            "event_id": f"Ev{next(_numbers)}", "event_time": 1_790_000_000,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }  # fmt: skip

    def pressed(self, data: str, call: Call) -> dict[str, Any]:
        message = {"ts": call.ts, "text": call.fields["text"], "blocks": call.blocks}
        if "thread_ts" in call.fields:
            message["thread_ts"] = call.fields["thread_ts"]
        action = {"type": "button", "action_id": "button-0", "value": data}
        return {
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": self.id, "team_id": TEAM},
            "channel": {"id": self.channel}, "message": message, "trigger_id": "1.1",
            "actions": [{**action, "action_ts": f"{next(_numbers)}.000000"}],
        }  # fmt: skip

    def was_told_it_is_past(self, pressing: dict[str, Any]) -> bool:
        def told() -> list[Call]:
            return [c for c in self.fake.of("chat.postEphemeral") if c.fields["user"] == self.id]

        until(told, "the notice")
        return "no longer open" in told()[-1].fields["text"]

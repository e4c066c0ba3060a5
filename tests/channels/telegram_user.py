"""A person on Telegram: their updates, as Telegram posts them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import messenger_user
from fake_telegram import TOKEN, Call, FakeTelegram
from messenger_user import Answer, Bot, MessengerUser, until

SECRET = "a-secret-of-the-tests"
_update_ids: Iterator[int] = itertools.count(1)
_chat_ids: Iterator[int] = itertools.count(70_001)


def settings(fake: FakeTelegram) -> dict[str, str]:
    """What switches the channel on."""
    return {
        "BACKCHAT_TELEGRAM_TOKEN": TOKEN,
        "BACKCHAT_TELEGRAM_WEBHOOK_URL": "https://bot.example/webhooks/telegram/webhook",
        "BACKCHAT_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "BACKCHAT_TELEGRAM_API_URL": fake.address,
    }


def post(server: str, update: dict[str, Any] | bytes, secret: str | None = SECRET) -> int:
    """Post an update as Telegram does; return the status."""
    body = update if isinstance(update, bytes) else json.dumps(update).encode()
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    return messenger_user.post(f"{server}/webhooks/telegram/webhook", body, headers)[0]


class TelegramUser(MessengerUser):
    """One person in a private chat with the bot, or in a group."""

    def __init__(
        self, bot: Bot, fake: FakeTelegram, group: int | None = None, thread: int | None = None
    ) -> None:
        super().__init__(bot, fake)
        self.id = next(_chat_ids)
        self.group = group
        self.thread = thread
        self._message_ids = itertools.count(1)

    @property
    def place(self) -> int:
        return self.group or self.id

    @property
    def sender_id(self) -> str:
        if self.group is None:
            return f"telegram-{self.id}"
        parts = [self.group, self.id] if self.thread is None else [self.group, self.thread, self.id]
        return "-".join(["telegram", *map(str, parts)])

    def sent(self) -> list[Call]:
        return self.fake.sent_to(self.place)

    def post(self, posted: dict[str, Any]) -> int:
        return post(self.server, posted)

    def message(self, **content: Any) -> dict[str, Any]:
        return {"update_id": next(_update_ids), "message": self._message(**content)}

    def edited(self, before: dict[str, Any], text: str) -> dict[str, Any]:
        message = {**before["message"], "text": text, "edit_date": 1_790_000_001}
        return {"update_id": next(_update_ids), "edited_message": message}

    def pressed(self, data: str, call: Call) -> dict[str, Any]:
        number = next(_update_ids)
        query = f"query-{number}"
        self.fake.queries.add(query)
        return {
            "update_id": number,
            "callback_query": {
                "id": query, "from": self._person(), "chat_instance": "1", "data": data,
                "message": {
                    "message_id": call.message_id, "date": 1_790_000_000, "chat": self._chat(),
                    "from": {"id": 123456, "is_bot": True, "first_name": "Backchat"},
                    **self._topic(),
                },
            },
        }  # fmt: skip

    def command(self, text: str) -> Answer:
        return self.say(f"/{text}")

    def was_told_it_is_past(self, pressing: dict[str, Any]) -> bool:
        return "no longer open" in self.notice(pressing).get("text", "")

    def notice(self, pressing: dict[str, Any]) -> dict[str, Any]:
        """How a press was acknowledged."""
        query = pressing["callback_query"]["id"]

        def acknowledged() -> list[Call]:
            calls = self.fake.of("answerCallbackQuery")
            return [call for call in calls if call.fields["callback_query_id"] == query]

        until(acknowledged, "the press to be acknowledged")
        return acknowledged()[0].fields

    def membership(self, status: str) -> dict[str, Any]:
        bot = {"id": 123456, "is_bot": True, "first_name": "Backchat"}
        change = {
            "chat": self._chat(), "from": self._person(), "date": 1_790_000_000,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": {"user": bot, "status": status},
        }  # fmt: skip
        return {"update_id": next(_update_ids), "my_chat_member": change}

    def _message(self, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(self._message_ids), "date": 1_790_000_000,
            "chat": self._chat(), "from": self._person(), **self._topic(), **content,
        }  # fmt: skip

    def _topic(self) -> dict[str, Any]:
        if self.thread is None:
            return {}
        return {"message_thread_id": self.thread, "is_topic_message": True}

    def _chat(self) -> dict[str, Any]:
        if self.group is not None:
            return {"id": self.group, "type": "supergroup", "title": "Runners"}
        return {"id": self.id, "type": "private", "first_name": "Pat"}

    def _person(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": "Pat", "language_code": "en"}

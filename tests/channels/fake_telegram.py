"""A stand-in for Telegram's Bot API on loopback, as strict as the public documentation says.

It checks the token, required and unknown fields, lengths, the HTML of texts, keyboards and their 64
bytes of callback data, and whether messages, files and queries that a call names are known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, ClassVar

import fake_api
from aiohttp import web
from fake_api import FakeApi, Fields, Refusal

TOKEN = "123456:test-token"
BOT = "backchat_test_bot"
SEND = frozenset({"sendMessage", "sendAnimation", "sendPhoto", "sendDocument", "sendContact"})

_ADDRESS = {"chat_id": True, "message_thread_id": False, "reply_parameters": False}
_CAPTION = {"caption": False, "parse_mode": False, "reply_markup": False}


def refusal(code: int, description: str, **parameters: Any) -> Refusal:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return Refusal(code, body)


def bad(description: str) -> Refusal:
    return refusal(400, f"Bad Request: {description}")


@dataclass
class Call(fake_api.Call):
    """One call that was taken."""

    message_id: int = 0

    @property
    def visible(self) -> str:
        text = self.fields.get("text") or self.fields.get("caption") or ""
        return visible(text) if self.fields.get("parse_mode") == "HTML" else text

    @property
    def offers(self) -> dict[str, str]:
        return {button["text"]: button["callback_data"] for button in self.buttons}

    @property
    def has_number_to_tap(self) -> bool:
        return self.method == "sendContact"

    @property
    def buttons(self) -> list[dict[str, str]]:
        keyboard = (self.fields.get("reply_markup") or {}).get("inline_keyboard") or []
        return [button for row in keyboard for button in row]


class FakeTelegram(FakeApi[Call]):
    """The API."""

    METHODS: ClassVar[Fields] = {
        "getMe": {},
        "setWebhook": {"url": True, "secret_token": False, "allowed_updates": False},
        "setMyCommands": {"commands": True},
        "sendChatAction": {"chat_id": True, "message_thread_id": False, "action": True},
        "answerCallbackQuery": {"callback_query_id": True, "text": False, "show_alert": False},
        "editMessageReplyMarkup": {"chat_id": True, "message_id": True, "reply_markup": False},
        "sendMessage": {
            **_ADDRESS, "text": True, "parse_mode": False, "link_preview_options": False,
            "reply_markup": False,
        },
        "sendAnimation": {**_ADDRESS, "animation": True, **_CAPTION},
        "sendPhoto": {**_ADDRESS, "photo": True, **_CAPTION},
        "sendDocument": {**_ADDRESS, "document": True, **_CAPTION},
        "sendContact": {**_ADDRESS, "phone_number": True, "first_name": True},
    }  # fmt: skip
    GONE = refusal(403, "Forbidden: bot was blocked by the user")
    WRONG = bad("message is wrong")
    BROKEN = refusal(500, "Internal Server Error")

    def __init__(self) -> None:
        super().__init__()
        self.queries: set[str] = set()
        self._files: dict[str, str] = {}

    @staticmethod
    def too_many(seconds: int) -> Refusal:
        return refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

    def bad(self, description: str) -> Refusal:
        return bad(description)

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self.handle)]

    def check_caller(self, request: web.Request) -> None:
        if request.match_info["token"] != TOKEN:
            raise refusal(401, "Unauthorized")

    async def read(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return await request.json()
        fields: dict[str, Any] = {}
        async for part in await request.multipart():
            if part.filename:
                fields[part.name] = bytes(await part.read())
            else:
                fields[part.name] = _value(await part.text())
        return fields

    def place_of(self, method: str, fields: Mapping[str, Any]) -> Any:
        return fields.get("chat_id") if method in SEND else None

    def take(self, method: str, fields: dict[str, Any]) -> tuple[Call, dict[str, Any]]:
        call = Call(method, fields)
        check = getattr(self, f"_check_{_snake(method)}", None)
        result = check(call) if check else True
        if method in SEND:
            self._check_message(call)
            call.message_id = next(self.ids)
            result = {"message_id": call.message_id, "chat": {"id": fields["chat_id"]}}
            if method == "sendAnimation":
                result["animation"] = {"file_id": self._file_id(fields["animation"])}
                fields["animation"] = self._files[result["animation"]["file_id"]]
        return call, {"ok": True, "result": result}

    def _check_message(self, call: Call) -> None:
        fields = call.fields
        if not isinstance(fields["chat_id"], int):
            raise bad("chat not found")
        longest = 4096 if call.method == "sendMessage" else 1024
        if len(call.visible.encode("utf-16-le")) // 2 > longest:
            raise bad("message is too long" if longest == 4096 else "message caption is too long")
        if call.method == "sendMessage" and not call.visible.strip():
            raise bad("message text is empty")
        if call.method == "sendDocument" and not isinstance(fields["document"], bytes):
            raise bad("wrong file identifier/HTTP URL specified")
        _check_keyboard(fields.get("reply_markup"))
        if call.method == "sendContact" and not re.fullmatch(
            r"\+?[\d -]{2,20}", fields["phone_number"]
        ):
            raise bad("PHONE_NUMBER_INVALID")

    def _file_id(self, animation: Any) -> str:
        if isinstance(animation, bytes):
            if animation[:4] != b"GIF8":
                raise bad("wrong file")
            file_id = f"file-{len(self._files)}"
            self._files[file_id] = "uploaded"
            return file_id
        if animation not in self._files:
            raise bad("wrong file identifier/HTTP URL specified")
        self._files[animation] = "by its id"
        return animation

    def _check_get_me(self, call: Call) -> Any:
        return {"id": 123456, "is_bot": True, "first_name": "Backchat", "username": BOT}

    def _check_set_webhook(self, call: Call) -> Any:
        if not call.fields["url"].startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", call.fields.get("secret_token", "x")):
            raise bad("secret token contains unallowed characters")
        return True

    def _check_set_my_commands(self, call: Call) -> Any:
        for command in call.fields["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        return True

    def _check_send_chat_action(self, call: Call) -> Any:
        if call.fields["action"] != "typing":
            raise bad("wrong parameter action in request")
        return True

    def _check_answer_callback_query(self, call: Call) -> Any:
        if call.fields["callback_query_id"] not in self.queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(call.fields.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        return True

    def _check_edit_message_reply_markup(self, call: Call) -> Any:
        sent = {each.message_id for each in self.sent_to(call.fields["chat_id"])}
        if call.fields["message_id"] not in sent:
            raise bad("message to edit not found")
        _check_keyboard(call.fields.get("reply_markup"))
        return True


def visible(html: str) -> str:
    """Return what is read of Telegram's HTML; raise where Telegram refuses it."""
    reader = _Html()
    reader.feed(html)
    reader.close()
    if reader.open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to {reader.open[-1]}")
    return "".join(reader.text)


class _Html(HTMLParser):
    TAGS = frozenset({"b", "i", "u", "s", "a", "code", "pre", "tg-spoiler", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}"')
        if tag == "a" and not re.match(r"(https?|tg|mailto)://?", dict(attrs).get("href") or ""):
            raise bad("can't parse entities: unsupported link")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise bad(f'can\'t parse entities: Unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise bad("can't parse entities: Unsupported start tag")
        self.text.append(data)


def _check_keyboard(markup: Any) -> None:
    if markup is None:
        return
    for row in markup["inline_keyboard"]:
        if not 1 <= len(row) <= 8:
            raise bad("reply markup has a row of a wrong length")
        for button in row:
            if set(button) != {"text", "callback_data"} or not button["text"]:
                raise bad("inline keyboard button has wrong fields")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise bad("BUTTON_DATA_INVALID")


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _snake(method: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", method).lower()

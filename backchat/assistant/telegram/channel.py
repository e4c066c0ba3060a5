"""The Telegram channel: its webhook on the Rasa server."""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from dataclasses import replace
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant import pictures
from backchat.assistant.commands import commanded
from backchat.assistant.courier import SendingFailed
from backchat.assistant.messenger import Messenger, NotNow
from backchat.assistant.messenger_channel import LONGEST_REQUEST_BYTES, MessengerInput
from backchat.assistant.offers import is_answer
from backchat.assistant.portable import Button
from backchat.assistant.said import Said
from backchat.assistant.telegram.api import BotApi
from backchat.assistant.telegram.carrier import Draw, TelegramCarrier
from backchat.assistant.telegram.updates import Command, Left, Press, Speaker, Words, read
from backchat.assistant.turns import Handle
from backchat.settings import Settings, SettingsError, TelegramSettings

logger = logging.getLogger(__name__)

CHANNEL = "telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for; others are taken and ignored."""
RETRY_SECONDS = (1, 5, 30, 120)
"""After how long the webhook is set again where that failed; the last holds from then on."""
CHOSEN = "-"
"""What the mark of a choice sends when it is pressed: nothing."""
_MENU_LINE = re.compile(r"^- \{command\}(?P<command>\w+)[^–]*– (?P<description>.+)$", re.M)


class TelegramInput(MessengerInput):
    """Takes Telegram's updates and answers them through its Bot API."""

    def __init__(self, settings: Settings, telegram: TelegramSettings, draw: Draw) -> None:
        api = BotApi(telegram, settings.send_timeout)
        messenger = Messenger(CHANNEL, TelegramCarrier(api, draw), settings)
        super().__init__(api, messenger, settings.region)
        self._telegram = telegram
        self._bot: str | None = None

    @classmethod
    def name(cls) -> str:
        """Return the channel's name; it is mounted at ``/webhooks/telegram``."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Create the channel; everything it needs is in the settings.

        Raises:
            SettingsError: they have nothing for Telegram.
        """
        settings = Settings.from_environment()
        if settings.telegram is None:
            raise SettingsError("The Telegram channel needs BACKCHAT_TELEGRAM_TOKEN.")
        return cls(settings, settings.telegram, pictures.moving)

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """Return the routes."""
        routes = super().blueprint(on_new_message)

        @routes.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request)

        @routes.listener("after_server_start")
        async def introduce(_app: Sanic, _loop: Any) -> None:
            self._background.start(self._introduce())

        return routes

    async def _webhook(self, request: Request) -> HTTPResponse:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, self._telegram.webhook_secret.encode()):
            return respond.json({"error": "The secret token is missing or wrong."}, 403)
        if len(request.body) > LONGEST_REQUEST_BYTES:
            return respond.json({"error": "The update is too large."}, 413)
        try:
            update = request.json
            number = update["update_id"]
        except Exception:
            return respond.json({"error": "The body is no update."}, 400)
        try:
            await self._hear(update, f"update-{number}")
        except NotNow:
            return respond.json({"error": "Send this again later."}, 503)
        return respond.json({})

    async def _hear(self, update: dict[str, Any], key: str) -> None:
        match read(update, self._bot):
            case Words(speaker, message_id, text, edited):
                said = _said(speaker, message_id, key, text=text)
                await self._take(replace(said, reply="utter_edited") if edited else said)
            case Command(speaker, message_id, text, name, rest):
                said = _said(speaker, message_id, key, text=text)
                await self._take(commanded(said, name, rest))
            case Press() as press:
                await self._hear_press(press, key)
            case Left(speaker):
                await self._messenger.shut_out(speaker.sender)

    async def _hear_press(self, press: Press, key: str) -> None:
        speaker = press.speaker
        if speaker is None or press.data == CHOSEN:
            self._background.start(self._acknowledge(press))
            return
        buttons_at = str(press.message_id)
        button = await self._messenger.pressed(speaker.sender, press.data, buttons_at)
        self._background.start(self._acknowledge(press, None if button else "utter_button_past"))
        if button is None:
            return
        said = _said(speaker, press.message_id, key, button=button, buttons_at=buttons_at)
        if is_answer(button.payload):
            self._background.start(self._mark_choice(speaker.chat, press.message_id, button))
        await self._take(said)

    async def _take(self, said: Said) -> None:
        if not said.is_aside:
            self._background.start(self._show_typing(said))
        await self._messenger.take(said)

    async def _show_typing(self, said: Said) -> None:
        place = {name: said.place.get(name) for name in ("chat_id", "message_thread_id")}
        await self._try("sendChatAction", {**place, "action": "typing"})

    async def _acknowledge(self, press: Press, notice: str | None = None) -> None:
        """Take the waiting sign off a pressed button; say why where nothing follows."""
        text = self._notice(notice) if notice else None
        fields = {"callback_query_id": press.query, "text": text, "show_alert": bool(text) or None}
        await self._try("answerCallbackQuery", fields)

    async def _mark_choice(self, chat: int, message_id: int, button: Button) -> None:
        """Leave of a question's buttons the one that was pressed."""
        chosen = [[{"text": f"✓ {button.title}", "callback_data": CHOSEN}]]
        fields = {
            "chat_id": chat,
            "message_id": message_id,
            "reply_markup": {"inline_keyboard": chosen},
        }
        await self._try("editMessageReplyMarkup", fields)

    async def _introduce(self) -> None:
        """Tell Telegram where the webhook is, and learn our name; again until it works."""
        attempt = 0
        while True:
            try:
                self._bot = (await self._api.call("getMe", {}))["username"]
                await self._api.call("setMyCommands", {"commands": self._menu()})
                await self._api.call(
                    "setWebhook",
                    {
                        "url": self._telegram.webhook_url,
                        "secret_token": self._telegram.webhook_secret,
                        "allowed_updates": UPDATES,
                    },
                )
                return
            except SendingFailed as error:
                wait = RETRY_SECONDS[min(attempt, len(RETRY_SECONDS) - 1)]
                logger.error("Telegram's webhook could not be set: %s", error)
                await asyncio.sleep(wait)
                attempt += 1

    def _menu(self) -> list[dict[str, str]]:
        """Return the commands of the bot's menu, as the answer to ``/help`` has them."""
        listed = self._messenger.wording.responses["utter_commands"][0]["text"]
        return [found.groupdict() for found in _MENU_LINE.finditer(listed)]


def _said(speaker: Speaker, message_id: int, key: str, **what: Any) -> Said:
    return Said(speaker.sender, speaker.place(message_id), key, **what)

"""The Slack channel: its three request URLs on the Rasa server."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant import clocks, pictures
from backchat.assistant.commands import commanded
from backchat.assistant.courier import SendingFailed
from backchat.assistant.messenger import Messenger, NotNow
from backchat.assistant.messenger_channel import LONGEST_REQUEST_BYTES, MessengerInput
from backchat.assistant.offers import is_answer
from backchat.assistant.portable import Button
from backchat.assistant.said import Said
from backchat.assistant.slack import rendering
from backchat.assistant.slack.api import WebApi
from backchat.assistant.slack.carrier import Draw, SlackCarrier
from backchat.assistant.slack.events import (
    Press,
    Speaker,
    Words,
    read_command,
    read_event,
    read_press,
)
from backchat.assistant.slack.signature import is_slacks
from backchat.assistant.turns import Handle
from backchat.records.places import Whereabouts
from backchat.settings import Settings, SettingsError, SlackSettings

logger = logging.getLogger(__name__)

CHANNEL = "slack"
COMMAND = "/backchat"
PROFILE_SECONDS = 3
"""How long an answer waits for the person's time zone."""

Hear = Callable[[Request], Awaitable[HTTPResponse]]


class SlackInput(MessengerInput):
    """Takes what Slack posts and answers through its Web API."""

    def __init__(self, settings: Settings, slack: SlackSettings, draw: Draw) -> None:
        api = WebApi(slack, settings.send_timeout)
        carrier = SlackCarrier(api, draw)
        messenger = Messenger(
            CHANNEL, carrier, settings, locate=self._locate, command=f"{COMMAND} "
        )
        super().__init__(api, messenger, settings.region)
        self._slack = slack

    @classmethod
    def name(cls) -> str:
        """Return the channel's name; it is mounted at ``/webhooks/slack``."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Create the channel; everything it needs is in the settings.

        Raises:
            SettingsError: they have nothing for Slack.
        """
        settings = Settings.from_environment()
        if settings.slack is None:
            raise SettingsError("The Slack channel needs BACKCHAT_SLACK_BOT_TOKEN.")
        return cls(settings, settings.slack, pictures.moving)

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """Return the routes."""
        routes = super().blueprint(on_new_message)

        @routes.post("/events")
        async def events(request: Request) -> HTTPResponse:
            return await self._hear(request, self._hear_event)

        @routes.post("/interactive")
        async def interactive(request: Request) -> HTTPResponse:
            return await self._hear(request, self._hear_interaction)

        @routes.post("/commands")
        async def commands(request: Request) -> HTTPResponse:
            return await self._hear(request, self._hear_command)

        return routes

    async def _hear(self, request: Request, hear: Hear) -> HTTPResponse:
        """Answer a request if it is Slack's."""
        if len(request.body) > LONGEST_REQUEST_BYTES:
            return respond.json({"error": "The request is too large."}, 413)
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        secret = self._slack.signing_secret
        if not is_slacks(secret, timestamp, request.body, signature, time.time()):
            return respond.json({"error": "The signature is missing, wrong or old."}, 403)
        try:
            return await hear(request)
        except NotNow:
            return respond.json({"error": "Send this again later."}, 503)

    async def _hear_event(self, request: Request) -> HTTPResponse:
        envelope = _json(request.body)
        if envelope is None:
            return respond.json({"error": "The body is no event."}, 400)
        if envelope.get("type") == "url_verification":
            return respond.json({"challenge": envelope.get("challenge")})
        said = read_event(envelope)
        if said is not None:
            await self._hear_words(said)
        return respond.empty(200)

    async def _hear_words(self, heard: Words) -> None:
        speaker = heard.speaker
        if heard.is_overheard and not await self._messenger.knows(speaker.sender):
            return
        said = _said(speaker, heard.key, text=heard.text)
        if not heard.text:
            said = commanded(said, "start", "")
        if heard.is_edit:
            said = replace(said, reply="utter_edited")
        await self._messenger.take(said)

    async def _hear_interaction(self, request: Request) -> HTTPResponse:
        payload = _json(_form(request).get("payload", ""))
        if payload is None:
            return respond.json({"error": "The body is no interaction."}, 400)
        press = read_press(payload)
        if press is not None:
            await self._hear_press(press)
        return respond.empty(200)

    async def _hear_press(self, press: Press) -> None:
        speaker = press.speaker
        button = await self._messenger.pressed(speaker.sender, press.value, press.buttons_at)
        if button is None:
            self._background.start(self._say_that_it_is_past(speaker))
            return
        if is_answer(button.payload):
            self._background.start(self._mark_choice(press, button))
        said = _said(speaker, press.key, button=button, buttons_at=press.buttons_at)
        await self._messenger.take(said)

    async def _hear_command(self, request: Request) -> HTTPResponse:
        form = _form(request)
        if "ssl_check" in form:
            return respond.empty(200)
        command = read_command(form)
        if command is None:
            return respond.json({"error": "The body is no command."}, 400)
        said = _said(command.speaker, command.key, text=command.text)
        await self._messenger.take(commanded(said, command.name or "start", command.rest))
        text = self._notice("utter_see_messages")
        return respond.json({"response_type": "ephemeral", "text": text})

    async def _say_that_it_is_past(self, speaker: Speaker) -> None:
        """Tell whoever pressed a button, and nobody else, why nothing follows."""
        fields = {
            "channel": speaker.channel,
            "user": speaker.user,
            "thread_ts": speaker.thread,
            "text": rendering.MRKDWN.plain(self._notice("utter_button_past")),
        }
        await self._try("chat.postEphemeral", fields)

    async def _mark_choice(self, press: Press, button: Button) -> None:
        """Leave in place of a question's buttons what was chosen."""
        shown = [block for block in press.message.get("blocks", ()) if block["type"] != "actions"]
        chosen = rendering.note(f"✓ {rendering.MRKDWN.plain(button.title)}")
        fields = {
            "channel": press.speaker.channel,
            "ts": press.buttons_at,
            "text": press.message.get("text", button.title),
            "blocks": [*shown, chosen],
        }
        await self._try("chat.update", fields)

    async def _locate(self, place: Mapping[str, Any]) -> Whereabouts:
        """Return the time zone of a person's profile, and the country that it lies in."""
        try:
            profile = await asyncio.wait_for(
                self._api.call("users.info", {"user": place["user"]}), PROFILE_SECONDS
            )
            timezone = ZoneInfo(profile["user"]["tz"]).key
        except (SendingFailed, TimeoutError) as error:
            logger.warning("A time zone could not be looked up: %s", error)
            return Whereabouts()
        except (KeyError, TypeError, ValueError, OSError):
            return Whereabouts()
        found = clocks.find(timezone)
        return Whereabouts(found.region if found else None, timezone)


def _said(speaker: Speaker, key: str, **what: Any) -> Said:
    return Said(speaker.sender, speaker.place(), key, **what)


def _json(text: bytes | str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _form(request: Request) -> dict[str, str]:
    """Return the first value of each field."""
    return {name: values[0] for name, values in (request.form or {}).items()}

"""Which channels a server loads, and that none needs its platform to be there at the start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rasa.core.run import create_http_input_channels

from backchat.assistant import credentials
from backchat.assistant.courier import TryLater
from backchat.assistant.telegram import channel
from backchat.assistant.telegram.channel import TelegramInput
from backchat.settings import Settings, SettingsError

SLACK = {"BACKCHAT_SLACK_BOT_TOKEN": "xoxb-1", "BACKCHAT_SLACK_SIGNING_SECRET": "a-secret"}
TELEGRAM = {
    "BACKCHAT_TELEGRAM_TOKEN": "123456:a-token",
    "BACKCHAT_TELEGRAM_WEBHOOK_URL": "https://bot.example/webhooks/telegram/webhook",
    "BACKCHAT_TELEGRAM_WEBHOOK_SECRET": "another-secret",
}


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Databases of the test's own."""
    databases = {
        "BACKCHAT_DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3",
        "BACKCHAT_TRACKER_URL": f"sqlite:///{tmp_path}/tracker.sqlite3",
    }
    for name, value in databases.items():
        monkeypatch.setenv(name, value)
    return databases


@pytest.mark.parametrize(
    ("given", "loaded"),
    [
        ({}, ["web"]),
        (SLACK, ["web", "slack"]),
        (TELEGRAM, ["web", "telegram"]),
        ({**SLACK, **TELEGRAM}, ["web", "slack", "telegram"]),
    ],
    ids=["none", "slack", "telegram", "both"],
)
def test_a_channel_is_loaded_where_its_settings_are_given(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    loaded: list[str],
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with credentials.written(Settings.from_environment()) as file:
        channels = create_http_input_channels(None, str(file))
        text = file.read_text("utf-8")
    assert [each.name() for each in channels] == loaded
    assert not any(secret in text for secret in given.values()), "no secret is in the file"
    assert not file.exists()


@pytest.mark.parametrize("group", [SLACK, TELEGRAM], ids=["slack", "telegram"])
def test_settings_that_go_together_are_given_together(group: dict[str, str]) -> None:
    for missing in group:
        given = {name: value for name, value in group.items() if name != missing}
        with pytest.raises(SettingsError, match=missing):
            Settings.from_environment(given)


class UnreachableAtFirst:
    """An API that is not there for the first calls."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls: list[str] = []

    async def call(self, method: str, fields: Mapping[str, Any]) -> Any:
        if self.failures:
            self.failures -= 1
            raise TryLater(f"{method}: ClientConnectorError")
        self.calls.append(method)
        return {"username": "backchat_bot"}


async def test_telegram_is_told_of_the_webhook_as_soon_as_it_can_be_reached(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "RETRY_SECONDS", (0.01,))
    settings = Settings.from_environment({**environment, **TELEGRAM})
    assert settings.telegram is not None
    telegram = TelegramInput(settings, settings.telegram, draw=lambda stretch: b"")
    telegram._api = UnreachableAtFirst(failures=3)
    await telegram._introduce()
    assert telegram._api.calls == ["getMe", "setMyCommands", "setWebhook"]

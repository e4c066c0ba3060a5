"""Somebody who writes to a messenger faster than anybody can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
import slack_user
import telegram_user
from fake_slack import FakeSlack
from fake_telegram import FakeTelegram
from messenger_user import Bot, Clock, MessengerUser, until
from slack_user import SlackUser
from telegram_user import TelegramUser

from backchat.records.engine import open_engine

PER_MINUTE = 4
TOO_FAST = "did not take in your last messages"


@pytest.fixture(scope="module")
def strict_bot(
    telegram: FakeTelegram,
    slack: FakeSlack,
    tmp_path_factory: pytest.TempPathFactory,
    run_server: Callable[..., AbstractContextManager[str]],
) -> Iterator[Bot]:
    """A bot with a low limit for each person."""
    folder = tmp_path_factory.mktemp("strict")
    clock = Clock(folder / "now", datetime(2026, 11, 25, 12, tzinfo=UTC))
    settings = telegram_user.settings(telegram) | slack_user.settings(slack) | clock.settings
    limits = {"BACKCHAT_LIMIT_PER_PERSON": str(PER_MINUTE)}
    greeted = len(telegram.of("setWebhook"))
    with run_server(folder, BACKCHAT_REGION="US", **limits, **settings) as address:
        until(lambda: len(telegram.of("setWebhook")) > greeted, "the webhook to be set")
        engine = open_engine(f"sqlite:///{folder}/records.sqlite3")
        yield Bot(address, engine, clock, folder / "server.log")
        engine.dispose()


@pytest.fixture(params=["telegram", "slack"])
def person(
    request: pytest.FixtureRequest, strict_bot: Bot, telegram: FakeTelegram, slack: FakeSlack
) -> MessengerUser:
    if request.param == "telegram":
        return TelegramUser(strict_bot, telegram)
    return SlackUser(strict_bot, slack)


def test_a_flood_is_told_once_that_it_is_too_much_and_danger_is_still_answered(
    person: MessengerUser,
) -> None:
    answers = [person.say("which stretches help?") for _ in range(PER_MINUTE + 4)]

    texts = [answer.text for answer in answers]
    assert all(texts[:PER_MINUTE])
    assert not any(TOO_FAST in text for text in texts[:PER_MINUTE])
    assert sum(TOO_FAST in text for text in texts) == 1
    assert "" in texts[PER_MINUTE:]
    assert person.say("my crotch is numb").is_emergency

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import slack_user
import telegram_user
from clocked import CONTACT, MONDAY, ClockedBot
from fake_slack import FakeSlack
from fake_telegram import FakeTelegram
from messenger_user import Bot, Clock, until
from slack_user import SlackUser
from telegram_user import TelegramUser
from visiting import Records, Visitor

from backchat.records.engine import open_engine

WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def records(server: str, server_folder: Path) -> Iterator[Records]:
    """The log of the shared bot."""
    engine = open_engine(f"sqlite:///{server_folder}/records.sqlite3")
    yield Records(engine)
    engine.dispose()


@pytest.fixture
def visitor(server: str) -> Visitor:
    """A new visitor from the US."""
    return Visitor(server)


@pytest.fixture(scope="module")
def clocked_bot(
    tmp_path_factory: pytest.TempPathFactory,
    run_server: Callable[..., AbstractContextManager[str]],
) -> Iterator[ClockedBot]:
    """A bot of this file's own with a clock to turn."""
    folder, clock = tmp_path_factory.mktemp("clocked"), tmp_path_factory.mktemp("clock") / "now"
    clock.write_text(MONDAY.isoformat())
    settings = {"BACKCHAT_ENV": "test", "BACKCHAT_TEST_NOW": str(clock)}
    with run_server(folder, BACKCHAT_REGION="US", BACKCHAT_CONTACT=CONTACT, **settings) as address:
        bot = ClockedBot(address, folder, clock)
        yield bot
        bot.dispose()


@pytest.fixture
def bot(clocked_bot: ClockedBot) -> ClockedBot:
    """The same, on Monday noon."""
    clocked_bot.at()
    return clocked_bot


@pytest.fixture(scope="session")
def telegram() -> Iterator[FakeTelegram]:
    """A stand-in for Telegram's API."""
    with FakeTelegram.running() as fake:
        yield fake


@pytest.fixture(scope="session")
def slack() -> Iterator[FakeSlack]:
    """A stand-in for Slack's API."""
    with FakeSlack.running() as fake:
        yield fake


@pytest.fixture(scope="session")
def messenger_bot(
    telegram: FakeTelegram,
    slack: FakeSlack,
    tmp_path_factory: pytest.TempPathFactory,
    run_server: Callable[..., AbstractContextManager[str]],
) -> Iterator[Bot]:
    """A bot that is on Telegram and on Slack, with a clock to turn."""
    folder = tmp_path_factory.mktemp("messengers")
    clock = Clock(folder / "now", WEDNESDAY)
    settings = telegram_user.settings(telegram) | slack_user.settings(slack) | clock.settings
    with run_server(folder, BACKCHAT_REGION="US", BACKCHAT_SEND_TIMEOUT="4", **settings) as address:
        until(lambda: telegram.of("setWebhook"), "the webhook to be set")
        engine = open_engine(f"sqlite:///{folder}/records.sqlite3")
        yield Bot(address, engine, clock, folder / "server.log")
        engine.dispose()


@pytest.fixture
def new_user(messenger_bot: Bot, telegram: FakeTelegram) -> Callable[..., TelegramUser]:
    """Makes people on Telegram."""
    return partial(TelegramUser, messenger_bot, telegram)


@pytest.fixture
def user(new_user: Callable[..., TelegramUser]) -> TelegramUser:
    """A new person in a private chat with the bot."""
    return new_user()


@pytest.fixture
def new_member(messenger_bot: Bot, slack: FakeSlack) -> Callable[..., SlackUser]:
    """Makes people on Slack."""
    return partial(SlackUser, messenger_bot, slack)


@pytest.fixture
def member(new_member: Callable[..., SlackUser]) -> SlackUser:
    """A new person in direct messages with the bot."""
    return new_member()

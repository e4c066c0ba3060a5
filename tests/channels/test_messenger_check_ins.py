"""Check-ins that the server says of its own accord: on Telegram, on Slack and on the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from messenger_user import Bot, MessengerUser, until
from slack_user import SlackUser
from telegram_user import TelegramUser
from visiting import Visitor

from backchat.records.check_ins import listing, planned

SORE = "did squats yesterday, my lower back is stiff since yesterday evening, 4/10"
CHECK_IN = "this is the check-in you asked for"


def agree(person: MessengerUser | Visitor) -> None:
    """Have a person tell of an ordinary soreness and agree to a check-in."""
    person.finish(person.say(SORE))
    person.say("yes, keep it")
    assert "I will ask you on" in person.say("yes, check in").text


def check_ins_said_to(person: MessengerUser) -> int:
    return sum(CHECK_IN in call.visible for call in person.sent())


def last_words_on_the_page(visitor: Visitor) -> str:
    return str(visitor.get("/chat/history").body["messages"][-1]["text"])


def test_a_check_in_reaches_everybody_where_they_wrote_and_nobody_in_their_sleep(
    messenger_bot: Bot, user: TelegramUser, new_member: Callable[..., SlackUser]
) -> None:
    visitor, member = Visitor(messenger_bot.address), new_member(timezone="Europe/London")
    assert "Berlin" in user.command("timezone Berlin").text
    people = (user, member, visitor)
    for person in people:
        agree(person)

    def due() -> list[datetime | None]:
        return [planned(messenger_bot.engine, person.sender_id) for person in people]

    midnight = max(filter(None, due())) + timedelta(minutes=1)
    messenger_bot.clock.turn_to(midnight)
    mornings = [midnight.replace(hour=hour, minute=0, microsecond=0) for hour in (7, 8, 8)]
    until(lambda: due() == mornings, "the check-ins to be put off until the morning")
    assert check_ins_said_to(user) == check_ins_said_to(member) == 0

    messenger_bot.clock.turn_to(max(mornings))
    until(lambda: check_ins_said_to(user), "the check-in on Telegram")
    until(lambda: check_ins_said_to(member), "the check-in on Slack")
    until(lambda: CHECK_IN in last_words_on_the_page(visitor), "the check-in on the page")
    for person in (user, member):
        person.wait_until_all_is_sent()
        still = person.press("It still hurts")
        assert "more than two days" in still.text, "the rules are judged anew"
        assert "healthcare provider" in still.text
        assert check_ins_said_to(person) == 1


@pytest.mark.parametrize("new_person", ["new_user", "new_member"], ids=["telegram", "slack"])
def test_whoever_says_stop_is_not_checked_in_with(
    new_person: str, request: pytest.FixtureRequest
) -> None:
    new: Callable[[], MessengerUser] = request.getfixturevalue(new_person)
    person = new()
    agree(person)
    person.command("stop")
    assert planned(person.engine, person.sender_id) is None
    theirs = [each.status for each in listing(person.engine) if each.sender_id == person.sender_id]
    assert theirs == ["cancelled"]

"""A person's data, and a clinician's words, on Telegram and on Slack."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fake_api import Call
from messenger_user import MessengerUser, until
from slack_user import SlackUser
from telegram_user import TelegramUser

from backchat.records.log import ConversationLog
from backchat.records.pushes import push

SAID = "my lower back is stiff since yesterday"


@pytest.fixture(params=["user", "member"], ids=["telegram", "slack"])
def person(request: pytest.FixtureRequest) -> MessengerUser:
    return request.getfixturevalue(request.param)


def has_file(call: Call) -> bool:
    return not {"document", "files"}.isdisjoint(call.fields)


def file_sent_to(person: MessengerUser) -> Any:
    """Return what is in the file that came last, which is JSON."""
    fields = next(call.fields for call in reversed(person.sent()) if has_file(call))
    file = fields.get("document") or person.fake.uploads[fields["files"][0]["id"]]
    return json.loads(file)


def test_export_my_data_brings_everything_as_a_file(person: MessengerUser) -> None:
    person.say(SAID)
    person.say("export my data")

    held = file_sent_to(person)

    assert [row["sender_id"] for row in held["people"]] == [person.sender_id]
    assert next(m["text"] for m in held["messages"] if m["direction"] == "in") == SAID
    assert held["dialogue"]
    assert person.say("thanks").text, "the conversation goes on"


def test_a_second_file_does_not_contain_the_first(person: MessengerUser) -> None:
    person.say("export my data")
    person.say("export my data")

    assert "document" not in json.dumps(file_sent_to(person)["deliveries"])


def test_in_an_emergency_its_advice_comes_before_the_file(person: MessengerUser) -> None:
    person.say("my crotch is numb")

    answer = person.say("export my data")

    assert "My advice stands" in answer.calls[0].visible
    assert file_sent_to(person)["messages"]


def test_where_others_read_along_no_file_is_put_up(
    new_user: Callable[..., TelegramUser], new_member: Callable[..., SlackUser]
) -> None:
    on_telegram, on_slack = new_user(group=-100_900), new_member(channel="C0900900")
    on_telegram.say("@backchat_test_bot export my data")
    on_slack.mention("export my data")

    for person in (on_telegram, on_slack):
        sent = person.sent()
        assert any(call.visible.startswith("Others can read along here") for call in sent)
        assert not any(map(has_file, sent))


def test_a_clinicians_words_come_under_their_name(person: MessengerUser) -> None:
    person.say("can I talk to a human?")
    push(
        person.engine,
        ConversationLog(person.engine),
        person.sender_id,
        [{"text": "Please call us today.", "custom": {"author": "Dana Lee, physiotherapist"}}],
        key=uuid.uuid4().hex,
        at=person.bot.clock.now(),
        author="clinician",
    )

    until(lambda: "Dana Lee" in person.sent()[-1].visible, "the reply")
    said = person.sent()[-1].visible
    assert said == "Dana Lee, physiotherapist:\nPlease call us today."

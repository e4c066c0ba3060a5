"""What only Telegram does, against a stand-in for its API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fake_telegram import Call, FakeTelegram, bad
from messenger_user import pushed_to, until
from telegram_user import TelegramUser, post

from backchat.records import queries

NewUser = Callable[..., TelegramUser]


class TestButtons:
    def test_a_pressed_button_is_acknowledged_and_its_choice_stays_to_be_seen(
        self, user: TelegramUser, telegram: FakeTelegram
    ) -> None:
        user.say("my lower back is stiff")
        pressing = user.pressing("None of these")
        assert user.send(pressing).text
        assert "text" not in user.notice(pressing)

        def marked() -> list[Call]:
            calls = telegram.of("editMessageReplyMarkup")
            return [call for call in calls if call.fields["chat_id"] == user.id]

        until(marked, "the choice to be marked")
        [call] = marked()
        question = pressing["callback_query"]["message"]["message_id"]
        assert call.fields["message_id"] == question
        assert [button["text"] for button in call.buttons] == ["✓ None of these"]

    def test_the_answers_of_a_question_stand_one_below_the_other(self, user: TelegramUser) -> None:
        question = user.say("my lower back is stiff").question
        assert question is not None
        rows = question.fields["reply_markup"]["inline_keyboard"]
        assert [len(row) for row in rows] == [1] * len(rows)

    def test_the_pain_scale_has_eleven_numbers_in_two_rows(self, user: TelegramUser) -> None:
        answer = user.say("my lower back is stiff since yesterday and getting better")
        while answer.question and "how strong" not in answer.question.visible.lower():
            answer = user.say("no" if "any" in answer.question.visible.lower() else "deadlifts")
        assert answer.question is not None
        rows = answer.question.fields["reply_markup"]["inline_keyboard"]
        assert [[key["text"] for key in row] for row in rows] == [
            ["0", "1", "2", "3", "4", "5"],
            ["6", "7", "8", "9", "10"],
        ]
        user.press("3")
        assert [point.score for point in queries.pain_history(user.engine, user.sender_id)] == [3]

    def test_a_payload_too_long_for_telegram_is_sent_by_reference(self, user: TelegramUser) -> None:
        user.say("my lower back is stiff since yesterday")
        advice = user.say("how do I use ice")
        [data] = [call.offers for call in advice.calls if "This helped" in call.offers]
        assert data["This helped"].startswith("/give_feedback") or data["This helped"][0] == "~"
        assert user.press("This helped").text


class TestPictures:
    def test_a_stretch_comes_with_its_moving_drawing_uploaded_once(
        self, new_user: NewUser, telegram: FakeTelegram
    ) -> None:
        def drawings() -> list[Call]:
            user = new_user()
            user.say("my lower back is stiff since yesterday")
            answer = user.say("how do I do the knee hug")
            assert "Next stretch" in answer.titles
            assert "hold it behind the thigh" in answer.text
            return [call for call in answer.calls if call.method == "sendAnimation"]

        until(drawings, "the drawing to be made")
        [again] = drawings()
        assert again.visible.startswith("Knee hug")
        assert again.fields["animation"] == "by its id"
        knee_hugs = [c for c in telegram.of("sendAnimation") if c.visible.startswith("Knee hug")]
        assert [c.fields["animation"] for c in knee_hugs].count("uploaded") == 1


class TestCommands:
    def test_start_greets_and_asks_once_whose_clock_to_go_by(self, user: TelegramUser) -> None:
        greeting = user.say("/start")
        assert "I am Backchat" in greeting.text
        assert "Check my symptoms now" in greeting.titles
        assert "which of these cities" in greeting.calls[-1].visible
        assert "which of these cities" not in user.say("/start").text

    def test_a_clock_brings_the_emergency_number_of_its_country(self, user: TelegramUser) -> None:
        user.say("/start")
        assert "London" in user.press("London").text
        assert user.say("my crotch is numb").calls[1].fields["phone_number"] == "999"
        assert user.whereabouts() == ("GB", "Europe/London")

    def test_help_lists_the_commands_of_the_menu(
        self, user: TelegramUser, telegram: FakeTelegram
    ) -> None:
        text = user.say("/help").text
        menu = telegram.of("setMyCommands")[-1].fields["commands"]
        assert [each["command"] for each in menu] == ["start", "stop", "timezone", "delete", "help"]
        assert all(f"/{each['command']}" in text for each in menu)


class TestEveryKindOfUpdate:
    @pytest.mark.parametrize(
        "content",
        [
            {"photo": [{"file_id": "x", "width": 1, "height": 1}]},
            {"voice": {"file_id": "x", "duration": 3}},
            {"video_note": {"file_id": "x"}},
            {"document": {"file_id": "x", "file_name": "mri.pdf"}},
            {"location": {"latitude": 1.0, "longitude": 2.0}},
            {"sticker": {"file_id": "x"}},
        ],
        ids=lambda content: next(iter(content)),
    )
    def test_without_words_it_asks_for_words(self, user: TelegramUser, content: dict) -> None:
        assert "I need words" in user.send(user.message(**content)).text

    def test_the_words_beneath_a_picture_are_read(self, user: TelegramUser) -> None:
        picture = user.message(photo=[{"file_id": "x"}], caption="my crotch is numb")
        assert user.send(picture).is_emergency

    @pytest.mark.parametrize(
        "update",
        [
            {"channel_post": {"message_id": 1, "chat": {"id": -1, "type": "channel"}, "text": "a"}},
            {"poll": {"id": "1"}},
            {"message": {"message_id": 1}},
            {"message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, "from": {"id": 5}}},
            {"message": "text"},
            {"callback_query": {"id": "1", "from": {"id": 5}, "data": "/affirm"}},
            {"my_chat_member": {}},
            {"a_kind_to_come": {}},
        ],
        ids=lambda update: next(iter(update)),
    )
    def test_what_concerns_nobody_is_taken_quietly(
        self, user: TelegramUser, update: dict, telegram: FakeTelegram
    ) -> None:
        before = len(telegram.sent_to(5))
        user.send({"update_id": id(update), **update})
        assert len(telegram.sent_to(5)) == before

    def test_other_bots_are_not_answered(self, user: TelegramUser) -> None:
        update = user.message(text="hi")
        update["message"]["from"]["is_bot"] = True
        assert user.send(update).calls == []

    def test_a_long_message_is_read_to_its_end(self, user: TelegramUser) -> None:
        story = "I trained my legs and it went well. " * 105
        assert user.say(f"{story}And my crotch is numb.").is_emergency


class TestGroups:
    def test_the_bot_speaks_when_it_is_spoken_to(self, new_user: NewUser) -> None:
        member = new_user(group=-100_200)
        assert member.say("my lower back is stiff").calls == []
        assert member.say("/help@another_bot").calls == []
        assert member.say("hey @backchat_test_bot, my lower back is stiff").text
        reply = member.message(
            text="since yesterday", reply_to_message={"from": {"username": "backchat_test_bot"}}
        )
        assert member.send(reply).text

    def test_everybody_has_their_own_conversation_and_is_answered_by_reply(
        self, new_user: NewUser
    ) -> None:
        ill, well = new_user(group=-100_201), new_user(group=-100_201)
        assert ill.say("@backchat_test_bot my crotch is numb").is_emergency
        answer = well.say("@backchat_test_bot which stretches are there?")
        assert not answer.is_emergency
        assert answer.calls[0].fields["reply_parameters"]["message_id"] == 1

    def test_a_topic_is_answered_in_the_topic(self, new_user: NewUser) -> None:
        member = new_user(group=-100_202, thread=7)
        answer = member.say("@backchat_test_bot hi")
        assert answer.calls[0].fields["message_thread_id"] == 7

    def test_nobody_answers_for_another(self, new_user: NewUser) -> None:
        asked, other = new_user(group=-100_203), new_user(group=-100_203)
        asked.say("@backchat_test_bot my lower back is stiff")
        pressing = asked.pressing("None of these")
        pressing["callback_query"]["from"]["id"] = other.id
        assert asked.send(pressing).calls == []


def test_somebody_who_waits_sees_that_an_answer_is_being_written(user: TelegramUser) -> None:
    user.say("my lower back is stiff")
    until(
        lambda: any(c.fields["chat_id"] == user.id for c in user.fake.of("sendChatAction")),
        "the sign that the bot is writing",
    )


class TestWhoMayPost:
    @pytest.mark.parametrize("secret", [None, "", "another-secret", "ä"])
    def test_without_the_secret_nothing_is_taken(self, user: TelegramUser, secret: str) -> None:
        assert post(user.server, user.message(text="hi"), secret) == 403
        assert user.sent() == []

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'"x"', b"\xff", b"nul"])
    def test_what_is_no_update_is_refused(self, user: TelegramUser, body: bytes) -> None:
        assert post(user.server, body) == 400

    def test_a_flood_in_one_update_is_refused(self, user: TelegramUser) -> None:
        assert post(user.server, b" " * (1 << 20) + b"{}") == 413

    def test_the_webhook_was_set_with_the_secret(self, user: TelegramUser) -> None:
        fields = user.fake.of("setWebhook")[-1].fields
        assert fields["secret_token"] == "a-secret-of-the-tests"
        assert "callback_query" in fields["allowed_updates"]


class TestWhenTelegramRefuses:
    def test_a_form_that_is_refused_is_sent_as_plain_text(self, user: TelegramUser) -> None:
        user.meets(bad("can't parse entities: Unsupported start tag"))
        answer = user.say("my crotch is numb")
        assert answer.text.startswith("**Go to an emergency department now, or call 911")
        assert "parse_mode" not in answer.calls[0].fields

    def test_a_picture_that_does_not_get_through_costs_no_words(self, user: TelegramUser) -> None:
        user.say("my lower back is stiff since yesterday")
        user.meets(user.fake.BROKEN)
        answer = user.say("how do I do the cat cow")
        assert "hands and knees" in answer.text


class TestMembership:
    def test_somebody_who_blocks_the_bot_is_sent_nothing_until_they_write_again(
        self, user: TelegramUser
    ) -> None:
        user.say("hi")
        user.send(user.membership("kicked"))
        pushed_to(user)
        assert user.deliveries()[-1] == "blocked"
        user.send(user.membership("member"))
        assert user.say("hi").text


def test_a_push_comes_to_the_topic_of_the_group_where_the_person_wrote(
    new_user: NewUser,
) -> None:
    member = new_user(group=-100_300, thread=9)
    member.say("@backchat_test_bot hi")
    words = pushed_to(member)
    until(lambda: member.sent()[-1].visible == words, "the push")
    assert member.sent()[-1].fields["message_thread_id"] == 9

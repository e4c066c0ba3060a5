"""What people on Telegram and on Slack can rely on alike, against stand-ins for both APIs."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import pytest
from messenger_user import Answer, MessengerUser, pushed_to, until

from backchat.records.deliveries import listing

ALARM_WORDS = ("emergency department now", "call 911 now", "be seen today", "My advice stands")
CROWD = 20
NewPerson = Callable[..., MessengerUser]


@pytest.fixture(params=["new_user", "new_member"], ids=["telegram", "slack"])
def new_person(request: pytest.FixtureRequest) -> NewPerson:
    """Makes people on one of the messengers."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def person(new_person: NewPerson) -> MessengerUser:
    return new_person()


def raises_alarm(answers: list[Answer]) -> bool:
    return any(
        answer.is_emergency or any(words in answer.text for words in ALARM_WORDS)
        for answer in answers
    )


class TestTheFirstConversations:
    def test_new_deadlifts_end_in_self_care_with_all_that_helps(
        self, person: MessengerUser
    ) -> None:
        first = person.say(
            "hey, did deadlifts for the first time yesterday and now my lower back is sore and "
            "stiff on both sides, like 3/10. is that normal?"
        )
        answers = [first, *person.finish(first)]

        assert "common" in first.text, "the reassurance comes at once"
        assert not raises_alarm(answers)
        assert "This sounds like the soreness" in answers[-1].text
        assert "Show me the stretches" in answers[-1].titles
        assert any(day in answers[-1].text for day in calendar.day_name)

    def test_pain_since_last_monday_that_worsens_is_sent_to_a_provider_soon(
        self, person: MessengerUser
    ) -> None:
        answer = person.say("my back has been hurting since last Monday, getting worse")

        assert "healthcare provider in the next day or two" in answer.text
        assert "last Monday" in answer.text
        assert not raises_alarm([answer, *person.finish(answer)])

    def test_numbness_in_the_middle_of_a_stretch_brings_the_emergency_text_and_nothing_else(
        self, person: MessengerUser
    ) -> None:
        person.say("my lower back is stiff since yesterday")
        person.say("how do I do cat cow")
        alarm = person.say("btw I can't feel it when I wipe since this morning")

        assert alarm.is_emergency
        assert alarm.text.startswith("Go to an emergency department now, or call 911")
        assert alarm.titles == []
        assert "stretch" not in alarm.text.lower()

    def test_denied_symptoms_fire_nothing(self, person: MessengerUser) -> None:
        first = person.say("no numbness, I can pee fine, just achy since this morning's run")
        answers = [first, *person.finish(first)]

        assert "This sounds like the soreness" in answers[-1].text
        assert not raises_alarm(answers)


class TestButtons:
    def test_the_answer_to_an_earlier_question_does_not_answer_a_later_one(
        self, person: MessengerUser
    ) -> None:
        person.say("my lower back is stiff")
        earlier = person.pressing("Yes, at least one")
        person.press("None of these")

        assert person.send(earlier).calls == []
        assert person.was_told_it_is_past(earlier)

    def test_pressing_twice_answers_once(self, person: MessengerUser) -> None:
        person.say("my lower back is stiff")
        first, second = person.pressing("None of these"), person.pressing("None of these")
        assert person.send(first).calls
        assert person.send(second).calls == []

    @pytest.mark.parametrize("data", ["/restart", "EXTERNAL_check_in", "#timer 1 ice", "~0", ""])
    def test_what_was_never_offered_cannot_be_pressed(
        self, person: MessengerUser, data: str
    ) -> None:
        person.say("hi")
        assert person.send(person.pressed(data, person.sent()[-1])).calls == []


class TestCommands:
    def test_start_greets(self, person: MessengerUser) -> None:
        greeting = person.command("start")
        assert "I am Backchat" in greeting.text
        assert "Check my symptoms now" in greeting.titles

    def test_stop_ends_the_questions_and_the_reminders(self, person: MessengerUser) -> None:
        person.say("my lower back is stiff since yesterday")
        person.say("how do I use ice")
        person.press("Timer: 15 minutes")
        assert "no more questions" in person.command("stop").text
        assert person.reminders() == []

    def test_delete_asks_first_and_then_leaves_nothing(self, person: MessengerUser) -> None:
        person.say("my lower back is stiff since yesterday")
        assert "cannot be undone" in person.command("delete").text
        assert person.logged("in")

        assert "is erased" in person.press("Yes, erase everything").text
        assert person.whereabouts() is None
        assert person.logged("in") == []
        assert "I am Backchat" in person.command("start").text

    def test_a_clock_may_be_named_and_need_not_be_known(self, person: MessengerUser) -> None:
        assert "Lisbon" in person.command("timezone lisbon").text
        assert person.whereabouts() == ("PT", "Europe/Lisbon")
        assert "do not know that place" in person.command("timezone Atlantis").text

    @pytest.mark.parametrize("command", ["", "start", "stop", "help", "delete", "timezone"])
    def test_words_behind_a_command_are_read_for_danger_signs(
        self, person: MessengerUser, command: str
    ) -> None:
        assert person.command(f"{command} my crotch is numb".strip()).is_emergency


class TestEditedMessages:
    def test_an_edit_is_no_second_turn(self, person: MessengerUser) -> None:
        said = person.message(text="my lower back is stiff since yesterday")
        person.send(said)
        answer = person.send(person.edited(said, "my lower back is stiff since last evening"))
        assert "what you sent first" in answer.text
        assert len(answer.calls) == 1

    def test_an_edit_with_a_red_flag_is_an_emergency(self, person: MessengerUser) -> None:
        said = person.message(text="my lower back is stiff since yesterday")
        person.send(said)
        assert person.send(person.edited(said, "stiff, and my crotch is numb")).is_emergency


class TestTimers:
    def test_it_reminds_of_the_skin_half_way_and_at_the_end(self, person: MessengerUser) -> None:
        person.say("my lower back is stiff since yesterday")
        person.say("how do I use ice")
        assert "10 minutes start now" in person.press("Timer: 10 minutes").text
        (half, _), (end, _) = person.reminders()
        assert (end - half).total_seconds() == pytest.approx(300, abs=2)

        person.bot.clock.forward(minutes=5)
        until(lambda: len(person.reminders()) == 1, "the first reminder")
        assert person.sent()[-1].visible.startswith("Half way. Look at your skin")
        person.bot.clock.forward(minutes=5)
        until(lambda: not person.reminders(), "the second reminder")
        assert person.sent()[-1].visible.startswith("Time is up")
        assert [text[:10] for text in person.logged("out")[-2:]] == ["Half way. ", "Time is up"]

    def test_nobody_with_an_emergency_is_reminded_of_the_ice(self, person: MessengerUser) -> None:
        person.say("my lower back is stiff since yesterday")
        person.say("how do I use ice")
        person.press("Timer: 10 minutes")
        assert person.say("my crotch is numb").is_emergency
        assert person.reminders() == []


class TestWhatComesAgain:
    def test_is_answered_once(self, person: MessengerUser) -> None:
        posted = person.message(text="my lower back is stiff since yesterday")
        assert person.send(posted).calls
        for _ in range(3):
            assert person.send(posted).calls == []
        assert len(person.logged("in")) == 1

    def test_at_the_same_time_is_answered_once(self, person: MessengerUser) -> None:
        posted = person.message(text="hi")
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda _: person.post(posted), range(8))) <= {200, 503}
        person.wait_until_all_is_sent()
        assert sum("I am Backchat" in call.visible for call in person.sent()) == 1


class TestWhenTheApiRefuses:
    def test_too_many_requests_are_followed_by_a_wait_and_nothing_is_lost(
        self, person: MessengerUser
    ) -> None:
        clock = person.bot.clock
        person.meets(person.fake.too_many(600))
        assert person.post(person.message(text="what is normal?")) == 200
        until(person.waits_until, "the refusal")
        assert timedelta(seconds=590) < person.waits_until() - clock.now() <= timedelta(seconds=600)
        assert person.sent() == []

        clock.forward(minutes=10)
        person.wait_until_all_is_sent()
        assert openings(person.logged("out")) == openings(call.visible for call in person.sent())

    def test_after_an_error_and_a_timeout_everything_arrives_in_its_order(
        self, person: MessengerUser
    ) -> None:
        person.meets(person.fake.BROKEN)
        person.meets(4.5)
        for text in ("hi", "what is normal?", "hi"):
            assert person.post(person.message(text=text)) == 200
        person.let_time_pass_until_all_is_sent()
        sent = openings(call.visible for call in person.sent())
        assert list(dict.fromkeys(sent)) == list(dict.fromkeys(openings(person.logged("out"))))

    def test_an_emergency_overtakes_what_waits(self, person: MessengerUser) -> None:
        person.meets(person.fake.too_many(600))
        assert person.post(person.message(text="what is normal?")) == 200
        until(person.waits_until, "the refusal")
        assert person.post(person.message(text="my crotch is numb")) == 200
        until(person.sent, "the emergency text")
        assert "emergency department now" in person.sent()[0].visible

    def test_what_is_refused_for_good_is_given_up_and_seen(self, person: MessengerUser) -> None:
        person.meets(person.fake.WRONG, times=2)
        person.say("what is normal?")
        given_up = listing(person.engine, failed=True)
        ours = next(each for each in given_up if each.sender_id == person.sender_id)
        assert ours.status == "failed"
        assert ours.error
        assert "I am Backchat" in person.command("start").text

    def test_somebody_who_is_gone_is_left_alone_until_they_write_again(
        self, person: MessengerUser
    ) -> None:
        person.meets(person.fake.GONE)
        assert person.say("hi").calls == []
        pushed_to(person)
        assert set(person.deliveries()) == {"blocked"}
        assert person.say("hi").text


def openings(texts: Iterable[str]) -> list[str]:
    """Return the first letters of texts, without their marks."""
    return ["".join(filter(str.isalnum, text))[:30] for text in texts]


def test_what_is_pushed_arrives_with_buttons_to_answer(person: MessengerUser) -> None:
    person.say("my lower back is stiff since yesterday")
    words = pushed_to(person)
    until(lambda: person.sent()[-1].visible == words, "the push")
    person.wait_until_all_is_sent()
    assert person.press("Better").text


def test_the_log_has_the_conversation_as_it_was(person: MessengerUser) -> None:
    person.say("my lower back is stiff")
    person.press("None of these")
    person.say("what is normal?")
    assert person.logged("in") == ["my lower back is stiff", "None of these", "what is normal?"]
    assert len(person.logged("out")) == len(person.sent())


def test_words_and_people_and_secrets_are_not_in_the_process_log(person: MessengerUser) -> None:
    person.say("my lower back is stiff since the unmistakable zebrafinch workout")
    log = person.bot.log.read_text("utf-8")
    for secret in ("zebrafinch", person.sender_id, "xoxb-", "123456:test-token"):
        assert secret not in log


def test_two_hundred_messages_of_twenty_people_at_once_are_answered_each_in_order(
    new_user: NewPerson, new_member: NewPerson
) -> None:
    crowd = [new() for new, _ in product((new_user, new_member), range(CROWD // 2))]

    def talk(person: MessengerUser) -> None:
        for minutes in range(21, 31):
            text = f"I run {minutes} minutes, how much more can I do?"
            assert person.post(person.message(text=text)) == 200

    with ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(talk, crowd))
    for person in crowd:
        until(lambda person=person: len(steps_of(person)) == 10, "the last answer")
        assert steps_of(person) == list(range(21, 31))


def steps_of(person: MessengerUser) -> list[int]:
    """Return from how many minutes each step was counted that a person was advised to take."""
    found = (re.search(r"From (\d+) min", call.visible) for call in person.sent())
    return [int(step[1]) for step in found if step]

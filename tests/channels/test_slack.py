"""What only Slack does, against a stand-in for its API."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from fake_slack import Call, FakeSlack, refusal
from messenger_user import Answer, pushed_to, until
from slack_user import SlackUser, post

from backchat.records import queries

CHANNEL = "C500"
MANIFEST = Path(__file__).parents[2] / "deploy" / "slack-manifest.yaml"
NewMember = Callable[..., SlackUser]


class TestButtons:
    def test_what_was_chosen_takes_the_place_of_the_buttons(
        self, member: SlackUser, slack: FakeSlack
    ) -> None:
        member.say("my lower back is stiff")
        pressing = member.pressing("None of these")
        assert member.send(pressing).text

        def marked() -> list[Call]:
            return [c for c in slack.of("chat.update") if c.fields["channel"] == member.channel]

        until(marked, "the choice to be marked")
        [call] = marked()
        assert call.fields["ts"] == pressing["message"]["ts"]
        assert call.buttons == []
        assert call.blocks[-1]["elements"][0]["text"] == "✓ None of these"

    def test_no_row_has_more_than_five_buttons(self, member: SlackUser) -> None:
        answer = member.say("my lower back is stiff since yesterday and getting better")
        while answer.question and "how strong" not in answer.question.visible.lower():
            answer = member.say("no" if "any" in answer.question.visible.lower() else "deadlifts")
        assert answer.question is not None
        rows = [b["elements"] for b in answer.question.blocks if b["type"] == "actions"]
        assert [len(row) for row in rows] == [5, 5, 1]
        member.press("3")
        assert [p.score for p in queries.pain_history(member.engine, member.sender_id)] == [3]

    @pytest.mark.parametrize(
        "payload",
        [{}, {"type": "view_submission"}, {"type": "block_actions"}, {"type": "shortcut"}],
    )
    def test_other_interactions_are_taken_quietly(self, member: SlackUser, payload: dict) -> None:
        assert member.send(payload).calls == []


class TestPictures:
    def test_a_stretch_comes_with_its_drawing_uploaded_once(
        self, new_member: NewMember, slack: FakeSlack
    ) -> None:
        def drawn() -> dict | None:
            answer = asked_how(new_member(), "knee hug")
            assert "hold it behind the thigh" in answer.text
            assert "Next stretch" in answer.titles
            return image_of(answer)

        until(drawn, "the drawing to be made")
        assert image_of(asked_how(new_member(), "knee hug")) == drawn()
        names = [c.fields["filename"] for c in slack.of("files.getUploadURLExternal")]
        assert names.count("knee_hug.gif") == 1

    def test_a_file_that_slack_still_processes_is_waited_for(
        self, new_member: NewMember, slack: FakeSlack
    ) -> None:
        def drawn() -> dict | None:
            slack.processing = 1
            return image_of(asked_how(new_member(), "child's pose"))

        until(drawn, "the drawing to be made")
        assert slack.processing == 0

    def test_a_file_that_slack_does_not_show_costs_no_words(
        self, new_member: NewMember, slack: FakeSlack
    ) -> None:
        slack.processing = 10
        answer = asked_how(new_member(), "knee hug")
        slack.processing = 0
        assert "hold it behind the thigh" in answer.text
        assert "Next stretch" in answer.titles
        assert image_of(answer) is None


def asked_how(member: SlackUser, stretch: str) -> Answer:
    member.say("my lower back is stiff since yesterday")
    return member.say(f"how do I do the {stretch}")


def image_of(answer: Answer) -> dict | None:
    images = [b for call in answer.calls for b in call.blocks if b["type"] == "image"]
    return images[0] if images else None


class TestTheSlashCommand:
    def test_it_is_answered_in_the_direct_messages_and_says_so(self, member: SlackUser) -> None:
        member.channel = CHANNEL
        shown = json.loads(member.slash("my lower back is stiff since yesterday")[1])
        assert shown["response_type"] == "ephemeral"
        assert "direct messages" in shown["text"]
        assert "911" in shown["text"]
        until(lambda: member.fake.sent_to(member.id), "the answer")
        assert member.fake.sent_to(CHANNEL) == []

    def test_its_words_and_the_direct_messages_are_one_conversation(
        self, member: SlackUser
    ) -> None:
        answer = member.command("my lower back is stiff")
        assert "None of these" in answer.titles
        assert member.press("None of these").text

    def test_nothing_after_it_greets(self, member: SlackUser) -> None:
        assert "I am Backchat" in member.command("").text

    def test_help_lists_what_can_follow_it(self, member: SlackUser) -> None:
        text = member.command("help").text
        for name in ("start", "stop", "timezone", "delete", "help"):
            assert f"/backchat {name}" in text

    def test_a_certificate_check_is_answered(self, member: SlackUser) -> None:
        assert post(member.server, "commands", b"ssl_check=1&token=x") == (200, b"")

    def test_what_is_no_command_is_refused(self, member: SlackUser) -> None:
        assert post(member.server, "commands", b"text=hi")[0] == 400


class TestWhoseClock:
    def test_slack_tells_the_clock_and_with_it_the_emergency_number(
        self, new_member: NewMember
    ) -> None:
        member = new_member(timezone="Europe/London")
        assert "which of these cities" not in member.say("hi").text
        assert member.whereabouts() == ("GB", "Europe/London")
        assert "<tel:999|999>" in json.dumps(member.say("my crotch is numb").calls[0].blocks)

    def test_where_slack_does_not_tell_the_person_is_asked_once(
        self, new_member: NewMember
    ) -> None:
        member = new_member(timezone=None)
        assert "which of these cities" in member.say("hi").text
        assert "which of these cities" not in member.say("hi").text
        assert "London" in member.press("London").text
        assert member.whereabouts() == ("GB", "Europe/London")

    def test_what_the_person_says_stays(self, member: SlackUser) -> None:
        member.say("hi")
        assert "Lisbon" in member.command("timezone lisbon").text
        member.say("hi")
        assert member.whereabouts() == ("PT", "Europe/Lisbon")


class TestEveryKindOfEvent:
    def test_the_address_is_verified(self, member: SlackUser) -> None:
        body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
        assert post(member.server, "events", body) == (200, b'{"challenge":"abc"}')

    def test_a_file_without_words_is_asked_for_words(self, member: SlackUser) -> None:
        event = member.message(subtype="file_share", text="", files=[{"id": "F1"}])
        assert "I need words" in member.send(event).text

    def test_the_words_beneath_a_file_are_read(self, member: SlackUser) -> None:
        event = member.message(subtype="file_share", text="my crotch is numb", files=[{"id": "F1"}])
        assert member.send(event).is_emergency

    def test_marks_of_slack_are_not_words(self, member: SlackUser) -> None:
        member.say("stiff &amp; sore &lt;3 since <https://run.example|the run> yesterday")
        assert member.logged("in") == ["stiff & sore <3 since the run yesterday"]

    def test_a_preview_that_slack_adds_is_no_edit(self, member: SlackUser) -> None:
        said = member.message(text="stiff since https://run.example")
        member.send(said)
        preview = member.edited(said, said["event"]["text"])
        del preview["event"]["message"]["edited"]
        assert member.send(preview).calls == []

    @pytest.mark.parametrize(
        "change",
        [
            {"bot_id": "B1"},
            {"user": "USLACKBOT"},
            {"subtype": "message_deleted"},
            {"subtype": "channel_join"},
            {"subtype": "message_changed"},
            {"type": "app_home_opened"},
            {"type": "reaction_added"},
            {"type": "app_uninstalled"},
            {"channel": None},
            {"text": None},
            {"text": ""},
        ],
        ids=str,
    )
    def test_what_concerns_nobody_is_taken_quietly(self, member: SlackUser, change: dict) -> None:
        assert member.send(member.message(**{"text": "hi", **change})).calls == []

    @pytest.mark.parametrize("event", [None, "text", [], {}])
    def test_what_is_not_as_documented_is_taken_quietly(
        self, member: SlackUser, event: object
    ) -> None:
        assert member.send(member.envelope(event)).calls == []


class TestChannels:
    def test_the_bot_speaks_when_it_is_spoken_to_in_a_thread(self, new_member: NewMember) -> None:
        member = new_member(channel=CHANNEL)
        answer = member.mention("my lower back is stiff")
        assert {call.fields["thread_ts"] for call in answer.calls} == {member.thread}
        assert answer.calls[0].blocks[0]["elements"][0]["text"] == f"<@{member.id}>"
        assert member.press("None of these").text
        assert member.say("since yesterday").text, "in its thread it need not be named"

    def test_a_mention_alone_is_a_greeting(self, new_member: NewMember) -> None:
        assert "I am Backchat" in new_member(channel=CHANNEL).mention("").text

    def test_what_others_say_is_not_heard(self, new_member: NewMember) -> None:
        member = new_member(channel=CHANNEL)
        assert member.say("my lower back is stiff").calls == []
        member.mention("my lower back is stiff")
        other = new_member(channel=CHANNEL, thread=member.thread)
        assert other.say("mine too").calls == []
        assert other.logged("in") == []

    def test_everybody_has_their_own_conversation(self, new_member: NewMember) -> None:
        ill = new_member(channel=CHANNEL)
        assert ill.mention("my crotch is numb").is_emergency
        well = new_member(channel=CHANNEL, thread=ill.thread)
        assert not well.mention("which stretches are there?").is_emergency

    def test_a_mention_that_also_comes_as_a_message_is_answered_once(
        self, new_member: NewMember
    ) -> None:
        member = new_member(channel=CHANNEL)
        member.mention("hi")
        mention = member.message(type="app_mention", text="<@U0BOT> my lower back is stiff")
        assert member.send(mention).calls
        mention["event"]["type"] = "message"
        assert member.send({**mention, "event_id": "Ev2"}).calls == []

    def test_nobody_answers_for_another(self, new_member: NewMember) -> None:
        asked = new_member(channel=CHANNEL)
        asked.mention("my lower back is stiff")
        other = new_member(channel=CHANNEL, thread=asked.thread)
        pressing = asked.pressing("None of these")
        pressing["user"]["id"] = other.id
        assert other.send(pressing).calls == []


def test_the_manifest_names_the_addresses_and_the_command(member: SlackUser) -> None:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    [command] = manifest["features"]["slash_commands"]
    assert command["command"] in member.command("help").text
    events, interactivity = (
        manifest["settings"][name] for name in ("event_subscriptions", "interactivity")
    )
    for url in (command["url"], events["request_url"], interactivity["request_url"]):
        path = url.partition("/webhooks/slack/")[2]
        assert post(member.server, path, b"", secret="another")[0] == 403


class TestWhoMayPost:
    @pytest.mark.parametrize("path", ["events", "interactive", "commands"])
    def test_without_a_signature_nothing_is_taken(self, member: SlackUser, path: str) -> None:
        body = json.dumps(member.message(text="hi")).encode()
        assert post(member.server, path, body, secret="another")[0] == 403
        for header in ("X-Slack-Signature", "X-Slack-Request-Timestamp"):
            for value in ("", "v0=", "ä", "1e9"):
                wrong = {header: value.encode().decode("latin-1")}
                assert post(member.server, path, body, headers=wrong)[0] == 403
        assert member.sent() == []

    @pytest.mark.parametrize("age", [301, 100_000, -400])
    def test_an_old_request_is_not_taken(self, member: SlackUser, age: int) -> None:
        body = json.dumps(member.message(text="hi")).encode()
        assert post(member.server, "events", body, age=age)[0] == 403

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"nul"])
    def test_what_is_no_request_of_slack_is_refused(self, member: SlackUser, body: bytes) -> None:
        assert post(member.server, "events", body)[0] == 400
        form = urllib.parse.urlencode({"payload": body}).encode()
        assert post(member.server, "interactive", form)[0] == 400

    def test_a_flood_in_one_request_is_refused(self, member: SlackUser) -> None:
        assert post(member.server, "events", b" " * (1 << 20) + b"{}")[0] == 413


class TestRetries:
    @pytest.mark.parametrize(
        "reason", ["http_timeout", "http_error", "connection_failed", "unknown_error"]
    )
    def test_an_event_that_comes_again_is_answered_once(
        self, member: SlackUser, reason: str
    ) -> None:
        event = member.message(text="my lower back is stiff since yesterday")
        answered = len(member.send(event).calls)
        for number in range(1, 4):
            again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
            assert member.post(event, **again) == 200
        member.wait_until_all_is_sent()
        assert len(member.sent()) == answered
        assert len(member.logged("in")) == 1


class TestWhenSlackRefuses:
    def test_blocks_that_are_refused_are_sent_without_them_and_with_all_choices(
        self, member: SlackUser
    ) -> None:
        member.meets(refusal("invalid_blocks"))
        answer = member.say("hi")
        assert answer.calls[0].blocks == []
        assert "• Check my symptoms now" in answer.text


def test_a_push_comes_to_the_thread_of_the_channel_where_the_person_wrote(
    new_member: NewMember,
) -> None:
    member = new_member(channel=CHANNEL)
    member.mention("hi")
    words = pushed_to(member)
    until(lambda: member.sent()[-1].visible == words, "the push")
    assert member.sent()[-1].fields["thread_ts"] == member.thread

"""What Telegram is sent for a response, and what its updates say."""

from __future__ import annotations

from typing import Any

import pytest

from backchat.assistant.markup import split
from backchat.assistant.offers import reference
from backchat.assistant.portable import Button
from backchat.assistant.telegram.rendering import HTML, calls, keyboard
from backchat.assistant.telegram.updates import Command, Left, Press, Words, read
from backchat.assistant.wording import domain_responses

BOT = "backchat_bot"
PERSON = {"id": 7, "is_bot": False, "first_name": "Pat"}


def texts(response: dict[str, Any]) -> list[str]:
    return [call.fields.get("text") or call.fields.get("caption") for call in calls(response)]


class TestRendering:
    def test_markdown_becomes_html(self) -> None:
        markdown = "**Bold** and [a page](https://x.example/?a=1&b=2)\n- one\n- two"
        assert texts({"text": markdown}) == [
            '<b>Bold</b> and <a href="https://x.example/?a=1&amp;b=2">a page</a>\n• one\n• two'
        ]

    @pytest.mark.parametrize(
        "text",
        ["<script>alert(1)</script>", "a < b & c > d", "**<b>**", "[x](javascript:alert(1))"],
    )
    def test_what_a_person_wrote_is_never_markup(self, text: str) -> None:
        [html] = texts({"text": text})
        assert "<script" not in html
        assert "<b><b>" not in html
        assert "<a " not in html

    def test_a_long_text_is_split_between_lines_and_loses_nothing(self) -> None:
        text = "\n".join(f"- line {number} of a summary that is long" for number in range(400))
        pieces = split(text, 4096)
        assert len(pieces) > 3
        assert "\n".join(pieces) == text
        said = calls({"text": text, "buttons": [{"title": "Go on", "payload": "/next"}]})
        assert [bool(call.fields["reply_markup"]) for call in said] == [False] * (len(said) - 1) + [
            True
        ]

    def test_emoji_count_twice_as_telegram_counts_them(self) -> None:
        for piece in texts({"text": "🙂" * 3000}):
            assert len(piece.encode("utf-16-le")) // 2 <= 4096

    def test_a_payload_over_64_bytes_is_replaced_by_its_reference(self) -> None:
        payload = '/inform_red_flag{"red_flag":"saddle_numbness","answer":"not_sure"}'
        [[key]] = keyboard([Button("Not sure", payload)])["inline_keyboard"]
        assert key["callback_data"] == reference(payload)
        assert len(key["callback_data"].encode()) <= 64

    def test_the_number_of_an_emergency_can_be_tapped(self) -> None:
        card = {"type": "emergency", "number": "999", "tel": "999"}
        said = calls({"text": "Call 999", "custom": {"card": card}})
        assert [call.method for call in said] == ["sendMessage", "sendContact"]
        assert said[1].fields == {"phone_number": "999", "first_name": "999"}

    def test_without_a_known_number_none_is_made_up(self) -> None:
        card = {"type": "emergency", "number": "your local emergency number", "tel": ""}
        said = calls({"text": "Call", "custom": {"card": card}})
        assert [call.method for call in said] == ["sendMessage"]

    def test_an_unknown_card_without_a_text_is_said_line_by_line(self) -> None:
        card = {"type": "to_come", "title": "A title", "steps": ["one", "two"]}
        assert texts({"custom": {"card": card}}) == ["A title\none\ntwo"]

    def test_a_drawing_has_its_words_beneath_where_they_fit(self) -> None:
        image = {"src": "/chat/drawings/knee_hug.svg", "alt": "A person hugs a knee."}
        [short] = calls({"text": "Knee hug", "image": image})
        assert (short.method, short.stretch, short.fields["caption"]) == (
            "sendAnimation", "knee_hug", "Knee hug",
        )  # fmt: skip
        drawing, words = calls({"text": "long " * 300, "image": image})
        assert drawing.fields["caption"] == "A person hugs a knee."
        assert words.method == "sendMessage"

    @pytest.mark.parametrize("name", sorted(domain_responses()))
    def test_no_response_of_the_domain_is_dropped_or_too_long(self, name: str) -> None:
        for response in domain_responses()[name]:
            said = calls(response)
            assert said
            for call in said:
                text = call.fields.get("text") or call.fields.get("caption") or ""
                assert len(text) <= 4096
            titles = {
                key["text"]
                for call in said
                for row in (call.fields.get("reply_markup") or {}).get("inline_keyboard", [])
                for key in row
            }
            assert {button["title"] for button in response.get("buttons", [])} <= titles

    def test_telephone_links_stay_words(self) -> None:
        assert HTML.link("call", "tel:911") == "call"


def message(text: str, **fields: Any) -> dict[str, Any]:
    said = {
        "message_id": 3, "from": PERSON, "chat": {"id": 7, "type": "private"}, "text": text,
    }  # fmt: skip
    return {"update_id": 1, "message": {**said, **fields}}


class TestUpdates:
    def test_words_come_with_their_speaker(self) -> None:
        match read(message("my back hurts"), BOT):
            case Words(speaker, 3, "my back hurts", edited=False):
                assert speaker.sender == "telegram-7"
                assert speaker.place(3) == {"chat_id": 7}
            case other:
                pytest.fail(str(other))

    @pytest.mark.parametrize(
        ("text", "name", "rest"),
        [
            ("/start", "start", ""),
            ("/START deep-link", "start", ""),
            ("/start it hurts", "start", "it hurts"),
            (f"/timezone@{BOT} New York", "timezone", "New York"),
        ],
    )
    def test_a_command_is_known_by_its_slash(self, text: str, name: str, rest: str) -> None:
        found = read(message(text), BOT)
        assert isinstance(found, Command)
        assert (found.name, found.rest) == (name, rest)

    def test_a_command_for_another_bot_is_not_ours(self) -> None:
        assert read(message("/start@another_bot"), BOT) is None

    def test_before_our_name_is_known_groups_are_not_heard(self) -> None:
        group = {"id": -5, "type": "group"}
        assert read(message(f"@{BOT} hi", chat=group), None) is None
        assert read(message(f"@{BOT} hi", chat=group), BOT) is not None

    def test_a_sticker_is_read_as_its_emoji(self) -> None:
        update = message("", sticker={"emoji": "👍"})
        found = read(update, BOT)
        assert isinstance(found, Words)
        assert found.text == "👍"

    def test_a_press_on_a_message_out_of_reach_has_no_speaker(self) -> None:
        found = read({"callback_query": {"id": "q", "from": PERSON, "data": "x"}}, BOT)
        assert isinstance(found, Press)
        assert found.speaker is None

    @pytest.mark.parametrize(
        ("status", "left"), [("kicked", True), ("left", True), ("member", False)]
    )
    def test_who_blocks_the_bot_has_left(self, status: str, left: bool) -> None:
        change = {
            "chat": {"id": 7, "type": "private"}, "from": PERSON,
            "new_chat_member": {"status": status},
        }  # fmt: skip
        assert isinstance(read({"my_chat_member": change}, BOT), Left) is left

    @pytest.mark.parametrize(
        "update", [{}, {"message": None}, {"message": []}, {"edited_message": 5}]
    )
    def test_what_is_not_as_documented_is_ignored(self, update: dict[str, Any]) -> None:
        assert read(update, BOT) is None

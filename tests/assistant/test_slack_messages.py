"""What Slack is sent for a response, and what it posts."""

from __future__ import annotations

from typing import Any

import pytest

from backchat.assistant.courier import Blocked, Refused, SendingFailed, TryLater
from backchat.assistant.offers import reference
from backchat.assistant.portable import Button
from backchat.assistant.slack.api import failure
from backchat.assistant.slack.events import read_command, read_event, read_press, words
from backchat.assistant.slack.rendering import Post, posts, rows
from backchat.assistant.slack.signature import is_slacks, signed
from backchat.assistant.wording import domain_responses


def texts(response: dict[str, Any]) -> list[str]:
    return [
        block["text"]["text"]
        for post in posts(response)
        for block in post.blocks
        if block["type"] == "section"
    ]


def titles(said: list[Post]) -> list[str]:
    return [
        button["text"]["text"]
        for post in said
        for block in post.blocks
        if block["type"] == "actions"
        for button in block["elements"]
    ]


class TestRendering:
    def test_markdown_becomes_mrkdwn(self) -> None:
        markdown = "**Bold** and [a page](https://x.example/?a=1&b=2)\n- one\n- two"
        assert texts({"text": markdown}) == [
            "*Bold* and <https://x.example/?a=1&amp;b=2|a page>\n• one\n• two"
        ]

    @pytest.mark.parametrize("text", ["<!channel>", "<@U1>", "a < b & c > d", "<https://x|y>"])
    def test_what_a_person_wrote_is_never_a_mark(self, text: str) -> None:
        assert not set(texts({"text": text})[0]) & {"<", ">"}

    def test_a_long_text_is_split_and_the_last_message_has_the_buttons(self) -> None:
        text = "\n".join(f"- line {number} of a summary & more" for number in range(300))
        said = posts({"text": text, "buttons": [{"title": "Go on", "payload": "/next"}]})
        assert len(said) > 3
        assert all(len(each) <= 3000 for each in texts({"text": text}))
        assert [each.has_buttons for each in said] == [False] * (len(said) - 1) + [True]

    def test_buttons_keep_to_the_limits_of_slack(self) -> None:
        payload = '/inform{"note":"' + "x" * 2000 + '"}'
        [row, rest] = rows([Button("t" * 80, payload)] + [Button("No", "/deny")] * 5)
        assert (len(row["elements"]), len(rest["elements"])) == (5, 1)
        long = row["elements"][0]
        assert long["text"]["text"] == "t" * 74 + "…"
        assert long["value"] == reference(payload)

    def test_the_number_of_an_emergency_can_be_tapped_where_it_is_named_first(self) -> None:
        card = {"type": "emergency", "number": "999", "tel": "999"}
        said = {"text": "**Go now, or call 999.** Call 999.", "custom": {"card": card}}
        assert texts(said) == ["*Go now, or call <tel:999|999>.* Call 999."]

    def test_without_a_known_number_none_is_made_up(self) -> None:
        card = {"type": "emergency", "number": "your local emergency number", "tel": ""}
        said = {"text": "Call your local emergency number", "custom": {"card": card}}
        assert texts(said) == ["Call your local emergency number"]

    def test_an_unknown_card_without_a_text_is_said_line_by_line(self) -> None:
        card = {"type": "to_come", "title": "A title", "steps": ["one", "two"]}
        assert texts({"custom": {"card": card}}) == ["A title\none\ntwo"]

    def test_a_picture_comes_with_the_first_message(self) -> None:
        image = {"src": "/chat/drawings/knee_hug.svg", "alt": "A person hugs a knee."}
        [post] = posts({"text": "Knee hug", "image": image})
        assert (post.stretch, post.alt) == ("knee_hug", "A person hugs a knee.")
        [public] = posts({"text": "See", "image": {"src": "https://x.example/a.png", "alt": "A"}})
        assert public.image is not None
        assert public.image["image_url"] == "https://x.example/a.png"

    def test_a_picture_that_cannot_be_shown_is_said(self) -> None:
        image = {"src": "/chat/a_chart.svg", "alt": "Pain fell from 5 to 2."}
        assert texts({"image": image}) == ["Pain fell from 5 to 2."]

    @pytest.mark.parametrize("name", sorted(domain_responses()))
    def test_no_response_of_the_domain_is_dropped_or_too_long(self, name: str) -> None:
        for response in domain_responses()[name]:
            said = posts(response)
            assert all(0 < len(text) <= 3000 for text in texts(response))
            assert {button["title"] for button in response.get("buttons", [])} <= set(titles(said))
            if titles(said):
                assert f"• {titles(said)[-1]}".replace("&", "&amp;") in said[-1].without_blocks


class TestSignatures:
    def test_the_example_of_the_documentation_holds(self) -> None:
        body = (
            b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id="
            b"G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebho"
            b"ok-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2"
            b"F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc8"
            b"87a14d10d2c447fce8b6703c"
        )
        secret, at = "8f742231b10e8888abcd99yyyzzz85a5", "1531420618"
        signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        assert signed(secret, at, body) == signature
        assert is_slacks(secret, at, body, signature, now=1531420618 + 300)
        assert not is_slacks(secret, at, body, signature, now=1531420618 + 301)
        assert not is_slacks(secret, at, body + b"&", signature, now=1531420618)


class TestReading:
    @pytest.mark.parametrize(
        ("said", "read"),
        [
            ("<@U0BOT> my back  hurts", "my back hurts"),
            ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
            ("see <https://x.example/?a=1&amp;b=2>", "see https://x.example/?a=1&b=2"),
            ("<mailto:a@x.example|a@x.example> in <#C1|general>", "a@x.example in general"),
            ("<!here> help\nme", "help\nme"),
        ],
    )
    def test_marks_become_what_people_see(self, said: str, read: str) -> None:
        assert words(said) == read

    @pytest.mark.parametrize("nothing", [{}, {"event": 1}, {"event": {"type": "message"}}])
    def test_what_is_not_as_documented_is_nothing(self, nothing: dict[str, Any]) -> None:
        assert read_event(nothing) is None
        assert read_press(nothing) is None
        assert read_command(nothing) is None

    def test_an_organisation_wide_app_knows_the_workspace_by_the_person(self) -> None:
        press = read_press(
            {
                "type": "block_actions", "team": None, "user": {"id": "U1", "team_id": "T1"},
                "channel": {"id": "D1"}, "message": {"ts": "1.000001"},
                "actions": [{"value": "/affirm", "action_ts": "2.000001"}],
            }
        )  # fmt: skip
        assert press is not None
        assert (press.speaker.sender, press.buttons_at) == ("slack-T1-U1", "1.000001")


@pytest.mark.parametrize(
    ("status", "code", "wait", "kind", "seconds"),
    [
        (429, "ratelimited", "30", TryLater, 30.0),
        (200, "ratelimited", "", TryLater, None),
        (500, None, "", TryLater, None),
        (200, "fatal_error", "", TryLater, None),
        (200, "token_revoked", "", TryLater, None),
        (200, "channel_not_found", "", Blocked, None),
        (200, "invalid_blocks", "", Refused, None),
        (200, "what the person <b>said</b>", "", Refused, None),
    ],
)
def test_errors_say_whether_to_try_again_and_nothing_of_the_message(
    status: int, code: Any, wait: str, kind: type[SendingFailed], seconds: float | None
) -> None:
    found = failure("chat.postMessage", status, code, wait)
    assert type(found) is kind
    assert getattr(found, "seconds", None) == seconds
    assert "said" not in str(found)

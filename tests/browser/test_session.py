"""A guided stretch session, against the real bot."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

if TYPE_CHECKING:
    from conftest import ChatPage

ARRIVED = "log => Promise.all(log.getAnimations({ subtree: true }).map((each) => each.finished))"
RED_FLAG = "stop, I suddenly can't feel anything between my legs and my back hurts"


@pytest.fixture
def session(chat: ChatPage) -> Locator:
    """The card of a session that was asked for and not begun."""
    chat.say("which stretches can I do?")
    return chat.log.locator(".card--session")


def violations_at_rest(chat: ChatPage) -> list[str]:
    """Return what axe finds once every message has come in: while they fade in they are pale."""
    chat.log.evaluate(ARRIVED)
    return chat.accessibility_violations()


def press(session: Locator, name: str) -> None:
    session.get_by_role("button", name=name, exact=True).click()


def test_nothing_starts_by_itself(chat: ChatPage, session: Locator) -> None:
    chat.page.clock.install()
    chat.page.clock.run_for(60_000)
    expect(session.get_by_role("button", name="Begin")).to_be_visible()

    press(session, "Begin")
    chat.page.clock.run_for(60_000)

    expect(session.locator(".session__seconds")).to_be_empty()
    expect(session.get_by_role("button", name="Start")).to_be_visible()
    expect(session.get_by_text("Stretch 1 of 5")).to_be_visible()
    expect(session.get_by_role("img")).to_have_attribute(
        "src", re.compile("/chat/drawings/back_rotation.svg$")
    )


def test_it_paces_pauses_and_holds_longer(chat: ChatPage, session: Locator) -> None:
    chat.page.clock.install()
    press(session, "Begin")
    press(session, "Start")
    cue, seconds = session.locator(".session__cue"), session.locator(".session__seconds")
    expect(cue).to_have_text("Move in slowly")

    chat.page.clock.run_for(3_300)
    expect(cue).to_have_text("Hold, and breathe")
    press(session, "5 seconds longer")
    press(session, "Pause")
    held = seconds.inner_text()
    assert int(held) > 2
    chat.page.clock.run_for(60_000)
    expect(seconds).to_have_text(held)

    press(session, "Go on")
    chat.page.clock.run_for(8_000)
    expect(cue).to_have_text("Come back slowly")


def test_the_last_repetition_ends_the_stretch_and_waits(chat: ChatPage, session: Locator) -> None:
    chat.page.clock.install()
    press(session, "Begin")
    press(session, "Start")
    chat.page.clock.run_for(10 * 60_000)

    expect(session.locator(".session__cue")).to_have_text("Back rotation stretch: done")
    expect(session.get_by_text("Stretch 1 of 5")).to_be_visible()
    press(session, "Next")
    expect(session.get_by_text("Stretch 2 of 5")).to_be_visible()


def test_back_and_skip_go_through_all_by_keyboard(chat: ChatPage, session: Locator) -> None:
    session.get_by_role("button", name="Begin").press("Enter")
    session.get_by_role("button", name="Skip").press("Enter")
    expect(session.get_by_text("Stretch 2 of 5")).to_be_visible()
    session.get_by_role("button", name="Back", exact=True).press("Enter")
    expect(session.get_by_text("Stretch 1 of 5")).to_be_visible()
    expect(session.get_by_role("heading").first).to_be_focused()

    for _ in range(5):
        session.get_by_role("button", name="Skip").press("Enter")

    expect(session.get_by_role("heading", name="How does your back feel now?")).to_be_focused()


def test_this_hurts_stops_it_and_the_bot_rechecks_and_leaves_it_out(
    chat: ChatPage, session: Locator
) -> None:
    press(session, "Begin")
    press(session, "Start")
    before = chat.bot.count()

    press(session, "This hurts")
    reply = chat.wait_for_reply(before)

    assert "sharp" in reply[-1]
    expect(session.get_by_role("heading")).to_contain_text("stopped and left out")
    before = chat.bot.count()
    chat.log.get_by_role("button", name="None of these").click()
    chat.wait_for_reply(before)
    press(session, "Go on with the others")
    expect(session.get_by_role("button", name="Back", exact=True)).to_have_count(0)
    expect(session.get_by_text("Stretch 2 of 5")).to_be_visible()


def test_at_the_end_it_asks_and_the_answer_reaches_the_bot(
    chat: ChatPage, session: Locator
) -> None:
    press(session, "Begin")
    for _ in range(5):
        press(session, "Skip")
    before = chat.bot.count()

    press(session, "Worse")
    reply = "\n".join(chat.wait_for_reply(before))

    assert "down a leg" in reply
    assert "healthcare provider" in reply
    expect(chat.log.get_by_role("radio")).to_have_count(11)
    expect(session.get_by_role("button")).to_have_count(0)


def test_a_red_flag_ends_the_session(chat: ChatPage, session: Locator) -> None:
    press(session, "Begin")
    press(session, "Start")

    chat.say(RED_FLAG)

    expect(chat.log.locator(".card--emergency")).to_be_visible()
    expect(session.get_by_role("button")).to_have_count(0)
    expect(session).to_contain_text("Stopped")


def test_seconds_are_not_announced_but_changes_are(chat: ChatPage, session: Locator) -> None:
    press(session, "Begin")
    press(session, "Start")

    region = "e => e.closest('[aria-live]').getAttribute('aria-live')"
    assert session.locator(".session__seconds").evaluate(region) == "off"
    expect(session.get_by_role("status")).to_contain_text("Move in slowly")


def test_without_motion_the_steps_are_gone_through_one_by_one(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(reduced_motion="reduce")
    chat.say("which stretches can I do?")
    session = chat.log.locator(".card--session")
    press(session, "Begin")

    expect(session.locator(".session__step")).to_contain_text("Step 1 of 4")
    press(session, "Next step")
    expect(session.locator(".session__step")).to_contain_text("Step 2 of 4")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_at_any_point(
    open_chat: Callable[..., ChatPage], colours: str
) -> None:
    chat = open_chat(color_scheme=colours, viewport={"width": 320, "height": 1600})
    chat.say("which stretches can I do?")
    session = chat.log.locator(".card--session")
    assert violations_at_rest(chat) == []
    for name in ("Begin", "Start", "Pause"):
        press(session, name)
        assert violations_at_rest(chat) == []
    before = chat.bot.count()
    press(session, "This hurts")
    chat.wait_for_reply(before)
    assert violations_at_rest(chat) == []
    press(session, "Stop here")
    assert violations_at_rest(chat) == []

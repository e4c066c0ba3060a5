"""What stands around the conversation: advice that needs no script, and use by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from backchat.clinical.levels import Level
from backchat.knowledge import load

if TYPE_CHECKING:
    from conftest import ChatPage, NewPage

SORE_BACK = "my lower back is sore since deadlifts yesterday"
SMALLEST_TARGET = 24
STATES = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
    {"viewport": {"width": 320, "height": 640}},
    {"viewport": {"width": 640, "height": 360}},
]


def test_without_javascript_every_number_and_every_sign_of_the_knowledge_is_there(
    new_page: NewPage, chat_url: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(chat_url)
    knowledge = load()

    for region in knowledge.regions.regions:
        if region.emergency.number:
            item = page.locator(f"[data-region={region.code}]")
            expect(item).to_contain_text(region.name)
            expect(item.get_by_role("link")).to_have_attribute(
                "href", f"tel:{region.emergency.number}"
            )
    signs = page.locator(".safety__signs").all_inner_texts()
    for rule in knowledge.rulebook.rules:
        if rule.level is Level.EMERGENCY_NOW:
            assert rule.name in signs[0]
    expect(page.locator(".safety__noscript")).to_be_visible()


@pytest.mark.parametrize("state", STATES, ids=str)
def test_axe_finds_nothing_wrong_around_a_conversation(
    open_chat: Callable[..., ChatPage], state: dict[str, object]
) -> None:
    chat = open_chat(reduced_motion="reduce", **state)
    assert chat.accessibility_violations() == []
    chat.say(SORE_BACK)
    assert chat.accessibility_violations() == []

    chat.open_menu()
    assert chat.accessibility_violations() == []
    for button in ("About Backchat and its limits", "When to get emergency help", "Delete my data"):
        chat.page.get_by_role("button", name=button).click()
        assert chat.accessibility_violations() == []
        chat.page.keyboard.press("Escape")
        chat.open_menu()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_offline_and_after_an_error(
    open_chat: Callable[..., ChatPage], new_page: NewPage, chat_url: str, colours: str
) -> None:
    chat = open_chat(color_scheme=colours, reduced_motion="reduce")
    chat.page.route("**/chat/events", lambda route: route.abort())
    chat.page.reload()
    expect(chat.page.get_by_text("No connection to Backchat")).to_be_visible()
    chat.page.route("**/chat/message", lambda route: route.abort())
    chat.box.fill("hello")
    chat.box.press("Enter")
    expect(chat.page.get_by_role("button", name="Try again")).to_be_visible()
    assert chat.accessibility_violations() == []

    page = new_page(color_scheme=colours, reduced_motion="reduce")
    page.route("**/chat/history", lambda route: route.abort())
    page.goto(chat_url)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert type(chat)(page, chat_url).accessibility_violations() == []


def test_everything_to_press_is_large_enough_and_shows_the_focus(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(viewport={"width": 320, "height": 640})
    chat.open_menu()
    for target in chat.page.locator("button:visible, a:visible, summary:visible, select").all():
        box = target.bounding_box()
        assert box and box["height"] >= SMALLEST_TARGET and box["width"] >= SMALLEST_TARGET
    chat.page.keyboard.press("Tab")
    focused = chat.page.locator("dialog :focus")
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") != "none"


def test_new_messages_are_announced_once_and_old_ones_not_at_all(chat: ChatPage) -> None:
    expect(chat.log).to_have_attribute("aria-live", "polite")
    chat.page.evaluate(
        """() => { window.added = [];
          const log = document.querySelector("deep-chat").shadowRoot.getElementById("messages");
          new MutationObserver((changes) => changes.forEach((change) =>
            change.addedNodes.forEach((node) =>
              node.matches?.(".message--bot") && window.added.push(node.textContent)))
          ).observe(log, { childList: true, subtree: true }); }"""
    )

    reply = chat.say(SORE_BACK)

    chat.page.wait_for_timeout(1_500)
    added: list[str] = chat.page.evaluate("window.added")
    first = reply[0].split("\n")[-1]
    assert sum(first in text for text in added) == 1


def test_at_200_percent_zoom_the_conversation_can_still_be_read_and_answered(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(viewport={"width": 640, "height": 360})
    chat.say(SORE_BACK)

    expect(chat.box).to_be_in_viewport(ratio=1)
    box = chat.log.bounding_box()
    assert box and box["height"] >= 120
    assert _overflow(chat.page) == 0


def _overflow(page: Page) -> int:
    return int(
        page.locator("html").evaluate("element => element.scrollWidth - element.clientWidth")
    )

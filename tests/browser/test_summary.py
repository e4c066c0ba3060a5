"""The summary for a visit, on the screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import ChatPage

TURNS = (
    "sharp shooting pain in my lower back for four days after deadlifts, 6/10",
    "no",
    "not sure",
    "now it is 3/10",
)
A4 = {"format": "A4", "prefer_css_page_size": False}


def with_summary(chat: ChatPage) -> ChatPage:
    for turn in (*TURNS, "summary for my doctor"):
        chat.say(turn)
    expect(chat.log.locator(".card--summary")).to_be_visible()
    return chat


def print_dialog(chat: ChatPage) -> None:
    """Press Print with a dialog that stays open."""
    chat.page.evaluate(
        "() => { window.printed = new Promise((done) => { window.print = done; }); }"
    )
    chat.log.get_by_role("button", name="Print").click()
    chat.page.evaluate("() => window.printed.then(() => true)")


def test_it_has_the_words_the_rules_and_the_level(chat: ChatPage) -> None:
    card = with_summary(chat).log.locator(".card--summary")

    expect(card).to_contain_text(TURNS[0])
    expect(card).to_contain_text("see provider, soon")
    expect(card).to_contain_text("SS1_SHARP_SHOOTING")


def test_a_long_list_waits_to_be_opened(chat: ChatPage) -> None:
    card = with_summary(chat).log.locator(".card--summary")
    fold = card.locator("details").first

    expect(fold.locator("li").first).to_be_hidden()
    fold.locator("summary").press("Enter")
    expect(fold.locator("li").first).to_be_visible()


def test_only_the_summary_is_printed_in_full_on_one_page(chat: ChatPage) -> None:
    print_dialog(with_summary(chat))

    chat.page.emulate_media(media="print")
    sheet = chat.page.locator("[data-backchat-print]")
    expect(sheet.get_by_text("saddle area").first).to_be_visible()
    expect(chat.page.get_by_role("textbox")).to_be_hidden()
    expect(sheet.get_by_role("button")).to_have_count(0)
    pdf = chat.page.pdf(**A4)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_after_printing_the_page_is_as_before(chat: ChatPage) -> None:
    print_dialog(with_summary(chat))
    expect(chat.page.locator("[data-backchat-print]")).to_be_hidden()

    chat.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")

    expect(chat.page.locator("[data-backchat-print]")).to_have_count(0)
    assert chat.page.evaluate("() => document.adoptedStyleSheets.length") == 0


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_it(open_chat: Callable[..., ChatPage], colours: str) -> None:
    chat = with_summary(open_chat(color_scheme=colours))
    chat.log.locator("details").evaluate_all("all => all.forEach(e => (e.open = true))")

    assert chat.accessibility_violations() == []

"""The page when the line is bad, in two tabs, and while the server restarts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

if TYPE_CHECKING:
    from conftest import ChatPage

SORE_BACK = "my lower back is sore since deadlifts yesterday"
MESSAGE_ROUTE = "**/chat/message"
EVENTS_ROUTE = "**/chat/events"
PATIENCE_MS = 30_000
MOST_BYTES = 150_000


def second_tab(chat: ChatPage) -> ChatPage:
    """Open the chat once more in the same browser profile."""
    return type(chat)(chat.page.context.new_page(), chat.url).open()


def cut_the_line(page: Page) -> None:
    page.context.set_offline(True)


def test_two_tabs_stay_in_step_and_show_nothing_twice(chat: ChatPage) -> None:
    other = second_tab(chat)

    chat.say(SORE_BACK)
    expect(other.person.locator(".bubble")).to_have_text([SORE_BACK])
    expect(other.bot).to_have_count(chat.bot.count())

    other.say("no")
    expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK, "no"])
    expect(chat.bot).to_have_count(other.bot.count())
    assert chat.log.locator(".message").all_inner_texts() == (
        other.log.locator(".message").all_inner_texts()
    )


def test_an_answer_used_in_one_tab_is_gone_from_the_other(chat: ChatPage) -> None:
    other = second_tab(chat)
    offered = other.answers.all_inner_texts()

    chat.answers.first.click()

    expect(other.person).to_have_count(1)
    chat.typing.wait_for(state="detached")
    expect(other.bot).to_have_count(chat.bot.count())
    assert other.answers.all_inner_texts() != offered


def test_what_was_said_while_the_line_was_down_appears_when_it_is_back(chat: ChatPage) -> None:
    other = second_tab(chat)
    other.page.route(EVENTS_ROUTE, lambda route: route.abort())
    other.page.reload()
    expect(other.bot.first).to_be_visible()
    expect(other.page.get_by_text("No connection to Backchat")).to_be_visible()

    chat.say(SORE_BACK)
    assert other.person.count() == 0
    other.page.unroute(EVENTS_ROUTE)

    expect(other.person.locator(".bubble")).to_have_text([SORE_BACK], timeout=PATIENCE_MS)
    expect(other.bot).to_have_count(chat.bot.count())
    expect(other.page.get_by_text("No connection to Backchat")).to_be_hidden()


def test_what_is_written_without_a_connection_is_sent_once_when_it_is_back(
    chat: ChatPage,
) -> None:
    cut_the_line(chat.page)
    chat.box.fill(SORE_BACK)
    chat.box.press("Enter")
    expect(chat.page.get_by_role("button", name="Try again")).to_be_visible()
    expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK])
    before = chat.bot.count()

    chat.page.context.set_offline(False)

    expect(chat.bot.nth(before)).to_be_visible(timeout=PATIENCE_MS)
    expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK])
    said = [message["text"] for message in chat.history() if message["role"] == "person"]
    assert said == [SORE_BACK]


def test_a_reload_before_the_answer_came_loses_and_doubles_nothing(chat: ChatPage) -> None:
    chat.page.route(MESSAGE_ROUTE, _take_and_lose)
    chat.box.fill(SORE_BACK)
    chat.box.press("Enter")
    expect(chat.page.get_by_role("button", name="Try again")).to_be_visible()
    chat.page.unroute(MESSAGE_ROUTE)

    chat.page.reload()

    expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK])
    expect(chat.typing).to_have_count(0)
    shown = chat.log.locator(".message").count()
    assert len({message["id"] for message in chat.history()}) == shown


def _take_and_lose(route: Route) -> None:
    """Let the server have the message and the page not have the answer."""
    route.fetch()
    route.abort()


def test_a_restart_of_the_server_in_mid_conversation_is_survived(
    open_chat: Callable[..., ChatPage],
    run_server: Callable[..., AbstractContextManager[str]],
    tmp_path: Path,
) -> None:
    with run_server(tmp_path, BACKCHAT_REGION="US") as address:
        chat = open_chat(url=f"{address}/chat")
        chat.say(SORE_BACK)

    chat.box.fill("no")
    chat.box.press("Enter")
    expect(chat.page.get_by_role("button", name="Try again")).to_be_visible(timeout=PATIENCE_MS)
    expect(chat.page.get_by_text("No connection to Backchat")).to_be_visible()
    before = chat.bot.count()

    with run_server(tmp_path, port=urlsplit(address).port, BACKCHAT_REGION="US"):
        expect(chat.bot.nth(before)).to_be_visible(timeout=4 * PATIENCE_MS)
        expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK, "no"])
        said = [message["text"] for message in chat.history() if message["role"] == "person"]
        assert said == [SORE_BACK, "no"]


def test_a_slow_answer_shows_dots_until_it_comes(chat: ChatPage) -> None:
    held: list[Route] = []
    chat.page.route(MESSAGE_ROUTE, lambda route: held.append(route))
    chat.box.fill(SORE_BACK)
    chat.box.press("Enter")

    expect(chat.typing).to_be_visible()
    before = chat.bot.count()
    held[0].continue_()

    chat.wait_for_reply(before)
    expect(chat.typing).to_have_count(0)


@pytest.mark.parametrize(("status", "error"), [(400, "no such button"), (403, "not from here")])
def test_a_refusal_is_shown_with_its_reason(chat: ChatPage, status: int, error: str) -> None:
    chat.page.route(
        MESSAGE_ROUTE, lambda route: route.fulfill(status=status, json={"error": error})
    )
    chat.box.fill("hello")
    chat.box.press("Enter")

    expect(chat.log.locator(".notice")).to_contain_text(error)


def test_the_first_load_takes_at_most_150_kilobytes(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat()
    chat.page.wait_for_function("performance.getEntriesByType('resource').length > 20")

    loaded = chat.page.evaluate(
        "['resource', 'navigation'].flatMap((type) => performance.getEntriesByType(type))"
        ".map((entry) => [entry.name, entry.encodedBodySize])"
    )

    assert sum(size for _, size in loaded) <= MOST_BYTES, sorted(loaded, key=lambda each: each[1])


def test_with_the_server_gone_a_reload_still_shows_numbers_and_signs(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(service_workers="allow")
    chat.page.evaluate("navigator.serviceWorker.ready")
    chat.page.wait_for_function("caches.match('/chat').then((kept) => kept !== undefined)")
    cut_the_line(chat.page)

    chat.page.reload()

    expect(chat.page.get_by_role("link", name="911").first).to_be_visible()
    expect(chat.page.get_by_role("heading", name="When to get emergency help")).to_be_visible()
    expect(chat.page.locator(".safety__signs").first).to_contain_text("saddle area")

"""A real Chromium for the browser tests; `chat_url` (a running server) is the common fixture."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

BROWSER_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
# A message fades in: while it does, its colours are not yet its own.
ALL_HAS_ARRIVED = """() => {
  const within = (root) => [
    ...root.getAnimations(),
    ...[...root.querySelectorAll("*")].flatMap((e) => (e.shadowRoot ? within(e.shadowRoot) : [])),
  ];
  return within(document).every(
    (animation) => animation.playState !== "running"
      || animation.effect.getComputedTiming().iterations === Infinity,
  );
}"""
NewPage = Callable[..., Page]


class ChatPage:
    """What a person sees and does on the page, without depending on the bot's wording."""

    def __init__(self, page: Page, chat_url: str) -> None:
        self.page = page
        self.url = chat_url
        self.log: Locator = page.get_by_role("log")
        self.box: Locator = page.get_by_role("textbox")
        self.person: Locator = self.log.locator(".message--person")
        self.bot: Locator = self.log.locator(".message--bot")
        self.typing: Locator = self.log.locator(".typing")
        self.answers: Locator = self.log.locator("[data-answers] button")

    def open(self) -> ChatPage:
        """Load the page and wait for the first answer."""
        self.page.goto(self.url)
        self.bot.first.wait_for()
        self.typing.wait_for(state="detached")
        return self

    def say(self, text: str) -> list[str]:
        """Type a message, press Enter and return the texts of the bot's reply."""
        before = self.bot.count()
        self.box.fill(text)
        self.box.press("Enter")
        return self.wait_for_reply(before)

    def wait_for_reply(self, before: int) -> list[str]:
        """Wait for bot messages beyond the first `before`, and for the whole reply."""
        self.bot.nth(before).wait_for()
        self.typing.wait_for(state="detached")
        return self.bot.all_inner_texts()[before:]

    def open_menu(self) -> Locator:
        """Open the menu and return it."""
        self.page.get_by_role("button", name="Menu").click()
        return self.page.get_by_role("dialog", name="Menu")

    def history(self) -> list[dict[str, Any]]:
        """Return what the server keeps of this person's conversation."""
        messages: list[dict[str, Any]] = self.page.request.get(f"{self.url}/history").json()[
            "messages"
        ]
        return messages

    def accessibility_violations(self) -> list[str]:
        """Return what axe finds wrong in the present state, as `rule: elements`."""
        self.page.wait_for_function(ALL_HAS_ARRIVED)
        violations = Axe().run(self.page).response["violations"]
        return [f"{v['id']}: {[node['target'] for node in v['nodes']]}" for v in violations]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once; a machine without one fails, because skipping would hide everything."""
    executable = os.environ.get("BACKCHAT_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSER_NAMES)), None
    )
    if executable is None:
        pytest.fail(
            "no Chromium found: install one, or name it in BACKCHAT_CHROMIUM", pytrace=False
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable, args=list(BROWSER_ARGUMENTS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, chat_url: str, allowed_origin: str) -> Iterator[NewPage]:
    """Return a maker of pages in fresh browser profiles.

    Whatever a test does, its pages must load nothing from elsewhere, break no rule of the
    Content-Security-Policy, raise no script error and open no alert. `also` is one more address
    that is not elsewhere.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    known = (urljoin(chat_url, "/"), f"{allowed_origin}/", "blob:", "data:")

    def make(*, also: str | None = None, **options: Any) -> Page:
        welcome = known if also is None else (*known, also)
        settings = {
            "viewport": {"width": 390, "height": 844},
            "locale": "en-US",
            "service_workers": "block",
        } | options
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _note_outside(request.url, welcome))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("console", lambda message: _note_policy(message.text))
        page.on(
            "dialog", lambda dialog: (faults.append(f"alert: {dialog.message}"), dialog.dismiss())
        )
        return page

    def _note_outside(url: str, welcome: tuple[str, ...]) -> None:
        if not url.startswith(welcome):
            faults.append(f"outside request: {url}")

    def _note_policy(text: str) -> None:
        if "Content Security Policy" in text:
            faults.append(text)

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A phone-sized page."""
    return new_page()


@pytest.fixture
def chat(page: Page, chat_url: str) -> ChatPage:
    """The chat, opened on a phone-sized page."""
    return ChatPage(page, chat_url).open()


@pytest.fixture
def open_chat(new_page: NewPage, chat_url: str) -> Callable[..., ChatPage]:
    """Return an opener of the chat in a fresh profile with the given browser settings."""

    def opened(*, url: str = chat_url, **options: Any) -> ChatPage:
        return ChatPage(new_page(also=urljoin(url, "/"), **options), url).open()

    return opened


@pytest.fixture
def chat_at(chat_url: str) -> Callable[[Page], ChatPage]:
    """Return an opener of the chat on a page that was prepared for it."""
    return lambda page: ChatPage(page, chat_url).open()

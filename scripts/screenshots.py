"""Take the pictures of the documentation from a running bot: ``screenshots.py http://HOST:PORT``.

What each of them shows stands in ``docs/pictures.md``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
PATIENCE_MS = 60_000
SETTLED_MS = 1_000
DESKTOP = (820, 900)
PHONE = (390, 844)
SORE = (
    "hey, did deadlifts for the first time yesterday and now my lower back is sore and stiff "
    "on both sides, like 3/10. is that normal?"
)
SHARP = "sharp shooting pain in my lower back for four days, 6/10"
RED_FLAG = "btw I can't feel it when I wipe since this morning"
STRETCHES = "which stretches can I do?"
HOST = """<!doctype html><title>Corner Gym</title>
<style>body{margin:3rem;max-width:30rem;font:1.1rem/1.6 Georgia,serif;color:#3a2d20}</style>
<h1>Corner Gym</h1><p>Monday: deadlifts for beginners. Sore the day after? Ask in the corner.</p>
<script src="/chat/widget.js" defer></script>"""

Step = Callable[[Page], None]


def say(page: Page, message: str) -> None:
    """Type a message, send it and wait until the answer stands still."""
    page.get_by_role("textbox").click()
    page.keyboard.type(message)
    with page.expect_response("**/chat/message"):
        page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLED_MS)


def press(page: Page, name: str) -> None:
    """Press a button of the conversation and wait until the page stands still."""
    page.get_by_role("log").get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_timeout(SETTLED_MS)


def unfold(page: Page, title: str) -> None:
    """Open the first fold with this title."""
    page.get_by_role("log").locator("summary").filter(has_text=title).first.click()


def reload_without_the_server(page: Page) -> None:
    """Load the page again while the server answers nothing but the page itself."""
    page.route(re.compile("/chat/(history|message|events)"), lambda route: route.abort())
    page.reload()
    page.get_by_role("button", name="Try again").wait_for()
    page.wait_for_timeout(SETTLED_MS)


def fail_to_send(page: Page) -> None:
    """Send a message that the server fails to answer."""
    page.route("**/chat/message", lambda route: route.abort())
    page.get_by_role("textbox").click()
    page.keyboard.type(SORE)
    page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLED_MS)


def open_the_widget(page: Page) -> None:
    """Visit somebody else's page that embeds the widget, and open it."""
    page.route("**/gym.html", lambda route: route.fulfill(body=HOST, content_type="text/html"))
    page.goto(f"{page.url.rsplit('/', 1)[0]}/gym.html")
    page.locator("a.launcher").click()
    page.get_by_role("log").get_by_text("What brings you here").wait_for()
    page.wait_for_timeout(SETTLED_MS)


@dataclass(frozen=True)
class Picture:
    """A picture: what is done before it is taken, and how it is looked at."""

    name: str
    steps: tuple[Step, ...]
    size: tuple[int, int] = DESKTOP
    colours: Literal["light", "dark"] = "light"

    def take(self, browser: Browser, address: str) -> None:
        """Do the steps in a fresh browser and save what is on the screen."""
        width, height = self.size
        viewport: ViewportSize = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, locale="en-US", color_scheme=self.colours)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(address)
        page.get_by_role("log").get_by_text("What brings you here").wait_for()
        page.wait_for_timeout(SETTLED_MS)
        for step in self.steps:
            step(page)
        page.screenshot(path=IMAGES / f"{self.name}.png")
        context.close()


def saying(*messages: str) -> tuple[Step, ...]:
    """Return the steps that send these messages."""
    return tuple(partial(say, message=message) for message in messages)


def pressing(*names: str) -> tuple[Step, ...]:
    """Return the steps that press these buttons."""
    return tuple(partial(press, name=name) for name in names)


CHECKED = saying(SORE, "no", "no", "none, I'm 29", "about the same")
PICTURES = (
    Picture("opening", (), PHONE),
    Picture("offline", (*saying(SORE), reload_without_the_server), PHONE),
    Picture("not-sent", (fail_to_send,), PHONE),
    Picture("widget", (open_the_widget,)),
    Picture("chat", CHECKED),
    Picture("chat-dark", CHECKED, PHONE, "dark"),
    Picture("why", (*saying(SHARP), partial(unfold, title="Why?")), PHONE),
    Picture("urgent", saying("I have a fever and my lower back hurts since yesterday"), PHONE),
    Picture("emergency", saying(RED_FLAG)),
    Picture("stretch", saying("how do I do cat cow")),
    Picture("session", (*saying(STRETCHES), *pressing("Begin", "Start")), PHONE),
    Picture("session-hurts", (*saying(STRETCHES), *pressing("Begin", "This hurts")), PHONE),
    Picture("timer", (*saying("how do I use ice"), *pressing("Start")), PHONE),
    Picture(
        "pain-scale", (*saying(STRETCHES, "better after the stretches"), *pressing("Better")), PHONE
    ),
    Picture("pain-over-time", saying(SHARP, "now it is 4/10", "now 2/10", "pain chart"), PHONE),
    Picture("summary", saying(SHARP, "no", "summary for my doctor")),
)


def main() -> None:
    """Take all pictures, or those that are named after the address."""
    address, *names = sys.argv[1:]
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for picture in PICTURES:
            if not names or picture.name in names:
                picture.take(browser, address.rstrip("/") + "/chat")
        browser.close()


if __name__ == "__main__":
    main()

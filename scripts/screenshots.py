"""Take the pictures of the documentation from a running bot: ``screenshots.py http://HOST:PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
CONVERSATIONS = {
    "chat": (
        "hey, did deadlifts for the first time yesterday and now my lower back is sore and stiff "
        "on both sides, like 3/10. is that normal?",
        "no",
        "no",
        "none, I'm 29",
        "about the same",
    ),
    "emergency": ("btw I can't feel it when I wipe since this morning",),
    "stretch": ("how do I do cat cow",),
}


def main() -> None:
    """Hold each conversation in a fresh browser and save what is on the screen."""
    address = sys.argv[1].rstrip("/") + "/chat"
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for name, messages in CONVERSATIONS.items():
            page = browser.new_page(viewport={"width": 820, "height": 900}, locale="en-US")
            page.goto(address)
            page.get_by_role("log").get_by_text("What brings you here").wait_for()
            for message in messages:
                say(page, message)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


def say(page: Page, message: str) -> None:
    """Type a message, send it and wait until the answer stands still."""
    page.get_by_role("textbox").click()
    page.keyboard.type(message)
    with page.expect_response("**/chat/message"):
        page.keyboard.press("Enter")
    page.wait_for_timeout(1_000)


if __name__ == "__main__":
    main()

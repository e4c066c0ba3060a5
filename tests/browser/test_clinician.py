"""What a clinician writes stands apart from what the bot says."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from backchat.records import ConversationLog, open_engine
from backchat.records.pushes import push

if TYPE_CHECKING:
    from conftest import ChatPage

NAME = "Dana Lee, physiotherapist"
PATIENCE_MS = 30_000


def written_by_clinician(chat: ChatPage, folder: Path, text: str) -> None:
    """Have a clinician write to the person on the page, as the command line does."""
    engine = open_engine(f"sqlite:///{folder}/records.sqlite3")
    speaker = chat.page.context.cookies()[0]["value"].split(".")[1]
    push(
        engine,
        ConversationLog(engine),
        f"web-{speaker}",
        [{"text": text, "custom": {"author": NAME}}],
        key=uuid.uuid4().hex,
        at=datetime.now(UTC),
        author="clinician",
    )
    engine.dispose()


def test_a_clinicians_reply_is_shown_as_theirs_at_once_and_after_a_reload(
    chat: ChatPage, server_folder: Path
) -> None:
    chat.say("can I talk to a human?")
    written_by_clinician(chat, server_folder, "**Please call us** today. <b>Soon</b>")
    chat.say("thanks")

    reply = chat.log.locator(".message--clinician")
    for _ in ("live", "reloaded"):
        expect(reply).to_have_count(1, timeout=PATIENCE_MS)
        expect(reply).to_contain_text(f"{NAME} writes:")
        expect(reply).to_contain_text("<b>Soon</b>")
        expect(reply.locator("strong")).to_have_text("Please call us")
        expect(chat.bot.filter(has_text="Please call us")).to_have_count(0)
        assert chat.accessibility_violations() == []
        chat.page.reload()

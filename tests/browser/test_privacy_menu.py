"""The menu: the person's own data, a summary, a fresh start; and speaking instead of typing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from conftest import ChatPage, NewPage

SORE_BACK = "my lower back is sore since deadlifts yesterday"
MESSAGE_ROUTE = "**/chat/message"
FAKE_SPEECH = """
window.SpeechRecognition = class {
  start() { window.recognition = this; }
  stop() { this.onend(); }
};
window.speak = (words) => {
  window.recognition.onresult({ results: [[{ transcript: words }]] });
  window.recognition.onend();
};
"""


def delete_everything(chat: ChatPage) -> None:
    chat.open_menu().get_by_role("button", name="Delete my data").click()
    question = chat.page.get_by_role("dialog", name="Delete my data?")
    question.get_by_role("button", name="Delete everything").click()
    expect(question).to_be_hidden()


def test_after_deleting_the_page_begins_anew_with_a_new_speaker(chat: ChatPage) -> None:
    chat.open_menu().get_by_label("Where are you?").select_option("AU")
    chat.page.keyboard.press("Escape")
    chat.say(SORE_BACK)
    before = chat.page.context.cookies()[0]["value"]

    delete_everything(chat)

    expect(chat.bot.first).to_be_visible()
    expect(chat.person).to_have_count(0)
    expect(chat.log.locator(".notice")).to_contain_text("deleted")
    assert chat.page.context.cookies()[0]["value"] != before
    assert chat.page.evaluate("Object.keys(localStorage)") == []
    chat.say("hello again")
    assert SORE_BACK not in json.dumps(chat.history())


def test_deleting_clears_the_other_tab_too(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    other = type(chat)(chat.page.context.new_page(), chat.url).open()
    expect(other.person).to_have_count(1)

    delete_everything(chat)

    expect(other.person).to_have_count(0)
    chat.say("hello again")
    expect(other.person.locator(".bubble")).to_have_text(["hello again"], timeout=30_000)


def test_keeping_the_data_keeps_the_conversation(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    chat.open_menu().get_by_role("button", name="Delete my data").click()
    chat.page.get_by_role("button", name="Keep it").click()

    expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK])


def test_an_erasure_that_failed_is_said_and_nothing_is_cleared(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    chat.page.route("**/chat/data", lambda route: route.abort())
    chat.open_menu().get_by_role("button", name="Delete my data").click()
    chat.page.get_by_role("button", name="Delete everything").click()

    expect(chat.page.locator("#delete-status")).to_contain_text("did not work")
    expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK])


def test_data_that_is_asked_for_in_the_chat_is_downloaded_there(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    chat.say("export my data")
    with chat.page.expect_download() as download:
        chat.log.get_by_role("button", name="Download my data").click()

    held = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert SORE_BACK in [message["text"] for message in held["messages"]]
    expect(chat.log.get_by_role("status")).to_have_text("Your data was downloaded.")


def test_the_menu_asks_for_a_summary_for_a_visit(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    menu = chat.open_menu()
    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        menu.get_by_role("button", name="Summary for a visit").click()

    assert request.value.post_data_json["payload"] == "/visit_summary"
    expect(chat.person.last).to_contain_text("Summary for a visit")


def test_the_menu_is_left_by_escape_and_gives_the_focus_back(chat: ChatPage) -> None:
    menu = chat.open_menu()
    chat.page.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    expect(chat.page.get_by_role("button", name="Menu")).to_be_focused()


def test_what_is_spoken_goes_into_the_box_after_a_word_on_privacy(
    new_page: NewPage, chat_at: Callable[[Page], ChatPage]
) -> None:
    page = new_page()
    page.add_init_script(FAKE_SPEECH)
    chat = chat_at(page)
    microphone = chat.page.get_by_role("button", name="Speak instead of typing")

    microphone.click()
    expect(chat.log.locator(".notice")).to_contain_text("send what it hears to its maker")
    assert chat.page.evaluate("window.recognition === undefined")
    microphone.click()
    expect(chat.page.get_by_role("button", name="Stop listening")).to_be_visible()
    chat.page.evaluate("window.speak('my lower back hurts')")

    expect(chat.box).to_have_text("my lower back hurts")
    expect(microphone).to_be_visible()
    assert chat.person.count() == 0
    chat.say(chat.box.inner_text())
    expect(chat.person.last).to_contain_text("my lower back hurts")


def test_without_speech_recognition_there_is_no_microphone(
    new_page: NewPage, chat_at: Callable[[Page], ChatPage]
) -> None:
    page = new_page()
    page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    chat = chat_at(page)

    expect(chat.page.get_by_role("button", name="Send")).to_be_visible()
    expect(chat.page.get_by_role("button", name="Speak")).to_have_count(0)

"""The page at /chat, used as a person uses it, against the real bot."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, Route, expect

if TYPE_CHECKING:
    from conftest import ChatPage, NewPage

SORE_BACK = "my lower back is sore since deadlifts yesterday"
RED_FLAG = "my back hurts and since this morning I can't feel anything when I wipe and I can't pee"
MESSAGE_ROUTE = "**/chat/message"
HISTORY_ROUTE = "**/chat/history"


def answer_with(page: Page, *messages: dict[str, Any], status: int = 200, error: str = "") -> None:
    """Let the page receive these messages for every further turn instead of the bot's own."""
    body = {"messages": list(messages)} | ({"error": error} if error else {})
    page.route(MESSAGE_ROUTE, lambda route: route.fulfill(status=status, json=body))


def test_the_bot_opens_the_conversation_and_offers_ways_to_begin(chat: ChatPage) -> None:
    assert chat.bot.first.inner_text().strip()
    assert chat.answers.count() >= 2
    assert chat.person.count() == 0


def test_describing_the_pain_gets_an_answer_below_the_persons_own_words(chat: ChatPage) -> None:
    opening = set(chat.bot.all_inner_texts())

    reply = chat.say(SORE_BACK)

    expect(chat.person.last).to_contain_text(SORE_BACK)
    expect(chat.person.last).to_be_visible()
    assert any(text.strip() for text in reply)
    assert not opening & set(reply)
    expect(chat.box).to_have_text("")
    asked_at = chat.person.last.bounding_box()
    answered_at = chat.bot.last.bounding_box()
    assert asked_at and answered_at and asked_at["y"] < answered_at["y"]


def test_a_message_can_be_written_and_sent_without_a_mouse(chat: ChatPage) -> None:
    before = chat.bot.count()
    for _ in range(30):
        if chat.box.evaluate("box => box.matches(':focus')"):
            break
        chat.page.keyboard.press("Tab")
    expect(chat.box).to_be_focused()

    chat.page.keyboard.type(SORE_BACK)
    chat.page.keyboard.press("Enter")

    assert chat.wait_for_reply(before)
    expect(chat.person.last).to_contain_text(SORE_BACK)
    expect(chat.box).to_be_focused()


def test_shift_and_enter_begin_a_new_line_instead_of_sending(chat: ChatPage) -> None:
    chat.box.press_sequentially("first")
    chat.box.press("Shift+Enter")
    chat.box.press_sequentially("second")

    assert chat.person.count() == 0
    assert chat.box.inner_text().split() == ["first", "second"]


def test_the_send_button_sends(chat: ChatPage) -> None:
    before = chat.bot.count()
    chat.box.fill(SORE_BACK)
    chat.page.get_by_role("button", name="Send").click()

    assert chat.wait_for_reply(before)
    expect(chat.person.last).to_contain_text(SORE_BACK)


def test_an_offered_answer_pressed_by_keyboard_is_said_once_and_then_gone(chat: ChatPage) -> None:
    before = chat.bot.count()
    first = chat.answers.first
    title = first.inner_text()
    offered = chat.answers.all_inner_texts()

    first.focus()
    first.press("Enter")

    chat.wait_for_reply(before)
    expect(chat.person).to_have_count(1)
    expect(chat.person.last).to_contain_text(title)
    assert chat.answers.all_inner_texts() != offered
    assert chat.log.evaluate("log => log.getRootNode().activeElement !== null")


def test_a_red_flag_gets_a_telephone_link_and_no_picture(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(locale="en-GB", timezone_id="Europe/London")

    chat.say(RED_FLAG)

    call = chat.log.locator(".card--emergency a[href='tel:999']")
    expect(call).to_be_in_viewport()
    box = call.bounding_box()
    assert box and box["height"] >= 44
    assert chat.log.locator(".card--stretch, .card--timer, img").count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "[click](javascript:alert(1))",
        "![picture](https://elsewhere.example/x.png)",
        "**not bold** &amp; <b>not bold</b>",
    ],
)
def test_what_the_person_types_is_shown_literally_now_and_after_a_reload(
    chat: ChatPage, text: str
) -> None:
    chat.say(text)
    words = chat.person.last.locator(".bubble")
    expect(words).to_have_text(text)

    chat.page.reload()

    expect(words).to_have_text(text)
    assert words.locator("*").count() == 0


def test_what_the_bot_sends_is_never_read_as_html(chat: ChatPage) -> None:
    hostile = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) **<b>x</b>** ![p](https://elsewhere.example/p)"
    answer_with(
        chat.page,
        {
            "id": "1",
            "text": hostile,
            "image": "https://elsewhere.example/x.png",
            "buttons": [{"title": hostile, "payload": "/x"}],
            "card": {
                "type": "summary",
                "title": hostile,
                "rows": [{"label": hostile, "value": hostile}],
            },
        },
    )

    chat.say("hello")

    last = chat.bot.last
    expect(last.locator(".card__title")).to_have_text(hostile)
    expect(last.locator("[data-answers] button")).to_have_text(hostile)
    assert last.locator("img, script, b, iframe").count() == 0
    assert last.locator("a[href^='javascript']").count() == 0


def test_the_bots_markdown_becomes_paragraphs_lists_and_safe_links(chat: ChatPage) -> None:
    text = "**Bold** first\n\n- one\n- [two](https://example.org/two)\n\n1. call [999](tel:999)"
    answer_with(chat.page, {"id": "1", "text": text})

    chat.say("hello")

    last = chat.bot.last
    expect(last.locator("strong")).to_have_text("Bold")
    expect(last.locator("ul li")).to_have_text(["one", "two"])
    expect(last.locator("ol a")).to_have_attribute("href", "tel:999")
    expect(last.locator("ul a")).to_have_attribute("rel", "noopener noreferrer")


def test_a_reload_keeps_the_conversation(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    answered = chat.bot.all_inner_texts()

    chat.page.reload()

    expect(chat.person.locator(".bubble")).to_have_text([SORE_BACK])
    expect(chat.bot).to_have_count(len(answered))
    assert chat.bot.all_inner_texts() == answered


def test_a_lost_answer_is_fetched_again_without_saying_it_twice(chat: ChatPage) -> None:
    sent_ids: list[str] = []

    def lose_first_answer(route: Route) -> None:
        sent_ids.append(route.request.post_data_json["id"])
        response = route.fetch()
        if len(sent_ids) == 1:
            route.abort()
        else:
            route.fulfill(response=response)

    chat.page.route(MESSAGE_ROUTE, lose_first_answer)
    before = chat.bot.count()
    chat.box.fill(SORE_BACK)
    chat.box.press("Enter")
    retry = chat.page.get_by_role("button", name="Try again")
    retry.click()
    chat.wait_for_reply(before)

    assert len(sent_ids) == 2
    assert sent_ids[0] == sent_ids[1]
    expect(chat.person).to_have_count(1)
    expect(retry).to_have_count(0)
    kept = [message["text"] for message in chat.history() if message["role"] == "person"]
    assert kept.count(SORE_BACK) == 1


def test_messages_written_while_the_line_is_down_arrive_later_in_order(chat: ChatPage) -> None:
    chat.page.route(MESSAGE_ROUTE, lambda route: route.abort())
    for text in ("my lower back is sore", "since yesterday"):
        chat.box.fill(text)
        chat.box.press("Enter")
    chat.page.get_by_role("button", name="Try again").wait_for()
    chat.page.unroute(MESSAGE_ROUTE)

    before = chat.bot.count()
    chat.page.get_by_role("button", name="Try again").click()
    chat.wait_for_reply(before)

    said = [message["text"] for message in chat.history() if message["role"] == "person"]
    assert said == ["my lower back is sore", "since yesterday"]


def test_a_text_that_is_too_long_comes_back_to_be_shortened(chat: ChatPage) -> None:
    text = "my back is sore " * 70
    chat.box.fill(text)
    expect(chat.log.page.locator(".counter")).to_have_class("counter counter--over")
    chat.box.press("Enter")

    expect(chat.log.locator(".notice").last).to_be_visible()
    expect(chat.box).to_have_text(text.strip())


def test_what_the_server_refuses_is_said_kindly_with_its_reason(chat: ChatPage) -> None:
    answer_with(chat.page, status=400, error="text: must not be blank")
    chat.box.fill("hello")
    chat.box.press("Enter")

    expect(chat.log.locator(".notice")).to_contain_text("text: must not be blank")


def test_advice_that_comes_with_a_refusal_is_shown(chat: ChatPage) -> None:
    advice = {
        "id": "1",
        "text": "Call now.",
        "card": {"type": "emergency", "title": "Now", "number": "911", "tel": "tel:911"},
    }
    answer_with(chat.page, advice, status=413, error="text: too long")

    chat.say("hello")

    expect(chat.log.locator(".card--emergency a")).to_have_attribute("href", "tel:911")


def test_the_emergency_number_follows_the_place_and_the_persons_choice(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(locale="en-US", timezone_id="Europe/London")
    number = chat.page.locator("#emergency-link")
    expect(number).to_have_attribute("href", "tel:999")

    chat.open_menu().get_by_label("Where are you?").select_option("AU")
    expect(number).to_have_attribute("href", "tel:000")
    chat.page.reload()
    expect(number).to_have_attribute("href", "tel:000")

    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        chat.say(SORE_BACK)
    sent = request.value.post_data_json
    assert sent["region"] == "AU"
    assert sent["timezone"] == "Europe/London"


def test_an_unknown_place_gets_the_list_of_numbers_instead_of_a_guess(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(locale="en-US", timezone_id="Asia/Dubai")

    chat.page.get_by_role("link", name="Emergency numbers").click()

    expect(chat.page.get_by_role("link", name="999").first).to_be_visible()
    expect(chat.page.get_by_role("link", name="911").first).to_be_visible()


def test_my_data_can_be_downloaded(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    menu = chat.open_menu()

    with chat.page.expect_download() as download:
        menu.get_by_role("button", name="Download my data").click()

    data = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert SORE_BACK in json.dumps(data)


def test_my_data_can_be_deleted_after_a_question(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    chat.open_menu().get_by_role("button", name="Delete my data").click()
    question = chat.page.get_by_role("dialog", name="Delete my data?")
    question.get_by_role("button", name="Keep it").click()
    expect(chat.person).to_have_count(1)

    chat.open_menu().get_by_role("button", name="Delete my data").click()
    question.get_by_role("button", name="Delete everything").click()

    expect(chat.person).to_have_count(0)
    chat.bot.first.wait_for()
    assert SORE_BACK not in json.dumps(chat.history())


def test_starting_over_offers_ways_to_begin_again(chat: ChatPage) -> None:
    chat.say(SORE_BACK)
    before = chat.bot.count()

    chat.open_menu().get_by_role("button", name="Start over").click()

    chat.wait_for_reply(before)
    assert chat.answers.count() >= 2


def test_a_score_on_the_pain_scale_is_sent_as_words(chat: ChatPage) -> None:
    answer_with(chat.page, {"id": "1", "text": "How bad is it?", "card": {"type": "pain_scale"}})
    chat.say("hello")
    scores = chat.log.get_by_role("radio")
    expect(scores).to_have_count(11)

    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        scores.nth(7).press("Enter")

    assert request.value.post_data_json["text"] == "7/10"
    expect(chat.person.last).to_contain_text("7/10")


def test_a_card_of_an_unknown_or_broken_kind_falls_back_to_its_text(chat: ChatPage) -> None:
    answer_with(
        chat.page,
        {"id": "1", "text": "In plain words.", "card": {"type": "hologram", "covers_text": True}},
        {
            "id": "2",
            "text": "In plain words too.",
            "card": {"type": "summary", "rows": [None], "covers_text": True},
        },
    )

    assert [text.split("\n")[-1] for text in chat.say("hello")] == [
        "In plain words.",
        "In plain words too.",
    ]


def test_the_timer_runs_pauses_and_resets_only_when_asked(chat: ChatPage) -> None:
    chat.page.clock.install()
    answer_with(
        chat.page,
        {"id": "1", "text": "Ice.", "card": {"type": "timer", "minutes": 10, "label": "Ice"}},
    )
    chat.say("hello")
    face = chat.log.get_by_role("timer")
    expect(face).to_have_text("10:00")

    chat.log.get_by_role("button", name="Start").click()
    chat.page.clock.run_for(61_000)
    chat.log.get_by_role("button", name="Pause").click()
    chat.page.clock.run_for(60_000)
    expect(face).to_have_text("8:59")

    chat.log.get_by_role("button", name="Reset").click()
    expect(face).to_have_text("10:00")


def test_without_javascript_the_emergency_numbers_and_warning_signs_are_there(
    new_page: NewPage, chat_url: str
) -> None:
    page = new_page(java_script_enabled=False)

    page.goto(chat_url)

    expect(page.get_by_role("link", name="911").first).to_be_visible()
    expect(page.get_by_role("heading", name="When to get emergency help")).to_be_visible()


def test_with_the_bot_down_the_advice_stays_and_trying_again_works(
    page: Page, chat_url: str
) -> None:
    page.route(HISTORY_ROUTE, lambda route: route.abort())
    page.goto(chat_url)
    advice = page.get_by_role("heading", name="When to get emergency help")
    retry = page.get_by_role("button", name="Try again")
    expect(retry).to_be_visible()
    expect(advice).to_be_visible()

    page.unroute(HISTORY_ROUTE)
    retry.click()

    expect(page.get_by_role("textbox")).to_be_visible()
    expect(advice).to_be_hidden()


def test_the_widget_opens_the_chat_on_another_page_and_loads_it_only_then(
    page: Page, chat_url: str
) -> None:
    host = urljoin(chat_url, "/a-gym")
    policy = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'"
    body = f'<!doctype html><title>A gym</title><script src="{chat_url}/widget.js" defer></script>'
    page.route(
        host,
        lambda route: route.fulfill(
            body=body, headers={"Content-Type": "text/html", "Content-Security-Policy": policy}
        ),
    )
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(host)
    launcher = page.get_by_role("link", name="Sore back")
    expect(launcher).to_be_visible()
    assert not [url for url in requested if "deepChat" in url]

    launcher.click()

    log = page.get_by_role("log")
    expect(log.locator(".message--bot").first).to_be_visible()
    page.get_by_role("textbox").press("Escape")
    expect(log).to_be_hidden()
    expect(launcher).to_be_focused()


def test_the_widgets_launcher_is_small(page: Page, chat_url: str) -> None:
    assert len(page.request.get(f"{chat_url}/widget.js").body()) <= 5_000


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_off_at_any_width(open_chat: Callable[..., ChatPage], width: int) -> None:
    chat = open_chat(viewport={"width": width, "height": 640})
    chat.say(SORE_BACK)
    chat.say("x" * 200)

    overflow = "element => element.scrollWidth - element.clientWidth"
    assert chat.page.locator("html").evaluate(overflow) == 0
    assert chat.log.evaluate(overflow) == 0
    for part in (chat.box, chat.page.get_by_role("button", name="Menu")):
        expect(part).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_a_conversation(
    open_chat: Callable[..., ChatPage], colours: str
) -> None:
    chat = open_chat(color_scheme=colours, reduced_motion="reduce")
    assert chat.accessibility_violations() == []

    chat.say(SORE_BACK)
    assert chat.accessibility_violations() == []

    chat.say(RED_FLAG)
    assert chat.accessibility_violations() == []


CARDS: list[dict[str, Any]] = [
    *(
        {
            "type": "assessment",
            "level": level,
            "title": "A title",
            "timeframe_text": "Soon",
            "reasons": [{"text": "A reason", "quote": "my words"}],
            "points": ["A point"],
            "check_again": "Tomorrow",
            "safety_net": "Get help if",
        }
        for level in ("SELF_CARE", "SEE_PROVIDER", "URGENT_SAME_DAY")
    ),
    {
        "type": "emergency",
        "title": "Now",
        "number": "911",
        "tel": "tel:911",
        "steps": ["Go"],
        "tell_staff": "This",
    },
    {
        "type": "emergency",
        "title": "Now",
        "number": None,
        "tel": None,
        "steps": ["Go"],
        "tell_staff": ["This"],
    },
    {
        "type": "stretch",
        "name": "Knee hug",
        "steps": ["Lie"],
        "dose": "5",
        "easier": "Less",
        "skip_if": ["No"],
    },
    {"type": "summary", "title": "Said", "rows": [{"label": "Pain", "value": "4"}]},
    {"type": "timer", "minutes": 10, "label": "Ice"},
    {"type": "pain_scale"},
]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_card(
    open_chat: Callable[..., ChatPage], colours: str
) -> None:
    chat = open_chat(
        color_scheme=colours, reduced_motion="reduce", viewport={"width": 390, "height": 6000}
    )
    answer_with(
        chat.page, *({"id": str(n), "text": "Words", "card": card} for n, card in enumerate(CARDS))
    )

    chat.say("hello")

    assert chat.log.locator(".card, .scale").count() == len(CARDS)
    assert chat.accessibility_violations() == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_dialogs_and_the_lost_line(
    open_chat: Callable[..., ChatPage], colours: str
) -> None:
    chat = open_chat(color_scheme=colours, reduced_motion="reduce")
    found = {}
    chat.open_menu()
    found["menu"] = chat.accessibility_violations()
    for name in ("When to get emergency help", "Delete my data", "About Backchat and its limits"):
        chat.page.get_by_role("button", name=name).click()
        found[name] = chat.accessibility_violations()
        chat.page.keyboard.press("Escape")
        chat.open_menu()
    chat.page.keyboard.press("Escape")
    chat.page.route(MESSAGE_ROUTE, lambda route: route.abort())
    chat.box.fill("hello")
    chat.box.press("Enter")
    chat.page.get_by_role("button", name="Try again").wait_for()
    found["lost line"] = chat.accessibility_violations()

    assert found == {name: [] for name in found}

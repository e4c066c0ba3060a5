"""What the cards show, and how they are used by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from stubbed_bot import MESSAGE_ROUTE, answer_with, card

if TYPE_CHECKING:
    from conftest import ChatPage

LEVELS = ("SELF_CARE", "SEE_PROVIDER", "URGENT_SAME_DAY")
REASON = {
    "text": "it has lasted more than two days",
    "quotes": ["four days"],
    "rule": "SS3_OVER_TWO_DAYS",
    "name": "Pain for more than two days",
    "sources": [
        {"title": "A leaflet", "url": "https://example.org/leaflet"},
        {"title": "A book", "url": None},
    ],
}
POINTS = [
    {"at": "2026-11-20T10:00:00+00:00", "pain": 7, "level": "URGENT_SAME_DAY"},
    {"at": "2026-11-22T10:00:00+00:00", "pain": 4, "level": "SEE_PROVIDER"},
    {"at": "2026-11-23T10:00:00+00:00", "pain": 2, "level": None},
]
TIMER = {
    "label": "10–15 minutes of ice",
    "minutes": 10,
    "least": 10,
    "most": 15,
    "rules": "- Wrap it in a towel.",
    "ask_first": "- you have a fever",
    "skin_check": "Half way. Look at your skin.",
    "done": "Time is up: take it off.",
}
CHOICES = [{"title": "Yesterday", "payload": "yesterday"}]
EVERY_CARD = [
    *(
        card(
            "assessment",
            level=level,
            title="A title",
            reasons=[REASON],
            points="- **Keep moving**: Walk a little.",
            safety_net="Get help if",
            folds_net=folds,
        )
        for level in LEVELS
        for folds in (False, True)
    ),
    card("note", title="So far", points="Keep moving.", check_again="Wednesday", safety_net="Net"),
    card("chart", points=POINTS),
    card("timer", **TIMER),
    card(
        "topics", title="Habits", items="- **Warm up**: Slowly.", warning_title="Ask", warning="x"
    ),
    {**card("duration", covers_buttons=True), "buttons": CHOICES},
    card("pain_scale"),
]


def shown(chat: ChatPage, *messages: dict[str, Any]) -> ChatPage:
    answer_with(chat.page, *messages)
    chat.say("hello")
    return chat


def test_levels_differ_by_word_icon_and_edge_and_not_by_colour_alone(chat: ChatPage) -> None:
    shown(chat, *(card("assessment", level=level, title="T") for level in LEVELS))

    cards = chat.log.locator(".card")
    words = chat.log.locator(".card__level").all_inner_texts()
    icons = cards.locator(".card__level path").evaluate_all(
        "all => all.map(e => e.getAttribute('d'))"
    )
    edges = cards.evaluate_all(
        "all => all.map(e => getComputedStyle(e)).map(s => s.borderLeftStyle + s.borderLeftWidth)"
    )
    assert len(set(words)) == len(set(icons)) == len(set(edges)) == len(LEVELS)


def test_a_reason_opens_its_rule_and_sources_without_a_turn(chat: ChatPage) -> None:
    shown(chat, card("assessment", level="SEE_PROVIDER", title="T", reasons=[REASON]))
    expect(chat.log.locator("q")).to_have_text("four days")
    source = chat.log.get_by_role("link", name="A leaflet")
    expect(source).to_be_hidden()
    turns = chat.person.count()

    why = chat.log.locator("summary").filter(has_text="Why?")
    why.focus()
    why.press("Enter")

    expect(source).to_have_attribute("href", "https://example.org/leaflet")
    expect(chat.log.get_by_text("SS3_OVER_TWO_DAYS")).to_be_visible()
    expect(chat.log.get_by_text("A book")).to_be_visible()
    assert chat.person.count() == turns


def test_the_safety_net_is_in_full_unless_it_may_fold(chat: ChatPage) -> None:
    full = card(
        "assessment", level="SELF_CARE", title="T", safety_net="Get help if", folds_net=False
    )
    again = card("assessment", level="SELF_CARE", title="T", safety_net="Once more", folds_net=True)
    shown(chat, full, again)

    expect(chat.log.get_by_text("Get help if")).to_be_visible()
    expect(chat.log.get_by_text("Once more")).to_be_hidden()
    chat.log.locator("summary").filter(has_text="emergency help").click()
    expect(chat.log.get_by_text("Once more")).to_be_visible()


def test_the_arrow_keys_choose_a_score_and_enter_sends_it(chat: ChatPage) -> None:
    shown(chat, card("pain_scale"))
    scores = chat.log.get_by_role("radio")
    expect(scores).to_have_count(11)
    turns = chat.person.count()

    scores.nth(3).focus()
    scores.nth(3).press("Space")
    scores.nth(3).press("ArrowRight")
    expect(scores.nth(4)).to_be_checked()
    expect(chat.log.get_by_role("button", name="Send 4 out of 10")).to_be_visible()
    assert chat.person.count() == turns

    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        scores.nth(4).press("Enter")
    assert request.value.post_data_json["text"] == "4/10"


def test_a_tap_on_a_score_sends_it(chat: ChatPage) -> None:
    shown(chat, card("pain_scale"))

    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        chat.log.get_by_role("radio", name="7").click()

    assert request.value.post_data_json["text"] == "7/10"


def test_the_day_and_time_picked_is_sent_in_hours_ago(chat: ChatPage) -> None:
    shown(chat, {**card("duration", covers_buttons=True), "buttons": CHOICES})
    chat.log.locator("summary").filter(has_text="Pick a day").click()
    picked = chat.page.evaluate(
        """() => {
          const then = new Date(Date.now() - 30 * 3600000);
          return new Date(then - then.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
        }"""
    )
    chat.log.get_by_label("Pick a day and time").fill(picked)

    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        chat.log.get_by_role("button", name="Use this").click()

    assert request.value.post_data_json["text"] == "It started 30 hours ago"


def test_a_moment_in_the_future_is_not_sent(chat: ChatPage) -> None:
    shown(chat, {**card("duration", covers_buttons=True), "buttons": CHOICES})
    chat.log.locator("summary").filter(has_text="Pick a day").click()
    turns = chat.person.count()

    chat.log.get_by_label("Pick a day and time").fill("2099-01-01T10:00")
    chat.log.get_by_role("button", name="Use this").click()

    expect(chat.log.get_by_label("Pick a day and time")).to_be_focused()
    assert chat.person.count() == turns


def test_the_choices_of_the_picker_answer_like_buttons(chat: ChatPage) -> None:
    shown(chat, {**card("duration", covers_buttons=True), "buttons": CHOICES})
    expect(chat.log.get_by_role("button", name="Yesterday")).to_have_count(1)

    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        chat.log.get_by_role("button", name="Yesterday").press("Enter")

    assert request.value.post_data_json["payload"] == "yesterday"


def test_the_timer_is_chosen_extended_and_reminds_half_way_and_at_the_end(chat: ChatPage) -> None:
    chat.page.clock.install()
    shown(chat, card("timer", **TIMER))
    face, status = chat.log.get_by_role("timer"), chat.log.locator(".timer__status")
    button = chat.log.get_by_role("button", name="1 minute more")

    button.click()
    expect(face).to_have_text("11:00")
    chat.page.clock.run_for(5_000)
    expect(face).to_have_text("11:00")

    chat.log.get_by_role("button", name="Start").click()
    chat.page.clock.run_for(5 * 60_000)
    expect(status).to_have_text("")
    chat.page.clock.run_for(61_000)
    expect(status).to_have_text("Half way. Look at your skin.")

    chat.log.get_by_role("button", name="Add 1 minute").click()
    chat.page.clock.run_for(6 * 60_000)
    expect(face).to_have_text("0:00")
    expect(status).to_have_text("Time is up: take it off.")


def test_the_timer_cannot_be_set_beyond_what_is_safe(chat: ChatPage) -> None:
    shown(chat, card("timer", **TIMER | {"minutes": 15}))

    expect(chat.log.get_by_role("button", name="1 minute more")).to_be_disabled()
    chat.log.get_by_role("button", name="Start").click()
    expect(chat.log.get_by_role("button", name="Add 1 minute")).to_be_disabled()


def test_a_running_timer_goes_when_help_is_urgent(chat: ChatPage) -> None:
    shown(chat, card("timer", **TIMER))
    chat.log.get_by_role("button", name="Start").click()

    chat.page.unroute(MESSAGE_ROUTE)
    chat.say("since just now I can't feel anything between my legs and my back hurts")

    expect(chat.log.locator(".card--emergency")).to_be_visible()
    expect(chat.log.get_by_role("timer")).to_have_count(0)


def test_the_chart_tells_levels_by_shape_and_has_a_table(chat: ChatPage) -> None:
    shown(chat, card("chart", points=POINTS))

    shapes = chat.log.locator(".chart .chart__marker").evaluate_all(
        "all => all.map(e => e.getAttribute('d'))"
    )
    assert len(set(shapes)) == len(POINTS)
    expect(chat.log.get_by_role("img", name="3 pain scores")).to_be_visible()
    chat.log.locator("summary").filter(has_text="table").click()
    rows = chat.log.get_by_role("row")
    expect(rows).to_have_count(len(POINTS) + 1)
    expect(rows.nth(1)).to_contain_text("7 out of 10")
    expect(rows.nth(1)).to_contain_text("Be seen today")


def test_long_advice_opens_on_request_but_its_warning_is_in_full(chat: ChatPage) -> None:
    topics = card(
        "topics",
        title="Medicine",
        items="- **One**: The label.",
        warning_title="Ask first if",
        warning="- you are pregnant",
    )
    shown(chat, topics)

    expect(chat.log.get_by_text("you are pregnant")).to_be_visible()
    expect(chat.log.get_by_text("The label.")).to_be_hidden()
    chat.log.locator("summary").filter(has_text="One").press("Enter")
    expect(chat.log.get_by_text("The label.")).to_be_visible()


def test_was_it_helpful_is_one_tap(chat: ChatPage) -> None:
    payload = '/give_feedback{"helpful":"yes","advice":"prevention"}'
    shown(chat, {"text": "Advice.", "buttons": [{"title": "This helped", "payload": payload}]})
    group = chat.log.get_by_role("group", name="Was this helpful?")

    with chat.page.expect_request(MESSAGE_ROUTE) as request:
        group.get_by_role("button", name="This helped").click()

    assert request.value.post_data_json["payload"] == payload


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_card_open_or_folded(
    open_chat: Callable[..., ChatPage], colours: str
) -> None:
    chat = open_chat(
        color_scheme=colours, reduced_motion="reduce", viewport={"width": 390, "height": 7000}
    )
    shown(chat, *EVERY_CARD)
    assert chat.log.locator(".card, .scale").count() == len(EVERY_CARD)
    assert chat.accessibility_violations() == []

    chat.log.locator("details").evaluate_all("all => all.forEach(e => (e.open = true))")
    assert chat.accessibility_violations() == []


def test_no_card_is_cut_off_at_320_pixels(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat(viewport={"width": 320, "height": 640})
    shown(chat, *EVERY_CARD)
    chat.log.locator("details").evaluate_all("all => all.forEach(e => (e.open = true))")

    overflow = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"
    assert chat.log.locator(".card, .scale").evaluate_all(overflow) == []

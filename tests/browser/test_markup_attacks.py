"""Hostile strings, said by the person and by the bot: all of them are shown, none of them acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from conftest import ChatPage

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//elsewhere.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<IMG SRC=javascript:alert(1)>",
    '"><svg onload=alert(1)>',
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=//elsewhere.example/x>",
    "<link rel=stylesheet href=//elsewhere.example/x.css>",
    "<style>* { background: url(//elsewhere.example/x) }</style>",
    "<base href=//elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example/'>",
    "<form action=//elsewhere.example/><input name=q autofocus onfocus=alert(1)></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<deep-chat connect='{}'></deep-chat>",
    "</p></div><b>bold</b>",
    "<!--><img src=x onerror=alert(1)>-->",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](java\tscript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[click](vbscript:msgbox(1))",
    "[click](//elsewhere.example/%0aalert)",
    "[click](blob:https://elsewhere.example/1)",
    '[a](https://example.org/"onmouseover=alert(1))',
    "![picture](https://elsewhere.example/x.png)",
    "**<img src=x onerror=alert(1)>** and [<b>x</b>](https://example.org)",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} #{alert(1)}",
    "\u202e<script>alert(1)</script>\u2066",
    'tel:1" onclick=alert(1) x="',
]
SUSPICIOUS = (
    "script, iframe, object, embed, base, meta, form, input, video, template, math, style, link,"
    " img:not(.picture), b, [onload], [onerror], [onclick], [onfocus], [onmouseover],"
    " [onbegin], [ontoggle], [srcdoc], [style]"
)
SAFE_LINKS = ("http:", "https:", "tel:", "mailto:")


def hostile_elements(page: Page) -> list[str]:
    """Return what stands in messages that we never put there, and links that lead astray."""
    found: list[str] = page.get_by_role("log").evaluate(
        """(log, [suspicious, schemes]) => {
          const messages = [...log.querySelectorAll(".message")];
          const elements = messages.flatMap((each) => [...each.querySelectorAll(suspicious)]);
          const links = messages.flatMap((each) => [...each.querySelectorAll("a")])
            .filter((link) => !schemes.includes(link.protocol));
          const pictures = messages.flatMap((each) => [...each.querySelectorAll("img")])
            .filter((picture) => new URL(picture.src).origin !== location.origin);
          return [...elements, ...links, ...pictures].map((each) => each.outerHTML);
        }""",
        [SUSPICIOUS, list(SAFE_LINKS)],
    )
    return found


def answer_with(page: Page, messages: list[dict[str, Any]]) -> None:
    """Let the page receive these messages for every further turn."""
    page.unroute("**/chat/message")
    page.route("**/chat/message", lambda route: route.fulfill(json={"messages": messages}))


def test_the_corpus_is_not_small() -> None:
    assert len(set(ATTACKS)) >= 30


def test_what_the_person_said_is_shown_literally_wherever_it_comes_from(
    open_chat: Callable[..., ChatPage],
) -> None:
    said = [
        {"id": str(number), "role": "person", "text": text, "card": None, "image": None}
        for number, text in enumerate(ATTACKS, 1)
    ]
    chat = open_chat()
    chat.page.route("**/chat/history", lambda route: route.fulfill(json={"messages": said}))
    chat.page.route("**/chat/events", lambda route: route.abort())

    chat.page.reload()

    expect(chat.person).to_have_count(len(ATTACKS))
    shown = chat.person.locator(".bubble").evaluate_all("all => all.map((p) => p.textContent)")
    assert shown == ATTACKS
    assert chat.person.locator(".bubble *").count() == 0
    assert hostile_elements(chat.page) == []


@pytest.mark.parametrize("first", range(0, len(ATTACKS), 10))
def test_what_the_person_types_is_echoed_literally(chat: ChatPage, first: int) -> None:
    answer_with(chat.page, [_bot("ok")])
    attacks = [each.replace("\t", " ") for each in ATTACKS[first : first + 10]]
    for text in attacks:
        chat.say(text)

    shown = chat.person.locator(".bubble").evaluate_all("all => all.map((p) => p.textContent)")
    assert shown == attacks
    assert hostile_elements(chat.page) == []


def _bot(text: str, **fields: Any) -> dict[str, Any]:
    return {"text": text, "buttons": [], "image": None, "card": None, **fields}


def _cards(text: str) -> list[dict[str, Any]]:
    """Return a card of each kind that holds nothing but the attack."""
    row = {"label": text, "value": text}
    return [
        {
            "type": "assessment",
            "level": "SEE_PROVIDER",
            "title": text,
            "timeframe_text": text,
            "reasons": [{"text": text, "quote": text}],
            "points": [text],
            "check_again": text,
            "safety_net": text,
        },
        {"type": "emergency", "title": text, "lead": text, "number": text, "tel": text, "why": text}
        | {"steps": [text], "tell_staff": [text]},
        {"type": "stretch", "name": text, "steps": [text], "dose": text, "easier": text}
        | {"skip_if": [text], "image": {"src": text, "alt": text}},
        {"type": "summary", "title": text, "rows": [row]},
        {"type": "timer", "minutes": 10, "label": text},
        {"type": text, "title": text},
    ]


@pytest.mark.parametrize("first", range(0, len(ATTACKS), 10))
def test_what_the_bot_says_in_texts_buttons_pictures_and_cards_never_acts(
    chat: ChatPage, first: int
) -> None:
    for number, text in enumerate(ATTACKS[first : first + 10]):
        button = {"title": text, "payload": text}
        messages = [
            _bot(text, id=f"{number}-t", buttons=[button], image=text),
            *(_bot("", id=f"{number}-{kind}", card=card) for kind, card in enumerate(_cards(text))),
        ]
        answer_with(chat.page, messages)
        chat.say("hello")

        assert hostile_elements(chat.page) == [], text
        titles = chat.log.locator("[data-answers] button").evaluate_all(
            "all => all.map((button) => button.textContent)"
        )
        assert text in titles
        for link in chat.log.locator(".message a").all():
            assert str(link.evaluate("link => link.protocol")) in SAFE_LINKS

"""The widget on a page of another site, under a strict Content-Security-Policy."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from hosting import HostSite, hosting
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

if TYPE_CHECKING:
    from conftest import NewPage

PATIENCE_MS = 30_000
SORE_BACK = "my lower back is sore since deadlifts yesterday"
HOSTILE_STYLE = """
html { font-size: 62.5%; }
* { --accent: red; --ink: red; --surface: red; letter-spacing: 9px !important; }
body * { all: unset; font-family: fantasy !important; text-transform: uppercase !important; }
body > div { display: none !important; transform: scale(0.1) !important; opacity: 0 !important; }
div, p, dialog { display: none !important; }
a { display: none !important; color: red !important; }
button { background: lime !important; height: 200px !important; }
"""
HOSTILE_SCRIPT = """
Array.prototype.polluted = function () {};
Object.prototype.alsoPolluted = "yes";
for (const name of ["start", "el", "api", "session", "panel"]) window[name] = "ours";
document.addEventListener("DOMContentLoaded", () => { window.ownNames = Object.keys(window); });
"""


@pytest.fixture
def site(allowed_origin: str, chat_url: str) -> Iterator[HostSite]:
    with hosting(allowed_origin, chat_url) as site:
        yield site


def launcher_of(page: Page) -> Locator:
    return page.locator("a.launcher")


def open_widget(page: Page, site: HostSite) -> Locator:
    """Load the host page, open the widget and return the log with the bot's first words."""
    page.goto(site.address)
    launcher_of(page).click()
    log = page.get_by_role("log")
    log.locator(".message--bot").first.wait_for()
    return log


def say(page: Page, text: str) -> None:
    log = page.get_by_role("log")
    before = log.locator(".message--bot").count()
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")
    log.locator(".message--bot").nth(before).wait_for()
    log.locator(".typing").wait_for(state="detached")


def violations_of(page: Page) -> list[str]:
    # Without `preload` axe adds no style element of its own, which the host's policy forbids.
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def console_of(page: Page) -> list[str]:
    lines: list[str] = []

    def note(message: ConsoleMessage) -> None:
        lines.append(message.text)

    page.on("console", note)
    return lines


def test_a_conversation_on_another_site_outlives_a_reload(page: Page, site: HostSite) -> None:
    log = open_widget(page, site)
    say(page, SORE_BACK)
    said = log.locator(".message").count()

    page.reload()
    launcher_of(page).click()

    expect(log.locator(".message--person")).to_contain_text([SORE_BACK])
    expect(log.locator(".message")).to_have_count(said)


def test_on_another_site_the_speaker_is_a_token_and_no_cookie_is_set(
    page: Page, site: HostSite
) -> None:
    with page.expect_request("**/chat/message") as request:
        open_widget(page, site)

    headers = request.value.all_headers()
    assert headers["authorization"].startswith("Bearer v1.")
    assert "cookie" not in headers
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.getItem('backchat.token')").startswith("v1.")


def test_what_is_said_in_one_tab_of_the_host_appears_in_the_other(
    page: Page, site: HostSite
) -> None:
    open_widget(page, site)
    other = page.context.new_page()
    log = open_widget(other, site)

    say(page, SORE_BACK)

    expect(log.locator(".message--person")).to_contain_text([SORE_BACK])
    expect(log.locator(".message")).to_have_count(
        page.get_by_role("log").locator(".message").count()
    )


def test_everything_but_the_launcher_is_loaded_when_it_is_opened(
    page: Page, site: HostSite, chat_url: str
) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(site.address)
    expect(launcher_of(page)).to_be_visible()
    page.wait_for_load_state("networkidle")

    ours = [url for url in loaded if url.startswith(chat_url)]
    assert ours == [f"{chat_url}/widget.js", f"{chat_url}/static/widget.css"]


def test_the_launcher_and_its_style_take_less_than_five_kilobytes(
    page: Page, chat_url: str
) -> None:
    parts = [
        page.request.get(f"{chat_url}/{name}").body() for name in ("widget.js", "static/widget.css")
    ]
    assert sum(len(gzip.compress(part)) for part in parts) <= 5_000


def test_a_hostile_host_page_cannot_bend_the_widget_and_is_not_bent_by_it(
    page: Page, site: HostSite
) -> None:
    page.set_viewport_size({"width": 1000, "height": 800})
    look = """element => { const style = getComputedStyle(element);
      return [style.fontSize, style.letterSpacing, style.textTransform, style.color, style.height,
              style.backgroundColor, style.display].join(" "); }"""
    log = open_widget(page, site)
    plain = [log.locator(".bubble").first.evaluate(look), log.locator(".chip").first.evaluate(look)]
    own_button = page.locator("main button")
    before = own_button.evaluate(look)

    site.style, site.script = HOSTILE_STYLE, HOSTILE_SCRIPT
    page.reload()
    page.wait_for_function("window.ownNames")
    untouched = own_button.evaluate(look)
    launcher_of(page).click()
    log.locator(".message--bot").first.wait_for()
    bent = [log.locator(".bubble").first.evaluate(look), log.locator(".chip").first.evaluate(look)]

    assert bent == plain
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    say(page, "hello")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("dialog", name="Menu")).to_be_visible()
    assert own_button.evaluate(look) == untouched != before
    names = page.evaluate("Object.keys(window).filter((name) => !window.ownNames.includes(name))")
    assert set(names) <= {"ownNames"}
    assert page.evaluate("window.start") == "ours"
    assert page.locator("head > style, head > link:not([href='/host.css'])").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("colour", "computed"),
    [
        ("#ffd400", "rgb(255, 212, 0)"),
        ("navy", "rgb(0, 0, 128)"),
        ("rgb(120 120 120)", "rgb(120, 120, 120)"),
    ],
)
def test_text_on_and_in_a_colour_of_the_hosts_stays_readable(
    new_page: NewPage, site: HostSite, colour: str, computed: str, scheme: str
) -> None:
    site.attributes = f'data-color="{colour}"'
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    log = open_widget(page, site)
    say(page, "hello")

    expect(log.locator(".bubble--person").last).to_have_css("background-color", computed)
    assert violations_of(page) == []


def test_the_launcher_wears_the_colour_of_a_css_variable_too(page: Page, site: HostSite) -> None:
    site.style = ":root { --backchat-color: #ffd400; }"
    page.goto(site.address)

    expect(launcher_of(page)).to_have_css("background-color", "rgb(255, 212, 0)")
    expect(launcher_of(page)).to_have_css("color", "rgb(0, 0, 0)")


def test_position_label_region_and_greeting_are_the_hosts_choice(
    page: Page, site: HostSite
) -> None:
    page.set_viewport_size({"width": 1000, "height": 800})
    site.attributes = (
        'data-position="left" data-label="Back hurts?" data-region="NZ"'
        ' data-greeting="Hello from <b>our gym</b>."'
    )
    log = open_widget(page, site)

    panel = page.get_by_role("dialog", name="Backchat").bounding_box()
    assert panel and panel["x"] < 100
    expect(log.locator(".message--bot").first).to_contain_text("Hello from <b>our gym</b>.")
    expect(page.locator("#emergency-link")).to_have_attribute("href", "tel:111")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("link", name="Back hurts?")).to_be_focused()


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("color", "url(https://elsewhere.example)"),
        ("color", "transparent"),
        ("position", "middle"),
        ("region", "Atlantis"),
        ("region", "constructor"),
        ("label", " "),
        ("greeting", "x" * 301),
    ],
)
def test_an_attribute_that_makes_no_sense_is_ignored_with_a_warning(
    page: Page, site: HostSite, attribute: str, value: str
) -> None:
    console = console_of(page)
    site.attributes = f'data-{attribute}="{value}"'
    page.goto(site.address)

    expect(page.get_by_role("link", name="Sore back? Chat with Backchat")).to_be_visible()
    expect(launcher_of(page)).to_have_css("background-color", "rgb(34, 101, 90)")
    page.wait_for_load_state("networkidle")
    assert [line for line in console if "is ignored" in line]


def test_a_site_that_was_not_allowed_is_led_to_the_full_page(
    browser: Browser, chat_url: str
) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    with hosting(f"http://localhost:{free_port()}", chat_url) as stranger:
        page.goto(stranger.address)
        launcher_of(page).click()
        page.wait_for_url(f"{chat_url}**")

    page.get_by_role("log").locator(".message--bot").first.wait_for()
    context.close()


def test_a_widget_that_cannot_load_says_whom_to_call(page: Page, site: HostSite) -> None:
    site.attributes = 'data-region="GB"'
    page.goto(site.address)
    expect(launcher_of(page)).to_be_visible()
    page.route("**/chat/**", lambda route: route.abort())

    launcher_of(page).click()

    expect(page.get_by_role("link", name="call 999")).to_have_attribute("href", "tel:999")
    expect(launcher_of(page)).to_be_visible()
    page.unroute("**/chat/**")
    launcher_of(page).click()
    page.get_by_role("log").locator(".message--bot").first.wait_for()


def test_escape_closes_the_panel_and_the_launcher_has_the_focus_again(
    page: Page, site: HostSite
) -> None:
    log = open_widget(page, site)
    expect(page.get_by_role("button", name="Close").first).to_be_focused()

    page.get_by_role("textbox").press("Escape")

    expect(log).to_be_hidden()
    expect(launcher_of(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(log).to_be_visible()


@pytest.mark.parametrize("size", [(320, 640), (640, 360), (1280, 800)])
def test_the_panel_fits_any_window_and_axe_finds_nothing_wrong(
    new_page: NewPage, site: HostSite, size: tuple[int, int]
) -> None:
    page = new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.goto(site.address)
    expect(launcher_of(page)).to_be_in_viewport(ratio=1)
    assert violations_of(page) == []

    open_widget(page, site)

    for name in ("Close", "Menu", "Send"):
        expect(page.get_by_role("button", name=name).first).to_be_in_viewport(ratio=1)
    assert violations_of(page) == []

"""From a response of the domain to Slack's messages, in Block Kit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from backchat.assistant.markup import split, written
from backchat.assistant.offers import reference
from backchat.assistant.portable import (
    Button,
    Document,
    Picture,
    Portable,
    card_of,
    portable,
)

LONGEST_SECTION = 3000
LONGEST_TITLE = 75
LONGEST_VALUE = 2000
LONGEST_ALT = 2000
BUTTONS_IN_A_ROW = 5

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Post:
    """One message.

    Attributes:
        text: In mrkdwn; what notifications and screen readers get.
        blocks: What is seen.
        image: A block shown above the others, or None.
        stretch: The stretch whose moving drawing is shown above the others, or None.
        alt: What image or drawing show, in words.
        document: The file that is posted with it, or None.
    """

    text: str
    blocks: tuple[Block, ...]
    image: Block | None = None
    stretch: str | None = None
    alt: str = ""
    document: Document | None = None

    @property
    def has_buttons(self) -> bool:
        """Whether there is something to press."""
        return bool(self._titles())

    @property
    def without_blocks(self) -> str:
        """The text with what could be pressed as a list, for when Slack takes no blocks."""
        return "\n".join([self.text, *(f"• {MRKDWN.plain(title)}" for title in self._titles())])

    def _titles(self) -> list[str]:
        rows = (block["elements"] for block in self.blocks if block["type"] == "actions")
        return [button["text"]["text"] for row in rows for button in row]


class Mrkdwn:
    """Slack's mrkdwn."""

    def plain(self, text: str) -> str:
        """Escape a text."""
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def bold(self, text: str) -> str:
        """Write in bold."""
        return f"*{text}*"

    def link(self, text: str, target: str) -> str:
        """Write a link."""
        return f"<{self.plain(target).replace('|', '%7C')}|{text}>"


MRKDWN = Mrkdwn()


def posts(response: Mapping[str, Any]) -> list[Post]:
    """Return the messages that say a response, in their order; the last has the buttons."""
    message = portable(response)
    text = _with_number_to_tap(message.text or _alt(message), card_of(response))
    said = [_said(each) for each in split(text, LONGEST_SECTION, _size)]
    said[-1] = replace(
        said[-1],
        blocks=(*said[-1].blocks, *rows(message.buttons)),
        document=message.document,
    )
    return [_illustrated(said[0], message.picture), *said[1:]]


def rows(buttons: Iterable[Button]) -> list[Block]:
    """Return buttons in rows."""
    elements = [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": shortened(each.title, LONGEST_TITLE)},
            "action_id": f"button-{number}",
            "value": _value(each.payload),
        }
        for number, each in enumerate(buttons)
    ]
    return [
        {"type": "actions", "elements": elements[start : start + BUTTONS_IN_A_ROW]}
        for start in range(0, len(elements), BUTTONS_IN_A_ROW)
    ]


def note(text: str) -> Block:
    """Return a small line of mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def drawing(file_id: str, alt: str) -> Block:
    """Return an image that Slack has."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": shortened(alt, LONGEST_ALT)}


def shortened(text: str, longest: int) -> str:
    """Return a text, or as much of it as fits."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _said(text: str) -> Post:
    mrkdwn = written(text, MRKDWN)
    section = {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}, "expand": True}
    return Post(mrkdwn, (section,))


def _illustrated(post: Post, picture: Picture | None) -> Post:
    if picture is None:
        return post
    alt = picture.alt or post.text
    if picture.stretch:
        return replace(post, stretch=picture.stretch, alt=alt)
    if not picture.source.startswith(("http://", "https://")):
        return post
    alt_text = shortened(alt, LONGEST_ALT)
    image = {"type": "image", "image_url": picture.source, "alt_text": alt_text}
    return replace(post, image=image, alt=alt)


def _with_number_to_tap(text: str, card: Mapping[str, Any]) -> str:
    """Return an emergency's text with its number as a link, where it is named first."""
    number, tel = card.get("number"), card.get("tel")
    if card.get("type") != "emergency" or not number or not tel or "(tel:" in text:
        return text
    return text.replace(number, f"[{number}](tel:{tel})", 1)


def _alt(message: Portable) -> str:
    """Return the text of a response that has none."""
    return (message.picture.alt if message.picture else "") or "…"


def _value(payload: str) -> str:
    return payload if len(payload) <= LONGEST_VALUE else reference(payload)


def _size(text: str) -> int:
    return len(written(text, MRKDWN))

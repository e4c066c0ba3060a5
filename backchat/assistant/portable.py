"""A response of the domain as any messenger can show it: text, buttons, a picture.

Responses carry their whole text outside their cards, for those who see no card. What a card offers
besides – a scale to press, answers within it – becomes buttons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PAIN_SCALE = "pain_scale"
_SCORES = range(11)
_DRAWING = re.compile(r"/drawings/([a-z0-9_]+)\.svg$")


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: what is seen of it, and what it sends."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture.

    Attributes:
        source: Its address, or the path on our own server.
        alt: What it shows, in words.
    """

    source: str
    alt: str = ""

    @property
    def stretch(self) -> str | None:
        """The id of the stretch that it draws, or None for any other picture."""
        found = _DRAWING.search(self.source)
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Document:
    """A file to keep."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Portable:
    """One message, whatever the messenger.

    Attributes:
        text: In simple markdown: ``**bold**``, lists, ``[links](https://…)``.
        buttons: To press, in their order.
        is_scale: Whether the buttons are the numbers of a scale.
        picture: Shown before the text, or None.
        document: Sent with the text, or None.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    is_scale: bool = False
    picture: Picture | None = None
    document: Document | None = None


def portable(response: Mapping[str, Any]) -> Portable:
    """Return a response without its card, and with all that the card offers."""
    card = card_of(response)
    return Portable(
        text=_text(response, card),
        buttons=tuple(buttons(response)),
        is_scale=card.get("type") == PAIN_SCALE,
        picture=_picture(response.get("image") or card.get("image")),
        document=_document(response.get("document")),
    )


def card_of(response: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the card of a response, or an empty one."""
    return (response.get("custom") or {}).get("card") or {}


def buttons(response: Mapping[str, Any]) -> Iterator[Button]:
    """Yield what a response offers to press.

    Offers within a card are among them, unless they only take the buttons' place on the page.
    """
    card = card_of(response)
    yield from _buttons(response.get("buttons") or ())
    if card.get("type") == PAIN_SCALE:
        yield from (Button(str(score), str(score)) for score in _SCORES)
    if not card.get("covers_buttons"):
        yield from _buttons(card.get("offers", {}).values())


def _buttons(described: Iterable[Mapping[str, str]]) -> Iterator[Button]:
    return (Button(str(each["title"]), str(each["payload"])) for each in described)


def _text(response: Mapping[str, Any], card: Mapping[str, Any]) -> str:
    """Return the response's text, or where it has none, every line of its card.

    Above the words of somebody other than the bot stands who they are.
    """
    text = str(response.get("text") or "") or "\n".join(_lines(card))
    author = (response.get("custom") or {}).get("author")
    return f"**{author}:**\n{text}" if author else text


def _lines(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _lines(each, str(key))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _lines(each, name)
    elif isinstance(value, str) and name not in ("type", "payload", "tel", "src"):
        yield value


def _picture(image: Any) -> Picture | None:
    if not image:
        return None
    if isinstance(image, Mapping):
        return Picture(str(image.get("src", "")), str(image.get("alt", "")))
    return Picture(str(image))


def _document(given: Mapping[str, str] | None) -> Document | None:
    if given is None:
        return None
    return Document(given["name"], given["media_type"], given["text"].encode())

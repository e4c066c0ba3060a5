"""From a response of the domain to calls of Telegram's Bot API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
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

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""In UTF-16 code units, as Telegram counts."""
LONGEST_CALLBACK_BYTES = 64
SCALE_ROW = 6
MOST_ROWS = 6
"""With more buttons than this two share a row."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API.

    Attributes:
        method: The method.
        fields: Its fields, without where to send.
        stretch: The stretch whose moving drawing goes with it, or None.
        document: The file that goes with it, or None.
        plain: The text in place of everything else, for when Telegram does not take the rest.
        optional: Whether the message is whole without it.
    """

    method: str
    fields: Mapping[str, Any]
    stretch: str | None = None
    document: Document | None = None
    plain: str = ""
    optional: bool = False


class TelegramHtml:
    """Telegram's HTML."""

    def plain(self, text: str) -> str:
        """Escape a text."""
        return escape(text, quote=False)

    def bold(self, text: str) -> str:
        """Write in bold."""
        return f"<b>{text}</b>"

    def link(self, text: str, target: str) -> str:
        """Write a link; Telegram links no ``tel:``, but finds numbers by itself."""
        if target.startswith("tel:"):
            return text
        return f'<a href="{escape(target)}">{text}</a>'


HTML = TelegramHtml()


def calls(response: Mapping[str, Any]) -> list[Call]:
    """Return the calls that say a response, in their order; the last text has the buttons."""
    message = portable(response)
    contact = _contact(card_of(response))
    return [*_picture(message), *_document(message), *_texts(message), *contact]


def keyboard(buttons: Iterable[Button], *, is_scale: bool = False) -> dict[str, Any] | None:
    """Return buttons one below the other, the numbers of a scale side by side; None for none."""
    keys = [{"text": each.title, "callback_data": callback_data(each.payload)} for each in buttons]
    width = SCALE_ROW if is_scale else 1 if len(keys) <= MOST_ROWS else 2
    rows = [keys[start : start + width] for start in range(0, len(keys), width)]
    return {"inline_keyboard": rows} if rows else None


def callback_data(payload: str) -> str:
    """Return a payload, or its reference where it is too long for Telegram."""
    fits = len(payload.encode()) <= LONGEST_CALLBACK_BYTES
    return payload if fits else reference(payload)


def _picture(message: Portable) -> list[Call]:
    """Return the call that shows the picture, with the text where it fits beneath."""
    picture = message.picture
    if picture is None:
        return []
    beneath = message.text if _fits_beneath(message) else picture.alt
    fields = {
        "caption": written(beneath, HTML),
        "parse_mode": "HTML",
        "reply_markup": _keyboard(message) if _fits_beneath(message) else None,
    }
    if picture.stretch:
        return [Call("sendAnimation", fields, stretch=picture.stretch, plain=beneath)]
    if _is_public(picture):
        return [Call("sendPhoto", {**fields, "photo": picture.source}, plain=beneath)]
    return [Call("sendMessage", _text_fields(beneath, fields["reply_markup"]), plain=beneath)]


def _document(message: Portable) -> list[Call]:
    """Return the call that sends the file, with the text where it fits beneath."""
    document = message.document
    if document is None:
        return []
    beneath = message.text if _fits_beneath(message) else document.name
    fields = {"caption": written(beneath, HTML), "parse_mode": "HTML"}
    return [Call("sendDocument", fields, document=document, plain=beneath)]


def _texts(message: Portable) -> list[Call]:
    is_said = (message.picture or message.document) and _fits_beneath(message)
    if not message.text or is_said:
        return []
    pieces = split(message.text, LONGEST_TEXT, _size)
    said = [Call("sendMessage", _text_fields(each), plain=each) for each in pieces]
    last = said[-1]
    with_buttons = {**last.fields, "reply_markup": _keyboard(message)}
    return [*said[:-1], replace(last, fields=with_buttons)]


def _text_fields(text: str, reply_markup: Any = None) -> dict[str, Any]:
    return {
        "text": written(text, HTML),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": reply_markup,
    }


def _contact(card: Mapping[str, Any]) -> list[Call]:
    """Return the number of an emergency as a contact: Telegram makes no short number a link."""
    if card.get("type") != "emergency" or not card.get("tel"):
        return []
    fields = {"phone_number": card["tel"], "first_name": card["number"]}
    return [Call("sendContact", fields, optional=True)]


def _keyboard(message: Portable) -> dict[str, Any] | None:
    return keyboard(message.buttons, is_scale=message.is_scale)


def _fits_beneath(message: Portable) -> bool:
    return 0 < _size(message.text) <= LONGEST_CAPTION


def _size(text: str) -> int:
    """Return the size of a text as Telegram counts it; marks make it no smaller."""
    return len(text.encode("utf-16-le")) // 2


def _is_public(picture: Picture) -> bool:
    return picture.source.startswith(("http://", "https://"))

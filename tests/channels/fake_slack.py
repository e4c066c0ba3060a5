"""A stand-in for Slack's Web API on loopback, as strict as the public documentation says.

It checks the token, required and unknown fields, the schema and limits of blocks, mrkdwn, and
whether the places, messages and files that a call names are known. Like Slack it answers 200 to
most errors.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import fake_api
from aiohttp import web
from fake_api import FakeApi, Fields, Refusal

TOKEN = "xoxb-a-token-of-the-tests"

_MARK = re.compile(
    r"<(?:(?P<to>(?:https?://|mailto:|tel:)[^<>|\s]+)(?:\|(?P<label>[^<>]+))?|@[UW]\w+)>"
)


def refusal(error: str, status: int = 200, retry_after: int | None = None) -> Refusal:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Refusal(status, {"ok": False, "error": error}, headers)


@dataclass
class Call(fake_api.Call):
    """One call that was taken."""

    ts: str = ""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return self.fields.get("blocks") or []

    @property
    def visible(self) -> str:
        sections = [b["text"]["text"] for b in self.blocks if b["type"] == "section"]
        text = self.fields.get("text") or self.fields.get("initial_comment") or ""
        return visible("\n".join(sections) or text)

    @property
    def offers(self) -> dict[str, str]:
        return {button["text"]["text"]: button["value"] for button in self.buttons}

    @property
    def has_number_to_tap(self) -> bool:
        return "<tel:" in json.dumps(self.blocks)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [e for b in self.blocks if b["type"] == "actions" for e in b["elements"]]


class FakeSlack(FakeApi[Call]):
    """The API."""

    METHODS: ClassVar[Fields] = {
        "chat.postMessage": {
            "channel": True, "text": False, "blocks": False, "thread_ts": False,
            "unfurl_links": False, "unfurl_media": False,
        },
        "chat.postEphemeral": {
            "channel": True, "user": True, "text": False, "blocks": False, "thread_ts": False,
        },
        "chat.update": {"channel": True, "ts": True, "text": False, "blocks": False},
        "users.info": {"user": True},
        "files.getUploadURLExternal": {"filename": True, "length": True, "alt_txt": False},
        "files.completeUploadExternal": {
            "files": True, "channel_id": False, "thread_ts": False, "initial_comment": False,
        },
    }  # fmt: skip
    GONE = refusal("channel_not_found")
    WRONG = refusal("msg_too_long")
    BROKEN = refusal("internal_error", 500)

    def __init__(self) -> None:
        super().__init__()
        self.timezones: dict[str, str] = {}
        self.processing = 0
        """How many more times a new file is refused because it is not processed yet."""
        self.uploads: dict[str, bytes] = {}
        self._files: dict[str, str] = {}

    @staticmethod
    def too_many(seconds: int) -> Refusal:
        return refusal("ratelimited", 429, seconds)

    def bad(self, description: str) -> Refusal:
        return refusal("invalid_arguments")

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/{method}", self.handle),
            web.post("/upload/{file}", self.upload),
        ]

    def check_caller(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise refusal("invalid_auth")

    async def read(self, request: web.Request) -> dict[str, Any]:
        return {name: _value(text) for name, text in (await request.post()).items()}

    def place_of(self, method: str, fields: Mapping[str, Any]) -> Any:
        if method == "chat.postMessage":
            return fields.get("channel")
        return fields.get("channel_id") if method == "files.completeUploadExternal" else None

    def take(self, method: str, fields: dict[str, Any]) -> tuple[Call, dict[str, Any]]:
        call = Call(method, fields)
        answer: dict[str, Any] = {}
        if method.startswith("chat."):
            answer = self._take_message(call)
        elif method == "users.info":
            answer = self._profile(fields["user"])
        elif method == "files.getUploadURLExternal":
            file_id = f"F{next(self.ids)}"
            self._files[file_id] = str(fields["length"])
            answer = {"file_id": file_id, "upload_url": f"{self.address}/upload/{file_id}"}
        else:
            for file in fields["files"]:
                if self._files.get(file["id"]) != "uploaded":
                    raise refusal("file_not_found")
                self._files[file["id"]] = "complete"
        return call, {"ok": True, **answer}

    async def upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        file_id = request.match_info["file"]
        if self._files.get(file_id) != str(len(content)):
            return web.Response(status=400)
        self._files[file_id] = "uploaded"
        self.uploads[file_id] = content
        return web.Response(text=f"OK - {len(content)}")

    def _take_message(self, call: Call) -> dict[str, Any]:
        fields = call.fields
        if not re.fullmatch(r"[CDGU]\w+", fields["channel"]):
            raise refusal("channel_not_found")
        if not fields.get("text") and not fields.get("blocks"):
            raise refusal("no_text")
        if len(fields.get("text", "")) > 40_000:
            raise refusal("msg_too_long")
        if "thread_ts" in fields and not re.fullmatch(r"\d+\.\d{6}", str(fields["thread_ts"])):
            raise refusal("invalid_thread_ts")
        visible(fields.get("text", ""))
        self._check_blocks(call.blocks)
        if call.method == "chat.update":
            if fields["ts"] not in {c.ts for c in self.of("chat.postMessage")}:
                raise refusal("message_not_found")
            return {"ts": fields["ts"]}
        call.ts = f"1790000000.{next(self.ids):06}"
        return {"channel": fields["channel"], "ts": call.ts}

    def _profile(self, user: str) -> dict[str, Any]:
        timezone = self.timezones.get(user)
        if timezone is None:
            raise refusal("missing_scope")
        return {"user": {"id": user, "tz": timezone, "tz_offset": 0}}

    def _check_blocks(self, blocks: list[dict[str, Any]]) -> None:
        if len(blocks) > 50:
            raise refusal("invalid_blocks")
        for block in blocks:
            try:
                check = getattr(self, f"_check_{block['type']}")
                known = check(block)
            except (AttributeError, KeyError, TypeError):
                raise refusal("invalid_blocks") from None
            if not known or set(block) - known - {"type", "block_id"}:
                raise refusal("invalid_blocks")

    def _check_section(self, block: dict[str, Any]) -> set[str]:
        text = block["text"]
        if set(text) != {"type", "text"} or text["type"] not in ("mrkdwn", "plain_text"):
            return set()
        if not 1 <= len(text["text"]) <= 3000:
            return set()
        visible(text["text"])
        return {"text", "expand"}

    def _check_context(self, block: dict[str, Any]) -> set[str]:
        texts = [element["text"] for element in block["elements"] if element["type"] == "mrkdwn"]
        return {"elements"} if 1 <= len(texts) <= 10 and all(map(visible, texts)) else set()

    def _check_actions(self, block: dict[str, Any]) -> set[str]:
        elements = block["elements"]
        names = [element["action_id"] for element in elements]
        if not 1 <= len(elements) <= 25 or len(set(names)) < len(names):
            return set()
        for element in elements:
            if (
                set(element) != {"type", "text", "action_id", "value"}
                or element["type"] != "button"
            ):
                return set()
            text = element["text"]
            if text["type"] != "plain_text" or not 1 <= len(text["text"]) <= 75:
                return set()
            if not 1 <= len(element["value"]) <= 2000 or len(element["action_id"]) > 255:
                return set()
        return {"elements"}

    def _check_image(self, block: dict[str, Any]) -> set[str]:
        if not 1 <= len(block["alt_text"]) <= 2000 or ("slack_file" in block) == (
            "image_url" in block
        ):
            return set()
        if "slack_file" in block and not self._is_ready(block["slack_file"]["id"]):
            return set()
        return {"slack_file", "image_url", "alt_text"}

    def _is_ready(self, file_id: str) -> bool:
        if self.processing:
            self.processing -= 1
            return False
        is_picture = self.uploads.get(file_id, b"")[:4] == b"GIF8"
        return is_picture and self._files.get(file_id) == "complete"


def visible(mrkdwn: str) -> str:
    """Return what is read of mrkdwn; raise where something in it is not escaped."""
    text = _MARK.sub(lambda found: found["label"] or found["to"] or "@somebody", mrkdwn)
    if re.search(r"[<>]|&(?!amp;|lt;|gt;)", text):
        raise refusal("invalid_blocks")
    return html.unescape(re.sub(r"\*(\S(?:.*?\S)?)\*", r"\1", text))


def _value(text: Any) -> Any:
    """Return lists and objects as such; everything else is text in a form."""
    if str(text)[:1] not in ("[", "{"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text

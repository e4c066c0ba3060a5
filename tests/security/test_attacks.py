"""What an attacker tries at a running bot, and what comes of it."""

from __future__ import annotations

import hashlib
import hmac
import http.server
import json
import re
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import target as target_module
from outcomes import Outcomes
from rasa import server as rasa_server
from serving import SECRET
from target import SLACK_SECRET, SLACK_TOKEN, TELEGRAM_SECRET, TELEGRAM_TOKEN, Target, until

from backchat.assistant.web.events import STREAMS_PER_PERSON

RED_FLAG = "my crotch is numb"
JSON = "application/json"


class Person:
    """Somebody with a token, and what is held about them."""

    def __init__(self, target: Target, said: str = "") -> None:
        self.target = target
        self.token = str(target.ask("POST", "/chat/session").body["token"])
        self.speaker = self.token.split(".")[1]
        if said:
            self.say(said)

    def say(self, text: str) -> target_module.Answer:
        return self.target.say(text, Authorization=f"Bearer {self.token}")

    def heard(self) -> list[str]:
        answer = self.target.ask("GET", "/chat/history", Authorization=f"Bearer {self.token}")
        return [each["text"] for each in answer.body["messages"] if each["role"] == "person"]


@pytest.fixture(scope="module")
def victim(target: Target) -> Person:
    return Person(target, "the zebrafinch is my secret")


def forgeries(victim: Person, other: str) -> list[str]:
    version, speaker, signature = victim.token.split(".")
    digest = hmac.new(b"", f"v1.{speaker}".encode(), hashlib.sha256).hexdigest()
    flipped = f"{signature[:-1]}{int(signature[-1], 16) ^ 1:x}"
    return [
        speaker,
        f"web-{speaker}",
        f"{version}.{speaker}",
        f"{version}.{speaker}.",
        f"{version}.{speaker}.{'0' * 64}",
        f"{version}.{speaker}.{flipped}",
        f"{version}.{speaker}.{signature.upper()}",
        f"{version}.{speaker}.{signature}.x",
        f"v2.{speaker}.{signature}",
        f"{version}.{speaker.upper()}.{signature}",
        f"{version}.{speaker}.{other.split('.')[2]}",
        f"{version}.{speaker}.{digest}",
        f"{version}.{speaker} .{signature}",
        f"{version}.{speaker}.{signature[:32]}",
        f"none.{speaker}.",
        "v1.\xff.\xfe",
        json.dumps({"sender": speaker}),
    ]


def test_no_forged_or_swapped_token_opens_a_conversation(
    target: Target, victim: Person, attacks: Outcomes
) -> None:
    forged = forgeries(victim, Person(target).token)
    guessed = [f"v1.{uuid.uuid4().hex}.{uuid.uuid4().hex * 2}" for _ in range(100)]
    for token in [*forged, *guessed]:
        for headers in (
            {"Cookie": f"backchat_session={token}"},
            {"Authorization": f"Bearer {token}"},
        ):
            assert target.ask("GET", "/chat/history", **headers).body == {"messages": []}
            assert target.ask("GET", "/chat/data", **headers).body == {}
            assert target.ask("DELETE", "/chat/data", **headers).body == {"deleted": {}}
            assert target.ask("GET", "/chat/events", **headers).status == 401
    assert victim.heard() == ["the zebrafinch is my secret"]
    attacks.add(
        "forged, swapped tokens", "history, data, erase, events", len(forged) * 8, "a stranger"
    )
    attacks.add("guessed tokens", "history, data, erase, events", len(guessed) * 8, "a stranger")


def test_a_token_that_was_erased_shows_nothing_when_it_is_replayed(
    target: Target, attacks: Outcomes
) -> None:
    person = Person(target, "something private")
    bearer = f"Bearer {person.token}"
    target.ask("DELETE", "/chat/data", Authorization=bearer)
    assert person.heard() == []
    assert target.ask("GET", "/chat/data", Authorization=bearer).body in (
        {},
        _nothing(target, bearer),
    )
    attacks.add("replayed tokens", "after the person erased everything", 2, "nothing is there")


def _nothing(target: Target, bearer: str) -> dict[str, list[Any]]:
    held = target.ask("GET", "/chat/data", Authorization=bearer).body
    return {table: [] for table in held}


@pytest.mark.parametrize("field", ["sender", "sender_id", "senderId", "conversation_id", "user"])
def test_nobody_speaks_for_others_by_a_field(
    target: Target, victim: Person, attacks: Outcomes, field: str
) -> None:
    body = json.dumps({"text": "planted", field: f"web-{victim.speaker}"}).encode()
    answer = target.ask(
        "POST", f"/chat/message?{field}=web-{victim.speaker}", body, Content_Type=JSON
    )
    assert answer.status == 400
    assert "planted" not in victim.heard()
    attacks.add("another's id in body and query", "POST /chat/message", 1, "400, names the field")


def test_typed_commands_are_only_words(target: Target, attacks: Outcomes) -> None:
    typed = [
        "/restart",
        "/session_start",
        "/back",
        "/action_listen",
        '/inform{"episode": {}}',
        '/affirm{"level": "SELF_CARE"}',
        "/deny@1.0",
        '\u200b/EXTERNAL_check_in{"check_in": 1}',
        "\u00a0/delete_data",
        "\x00/erase_me",
        "\uff0fdeny",
    ]
    for text in typed:
        person = Person(target, RED_FLAG)
        answer = person.say(text)
        assert answer.status == 200
        assert person.heard() == [RED_FLAG, text.replace("\x00", "")]
        assert "911" in answer.content.decode()
    attacks.add(
        "intents and slots typed",
        "after an emergency",
        len(typed),
        "only words; the emergency stands",
    )


def test_only_what_was_offered_can_be_pressed(target: Target, attacks: Outcomes) -> None:
    payloads = [
        "/affirm",
        "/deny",
        "/confirm_delete",
        '/inform{"level":"SELF_CARE"}',
        "/restart",
        "x",
    ]
    for payload in payloads:
        body = json.dumps({"payload": payload}).encode()
        assert target.ask("POST", "/chat/message", body, Content_Type=JSON).status == 400
    attacks.add("payloads nobody offered", "POST /chat/message", len(payloads), "400")


def test_no_door_of_rasas_is_open(target: Target, attacks: Outcomes) -> None:
    doors = {
        (method, re.sub(r"<[^>]*>", "x", "/" + route.path))
        for route in rasa_server.create_app().router.routes_all.values()
        for method in route.methods
        if route.path
    }
    doors |= {
        (method, path)
        for method in ("GET", "POST")
        for path in (
            "/webhook",
            "/actions",
            "/health",
            "/metrics",
            "/webhooks/rest/webhook",
            "/webhooks/socketio/",
            "/webhooks/callback/webhook",
            "/webhooks/web/message",
            "/webhooks/backchat.assistant.web.channel.WebInput/webhook",
            "/socket.io/?EIO=4&transport=polling",
            "/docs",
            "/openapi.json",
            "/.env",
            "/.git/config",
        )
    }
    assert len(doors) > 30
    for method, path in sorted(doors):
        assert target.ask(method, path, b"{}", Content_Type=JSON).status in (404, 405), path
    attacks.add("Rasa's API and others'", "every route of theirs", len(doors), "404 or 405")


def slack_headers(body: bytes, *, age: float = 0, secret: str = SLACK_SECRET) -> dict[str, str]:
    moment = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256)
    return {"X_Slack_Request_Timestamp": moment, "X_Slack_Signature": f"v0={digest.hexdigest()}"}


def test_only_signed_webhooks_are_heard(target: Target, attacks: Outcomes) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "x"}).encode()
    good = slack_headers(body)
    moment, signature = good["X_Slack_Request_Timestamp"], good["X_Slack_Signature"]
    forged: list[dict[str, str]] = [
        {},
        {"X_Slack_Signature": signature},
        {"X_Slack_Request_Timestamp": moment},
        {**good, "X_Slack_Request_Timestamp": str(int(moment) + 1)},
        {**good, "X_Slack_Signature": "v0=" + "0" * 64},
        {**good, "X_Slack_Signature": signature.removeprefix("v0=")},
        {**good, "X_Slack_Signature": "\xff"},
        {**good, "X_Slack_Request_Timestamp": "٣"},
        {**good, "X_Slack_Request_Timestamp": "1e9"},
        slack_headers(body, secret="another"),
        slack_headers(body, age=301),
        slack_headers(body, age=-301),
        slack_headers(body + b" "),
    ]
    for headers in forged:
        sent = {name: value.encode("utf-8").decode("latin-1") for name, value in headers.items()}
        for path in ("events", "interactive", "commands"):
            assert target.ask("POST", f"/webhooks/slack/{path}", body, **sent).status == 403
    assert target.ask("POST", "/webhooks/slack/events", body, **good).body == {"challenge": "x"}
    attacks.add("unsigned webhooks", "Slack: none, wrong, old, swapped", len(forged) * 3, "403")

    name = "X_Telegram_Bot_Api_Secret_Token"
    tokens = ["", "x", TELEGRAM_SECRET[:-1], TELEGRAM_SECRET + "x", TELEGRAM_SECRET.upper(), "\xff"]
    update = b'{"update_id": 1}'
    for token in tokens:
        answer = target.ask("POST", "/webhooks/telegram/webhook", update, **{name: token})
        assert answer.status == 403
    right = {name: TELEGRAM_SECRET}
    assert target.ask("POST", "/webhooks/telegram/webhook", update, **right).status == 200
    attacks.add("unsigned webhooks", "Telegram: none, wrong", len(tokens), "403")


def test_signed_nonsense_breaks_no_webhook(target: Target, attacks: Outcomes) -> None:
    bodies = [b"", b"[]", b"null", b'"x"', b"[" * 100_000, b"\xff", b'{"update_id": 1e999}', b"{}"]
    bodies += [b'{"update_id": 1, "message": {"from": {"id": 1e999}, "chat": {"id": 1e999}}}']
    for body in bodies:
        secret = {"X_Telegram_Bot_Api_Secret_Token": TELEGRAM_SECRET}
        assert target.ask("POST", "/webhooks/telegram/webhook", body, **secret).status < 500
        for path in ("events", "interactive", "commands"):
            answer = target.ask("POST", f"/webhooks/slack/{path}", body, **slack_headers(body))
            assert answer.status < 500
    attacks.add("broken webhooks", "signed, of every shape", len(bodies) * 4, "no 500")


def test_requests_that_are_none_are_refused(target: Target, attacks: Outcomes) -> None:
    head = b"POST /chat/message HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    raw = [
        b"\x00\x01\x02\xff\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200 + b"\r\n\r\n",
        b"GET /chat/health\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /chat/health HTTP/9.9\r\n\r\n",
        b"GET /chat/health HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /chat/health HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        head + b"Content-Length: abc\r\n\r\n{}",
        head + b"Content-Length: 99999999999\r\n\r\n{}",
        head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        head + b"Transfer-Encoding: chunked\r\n\r\nffffffffff\r\nabc\r\n",
        head + b"Expect: nothing\r\nContent-Length: 0\r\n\r\n",
    ]
    for request in raw:
        assert 400 <= target.send(request) < 500, request[:60]
    assert target.send(b"GET /chat/static/\xff HTTP/1.1\r\nHost: x\r\n\r\n") < 500
    attacks.add("broken HTTP", "raw bytes, lengths, chunks, heads", len(raw) + 1, "4xx")


def test_every_door_has_a_size(target: Target, attacks: Outcomes) -> None:
    doors = [
        ("POST", "/chat/message"),
        ("POST", "/chat/session"),
        ("POST", "/webhooks/telegram/webhook"),
        ("POST", "/webhooks/slack/events"),
        ("POST", "/webhooks/slack/interactive"),
        ("POST", "/webhooks/slack/commands"),
    ]
    for method, path in doors:
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n".encode()
        assert target.send(head) == 413
    attacks.add("too much", "3 MB at every door", len(doors), "413 before it is read")


def test_too_much_at_once_is_refused_but_danger_is_still_answered(
    tmp_path: Path, attacks: Outcomes
) -> None:
    limits = {"BACKCHAT_LIMIT_PER_PERSON": "5", "BACKCHAT_LIMIT_PER_ADDRESS": "40"}
    with target_module.running(tmp_path, **limits) as target:
        person = Person(target)
        answers = [person.say("which stretches help?") for _ in range(9)]
        assert [each.status for each in answers].count(429) >= 3
        refused = next(each for each in answers if each.status == 429)
        assert int(refused.headers["retry-after"]) > 0
        alarm = person.say(RED_FLAG)
        assert alarm.body["messages"][0]["card"]["type"] == "emergency"
        attacks.add("a flood", "one person's messages", 10, "429, danger answered all the same")

        strangers = [Person(target).say("hi") for _ in range(5)]
        crowd = [target.say("hi") for _ in range(40)]
        assert {each.status for each in strangers} == {200}
        assert {each.status for each in crowd} == {200, 429}
        alarm = target.say(RED_FLAG)
        assert (alarm.status, alarm.body["messages"][0]["card"]["type"]) == (429, "emergency")
        attacks.add("a flood", "one address, new people", 46, "429, danger answered all the same")


def test_nobody_takes_all_the_streams(target: Target, attacks: Outcomes) -> None:
    person, other = Person(target, "hello"), Person(target, "hello")
    tried = STREAMS_PER_PERSON + 3
    with ExitStack() as streams:
        statuses = [streams.enter_context(_stream(person)) for _ in range(tried)]
        assert statuses == [200] * STREAMS_PER_PERSON + [429] * 3
        assert streams.enter_context(_stream(other)) == 200
        assert person.say("hi").status == 200
    assert until(lambda: _opens_again(person)), "streams that were left are still counted"
    attacks.add(
        "open streams", "one person's, at the same time", tried, f"{STREAMS_PER_PERSON}, 429"
    )


@contextmanager
def _stream(person: Person) -> Iterator[int]:
    """Hold a stream open; give the status that it was opened with."""
    netloc = urlsplit(person.target.address).netloc
    with closing(http.client.HTTPConnection(netloc, timeout=30)) as connection:
        headers = {"Authorization": f"Bearer {person.token}"}
        connection.request("GET", "/chat/events", headers=headers)
        yield connection.getresponse().status


def _opens_again(person: Person) -> bool:
    with _stream(person) as status:
        return status == 200


def test_slow_requests_keep_nobody_else_waiting(target: Target, attacks: Outcomes) -> None:
    parts = urlsplit(target.address)
    slow = [socket.create_connection((parts.hostname, parts.port)) for _ in range(200)]
    try:
        for each in slow:
            each.sendall(b"POST /chat/message HTTP/1.1\r\nContent-Length: 60000\r\n\r\n{")
        assert target.say(RED_FLAG).status == 200
    finally:
        for each in slow:
            each.close()
    attacks.add("slow requests", "held open at the same time", len(slow), "others are answered")


def test_foreign_cookies_hide_neither_the_speaker_nor_a_danger(
    target: Target, attacks: Outcomes
) -> None:
    person = Person(target)
    foreign = ["a/b=1", 'x={"a":1}', "bad cookie", "expires=1", "a=b=c", "=", "\xff=1", '"', "(=)"]
    for cookie in foreign:
        answer = target.say(RED_FLAG, Cookie=f"{cookie}; backchat_session={person.token}; z=1")
        assert answer.status == 200
        assert "911" in answer.content.decode()
    assert len(person.heard()) == len(foreign)
    attacks.add("foreign and broken cookies", "beside ours", len(foreign), "the same person, 911")


def test_pages_of_others_can_do_nothing(target: Target, victim: Person, attacks: Outcomes) -> None:
    host = target.address.removeprefix("http://")
    origins = [
        "http://evil.example",
        "null",
        f"http://{host}.evil.example",
        f"http://evil.example/{host}",
        f"http://evil.example#{host}",
        host,
        "http://",
        "",
        "\xff",
    ]
    cookie = f"backchat_session={victim.token}"
    body = b'{"text": "planted"}'
    for origin in origins:
        for method, path in (
            ("POST", "/chat/message"),
            ("DELETE", "/chat/data"),
            ("GET", "/chat/data"),
        ):
            answer = target.ask(method, path, body, Origin=origin, Cookie=cookie, Content_Type=JSON)
            assert answer.status == 403
            assert "access-control-allow-origin" not in answer.headers
    kinds = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
    for kind in kinds:
        assert (
            target.ask("POST", "/chat/message", body, Content_Type=kind, Cookie=cookie).status
            == 415
        )
    assert victim.heard() == ["the zebrafinch is my secret"]
    attacks.add("cross-site requests", "other origins, with the cookie", len(origins) * 3, "403")
    attacks.add("cross-site requests", "forms without an origin", len(kinds), "415")


@pytest.mark.parametrize(
    "path",
    ["/chat/", "/chat/static/app.js", "/chat/history", "/chat/nothing", "/nothing", "/<script>"],
)
def test_every_answer_has_the_headers(target: Target, attacks: Outcomes, path: str) -> None:
    answer = target.ask("GET", path, Accept="text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<script>" not in answer.content.decode() or path == "/chat/"
    assert "sanic" not in answer.headers.get("server", "").lower()
    attacks.add("missing headers", "pages, files, API, errors", 1, "all there")


SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "{{constructor.constructor('alert(1)')()}}",
    "</title><svg onload=alert(1)>",
]


def test_scripts_come_back_to_nobody_but_as_json(target: Target, attacks: Outcomes) -> None:
    for script in SCRIPTS:
        person = Person(target)
        answer = person.say(f"my back hurts {script}")
        assert answer.headers["content-type"].startswith(JSON)
        assert script not in answer.content.decode()
        assert (
            target.ask("GET", f"/chat/{uuid.uuid4().hex}", Accept="text/html")
            .headers["content-type"]
            .startswith(JSON)
        )
        assert person.heard() == [f"my back hurts {script}"]
    attacks.add(
        "scripts in words", "answer and history", len(SCRIPTS), "JSON with nosniff, never echoed"
    )


SQL = [
    "'; DROP TABLE messages; --",
    "' OR '1'='1",
    '" OR ""="',
    "1); DELETE FROM people; --",
    "\\'; SELECT pg_sleep(10); --",
    "%' UNION SELECT text FROM messages --",
]


def test_sql_is_only_words(target: Target, victim: Person, attacks: Outcomes) -> None:
    for said in SQL:
        person = Person(target)
        bearer = f"Bearer {person.token}"
        body = json.dumps({"text": said, "id": said}).encode()
        sent = target.ask("POST", "/chat/message", body, Authorization=bearer, Content_Type=JSON)
        assert sent.status == 200
        assert person.heard() == [said]
        for odd in ({"timezone": said}, {"region": said}, {"payload": said}):
            wrong = json.dumps({"text": "hi", **odd}).encode()
            assert target.ask("POST", "/chat/message", wrong, Content_Type=JSON).status == 400
        stream = {"Last_Event_ID": said.replace("\n", " ")}
        assert target.ask("GET", "/chat/events", **stream).status == 401
    assert victim.heard() == ["the zebrafinch is my secret"]
    attacks.add(
        "SQL injection",
        "text, id, timezone, region, payload, event id",
        len(SQL) * 6,
        "words or 400",
    )


PATHS = [
    "../index.html",
    "..%2f..%2fsettings.py",
    "%2e%2e/%2e%2e/settings.py",
    "....//....//settings.py",
    "..\\..\\settings.py",
    "%00",
    "app.js%00.css",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "..%252f..%252fsettings.py",
    "%c0%ae%c0%ae/settings.py",
    "vendor/../../index.html",
    "render/../../../settings.py",
    ".",
    "",
]


def test_no_path_leads_out_of_the_files(target: Target, attacks: Outcomes) -> None:
    for path in PATHS:
        for folder in ("/chat/static/", "/chat/drawings/"):
            answer = target.ask("GET", folder + path)
            assert answer.status == 404, path
            assert b"BACKCHAT" not in answer.content
    attacks.add("path traversal", "files and drawings", len(PATHS) * 2, "404")


class Listener(http.server.BaseHTTPRequestHandler):
    """Counts who comes."""

    calls = 0

    def do_GET(self) -> None:
        Listener.calls += 1

    do_POST = do_HEAD = do_GET

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_no_address_in_a_request_is_visited(
    target: Target, listener: str, attacks: Outcomes
) -> None:
    person = Person(target)
    person.say(f"my back hurts, see {listener} and ![x]({listener}x.png)")
    headers = [
        "Host",
        "Referer",
        "X_Forwarded_Host",
        "X_Forwarded_For",
        "Forwarded",
        "X_Original_URL",
    ]
    for header in headers:
        assert target.ask("GET", "/chat/", **{header: listener}).status < 500
    for field in ("timezone", "region", "payload", "id"):
        body = json.dumps({"text": "hi", field: listener}).encode()
        target.ask("POST", "/chat/message", body, Content_Type=JSON)
    update = {
        "text": listener,
        "from": {"id": 1},
        "chat": {"id": 1, "type": "private"},
        "message_id": 1,
    }
    posted = json.dumps({"update_id": 77, "message": update}).encode()
    secret = {"X_Telegram_Bot_Api_Secret_Token": TELEGRAM_SECRET}
    target.ask("POST", "/webhooks/telegram/webhook", posted, **secret)
    target.ask("GET", listener)
    assert Listener.calls == 0
    tried = "text, fields, headers, request line, Telegram"
    attacks.add("server-side requests", tried, len(headers) + 7, "nobody was called")


def test_nothing_written_to_the_log_can_be_forged_or_tells_anything(
    target: Target, attacks: Outcomes
) -> None:
    """The last test here: it looks at what all the others left in the log too."""
    forged = 'x\r\nERROR forged {"level": "error"}\u2028zebrafinch'
    target.say(forged)
    target.ask("GET", "/chat/%0d%0aERROR%20forged%20zebrafinch")
    target.ask("GET", "/chat/", User_Agent="zebrafinch", Referer="http://zebrafinch")
    target.send(b"GET /zebrafinch\xff HTTP/1.1\r\nX: zebrafinch\r\n\r\n")
    assert until(lambda: '"turn"' in target.log.read_text())
    text = target.log.read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("backchat: ")]
    for line in lines:
        assert line.startswith("{"), line
        json.loads(line)
    assert "zebrafinch" not in text
    assert "forged" not in text.replace("forged_", "")
    for secret in (SECRET, TELEGRAM_SECRET, TELEGRAM_TOKEN, SLACK_SECRET, SLACK_TOKEN):
        assert secret not in text
    assert not re.search(r"v1\.[0-9a-f]{32}\.", text)
    attacks.add("log injection", "line ends in text, path, headers", 4, "every line is whole JSON")
    attacks.add(
        "secrets in the log", "after all these attacks", len(lines), "no secret, token or word"
    )

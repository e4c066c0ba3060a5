"""Who is speaking, what they may send, and what is held about them."""

from __future__ import annotations

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import Request, build_opener

import pytest
from visiting import Records, Visitor

JSON = {"Content-Type": "application/json"}


def headers_of(url: str) -> dict[str, str]:
    with build_opener().open(Request(url), timeout=30) as answer:
        return {name.lower(): value for name, value in answer.headers.items()}


def say_as(server: str, token: str, text: str) -> str | None:
    """Speak with a token; return the new one that the server issued, if it refused this one."""
    stranger = Visitor(server, cookies=CookieJar())
    stranger.request(
        "POST",
        "/chat/message",
        json.dumps({"text": text}).encode(),
        {**JSON, "Cookie": f"backchat_session={token}"},
    )
    return None if stranger.token == token else stranger.token


def test_the_cookie_is_signed_and_out_of_reach_of_scripts_and_other_sites(server: str) -> None:
    cookie = headers_of(f"{server}/chat/")["set-cookie"]
    assert re.match(r"backchat_session=v1\.[0-9a-f]{32}\.[0-9a-f]{64};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/chat" in cookie
    assert "Secure" not in cookie, "over plain HTTP the browser would never send it back"


def test_the_same_cookie_goes_on_with_the_conversation(visitor: Visitor) -> None:
    visitor.say("hi")
    token = visitor.token
    visitor.say("hi again")
    assert visitor.token == token
    assert [m["role"] for m in visitor.get("/chat/history").body["messages"]].count("person") == 2


@pytest.mark.parametrize("forgery", ["other speaker", "other signature", "no signature", "empty"])
def test_a_forged_cookie_is_a_stranger(server: str, records: Records, forgery: str) -> None:
    victim, attacker = Visitor(server), Visitor(server)
    victim.say("my crotch is numb")
    attacker.say("hi")
    version, speaker, signature = victim.token.split(".")
    token = {
        "other speaker": f"{version}.{speaker}.{attacker.token.split('.')[2]}",
        "other signature": f"{version}.{speaker}.{'0' * len(signature)}",
        "no signature": f"{version}.{speaker}",
        "empty": f"{version}.{speaker}.",
    }[forgery]
    issued = say_as(server, token, "let me in")
    assert issued is not None
    assert issued.split(".")[1] not in (speaker, token)
    assert "let me in" not in [message.text for message in records.messages(victim)]


def test_a_sender_in_the_body_is_refused(server: str, records: Records) -> None:
    victim, attacker = Visitor(server), Visitor(server)
    victim.say("hi")
    answer = attacker.send({"text": "I am the victim", "sender": victim.sender_id})
    assert answer.status == 400
    assert "sender" in answer.body["error"]
    assert len([m for m in records.messages(victim) if m.direction == "in"]) == 1


def test_a_retry_with_the_same_id_is_one_turn(visitor: Visitor, records: Records) -> None:
    visitor.say("my lower back is stiff since yesterday")
    first = visitor.say("no", id="retry-1")
    again = visitor.say("no", id="retry-1")
    assert again.body == first.body
    assert [m.text for m in records.messages(visitor) if m.direction == "in"].count("no") == 1


def test_retries_at_the_same_time_are_one_turn(visitor: Visitor, records: Records) -> None:
    visitor.say("hi")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: visitor.say("which stretches?", id="twice"), range(4)))
    assert all(answer.body == answers[0].body for answer in answers)
    logged = [m.text for m in records.messages(visitor) if m.direction == "in"]
    assert logged == ["hi", "which stretches?"]


def test_an_id_that_somebody_else_used_is_no_retry(server: str) -> None:
    one, other = Visitor(server), Visitor(server)
    one.say("hi")
    other.say("hi")
    first = one.say("which stretches?", id="same")
    second = other.say("what's the weather", id="same")
    assert first.body != second.body


def test_two_visitors_are_never_mixed(server: str, records: Records) -> None:
    one, other = Visitor(server), Visitor(server)
    one.say("my crotch is numb")
    other.say("my lower back is stiff since yesterday")
    assert "My advice stands" in one.say("thanks").text
    assert "My advice stands" not in other.say("thanks").text
    assert records.judgement(one).level == "EMERGENCY_NOW"
    assert records.judgement(other).level == "SELF_CARE"
    texts = [m["text"] for m in other.get("/chat/history").body["messages"]]
    assert "my crotch is numb" not in texts
    assert one.get("/chat/data").body != other.get("/chat/data").body


def test_the_history_tells_the_conversation_in_order(visitor: Visitor) -> None:
    opened = visitor.say("hi")
    pressed = visitor.press("/choose_check_symptoms")
    shown = visitor.get("/chat/history").body["messages"]
    assert [(m["role"], m["text"]) for m in shown] == [
        ("person", "hi"),
        ("bot", opened.messages[0]["text"]),
        ("person", "Check my symptoms now"),
        ("bot", pressed.messages[0]["text"]),
    ]
    assert shown[1]["buttons"] == opened.messages[0]["buttons"]


def test_a_stranger_has_no_history_and_no_data(server: str) -> None:
    assert Visitor(server).get("/chat/history").body == {"messages": []}
    assert Visitor(server).get("/chat/data").body == {}


def test_the_export_holds_what_was_said_and_how_it_was_judged(visitor: Visitor) -> None:
    visitor.say("my back has been hurting for a week")
    data = visitor.get("/chat/data").body
    assert [m["text"] for m in data["messages"] if m["direction"] == "in"] == [
        "my back has been hurting for a week"
    ]
    assert [each["level"] for each in data["assessments"]] == ["SEE_PROVIDER"]
    assert data["people"][0]["region"] == "US"


def test_deleting_leaves_nothing_in_either_database(visitor: Visitor, server_folder: Path) -> None:
    visitor.say("my lower back is stiff since the okapi workout yesterday")
    sender = visitor.sender_id
    deleted = visitor.request("DELETE", "/chat/data", None, {})

    assert deleted.status == 200
    assert deleted.body["deleted"]["sender_id"] == sender
    with closing(sqlite3.connect(server_folder / "tracker.sqlite3")) as tracker:
        events = "SELECT count(*) FROM events WHERE sender_id = ?"
        assert tracker.execute(events, (sender,)).fetchone() == (0,)
    with closing(sqlite3.connect(server_folder / "records.sqlite3")) as log:
        people = "SELECT count(*) FROM people WHERE sender_id = ?"
        assert log.execute(people, (sender,)).fetchone() == (0,)
        for table in ("messages", "assessments"):
            rows = log.execute(f"SELECT * FROM {table}").fetchall()
            assert not any("okapi" in str(row) for row in rows)
    assert visitor.get("/chat/history").body == {"messages": []}
    assert "My advice stands" not in visitor.say("thanks").text


def test_a_deleted_emergency_does_not_come_back(visitor: Visitor) -> None:
    visitor.say("my crotch is numb")
    visitor.request("DELETE", "/chat/data", None, {})
    assert not visitor.say("thanks").is_emergency


@pytest.mark.parametrize("path", ["/chat/", "/chat/health", "/chat/history", "/chat/widget.js"])
def test_every_answer_carries_the_security_headers(server: str, path: str) -> None:
    headers = headers_of(server + path)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_refusal_carries_the_security_headers(visitor: Visitor) -> None:
    answer = visitor.post(b"{}")
    assert answer.status == 400
    assert {"content-security-policy", "x-content-type-options"} <= {
        k.lower() for k in answer.headers
    }


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1.evil.example"]
)
def test_another_origin_may_not_send(visitor: Visitor, records: Records, origin: str) -> None:
    visitor.say("hi")
    answer = visitor.post(b'{"text": "planted"}', Origin=origin)
    assert answer.status == 403
    assert "origin" in answer.body["error"].lower()
    assert "planted" not in [message.text for message in records.messages(visitor)]


def test_our_own_origin_may_send(visitor: Visitor, server: str) -> None:
    assert visitor.post(b'{"text": "hi"}', Origin=server).status == 200


def test_a_payload_that_nobody_offered_is_refused(visitor: Visitor, records: Records) -> None:
    visitor.say("thanks")
    answer = visitor.press("/affirm")
    assert answer.status == 400
    assert "payload" in answer.body["error"]
    assert len([m for m in records.messages(visitor) if m.direction == "in"]) == 1


def test_a_payload_offered_to_somebody_else_is_refused(server: str) -> None:
    one, other = Visitor(server), Visitor(server)
    assert "/deny" in one.say("my lower back is stiff since yesterday").payloads
    other.say("hi")
    assert one.press("/deny").status == 200
    assert other.press("/deny").status == 400


def test_a_token_from_the_session_route_speaks_without_a_cookie(
    server: str, records: Records
) -> None:
    token = Visitor(server).request("POST", "/chat/session", None, {}).body["token"]
    speaker = Visitor(server, cookies=CookieJar())
    speaker.post(b'{"text": "hi from elsewhere"}', Authorization=f"Bearer {token}")
    assert speaker.token == token
    assert [m.text for m in records.messages(speaker) if m.direction == "in"] == [
        "hi from elsewhere"
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhooks/rest/webhook"),
        ("POST", "/webhook"),
        ("GET", "/conversations/default/tracker"),
        ("PUT", "/model"),
        ("GET", "/domain"),
    ],
)
def test_no_other_door_is_open(visitor: Visitor, method: str, path: str) -> None:
    request = Request(visitor.server + path, data=b"{}", headers=JSON, method=method)
    with pytest.raises(Exception, match="404"):
        build_opener().open(request, timeout=30)


def test_the_health_route_says_ready(visitor: Visitor) -> None:
    health = visitor.get("/chat/health")
    assert (health.status, health.body) == (200, {"status": "ready"})

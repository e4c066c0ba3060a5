from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from visiting import Visitor


def opened(server: str, cookie: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request("GET", "/chat/events", headers={"Cookie": cookie})
    return connection.getresponse()


def test_a_stranger_gets_no_events(server):
    assert opened(server, "backchat_session=v1.made.up").status == 401


def test_what_is_said_in_another_tab_is_pushed(server):
    visitor = Visitor(server)
    cookie = visitor.say("hello").headers["Set-Cookie"].partition(";")[0]
    events = opened(server, cookie)
    assert events.headers["Content-Type"].startswith("text/event-stream")
    assert events.readline().startswith(b": open")
    visitor.say("which stretches?")
    lines = (events.readline().decode() for _ in range(40))
    assert any("which stretches?" in line for line in lines if line.startswith("data:"))
    events.close()

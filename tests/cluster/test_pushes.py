"""What is said reaches the server that holds the person's stream, at once."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from visiting import Visitor

from backchat.assistant.web.events import POLL_SECONDS
from backchat.cluster.processes import ROOT, clean_environment
from backchat.cluster.topology import Cluster

AT_ONCE_SECONDS = POLL_SECONDS / 2
"""Well before a stream looks by itself."""


@contextmanager
def stream(visitor: Visitor) -> Iterator[http.client.HTTPResponse]:
    """A page's open stream; reading from it fails if nothing comes in time."""
    host = urlsplit(visitor.server).netloc
    with closing(http.client.HTTPConnection(host, timeout=AT_ONCE_SECONDS)) as connection:
        headers = {"Cookie": f"backchat_session={visitor.token}"}
        connection.request("GET", "/chat/events", headers=headers)
        answer = connection.getresponse()
        assert answer.readline() == b": open\n"
        yield answer


def next_text(answer: http.client.HTTPResponse) -> str:
    while line := answer.readline().decode():
        if line.startswith("data: "):
            text: str = json.loads(line.removeprefix("data: "))["text"]
            return text
    raise AssertionError("the stream ended")


def test_what_is_said_at_one_server_is_pushed_by_the_other(servers: list[str]) -> None:
    here = Visitor(servers[0])
    here.say("hi")
    with stream(Visitor(servers[1], cookies=here.cookies)) as answer:
        said = here.say("my lower back is sore since yesterday")
        assert next_text(answer) == "my lower back is sore since yesterday"
        assert next_text(answer) == said.messages[0]["text"]


def test_what_is_said_past_the_proxy_comes_through_it(cluster: Cluster, servers: list[str]) -> None:
    here = Visitor(servers[0])
    here.say("hi")
    with stream(Visitor(cluster.address, cookies=here.cookies)) as answer:
        here.say("thanks")
        assert next_text(answer) == "thanks"


def test_a_clinicians_reply_from_the_command_line_is_pushed(
    cluster: Cluster, servers: list[str]
) -> None:
    visitor = Visitor(servers[1])
    visitor.say("hi")
    with stream(visitor) as answer:
        answer.fp.raw._sock.settimeout(60)  # type: ignore[union-attr]
        reply(cluster, visitor.sender_id, "Please call us today.")
        assert "Please call us today." in next_text(answer)


def reply(cluster: Cluster, sender: str, text: str) -> None:
    settings = next(iter(cluster.servers.values())).environment
    subprocess.run(
        [sys.executable, "-m", "backchat", "people", "reply", sender, text],
        cwd=ROOT,
        env={**clean_environment(), **settings},
        check=True,
        capture_output=True,
        timeout=120,
    )

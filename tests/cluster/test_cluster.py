"""Two servers are one bot: whichever answers, and whichever of its parts is gone."""

from __future__ import annotations

import itertools
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import telegram_user
from fake_telegram import FakeTelegram
from probing import APOLOGY, until
from talking import SAID, Talker
from visiting import Answer, Records, Visitor

from backchat.cluster.topology import Cluster
from backchat.records import dialogues, open_engine

SORE = "my lower back is sore since deadlifts yesterday"
PAUSE_SECONDS = 0.5


class Roamer(Visitor):
    """A visitor whose every message goes to the next of several servers."""

    def __init__(self, servers: list[str]) -> None:
        super().__init__(servers[0])
        self._next = itertools.cycle(servers)

    def send(self, message: dict[str, Any]) -> Answer:
        self.server = next(self._next)
        return super().send(message)


@pytest.fixture
def turns(cluster: Cluster) -> Iterator[Callable[[str], list[str]]]:
    """The ids of the messages whose turns were run for a sender, in their order."""
    tracker = open_engine(cluster.tracker_url)

    def run_for(sender: str) -> list[str]:
        events = dialogues.export(tracker, sender)
        return [event["message_id"] for event in events if event["event"] == "user"]

    yield run_for
    tracker.dispose()


def all_answered(talkers: list[Talker], more: int) -> None:
    """Wait until everybody has been answered so many times more."""
    before = {talker: len(talker.answered) for talker in talkers}
    until(
        lambda: all(len(talker.answered) >= before[talker] + more for talker in talkers),
        "everybody to be answered",
    )


def server_of(cluster: Cluster, said: str) -> str:
    """Return the name of the server that ran the turn of a message, by its id in the log."""
    for service in cluster.servers.values():
        for line in service.log.read_text("utf-8").splitlines():
            if line.startswith("{") and json.loads(line).get("said") == int(said):
                return service.name
    raise AssertionError(f"no server ran the turn of message {said}")


def test_a_conversation_goes_on_at_another_server(servers: list[str], records: Records) -> None:
    roamer = Roamer(servers)
    first = roamer.say(SORE)
    assert first.question
    answers = [first, *roamer.finish(first)]

    assert all(answer.status == 200 and not answer.is_emergency for answer in answers)
    assert records.judgement(roamer).level == "SELF_CARE"
    histories = []
    for server in servers:
        roamer.server = server
        histories.append(roamer.get("/chat/history").body["messages"])
    assert histories[0] == histories[1]
    assert sum(message["role"] == "person" for message in histories[0]) == len(answers)


def test_a_flag_raised_at_one_server_stands_at_the_other(servers: list[str]) -> None:
    roamer = Roamer(servers)
    assert roamer.say("my crotch is numb and I can't pee").is_emergency
    answer = roamer.say("which stretches can I do?")
    assert "stretch" not in {(message["card"] or {}).get("type") for message in answer.messages}


def test_the_proxy_keeps_a_person_with_one_server_and_people_with_both(cluster: Cluster) -> None:
    visitors = [Visitor(cluster.address) for _ in range(8)]
    served = []
    for visitor in visitors:
        visitor.say("hi")
        said = [visitor.say(text).body["said"] for text in (SORE, "no")]
        served.append({server_of(cluster, each) for each in said})

    assert all(len(names) == 1 for names in served)
    assert len(set.union(*served)) == 2


def test_what_one_person_sends_to_both_servers_at_once_is_all_taken_once(
    servers: list[str], records: Records, turns: Callable[[str], list[str]]
) -> None:
    visitor = Visitor(servers[0])
    visitor.say("hi", id="first")
    keys = [f"m{number}" for number in range(10)]

    def say(number: int) -> Answer:
        same = Visitor(servers[number % 2], cookies=visitor.cookies)
        return same.say(SAID[number % len(SAID)], id=keys[number])

    with ThreadPoolExecutor(len(keys)) as pool:
        answers = list(pool.map(say, range(len(keys))))

    assert all(answer.status == 200 and answer.messages for answer in answers)
    assert Counter(turns(visitor.sender_id)) == Counter(["first", *keys])
    logged = records.messages(visitor)
    assert sum(message.direction == "in" for message in logged) == 1 + len(keys)


def test_messages_sent_to_two_servers_at_once_are_answered_once(
    servers: list[str], records: Records, turns: Callable[[str], list[str]]
) -> None:
    visitor = Visitor(servers[0])
    visitor.say("hi", id="first")
    both = [Visitor(server, cookies=visitor.cookies) for server in servers]

    keys = [f"twice-{number}" for number in range(5)]
    for key in keys:
        with ThreadPoolExecutor(2) as pool:
            one, other = pool.map(lambda each, key=key: each.say(SORE, id=key), both)
        assert [m["text"] for m in one.messages] == [m["text"] for m in other.messages]

    assert turns(visitor.sender_id) == ["first", *keys]
    texts = [message.text for message in records.messages(visitor)]
    assert texts.count(SORE) == len(keys)


def test_an_update_of_telegram_at_two_servers_at_once_is_answered_once(
    servers: list[str], telegram: FakeTelegram, turns: Callable[[str], list[str]]
) -> None:
    chat = 990_000_000 + uuid.uuid4().int % 1_000_000
    person = {"id": chat, "is_bot": False, "first_name": "T"}
    update = {
        "update_id": chat,
        "message": {
            "message_id": 1,
            "date": 1_800_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "T"},
            "from": person,
            "text": SORE,
        },
    }

    def deliver(server: str) -> None:
        until(lambda: telegram_user.post(server, update) == 200, "the update to be taken")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(deliver, servers))
    until(lambda: telegram.sent_to(chat), "an answer")
    deliver(servers[0])
    deliver(servers[1])

    texts = [call.visible for call in telegram.sent_to(chat)]
    assert len(texts) == len(set(texts))
    assert len(turns(f"telegram-{chat}")) == 1


def test_people_talk_on_when_a_server_is_killed_and_when_it_is_back(
    cluster: Cluster, records: Records, turns: Callable[[str], list[str]]
) -> None:
    talkers = [Talker(cluster.address, f"v{number}", PAUSE_SECONDS) for number in range(4)]
    killed = next(iter(cluster.servers.values()))
    try:
        for talker in talkers:
            talker.open()
            talker.start()
        all_answered(talkers, 3)
        killed.kill()
        all_answered(talkers, 4)
        killed.start()
        killed.wait()
        all_answered(talkers, 2)
    finally:
        for talker in talkers:
            talker.end()

    for talker in talkers:
        assert turns(talker.visitor.sender_id) == talker.answered
        logged = records.messages(talker.visitor)[-200:]
        said = [message.text for message in logged if message.direction == "in"]
        assert said == talker.said[-len(said) :]


def test_nobody_notices_that_an_action_server_is_killed(cluster: Cluster) -> None:
    first, _ = cluster.action_servers.values()
    visitor = Visitor(cluster.address)
    visitor.say("hi")
    first.kill()

    answers = [visitor.say(text) for text in SAID]

    assert all(answer.status == 200 and APOLOGY not in answer.text for answer in answers)
    assert Visitor(cluster.address).get("/chat/health").status == 200

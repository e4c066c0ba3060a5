"""One part of the cluster after the other is gone, or hangs: what people get, and how it ends."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from holding import held_elsewhere
from outcomes import Outcomes
from probing import APOLOGY, ORDINARY, Bot, until
from visiting import Records, Visitor

from backchat.assistant.shared_state.redis_locks import LEASE_SECONDS
from backchat.cluster.topology import Cluster


def is_refused(address: str) -> bool:
    """Say whether the proxy itself answers in place of its servers."""
    try:
        with urllib.request.urlopen(f"{address}/chat/health/live", timeout=30):
            return False
    except urllib.error.HTTPError as error:
        with error:
            return error.code == 503
    except OSError:
        return False


@pytest.fixture
def outcomes(request: pytest.FixtureRequest) -> Outcomes:
    return Outcomes("Faults", request)


@pytest.fixture
def bot(cluster: Cluster) -> Bot:
    """The cluster, as people reach it."""
    return Bot(cluster.address)


@contextmanager
def database_down(cluster: Cluster) -> Iterator[None]:
    cluster.database.stop()
    yield
    cluster.database.start()


@contextmanager
def database_hanging(cluster: Cluster) -> Iterator[None]:
    cluster.database.pause()
    yield
    cluster.database.resume()


@contextmanager
def redis_down(cluster: Cluster) -> Iterator[None]:
    cluster.redis.kill()
    yield
    cluster.redis.start()


@contextmanager
def redis_hanging(cluster: Cluster) -> Iterator[None]:
    cluster.redis.pause()
    yield
    cluster.redis.resume()


@contextmanager
def actions_down(cluster: Cluster) -> Iterator[None]:
    for server in cluster.action_servers.values():
        server.kill()
    yield
    for server in cluster.action_servers.values():
        server.start()


@contextmanager
def actions_hanging(cluster: Cluster) -> Iterator[None]:
    for server in cluster.action_servers.values():
        server.pause()
    yield
    for server in cluster.action_servers.values():
        server.resume()


FAULTS = {
    "database down in mid-conversation": database_down,
    "database hangs": database_hanging,
    "Redis down": redis_down,
    "Redis hangs": redis_hanging,
    "action servers down": actions_down,
    "action servers hang": actions_hanging,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_emergencies_are_answered_everything_else_is_apologised_for_and_it_recovers_by_itself(
    fault: str, cluster: Cluster, bot: Bot, records: Records, outcomes: Outcomes
) -> None:
    before = Visitor(cluster.address)
    acknowledged = before.say(ORDINARY[0])
    assert APOLOGY not in acknowledged.text

    with FAULTS[fault](cluster):
        until(lambda: bot.health == 503, "503")
        tried = bot.answers_emergencies()
        refused = bot.apologises()
        assert before.say("it is the same").status == 200

    bot.recovers()
    texts = [message.text for message in records.messages(before)]
    assert texts[0] == ORDINARY[0]
    assert acknowledged.messages[0]["text"] in texts
    bot.recovers(before)
    outcomes.add(fault, "red flag", tried, "emergency text")
    outcomes.add(fault, "anything else", refused, "apology with the emergency advice")
    outcomes.add(fault, "health, meanwhile and after", 2, "503, 200 by itself; nothing lost")


def test_a_flag_in_an_answer_is_seen_while_the_tracker_is_away(
    cluster: Cluster, outcomes: Outcomes
) -> None:
    visitor = Visitor(cluster.address)
    visitor.say(ORDINARY[0])
    with database_down(cluster):
        answer = visitor.say("no, but now both my legs are numb and weak")
    assert "911" in answer.messages[0]["text"]
    outcomes.add("database down in mid-conversation", "red flag in an answer", 1, "emergency text")


def test_the_lock_of_a_crashed_worker_delays_one_turn_and_loses_nothing(
    cluster: Cluster, records: Records, outcomes: Outcomes
) -> None:
    visitor = Visitor(cluster.address)
    visitor.say("hi")
    with held_elsewhere(cluster.redis_url, visitor.sender_id):
        pass

    answer = visitor.say(ORDINARY[0])

    assert APOLOGY not in answer.text
    assert [m.text for m in records.messages(visitor) if m.direction == "in"][-1] == ORDINARY[0]
    outcomes.add(
        "crashed worker holds a lock", "message", 1, f"answered after at most {LEASE_SECONDS:.0f} s"
    )


def test_a_red_flag_does_not_wait_for_the_lock_of_a_crashed_worker(
    cluster: Cluster, outcomes: Outcomes
) -> None:
    visitor = Visitor(cluster.address)
    visitor.say("hi")
    with held_elsewhere(cluster.redis_url, visitor.sender_id):
        answer = visitor.say("my crotch is numb and I can't pee")
    assert "911" in answer.messages[0]["text"]
    outcomes.add("lock that is never given back", "red flag", 1, "emergency text")


def test_when_all_servers_hang_the_proxy_says_so_until_one_is_back(
    cluster: Cluster, bot: Bot, outcomes: Outcomes
) -> None:
    for server in cluster.servers.values():
        server.pause()
    until(lambda: is_refused(cluster.address), "the proxy to find out")
    answer = Visitor(cluster.address).say(ORDINARY[0])
    assert answer.status == 503
    assert "emergency number" in answer.body["error"]

    next(iter(cluster.servers.values())).resume()
    bot.recovers()
    outcomes.add("all servers hang", "message", 1, "503 with the emergency advice, by the proxy")

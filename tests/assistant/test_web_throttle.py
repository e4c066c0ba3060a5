"""Where a request comes from, and how many may come from there."""

from __future__ import annotations

from ipaddress import ip_network
from types import SimpleNamespace
from typing import Any

import pytest

from backchat.assistant.shared_state.limits import LocalLimiter
from backchat.assistant.web.addresses import Addresses
from backchat.assistant.web.requests import BadRequest
from backchat.assistant.web.throttle import Throttle, TooMany, refusal

PROXY = "10.0.0.1"
ADDRESSES = Addresses([ip_network("10.0.0.0/8")])


def request(ip: str = "192.0.2.1", scheme: str = "http", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SimpleNamespace(ip=ip, scheme=scheme, headers=named)


@pytest.mark.parametrize(
    ("ip", "forwarded", "address"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (PROXY, "198.51.100.7", "198.51.100.7"),
        (PROXY, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (PROXY, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (PROXY, "", PROXY),
        (PROXY, "nonsense", "None"),
        (PROXY, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8::1", "", "2001:db8::/64"),
    ],
)
def test_only_trusted_proxies_are_believed(ip: str, forwarded: str, address: str) -> None:
    assert ADDRESSES.of(request(ip, x_forwarded_for=forwarded)) == address


@pytest.mark.parametrize(
    ("ip", "scheme", "forwarded", "encrypted"),
    [
        ("192.0.2.1", "https", "", True),
        ("192.0.2.1", "http", "https", False),
        (PROXY, "http", "https", True),
        (PROXY, "http", "http", False),
        (PROXY, "http", "", False),
    ],
)
def test_so_it_is_with_https(ip: str, scheme: str, forwarded: str, encrypted: bool) -> None:
    assert ADDRESSES.is_encrypted(request(ip, scheme, x_forwarded_proto=forwarded)) is encrypted


def throttle(per_person: int = 0, per_address: int = 0) -> Throttle:
    return Throttle(LocalLimiter(), ADDRESSES, per_person, per_address)


async def passed(limits: Throttle, sender: str, where: Any, times: int) -> int:
    """Return how many of so many messages were let through."""
    let_through = 0
    for _ in range(times):
        try:
            await limits.check_message(where, sender)
        except TooMany:
            continue
        let_through += 1
    return let_through


async def test_a_person_is_limited_wherever_they_are() -> None:
    limits = throttle(per_person=5)
    assert await passed(limits, "web-1", request("192.0.2.1"), 4) == 4
    assert await passed(limits, "web-1", request("192.0.2.2"), 4) == 1
    assert await passed(limits, "web-2", request("192.0.2.1"), 4) == 4


async def test_an_address_is_limited_whoever_is_there() -> None:
    limits = throttle(per_address=5)
    assert sum([await passed(limits, f"web-{each}", request(), 1) for each in range(9)]) == 5
    assert await passed(limits, "web-1", request("192.0.2.2"), 1) == 1


async def test_no_limit_is_no_limit() -> None:
    assert await passed(throttle(), "web-1", request(), 500) == 500


async def test_it_is_said_when_to_come_again() -> None:
    limits = throttle(per_person=1)
    await limits.check_message(request(), "web-1")
    with pytest.raises(TooMany) as refused:
        await limits.check_message(request(), "web-1")
    answer = refusal({"error": str(refused.value)}, refused.value)
    assert answer.status == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Retry-After" not in refusal({}, BadRequest(400, "No.")).headers

"""From which address a request comes, and how, when proxies stand in between."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from sanic.request import Request

Network = IPv4Network | IPv6Network
ONE_HOUSEHOLD = 64
"""The bits of an IPv6 address that name a connection; one household has all the rest."""


class Addresses:
    """Believes what trusted proxies say of a request, and nobody else.

    Args:
        trusted: The proxies' addresses.
    """

    def __init__(self, trusted: Collection[Network]) -> None:
        self._trusted = tuple(trusted)

    def of(self, request: Request) -> str:
        """Return the nearest address that is no trusted proxy; of IPv6, its network."""
        nearest = _parsed(request.ip)
        for said in reversed(_said(request, "x-forwarded-for")):
            if nearest is None or not self._is_trusted(nearest):
                break
            nearest = _parsed(said)
        if isinstance(nearest, IPv6Address):
            return str(ip_network((nearest, ONE_HOUSEHOLD), strict=False))
        return str(nearest)

    def is_encrypted(self, request: Request) -> bool:
        """Say whether the person's browser speaks HTTPS, with us or with a trusted proxy."""
        peer = _parsed(request.ip)
        if peer is not None and self._is_trusted(peer):
            return _said(request, "x-forwarded-proto")[-1:] == ["https"]
        return bool(request.scheme == "https")

    def _is_trusted(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._trusted)


def _said(request: Request, header: str) -> list[str]:
    return [each.strip() for each in request.headers.get(header, "").split(",") if each.strip()]


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None

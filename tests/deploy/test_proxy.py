"""The proxy takes its configuration with what compose and Kubernetes give it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from manifests import DEPLOY, composed, environment_of, pods, tool

Variables = dict[str, str]


def in_compose() -> Variables:
    found: Variables = composed()["services"]["proxy"]["environment"]
    return found


def in_kubernetes() -> Variables:
    return environment_of(pods()["proxy"]["spec"]["containers"][0])


@pytest.fixture(params=[in_compose, in_kubernetes], ids=["compose", "kubernetes"])
def variables(request: pytest.FixtureRequest, tmp_path: Path) -> Variables:
    return {**request.param(), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}


def asked(node: Any, name: str) -> list[Any]:
    """Every value of a name, however deep."""
    if isinstance(node, list):
        return [found for each in node for found in asked(each, name)]
    if not isinstance(node, dict):
        return []
    inner = [found for each in node.values() for found in asked(each, name)]
    return ([node[name]] if name in node else []) + inner


def test_it_is_valid_and_formatted(variables: Variables) -> None:
    file = DEPLOY / "Caddyfile"
    checked = tool("caddy", "validate", "--config", file, **variables)
    formatted = tool("caddy", "fmt", "--diff", file, **variables)

    assert not checked.returncode, checked.stderr
    assert not formatted.returncode, formatted.stdout


def test_it_leads_to_every_server_and_drops_the_dead(variables: Variables) -> None:
    adapted = tool("caddy", "adapt", "--config", DEPLOY / "Caddyfile", **variables)
    configuration = json.loads(adapted.stdout)
    [upstreams] = asked(configuration, "upstreams")
    [active] = asked(configuration, "active")

    assert [each["dial"] for each in upstreams] == variables["BACKCHAT_SERVERS"].split()
    assert active["uri"] == "/chat/health/live"


def test_behind_another_proxy_it_believes_that_one_who_people_are(variables: Variables) -> None:
    adapted = tool("caddy", "adapt", "--config", DEPLOY / "Caddyfile", **variables)
    [trusted] = asked(json.loads(adapted.stdout), "trusted_proxies")

    assert trusted["ranges"] == [variables.get("BACKCHAT_BEHIND", "127.0.0.0/8")]

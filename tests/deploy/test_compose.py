"""The compose file, checked and completed by docker-compose itself."""

from __future__ import annotations

from typing import Any

import pytest
from manifests import DEPLOY, GIVEN, compose, composed

from backchat.cli import _COMMANDS
from backchat.settings import Settings

OURS = ("server-1", "server-2", "actions-1", "actions-2", "migrate")

Services = dict[str, Any]


@pytest.fixture(scope="module")
def services() -> Services:
    found: Services = composed()["services"]
    return found


def backchat(variables: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if name.startswith("BACKCHAT_")}


@pytest.mark.parametrize("missing", GIVEN)
def test_it_does_not_start_without_what_must_be_given(missing: str) -> None:
    done = compose({name: value for name, value in GIVEN.items() if name != missing})

    assert done.returncode
    assert missing in done.stderr


def test_the_example_names_all_that_must_be_given() -> None:
    lines = (DEPLOY / ".env.example").read_text(encoding="utf-8").splitlines()
    names = [line.split("=")[0] for line in lines if "=" in line and not line.startswith("#")]

    assert names[: len(GIVEN)] == list(GIVEN)


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_has_settings_that_the_bot_accepts(name: str, services: Services) -> None:
    settings = Settings.from_environment(backchat(services[name]["environment"]))

    assert settings.redis_url
    assert settings.database_url.startswith("postgresql://")
    assert settings.log_format == "json"
    assert services[name]["command"][0] in _COMMANDS


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_has_no_rights_that_it_does_not_need(
    name: str, services: Services
) -> None:
    service = services[name]

    assert service["read_only"]
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "volumes" not in service


def test_the_servers_are_those_that_the_proxy_knows(services: Services) -> None:
    servers = sorted(name for name in services if name.startswith("server-"))
    known = services["proxy"]["environment"]["BACKCHAT_SERVERS"].split()

    assert len(servers) == 2
    assert known == [f"{name}:5005" for name in servers]


def test_the_action_servers_are_those_that_the_servers_know(services: Services) -> None:
    actions = sorted(name for name in services if name.startswith("actions-"))
    port = services["actions-1"]["environment"]["BACKCHAT_PORT"]
    known = services["server-1"]["environment"]["BACKCHAT_ACTION_URL"].split(",")

    assert len(actions) == 2
    assert known == [f"http://{name}:{port}/webhook" for name in actions]


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    everything = composed("--profile", "watch")["services"]
    public = {
        name
        for name, service in everything.items()
        for port in service.get("ports", ())
        if port.get("host_ip") != "127.0.0.1"
    }

    assert public == {"proxy"}


def test_databases_and_actions_have_no_way_out_and_the_proxy_none_to_them(
    services: Services,
) -> None:
    assert composed()["networks"]["back"]["internal"]
    for name in ("postgres", "redis", "actions-1", "actions-2", "migrate"):
        assert list(services[name]["networks"]) == ["back"]
    assert list(services["proxy"]["networks"]) == ["front"]


def test_the_servers_believe_the_proxys_network_and_no_other(services: Services) -> None:
    [range_] = composed()["networks"]["front"]["ipam"]["config"]

    assert services["server-1"]["environment"]["BACKCHAT_TRUSTED_PROXIES"] == range_["subnet"]


def test_the_tables_are_there_before_the_servers(services: Services) -> None:
    for name in ("server-1", "server-2", "actions-1", "actions-2"):
        waits = services[name]["depends_on"]["migrate"]
        assert waits["condition"] == "service_completed_successfully"


def test_what_has_to_last_is_in_volumes(services: Services) -> None:
    kept = {
        volume["source"]
        for service in services.values()
        for volume in service.get("volumes", ())
        if volume["type"] == "volume"
    }

    assert {"postgres", "certificates"} <= kept

"""The Kubernetes manifests: valid by Kubernetes' own schemas, and in agreement with each other."""

from __future__ import annotations

from typing import Any

import kubernetes_validate
import pytest
from manifests import DEPLOY, environment_of, kustomization, name_of, object_of, objects, pods

from backchat.cli import _COMMANDS
from backchat.settings import Settings

VERSION = "1.28"
OURS = ("server", "actions", "migrate")


def container(name: str) -> dict[str, Any]:
    [only] = pods()[name]["spec"]["containers"]
    return only


def labels(name: str) -> dict[str, str]:
    found: dict[str, str] = pods()[name]["metadata"]["labels"]
    return found


@pytest.mark.parametrize("manifest", objects(), ids=name_of)
def test_every_object_is_valid_and_has_no_field_that_kubernetes_does_not_know(
    manifest: dict[str, Any],
) -> None:
    kubernetes_validate.validate(manifest, VERSION, strict=True)


def test_the_schemas_notice_a_misspelt_field() -> None:
    manifest = object_of("Deployment", "actions")
    manifest["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(manifest, VERSION, strict=True)


def test_the_kustomization_has_every_manifest_and_the_proxys_configuration() -> None:
    there = {f"kubernetes/{file.name}" for file in (DEPLOY / "kubernetes").glob("*.yaml")}
    generated = {each["name"]: each for each in kustomization()["configMapGenerator"]}

    assert set(kustomization()["resources"]) == there
    assert generated["caddyfile"]["files"] == ["Caddyfile"]
    assert (DEPLOY / "Caddyfile").exists()


def test_the_kustomization_has_no_field_that_kustomize_does_not_know() -> None:
    known = {
        "apiVersion", "kind", "namespace", "resources", "labels", "images", "configMapGenerator",
    }  # fmt: skip
    names = {each["image"] for pod in pods().values() for each in pod["spec"]["containers"]}

    assert kustomization().keys() == known
    assert kustomization()["kind"] == "Kustomization"
    assert {image["name"] for image in kustomization()["images"]} <= names


def test_every_configuration_that_a_pod_takes_is_generated() -> None:
    generated = {each["name"] for each in kustomization()["configMapGenerator"]}
    taken = {
        source["configMapRef"]["name"]
        for name in OURS
        for source in container(name)["envFrom"]
        if "configMapRef" in source
    } | {
        volume["configMap"]["name"]
        for pod in pods().values()
        for volume in pod["spec"]["volumes"]
        if "configMap" in volume
    }

    assert taken == generated


@pytest.mark.parametrize("name", OURS)
def test_a_container_of_ours_runs_a_command_with_settings_that_the_bot_accepts(name: str) -> None:
    settings = Settings.from_environment(environment_of(container(name)))

    assert settings.log_format == "json"
    assert container(name)["args"][0] in _COMMANDS
    assert pods()[name]["spec"]["enableServiceLinks"] is False


@pytest.mark.parametrize("name", [*OURS, "proxy"])
def test_no_container_has_rights_that_it_does_not_need(name: str) -> None:
    pod = pods()[name]["spec"]
    rights = container(name)["securityContext"]

    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert rights["readOnlyRootFilesystem"]
    assert rights["allowPrivilegeEscalation"] is False
    assert rights["capabilities"] == {"drop": ["ALL"]}
    assert {"cpu", "memory"} == set(container(name)["resources"]["requests"])
    assert "memory" in container(name)["resources"]["limits"]


@pytest.mark.parametrize("name", ["server", "actions", "proxy"])
def test_what_serves_is_probed_at_a_port_that_it_has(name: str) -> None:
    ports = {port["name"] for port in container(name)["ports"]}
    for probe in ("readinessProbe", "livenessProbe"):
        [asked] = (
            container(name)[probe].get(how)
            for how in ("httpGet", "tcpSocket")
            if how in container(name)[probe]
        )
        assert asked["port"] in ports


def test_a_server_counts_once_everything_answers_and_then_for_as_long_as_it_is_alive() -> None:
    server = container("server")
    paths = [
        server[p]["httpGet"]["path"] for p in ("startupProbe", "readinessProbe", "livenessProbe")
    ]

    assert paths == ["/chat/health", "/chat/health/live", "/chat/health/live"]


def test_the_proxy_knows_as_many_servers_as_the_autoscaler_may_start() -> None:
    most = object_of("HorizontalPodAutoscaler", "server")["spec"]["maxReplicas"]
    known = environment_of(container("proxy"))["BACKCHAT_SERVERS"].split()
    service = object_of("StatefulSet", "server")["spec"]["serviceName"]

    assert known == [f"server-{number}.{service}:5005" for number in range(most)]


def test_the_servers_find_the_action_servers() -> None:
    [port] = object_of("Service", "actions")["spec"]["ports"]
    url = environment_of(container("server"))["BACKCHAT_ACTION_URL"]

    assert url == f"http://actions:{port['port']}/webhook"
    assert environment_of(container("actions"))["BACKCHAT_PORT"] == str(port["port"])


@pytest.mark.parametrize("service", ["server", "actions", "proxy"])
def test_a_service_leads_to_the_pods_of_its_name_at_ports_that_they_have(service: str) -> None:
    spec = object_of("Service", service)["spec"]
    ports = {port["name"] for port in container(service)["ports"]}

    assert spec["selector"].items() <= labels(service).items()
    assert {port["targetPort"] for port in spec["ports"]} <= ports


@pytest.mark.parametrize("name", ["server", "actions", "proxy"])
def test_what_serves_survives_the_loss_of_a_machine(name: str) -> None:
    kind = "StatefulSet" if name == "server" else "Deployment"
    budget = object_of("PodDisruptionBudget", name)["spec"]

    assert object_of(kind, name)["spec"]["replicas"] >= 2
    assert budget["minAvailable"] == 1
    assert budget["selector"]["matchLabels"].items() <= labels(name).items()


@pytest.mark.parametrize("name", ["server", "actions"])
def test_an_autoscaler_scales_something_that_asks_for_processor_time(name: str) -> None:
    scaler = object_of("HorizontalPodAutoscaler", name)["spec"]
    target = scaler["scaleTargetRef"]

    assert object_of(target["kind"], target["name"])
    assert scaler["minReplicas"] >= 2
    assert container(name)["resources"]["requests"]["cpu"]


def test_nobody_reaches_a_server_but_the_proxy_and_the_monitoring() -> None:
    closed = object_of("NetworkPolicy", "nobody")["spec"]
    by_proxy, by_monitoring = object_of("NetworkPolicy", "to-server")["spec"]["ingress"]
    [from_proxy] = by_proxy["from"]

    assert closed == {"podSelector": {}, "policyTypes": ["Ingress"]}
    assert from_proxy["podSelector"]["matchLabels"].items() <= labels("proxy").items()
    assert [port["port"] for port in by_proxy["ports"]] == ["http"]
    assert [port["port"] for port in by_monitoring["ports"]] == ["metrics"]


def test_nobody_reaches_an_action_server_but_the_servers() -> None:
    [rule] = object_of("NetworkPolicy", "to-actions")["spec"]["ingress"]
    [source] = rule["from"]

    assert source["podSelector"]["matchLabels"].items() <= labels("server").items()


def test_the_way_in_leads_to_the_proxy() -> None:
    [rule] = object_of("Ingress", "backchat")["spec"]["rules"]
    [path] = rule["http"]["paths"]

    assert path["backend"]["service"]["name"] == "proxy"
    assert object_of("Ingress", "backchat")["spec"]["tls"][0]["hosts"] == [rule["host"]]

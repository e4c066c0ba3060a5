"""What `deploy/` says, read for the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
GIVEN = {
    "BACKCHAT_SITE": "chat.example.org",
    "BACKCHAT_SECRET": "s" * 64,
    "POSTGRES_PASSWORD": "p" * 64,
    "REDIS_PASSWORD": "r" * 64,
}
"""What an operator fills into `deploy/.env`."""
SECRET = {
    "BACKCHAT_DATABASE_URL": "postgresql://backchat:secret@database/backchat",
    "BACKCHAT_TRACKER_URL": "postgresql://backchat:secret@database/backchat",
    "BACKCHAT_REDIS_URL": "redis://:secret@redis:6379/0",
    "BACKCHAT_SECRET": "s" * 64,
}
"""What an operator puts into the Kubernetes secret `backchat`."""

Manifest = dict[str, Any]


def tool(name: str, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program that a wheel brought beside Python, with few variables around it."""
    return subprocess.run(
        [Path(sys.executable).with_name(name), *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere", **variables},
        capture_output=True,
        text=True,
    )


def compose(given: Mapping[str, str] = GIVEN, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Have docker-compose check and complete `compose.yaml`; it needs no engine for that."""
    file = DEPLOY / "compose.yaml"
    return tool(
        "docker-compose", "--file", file, "--env-file", "/dev/null", *arguments, "config",
        "--format", "json", **given,
    )  # fmt: skip


def composed(*arguments: str) -> Manifest:
    done = compose(GIVEN, *arguments)
    assert not done.returncode, done.stderr
    result: Manifest = json.loads(done.stdout)
    return result


def kustomization() -> Manifest:
    return yaml.safe_load((DEPLOY / "kustomization.yaml").read_text("utf-8"))


def objects() -> Iterator[Manifest]:
    """Every object of the Kubernetes manifests."""
    for file in kustomization()["resources"]:
        yield from yaml.safe_load_all((DEPLOY / file).read_text("utf-8"))


def object_of(kind: str, name: str) -> Manifest:
    [found] = [o for o in objects() if (o["kind"], o["metadata"]["name"]) == (kind, name)]
    return found


def name_of(manifest: Manifest) -> str:
    return f"{manifest['kind']}/{manifest['metadata']['name']}"


def pods() -> dict[str, Manifest]:
    """The pod templates by the name of what makes them."""
    return {
        each["metadata"]["name"]: each["spec"]["template"]
        for each in objects()
        if "template" in each["spec"]
    }


def environment_of(container: Manifest) -> dict[str, str]:
    """The variables of a container, those of the settings and the secret among them."""
    generated = {
        each["name"]: dict(line.split("=", 1) for line in each.get("literals", ()))
        for each in kustomization()["configMapGenerator"]
    }
    found: dict[str, str] = {}
    for source in container.get("envFrom", ()):
        found |= generated[source["configMapRef"]["name"]] if "configMapRef" in source else SECRET
    return found | {each["name"]: each["value"] for each in container.get("env", ())}

"""Train the model, and know when there is nothing to train."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

MODELS = Path("models")
SOURCES = ("config.yml", "domain.yml", "data")


def model_path() -> Path:
    """Return the file of the model for the training data as they are now."""
    digest = hashlib.sha256()
    for file in _files():
        digest.update(str(file).encode() + b"\0" + file.read_bytes())
    return MODELS / f"backchat-{digest.hexdigest()[:16]}.tar.gz"


def train() -> Path:
    """Train the model and return its file.

    Raises:
        TrainingFailed: Rasa could not train on the data.
    """
    from rasa.api import train as rasa_train

    target = model_path()
    result = rasa_train(
        domain="domain.yml",
        config="config.yml",
        training_files=["data"],
        output=str(MODELS),
        fixed_model_name=target.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.model is None or not target.exists():
        raise TrainingFailed("The model could not be trained; the messages above say why.")
    for old in MODELS.glob("backchat-*.tar.gz"):
        if old != target:
            old.unlink()
    return target


class TrainingFailed(Exception):
    """Rasa could not train on the data."""


def _files() -> Iterator[Path]:
    for source in SOURCES:
        path = Path(source)
        yield from sorted(path.rglob("*.yml")) if path.is_dir() else [path]

"""Train the model, and know when there is nothing to train."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MODELS = Path("models")
SOURCES = ("config.yml", "domain.yml", "data")
BLOCK_BYTES = 1 << 20
COMPONENTS = ("intent_classifier.py", "clinical_reader.py", "safety_policy.py")
"""The modules of this package whose classes a model is made of."""


def model_path() -> Path:
    """Return the file of the model for the training data and our components as they are now."""
    digest = hashlib.sha256()
    for file in _files():
        digest.update(str(file).encode() + b"\0" + file.read_bytes())
    for name in COMPONENTS:
        digest.update(name.encode() + b"\0" + (Path(__file__).parent / name).read_bytes())
    return MODELS / f"backchat-{digest.hexdigest()[:16]}.tar.gz"


def is_trained() -> bool:
    """Say whether the model is there, and whole: a copy that broke off is no model."""
    try:
        with gzip.open(model_path()) as archive:
            return sum(map(len, iter(lambda: archive.read(BLOCK_BYTES), b""))) > 0
    except (OSError, EOFError, zlib.error):
        return False


def discard() -> None:
    """Remove a model that cannot be used, where models can be written."""
    with suppress(OSError):
        model_path().unlink()


def train() -> Path:
    """Train the model and return its file, which is there only once it is whole.

    Raises:
        TrainingFailed: Rasa could not train on the data, or the model could not be written.
    """
    from rasa.api import train as rasa_train
    from rasa.engine.exceptions import GraphComponentException
    from rasa.shared.exceptions import RasaException

    target = model_path()
    draft = target.with_name(f"unfinished-{os.getpid()}.tar.gz")
    try:
        result = rasa_train(
            domain="domain.yml",
            config="config.yml",
            training_files=["data"],
            output=str(MODELS),
            fixed_model_name=draft.name.removesuffix(".tar.gz"),
            force_training=True,
        )
        if result.model is None:
            raise TrainingFailed("the model could not be trained; the messages above say why.")
        draft.replace(target)
    except (RasaException, GraphComponentException, OSError) as error:
        raise TrainingFailed(f"the model could not be trained: {_reason(error)}.") from error
    finally:
        draft.unlink(missing_ok=True)
    for old in MODELS.glob("backchat-*.tar.gz"):
        if old != target:
            old.unlink()
    return target


class TrainingFailed(Exception):
    """Rasa could not train on the data, or the model could not be written."""


def _reason(error: BaseException) -> str:
    """Return in one line what was wrong in the first place, beneath what Rasa made of it."""
    while error.__cause__ is not None:
        error = error.__cause__
    reason = error.strerror if isinstance(error, OSError) else None
    return " ".join((reason or str(error) or type(error).__name__).split()).removesuffix(".")


def _files() -> Iterator[Path]:
    for source in SOURCES:
        path = Path(source)
        yield from sorted(path.rglob("*.yml")) if path.is_dir() else [path]

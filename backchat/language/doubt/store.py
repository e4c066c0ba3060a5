"""Where trained models are kept, and when a new one is needed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from backchat.knowledge import Knowledge
from backchat.language.doubt.model import Doubt, ModelError

MODELS = Path(__file__).parents[3] / "models"
"""Where models are kept: beside the package, never under version control."""

_PREFIX = "doubt-"
_DIGITS = 16
_SOURCES = ("examples/*.yml", "lexicon/*.yml", "rules.yml")

Progress = Callable[[str], None]

_log = logging.getLogger(__name__)


def default_model_path(knowledge: Knowledge) -> Path:
    """Return the file of the model that this knowledge and this code would give."""
    digest = sha256()
    for path in _inputs(knowledge.directory):
        for part in (path.name.encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return MODELS / f"{_PREFIX}{digest.hexdigest()[:_DIGITS]}.npz"


def load_or_train(
    knowledge: Knowledge, progress: Progress | None = None, path: Path | None = None
) -> Doubt:
    """Load the model of this knowledge; train and keep it where there is none.

    Args:
        knowledge: What the model is trained on.
        progress: Told in words what is being done, if training is needed.
        path: The model's file; by default ``default_model_path(knowledge)``.

    Raises:
        KnowledgeError: An example file is wrong.
    """
    file = default_model_path(knowledge) if path is None else path
    try:
        return Doubt.load(file)
    except FileNotFoundError:
        pass
    except (ModelError, OSError) as error:
        _log.warning("the statistical reader is trained again: %s", error)
    from backchat.language.doubt.training import train

    doubt = train(knowledge, progress)
    _keep(doubt, file)
    return doubt


def _keep(doubt: Doubt, file: Path) -> None:
    try:
        doubt.save(file)
        for other in file.parent.glob(f"{_PREFIX}*.npz"):
            if other != file:
                other.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("the statistical reader is not kept and will be trained again: %s", error)


def _inputs(root: Path) -> Iterator[Path]:
    for pattern in _SOURCES:
        yield from sorted(root.glob(pattern))
    yield from sorted(Path(__file__).parent.glob("*.py"))

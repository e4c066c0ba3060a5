"""Rasa without TensorFlow, which it imports for components that Backchat does not have.

`rasa.core.policies.policy` imports Rasa's featurizers and those import TensorFlow, so that every
process pays for it. Here `import tensorflow` gives a placeholder instead: its attributes are
classes that Rasa's own, unused components derive from and annotate with, and decorators that
change nothing. To compute with it is an error.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import yaml

TRIED_WITH = "3.6.21"
"""The only version of Rasa whose imports are known to get by with the placeholder."""

FREE_OF_IT = frozenset({
    "FallbackClassifier", "KeywordIntentClassifier", "MemoizationPolicy", "RegexEntityExtractor",
    "RulePolicy", "WhitespaceTokenizer",
})  # fmt: skip
"""Rasa's components that need no TensorFlow and may be configured; ours need none."""

_LEFT_OUT = frozenset({
    "keras", "tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text",
})  # fmt: skip
_OURS = "backchat."


def leave_out(config: Path = Path("config.yml")) -> bool:
    """Keep TensorFlow from being imported; call it before Rasa is imported.

    Nothing happens where it is imported already, where Rasa is of another version than was tried,
    and where a component of the pipeline or a policy may need it.

    Args:
        config: The configuration of the model.

    Returns:
        Whether TensorFlow is left out.

    Raises:
        OSError: The configuration cannot be read.
    """
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return True
    if "tensorflow" in sys.modules or version("rasa") != TRIED_WITH or needed_by(config):
        return False
    sys.meta_path.insert(0, _Finder())
    return True


def needed_by(config: Path) -> tuple[str, ...]:
    """Return the components of a configuration that may need TensorFlow.

    Raises:
        OSError: The configuration cannot be read.
    """
    configured = yaml.safe_load(config.read_text("utf-8")) or {}
    names = [
        component["name"]
        for part in ("pipeline", "policies")
        for component in configured.get(part) or ()
    ]
    return tuple(name for name in names if name not in FREE_OF_IT and not name.startswith(_OURS))


class _Anything(type):
    """The type of the placeholder's classes: any attribute of theirs is a class again."""

    def __getattr__(cls, name: str) -> type[_Placeholder]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Placeholder

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        """Return what is decorated.

        Raises:
            RuntimeError: Something is to be computed.
        """
        if len(arguments) == 1 and callable(arguments[0]) and not named:
            return arguments[0]
        _refuse()

    def __getitem__(cls, _: Any) -> type[_Placeholder]:
        return _Placeholder


class _Placeholder(metaclass=_Anything):
    """Stands for everything of TensorFlow."""


class _Module(ModuleType):
    def __getattr__(self, name: str) -> type[_Placeholder]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Placeholder


class _Finder(MetaPathFinder, Loader):
    """Finds the placeholder for every module of TensorFlow and its companions."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the placeholder comes from, or nothing for all other modules."""
        left_out = name.partition(".")[0] in _LEFT_OUT
        return ModuleSpec(name, self, is_package=True) if left_out else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return an empty module."""
        return _Module(spec.name)

    def exec_module(self, _module: ModuleType) -> None:
        """Run nothing."""


def _refuse() -> NoReturn:
    raise RuntimeError(
        "TensorFlow is left out, as no component of config.yml was known to need it"
        f" (see {__name__})."
    )

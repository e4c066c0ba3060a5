"""What is replaced inside Rasa, because it costs much and cannot be had by subclassing.

Each patch changes how long something takes and never what comes of it;
`tests/assistant/test_rasa_patches.py` compares the replies with and without each. They are written
for one version of Rasa: another one runs as it is.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

import rasa
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event

from backchat.assistant.local_actions import LocalActionEndpoint

logger = logging.getLogger(__name__)

VERSION = "3.6.21"


@dataclass(frozen=True)
class Patch:
    """One replacement.

    Attributes:
        owner: The class or module that is changed.
        attribute: The name of what is replaced there.
        replacement: What takes its place.
    """

    owner: Any
    attribute: str
    replacement: Any


def apply() -> None:
    """Replace everything, if this is the version of Rasa that the patches were written for."""
    if rasa.__version__ != VERSION:
        logger.warning("Rasa %s runs unpatched, and slower.", rasa.__version__)
        return
    for patch in PATCHES:
        setattr(patch.owner, patch.attribute, patch.replacement)


@cache
def _answer_validator() -> Any:
    """Return the validator of what an action answers: checking its schema takes longer than it."""
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


_validate = RemoteAction._validate_action_result


def _validate_once_compiled(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Accept a valid answer; of an invalid one, have Rasa say what is wrong.

    Actions in this process are our own code, whose answers are not looked through.
    """
    if isinstance(self.action_endpoint, LocalActionEndpoint):
        return True
    return _answer_validator().is_valid(result) or _validate(self, result)


_resolve = Event.resolve_by_type
_event_types: dict[str, type[Event]] = {}


def _resolve_once(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Return the class of an event; Rasa looks through all classes for every event it loads."""
    known = _event_types.get(type_name)
    if known is None:
        known = _resolve(type_name, default)
        if known is not None and known is not default:
            _event_types[type_name] = known
    return known


def _run_directly(
    self: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """Run the components one after another; Rasa has dask's scheduler do so, with its queues.

    As there, what a component needs and nobody gives is passed on as its name.

    Raises:
        GraphRunError: A component raised a RuntimeError.
    """
    targets = targets or self._graph_schema.target_names
    graph = self._build_dask_graph(self._graph_schema.minimal_graph_schema(targets))
    self._add_inputs_to_graph(inputs, graph)
    results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}

    def result_of(name: str) -> Any:
        if name not in graph:
            return name
        if name not in results:
            component, *needs = graph[name]
            results[name] = component(*map(result_of, needs))
        return results[name]

    try:
        return dict(map(result_of, targets))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error


PATCHES = (
    Patch(RemoteAction, "_validate_action_result", _validate_once_compiled),
    Patch(Event, "resolve_by_type", staticmethod(_resolve_once)),
    Patch(DaskGraphRunner, "run", _run_directly),
)

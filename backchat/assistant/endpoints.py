"""What Rasa works with besides the model, by the settings: actions, locks, tracker and log."""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.core.utils import AvailableEndpoints

from backchat.assistant.local_actions import LocalActionEndpoint
from backchat.assistant.remote_actions import RemoteActionEndpoint
from backchat.assistant.shared_state import shared_state
from backchat.assistant.tracker_store import BackchatTrackerStore
from backchat.settings import Settings

FILE = "endpoints.yml"


def of(settings: Settings) -> AvailableEndpoints:
    """Return the endpoints of a process."""
    endpoints = AvailableEndpoints.read_endpoints(FILE)
    urls = settings.action_url
    endpoints.action = RemoteActionEndpoint(urls) if urls else LocalActionEndpoint()
    endpoints.lock_store = shared_state(settings.redis_url).locks
    return endpoints


def join(agent: Agent) -> BackchatTrackerStore:
    """Have an agent save only what it holds the lock of, and fail where the database does.

    Rasa wraps every tracker store in one that answers from an empty memory instead.
    """
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store
        agent.tracker_store = store
        agent.processor.tracker_store = store
    store.confirm = agent.lock_store.confirm
    return store

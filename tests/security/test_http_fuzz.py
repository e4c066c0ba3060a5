"""Three thousand requests made from the description of the API, right ones and wrong ones."""

from __future__ import annotations

from pathlib import Path

import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outcomes import Outcomes
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from target import Target

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = schemathesis.openapi.from_path(ROOT / "backchat" / "web" / "openapi.json")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
HOW_OFTEN = {
    ("POST /chat/message", GenerationMode.POSITIVE): 400,
    ("POST /chat/message", GenerationMode.NEGATIVE): 1_400,
    ("GET /chat/events", GenerationMode.NEGATIVE): 150,
}
"""How many requests of which kind; of all other operations there are right ones only."""
OF_OTHERS = 180
LONGEST_SECONDS = 1.0
PATIENCE_SECONDS = 60
TOKENS = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=40)


def test_nothing_that_is_asked_breaks_a_door(target: Target, attacks: Outcomes) -> None:
    operations = {each.ok().label: each.ok() for each in DESCRIPTION.get_all_operations()}
    often = {(label, GenerationMode.POSITIVE): OF_OTHERS for label in operations} | HOW_OFTEN
    costs: list[float] = []
    for (label, mode), number in often.items():
        _ask(target, operations[label].as_strategy(generation_mode=mode), number, costs)
    assert len(costs) >= 3_000
    seconds = f"the slowest took {max(costs) * 1000:,.0f} ms of the server's time"
    attacks.add(
        "fuzzing over HTTP", f"{len(operations)} operations", len(costs), f"no 500; {seconds}"
    )
    assert max(costs) < LONGEST_SECONDS


def _ask(target: Target, cases: st.SearchStrategy[Case], number: int, costs: list[float]) -> None:
    """Make so many requests, each by somebody with an odd token and an odd cookie."""
    session = requests.Session()

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, TOKENS, TOKENS)
    def ask(case: Case, token: str, cookie: str) -> None:
        before = target.cpu_seconds
        answer = case.call(
            base_url=target.address,
            session=session,
            headers={
                "Authorization": f"Bearer {token}".encode("latin-1"),
                "Cookie": cookie.encode("latin-1"),
            },
            timeout=PATIENCE_SECONDS,
        )
        costs.append(target.cpu_seconds - before)
        case.validate_response(answer, checks=CHECKS)

    ask()
    session.close()

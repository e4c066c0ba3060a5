"""Public time parsers find times; when a back began to hurt is another question."""

from __future__ import annotations

import pytest

from benchmarks.durations import PUBLIC, Score, cases, scores

AHEAD = 0.15


@pytest.fixture(scope="module")
def scored() -> dict[str, Score]:
    result = scores(cases())
    for name, score in result.items():
        print(f"{name}: side {score.side_share:.1%}, no time {score.timeless_share:.1%}")
    return result


@pytest.mark.parametrize("parser", PUBLIC)
def test_we_are_far_ahead_on_the_side_of_two_days(parser: str, scored: dict[str, Score]) -> None:
    assert scored["ours"].side_share >= scored[parser].side_share + AHEAD


@pytest.mark.parametrize("parser", PUBLIC)
def test_we_are_far_ahead_where_no_time_was_told(parser: str, scored: dict[str, Score]) -> None:
    assert scored["ours"].timeless_share >= scored[parser].timeless_share + AHEAD


@pytest.mark.parametrize("parser", PUBLIC)
def test_public_parser_was_really_asked(parser: str, scored: dict[str, Score]) -> None:
    assert scored[parser].side_share > 0.5

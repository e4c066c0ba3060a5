"""Finds patterns in an annotated message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backchat.language.clauses import Clauses
from backchat.language.patterns import END, START, Gap, Pattern, Reach, Step
from backchat.language.phrasebook import Span

_FILLERS_BETWEEN = 4
_PARTS_APART = 10


@dataclass(frozen=True, slots=True)
class Scene:
    """A message as patterns see it.

    Attributes:
        places: Symbol to the spans where it occurs, in order of start.
        symbols: The symbols that occur.
        clauses: Where clauses and sentences begin and end.
        fillers: Per word, whether a sequence may step over it freely.
    """

    places: Mapping[str, Sequence[Span]]
    symbols: frozenset[str]
    clauses: Clauses
    fillers: Sequence[bool]


Match = tuple[Span, ...]


def matches(pattern: Pattern, scene: Scene) -> Iterator[Match]:
    """Yield every place where a pattern holds, as the spans of its steps in order of place."""
    if any(scene.places.get(symbol) for symbol in pattern.absent_anywhere):
        return
    if not all(scene.places.get(symbol) for symbol in pattern.present_anywhere):
        return
    first = [*_sequences(pattern.parts[0], scene)]
    if len(pattern.parts) == 1:
        candidates: Iterator[Match] = iter(first)
    else:
        candidates = _combinations(first, pattern, scene)
    for match in candidates:
        spans = tuple(sorted(span for span in match if span[0] < span[1]))
        if not _spoilt(pattern, spans, scene):
            yield spans


def _spoilt(pattern: Pattern, match: Match, scene: Scene) -> bool:
    if not pattern.absent:
        return False
    clause = scene.clauses.clause
    said = {clause[start] for start, _ in match}
    return any(
        clause[start] in said
        for symbol in pattern.absent
        for start, _ in scene.places.get(symbol, ())
    )


def _combinations(first: list[Match], pattern: Pattern, scene: Scene) -> Iterator[Match]:
    partial = first
    for part, reach in zip(pattern.parts[1:], pattern.reaches, strict=True):
        others = [*_sequences(part, scene)]
        partial = [
            (*one, *other) for one in partial for other in others if _near(one, other, reach, scene)
        ]
    yield from partial


def _near(one: Match, other: Match, reach: Reach, scene: Scene) -> bool:
    one_start, one_end = min(one)[0], max(end for _, end in one)
    other_start, other_end = min(other)[0], max(end for _, end in other)
    if any(a < d and c < b for a, b in one for c, d in other):
        return False
    if reach is Reach.MESSAGE:
        return True
    units = scene.clauses.clause if reach is Reach.CLAUSE else scene.clauses.sentence
    if units[one_start] != units[other_start]:
        return False
    apart = max(other_start - one_end, one_start - other_end)
    return reach is Reach.SENTENCE or apart <= _PARTS_APART


def _sequences(part: tuple[Step, ...], scene: Scene) -> Iterator[Match]:
    for start in _starts(part, scene):
        match = _complete(part, start, scene, begun=False)
        if match is not None:
            yield match


def _starts(part: tuple[Step, ...], scene: Scene) -> list[int]:
    starts: set[int] = set()
    for step in part:
        if step.symbol == START:
            starts.update(scene.clauses.starts)
        else:
            starts.update(start for start, _ in scene.places.get(step.symbol, ()))
        if not step.optional:
            break
    return sorted(starts)


def _complete(
    part: tuple[Step, ...], at: int, scene: Scene, *, begun: bool, least: Gap = Gap.NEXT
) -> Match | None:
    """Return the spans of ``part`` from word ``at`` on, or None.

    ``begun``: steps went before. ``least``: the gap of the optional steps left out just before,
    which the next one takes over: "a .. b? c" without b is "a .. c".
    """
    if not part:
        return ()
    step, rest = part[0], part[1:]
    gap = max(step.gap, least)
    if step.symbol in (START, END):
        held = _at_edge(step.symbol, at, scene, begun=begun)
        return _complete(rest, at, scene, begun=begun) if held else None
    for span in scene.places.get(step.symbol, ()):
        if span[0] < at:
            continue
        if not begun and span[0] > at:
            break
        if begun and not _reachable(at, span[0], gap, scene):
            break
        tail = _complete(rest, span[1], scene, begun=True)
        if tail is not None:
            return (span, *tail)
    return _complete(rest, at, scene, begun=begun, least=gap) if step.optional else None


def _at_edge(symbol: str, at: int, scene: Scene, *, begun: bool) -> bool:
    if symbol == START:
        return not begun and at in scene.clauses.starts
    while at < len(scene.fillers) and at not in scene.clauses.ends and scene.fillers[at]:
        at += 1
    return at in scene.clauses.ends


def _reachable(at: int, start: int, gap: Gap, scene: Scene) -> bool:
    if at == start:
        return True
    units = scene.clauses.sentence if gap is Gap.FAR else scene.clauses.clause
    if units[at - 1] != units[start]:
        return False
    if gap is Gap.NEXT:
        return start - at <= _FILLERS_BETWEEN and all(scene.fillers[at:start])
    return start - at <= gap

"""How much somebody trains now: "I deadlift 135 lb", "run 20 min", "20 lb dumbbells"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from backchat.language.canonical import canonical
from backchat.language.numbers import NUMBER

_UNITS = {
    "lb": "lb lbs pound pounds #",
    "kg": "kg kgs kilo kilos kilogram kilograms",
    "min": "minute minutes",
    "h": "hour hours",
    "km": "km kms k kilometer kilometers kilometre kilometres",
    "mile": "mile miles mi",
    "reps": "rep reps",
}
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_WEIGHTS = frozenset({"lb", "kg"})

_EXERCISES = {
    "deadlift": r"dead ?lift\w*|dl|rdls?|romanian",
    "squat": r"squat\w*",
    "bench press": r"bench\w*",
    "press": r"(?:overhead |shoulder |military )?press\w*|ohp",
    "clean": r"(?:power )?cleans?",
    "snatch": r"snatch\w*",
    "row": r"rows?|rowing|rowed|rower|erg",
    "swing": r"(?:kettlebell |kb )?swings?",
    "curl": r"curls?",
    "lunge": r"lunges?",
    "run": r"runs?|ran|running|jog\w*",
    "walk": r"walk\w*",
    "cycle": r"cycl\w+|bik(?:e|es|ed|ing)|ride|rode|spin(?:ning)?",
    "swim": r"swim\w*|swam",
    "plank": r"plank\w*",
    "class": r"class(?:es)?",
    "hike": r"hik\w+",
    "yoga": r"yoga",
    "lift": r"lift\w*",
}
_EXERCISE = re.compile(
    "|".join(
        rf"(?P<{name.replace(' ', '_')}>(?<!\S)(?:{words})(?!\S))"
        for name, words in _EXERCISES.items()
    )
)
_BARBELL_LIFTS = frozenset({"deadlift", "squat", "bench press", "clean", "snatch"})
_UNIT_NAMES = "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?:\bfrom (?P<now>{NUMBER})(?: \w+)? to )?(?P<value>{NUMBER}) (?P<unit>{_UNIT_NAMES})(?!\S)"
    r"|(?P<half>half )?(?P<race>marathon)(?!\S)"
    r"|(?P<plates>[1-6]) plates?(?: (?:each|per|a|on each) side)?(?!\S)"
)
_UNITLESS_LIFT = re.compile(
    r"\b(?:dead ?lift|squat|bench|press|lift)(?:s|ed|ing|ting)?"
    r"(?: (?:at|with|is|was|of|about|around|currently|now|max|my))* "
    rf"(?P<value>{NUMBER})(?=$| [,.!?;)]| (?:and|how|now|for|what|can|so|but|to)\b)"
)
_UNITLESS_GOAL = re.compile(
    rf"\b(?:to|reach|hit|goal is|target is) (?P<value>{NUMBER})"
    r"(?=$| [,.!?;)]| (?:in|by|next|how|safely)\b)"
)
_GOAL = re.compile(
    r"\b(?:to|reach|hit|(?:goal|target)(?: is| of)?|(?:want|aim\w*)(?: \w+){0,3}"
    r"|can i (?:\w+ ){1,3})(?: an?| about)? $"
)
_BODY = re.compile(r"\b(?:i weigh|weigh(?:s|ing)?|body ?weight|im|i am|lost|gained|bw)(?: \w+)? $")
_REST = re.compile(
    r"\b(?:rest(?:ing|ed)?|break|every|ice|heat|sit|sitting|drive|sleep|hold)(?: \w+)? $"
)
_DUMBBELL = re.compile(r"\b(?:dumb ?bells?|db|dbs)\b")
_BARBELL = re.compile(r"\b(?:bar ?bells?|bar|plates?)\b")
_BAR_LB, _PLATE_PAIR_LB = Decimal(45), Decimal(90)
_RACES_KM = {"marathon": Decimal("42.2"), "half marathon": Decimal("21.1")}
_LARGEST = Decimal(100_000)
_NEAR = 40  # characters within which equipment belongs to a load


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody does now, or aims at.

    Attributes:
        value: The amount, above zero.
        unit: One of ``lb``, ``kg``, ``min``, ``h``, ``km``, ``mile``, ``reps``; empty where a lift
            was given without one ("I squat 100").
        exercise: The exercise in plain words, or None.
        equipment: ``barbell``, ``dumbbell`` or None.
        goal: Whether it is what they want to reach rather than what they do.
    """

    value: Decimal
    unit: str
    exercise: str | None = None
    equipment: str | None = None
    goal: bool = False


def read_loads(text: str) -> tuple[Load, ...]:
    """Read the loads of a message in order; never raises."""
    said = canonical(text).text
    loads = [
        *_with_unit(said),
        *(
            _load(said, match, _value(match["value"]), "")
            for match in _UNITLESS_LIFT.finditer(said)
            if _value(match["value"]) > 0
        ),
    ]
    return (*loads, *_goal_without_unit(said, loads))


def _with_unit(said: str) -> Iterator[Load]:
    for match in _AMOUNT.finditer(said):
        unit = _unit(match)
        if _REST.search(said, 0, match.start()):
            continue
        if unit in _WEIGHTS and _BODY.search(said, 0, match.start()):
            continue
        value = _amount(match)
        if not 0 < value <= _LARGEST:
            continue
        if match["now"]:
            now = _load(said, match, _value(match["now"]), unit)
            yield replace(now, goal=False)
            yield replace(now, value=value, goal=True)
        else:
            yield _load(said, match, value, unit)


def _unit(match: re.Match[str]) -> str:
    if match["unit"]:
        return _UNIT_OF[match["unit"]]
    return "km" if match["race"] else "lb"


def _amount(match: re.Match[str]) -> Decimal:
    if match["race"]:
        return _RACES_KM[f"{match['half'] or ''}marathon"]
    if match["plates"]:
        return _BAR_LB + _PLATE_PAIR_LB * int(match["plates"])
    return _value(match["value"])


def _value(number: str) -> Decimal:
    """Return a canonical number, of a range its upper end."""
    return Decimal(number.rpartition("~")[2])


def _load(said: str, match: re.Match[str], value: Decimal, unit: str) -> Load:
    start, end = match.span()
    exercise = _nearest_exercise(said, start, end)
    near = said[max(0, start - _NEAR) : end + _NEAR]
    equipment = None
    if _DUMBBELL.search(near):
        equipment = "dumbbell"
    elif unit in ("lb", "kg", "") and (_BARBELL.search(near) or exercise in _BARBELL_LIFTS):
        equipment = "barbell"
    return Load(value, unit, exercise, equipment, goal=_GOAL.search(said, 0, start) is not None)


def _nearest_exercise(said: str, start: int, end: int) -> str | None:
    """Return the exercise nearest to the words from ``start`` to ``end``."""
    nearest = min(
        _EXERCISE.finditer(said),
        key=lambda match: max(match.start() - end, start - match.end()),
        default=None,
    )
    if nearest is None or nearest.lastgroup is None:
        return None
    return nearest.lastgroup.replace("_", " ")


def _goal_without_unit(said: str, loads: Sequence[Load]) -> Iterator[Load]:
    """Read "want to get to 150" in the unit of the load before it."""
    match = _UNITLESS_GOAL.search(said)
    if match is None or not loads or any(load.goal for load in loads):
        return
    value = _value(match["value"])
    if loads[0].value < value <= _LARGEST:
        yield replace(loads[0], value=value, goal=True)

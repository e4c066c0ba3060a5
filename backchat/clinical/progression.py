"""The 10 % rule: how much more weight, time or distance the next step may be.

A rule of thumb, not a proven limit. Everything is ``Decimal``: 100 kg goes up twice to exactly
121 kg, which binary floats miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, InvalidOperation

from backchat.clinical.errors import GoalNotAhead, NotAnAmount, NothingToBuildOn, UnknownUnit

ADD_REPETITIONS = "add_repetitions"
"""Note id: the next weight there is would be too big a step, so add repetitions first."""

ADD_MORE_LATER = "add_more_later"
"""Note id: a tenth more is less than can be measured, so repeat the same amount first."""

_WEIGHTS = ("kg", "lb")
_MOST = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class NextAmount:
    """The most for the next step.

    Attributes:
        current: The amount now.
        exact: The most by the rule.
        practical: ``exact`` rounded down to what can be loaded or measured; ``current`` where even
            the smallest increment would be too much.
        next_available: The next amount above ``current`` that can be loaded or measured.
        next_percent: How many percent above ``current`` that is.
        note: ``add_repetitions`` or ``add_more_later`` if ``practical`` is ``current``, else None.
    """

    current: Decimal
    exact: Decimal
    practical: Decimal
    next_available: Decimal
    next_percent: Decimal
    note: str | None


@dataclass(frozen=True, slots=True)
class Progression:
    """The rule with its numbers.

    Attributes:
        percent: The most to add at a time.
        increments: What an amount is rounded down to, by unit and equipment; of a unit's
            equipment the first stands for the unit alone.
    """

    percent: Decimal
    increments: Mapping[tuple[str, str], Decimal]

    @classmethod
    def of(cls, percent: float, increments: Iterable[tuple[str, str, float]]) -> Progression:
        """Return the rule for plain numbers; increments are ``(unit, equipment, step)``."""
        table = {(unit, gear): Decimal(str(step)) for unit, gear, step in increments}
        return cls(Decimal(str(percent)), table)

    def next_amount(
        self, current: Decimal | str | float, unit: str, equipment: str | None = None
    ) -> NextAmount:
        """Return the most for the next step after ``current``.

        Raises:
            NotAnAmount: ``current`` is no number, negative or beyond all measure.
            NothingToBuildOn: ``current`` is zero.
            UnknownUnit: No increment is known for the unit and equipment.
        """
        amount = _amount(current)
        step = self._increment(unit, equipment)
        exact = amount * self._factor
        practical = max(amount, _multiples(exact, step) * step)
        following = (_multiples(amount, step) + 1) * step
        note = None
        if practical == amount:
            note = ADD_REPETITIONS if unit in _WEIGHTS else ADD_MORE_LATER
        percent = (following - amount) / amount * 100
        return NextAmount(amount, exact, practical, following, percent, note)

    def steps_to(self, goal: Decimal | str | float, current: Decimal | str | float) -> int:
        """Return the fewest steps from ``current`` to ``goal``.

        Raises:
            NotAnAmount: One of them is no number, negative or beyond all measure.
            NothingToBuildOn: ``current`` is zero.
            GoalNotAhead: ``goal`` is not above ``current``.
        """
        amount, target = _amount(current), _amount(goal)
        if target <= amount:
            raise GoalNotAhead(f"{target} is not above {amount}")
        steps = 0
        while amount < target:
            amount *= self._factor
            steps += 1
        return steps

    @property
    def _factor(self) -> Decimal:
        return 1 + self.percent / 100

    def _increment(self, unit: str, equipment: str | None) -> Decimal:
        for (known, gear), step in self.increments.items():
            if known == unit and equipment in (None, gear):
                return step
        raise UnknownUnit(f"no increment for {unit} with {equipment or 'any equipment'}")


def _multiples(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).to_integral_value(ROUND_FLOOR)


def _amount(value: Decimal | str | float) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise NotAnAmount(f"{value!r} is not a number") from None
    if not amount.is_finite() or not 0 <= amount <= _MOST:
        raise NotAnAmount(f"{value} is not an amount")
    if amount == 0:
        raise NothingToBuildOn("a tenth of nothing is nothing")
    return amount

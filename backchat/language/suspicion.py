"""Where the two readers meet: what the statistical one suspects and the grammar passed over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from backchat.clinical.reading import Answer
from backchat.clinical.rules import Rule

Suspects = Callable[[str, float], Iterable[str]]
"""Returns the ids of the rules that a message makes one suspect, surer by a margin in log-odds."""

UNDERSTOOD_MARGIN = 3.0
"""How much surer the statistical reader has to be of a message that the grammar made sense of."""


def no_suspects(_text: str, _margin: float) -> tuple[str, ...]:
    """Suspect nothing: the grammar alone reads."""
    return ()


class Suspicion:
    """Turns suspected rules into concepts to ask about.

    Args:
        rules: Rules by id.
        suspects: The statistical reader.
    """

    def __init__(self, rules: Mapping[str, Rule], suspects: Suspects) -> None:
        """Take over both."""
        self._rules = rules
        self._suspects = suspects

    def concepts(
        self, text: str, spoken_of: Collection[str], question: str | None, answer: Answer | None
    ) -> Iterator[str]:
        """Yield the concepts that nothing was said of and that a suspected rule asks about.

        Args:
            text: The message.
            spoken_of: Concepts that the grammar found, whatever their status.
            question: Id of the question before the message; once answered it is not asked again.
            answer: The message taken as its answer.
        """
        margin = UNDERSTOOD_MARGIN if spoken_of else 0.0
        for rule_id in self._suspects(text, margin):
            rule = self._rules[rule_id]
            answered = answer is not None and question == rule.question
            if rule.clarifies and not answered and rule.sufficient.isdisjoint(spoken_of):
                yield rule.clarifies

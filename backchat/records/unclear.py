"""What people said that the bot did not understand, grouped, the most frequent first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.future import Engine

from backchat.records.columns import as_utc
from backchat.records.engine import reading
from backchat.records.tables import messages

_NO_LETTERS = re.compile(r"[^\w\s]|_")


@dataclass
class Unclear:
    """Messages that say the same but for spelling, punctuation and the order of words.

    Attributes:
        count: How many there are.
        latest: When the last one came.
        texts: How it was put.
        guesses: The intents that the classifier found.
    """

    count: int = 0
    latest: datetime = datetime.min
    texts: Counter[str] = field(default_factory=Counter)
    guesses: Counter[str] = field(default_factory=Counter)

    @property
    def examples(self) -> list[str]:
        """Each way of putting it once, the most frequent first."""
        return [text for text, _ in self.texts.most_common()]

    @property
    def guess(self) -> str | None:
        """The intent that the classifier found most often, or None."""
        return next((intent for intent, _ in self.guesses.most_common(1)), None)


def collect(engine: Engine, since: datetime, until: datetime) -> list[Unclear]:
    """Return the messages of a span of time that were not understood, grouped.

    Words that were erased are not among them.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    groups: defaultdict[frozenset[str], Unclear] = defaultdict(Unclear)
    with reading(engine) as connection:
        said = connection.execute(
            select(messages.c.text, messages.c.intent, messages.c.at)
            .where(
                messages.c.not_understood,
                messages.c.at >= as_utc(since),
                messages.c.at < as_utc(until),
                messages.c.text.is_not(None),
            )
            .order_by(messages.c.at)
        )
        for row in said:
            group = groups[_words(row.text)]
            group.count += 1
            group.latest = row.at
            group.texts[row.text] += 1
            if row.intent:
                group.guesses[row.intent] += 1
    return sorted(groups.values(), key=lambda group: (-group.count, group.examples))


def _words(text: str) -> frozenset[str]:
    """Return what a text is grouped by; one without any letters is a group of its own."""
    return frozenset(_NO_LETTERS.sub(" ", text.casefold()).split()) or frozenset({text})

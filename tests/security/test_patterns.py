"""No words keep the server busy: neither a pattern nor the reader takes long over any of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from random import Random

import pytest
from outcomes import Outcomes
from patience import Slowest, TooLong, within
from patterns import LONGEST_TEXT, all_patterns, endless

from backchat.consultation import shared
from backchat.language.doubt.generation import grammar_examples

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATTERN_SECONDS = 0.25
READER_SECONDS = 1.0
FROM_THE_LEXICON = 150
PATTERNS = all_patterns()


def test_a_pattern_that_can_be_kept_busy_is_found() -> None:
    ambiguous = re.compile(r"was \d(?: (?:it is|it|is))* \d")
    with pytest.raises(TooLong):
        for text in endless(ambiguous):
            with within(PATTERN_SECONDS):
                ambiguous.search(text)


def test_no_pattern_can_be_kept_busy(attacks: Outcomes) -> None:
    slowest, times = Slowest(), 0
    for name, pattern in PATTERNS.items():
        for text in endless(pattern):
            times += 1
            try:
                with slowest.watch(), within(PATTERN_SECONDS):
                    pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)
            except TooLong:
                pytest.fail(f"{name} is kept busy by {text!r}")
    assert len(PATTERNS) > 250
    attacks.add("regex denial of service", f"each of {len(PATTERNS)} patterns", times, str(slowest))


def test_the_reader_cannot_be_kept_busy_either(attacks: Outcomes) -> None:
    """By what each pattern finds hard, and by symptoms without end."""
    reader = shared().reader
    reader.read("warm", now=NOW)
    rng = Random(7)
    of_patterns = [rng.choice(texts) for each in PATTERNS.values() if (texts := endless(each))]
    phrases = rng.sample(grammar_examples(shared().knowledge, seed=7), FROM_THE_LEXICON)
    of_lexicon = [
        (f"{each.text}{rng.choice([', ', ' ', ' and ', '. ', ' or not '])}" * LONGEST_TEXT)
        for each in phrases
    ]
    texts = [text[:LONGEST_TEXT] for text in [*of_patterns, *of_lexicon]]
    slowest = Slowest()
    for text in texts:
        try:
            with slowest.watch(), within(READER_SECONDS):
                reader.read(text, now=NOW, question="onset")
        except TooLong:
            pytest.fail(f"the reader is kept busy by {text!r}")
    tried = "whole messages of 1,000 characters"
    attacks.add("regex denial of service", tried, len(texts), str(slowest))

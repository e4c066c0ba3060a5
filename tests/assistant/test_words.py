"""Nothing that is typed can become a command of Rasa's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage

from backchat.assistant.words import as_words

UNSEEN = "/ \t\n\r\x0b\x0c\x1c\x85\xa0\u1680\u2003\u2028\u200b\u200d\u2060\u3000\ufeff\x00"


@given(prefix=st.text(alphabet=UNSEEN), words=st.sampled_from(["restart", "deny{}", "it hurts"]))
def test_no_prefix_makes_typed_words_a_command(prefix: str, words: str) -> None:
    assert as_words(f"{prefix}/{words}") == words


@given(st.text())
def test_what_rasa_gets_never_begins_with_a_slash(text: str) -> None:
    assert not (UserMessage(as_words(text)).text or "").startswith("/")


@pytest.mark.parametrize("text", ["my back", "7/10", "no/yes", "¿qué?", "😀 hi"])
def test_words_that_begin_with_a_word_are_left_alone(text: str) -> None:
    assert as_words(text) == text

"""Numbers, clock times and typing noise in canonical spelling."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backchat.language.canonical import canonical
from backchat.language.typos import mend


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("two and a half weeks", "2.5 weeks"),
        ("2 1/2 days", "2.5 days"),
        ("2½ days", "2.5 days"),
        ("two an a half days", "2.5 days"),
        ("half an hour", "0.5 hour"),
        ("1/2 a day", "0.5 day"),
        ("twenty-four hours", "24 hours"),
        ("tweny four hrs", "24 hours"),
        ("a hundred days", "100 days"),
        ("1,000 reps", "1000 reps"),
        ("3-4 days", "3~4 days"),
        ("2/3 days", "2~3 days"),
        ("two or three days", "2~3 days"),
        ("between 2 and 3 days", "2~3 days"),
        ("2, 3 days", "2~3 days"),
        ("from 3 to 7", "from 3 to 7"),
        ("7/10", "7 / 10"),
        ("a couple of days", "couple days"),
        ("coupla days", "couple days"),
        ("the twenty-first", "the 21st"),
        ("second day", "2nd day"),
        ("48h", "48 hours"),
        ("for to days", "for 2 days"),
        ("a day-and-a-half", "a day and a half"),
        ("٣ days", "3 days"),
        ("at 7pm", "at 19:00"),
        ("half past seven", "7:30u"),
        ("quarter to 8 this morning", "7:45u this morning"),
        ("12am", "0:00"),
        ("noon", "12:00"),
        ("19:30", "19:30"),
    ],
)
def test_number_phrase_becomes_one_word(text: str, spelled: str) -> None:
    assert canonical(text).text == spelled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dyas", "days"),
        ("yestarday", "yesterday"),
        ("ystrdy", "yesterday"),
        ("wek", "week"),
        ("tuseday", "tuesday"),
        ("wensday", "wednesday"),
        ("thurdsay", "thursday"),
        ("mornin", "morning"),
        ("hrs", "hours"),
        ("mnths", "months"),
        ("satuday", "saturday"),
        ("fortnite", "fortnight"),
        ("wrose", "worse"),
        ("Thursday's", "thursday"),
        ("daaays", "days"),
    ],
)
def test_mistyped_word_of_time_is_mended(typed: str, meant: str) -> None:
    assert mend(typed) == (meant,)


SHORTHAND = """
jan feb apr aug sep sept oct nov dec mon tue tues wed weds thu thur thurs fri sec secs min hrs yrs
mos morn mornings aft arvo yest yesterdays cpl tow till til cos coz outta gonna wanna tho xmas
worser
"""


def test_no_english_word_is_taken_for_a_word_of_time() -> None:
    dictionary = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = dictionary.read_text(encoding="utf-8-sig").splitlines()
    words = {line.split()[0] for line in lines}
    assert {word for word in words if word.isalpha() and mend(word) != (word,)} <= set(
        SHORTHAND.split()
    )


def test_canonical_text_is_traced_back_to_the_person_s_words() -> None:
    said = canonical("It’s been TWO and a half WEEKS, ok?")
    at = said.text.index("2.5")
    assert said.quote(at, at + len("2.5 weeks")) == "TWO and a half WEEKS"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises_and_words_keep_their_places(text: str) -> None:
    said = canonical(text)
    assert said.text == " ".join(word.text for word in said.words)
    places = [word.start for word in said.words]
    assert places == sorted(places)
    assert all(0 <= word.start < word.end <= len(text) for word in said.words)
    said.quote(0, len(said.text))

"""One person over days: what is remembered, asked again, and let go."""

from __future__ import annotations

import time

import pytest
from clocked import CONTACT, ClockedBot
from visiting import Answer, Visitor

from backchat.records.check_ins import listing, planned

WAIT_SECONDS = 150


@pytest.fixture
def visitor(bot: ClockedBot) -> Visitor:
    return Visitor(bot.address)


def sore_since_yesterday(visitor: Visitor) -> Answer:
    """Go through the interview of an ordinary soreness; return the last answer."""
    first = visitor.say(
        "did squats yesterday, my lower back is stiff since yesterday evening, 4/10"
    )
    return [first, *visitor.finish(first)][-1]


def settled_with_check_in(visitor: Visitor) -> Answer:
    sore_since_yesterday(visitor)
    visitor.say("yes, keep it")
    return visitor.say("yes, check in")


def wait_for_words(visitor: Visitor, words: str) -> str:
    """Return the last thing the person reads, once it has these words."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        said = [m["text"] for m in visitor.get("/chat/history").body["messages"] if m["text"]]
        if said and words in said[-1]:
            return str(said[-1])
        assert time.monotonic() < deadline, f"{words!r} was not said; the last was {said[-1:]}"
        time.sleep(1)


def test_a_person_over_ten_days(bot: ClockedBot, visitor: Visitor) -> None:
    result = sore_since_yesterday(visitor)
    assert "SELF_CARE" in result.levels
    assert "may I keep what you tell me" in result.text
    assert "check in with you on Wednesday morning" in visitor.say("yes, keep it").text
    assert "I will ask you on Wednesday morning" in visitor.say("yes, check in").text
    assert planned(bot.records, visitor.sender_id) is not None

    bot.at(days=1, hours=-1)
    back = visitor.say("hi")
    assert "On Monday you told me about your lower back, since Sunday, 4/10" in back.text
    assert back.levels == [], "what only the clock has changed waits for the answer"
    assert "How strong is the pain now" in visitor.say("yes, it still hurts").text
    visitor.finish(visitor.say("3"))

    bot.at(days=2)
    asked = wait_for_words(visitor, "this is the check-in you asked for")
    assert "since Sunday, 3/10" in asked

    bot.at(days=3)
    still = visitor.say("yes, it still hurts")
    assert "SEE_PROVIDER" in still.levels
    assert "more than two days" in still.text
    answers = [pain := visitor.say("5"), *visitor.finish(pain)]
    texts = "\n".join(each.text for each in answers)
    assert "genitals" in texts, "the warning signs are asked about once more"
    assert "those were all my questions" in texts
    assert "Does it still hurt?" not in texts

    visitor.say("no thanks")
    bot.at(days=3, hours=8)
    visitor.say("hello")
    assert "this bout as over" in visitor.say("no, it is gone").text

    bot.at(days=10, hours=9)
    new = visitor.say("my lower back is sore since this morning")
    assert "same bout" not in new.text
    assert "SEE_PROVIDER" not in [
        level for each in [new, *visitor.finish(new)] for level in each.levels
    ], "after a pain-free week it is a new episode"


def test_pain_that_comes_back_within_a_week_counts_from_its_first_beginning(
    bot: ClockedBot, visitor: Visitor
) -> None:
    settled_with_check_in(visitor)
    bot.at(hours=8)
    visitor.say("hi")
    visitor.say("no, it is gone")
    assert planned(bot.records, visitor.sender_id) is None

    bot.at(days=3)
    again = visitor.say("my lower back hurts again since this morning")

    assert "same bout, since Sunday" in again.text
    assert "SEE_PROVIDER" in again.levels


@pytest.mark.parametrize(
    ("answer", "is_long"), [("no, it was gone", False), ("yes, the same", True)]
)
def test_after_a_silent_week_it_is_asked_whether_the_pain_is_the_same(
    bot: ClockedBot, visitor: Visitor, answer: str, is_long: bool
) -> None:
    sore_since_yesterday(visitor)
    visitor.say("yes, keep it")
    visitor.say("no thanks")

    bot.at(days=9)
    asked = visitor.say("my lower back is stiff since this morning")
    assert "Is this the same pain" in asked.text
    assert asked.levels == []
    after = visitor.say(answer)
    levels = [level for each in [after, *visitor.finish(after)] for level in each.levels]

    assert ("SEE_PROVIDER" in levels) is is_long


def test_a_new_red_flag_at_the_check_in_is_an_emergency(bot: ClockedBot, visitor: Visitor) -> None:
    settled_with_check_in(visitor)
    bot.at(days=2)
    wait_for_words(visitor, "this is the check-in you asked for")

    assert visitor.say("yes, and now my crotch is numb").is_emergency


def test_a_standing_emergency_is_asked_about_on_return(bot: ClockedBot, visitor: Visitor) -> None:
    sore_since_yesterday(visitor)
    visitor.say("yes, keep it")
    visitor.say("my crotch is numb")
    assert planned(bot.records, visitor.sender_id) is None

    bot.at(days=1)
    back = visitor.say("hi")
    assert back.is_emergency
    assert "Has a doctor" in back.text
    assert visitor.say("no, not yet").is_emergency

    bot.at(days=2)
    visitor.say("hello")
    seen = visitor.say("yes, I was seen")
    assert not seen.is_emergency
    assert "counts as looked at" in seen.text


def test_an_emergency_outlives_the_loss_of_the_dialogue(bot: ClockedBot, visitor: Visitor) -> None:
    visitor.say("my crotch is numb")
    bot.lose_dialogue(visitor)

    assert "My advice stands" in visitor.say("thanks").text


def test_a_check_in_outlives_the_loss_of_the_dialogue(bot: ClockedBot, visitor: Visitor) -> None:
    settled_with_check_in(visitor)
    bot.lose_dialogue(visitor)

    bot.at(days=2)

    assert "since Sunday, 4/10" in wait_for_words(visitor, "this is the check-in you asked for")
    assert "SEE_PROVIDER" in visitor.say("yes, it still hurts").levels


def test_consent_is_asked_once_and_no_means_no_check_in(bot: ClockedBot, visitor: Visitor) -> None:
    result = sore_since_yesterday(visitor)
    assert result.text.count("may I keep") == 1
    refused = visitor.say("no, keep nothing")
    assert "I keep nothing" in refused.text
    assert bot.consent_of(visitor) is False
    visitor.say("start over")

    assert "may I keep" not in sore_since_yesterday(visitor).text
    assert planned(bot.records, visitor.sender_id) is None


def test_consent_is_not_asked_before_the_interview_is_over_or_of_a_child(
    bot: ClockedBot, visitor: Visitor
) -> None:
    assert "may I keep" not in visitor.say("my lower back is stiff since yesterday").text
    child = Visitor(bot.address)
    first = child.say("I'm 13 and my lower back is sore since yesterday")
    answers = [first, *child.finish(first)]

    assert "may I keep" not in "\n".join(each.text for each in answers)
    assert bot.consent_of(child) is None


def test_stop_cancels_the_check_in(bot: ClockedBot, visitor: Visitor) -> None:
    settled_with_check_in(visitor)

    visitor.say("stop")

    assert [
        each.status for each in listing(bot.records) if each.sender_id == visitor.sender_id
    ] == ["cancelled"]


def test_keeping_can_be_stopped_later(bot: ClockedBot, visitor: Visitor) -> None:
    settled_with_check_in(visitor)

    held = visitor.say("what do you know about me")
    assert "messages of ours" in held.text
    visitor.say("no, keep nothing")

    assert bot.consent_of(visitor) is False
    assert planned(bot.records, visitor.sender_id) is None


@pytest.mark.parametrize("words", ["stop keeping my words", "I take back my consent"])
def test_consent_is_withdrawn_in_words_at_any_time(
    bot: ClockedBot, visitor: Visitor, words: str
) -> None:
    settled_with_check_in(visitor)

    answer = visitor.say(words)

    assert "I keep nothing" in answer.text
    assert bot.consent_of(visitor) is False
    assert planned(bot.records, visitor.sender_id) is None


def test_consent_can_be_withdrawn_in_an_emergency_after_its_advice(
    bot: ClockedBot, visitor: Visitor
) -> None:
    settled_with_check_in(visitor)
    visitor.say("my crotch is numb")

    answer = visitor.say("stop keeping my words")

    assert "My advice stands" in answer.messages[0]["text"]
    assert "I keep nothing" in answer.messages[1]["text"]
    assert bot.consent_of(visitor) is False


def test_pain_that_is_gone_ends_the_bout_and_its_check_in(
    bot: ClockedBot, visitor: Visitor
) -> None:
    settled_with_check_in(visitor)

    assert "this bout as over" in visitor.say("the pain is gone").text

    assert planned(bot.records, visitor.sender_id) is None
    assert "this bout as over" not in visitor.say("the pain is gone").text


def test_where_it_is_not_clear_that_the_pain_is_gone_it_is_asked(visitor: Visitor) -> None:
    sore_since_yesterday(visitor)

    assert "does your back still hurt?" in visitor.say("it's gone").text
    assert "this bout as over" in visitor.say("no").text


def test_pain_that_still_hurts_after_all_ends_nothing(bot: ClockedBot, visitor: Visitor) -> None:
    settled_with_check_in(visitor)

    visitor.say("it's gone")
    assert "this bout as over" not in visitor.say("yes, it still hurts").text

    assert planned(bot.records, visitor.sender_id) is not None


@pytest.mark.parametrize(
    ("danger", "stays"),
    [
        ("my crotch is numb", "My advice stands"),
        ("my back is sore and I have a temperature of 38.6 since last night", "the same day"),
        ("it feels a bit odd between my legs", "genitals"),
    ],
    ids=["emergency", "urgent", "unclear"],
)
def test_a_danger_sign_outlives_the_pain(visitor: Visitor, danger: str, stays: str) -> None:
    sore_since_yesterday(visitor)
    visitor.say(danger)

    answer = visitor.say("the pain is gone")

    assert stays in answer.text
    assert "this bout as over" not in answer.text


def test_a_danger_sign_beside_pain_that_is_gone_is_an_emergency(visitor: Visitor) -> None:
    sore_since_yesterday(visitor)

    assert visitor.say("the pain is gone but I can't pee").is_emergency


def test_a_copy_of_the_data_is_given_in_the_chat(visitor: Visitor) -> None:
    visitor.say("my lower back is stiff since yesterday")

    answer = visitor.say("export my data")

    assert (answer.messages[0]["card"] or {}).get("type") == "download"
    assert visitor.get("/chat/data").body["messages"]


def test_a_copy_of_the_data_is_given_in_an_emergency_after_its_advice(visitor: Visitor) -> None:
    visitor.say("my crotch is numb")

    kinds = [m["card"]["type"] for m in visitor.say("export my data").messages if m["card"]]

    assert kinds == ["emergency", "download"]


def test_delete_in_the_chat_erases_after_a_yes_and_not_before(
    bot: ClockedBot, visitor: Visitor
) -> None:
    settled_with_check_in(visitor)

    assert "It cannot be undone" in visitor.say("delete my data").text
    assert "nothing is erased" in visitor.say("no, leave it").text
    assert visitor.get("/chat/data").body["messages"]
    visitor.say("delete my data")
    assert "is erased" in visitor.say("yes, erase everything").text

    assert not any(visitor.get("/chat/data").body.values())
    assert [each for each in listing(bot.records) if each.sender_id == visitor.sender_id] == []


def test_a_person_is_offered_at_the_second_misunderstanding_in_a_row(
    bot: ClockedBot, visitor: Visitor
) -> None:
    assert CONTACT not in visitor.say("asdf").text
    assert CONTACT in visitor.say("qwertz uiop").text
    assert bot.is_flagged(visitor)


def test_asking_for_a_person_flags_the_conversation(bot: ClockedBot, visitor: Visitor) -> None:
    assert CONTACT in visitor.say("can I talk to a human?").text
    assert bot.is_flagged(visitor)


def test_a_person_is_offered_once_while_an_urgent_level_stands(
    bot: ClockedBot, visitor: Visitor
) -> None:
    urgent = visitor.say("my lower back hurts and I have a temperature of 38.6 since last night")
    assert "URGENT_SAME_DAY" in urgent.levels
    assert CONTACT in urgent.text
    assert bot.is_flagged(visitor)
    assert CONTACT not in visitor.say("thanks").text

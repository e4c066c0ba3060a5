"""The conversations that the first release was accepted with, word for word."""

from __future__ import annotations

import calendar

from visiting import Answer, Records, Visitor

ALARM_WORDS = ("emergency department now", "call 911 now", "be seen today", "My advice stands")


def text_of(answers: list[Answer]) -> str:
    return "\n".join(answer.text for answer in answers)


def levels_of(answers: list[Answer]) -> list[str]:
    return [level for answer in answers for level in answer.levels]


def raises_alarm(answers: list[Answer]) -> bool:
    text = text_of(answers)
    return any(answer.is_emergency for answer in answers) or any(
        words.lower() in text.lower() for words in ALARM_WORDS
    )


def test_new_deadlifts_end_in_self_care_with_all_that_helps(
    visitor: Visitor, records: Records
) -> None:
    first = visitor.say(
        "hey, did deadlifts for the first time yesterday and now my lower back is sore and stiff "
        "on both sides, like 3/10. is that normal?"
    )
    answers = [first, *visitor.finish(first)]
    text = text_of(answers)

    assert "common" in first.text, "the reassurance comes at once"
    assert levels_of(answers) == ["SELF_CARE"]
    assert "Ice" in text or "ice" in text
    assert "heat" in text
    assert "10–15 minutes" in text
    assert "/ask_stretches" in answers[-1].payloads
    assert "Check again" in answers[-1].text
    assert any(day in answers[-1].text for day in calendar.day_name)
    assert "healthcare provider" in answers[-1].text
    assert not raises_alarm(answers)
    assert records.judgement(visitor).level == "SELF_CARE"
    assert records.judgement(visitor).rules == ()
    assert len(records.assessments(visitor)) == len(answers)


def test_pain_since_last_monday_that_worsens_is_sent_to_a_provider_soon(
    visitor: Visitor, records: Records
) -> None:
    answer = visitor.say("my back has been hurting since last Monday, getting worse")

    assert answer.levels == ["SEE_PROVIDER"]
    assert "check in with your healthcare provider in the next day or two" in answer.text
    assert "last Monday" in answer.text
    assert "more than two days" in answer.text
    assert "getting worse instead of better" in answer.text
    assert not raises_alarm([answer])

    after = visitor.finish(answer)
    judgement = records.judgement(visitor)
    assert not raises_alarm(after)
    assert (judgement.level, judgement.timeframe) == ("SEE_PROVIDER", "soon")
    assert set(judgement.rules) == {"SS3_OVER_TWO_DAYS", "SS4_WORSENING"}


def test_numbness_in_the_middle_of_a_stretch_brings_the_emergency_text_and_nothing_else(
    visitor: Visitor, records: Records
) -> None:
    visitor.say("my lower back is stiff since yesterday")
    explained = visitor.say("how do I do cat cow")
    alarm = visitor.say("btw I can't feel it when I wipe since this morning")

    assert any((m["card"] or {}).get("type") == "stretch" for m in explained.messages)
    assert len(alarm.messages) == 1
    assert alarm.is_emergency
    assert alarm.messages[0]["text"].startswith("**Go to an emergency department now, or call 911")
    assert alarm.payloads == []
    assert "stretch" not in alarm.text.lower()
    judgement = records.judgement(visitor)
    assert judgement.level == "EMERGENCY_NOW"
    assert "RF01_SADDLE" in judgement.rules


def test_denied_symptoms_fire_nothing(visitor: Visitor, records: Records) -> None:
    first = visitor.say("no numbness, I can pee fine, just achy since this morning's run")
    answers = [first, *visitor.finish(first)]

    assert levels_of(answers) == ["SELF_CARE"]
    assert not raises_alarm(answers)
    assert all(each.rules == () for each in records.assessments(visitor))
    assert records.judgement(visitor).level == "SELF_CARE"

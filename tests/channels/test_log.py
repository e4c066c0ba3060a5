"""The conversation log of real turns."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from visiting import Records, Visitor


def test_every_message_is_logged_with_its_author_and_the_persons_with_intent_and_confidence(
    visitor: Visitor, records: Records
) -> None:
    said = ["hi", "my back has been hurting for a week", "no", "what's the weather", "asdf"]
    answers = [visitor.say(text) for text in said]
    logged = records.messages(visitor)

    inbound = [message for message in logged if message.direction == "in"]
    outbound = [message for message in logged if message.direction == "out"]
    assert [message.text for message in inbound] == said
    assert all(message.intent for message in inbound)
    assert all(0 < (message.confidence or 0) <= 1 for message in inbound)
    assert [message.text for message in outbound] == [
        message["text"] for answer in answers for message in answer.messages
    ]
    assert {(m.direction, m.author) for m in logged} == {("in", "person"), ("out", "bot")}


def test_every_turn_is_logged_with_its_assessment(visitor: Visitor, records: Records) -> None:
    visitor.say("my back has been hurting since last Monday, getting worse")
    visitor.say("no")
    first, second = records.assessments(visitor)
    inbound = [message.id for message in records.messages(visitor) if message.direction == "in"]

    assert [first.message_id, second.message_id] == inbound
    assert (first.level, first.timeframe) == ("SEE_PROVIDER", "soon")
    assert set(first.rules) == {"SS3_OVER_TWO_DAYS", "SS4_WORSENING"}
    assert first.rule_levels == dict.fromkeys(first.rules, "SEE_PROVIDER")
    assert "screen:1" in first.ask
    assert "screen:1" not in second.ask
    assert first.report
    assert {each["rule"] for each in first.reasons} == set(first.rules)
    assert all(each["sources"] for each in first.reasons)
    assert first.knowledge_version == second.knowledge_version


def test_an_emergency_is_logged_with_the_alarm_that_was_said(
    visitor: Visitor, records: Records
) -> None:
    answer = visitor.say("my crotch is numb")
    alarm = records.messages(visitor)[-1]
    assert records.judgement(visitor).level == "EMERGENCY_NOW"
    assert alarm.text == answer.messages[0]["text"]
    assert (alarm.payload or {})["custom"]["card"]["type"] == "emergency"


def test_a_level_that_rises_is_logged_at_both_levels(visitor: Visitor, records: Records) -> None:
    visitor.say("my lower back hurts and I have a temperature of 38.6 since last night")
    visitor.say("I inject heroin, last time a week ago")
    levels = [assessment.level for assessment in records.assessments(visitor)]
    assert levels == ["URGENT_SAME_DAY", "EMERGENCY_NOW"]


def test_region_and_time_zone_of_the_person_are_kept(server: str, server_folder: Path) -> None:
    visitor = Visitor(server, region="GB", timezone="Europe/London")
    visitor.say("hi")
    with sqlite3.connect(server_folder / "records.sqlite3") as database:
        kept = database.execute(
            "SELECT region, timezone, channel FROM people WHERE sender_id = ?", (visitor.sender_id,)
        ).fetchall()
    database.close()
    assert kept == [("GB", "Europe/London", "web")]


def test_words_are_not_in_the_process_log(visitor: Visitor, server_folder: Path) -> None:
    visitor.say("my lower back is stiff since the unmistakable zebrafinch workout")
    assert "zebrafinch" not in (server_folder / "server.log").read_text(encoding="utf-8")

"""What is left of a person: after the session, after they asked, and in the server's own log."""

from __future__ import annotations

from clocked import ClockedBot
from visiting import Visitor

from backchat.records import set_consent

WORDS = "zanzibar-marker"


def test_without_consent_the_words_go_after_an_hour_of_silence_and_not_before(
    bot: ClockedBot,
) -> None:
    one, keeper = Visitor(bot.address), Visitor(bot.address)
    one.say(f"my lower back is sore since yesterday {WORDS}-1")
    one.say("my crotch is numb")
    keeper.say(f"my lower back is sore since yesterday {WORDS}-2")
    set_consent(bot.records, keeper.sender_id, granted=True)

    bot.at(minutes=50)
    assert "My advice stands" in one.say("thanks").text, "an emergency stands during the session"

    bot.at(minutes=120)
    assert bot.wait_until_gone(f"{WORDS}-1")
    left = one.get("/chat/data").body
    assert left["dialogue"] == []
    assert one.get("/chat/history").body["messages"] == [], "no empty bubbles are left"
    assert [each["level"] for each in left["conversations"]] == ["EMERGENCY_NOW"]
    assert bot.files_with(f"{WORDS}-2")
    assert keeper.get("/chat/data").body["dialogue"]


def test_when_consent_is_taken_back_what_was_kept_before_goes_too(bot: ClockedBot) -> None:
    visitor = Visitor(bot.address)
    visitor.say(f"my lower back is sore since yesterday {WORDS}-9")
    set_consent(bot.records, visitor.sender_id, granted=True)

    bot.at(days=2)
    visitor.say("stop keeping my words")
    assert bot.files_with(f"{WORDS}-9")

    bot.at(days=2, minutes=120)
    assert bot.wait_until_gone(f"{WORDS}-9")
    assert visitor.get("/chat/data").body["dialogue"] == []


def test_of_somebody_under_16_nothing_is_left(bot: ClockedBot) -> None:
    bot.at(days=1)
    child = Visitor(bot.address)
    child.say(f"I'm 13 and my lower back is sore since yesterday {WORDS}-3")

    bot.at(days=1, minutes=120)

    assert bot.wait_until_gone(f"{WORDS}-3")
    assert not any(child.get("/chat/data").body.values())


def test_after_delete_no_file_has_a_byte_of_it(bot: ClockedBot) -> None:
    one, other = Visitor(bot.address), Visitor(bot.address)
    one.say(f"my lower back is sore since yesterday {WORDS}-4")
    other.say(f"my lower back is stiff since yesterday {WORDS}-5")
    assert bot.files_with(f"{WORDS}-4")

    deleted = one.request("DELETE", "/chat/data", None, {}).body["deleted"]["deleted"]

    assert deleted["messages"] > 0
    assert deleted["dialogue"] > 0
    assert bot.files_with(f"{WORDS}-4") == []
    assert bot.files_with(f"{WORDS}-5")


def test_after_delete_in_the_chat_no_file_has_a_byte_of_it(bot: ClockedBot) -> None:
    visitor = Visitor(bot.address)
    visitor.say(f"my lower back is sore since yesterday {WORDS}-8")
    visitor.say("delete my data")
    assert bot.files_with(f"{WORDS}-8")

    visitor.say("yes, erase everything")

    assert bot.files_with(f"{WORDS}-8") == []
    assert bot.files_with(visitor.sender_id) == []


def test_the_export_holds_rasas_events_too(bot: ClockedBot) -> None:
    visitor = Visitor(bot.address)
    visitor.say(f"my lower back is sore since yesterday {WORDS}-6")

    events = visitor.get("/chat/data").body["dialogue"]

    assert any(event.get("text", "").endswith(f"{WORDS}-6") for event in events)


def test_no_words_are_in_the_process_log_not_even_of_what_fails(bot: ClockedBot) -> None:
    visitor = Visitor(bot.address)
    visitor.say(f"my lower back is sore since yesterday {WORDS}-7")
    visitor.say(f"{WORDS}-7 " + "\ud800 \x00 /inform{")
    visitor.send({"text": f"/greet{{'{WORDS}-7': [}}"})
    visitor.send({"payload": f"/{WORDS}-7"})
    visitor.post(f'{{"text": "{WORDS}-7'.encode())
    visitor.send({"text": f"{WORDS}-7 " * 2000})
    with bot.records.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE assessments RENAME TO assessments_away")
    try:
        visitor.say(f"it got worse {WORDS}-7")
    finally:
        with bot.records.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE assessments_away RENAME TO assessments")

    log = (bot.folder / "server.log").read_text()

    assert "was not logged" in log
    assert WORDS not in log

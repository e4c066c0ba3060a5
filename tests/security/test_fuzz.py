"""A hundred thousand inputs that nobody means well, to everything that reads what comes in.

Hypothesis draws the seeds; each makes many inputs, so that drawing takes less time than reading.
"""

from __future__ import annotations

import contextlib
import copy
import ipaddress
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nonsense import Nonsense
from outcomes import Outcomes
from patience import Slowest, within

from backchat.assistant import clocks
from backchat.assistant.slack import events, rendering, signature
from backchat.assistant.telegram import updates
from backchat.assistant.web import cookies, requests
from backchat.assistant.web.addresses import Addresses
from backchat.assistant.web.sessions import Sessions
from backchat.assistant.words import as_words
from backchat.cli.cases import Case, CaseError
from backchat.clinical.episode import Episode
from backchat.clinical.reading import Reading
from backchat.consultation import shared
from backchat.settings import SETTINGS, SettingsError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONGEST_SECONDS = 1.0
SECRET = "known-to-the-tests-and-nobody-else"
QUESTIONS = (None, "onset", "trend", "pain", "age", "activity", "screen:1", "clarify:RF01_SADDLE")

READ, VALIDATED, POSTED = 6_000, 58_000, 36_000
EACH = 100
"""How many inputs one seed makes."""

MESSAGE: dict[str, Any] = {
    "text": "my back hurts",
    "id": "m1",
    "timezone": "Europe/London",
    "region": "GB",
}
TELEGRAM_CHAT = {"id": -100, "type": "supergroup"}
TELEGRAM_PERSON = {"id": 7, "is_bot": False}
TELEGRAM_MESSAGE = {
    "message_id": 3,
    "from": TELEGRAM_PERSON,
    "chat": TELEGRAM_CHAT,
    "text": "@bot my back hurts",
    "is_topic_message": True,
    "message_thread_id": 5,
    "reply_to_message": {"from": {"username": "bot"}},
}
TELEGRAM: list[dict[str, Any]] = [
    {"update_id": 1, "message": TELEGRAM_MESSAGE},
    {"update_id": 2, "message": {**TELEGRAM_MESSAGE, "text": "/timezone@bot Lisbon"}},
    {"update_id": 3, "edited_message": TELEGRAM_MESSAGE},
    {
        "update_id": 4,
        "callback_query": {
            "id": "9",
            "from": TELEGRAM_PERSON,
            "message": TELEGRAM_MESSAGE,
            "data": "/deny",
        },
    },
    {
        "update_id": 5,
        "my_chat_member": {
            "chat": TELEGRAM_CHAT,
            "from": TELEGRAM_PERSON,
            "new_chat_member": {"status": "kicked"},
        },
    },
]
SLACK_MESSAGE = {
    "type": "message",
    "channel": "D1",
    "user": "U1",
    "text": "<@U0BOT> my <https://x.example|back> hurts",
    "ts": "1700000000.0001",
    "files": [],
}
SLACK_EVENTS: list[dict[str, Any]] = [
    {"team_id": "T1", "event": SLACK_MESSAGE},
    {"team_id": "T1", "event": {**SLACK_MESSAGE, "type": "app_mention", "channel": "C1"}},
    {
        "team_id": "T1",
        "event": {
            "type": "message",
            "subtype": "message_changed",
            "channel": "D1",
            "message": {**SLACK_MESSAGE, "edited": {"ts": "2"}},
            "previous_message": {"text": "before"},
        },
    },
]
SLACK_PRESS = {
    "type": "block_actions",
    "actions": [{"action_ts": "1.2", "value": "/deny"}],
    "message": {"ts": "1.1", "thread_ts": "1.0"},
    "user": {"id": "U1", "team_id": "T1"},
    "channel": {"id": "D1"},
    "team": {"id": "T1"},
}
SLACK_COMMAND = {"team_id": "T1", "user_id": "U1", "trigger_id": "t", "text": "timezone Lisbon"}

Test = Callable[[int], None]


def of_seeds(inputs: int) -> Callable[[Test], Test]:
    """Run a test of one seed for as many seeds as that many inputs take."""

    def decorate(test: Test) -> Test:
        limited = settings(
            max_examples=inputs // EACH,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        return limited(given(st.integers(0, 2**64))(test))

    return decorate


@cache
def vocabulary() -> list[str]:
    """Words and phrases that the reader knows, and numbers and times to go with them."""
    lexicon = shared().reader._lexicon
    phrases = (" ".join(words) for each in lexicon.phrasebook.phrases().values() for words in each)
    times = [
        "3 days ago",
        "since tuesday",
        "7/10",
        "last night",
        "48 hours",
        "in 1998",
        "yesterday",
    ]
    return [*sorted(set(phrases)), *times * 20]


def test_the_reader_reads_whatever_is_typed(attacks: Outcomes) -> None:
    consultation, slowest = shared(), Slowest()
    consultation.reader.read("warm", now=NOW)

    @of_seeds(READ)
    def read(seed: int) -> None:
        nonsense = Nonsense(seed, vocabulary())
        episode = Episode()
        for number in range(EACH):
            text = nonsense.talk()
            question = QUESTIONS[(seed + number) % len(QUESTIONS)]
            asked = (question,) if question else ()
            with slowest.watch(), within(LONGEST_SECONDS):
                heard = consultation.hear(
                    episode, text if as_words(text) == text else "?", now=NOW, asked=asked
                )
            _check(heard.reading, text)
            episode = heard.episode if number % 10 else Episode()

    read()
    attacks.add("fuzzing", "the reader and the judgement", READ, f"no error; {slowest}")


def _check(reading: Reading, text: str) -> None:
    assert reading.pain is None or 0 <= reading.pain <= 10
    assert reading.age is None or 0 <= reading.age <= 130
    if reading.onset is not None:
        assert reading.onset.earliest <= reading.onset.latest
    for finding in reading.findings:
        assert 0 <= finding.start <= finding.end
        assert finding.text in text or text != as_words(text)


def test_what_validates_takes_or_refuses_anything(attacks: Outcomes) -> None:
    slowest, sessions = Slowest(), Sessions(SECRET)
    addresses = Addresses([ipaddress.ip_network("10.0.0.0/8")])

    def validate(number: int, nonsense: Nonsense) -> None:
        odd = nonsense.spoilt(nonsense.odd_text())
        request: Any = SimpleNamespace(
            ip="10.0.0.1",
            headers={"cookie": f"a={odd}; backchat_session={odd}", "x-forwarded-for": odd},
            scheme="http",
        )
        match number % 8:
            case 0:
                body = nonsense.body(nonsense.changed(MESSAGE))
                try:
                    message = requests.parse("application/json", body)
                except requests.BadRequest as error:
                    assert 400 <= error.status < 500
                else:
                    assert (message.text is None) != (message.payload is None)
            case 1:
                heard = requests.readable(nonsense.body(nonsense.changed(MESSAGE)))
                heard.text.encode()
            case 2:
                assert sessions.sender_id(odd) is None
                assert sessions.sender_id(f"v1.{odd}.{odd}") is None
                assert sessions.sender_id(cookies.token(request)) is None
            case 3:
                addresses.of(request)
                addresses.is_encrypted(request)
            case 4:
                spec = SETTINGS[number % len(SETTINGS)]
                try:
                    spec.read({spec.name: odd})
                except SettingsError as error:
                    assert not (spec.confidential and len(odd.strip()) > 40 and odd in str(error))
            case 5:
                case = {"id": odd, "turns": [odd], "now": odd, "timezone": odd, "region": odd}
                with contextlib.suppress(CaseError):
                    Case.parse(nonsense.body(nonsense.changed(case)))
            case 6:
                assert not as_words(odd).startswith("/")
                assert not signature.is_slacks(SECRET, odd, odd.encode(errors="replace"), odd, 0.0)
            case _:
                clocks.find(odd)
                rendering.MRKDWN.plain(odd)

    _run(VALIDATED, validate, slowest)
    attacks.add(
        "fuzzing", "what validates requests and settings", VALIDATED, f"no error; {slowest}"
    )


def test_webhooks_are_read_or_ignored_whatever_is_posted(attacks: Outcomes) -> None:
    slowest = Slowest()

    def post(number: int, nonsense: Nonsense) -> None:
        match number % 4:
            case 0 | 1:
                update = nonsense.changed(copy.deepcopy(TELEGRAM[number % len(TELEGRAM)]))
                read = updates.read(update if isinstance(update, dict) else {}, "bot")
                assert read is None or read.speaker is None or read.speaker.sender
            case 2:
                event = nonsense.changed(SLACK_EVENTS[number % len(SLACK_EVENTS)])
                said = events.read_event(event if isinstance(event, dict) else {})
                assert said is None or said.speaker.sender
            case _:
                payload = nonsense.changed(SLACK_PRESS)
                press = events.read_press(payload if isinstance(payload, dict) else {})
                assert press is None or isinstance(press.buttons_at, str)
                form = {name: nonsense.odd_text() for name in SLACK_COMMAND}
                assert events.read_command(form)
                events.words(nonsense.spoilt(SLACK_MESSAGE["text"]))

    _run(POSTED, post, slowest)
    attacks.add("fuzzing", "what reads the webhooks", POSTED, f"no error; {slowest}")


def _run(inputs: int, one: Callable[[int, Nonsense], None], slowest: Slowest) -> None:
    @of_seeds(inputs)
    def run(seed: int) -> None:
        nonsense = Nonsense(seed)
        for number in range(EACH):
            with slowest.watch(), within(LONGEST_SECONDS):
                one(number, nonsense)

    run()


def test_the_inputs_are_a_hundred_thousand_and_not_all_alike() -> None:
    assert READ + VALIDATED + POSTED >= 100_000
    talk = {Nonsense(seed, vocabulary()).talk() for seed in range(500)}
    assert len(talk) > 490
    bodies = {Nonsense(seed).body(Nonsense(seed).changed(MESSAGE)) for seed in range(500)}
    whole = json.dumps(MESSAGE).encode()
    assert len(bodies) > 200
    assert whole in bodies

"""Signs told in passing or indirectly, and everyday messages that share their words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backchat.clinical.episode import Episode
from backchat.consultation import shared

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fired(message: str) -> set[str]:
    """Return the rules that a first message fires, with everything that Backchat reads with."""
    heard = shared().hear(Episode(), message, now=NOON)
    return {each.rule_id for each in heard.assessment.fired}


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        (
            "stone two years ago, same pain in my left flank today, burning up with shivers",
            "RF16_FEVER_INFECTION",
        ),
        ("nobody hit me but i lost control of my bladder", "RF02_BLADDER"),
        ("no one believes me but i can't feel my crotch", "RF01_SADDLE"),
        ("it's been nine out of ten for hours and i cannot stand it", "RF21_SEVERE_UNCONTROLLED"),
        ("sciatica for years, but since last night both legs are numb", "RF05_BILATERAL_LEGS"),
        ("if only i could feel my feet i would drive myself", "RF05_BILATERAL_LEGS"),
        (
            "my waterworks: i drink plenty all day and nothing comes out since this morning",
            "RF02_BLADDER",
        ),
        ("no warning, it was all in my boxers, and i never felt the poo go", "RF03_BOWEL"),
        ("i remember the last rep, then faces over me", "RF11_COLLAPSE_HEAT"),
        ("they say i was on the gym floor for two minutes", "RF11_COLLAPSE_HEAT"),
        ("back hurts since i came off the ladder, maybe 4 metres", "RF08_MAJOR_TRAUMA"),
        (
            "every time i stand up my legs go straight down to the floor",
            "RF06_WEAKNESS_PROGRESSIVE",
        ),
        ("my shoe goes clap on the left with every step", "RF07_FOOT_DROP"),
        ("i see the oncologist in march, back aching after gardening", "RF18_CANCER"),
        ("started apixaban in june, fell on my back off the bike", "RF27_ANTICOAGULANT"),
        ("rower, f/17, back pain after the erg", "RF24_MINOR"),
        (
            "three weeks of flucloxacillin for a bone infection, and now my back hurts",
            "RF17_INFECTION_RISK",
        ),
    ],
)
def test_a_sign_is_heard(message: str, rule: str) -> None:
    assert rule in fired(message)


@pytest.mark.parametrize(
    "message",
    [
        "it's been nine hours since training and my lower back is stiff",
        "nobody fell on me or anything, did too many burpees yesterday and my lower back aches",
        "nobody in my family has cancer, just a sore back since this morning",
        "did pe today and my back is stiff",
        "gave out the prizes at sports day, back is stiff since yesterday",
        "the bench leg gave way under the shelf, back a bit stiff since this morning",
        "raked mulch down one side of the garden and my lower back is sore since yesterday",
        "a guy fainted next to me in the spin class, i was fine, my back is stiff since",
        "three litres of water so i was in the loo loads, back a bit achy after squats yesterday",
        "knocked over a cone on the bike course, lower back sore since this morning",
        "carried her home on my shoulders last night, stiff back this morning",
    ],
)
def test_everyday_words_raise_no_flag(message: str) -> None:
    assert not any(rule.startswith("RF") for rule in fired(message))

"""The files say what the article and the clinical facts say: counts, numbers and cautions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from backchat.clinical.catalogue import Direction
from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.rules import AgeAtLeast, AgeBelow, AllOf, AnyOf, Condition, concepts_of
from backchat.knowledge import Knowledge
from backchat.knowledge.entries import Limits, MedicineEntry, StretchEntry
from backchat.knowledge.regions import Trust


def ids(entries: tuple[Any, ...]) -> list[str]:
    return [entry.id for entry in entries]


def excluding_concepts(exclusions: tuple[Any, ...]) -> set[str]:
    return {concept for item in exclusions for concept in concepts_of(item.when)}


def names(condition: Condition, part: Condition) -> bool:
    """Tell whether a condition names a part anywhere."""
    if isinstance(condition, AllOf | AnyOf):
        return any(names(inner, part) for inner in condition.parts)
    return condition == part


def stretch(knowledge: Knowledge, stretch_id: str) -> StretchEntry:
    return {entry.id: entry for entry in knowledge.stretches}[stretch_id]


def medicine(knowledge: Knowledge, medicine_id: str) -> MedicineEntry:
    return {entry.id: entry for entry in knowledge.medicines}[medicine_id]


def all_words(knowledge: Knowledge) -> dict[str, str]:
    """Return every sentence a person may read, by where it is."""
    words: dict[str, str] = {}

    def collect(place: str, value: Any) -> None:
        if isinstance(value, str):
            words[place] = value
        elif isinstance(value, tuple | list):
            for index, item in enumerate(value):
                collect(f"{place}[{index}]", item)
        elif isinstance(value, dict):
            for key, item in value.items():
                collect(f"{place}.{key}", item)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                collect(f"{place}.{name}", getattr(value, name))

    for part in (
        "causes", "remedies", "stretches", "every_stretch", "prevention", "medicines",
        "every_medicine", "thermal", "safety_net", "training",
    ):  # fmt: skip
        collect(part, getattr(knowledge, part))
    collect("rules", knowledge.rulebook.rules)
    return words


class TestTheArticle:
    """What the article lists is there, complete and in its order."""

    def test_it_names_seven_causes(self, knowledge: Knowledge) -> None:
        assert ids(knowledge.causes) == [
            "skipped_warmup",
            "overdid_it",
            "rapid_progression",
            "weak_core",
            "muscle_tightness",
            "muscle_weakness",
            "awkward_position_or_form",
        ]

    def test_a_new_exercise_is_explained_under_overdoing_it(self, knowledge: Knowledge) -> None:
        explained_too = {entry.id: entry.also for entry in knowledge.causes if entry.also}
        assert explained_too == {"overdid_it": ("new_exercise",)}

    def test_it_names_four_remedies(self, knowledge: Knowledge) -> None:
        assert ids(knowledge.remedies) == [
            "physical_therapist",
            "keep_moving",
            "ice_or_heat",
            "otc_medicine",
        ]

    def test_it_names_five_stretches(self, knowledge: Knowledge) -> None:
        assert ids(knowledge.stretches) == [
            "back_rotation",
            "knee_hug",
            "childs_pose",
            "cat_cow",
            "prone_press_up",
        ]

    def test_it_gives_six_tips_and_asks_to_stay_mindful(self, knowledge: Knowledge) -> None:
        assert ids(knowledge.prevention) == [
            "warm_up",
            "build_core",
            "pace_yourself",
            "stay_flexible",
            "vary_workouts",
            "cool_down",
            "stay_mindful",
        ]

    def test_warming_up_takes_five_to_ten_minutes(self, knowledge: Knowledge) -> None:
        [warm_up] = [tip for tip in knowledge.prevention if tip.id == "warm_up"]
        assert "5 to 10 minutes" in warm_up.explanation
        assert "dynamic" in warm_up.explanation

    @pytest.mark.parametrize("entry_id", ["ice", "heat"])
    def test_ice_and_heat_take_ten_to_fifteen_minutes(
        self, knowledge: Knowledge, entry_id: str
    ) -> None:
        [entry] = [entry for entry in knowledge.thermal if entry.id == entry_id]
        assert entry.minutes == (10, 15)
        assert any("10 to 15 minutes" in rule for rule in entry.rules)

    def test_its_seven_symptoms_mean_a_provider(self, knowledge: Knowledge) -> None:
        symptoms = [rule for rule in knowledge.rulebook.rules if rule.id.startswith("SS")]
        assert len(symptoms) == 7
        assert {rule.level for rule in symptoms} == {Level.SEE_PROVIDER}
        assert all("S0" in rule.sources for rule in symptoms)
        routine = [rule.id for rule in symptoms if rule.timeframe is Timeframe.ROUTINE]
        assert routine == ["SS3_OVER_TWO_DAYS"]

    @pytest.mark.parametrize("part", ["causes", "remedies", "prevention"])
    def test_what_it_says_cites_it(self, knowledge: Knowledge, part: str) -> None:
        assert all("S0" in entry.sources for entry in getattr(knowledge, part))


class TestKnownDisagreements:
    """Where the article and the guidelines differ, the files say what was decided."""

    def test_ten_percent_is_a_rule_of_thumb_and_never_proven(self, knowledge: Knowledge) -> None:
        [tip] = [tip for tip in knowledge.prevention if tip.id == "pace_yourself"]
        assert "rule of thumb" in tip.explanation
        assert "not a proven" in tip.explanation
        assert "not a proven" in knowledge.training.ten_percent_rule.caution
        assert knowledge.training.ten_percent_rule.percent == 10

    def test_stretching_does_not_promise_to_prevent_soreness(self, knowledge: Knowledge) -> None:
        [tip] = [tip for tip in knowledge.prevention if tip.id == "stay_flexible"]
        assert "can't promise" in tip.explanation

    def test_neither_ice_nor_heat_is_called_better(self, knowledge: Knowledge) -> None:
        [remedy] = [entry for entry in knowledge.remedies if entry.id == "ice_or_heat"]
        assert "whichever feels better" in remedy.explanation
        assert "Neither is proven" in remedy.explanation

    def test_anti_inflammatories_have_the_better_evidence_if_safe(
        self, knowledge: Knowledge
    ) -> None:
        [remedy] = [entry for entry in knowledge.remedies if entry.id == "otc_medicine"]
        assert "better evidence" in remedy.explanation
        assert "if they are safe for you" in remedy.explanation
        assert "pharmacist" in remedy.explanation
        assert "short time" in remedy.explanation


class TestStretches:
    """Doses, directions and cautions of the stretches."""

    @pytest.mark.parametrize(
        ("stretch_id", "repetitions", "hold_seconds", "sets_per_day", "sides"),
        [
            ("back_rotation", (5, 10), (2, 5), (1, 2), 2),
            ("knee_hug", (2, 3), (10, 30), (1, 2), 2),
            ("childs_pose", (2, 3), (20, 30), (1, 2), 1),
            ("cat_cow", (5, 10), (0, 0), (1, 2), 1),
            ("prone_press_up", (5, 10), (2, 3), (2, 4), 1),
        ],
    )
    def test_doses_are_those_of_the_facts(
        self,
        knowledge: Knowledge,
        stretch_id: str,
        repetitions: tuple[int, int],
        hold_seconds: tuple[int, int],
        sets_per_day: tuple[int, int],
        sides: int,
    ) -> None:
        entry = stretch(knowledge, stretch_id)
        dose = (entry.repetitions, entry.hold_seconds, entry.sets_per_day, entry.sides)
        assert dose == (repetitions, hold_seconds, sets_per_day, sides)
        if hold_seconds[1]:
            text = " ".join([entry.dose, *entry.steps])
            assert f"{hold_seconds[0]} to {hold_seconds[1]} seconds" in text

    def test_they_cover_every_direction(self, knowledge: Knowledge) -> None:
        directions = {entry.id: entry.eases_with for entry in knowledge.stretches}
        assert directions == {
            "back_rotation": Direction.TWISTING,
            "knee_hug": Direction.BENDING,
            "childs_pose": Direction.BENDING,
            "cat_cow": Direction.BOTH,
            "prone_press_up": Direction.ARCHING,
        }

    @pytest.mark.parametrize(
        "concept",
        [
            "pregnant",
            "fragile_bones",
            "recent_spine_procedure",
            "numbness_tingling",
            "leg_weakness",
        ],
    )
    def test_all_are_skipped_until_cleared(self, knowledge: Knowledge, concept: str) -> None:
        for entry in knowledge.stretches:
            assert concept in excluding_concepts(entry.skip_when), entry.id

    def test_press_ups_are_skipped_where_arching_hurts(self, knowledge: Knowledge) -> None:
        entry = stretch(knowledge, "prone_press_up")
        assert {"extension_pain", "extension_sport"} <= excluding_concepts(entry.skip_when)

    def test_pain_stays_at_three_and_settles_within_a_day(self, knowledge: Knowledge) -> None:
        assert knowledge.every_stretch.pain_at_most == 3
        assert knowledge.every_stretch.settle_hours == 24
        stops = " ".join(knowledge.every_stretch.stop_if)
        for sign in ("sharp", "further down a leg", "tingling", "numbness", "weakness", "dizzy"):
            assert sign in stops


class TestMedicines:
    """Label numbers and the gate before them."""

    @pytest.mark.parametrize(
        ("medicine_id", "region", "limits"),
        [
            ("ibuprofen", "US", Limits(200, 6, 1200, 4, 10)),
            ("ibuprofen", "GB", Limits(200, 6, 1200, 6, None)),
            ("naproxen", "US", Limits(220, 3, 660, 8, 10)),
            ("acetaminophen", "US", Limits(500, 6, 3000, 6, 10)),
            ("acetaminophen", "GB", Limits(500, 8, 4000, 4, None)),
        ],
    )
    def test_limits_are_those_of_the_labels(
        self, knowledge: Knowledge, medicine_id: str, region: str, limits: Limits
    ) -> None:
        entry = medicine(knowledge, medicine_id)
        assert entry.limits[region] == limits
        label = entry.labels[region]
        assert f"{limits.tablet_mg} mg" in label
        assert re.search(rf"\b{limits.tablets_in_24_h}\b", label)
        grams = f"{limits.mg_in_24_h // 1000} g"
        assert f"{limits.mg_in_24_h:,} mg" in label or grams in label
        assert limits.days is None or f"{limits.days} days" in label

    def test_acetaminophen_warns_of_the_liver_above_4000_mg(self, knowledge: Knowledge) -> None:
        label = medicine(knowledge, "acetaminophen").labels["US"]
        assert "More than 4,000 mg in 24 hours" in label
        assert "liver" in label

    def test_british_people_get_no_naproxen_numbers(self, knowledge: Knowledge) -> None:
        assert set(medicine(knowledge, "naproxen").labels) == {"US"}

    def test_acetaminophen_is_paracetamol_outside_america(self, knowledge: Knowledge) -> None:
        entry = medicine(knowledge, "acetaminophen")
        assert entry.name_in("US") == entry.name_in(None) == "acetaminophen"
        assert entry.name_in("GB") == entry.name_in("AU") == "paracetamol"

    @pytest.mark.parametrize(
        ("medicine_id", "brands"),
        [
            ("ibuprofen", {"Advil", "Motrin"}),
            ("naproxen", {"Aleve"}),
            ("acetaminophen", {"Tylenol"}),
        ],
    )
    def test_brands_of_the_article_are_known(
        self, knowledge: Knowledge, medicine_id: str, brands: set[str]
    ) -> None:
        assert brands <= set(medicine(knowledge, medicine_id).brands)

    @pytest.mark.parametrize("medicine_id", ["ibuprofen", "naproxen"])
    def test_the_gate_of_anti_inflammatories_covers_the_facts(
        self, knowledge: Knowledge, medicine_id: str
    ) -> None:
        gate = medicine(knowledge, medicine_id).ask_first_when
        assert {
            "minor", "pregnant", "postpartum", "nsaid_caution", "anticoagulant",
            "long_term_steroids", "double_nsaid", "dark_urine", "single_kidney", "fever",
            "flank_pain", "black_or_bloody_stool", "overdose", "allergic_reaction",
        } <= excluding_concepts(gate)  # fmt: skip
        assert any(names(item.when, AgeBelow(18)) for item in gate)
        assert any(names(item.when, AgeAtLeast(60)) for item in gate)

    def test_the_gate_of_acetaminophen_covers_the_facts(self, knowledge: Knowledge) -> None:
        gate = medicine(knowledge, "acetaminophen").ask_first_when
        assert {"minor", "pregnant", "nsaid_caution", "anticoagulant", "overdose"} <= (
            excluding_concepts(gate)
        )
        assert any(names(item.when, AgeBelow(18)) for item in gate)

    def test_every_medicine_asks_about_three_drinks_a_day(self, knowledge: Knowledge) -> None:
        for entry in knowledge.medicines:
            assert any("three or more alcoholic drinks" in words for words in entry.also_ask_if)

    def test_two_anti_inflammatories_are_never_combined(self, knowledge: Knowledge) -> None:
        assert any("two anti-inflammatories" in rule for rule in knowledge.every_medicine.rules)
        assert [entry.id for entry in knowledge.medicines if entry.nsaid] == [
            "ibuprofen",
            "naproxen",
        ]


class TestThermal:
    """Cautions with ice and heat."""

    @pytest.mark.parametrize(
        "concept",
        [
            "poor_circulation_or_feeling",
            "fever",
            "rash_blisters",
            "cancer_history",
            "dark_urine",
            "hard_swollen_muscle",
        ],
    )
    def test_both_ask_first(self, knowledge: Knowledge, concept: str) -> None:
        for entry in knowledge.thermal:
            assert concept in excluding_concepts(entry.ask_first_when), entry.id

    def test_heat_asks_first_in_pregnancy(self, knowledge: Knowledge) -> None:
        [heat] = [entry for entry in knowledge.thermal if entry.id == "heat"]
        assert "pregnant" in excluding_concepts(heat.ask_first_when)

    def test_nothing_goes_on_bare_skin_or_to_bed(self, knowledge: Knowledge) -> None:
        for entry in knowledge.thermal:
            rules = " ".join(entry.rules)
            assert "bare skin" in rules
            assert "sleep" in rules
            assert "every 5 minutes" in entry.skin_check


class TestTraining:
    """The way back to training."""

    def test_the_traffic_light_is_that_of_the_facts(self, knowledge: Knowledge) -> None:
        lights = {light.colour: light.pain for light in knowledge.training.traffic_light}
        assert lights == {"green": (0, 3), "amber": (4, 5), "red": (6, 10)}

    def test_increments_are_those_of_the_facts(self, knowledge: Knowledge) -> None:
        increments = {
            (item.equipment, item.unit): item.step
            for item in knowledge.training.ten_percent_rule.increments
        }
        assert increments == {
            ("barbell", "lb"): 5,
            ("barbell", "kg"): 2.5,
            ("dumbbell", "lb"): 5,
            ("dumbbell", "kg"): 2,
            ("time", "min"): 1,
            ("time", "h"): 0.1,
            ("distance", "mile"): 0.1,
            ("distance", "km"): 0.1,
            ("repetitions", "reps"): 1,
        }

    def test_the_return_has_five_steps_and_two_step_backs_mean_a_provider(
        self, knowledge: Knowledge
    ) -> None:
        assert len(knowledge.training.graded_return) == 5
        assert knowledge.training.graded_return[-1].move_on_when is None
        assert knowledge.training.step_back.provider_after == 2


class TestRegions:
    """Which number to call where."""

    @pytest.mark.parametrize(
        ("code", "emergency", "urgent", "poison", "crisis"),
        [
            ("US", "911", None, "1-800-222-1222", "988"),
            ("CA", "911", "811", "1-844-764-7669", "988"),
            ("GB", "999", "111", "111", "116 123"),
            ("IE", "112", None, "01 809 2166", "116 123"),
            ("EU", "112", "116 117", None, "116 123"),
            ("AU", "000", "1800 022 222", "13 11 26", "13 11 14"),
            ("NZ", "111", "0800 611 116", "0800 764 766", "0508 828 865"),
            ("IN", "112", None, None, "14416"),
            ("SG", "995", None, None, None),
            ("ZA", "10177", None, None, None),
            ("JP", "119", None, None, None),
            ("HK", "999", None, None, None),
            ("BR", "192", None, None, None),
            ("MX", "911", None, None, None),
        ],
    )
    def test_numbers_are_those_of_the_facts(
        self,
        knowledge: Knowledge,
        code: str,
        emergency: str,
        urgent: str | None,
        poison: str | None,
        crisis: str | None,
    ) -> None:
        region = knowledge.regions.get(code)
        assert region is not None
        lines = (region.emergency, region.urgent_line, region.poison_line, region.crisis_line)
        assert [line and line.number for line in lines] == [emergency, urgent, poison, crisis]
        for line in lines:
            assert line is None or line.number is None or line.number in line.words

    def test_an_unknown_region_gets_examples_and_no_guess(self, knowledge: Knowledge) -> None:
        expected = (
            "your local emergency number (for example 911 in the US/Canada, 999 in the UK, "
            "112 in the EU, 000 in Australia, 111 in New Zealand)"
        )
        assert knowledge.regions.numbers(None)["emergency"] == expected
        assert knowledge.regions.numbers("XX") == knowledge.regions.numbers(None)

    def test_111_is_an_emergency_number_in_new_zealand_only(self, knowledge: Knowledge) -> None:
        emergency = {
            region.code for region in knowledge.regions.regions if region.emergency.number == "111"
        }
        assert emergency == {"NZ"}
        assert "111" not in knowledge.regions.numbers("NZ")["urgent_line"].split()
        assert "111" not in knowledge.regions.numbers("GB")["emergency"].split()

    @pytest.mark.parametrize("code", ["GB", "NZ"])
    def test_111_never_stands_without_its_country(self, knowledge: Knowledge, code: str) -> None:
        for words in knowledge.regions.numbers(code).values():
            assert re.search(r"\b111\b(?! \(in (the UK|New Zealand)\))", words) is None

    @pytest.mark.parametrize(
        ("code", "meant"), [("gb", "GB"), ("UK", "GB"), ("FR", "EU"), ("de", "EU"), ("IE", "IE")]
    )
    def test_other_codes_find_their_region(
        self, knowledge: Knowledge, code: str, meant: str
    ) -> None:
        region = knowledge.regions.get(code)
        assert region is not None
        assert region.code == meant

    @pytest.mark.parametrize("code", ["IN", "SG", "ZA", "JP", "HK", "BR", "MX"])
    def test_numbers_without_a_source_say_so(self, knowledge: Knowledge, code: str) -> None:
        region = knowledge.regions.get(code)
        assert region is not None
        assert region.emergency.confidence is Trust.GENERAL_KNOWLEDGE
        assert region.sources == ("GK",)


def test_the_safety_net_names_every_emergency_sign_of_the_facts(knowledge: Knowledge) -> None:
    words = knowledge.safety_net.words
    for sign in (
        "genitals or bottom", "peeing or pooing", "both legs", "a leg that gets weaker",
        "cola-coloured urine", "chest pain", "collapse", "sudden severe pain in your belly or back",
    ):  # fmt: skip
        assert sign in words


class TestWords:
    """What a person reads is plain, our own and names no company."""

    def test_no_company_is_named(self, knowledge: Knowledge) -> None:
        words = all_words(knowledge)
        naming = [place for place, text in words.items() if "hinge health" in text.lower()]
        assert naming == []

    def test_what_a_reply_completes_has_no_full_stop(self, knowledge: Knowledge) -> None:
        completed = [
            text
            for entry in knowledge.stretches
            for text in (entry.dose, entry.easier, entry.harder, *entry.also_skip_if)
        ]
        for entry in (*knowledge.medicines, *knowledge.thermal):
            completed += [*entry.also_ask_if, *(item.words for item in entry.ask_first_when)]
        assert [text for text in completed if text.endswith(".")] == []

    def test_sentences_are_short(self, knowledge: Knowledge) -> None:
        for place, text in all_words(knowledge).items():
            for sentence in re.split(r"(?<=[.!?]) ", text):
                assert len(sentence.split()) <= 45, place

    def test_nothing_promises_a_cure_or_names_a_diagnosis(self, knowledge: Knowledge) -> None:
        forbidden = re.compile(r"\b(you have (a|an) \w+ (strain|disc)|cures?|guarantee\w*)\b", re.I)
        matching = [place for place, text in all_words(knowledge).items() if forbidden.search(text)]
        assert matching == []


def test_every_source_is_cited(knowledge: Knowledge, cited: set[str]) -> None:
    assert set(knowledge.sources) == cited


@pytest.fixture(scope="session")
def cited(knowledge: Knowledge) -> set[str]:
    """Return the source keys that any file but the list of sources names."""
    files = [path for path in knowledge.directory.glob("*.yml") if path.stem != "sources"]
    lists = [
        found
        for path in files
        for found in re.findall(r"sources: \[([^\]]+)\]", path.read_text(encoding="utf-8"))
    ]
    return {key.strip() for keys in lists for key in keys.split(",")}

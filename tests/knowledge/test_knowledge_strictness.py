"""A mistake in a knowledge file is refused with the file, the line and what was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from backchat.knowledge import load

if TYPE_CHECKING:
    from conftest import Workshop


class Mistake(NamedTuple):
    """An edit of a shipped file, and the error it must give.

    The error stands where the edit is, or where the text ``at`` first is. ``{first}`` in the
    problem is the line of the text ``first``.
    """

    file: str
    old: str
    new: str
    problem: str
    suggestion: str | None = None
    at: str | None = None
    first: str | None = None


MISTAKES = {
    "a misspelt concept": Mistake(
        "rules.yml",
        "when: saddle_numbness",
        "when: sadle_numbness",
        "unknown concept 'sadle_numbness'",
        "saddle_numbness",
    ),
    "a misspelt concept deep in a condition": Mistake(
        "rules.yml",
        "{any: [worsening, unsteady]}",
        "{any: [worsening, unsteddy]}",
        "unknown concept 'unsteddy'",
        "unsteady",
    ),
    "a misspelt concept to clarify": Mistake(
        "rules.yml",
        "clarifies: fever",
        "clarifies: fevr",
        "unknown concept 'fevr'",
        "fever",
    ),
    "a misspelt key": Mistake(
        "rules.yml", "clarifies: saddle", "clarify: saddle", "unknown key 'clarify'", "clarifies"
    ),
    "a missing key": Mistake(
        "rules.yml",
        "  sources: [S3, S4, S5, S6, S25]\n",
        "",
        "missing 'sources'",
        at="- id: RF01_SADDLE",
    ),
    "no source": Mistake(
        "rules.yml",
        "sources: [S3, S4, S5, S6, S25]",
        "sources: []",
        "expected a list of at least one, found an empty one",
    ),
    "an unknown source": Mistake(
        "stretches.yml",
        "sources: [S45, S46, S47]",
        "sources: [S455]",
        "unknown source 'S455'",
        "S45",
    ),
    "a duplicate rule": Mistake(
        "rules.yml",
        "id: RF02_BLADDER",
        "id: RF01_SADDLE",
        "id 'RF01_SADDLE' is already on line {first}",
        first="id: RF01_SADDLE",
    ),
    "a duplicate stretch": Mistake(
        "stretches.yml",
        "id: cat_cow",
        "id: knee_hug",
        "id 'knee_hug' is already on line {first}",
        first="id: knee_hug",
    ),
    "a duplicate concept": Mistake(
        "concepts.yml",
        "stiffness:",
        "soreness:",
        "'soreness' is already on line {first}",
        first="soreness:",
    ),
    "a duplicate key": Mistake(
        "rules.yml",
        "  when: saddle_numbness",
        "  level: EMERGENCY_NOW\n  when: saddle_numbness",
        "'level' is already on line {first}",
        first="level: EMERGENCY_NOW",
    ),
    "a misspelt level": Mistake(
        "rules.yml",
        "level: EMERGENCY_NOW",
        "level: EMERGENCY_NOM",
        "unknown level 'EMERGENCY_NOM'",
        "EMERGENCY_NOW",
    ),
    "a misspelt timeframe": Mistake(
        "rules.yml", "timeframe: soon", "timeframe: son", "unknown timeframe 'son'", "soon"
    ),
    "a provider rule without timeframe": Mistake(
        "rules.yml",
        "  timeframe: soon\n",
        "",
        "SEE_PROVIDER needs a 'timeframe', no other level has one",
        at="level: SEE_PROVIDER",
    ),
    "an emergency rule with timeframe": Mistake(
        "rules.yml",
        "  level: EMERGENCY_NOW\n",
        "  level: EMERGENCY_NOW\n  timeframe: soon\n",
        "SEE_PROVIDER needs a 'timeframe', no other level has one",
    ),
    "a raise that does not raise": Mistake(
        "rules.yml",
        "to: EMERGENCY_NOW",
        "to: SEE_PROVIDER",
        "'raised' must name a level above URGENT_SAME_DAY",
    ),
    "a lowering that does not lower": Mistake(
        "rules.yml",
        "    - to: SEE_PROVIDER",
        "    - to: EMERGENCY_NOW",
        "'lowered' must name a level below URGENT_SAME_DAY",
    ),
    "an unknown kind of condition": Mistake(
        "rules.yml", "{over_hours: 48}", "{over_hour: 48}", "unknown key 'over_hour'", "over_hours"
    ),
    "a condition with two keys": Mistake(
        "rules.yml",
        "{over_hours: 48}",
        "{over_hours: 48, trend: same}",
        "a condition has exactly one key, found 2",
    ),
    "an empty condition": Mistake(
        "rules.yml",
        "{any: [fever, chills, feeling_very_unwell]}",
        "{any: []}",
        "expected at least one condition, found an empty list",
    ),
    "a count that can never be reached": Mistake(
        "rules.yml", "count: 2", "count: 4", "expected 1 to 3, found 4"
    ),
    "an impossible pain score": Mistake(
        "rules.yml", "{pain_at_least: 8}", "{pain_at_least: 80}", "expected 0 to 10, found 80"
    ),
    "a misspelt trend": Mistake(
        "rules.yml", "{trend: better}", "{trend: beter}", "unknown trend 'beter'", "better"
    ),
    "a misspelt movement": Mistake(
        "stretches.yml",
        "{worse_with: standing}",
        "{worse_with: stading}",
        "unknown movement 'stading'",
        "standing",
    ),
    "a number in words": Mistake(
        "rules.yml",
        "{over_hours: 48}",
        "{over_hours: two}",
        "expected a whole number, found 'two'",
    ),
    "a screening question about an unknown rule": Mistake(
        "screening.yml",
        "rules: [RF01_SADDLE]",
        "rules: [RF1_SADDLE]",
        "unknown rule 'RF1_SADDLE'",
        "RF01_SADDLE",
    ),
    "a screening question out of order": Mistake(
        "screening.yml", "{number: 1,", "{number: 11,", "question 11 stands in place 1"
    ),
    "a screening question settled by what it does not ask": Mistake(
        "screening.yml",
        "key: [saddle_numbness]",
        "key: [fever]",
        "'key' names a concept that 'concepts' lacks",
    ),
    "a cause answered by an unknown tip": Mistake(
        "causes.yml",
        "prevention: [warm_up]",
        "prevention: [warmup]",
        "unknown prevention tip 'warmup'",
        "warm_up",
    ),
    "a range the wrong way round": Mistake(
        "thermal.yml",
        "minutes: [10, 15]",
        "minutes: [15, 10]",
        "expected a range [least, most], found [15, 10]",
    ),
    "a daily maximum that the tablets do not add up to": Mistake(
        "medicines.yml",
        "US: {tablet_mg: 200, tablets_in_24_h: 6, mg_in_24_h: 1200,",
        "US: {tablet_mg: 200, tablets_in_24_h: 8, mg_in_24_h: 1200,",
        "8 tablets of 200 mg are 1600 mg, not 1200",
    ),
    "label words without the numbers": Mistake(
        "medicines.yml",
        "      GB: {tablet_mg: 200, tablets_in_24_h: 6, mg_in_24_h: 1200, hours_between: 6}\n",
        "",
        "'labels' and 'limits' must name the same regions",
        at="- id: ibuprofen",
    ),
    "a label for an unknown region": Mistake(
        "medicines.yml", "      GB: >-", "      GBR: >-", "unknown region 'GBR'", "GB"
    ),
    "a phone number that is not text": Mistake(
        "regions.yml",
        "number: '911'",
        "number: 911",
        "expected text, found 911; write it in quotes",
    ),
    "a 111 without its country": Mistake(
        "regions.yml",
        "words: 111 (in New Zealand)",
        "words: call 111",
        "111 differs by country: write '111 (in ...)'",
    ),
    "a traffic light with a gap": Mistake(
        "training.yml",
        "pain: [4, 5]",
        "pain: [5, 5]",
        "'traffic_light' must cover the scores 0 to 10 once, in order",
        at="ten_percent_rule:",
    ),
    "an unknown confidence": Mistake(
        "sources.yml",
        "2025, confidence: authority",
        "2025, confidence: author",
        "unknown confidence 'author'",
        "authority",
    ),
    "text where a list belongs": Mistake(
        "causes.yml",
        "prevention: [warm_up]",
        "prevention: warm_up",
        "expected a list, found 'warm_up'",
    ),
    "a list where text belongs": Mistake(
        "causes.yml",
        "name: Overdoing it",
        "name: [Overdoing it]",
        "expected text, found a list",
    ),
    "an empty text": Mistake(
        "causes.yml", "name: Overdoing it", "name: ''", "expected text, found nothing"
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_line_and_suggestion(
    workshop: Workshop, mistake: Mistake
) -> None:
    edited = workshop.edit(mistake.file, mistake.old, mistake.new)
    line = workshop.line_of(mistake.file, mistake.at) if mistake.at else edited
    first = workshop.line_of(mistake.file, mistake.first) if mistake.first else None

    error = workshop.error()

    assert (error.file, error.line, error.problem, error.suggestion) == (
        mistake.file,
        line,
        mistake.problem.replace("{first}", str(first)),
        mistake.suggestion,
    )


def test_the_message_ends_with_what_was_probably_meant(workshop: Workshop) -> None:
    line = workshop.edit("rules.yml", "clarifies: fever", "clarifies: fevr")

    assert str(workshop.error()) == (
        f"rules.yml:{line}: unknown concept 'fevr'; did you mean 'fever'?"
    )


def test_a_missing_file_is_named(workshop: Workshop) -> None:
    (workshop.directory / "regions.yml").unlink()

    assert str(workshop.error()) == "regions.yml:1: this file is missing"


@pytest.mark.parametrize("content", ["", "# only a comment\n"])
def test_an_empty_file_is_refused(workshop: Workshop, content: str) -> None:
    (workshop.directory / "remedies.yml").write_text(content, encoding="utf-8")

    assert str(workshop.error()) == "remedies.yml:1: this file is empty"


def test_broken_yaml_is_refused_with_its_line(workshop: Workshop) -> None:
    line = workshop.edit("rules.yml", "sources: [S3, S4, S5, S6, S25]", "sources: [S3, S4")

    error = workshop.error()

    assert error.file == "rules.yml"
    assert error.line >= line
    assert error.problem.startswith("not valid YAML")


def test_a_file_that_is_not_utf8_is_refused(workshop: Workshop) -> None:
    (workshop.directory / "causes.yml").write_bytes(b"- id: caf\xe9\n")

    assert "not UTF-8" in workshop.error().problem


def test_an_edit_changes_the_version(workshop: Workshop) -> None:
    before = load(workshop.directory).version
    workshop.edit("causes.yml", "name: Overdoing it", "name: Doing too much")

    assert load(workshop.directory).version != before


def test_a_lexicon_edit_changes_the_version(workshop: Workshop) -> None:
    before = load(workshop.directory).version
    (workshop.directory / "lexicon").mkdir()
    (workshop.directory / "lexicon" / "saddle.yml").write_text("words: []\n", encoding="utf-8")

    assert load(workshop.directory).version != before


def test_the_version_does_not_depend_on_where_the_files_are(
    workshop: Workshop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "knowledge"
    elsewhere.symlink_to(workshop.directory, target_is_directory=True)

    assert load(elsewhere).version == load(workshop.directory).version

"""The lexicon's notation, its strictness, and which reading of a message wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from backchat.knowledge import KnowledgeError
from backchat.language.annotation import Annotator, Matcher
from backchat.language.brackets import NotationError
from backchat.language.findings import strongest
from backchat.language.lexicon import Lexicon, Sense
from backchat.language.lexicon_files import load_lexicon
from backchat.language.patterns import parse
from backchat.language.phrasebook import expand

CONCEPTS = ("saddle_numbness", "leg_weakness")


def lexicon(folder: Path, text: str) -> Lexicon:
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "test.yml").write_text(text, "utf-8")
    return load_lexicon(folder, CONCEPTS)


def found(folder: Path, pattern: str, message: str) -> bool:
    loaded = lexicon(
        folder,
        "classes: {filler: [the, is, my], subject: [i, it], contrast: [but], leg: [leg/n, thigh]}\n"
        f"concepts: {{leg_weakness: {{symptom: ['{pattern}']}}}}\n",
    )
    scene = Annotator(loaded).annotate(message).literal
    return any(True for _ in Matcher(loaded.concepts).claims(scene))


def test_a_phrase_expands_choices_options_and_inflections() -> None:
    classes = {"leg": [("leg",), ("thigh",)]}
    assert set(expand("(my|the)? @leg", classes, {})) == {
        ("leg",),
        ("thigh",),
        ("my", "leg"),
        ("my", "thigh"),
        ("the", "leg"),
        ("the", "thigh"),
    }
    assert ("leaking",) in set(expand("leak/v", {}, {}))
    assert ("dragged",) in set(expand("drag/v", {}, {}))
    assert ("arches",) in set(expand("arch/n", {}, {}))
    assert {("goes",), ("went",), ("gone",)} <= set(expand("go/v", {}, {}))


def test_a_phrase_takes_the_spellings_the_tokenizer_uses() -> None:
    assert list(expand("mom", {}, {"mom": ("mum",)})) == [("mum",)]


@pytest.mark.parametrize("source", ["(a|b", "a)", "(a||b)", "a & ", "x?"])
def test_a_malformed_pattern_is_refused(source: str) -> None:
    with pytest.raises(NotationError):
        parse(source)


@pytest.mark.parametrize(
    ("pattern", "message", "matches"),
    [
        ("@leg weak", "my leg is weak", True),
        ("@leg weak", "my leg feels terribly weak", False),
        ("@leg .. weak", "my leg feels terribly weak", True),
        ("@leg .. weak", "my leg but not weak", False),
        ("weak & @leg", "both thighs weak", False),
        ("weak & @leg", "legs and arms weak", True),
        ("weak & @leg", "my leg hurts. i am weak", False),
        ("weak &&& @leg", "my leg hurts. i am weak", True),
        ("@leg weak !tired", "my leg is weak", True),
        ("weak !tired", "so tired and weak", False),
        ("@leg (weak|giving out)", "my leg giving out", True),
        ("^ weak", "weak today", True),
        ("^ weak", "today weak", False),
        ("weak $", "today weak", True),
        ("weak $", "weak today", False),
    ],
)
def test_a_pattern_finds_what_its_notation_says(
    tmp_path: Path, pattern: str, message: str, matches: bool
) -> None:
    assert found(tmp_path, pattern, message) is matches


def test_the_reading_that_explains_more_words_wins(tmp_path: Path) -> None:
    loaded = lexicon(
        tmp_path,
        "concepts:\n  leg_weakness:\n    symptom: [weak]\n    never: [weak wifi]\n",
    )
    scene = Annotator(loaded).annotate("weak wifi").literal
    winners = strongest(Matcher(loaded.concepts).claims(scene), ["weak", "wifi"])
    assert [claim.wording.sense for claim in winners] == [Sense.NEVER]


def test_the_words_of_an_idiom_mean_nothing_else(tmp_path: Path) -> None:
    loaded = lexicon(
        tmp_path, "concepts: {leg_weakness: {symptom: [weak]}}\nidioms: [weak at the knees]\n"
    )
    scene = Annotator(loaded).annotate("weak at the knees").literal
    assert not list(Matcher(loaded.concepts).claims(scene))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("classes: {leg: ['@foot']}", "unknown class '@foot'"),
        ("classes: {leg: ['@leg']}", "class 'leg' contains itself"),
        ("concepts: {leg_weaknes: {symptom: [weak]}}", "did you mean 'leg_weakness'"),
        ("concepts: {leg_weakness: {sympton: [weak]}}", "did you mean 'symptom'"),
        ("concepts: {leg_weakness: {symptom: ['@lge']}}", "test.yml:1"),
        ("idioms: ['(dead tired']", "unbalanced brackets"),
        ("lasting: [leg_weakness, cancer]", "unknown concept 'cancer'"),
        ("nonsense: []", "unknown key 'nonsense'"),
    ],
)
def test_a_mistake_in_a_file_is_refused_with_its_place(
    tmp_path: Path, text: str, complaint: str
) -> None:
    with pytest.raises(KnowledgeError, match=complaint):
        lexicon(tmp_path, text)


def test_a_class_may_be_written_only_once(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    for name in ("one", "two"):
        (tmp_path / "lexicon" / f"{name}.yml").write_text("classes: {leg: [leg]}", "utf-8")
    with pytest.raises(KnowledgeError, match=r"already in lexicon/one\.yml:1"):
        load_lexicon(tmp_path, CONCEPTS)

"""The statistical reader by itself: what it learns, and what it makes of a message."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backchat.clinical.levels import Level
from backchat.knowledge import Knowledge, KnowledgeError, load
from backchat.language.doubt import Doubt, default_model_path, load_or_train, store
from backchat.language.doubt.calibration import (
    DISMISSED_AMONG_ALARMING,
    SURE_AMONG_HARMLESS,
    SUSPECTED_AMONG_HARMLESS,
    levels,
)
from backchat.language.doubt.examples import Example, read_examples
from backchat.language.doubt.features import BUCKETS, passages
from backchat.language.doubt.generation import grammar_examples, mistyped, variations
from backchat.language.doubt.model import Levels, ModelError, Opinion
from backchat.language.doubt.training import train_on

DATA = Path(__file__).parent / "data"
FEWEST_OF_AN_EMERGENCY = 40
FEWEST_OF_A_RULE = 25
FEWEST_BENIGN = 1_200

SMALL = tuple(
    Example(f"{text} {word}", frozenset(rules))
    for text, rules in (
        ("my bits are numb", {"RF01"}),
        ("can't pee", {"RF02"}),
        ("my back is sore", set()),
        ("not numb", set()),
    )
    for word in ("now", "today", "so", "here")
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def doubt(knowledge: Knowledge) -> Doubt:
    return load_or_train(knowledge)


@pytest.fixture(scope="module")
def small() -> Doubt:
    return train_on(SMALL, ())


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write_file(content: str) -> Path:
        (tmp_path / "examples").mkdir(exist_ok=True)
        (tmp_path / "examples" / "some.yml").write_text(content, encoding="utf-8")
        return tmp_path

    return write_file


def phrases() -> list[dict[str, str]]:
    files = ("phrases_shared.jsonl", "phrases_tune.jsonl")
    return [
        json.loads(line)
        for name in files
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    ]


# --- the trained reader --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("since lifting the sofa i sit down and its like my backside isnt there", "RF01_SADDLE"),
        ("stood at the toilet twenty mins, bladder bursting, nothing would come", "RF02_BLADDER"),
        ("theres poo in my shorts again and i never felt it leave", "RF03_BOWEL"),
        ("both my feet have been buzzing and numb since the heavy set", "RF05_BILATERAL_LEGS"),
        ("i cant see the point of being alive anymore", "RF31_SELF_HARM"),
        ("my wee has gone the colour of strong tea after the bootcamp", "RF12_RHABDO"),
    ],
)
def test_wording_that_no_example_holds_is_suspected(doubt: Doubt, text: str, rule: str) -> None:
    assert rule in doubt.suspects(text)


@pytest.mark.parametrize(
    "text",
    [
        "my lower back is a little stiff after yesterday's deadlifts",
        "no numbness, no tingling and no weakness in my legs",
        "peeing and pooing just as I always do",
        "what are the warning signs I should watch out for?",
        "can you show me a gentle stretch please",
        "legs are jelly after squats haha",
        "thanks, see you tomorrow",
        "",
        "   \n?!",
        "🙂",
    ],
)
def test_harmless_messages_make_it_suspect_nothing(doubt: Doubt, text: str) -> None:
    assert doubt.suspects(text) == ()


def test_a_frightening_sentence_is_found_among_harmless_ones(doubt: Doubt) -> None:
    text = (
        "Hi there. I did rows on Monday and my back is a bit stiff. "
        "I can't feel my private parts when I wipe. Should I use ice or heat?"
    )
    assert "RF01_SADDLE" in doubt.suspects(text)


@pytest.mark.parametrize("question", ["numbness down below? {}", "Any fever? {}", "chest pain? {}"])
def test_a_denying_answer_takes_the_doubt_out_of_a_question(doubt: Doubt, question: str) -> None:
    denied = doubt.scores(question.format("no"))
    affirmed = doubt.scores(question.format("yes"))
    assert denied.max() < affirmed.max()


def test_most_flag_phrases_of_the_tables_are_suspected(doubt: Doubt) -> None:
    texts = [p["text"] for p in phrases() if p["kind"] == "pos" and p["rule"] in doubt.rules]
    found = sum(bool(doubt.suspects(text)) for text in texts) / len(texts)
    assert found >= 0.85


def test_few_denied_and_look_alike_phrases_of_the_tables_are_suspected(doubt: Doubt) -> None:
    cases = [p for p in phrases() if p["kind"] in ("neg", "look") and p["rule"] in doubt.rules]
    own = sum(p["rule"] in doubt.suspects(p["text"]) for p in cases) / len(cases)
    anything = sum(bool(doubt.suspects(p["text"])) for p in cases) / len(cases)
    assert own <= 0.04
    assert anything <= 0.055


def test_every_rule_that_words_alone_can_mean_can_be_suspected(
    doubt: Doubt, knowledge: Knowledge
) -> None:
    asked = {rule.id for rule in knowledge.rulebook.rules if rule.clarifies}
    assert set(doubt.rules) == asked


def test_reading_takes_half_a_millisecond(doubt: Doubt) -> None:
    text = (
        "did deadlifts on monday and my back is stiff, today the pain runs down my leg a bit and "
    )
    text = (text * 3)[:200]
    doubt.suspects(text)
    fastest = min(_seconds(lambda: doubt.suspects(text)) for _ in range(50))
    assert fastest < 0.0005


def test_a_kept_model_loads_in_a_blink(doubt: Doubt, tmp_path: Path) -> None:
    doubt.save(tmp_path / "doubt.npz")
    fastest = min(_seconds(lambda: Doubt.load(tmp_path / "doubt.npz")) for _ in range(5))
    assert fastest < 0.2


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    _SHARED.suspects(text)


@given(st.text(alphabet=st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF), max_size=20))
def test_not_even_broken_unicode(text: str) -> None:
    _SHARED.suspects(text)


# --- examples ------------------------------------------------------------------------------------


def test_there_are_enough_examples_of_everything(knowledge: Knowledge) -> None:
    rules = {rule.id: rule for rule in knowledge.rulebook.rules}
    examples = read_examples(knowledge.directory, rules)
    assert sum(not example.rules for example in examples) >= FEWEST_BENIGN
    for rule in rules.values():
        written = sum(rule.id in example.rules for example in examples)
        if rule.clarifies:
            emergency = rule.level is Level.EMERGENCY_NOW
            assert written >= (FEWEST_OF_AN_EMERGENCY if emergency else FEWEST_OF_A_RULE), rule.id


def test_no_example_is_a_phrase_of_the_tests(knowledge: Knowledge) -> None:
    rules = [rule.id for rule in knowledge.rulebook.rules]
    written = {_plain(example.text) for example in read_examples(knowledge.directory, rules)}
    tested = {
        _plain(json.loads(line)["text"])
        for file in DATA.glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    assert written & tested == set()


def test_files_and_rules_add_up(write: Callable[[str], Path]) -> None:
    root = write("RF01: [numb bits, both]\nRF02: [both]\nbenign: [sore back]\n")
    assert read_examples(root, ["RF01", "RF02"]) == (
        Example("numb bits", frozenset({"RF01"})),
        Example("both", frozenset({"RF01", "RF02"})),
        Example("sore back", frozenset()),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("RF0I: [numb]", "some.yml:1: unknown key 'RF0I'; did you mean 'RF01'?"),
        ("RF01:\n- numb\n- numb", "some.yml:3: 'numb' stands twice under RF01"),
        (
            "RF01: [numb]\nbenign: [numb]",
            "some.yml:2: 'numb' is both benign and an example of a rule",
        ),
        ("RF01: [no]", "some.yml:1: expected text, found no; write it in quotes"),
        ("RF01: numb", "some.yml:1: expected a list, found 'numb'"),
    ],
)
def test_a_wrong_example_file_names_its_line(
    write: Callable[[str], Path], content: str, message: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_examples(write(content), ["RF01"])
    assert str(caught.value) == f"examples/{message}"


# --- features ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No fever or chills, but my back hurts", "no ~fever ~or ~chills but my back hurts"),
        ("I can't pee", "i cant ^pee"),
        ("i can not pee", "i cant ^pee"),
        ("it will not lift", "it wont ^lift"),
        ("numbness? no.", "no ~numbness ~?"),
        ("I’m 34", "im #3"),
        ("not sore, I can't feel my legs", "not ~sore i cant ^feel ^my ^legs"),
    ],
)
def test_words_under_a_denial_are_marked(text: str, expected: str) -> None:
    assert [" ".join(passage.words) for passage in passages(text)] == [expected]


def test_a_message_is_read_sentence_by_sentence() -> None:
    assert [" ".join(p.words) for p in passages("Not bad. Sore? Yes!\n!")] == [
        "not ~bad",
        "sore ?",
        "yes",
    ]


# --- generation ----------------------------------------------------------------------------------


def test_the_grammar_speaks_of_rules_and_of_harmless_things(knowledge: Knowledge) -> None:
    spoken = grammar_examples(knowledge, seed=1)
    assert {"RF01_SADDLE", "RF02_BLADDER"} <= {rule for each in spoken for rule in each.rules}
    assert any(not each.rules for each in spoken)
    assert spoken == grammar_examples(knowledge, seed=1)
    assert spoken != grammar_examples(knowledge, seed=2)


def test_slips_of_typing_keep_the_words_and_their_first_letters() -> None:
    text = "my private parts have been numb since tuesday evening"
    typed = mistyped(text, Random(4))
    assert typed != text
    assert [word[0] for word in typed.split()] == [word[0] for word in text.split()]


def test_variations_keep_what_a_message_means() -> None:
    for varied in variations(SMALL, seed=3):
        said = {rule for each in SMALL for rule in each.rules if each.text in varied.text}
        assert said <= varied.rules


# --- training and thresholds ---------------------------------------------------------------------


def test_the_same_examples_give_the_same_reader(small: Doubt) -> None:
    again = train_on(SMALL, ())
    text = "numb bits and a sore back"
    assert np.array_equal(small.scores(text), again.scores(text))
    assert small.levels == again.levels


def test_examples_decide_what_is_likeliest(small: Doubt) -> None:
    assert small.rules == ("RF01", "RF02")
    assert np.argmax(small.scores("bits numb")) == 0
    assert np.argmax(small.scores("i cannot pee")) == 1


def test_training_says_what_it_is_doing() -> None:
    said: list[str] = []
    train_on(SMALL, (), said.append)
    assert said[-1] == "Training the statistical reader"


def test_levels_keep_to_their_shares() -> None:
    random = np.random.default_rng(1)
    harmless = random.normal(size=1_000).astype(np.float32)
    alarming = random.normal(loc=5, size=1_000).astype(np.float32)
    chosen = levels(harmless, alarming)
    assert (harmless >= chosen.suspected).mean() == pytest.approx(SUSPECTED_AMONG_HARMLESS)
    assert (harmless >= chosen.sure).mean() == pytest.approx(SURE_AMONG_HARMLESS)
    assert (alarming < chosen.dismissed).mean() == pytest.approx(DISMISSED_AMONG_ALARMING)


def test_one_harmless_message_is_enough_to_choose_levels() -> None:
    one = np.array([3.0], dtype=np.float32)
    chosen = levels(one, np.array([], dtype=np.float32))
    assert one[0] < chosen.suspected <= chosen.sure
    assert chosen.dismissed == -np.inf


# --- opinions ------------------------------------------------------------------------------------

LEVELS = Levels(suspected=2.0, sure=5.0, dismissed=-4.0)


def opinion(*parts: tuple[float, float]) -> Opinion:
    return Opinion(("RF01", "RF02"), np.array(parts, np.float32).reshape(-1, 2), LEVELS)


def test_one_part_of_a_message_is_enough_to_suspect() -> None:
    assert opinion((-9, -9), (3, -9)).suspects() == ("RF01",)
    assert opinion((3, -9)).suspects(margin=2) == ()


def test_the_unlikelier_rule_of_one_part_is_not_suspected() -> None:
    assert opinion((9, 3)).suspects() == ("RF01",)
    assert opinion((9, -9), (-9, 3)).suspects() == ("RF01", "RF02")


def test_many_parts_have_to_make_it_surer() -> None:
    assert opinion((5.5, -9)).is_sure_of() == ("RF01",)
    assert opinion(*[(5.5, -9)] * 4).is_sure_of() == ()


def test_only_a_message_harmless_in_every_part_is_dismissed() -> None:
    assert opinion((-5, -5), (-6, 1)).dismisses("RF01")
    assert not opinion((-5, -5), (-6, 1)).dismisses("RF02")
    assert not opinion((-5, -5)).dismisses("RF99")


@pytest.mark.parametrize("joint", [", ", " and ", " but also ", ". ", " so "])
def test_harmless_words_in_the_same_breath_do_not_outweigh_a_sign(doubt: Doubt, joint: str) -> None:
    sign = "i can't feel my private parts when i wipe"
    around = "did my usual squats and lunges yesterday and my back is a bit sore and stiff today"
    assert "RF01_SADDLE" in doubt.suspects(joint.join((around, sign, around)))


# --- keeping models ------------------------------------------------------------------------------


def test_a_kept_model_suspects_the_same(small: Doubt, tmp_path: Path) -> None:
    small.save(tmp_path / "new" / "doubt.npz")
    loaded = Doubt.load(tmp_path / "new" / "doubt.npz")
    assert loaded.rules == small.rules
    assert np.array_equal(loaded.scores("my bits are numb"), small.scores("my bits are numb"))
    assert loaded.levels == small.levels
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["doubt.npz"]


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "doubt.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"doubt\.npz is not a model"):
        Doubt.load(path)


def test_a_model_of_another_size_is_refused(small: Doubt) -> None:
    with pytest.raises(ModelError, match="shape"):
        Doubt(("RF01",), np.zeros((BUCKETS, 2), np.float32), np.zeros(1), LEVELS)


def test_a_model_is_trained_once_and_replaces_older_ones(
    knowledge: Knowledge, small: Doubt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[Knowledge] = []

    def train(knowledge: Knowledge, progress: object) -> Doubt:
        trained.append(knowledge)
        return small

    monkeypatch.setattr("backchat.language.doubt.training.train", train)
    (tmp_path / "doubt-old.npz").touch()
    path = tmp_path / "doubt-new.npz"
    load_or_train(knowledge, path=path)
    load_or_train(knowledge, path=path)
    assert len(trained) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_model_is_trained_again(
    knowledge: Knowledge, small: Doubt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backchat.language.doubt.training.train", lambda *_: small)
    path = tmp_path / "doubt.npz"
    path.write_bytes(b"half")
    load_or_train(knowledge, path=path)
    assert Doubt.load(path).rules == small.rules


def test_a_model_that_cannot_be_kept_still_reads(
    knowledge: Knowledge, small: Doubt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backchat.language.doubt.training.train", lambda *_: small)
    (tmp_path / "models").touch()
    assert load_or_train(knowledge, path=tmp_path / "models" / "doubt.npz") is small


def test_the_name_of_a_model_follows_what_it_is_trained_on(
    write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(store, "MODELS", tmp_path / "models")
    paths = {default_model_path(_at(write(text))) for text in ("benign: [a]", "benign: [b]")}
    assert len(paths) == 2
    assert default_model_path(_at(write("benign: [b]"))) in paths
    assert {path.parent for path in paths} == {tmp_path / "models"}


class _At:
    def __init__(self, directory: Path) -> None:
        self.directory = directory


def _at(directory: Path) -> Knowledge:
    return _At(directory)  # type: ignore[return-value]


def _plain(text: str) -> str:
    return text.casefold().strip(" .!?")


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


_SHARED = train_on(SMALL, ())

"""Nodes hand out what a file says, and nothing that was only guessed by YAML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from backchat.knowledge import KnowledgeError
from backchat.knowledge.yaml_source import Node, parse


@pytest.fixture
def node(tmp_path: Path) -> Callable[[str], Node]:
    """Return a function that parses text as the file ``words/file.yml``."""

    def parsed(text: str) -> Node:
        path = tmp_path / "words" / "file.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return parse(path, tmp_path)

    return parsed


def test_a_node_knows_its_file_and_line(node: Callable[[str], Node]) -> None:
    value = node("# comment\nfirst: 1\nsecond:\n  - a\n  - b\n").entries()["second"].items()[1]

    assert (value.file, value.line, value.text()) == ("words/file.yml", 5, "b")


@pytest.mark.parametrize("text", ["911", "no", "on", "NO", "~", "1.5", "2026-11-23"])
def test_what_yaml_takes_for_something_else_is_no_text(
    node: Callable[[str], Node], text: str
) -> None:
    with pytest.raises(KnowledgeError, match="write it in quotes"):
        node(f"- {text}").items()[0].text()
    assert node(f"- '{text}'").items()[0].text() == text


@pytest.mark.parametrize("text", ["010", "0x10", "1_000", "1.0", "'1'", "one"])
def test_only_plain_whole_numbers_are_integers(node: Callable[[str], Node], text: str) -> None:
    with pytest.raises(KnowledgeError, match="expected a whole number"):
        node(f"- {text}").items()[0].integer()


@pytest.mark.parametrize(("text", "value"), [("2.5", 2.5), ("5", 5.0), ("-0.1", -0.1)])
def test_numbers_may_be_whole_or_decimal(
    node: Callable[[str], Node], text: str, value: float
) -> None:
    assert node(f"- {text}").items()[0].number() == value


@pytest.mark.parametrize("text", [".inf", "1e3", "many"])
def test_other_numbers_are_refused(node: Callable[[str], Node], text: str) -> None:
    with pytest.raises(KnowledgeError, match="expected a number"):
        node(f"- {text}").items()[0].number()


@pytest.mark.parametrize("text", ["yes", "off", "'true'", "1"])
def test_only_true_and_false_are_booleans(node: Callable[[str], Node], text: str) -> None:
    with pytest.raises(KnowledgeError, match="expected true or false"):
        node(f"- {text}").items()[0].boolean()
    assert node("- true").items()[0].boolean() is True


def test_a_repeated_key_is_refused_where_it_is_repeated(node: Callable[[str], Node]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        node("a: 1\nb: 2\na: 3\n").entries()
    assert str(caught.value) == "words/file.yml:3: 'a' is already on line 1"


def test_an_unknown_key_is_refused_at_the_key(node: Callable[[str], Node]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        node("name: x\nsteps:\n  - y\nstop: z\n").fields(["name"], ["steps", "stops"])
    assert str(caught.value) == "words/file.yml:4: unknown key 'stop'; did you mean 'stops'?"

"""Finds the lexicon's phrases in a run of words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from types import MappingProxyType

from backchat.language.brackets import NotationError, split_choices, split_words
from backchat.language.inflection import noun_forms, verb_forms

Span = tuple[int, int]
Words = tuple[str, ...]

_MOST_READINGS = 5_000
_NO_NAMES: frozenset[str] = frozenset()
_INFLECTIONS: Mapping[str, Callable[[str], Words]] = {
    "": lambda word: (word,),
    "n": noun_forms,
    "v": verb_forms,
}


class Places(Mapping[str, Sequence[Span]]):
    """Where classes occur in a run of words: class to spans, by start, longest first.

    A message has some thousand of them and is asked for a hundred: spans are sorted out when asked.

    Args:
        found: Spans in order, with the classes of each.
    """

    def __init__(self, found: Iterable[tuple[Span, Collection[str]]]) -> None:
        """Keep what was found."""
        self._found = tuple(found)
        self._spans: dict[str, Sequence[Span]] = {}
        self.symbols = frozenset[str]().union(*(names for _, names in self._found))

    def __getitem__(self, name: str) -> Sequence[Span]:
        """Return where a class occurs."""
        spans = self._spans.get(name)
        if spans is None:
            if name not in self.symbols:
                raise KeyError(name)
            spans = [span for span, names in self._found if name in names]
            self._spans[name] = spans
        return spans

    def __iter__(self) -> Iterator[str]:
        """Yield the classes that occur."""
        return iter(self.symbols)

    def __len__(self) -> int:
        """Return how many classes occur."""
        return len(self.symbols)

    def without(self, hidden: Collection[int]) -> Places:
        """Return the places that touch none of the hidden words."""
        return Places(
            (span, names)
            for span, names in self._found
            if not any(i in hidden for i in range(*span))
        )


class Phrasebook:
    """Phrases by class, ready to be looked up at any place of a message.

    Args:
        phrases: Class name to its phrases, each a tuple of words.
        wider: Class name to the classes that include it whole.
    """

    def __init__(
        self,
        phrases: Mapping[str, Collection[Words]],
        wider: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> None:
        """Build the word tree."""
        self._tree: dict[str, _Node] = {}
        for name, members in phrases.items():
            names = frozenset((name, *wider.get(name, ())))
            for words in members:
                _insert(self._tree, words, names)

    def places(self, words: Sequence[str]) -> Places:
        """Return where each class occurs, as ``[start, end)`` in words."""
        return Places(
            ((start, end), names)
            for start in range(len(words))
            for end, names in self._phrases_at(words, start)
        )

    def phrases(self) -> dict[str, set[Words]]:
        """Return every phrase of every class."""
        found: dict[str, set[Words]] = {}
        level: list[tuple[Words, dict[str, _Node]]] = [((), self._tree)]
        while level:
            said, tree = level.pop()
            for word, node in tree.items():
                for name in node.names:
                    found.setdefault(name, set()).add((*said, word))
                level.append(((*said, word), node.next))
        return found

    def _phrases_at(self, words: Sequence[str], start: int) -> list[tuple[int, frozenset[str]]]:
        """Return the phrases that begin at ``start``, longest first."""
        ended: list[tuple[int, frozenset[str]]] = []
        level = self._tree
        for end in range(start, len(words)):
            node = level.get(words[end])
            if node is None:
                break
            if node.names:
                ended.append((end + 1, node.names))
            level = node.next
        ended.reverse()
        return ended


class _Node:
    """A word; of some six hundred thousand nodes most end no phrase, and nearly all no two classes.

    Attributes:
        names: The classes that have the phrase which ends here.
        next: The words that may follow.
    """

    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.names: frozenset[str] = _NO_NAMES
        self.next: dict[str, _Node] = {}


def _insert(tree: dict[str, _Node], words: Words, names: frozenset[str]) -> None:
    level, node = tree, None
    for word in words:
        node = level.get(word)
        if node is None:
            node = level[word] = _Node()
        level = node.next
    if node is not None:
        node.names = node.names | names if node.names else names


def expand(
    phrase: str, classes: Mapping[str, Collection[Words]], spellings: Mapping[str, Words]
) -> Iterator[Words]:
    """Yield every run of words that a phrase of the lexicon stands for.

    A hyphen between words is left out, as the tokenizer leaves it out of a message.

    Args:
        phrase: For instance ``between (my|his|her)? legs``, ``leak/v``, ``@genital area``.
        classes: Classes already expanded.
        spellings: Words that the tokenizer replaces, and by what.

    Raises:
        NotationError: The phrase cannot be read.
    """
    slots = [list(_slot(item, classes, spellings)) for item in split_words(phrase)]
    size = 1
    for slot in slots:
        size *= len(slot)
    if not slots or size > _MOST_READINGS:
        raise NotationError(f"'{phrase}' stands for {size} phrases")
    for chosen in product(*slots):
        words = tuple(word for run in chosen for word in run)
        if len(words) > 1:
            words = tuple(word for word in words if word != "-")
        if words:
            yield words


def _slot(
    item: str, classes: Mapping[str, Collection[Words]], spellings: Mapping[str, Words]
) -> Iterator[Words]:
    if len(item) > 1 and item.endswith("?"):
        yield ()
        item = item[:-1]
    if item.startswith("("):
        for choice in split_choices(item[1:-1]):
            yield from expand(choice, classes, spellings)
    elif item.startswith("@"):
        if item[1:] not in classes:
            raise NotationError(f"unknown class '{item}'")
        yield from classes[item[1:]]
    else:
        yield from _forms(item, spellings)


def _forms(item: str, spellings: Mapping[str, Words]) -> Iterator[Words]:
    word, kind = (item[:-2], item[-1]) if item[-2:] in ("/n", "/v") else (item, "")
    if "'" in word or "@" in word:
        raise NotationError(f"cannot read '{item}'")
    for form in _INFLECTIONS[kind](word):
        yield spellings.get(form, (form,))

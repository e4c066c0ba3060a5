"""One message, ready to be read: plain words, their classes, clauses and context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from backchat.language.breaks import without_false_breaks
from backchat.language.clauses import divide
from backchat.language.context import Context, read_context
from backchat.language.findings import Claim
from backchat.language.lexicon import Lexicon, Wording
from backchat.language.matching import Scene, matches
from backchat.language.phrasebook import Places, Span
from backchat.language.speakers import Distance, Owner, distance, owners
from backchat.language.spelling import Speller
from backchat.language.tokens import Token, Tokenizer

_MOST_REPAIRS = 40


@dataclass(frozen=True, slots=True)
class Message:
    """An annotated message.

    Attributes:
        text: As it was written.
        tokens: Its words and marks.
        scene: What patterns see, figures of speech included.
        literal: The same without the words of figures of speech.
        hidden: Numbers of those words.
        context: Scopes of denial, doubt, time and imagination.
        owners: Per word, whose body it is about.
        distance: How the person keeps themselves apart from others.
    """

    text: str
    tokens: Sequence[Token]
    scene: Scene
    literal: Scene
    hidden: frozenset[int]
    context: Context
    owners: Sequence[Owner]
    distance: Distance

    @property
    def words(self) -> list[str]:
        """Its words and marks in plain spelling."""
        return [token.word for token in self.tokens]

    @property
    def guessed(self) -> list[bool]:
        """Per word, whether spelling repair chose it."""
        return [token.guessed for token in self.tokens]

    def place(self, match: Sequence[Span]) -> Span:
        """Return the characters that a match covers."""
        first = min(start for start, _ in match)
        last = max(end for _, end in match)
        return self.tokens[first].start, self.tokens[last - 1].end


class Annotator:
    """Prepares messages.

    Args:
        lexicon: The compiled lexicon.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Load the spelling dictionary and the tokenizer."""
        self._lexicon = lexicon
        self._speller = Speller(lexicon.vocabulary)
        self._tokenizer = Tokenizer(lexicon.spellings, self._speller.known)
        self._idioms = Matcher(lexicon.idioms, lexicon.common)

    def annotate(self, text: str) -> Message:
        """Return the annotated message."""
        tokens = self._repaired(without_false_breaks(self._tokenizer.tokens(text), text))
        words = [token.word for token in tokens]
        places = self._lexicon.phrasebook.places(words)
        clauses = divide(words, places)
        fillers = [False] * len(words)
        for start, end in places.get("@filler", ()):
            fillers[start:end] = [True] * (end - start)
        scene = Scene(places, places.symbols, clauses, fillers)
        hidden = frozenset(
            i
            for claim in self._idioms.claims(scene)
            for start, end in claim.match
            for i in range(start, end)
        )
        literal = _without(scene, places, hidden) if hidden else scene
        return Message(
            text=text,
            tokens=tokens,
            scene=scene,
            literal=literal,
            hidden=hidden,
            context=read_context(words, places, clauses),
            owners=owners(words, places, clauses),
            distance=distance(words, places, clauses),
        )

    def _repaired(self, tokens: list[Token]) -> list[Token]:
        repairs = 0
        for i, token in enumerate(tokens):
            if repairs >= _MOST_REPAIRS:
                break
            better = self._speller.repair(token.word)
            if better is not None:
                tokens[i] = replace(token, word=better, guessed=True)
                repairs += 1
        return tokens


class Matcher:
    """Looks for many wordings at once: only those whose two rarest symbols occur are tried.

    Args:
        wordings: What to look for.
        common: Symbols that nearly every message has.
    """

    def __init__(self, wordings: Sequence[Wording], common: frozenset[str] = frozenset()) -> None:
        """Index the wordings by the symbols that each of them needs."""
        needs = [wording.pattern.required for wording in wordings]
        frequency = Counter(symbol for symbols in needs for symbol in symbols)
        self._by_symbol: dict[str, dict[str, list[tuple[frozenset[str], Wording]]]] = {}
        for wording, symbols in zip(wordings, needs, strict=True):
            ranked = sorted(symbols, key=lambda each: (each in common, frequency[each], each))
            first, second = ranked[0], ranked[min(1, len(ranked) - 1)]
            group = self._by_symbol.setdefault(first, {})
            group.setdefault(second, []).append((symbols, wording))
        self._firsts = frozenset(self._by_symbol)

    def claims(self, scene: Scene) -> Iterator[Claim]:
        """Yield every wording found, with the words that matched."""
        for first in self._firsts & scene.symbols:
            group = self._by_symbol[first]
            for second in scene.symbols.intersection(group):
                for symbols, wording in group[second]:
                    if symbols <= scene.symbols:
                        for match in matches(wording.pattern, scene):
                            yield Claim(wording, match)


def _without(scene: Scene, places: Places, hidden: frozenset[int]) -> Scene:
    left = places.without(hidden)
    return replace(scene, places=left, symbols=left.symbols)

"""Regular English inflection, for ``leak/v`` and ``shoulder/n`` in the lexicon."""

from __future__ import annotations

import re

_HISSES = re.compile(r"(s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_SHORT = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")


def noun_forms(noun: str) -> tuple[str, ...]:
    """Return a noun and its plural."""
    return noun, _with_s(noun)


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return a verb and its regular forms: leak, leaks, leaked, leaking, leakin."""
    if verb.endswith("e") and not verb.endswith("ee"):
        stem, past = verb[:-1], verb + "d"
    elif _CONSONANT_Y.search(verb):
        stem, past = verb, verb[:-1] + "ied"
    elif _SHORT.match(verb):
        stem = verb + verb[-1]
        past = stem + "ed"
    else:
        stem, past = verb, verb + ("d" if verb.endswith("ee") else "ed")
    return verb, _with_s(verb), past, stem + "ing", stem + "in"


def _with_s(word: str) -> str:
    if _HISSES.search(word):
        return word + "es"
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + "s"

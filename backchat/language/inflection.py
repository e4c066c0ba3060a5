"""English inflection, for ``leak/v`` and ``shoulder/n`` in the lexicon."""

from __future__ import annotations

import re

_HISSES = re.compile(r"(s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_CONSONANT_O = re.compile(r"[^aeiou]o$")
_SHORT = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")

_IRREGULAR = {
    "begin": ("began", "begun"), "bend": ("bent",), "bleed": ("bled",),
    "break": ("broke", "broken"),
    "bring": ("brought",), "catch": ("caught",), "come": ("came",), "creep": ("crept",),
    "drive": ("drove",), "fall": ("fell", "fallen"), "feel": ("felt",), "freeze": ("froze",),
    "get": ("got",), "give": ("gave", "given"), "go": ("went", "gone"), "hang": ("hung",),
    "hold": ("held",), "keep": ("kept",), "know": ("knew", "known"), "lose": ("lost",),
    "make": ("made",), "run": ("ran",), "send": ("sent",), "shake": ("shook",),
    "shoot": ("shot",), "shrink": ("shrank",), "sink": ("sank",), "sit": ("sat",),
    "sleep": ("slept",), "slide": ("slid",), "smell": ("smelt",), "speak": ("spoke",),
    "stand": ("stood",), "stick": ("stuck",), "sting": ("stung",), "swell": ("swollen",),
    "swing": ("swung",), "tear": ("tore", "torn"), "tell": ("told",),
    "throw": ("threw", "thrown"), "wake": ("woke", "woken"), "wear": ("wore",),
}  # fmt: skip


def noun_forms(noun: str) -> tuple[str, ...]:
    """Return a noun and its plural."""
    return noun, _with_s(noun)


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return a verb and its forms: leak, leaks, leaked, leaking, leakin; irregular pasts too."""
    if verb.endswith("e") and not verb.endswith("ee"):
        stem, past = verb[:-1], verb + "d"
    elif _CONSONANT_Y.search(verb):
        stem, past = verb, verb[:-1] + "ied"
    elif _SHORT.match(verb):
        stem = verb + verb[-1]
        past = stem + "ed"
    else:
        stem, past = verb, verb + ("d" if verb.endswith("ee") else "ed")
    third = verb + "es" if _CONSONANT_O.search(verb) else _with_s(verb)
    return verb, third, past, stem + "ing", stem + "in", *_IRREGULAR.get(verb, ())


def _with_s(word: str) -> str:
    if _HISSES.search(word):
        return word + "es"
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + "s"

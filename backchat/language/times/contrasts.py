"""Times that are named only to be denied: "not two days, five", "it's not hours, it's weeks"."""

from __future__ import annotations

import re

from backchat.language.numbers import NUMBER

BLOT = "#"

_UNITS = r"(?:hour|day|night|week|month|year)s?"
_AMOUNT = rf"(?:{NUMBER}|couple|few|several|an?) "
_ASIDE = r"(?:but|well|its|been|it|now|about|or|wait|no|sorry|,)"
_INSTEAD = (
    r"(?:[,.;-] )?(?:(?:but|its|it is|it has|been|be|is|was|more|like|closer to|nearer|rather|try"
    r"|by now"
    r"|about|around|actually|in fact|well|over|than|only|just|for|since|a good|now|already|nearly"
    r"|almost|at least|thats|would) )*"
)
_DENIED = re.compile(
    r"\b(?:not|isnt|hasnt|havent|aint|wasnt|never)(?: (?:just|only|merely|been|even|really|simply"
    r"|for"
    r"|a matter of|its|it))*"
    rf" (?P<denied>(?:{_AMOUNT})?(?P<unit>{_UNITS}))(?: or (?:{NUMBER}|so))?"
    rf" (?={_INSTEAD}(?:{NUMBER}(?: {_UNITS}|$| [,.!;)])|(?:couple|few|several|an?) {_UNITS}"
    rf"|{_UNITS}\b))"
)
_BARE = re.compile(
    rf"{_AMOUNT}(?P<unit>{_UNITS})(?: [,.;-])? (?:{_ASIDE} )*(?:no|wait|sorry|actually|i mean"
    r"|make that"
    rf"|more like|closer to|nearer|rather|call it|try|in fact) (?:{_ASIDE} )*(?P<n>{NUMBER})(?=$|"
    r" [,.!;)])"
)


def settle(text: str) -> str:
    """Return canonical text with its denied times blotted out, every place as it was."""
    return _DENIED.sub(_blot, text)


def bare_numbers(text: str) -> dict[int, str]:
    """Return where a number stands without its unit ("two days, no, three"), and that unit."""
    found = {match.start("n"): match["unit"] for match in _BARE.finditer(text)}
    for match in _DENIED.finditer(text):
        number = re.compile(rf"{_INSTEAD}(?P<n>{NUMBER})(?=$| [,.!;)])").match(text, match.end())
        if number is not None:
            found[number.start("n")] = match["unit"]
    return found


def _blot(match: re.Match[str]) -> str:
    return BLOT * (len(match.group()) - 1) + " "

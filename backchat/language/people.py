"""Words for the people around a person, as the grammars of ages and of times know them."""

from __future__ import annotations

RELATIVES = (
    r"mum|mam|mom|mother|dad|father|wife|husband|partner|brother|sister|gran\w*|nana?|uncle"
    r"|aunt\w*|cousin"
)
CHILDREN = r"son|daughter|kid|child|bairn|niece|nephew|boy|lass"
FRIENDS = (
    r"friend|mate|buddy|girlfriend|boyfriend|gf|bf|colleague|coworker|boss|neighbou?r|roommate"
    r"|flatmate|housemate|teammate|coach|trainer|client|guy|girl|lad|lady|bloke"
)

"""What is said to the bots. Each bot is told what it was made for: its own kind of messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One message of a person.

    Attributes:
        text: The words.
        expects: What the answer has to contain, or "" where any answer will do.
    """

    text: str
    expects: str = ""


Conversation = tuple[Line, ...]

STARTER: tuple[Conversation, ...] = (
    (
        Line("hello", "How are you?"),
        Line("not good", "cheer you up"),
        Line("yes", "carry on"),
        Line("bye", "Bye"),
    ),
    (
        Line("hello there", "How are you?"),
        Line("amazing", "carry on"),
        Line("see you later", "Bye"),
    ),
    (
        Line("good morning", "How are you?"),
        Line("I'm so sad", "Did that help you?"),
        Line("no", "Bye"),
    ),
    (
        Line("hi", "How are you?"),
        Line("I am feeling very good", "carry on"),
        Line("goodbye", "Bye"),
    ),
)
"""The happy and sad paths of the starter's own stories, in the words of its own examples."""

BACKCHAT: tuple[Conversation, ...] = (
    (
        Line("hi"),
        Line(
            "My lower back has been really stiff and sore since I did heavy deadlifts yesterday"
            " evening. I skipped my warm-up and added 10 kg, and now it aches every time that I"
            " bend over to tie my shoes."
        ),
        Line("no to all"),
        Line("no to all"),
        Line("about 3 out of 10"),
        Line("it is getting a bit better"),
        Line("yes, keep it"),
        Line("no thanks"),
        Line("which stretches help?"),
        Line("thanks, bye"),
    ),
    (
        Line("hello"),
        Line("can I take ibuprofen for my back?"),
        Line("I am 35"),
        Line("should I use ice or heat?"),
        Line("how do I warm up before squats?"),
        Line("thank you"),
    ),
    (
        Line("my lower back has been hurting for a week after moving boxes"),
        Line("no"),
        Line("no"),
        Line("no, nothing like that"),
        Line("5 out of 10"),
        Line("it is about the same"),
        Line("how are you?"),
    ),
    (
        Line("show me the cat-cow"),
        Line("next"),
        Line("stop"),
        Line("how fast may I add weight?"),
        Line("what is the weather like?"),
        Line("bye"),
    ),
    (
        Line("I cannot feel my crotch since this morning", "911"),
        Line("ok, thanks"),
    ),
)
"""Symptom stories with their screening, questions, a stretch, small talk, and an emergency."""

PREAMBLE: Conversation = BACKCHAT[0][1:8]
"""How the long conversation begins: a whole interview, with consent."""

CYCLE: Conversation = (
    Line("should I use ice or heat?"),
    Line("how do I warm up before squats?"),
    Line("my back is still a bit sore"),
    Line("how are you?"),
    Line("thanks"),
)
"""How it goes on, over and over."""

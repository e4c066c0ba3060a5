"""A message taken as the answer to the question just asked: yes, no, not sure, rather not say.

The answer must open the message; an explanation may follow ("no, they feel normal"). "No numbness"
answers about numbness only and is left to the findings, "no problems" answers whatever was asked.
"""

from __future__ import annotations

import re

from backchat.clinical.reading import Answer
from backchat.language.canonical import canonical

_END = r"(?=$| [^\w\s])"
_OPENING = re.compile(
    r"(?:(?:[^\w\s]+|oh|ok|okay|well|um+|uh+|hm+|er+m*|ah|hi|hey|sorry|honestly|thankfully"
    r"|luckily|fortunately|lol|haha|god|omg|tbh|so|and|actually|the answer is|my answer is"
    r"|thats an?|its an?|id say|i would say|pretty sure) )+(?=\S)"
)
_SKIP = (
    r"(?:skip|pass|next|private|personal|move on|no comment)(?: (?:it|this|that|please"
    rf"|question))*{_END}"
    r"|(?:id |i would |i d )?(?:rather|prefer) not\b|none of your \w+"
    r"|(?:i )?(?:dont|do not|wont) (?:want to|wish to|feel like) ?(?:say|answer|tell|shar|talk)\w*"
    r"|not (?:going to )?(?:say|answer|tell)\w*|thats (?:personal|private)|can we (?:skip|move on)"
    r"|lets (?:skip|move on)|(?:please )?(?:dont ask|skip) ?(?:this|that|me|it)?"
)
_UNSURE = (
    r"(?:im |i am )?(?:really |honestly |quite )?not (?:too |really |entirely |totally "
    r"|completely |100 (?:% )?|that |so |quite |very )?(?:sure|certain|positive)|(?:im "
    r"|i am )?(?:unsure|uncertain)|du+nno+|i dunno|idk|no (?:idea|clue)|(?:i )?(?:honestly "
    r"|really )?(?:dont|do not|cant|cannot|couldnt) (?:really |honestly )?(?:know|tell|say"
    r"|remember)(?! (?:when i need|if im full))|(?:its )?hard to (?:say|tell)|who knows"
    r"|it depends|depends|yes and no|50 / 50|(?:maybe|possibly|perhaps|probably|might be|could be"
    r"|i hope not|hopefully not|i guess|kind ?of|kinda|sort ?of|sorta|sometimes|occasionally"
    r"|slightly|somewhat|a (?:little|bit|tiny bit|little bit))"
    rf"(?: (?:not|so|yes|no|bit|maybe|it is|i do))*{_END}"
    r"|havent (?:checked|looked|tried)"
)
_NO_ALONE = (
    r"no+pe+|no+p|na+h+|naw+|nay|none|neither|negative|noep|nto|no no|nuh uh|nada|nil"
    r"|(?:of course|absolutely|definitely|certainly|thankfully|luckily|unfortunately|sadly|afraid"
    r"|im afraid|hell|god|heck) (?:not|no)|(?:yes|yeah|yea|ye|yep) (?:no|nah|nope)(?! (?:doubt"
    r"|question))|not (?:at all|really|that i|that im|to my knowledge|as far as|yet|me"
    r"|in the slightest|in the least|1 of|a single|any of|now|lately|so far|currently|recently)"
    r"|(?:i )?(?:dont|do not) (?:think so|believe so|have (?:any|that|those|it|these|them))"
    r"|(?:i )?havent (?:had|noticed|got|felt) (?:any|that|those|it|these|them)|nothing (?:like|of"
    r"|really|unusual|new|at all|else|to report|out of)|never had (?:any|that|it|1)|(?:i|it|they"
    r"|that|we) (?:dont|do not|doesnt|isnt|didnt|hasnt|havent|arent|am not"
    rf"|have not){_END}"
    rf"|(?:nothing|never|n|dont|havent|zero|0){_END}"
)
_AFTER_NO = (
    r" (?:i|im|ive|id|it|its|they|theyre|there|theres|that|thats|my|we|he|she|you|to|not|nothing"
    r"|none|never|and|but|all|everything|just|only|thanks|thank|thankfully|ty|way|really"
    r"|definitely|absolutely|sorry|mate|bro|man|sir|doc|actually|of course|at all|nope|nah|change"
    r"|changes|issues?|problems?|trouble|difficult\w+|symptoms?|concerns?|worries|signs?|such"
    r"|luckily|same|neither|still|because|both|other|the|this|these|those|either|so|wait|hang on"
    r"|lol|haha|tbh|was|is|mine|am|am i)\b"
)
_NO = rf"(?:{_NO_ALONE})|n+o+(?:{_END}|(?={_AFTER_NO}))"
_YES = (
    r"y+e+s+|ye+a+h*|ye+p+s?|yu+p+|yip|ya+h*|ya+s+|y+h+|aye|yeh|yse|yeas|yaeh|eys|affirmative"
    r"|indeed|definitely|absolutely|certainly|exactly|of course|defo|deffo|mhm+|mm ?hm+|uh ?huh"
    r"|(?:im |i am )?afraid so|unfortunately(?: (?:yes|so))?|sadly(?: yes)?|(?:i )?think so"
    r"|i (?:believe|guess) so|all of (?:them|those|it|the)|thats (?:right|correct|true)|very much"
    r"|(?:y|ye|sure|correct|true|right|totally|for sure|obviously|confirmed|100 %|im sure|i am sure"
    rf"|(?:i|it|they|there) (?:do|does|have|has|did|am|is|are|was|were|can)){_END}"
)
_READERS = tuple(
    (answer, re.compile(rf"(?:{words})(?!\S)"))
    for answer, words in (
        (Answer.SKIP, _SKIP),
        (Answer.UNSURE, _UNSURE),
        (Answer.NO, _NO),
        (Answer.YES, _YES),
    )
)
_ALL_WELL = re.compile(
    r"(?:all|everything|its all|everythings)(?: is)? (?:good|fine|clear|normal|ok|okay|well)(?!\S)"
)
_CHANGED_MIND = re.compile(
    r"(?:no|yes|yeah|nope|yep)\b[^.!?]*?\b(?:wait|sorry|actually|i mean|i meant"
    r"|correction)(?: [,.-])* (?P<answer>(?:no|nope|yes|yeah|yep)\b.*)"
)
_AGE = re.compile(
    r"(?:(?:i am|im|i m|age|aged|my age is|its) )?1?\d{2}(?: (?:years old|years|year old|yrs|yo|y o"
    r"|m|f|here))?(?: (?:[^\w\s]+|and|but|so))* (?=\S)"
)
_EMOJI = {
    **dict.fromkeys("👍✅✔☑🆗👌💯", Answer.YES),
    **dict.fromkeys("👎❌🚫✖🙅⛔", Answer.NO),
    **dict.fromkeys("🤷🤔😕", Answer.UNSURE),
}


def read_answer(text: str, question: str | None = None) -> Answer | None:
    """Read a message as an answer; None where it opens with no word of answer. Never raises.

    Args:
        text: The message.
        question: The question it answers; "all good" is a no to a screening question only, and
            only there an age may come first: "34, none of those".
    """
    said = canonical(text).text
    if not any(char.isalnum() for char in said):
        return next((_EMOJI[char] for char in text if char in _EMOJI), None)
    answer = _opening_answer(said)
    changed = _CHANGED_MIND.match(said) if answer in (Answer.YES, Answer.NO) else None
    if changed is not None:
        return _opening_answer(changed["answer"]) or answer
    screening = question is not None and question.startswith("screen:")
    if answer is None and screening and (age := _AGE.match(said)) is not None:
        answer = _opening_answer(said[age.end() :])
    if answer is None and screening and _ALL_WELL.match(_after_opening(said)):
        return Answer.NO
    return answer if answer is not None else _EMOJI.get(text.strip()[:1])


def _opening_answer(said: str) -> Answer | None:
    """Return the answer whose words open the text, before or after an "oh, well"."""
    for start in (said, _after_opening(said)):
        for answer, pattern in _READERS:
            if pattern.match(start):
                return answer
    return None


def _after_opening(said: str) -> str:
    opening = _OPENING.match(said)
    return said[opening.end() :] if opening is not None else said

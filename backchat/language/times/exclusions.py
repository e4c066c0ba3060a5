"""Times that are no onset whatever their clause speaks of: plans, rates, ages, other people."""

from __future__ import annotations

import re

from backchat.language.times.cues import Cue
from backchat.language.times.mention import Kind, Mention
from backchat.language.times.surroundings import Clause, Surroundings, has

_FORTNIGHT = 14 * 24.0
_TWO_MONTHS = 60 * 24.0
_FOUR_WEEKS = 28 * 24.0

_UNCOUNTED_BEFORE = re.compile(
    r"\b(?:next|another|by|every|each|before|wait|waiting|give it|extra|further|than|vs|versus"
    r"|once|twice|times|how long|alternate|take|prescribed|takes(?: me| about| around| like)*)"
    r"(?: the| a)? $"
)
_UNCOUNTED_AFTER = re.compile(
    r" (?:of age|pregnan\w*|a (?:week|day|month|year)(?! ago)|per|each|every|/|x|times|from now"
    r"|to go|left|off|apart|long|streak|challenge|program\w*|plan|cut|split|cycle|course|break|rest"
    r"|session|workout|run|walk|plank|warm|hike|ride|class|drive|flight|shift|hold|rests|until|away"
    r"|free|sober|clean|in advance|limit|post ?(?:op|partum))(?!\S)"
)
_AHEAD = re.compile(r"\b(?:in|at|within|for another|for the next)(?: about| around| like)? $")
_NEGATED = re.compile(r"\b(?:not|havent|hasnt|never|couldnt|1st|cant)\b")
_OLD = re.compile(r" ?-? old\b")
_OF_PAIN = re.compile(r"\b(?:it|its|pain|injury|\w*ache|this|strain)\b")
_RATE = re.compile(
    r"(?:\b(?:once|twice|thrice|times|x|days?|hours?|sessions?|lots|often|much)"
    r"|\d\S*(?: [a-z]+){0,2}|\b(?:few|couple|several)(?: [a-z]+)?|/) $"
)
_PREGNANCY = re.compile(
    r"\b(?:pregn\w*|prenatal|antenatal|trimester|bab(?:y|ys|ies)|midwife|contractions|bleeding"
    r"|spotting|twins|waters)\b"
)
_PLANNED = re.compile(r"\b(?:next|upcoming|booked|scheduled|due|(?:is|are) (?:on|at))\b")
_SCORED_BEFORE = re.compile(
    r"(?:(?:\b(?:an?|was|now|at|is|were|its|from|and|then) |^|[,.;] )"
    r"\d+(?:\.\d+)?(?: / 10| out of 10)?|\bthan|\bvs) $"
)
_SCORED_AFTER = re.compile(
    r" (?:its |it was |was |is )?(?:an? )?\d+(?:\.\d+)?(?: / 10)?(?=$| [,.!?;]| and)"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|should|shall|would|could it|will|wont|can i|may i|how long|how many|how soon"
    r"|when (?:can|will|should|do|would|is)|unless|do i|does|is it|going to|want to|planning"
    r"|hop(?:e|ing)|need to|have to|supposed to|ought|let me|i ll|ill|expect\w*|usually|typically"
    r"|normally|tends?|generally|on average|might|plan to|got to|try to|do you|are there)\b"
)
_QUESTIONED = re.compile(r"\b(?:is|are|will|would|what about)(?: it)? $")
_QUESTION_OPENING = re.compile(
    r"(?:(?:so|hi|hey|and|but|ok) )*(?:is|are|will|would|does)(?: it)? $"
)
_FACTUAL = re.compile(
    r"\b(?:been|started|began|ago|since|ive|has|had|hurts|tweaked|pulled|injured|still|now|hasnt"
    r"|havent|went|seized)\b"
)
_ANOTHER_PERSON = re.compile(
    r"\b(?:some(?:one|body)|(?:my|an?) (?:best )?(?:guy|girl|lad|lady|bloke|friend|mate|buddy|mum"
    r"|mom|mother|dad|father|wife|husband|brother|sister|coach|client|gf|bf|girlfriend|boyfriend"
    r"|partner|uncle|aunt|colleague|coworker|boss|neighbou?r|gran\w*|nan|cousin|roommate"
    r"|trainer))s?(?: \w+){0,3} (?:had|was|got|hurt|did|said|took|went|injured|pulled|used"
    r"|suffered|needed|tore|broke|slipped|fell|were)\b(?!.*\b(?:has|is|been|since|cant|now"
    r"|hurts)\b)"
)
_EARLIER_EPISODE = re.compile(
    r"\b(?:last time|previous\w*|in the past|history of|used to|same thing|similar|back then"
    r"|when i was|as a (?:kid|child|teen\w*|student)|once had|another time|last (?:episode|flare)"
    r"|(?:had|happened)(?: \w+){0,4} (?:before|once))\b"
)
_STILL_THERE = re.compile(r"\b(?:since|still|never been|1st|on and off|off and on)\b")
_OVER = re.compile(
    r"\b(?:never bothered|nothing since|all healed|(?:fine|ok|okay|normal|gone|better) (?:now"
    r"|since)|not now|back to normal|completely gone|healed|cleared up)\b"
)


def is_excluded(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a time tells neither when the pain began nor when the workout was."""
    before = around.before(mention)
    if _UNCOUNTED_BEFORE.search(before):
        return True
    if mention.kind is Kind.DURATION and _is_measure(around, mention, clause):
        return True
    if mention.kind is Kind.DAY and (
        _SCORED_BEFORE.search(before)
        or _SCORED_AFTER.match(around.text, mention.end)
        or _PLANNED.search(around.masked, clause.start, mention.start)
    ):
        return True
    if _ANOTHER_PERSON.search(around.masked, clause.sentence_start, clause.sentence_end):
        return True
    cues = around.between(clause.start, clause.end)
    if has(cues, Cue.ELSEWHERE) and " back" not in around.masked[clause.start : clause.end]:
        return True
    return _is_hypothetical(around, mention, clause)


def is_earlier_episode(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a time belongs to pain that is over."""
    inside = around.text[clause.start : clause.end]
    cues = around.between(clause.start, clause.end)
    if mention.kind is not Kind.DURATION and _OVER.search(around.text, mention.end):
        return mention.low >= _TWO_MONTHS or not has(cues, Cue.ONSET)
    if _STILL_THERE.search(inside):
        return False
    if _EARLIER_EPISODE.search(inside):
        return True
    dated = [
        other.low
        for other in around.mentions
        if clause.start <= other.start < clause.end and other.kind in (Kind.DAY, Kind.AGO)
    ]
    longest = max(dated, default=0.0)
    if longest >= _TWO_MONTHS and not has(cues, Cue.ONSET):
        return re.search(r"\b(?:had|was|were|got|did)\b", inside) is not None
    had_it = re.search(r"\bhad (?:it|this|that|the same)\b", inside) is not None
    return longest >= _FORTNIGHT and had_it


def _is_measure(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a length of time is an age, a rate, a plan, or the weeks of a pregnancy."""
    before = around.before(mention)
    words = around.text[mention.start : mention.end]
    if _UNCOUNTED_AFTER.match(around.text, mention.end):
        return True
    if _OLD.match(around.text, mention.end) and not _OF_PAIN.search(
        around.masked, clause.start, clause.end
    ):
        return True
    if re.match(r"an? ", words) and _RATE.search(before):
        return True
    if "week" in words and mention.low >= _FOUR_WEEKS and _PREGNANCY.search(around.text):
        return re.search(r"\b(?:for|been|since|past|last)(?: \w+)? $", before) is None
    lasting = has(around.between(clause.start, clause.end), Cue.LASTING)
    ahead = _AHEAD.search(before) is not None and not lasting
    return ahead and not _NEGATED.search(around.masked, clause.start, clause.end)


def _is_hypothetical(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    start = clause.sentence_start
    asked = around.text[clause.sentence_end : clause.sentence_end + 1] == "?"
    sentence = around.masked[start : mention.start].lstrip()
    if (asked and _QUESTIONED.search(sentence)) or _QUESTION_OPENING.fullmatch(sentence):
        return True
    if asked and not sentence:
        start = 0
    guesses = list(_HYPOTHETICAL.finditer(around.masked, start, mention.start))
    if not guesses:
        return False
    guess = guesses[-1]
    if guess.group() == "if":
        return True
    if mention.kind is Kind.AGO or _FACTUAL.search(around.masked, guess.end(), mention.start):
        return False
    if guess.start() >= clause.start:
        return True
    said_outright = _FACTUAL.search(around.masked, clause.start, clause.end) is not None
    return asked and not (said_outright or around.between(clause.start, clause.end))

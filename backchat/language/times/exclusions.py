"""Times that are no onset whatever their clause speaks of: plans, rates, ages, other people."""

from __future__ import annotations

import re

from backchat.language.people import FRIENDS, RELATIVES
from backchat.language.times.ages import is_age
from backchat.language.times.calendar import WEEKDAYS
from backchat.language.times.cues import Cue
from backchat.language.times.fillers import is_filler
from backchat.language.times.lengths import FORTNIGHT, TWO_MONTHS, WEEK, YEAR
from backchat.language.times.mention import Kind, Mention
from backchat.language.times.surroundings import Clause, Surroundings, has

_FOUR_WEEKS = 4 * WEEK

_UNCOUNTED_BEFORE = re.compile(
    r"\b(?:next|another|by|every|each|before|wait|waiting|give it|extra|further|than|vs|versus"
    r"|once|twice|times|how long|alternate|take|prescribed|takes(?: me| about| around| like)*)"
    r"(?: the| a)? $"
)
_COMPOUND = re.compile(r"(?<![\w.])(?!1 )\d\S* (?:minute|hour|day|week|month|year)$")
_OF_A_BOUT = re.compile(r"history|spell|bout|episode|flare|battle|ordeal|saga|nightmare|old")
_YOUNG_ONE = re.compile(
    r"\b(?:baby|babys|toddler|son|daughter|child|kid|boy|girl|niece|nephew|grand(?:son|daughter)"
    r"|twins|puppy|dog) \( $"
)
_WORD = re.compile(r" (?:- )?([a-z]+)")
_DENIED = re.compile(r"\b(?:not|wasnt|isnt)(?: (?:on|since|from))? $")
_BY = re.compile(r"\bby $")
_UNCOUNTED_AFTER = re.compile(
    r" (?:of age|pregnan\w*|along|gestation|a (?:week|day|month|year)(?! ago)|per|each|every|/|x"
    r"|times|from now"
    r"|to go|on \d+|on ,|at a time|after (?:the other|day)|left|off(?! and on)(?!.*\b(?:still"
    r"|no better|not any better|no change|because of|due to|with (?:it|my))\b)"
    r"|apart|long|streak|challenge|program\w*|plan|cut|split|cycle"
    r"|course|break|rest"
    r"|fast|session|workout|run|walk|plank|warm|hike|ride|class|drive|flight|shift|hold|rests"
    r"|until|away"
    r"|free|sober|clean|in advance|limit|post ?(?:op|partum))(?!\S)"
)
_HAS_LASTED = re.compile(r"\b(?:for|been|since|past|last)(?: \w+)? $")
_AHEAD = re.compile(r"\b(?:in|at|within|for another|for the next)(?: about| around| like)? $")
_NEGATED = re.compile(r"\b(?:not|havent|hasnt|never|couldnt|1st|cant)\b")
_RATE = re.compile(
    r"(?:\b(?:once|twice|thrice|times|x|days?|hours?|sessions?|lots|often|much)"
    r"|\d\S*(?: [a-z]+){0,2}|\b(?:few|couple|several)(?: [a-z]+)?|/) $"
)
_SPEAKS_OF_PREGNANCY = re.compile(
    r"\b(?:pregn\w*|prenatal|antenatal|trimester|bab(?:y|ys|ies)|midwife|contractions|bleeding"
    r"|spotting|twins|waters)\b"
)
_PLANNED = re.compile(
    r"\b(?:next|upcoming|(?:going|go) (?:away|on (?:my |our |a )?(?:holidays?|hols|vacation|trip))"
    r"|booked|scheduled|due|(?:is|are) (?:on|at)|starts|begins)\b"
)
_SCORED_BEFORE = re.compile(
    r"(?:(?:\b(?:an?|was|now|at|is|were|its|from|and|then) |^|[,.;] )"
    r"\d+(?:\.\d+)?(?: / 10| out of 10)?|\bthan|\bvs) $"
)
_SCORED_AFTER = re.compile(
    r" (?:its |it was |was |is )?(?:an? )?\d+(?:\.\d+)?(?: / 10)?(?=$| [,.!?;]| and)"
)
_NAMED_FOR_WHAT_IT_IS = re.compile(
    r" (?:is|are|will|works?)(?! (?:when|the (?:day|1st|last|time)|what|how long))\b"
)
_WAITING = re.compile(
    r"\b(?:cant|wont|couldnt|not|cannot) (?:be able to )?(?:see|fit|book|seen|get)(?: \w+)? (?:me"
    r"|us|in"
    r"|an? appointment|anyone|someone|until|before)\b|\bwaiting (?:for|list|times?)\b"
)
_ASKED_OF_IT = re.compile(r"[ ,]*(?:will|would|is) (?:that|it|this)\b")
_HYPOTHETICAL = re.compile(
    r"\b(?:if(?! (?:i had to|i remember|i recall|im honest|not|anything|memory))|should|shall"
    r"|would|could it|can (?:doms|it|this|that|soreness|pain)|will|wont|can i|may i|how long"
    r"|how many"
    r"|how soon"
    r"|when (?:can|will|should|do|would|is)|unless|do i|does|is it|going to|want to|planning"
    r"|hop(?:e|ing)|need to|have to|supposed to|ought|let me|i ll|ill|expect\w*|usually|typically"
    r"|whats (?:normal|typical|usual|the)|normally|tends?|generally|on average|might|plan to|got"
    r" to|try to|do you|are there)\b"
)
_QUESTIONED = re.compile(r"\b(?:is|are|will|would|what about)(?: it)? $")
_QUESTION_OPENING = re.compile(
    r"(?:(?:so|hi|hey|and|but|ok) )*(?:is|are|will|would|does|what about|how about)(?: it)? $"
)
_FACTUAL = re.compile(
    r"\b(?:been|started|began|ago|since|ive|has|had|hurts|tweaked|pulled|injured|still|now|hasnt"
    r"|havent|went|seized)\b"
)
_GROWN_UP = rf"(?:{RELATIVES}|{FRIENDS})"
_THEIR_BACK = re.compile(
    rf"\b(?:my|our|his|her|the) (?:best )?{_GROWN_UP}s (?:\w+ )?(?:back|spine|pain|sciatica|disc"
    r"|slipped"
    r"|injury|strain|shoulder|knee|neck|hip)\b"
)
_ANOTHER_PERSON = re.compile(
    rf"\b(?:some(?:one|body)|(?:my|our|an?) (?:best )?{_GROWN_UP}|{RELATIVES})s?"
    rf"(?: (?!i\b)\w+){{0,3}} (?:had|was|got"
    r"|hurt|did|said|took|went|injured|pulled|used"
    r"|suffered|tweaked|strained|needed|tore|broke|slipped|fell|were)\b(?!.*\b(?:has|is|been"
    r"|since|cant|now"
    r"|hurts)\b)"
)
_EARLIER_EPISODE = re.compile(
    r"\b(?:last time|previous\w*|in the past|history of|used to|same thing|similar|back then"
    r"|when i was (?:an? |\d|young|little|small|in my|at (?:school|uni|college)|pregnant)|as a"
    r" (?:kid|child|teen\w*|student)|once had|another time|last (?:episode|flare)"
    r"|(?:had|happened)(?: \w+){0,4} (?:before|once))\b"
)
_STILL_THERE = re.compile(r"\b(?:since|this time|still|never been|1st|on and off|off and on)\b")
_OVER = re.compile(
    r"\b(?:never bothered|nothing since|all healed|(?:fine|ok|okay|normal|gone|better|dry) (?:now"
    r"|(?:ever )?since)|not now|back to normal|completely gone|went away|healed|cleared up"
    r"|(?:totally|completely|fully|entirely|100 %|all) (?:better|fine|healed|gone|settled|cleared"
    r"|recovered)"
    r"|(?:none|nothing|never|never again|quiet|stable|full power|all clear"
    r"|no (?:trouble|bother|problems?|repeat|recurrence|pregnanc\w+|attacks?|bouts?))"
    r" (?:ever )?since"
    r"|that was it|never returned|came right)\b"
)
_OWED_TO_IT = re.compile(r"\b(?:because of|due to|thanks to) (?:it|this|the pain)\b")
_ANOTHER_KIND = re.compile(
    r"\b(?:this|it|todays?)(?: (?:1|time|pain|ache|now|today))? (?:is |feels? |seems? )*(?:totally "
    r"|completely |very |quite |a bit |really )?(?:different|new|unlike|nothing like"
    r"|not the same)\b"
)
_TRAINING_DAYS = re.compile(
    r"\b(?:i|we) (?:only |usually )?(?:train|lift|run|gym|play|swim|cycle|box|work ?out|squat"
    r"|deadlift|row|practi[sc]e|teach|go to (?:the )?\w+"
    r"|do (?!not\b)\w+)(?: \w+){0,2} (?:#+ (?:, and |, |and ))*$"
)
_HABITUALLY = re.compile(
    r"\b(?:i|we) (?:train|lift|run|play|swim|cycle|box|row|squat|go|do|work ?out)\b"
)
_OF_THAT = re.compile(r" of (?:it|that|this)(?= [,.;])")
_UNREPEATED = re.compile(r"\b(?:none|nothing|never|never again) since(?=$| [,.!;])")
_OF_TODAY = re.compile(
    r"[.;] (?:today(?:s)?|this time)\b(?![^.;]*\b(?:still|again|worse|same|back (?:again|with))\b)"
)


def is_excluded(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a time tells neither when the pain began nor when the workout was."""
    past_day = mention.kind is Kind.DAY and around.led_by(_BY, mention)
    if around.led_by(_UNCOUNTED_BEFORE, mention) and not past_day:
        return True
    if mention.kind is Kind.DAY and len(around.mentions) > 1 and around.led_by(_DENIED, mention):
        return True
    if _names_a_weekday(around, mention) and _TRAINING_DAYS.search(
        around.masked, clause.sentence_start, mention.start
    ):
        return True
    if mention.low >= TWO_MONTHS and _OF_THAT.match(around.masked, mention.end):
        sentence_start = clause.sentence_start
        if _HABITUALLY.search(around.masked, sentence_start, clause.start) and not has(
            around.between(sentence_start, clause.start), Cue.PAIN, Cue.ONSET, Cue.LASTING
        ):
            return True
    if mention.kind is Kind.DURATION and _is_measure(around, mention, clause):
        return True
    if mention.kind is Kind.DAY and (
        _NAMED_FOR_WHAT_IT_IS.match(around.masked, mention.end)
        or around.led_by(_SCORED_BEFORE, mention)
        or _SCORED_AFTER.match(around.text, mention.end)
        or _PLANNED.search(around.masked, clause.start, mention.start)
    ):
        return True
    sentence = (clause.sentence_start, clause.sentence_end)
    if _ANOTHER_PERSON.search(around.masked, *sentence) or _THEIR_BACK.search(
        around.masked, *sentence
    ):
        return True
    if _WAITING.search(around.masked, clause.start, clause.end):
        return True
    cues = around.between(clause.start, clause.end)
    said = has(cues, Cue.PAIN, Cue.ONSET, Cue.LASTING)
    if not said and cues and _ASKED_OF_IT.match(around.masked, clause.end):
        return True
    owed = _OWED_TO_IT.search(around.masked, mention.end, clause.sentence_end)
    if (
        not owed
        and has(cues, Cue.ELSEWHERE)
        and " back" not in around.masked[clause.start : clause.end]
    ):
        return True
    return _is_hypothetical(around, mention, clause)


def _names_a_weekday(around: Surroundings, mention: Mention) -> bool:
    return any(day in around.text[mention.start : mention.end] for day in WEEKDAYS)


def is_unrepeated(around: Surroundings, mention: Mention) -> bool:
    """Whether nothing more came of what happened at a time ("shingles at uni, nothing since")."""
    return _UNREPEATED.search(around.text, mention.end) is not None


def is_long_over(around: Surroundings, mention: Mention) -> bool:
    """Whether what was at a time months ago is said to be over since, or today's is another."""
    if mention.kind is Kind.DURATION or mention.low < TWO_MONTHS:
        return False
    if _ANOTHER_KIND.search(around.text, mention.end):
        return True
    today = mention.low >= YEAR and _OF_TODAY.search(around.text, mention.end)
    return bool(today or _OVER.search(around.text, mention.end))


def is_earlier_episode(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a time belongs to pain that is over."""
    inside = around.text[clause.start : clause.end]
    cues = around.between(clause.start, clause.end)
    if mention.kind is not Kind.DURATION and _OVER.search(around.text, mention.end):
        return mention.low >= TWO_MONTHS or not has(cues, Cue.ONSET)
    if _STILL_THERE.search(inside):
        return False
    if is_long_over(around, mention):
        return True
    alone = is_filler(around.masked[clause.start : clause.end])
    start = clause.sentence_start if alone else clause.start
    if _EARLIER_EPISODE.search(around.masked, start, clause.end):
        return True
    dated = [
        other.low
        for other in around.mentions
        if clause.start <= other.start < clause.end and other.kind in (Kind.DAY, Kind.AGO)
    ]
    longest = max(dated, default=0.0)
    if longest >= TWO_MONTHS and not has(cues, Cue.ONSET):
        return re.search(r"\b(?:had|was|were|got|did|lasted|took)\b", inside) is not None
    had_it = re.search(r"\bhad (?:it|this|that|the same)\b", inside) is not None
    return longest >= FORTNIGHT and had_it


def _is_measure(around: Surroundings, mention: Mention, clause: Clause) -> bool:
    """Whether a length of time is an age, a rate, a plan, or the weeks of a pregnancy."""
    words = around.text[mention.start : mention.end]
    if _COMPOUND.search(words) and _is_compound(around, mention.end):
        return True
    if _UNCOUNTED_AFTER.match(around.text, mention.end):
        return True
    if is_age(around, mention) or around.led_by(_YOUNG_ONE, mention):
        return True
    if re.match(r"an? ", words) and around.led_by(_RATE, mention):
        return True
    if "week" in words and mention.low >= _FOUR_WEEKS and _SPEAKS_OF_PREGNANCY.search(around.text):
        return not around.led_by(_HAS_LASTED, mention)
    lasting = has(around.between(clause.start, clause.end), Cue.LASTING)
    ahead = around.led_by(_AHEAD, mention) and not lasting
    return ahead and not _NEGATED.search(around.masked, clause.start, clause.end)


def _is_compound(around: Surroundings, end: int) -> bool:
    """Whether a counted singular describes the noun after it ("6 day split"), and no pain."""
    noun = _WORD.match(around.masked, end)
    if noun is None or is_filler(noun[1]) or _OF_A_BOUT.fullmatch(noun[1]):
        return False
    return not any(
        cue.start == noun.start(1) and cue.cue in (Cue.PAIN, Cue.ONSET, Cue.LASTING, Cue.TREND)
        for cue in around.cues
    )


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

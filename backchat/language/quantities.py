"""Pain scores, ages and temperatures: numbers a person states about their own body."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set

from backchat.language.canonical import canonical
from backchat.language.numbers import NUMBER, Interval, interval
from backchat.language.people import CHILDREN, FRIENDS, RELATIVES

_HIGHEST_SCORE = 10
_OLDEST = 120
_OF_AGE = 18
_FEWEST_YEARS_OF_A_PARENT = 16
_FEVERISH_C = (34.0, 43.0)
_FEVERISH_F = (93.0, 110.0)

_UNITS = (
    r"lbs?|kgs?|pounds?|kilos?|stone|st|mg|reps?|sets?|rounds?|plates?|seconds?|minutes?|hours?"
    r"|days?|nights?|weeks?|months?|years?|yo|am|pm|ago|old|miles?|km|k|m|cm|inch\w*|ft|foot|feet"
    r"|metres?|meters?|yards?|steps|x|%|percent|times?|degrees?|c|f|people|kids|exercises?"
    r"|classes|sessions?|stretch\w*|places?|of (?:them|these|the)|or more|on each|per"
)
_NO_UNIT = rf"(?! ?(?:{_UNITS})(?!\S))(?! (?:/|out of))"
_RATED = (
    r"(?:pain|ache|soreness|stiffness|discomfort|level|score|rating|rate|severity|hurts?"
    r"|its?|thats)"
)
_LINK = (
    r"(?: (?:is|was|level|score|of|at|about|around|an?|like|maybe|probably|now|currently|today"
    r"|only|just|its|it|to|up|down|feels|as|still|say|id|:|=|been|sitting|hovering|rated|would|be"
    r"|on|hits?|the|more|then|well|,))*"
)
_HURTS = r"(?:pain\w*|aches?|aching|hurt\w*|sore\w*|stiff\w*|agony)"
_FOR_PAIN = (
    r"(?:(?:the |my |his |her )?(?:(?:low|lower|upper) )?(?:pain|back|ache|aches|soreness"
    r"|stiffness|discomfort|spine|severity|hurt\w*)|me\b|now|about|over|most|days|hours|weeks"
    r"|ages|\d|an? (?:hour|day|week|while|few|couple)|the (?:last|past|whole)|sure)"
)
_OUT_OF_TEN = re.compile(
    rf"({NUMBER})(?: ish)? (?:/|out of|out a|over) 10\b"
    r"(?! (?:workout|session|effort|day|class|gym|would|recommend|sleep|difficulty|coach|reps"
    r"|sets|kg|lb|minutes|days|times|app|service|people|persons|adults|women|men|dentists"
    r"|doctors|patients|athletes|lifters|runners|students|cats))"
    rf"(?! for (?!{_FOR_PAIN}))"
)
_CUED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_RATED}{_LINK} ({NUMBER}){_NO_UNIT}",
        rf"\b(?:an?|solid) ({NUMBER})(?: ish)?{_NO_UNIT}"
        r"(?=$| [,.!?;)]| (?:now|today|at|when|for|on|currently|right now|yesterday|and|but|or so"
        r"|maybe|i)\b)",
        r"\b(?:now|today|currently)(?: (?:its|it|is|at|about|around|an?|only|like|more|down|up"
        r"|to))*"
        rf" ({NUMBER})(?: ish)?{_NO_UNIT}(?=$| [,.!?;)]| (?:and|but|out|now|today)\b)",
        rf"({NUMBER}) ish\b{_NO_UNIT}",
        rf"\b(?:say|call it|rate it|give it) (?:an? |about )?({NUMBER})"
        r" for (?:the|my) (?:back )?pain\b",
        rf"\b{_HURTS}[^.]* (?:id|i would)(?: (?:say|call|put|rate|give|it|its|at|an?|about|around"
        rf"|maybe|probably))+ ({NUMBER}){_NO_UNIT}(?=$| [,.!?;)]| (?:now|today|and|but|when)\b)",
    )
)
_SCALE = re.compile(
    r"\b(?:(?:on|in|using) )?(?:(?:a|the) )?(?:pain )?scale (?:(?:of|from) )?[01](?:~| to )10\b"
    r"|\b[01](?:~| to )10(?: pain)? scale\b|(?<!\d )\bout of 10(?= [,:])"
)
_NO_PAIN = re.compile(r"\b(?:no pain|pain ?free|none|nothing|0 pain|painless)\b")
_EFFORT = re.compile(
    r"\b(?:rpe|rir|effort|workout was|session was|difficulty|motivation|sleep)\b[^,.;]*$"
)
_RATED_THING = re.compile(
    r"\b(?:workout|session|class|gym|instructor|coach|trainer|app|service|food|coffee|playlist"
    r"|music|film|movie|staff|teacher|wod|smoothie)"
    r"(?: (?:is|was|gets?|got|deserves|earns|scores?|scored|an?|solid|easily|definitely))* $"
)
_OF_THE_BODY = re.compile(r"\b(?:pain\w*|aches?|hurt\w*|sore\w*|back|spine|agony)\b")
_AT_PRESENT = re.compile(
    r"(?:/ 10 |out of 10 |ish )?(?:now|today|currently|at the moment|right now)\b"
)
_AROUND_A_SCORE_TEXT = """
about around maybe probably like id i say its it is an a hmm um uh solid roughly think guess
just only up to sort of kind ok well between go so ish right now today at the moment tbh or rest
when move worst most time out
"""
_AROUND_A_SCORE = frozenset(_AROUND_A_SCORE_TEXT.split())


def read_pain(text: str, question: str | None = None) -> int | None:
    """Read a pain score from 0 to 10, or None; never raises.

    Of several the present one counts; of a range the upper end; above 10 counts as 10.

    Args:
        text: The message.
        question: The question it answers; with ``pain`` a bare number is a score.
    """
    said, scales = _SCALE.subn(" , ", canonical(text).text)
    scores = sorted(_scores(said))
    if scores:
        return _as_score(_present(said, scores))
    if question != "pain" and not scales:
        return None
    alone = _lone_number(said, _AROUND_A_SCORE)
    if alone is not None:
        return _as_score(alone.high)
    return 0 if _NO_PAIN.search(said) else None


def _scores(said: str) -> Iterator[tuple[int, float]]:
    """Yield the places and values of the scores."""
    for pattern in (_OUT_OF_TEN, *_CUED):
        for match in pattern.finditer(said):
            value = interval(match[1]).high
            rated = pattern is _OUT_OF_TEN or value <= _HIGHEST_SCORE + 1
            if rated and not _is_of_a_thing(said[: match.start(1)]):
                yield match.start(1), value


def _is_of_a_thing(before: str) -> bool:
    """Return whether the words before a score name something other than the pain."""
    if _EFFORT.search(before):
        return True
    return _RATED_THING.search(before) is not None and not _OF_THE_BODY.search(before)


def _present(said: str, scores: Sequence[tuple[int, float]]) -> float:
    """Return the score that is said of now, else the last one."""
    for at, value in scores:
        if _AT_PRESENT.match(said, said.find(" ", at) + 1):
            return value
    return scores[-1][1]


def _as_score(value: float) -> int:
    return min(_HIGHEST_SCORE, math.ceil(value))


def _lone_number(said: str, around: Set[str]) -> Interval | None:
    """Return the one number of a message that holds nothing else but some words around it."""
    words = [word for word in said.split() if word[0].isalnum() and word not in around]
    if len(words) != 1 or not re.fullmatch(NUMBER, words[0]):
        return None
    return interval(words[0])


_YEARS = r"(?:years?|yrs?|yr|yo|y o|y / o|y)"
_SEX = r"(?:m|f|male|female|man|woman|guy|girl|boy|lady|bloke|dude|chap)"
_PERSON = rf"(?:he|she|teenager|teen|pupil|student|{RELATIVES}|{CHILDREN}|{FRIENDS})"
_ADULT = r"(?:man|woman|lady|gentleman|male|female|person|widow|widower|pensioner)"
_PLAYER = (
    r"rower|runner|swimmer|dancer|lifter|footballer|gymnast|bowler|cyclist|boxer|climber|wrestler"
    r"|powerlifter|weightlifter|sprinter|diver|rider|skater|cricketer|cheerleader|fencer|golfer"
    r"|student|pupil|nurse|teacher|carer|builder|joiner|retired|widow|pensioner"
)
_STATED_AS_AGE = (
    rf"(?:im|i am|am|iam|hes|shes|{_PERSON} is|{_PERSON}s|age|aged|age is|age [:=]|turned"
    r"|turning|just hit)"
    r"(?: (?:an?|about|around|nearly|almost|only|just|now|currently|over|already|like|still"
    r"|turning))*"
)
_AFTER_AN_AGE = (
    rf"(?= {_YEARS}\b|(?: ,)? {_SEX}\b|$| [,.!?;()+-]| (?:and|with|so|but|now|who|years|old|if"
    r"|next|this|last|my|been|btw|tho|though|fit|healthy|today|ok|or so|have|had|do|does|did|i"
    r"|has|cant|lift|train|run|work|weigh|here|too|overweight|got|ive|yesterday|doing|started|he"
    r"|she|hurts?))"
)
_NO_BODY = (
    r"(?! (?:car|van|bike|bicycle|truck|lorry|sofa|mattress|bed|house|flat|boiler|shed|trainers"
    r"|shoes|boots|laptop|phone|injury|whisky|dog|cat|horse|pony|puppy|collie|lab|labrador|spaniel|terrier)\b)"
)
_AGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b({NUMBER}) ?-? ?{_YEARS} ?(?:-? ?olds?|of age|young|/ o)\b{_NO_BODY}",
        rf"\b({NUMBER}) ?(?:yo|y / o|y o)\b",
        rf"\b{_STATED_AS_AGE} ({NUMBER})(?! in to)(?! or \d){_AFTER_AN_AGE}",
        rf"(?:^|[.,(] |\bi \( ?)({NUMBER}) (?:- )?{_SEX}\b(?! (?:deep|away|sprint\w*|run|row"
        r"|swim|outside|outdoors|in the shade)\b)",
        rf"(?:^|[,(] ){_SEX}(?: ,| /)? ({NUMBER})(?=$| [,.)]"
        r"| (?:and|with|who|here|back|lower|low|sore|pain|hurt|fell|slipped|tripped|had|has"
        rf"|{_PLAYER})\b)",
        rf"(?:^|[.] ){_ADULT} (?:of|aged|, )? ?({NUMBER})(?= [,.]|$)",
        rf"\b{_PERSON}(?: here)? [,(] ({NUMBER})(?= [,.)]|$| and)",
        rf"\b(?:at|in) (?:\w+ )?(?:school|college) , ({NUMBER})(?= [,.]|$)",
        rf"\b{_PERSON} of ({NUMBER})(?= [,.]|$| (?:has|is|who|and|with|hurt|had)\b)",
        rf"\b{_PERSON}s an? \w+ , ({NUMBER})(?= [,.]|$| and)",
        rf"(?:^|[,.] )at ({NUMBER}) (?:, )?(?=(?:i|my|you) (?:bones|age|should|ought|know|cant"
        r"|am|still|shouldnt|need|thought|would|dont)\b)",
        rf"^({NUMBER}) and (?=(?:fell|slipped|slid|tripped|hurt|sore|stiff|have|had|my|on|i|still"
        r"|never|otherwise|fit|active|healthy|sat|bent|coughed|sneezed|lifted|missed|stepped)\b)",
        rf"\b(?:im|i am|am)(?: an?)?(?: (?:old|young|elderly|retired|married|single))? {_ADULT}"
        rf"(?: ,| of| aged)? ({NUMBER})(?= (?:years?|yrs?)\b(?! (?:ago|back|now|since))|$| [,.])",
        r"\b(?:fit|active|healthy|strong|spry|sprightly|well|good|young|mobile)(?: \w+){0,4}"
        r" for ([4-9]\d)(?=$| [,.]| (?:but|and) )",
        r"\b(?:pushing|knocking on|approaching|getting on for|coming up to|nudging) ([4-9]\d)"
        rf"{_AFTER_AN_AGE}",
        rf"(?:^|[.,] )({NUMBER}) (?:here\b|if (?:it|that) (?:matters|helps)\b)",
    )
)
_DECADE_WORDS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_DECADES = re.compile(
    r"\b(?:in|im|is)(?: (?:my|his|her|their))? ?(?:(?P<part>early|mid|late|middle)(?: to late)? )?"
    rf"(?P<decade>[2-9]0 ?s|{'|'.join(_DECADE_WORDS)})\b"
)
_INTO_DECADE = {"early": 1, "mid": 5, "middle": 5, "late": 8}
_SOON_OF_AGE = re.compile(
    rf"(?:\b(?:turn|turns|turning|be) ({NUMBER})"
    r"(?= (?:next|soon|tomorrow|later|this|on|in (?!to))\b)"
    r"|^([1-9]\d) (?=next (?:week|month|birthday|year) [.,]))"
)
_UNDER_AGE = re.compile(
    r"\b(?:im|i am|am) (?:under|below|not(?: yet)?|almost|nearly) (\d\d?)\b(?! (?:kg|lb|days"
    r"|weeks))"
)
_OVER_AGE = re.compile(
    r"\b(?:im|i am|am|is) (?:over|past|above) ([3-9]\d)\b(?! (?:kg|lb|days|weeks|miles|min))"
)
_BORN = re.compile(
    r"(?:(?:^|[.,;(] |\b(?:i was|im|i am|am) )born|\bd ?o ?b|\bdate of birth)"
    r"(?: in| on|:)?(?: \w+)? ((?:19[2-9]|20[0-2])\d)\b"
    r"(?! ?(?:kg|m|metres|steps|and)\b)"
)
_SHORT_OPENING = re.compile(
    rf"({NUMBER}) [,.](?= \w)(?! (?:\d|maybe|or|reps|sets|kg|lb|days|hours|now|then|out|its|but))"
)
_AROUND_AN_AGE_TEXT = """
im i am its age aged about around just only a nearly almost turned hi well years year yrs yr yo
y old of m f male female man woman guy and no blood thinners not on any dont take none now
"""
_AROUND_AN_AGE = frozenset(_AROUND_AN_AGE_TEXT.split())
_LEADING_NUMBER = re.compile(rf"({NUMBER})(?= [,.]| and )")
_ONLY_MET = re.compile(
    r"\b(?:carr\w+|lift\w*|pick\w*(?: up)?|hold\w*|held|chas\w+|play\w*(?: with)?|swing\w*"
    r"|after|behind|bath\w+|throw\w*) (?:up )?(?:my|our|the|a|her|his) $"
    r"|\b(?:ive got|i have|have got|got|ive) an? $"
)
_OF_WHOM_IS_SAID = re.compile(r"[^.;]*\b(?:with|who|whose|he|she|hes|shes|his|her|complain\w*)\b")
_JUMPED_ON_ME = re.compile(
    r"[^.;]{0,25}\b(?:jump\w*|climb\w*|sat|kick\w*|ran|landed|launched|headbutt\w*|wants?"
    r"|wanted|woke|pulled) (?:\w+ ){0,2}(?:me|my)\b"
)
_A_SCORE = re.compile(r"\b(?:im|i am|am|its)(?: (?:about|around|only|maybe|like))? an? $")
_PARENT = re.compile(
    r"\b(?:dad|mum|mam|mom|mother|father|parent|grandad|grandpa|gran|nan|auntie|uncle) of $"
)
_SCORED = re.compile(rf"\b(?:im|i am|am) an? {NUMBER}(?! (?:{_YEARS}|old)\b)")
_FOR_ME = re.compile(r"\b(?:its|this is|is|asking) for (?:me|myself)\b")
_OWN_AGE = re.compile(r"\b(?:im|i am|am) (?:\w+ )?$")
_PAST_AGE = re.compile(
    r"\b(?:when|since|until|till|from|age) (?:i|he|she|we) (?:was|were|turned) $|\bwas $"
)


def read_age(text: str, question: str | None = None, year: int | None = None) -> int | None:
    """Read the age in years of the person described, or None; never raises.

    Args:
        text: The message.
        question: The question it answers; with ``age`` a bare number is an age.
        year: The present year, from which "born in 2012" counts.
    """
    said = canonical(text).text
    found: list[tuple[int, int]] = []
    for pattern in _AGES:
        for match in pattern.finditer(said):
            age = _whole_years(interval(match[1]))
            if age is not None and not (
                _is_of_another_time_or_child(said, match) or _is_no_age(said, match, age)
            ):
                found.append((match.start(1), age))
    for match in _SOON_OF_AGE.finditer(said):
        age = _whole_years(interval(match[1] or match[2]))
        if age is not None:
            found.append((match.start(match.lastindex or 0), age - 1))
    for match in _DECADES.finditer(said):
        decade = match["decade"]
        years = _DECADE_WORDS.get(decade) or int(decade[:2])
        found.append((match.start(), years + _INTO_DECADE.get(match["part"] or "", 0)))
    if (match_under := _UNDER_AGE.search(said)) is not None:
        found.append((match_under.start(), max(1, int(match_under[1]) - 1)))
    if (match_over := _OVER_AGE.search(said)) is not None:
        found.append((match_over.start(), int(match_over[1])))
    if year is not None and (born := _BORN.search(said)) is not None:
        age = year - int(born[1])
        found.append((born.start(1), age - 1 if age <= _OF_AGE else age))
    found = [each for each in found if 1 <= each[1] <= _OLDEST]
    if found:
        own = [each for each in found if _OWN_AGE.search(said, 0, each[0])]
        return min((own if _FOR_ME.search(said) else ()) or found)[1]
    opening = _SHORT_OPENING.match(said)
    if (
        opening is not None
        and (age := _whole_years(interval(opening[1]))) is not None
        and age > _HIGHEST_SCORE
    ):
        return age
    if question != "age":
        return None
    alone = _lone_number(said, _AROUND_AN_AGE)
    leading = _LEADING_NUMBER.match(said)
    if alone is None and leading is not None:
        alone = interval(leading[1])
    return _whole_years(alone) if alone is not None else None


def _is_of_another_time_or_child(said: str, match: re.Match[str]) -> bool:
    """Return whether an age is of the past, of a child who only climbs on the person, or none."""
    return bool(
        (_A_SCORE.search(said, 0, match.start(1)) and _is_a_score(said, match))
        or _PAST_AGE.search(said, 0, match.start(1))
        or (
            _ONLY_MET.search(said, 0, match.start(1))
            and not _OF_WHOM_IS_SAID.match(said, match.end(1))
        )
        or _JUMPED_ON_ME.match(said, match.end(1))
    )


def _is_a_score(said: str, match: re.Match[str]) -> bool:
    """Return whether "I'm a 2" rates the pain: low, and no word of years or sex follows."""
    years_follow = re.match(rf" (?:- )?(?:{_YEARS}|{_SEX})\b", said[match.end(1) :])
    return interval(match[1]).high <= _HIGHEST_SCORE and years_follow is None


def _is_no_age(said: str, match: re.Match[str], age: int) -> bool:
    """Return whether a small number counts children ("dad of two") or is a score ("I'm a 2")."""
    counted = age < _FEWEST_YEARS_OF_A_PARENT and _PARENT.search(said, 0, match.start(1))
    scored = age <= _HIGHEST_SCORE and _SCORED.match(said, match.start())
    return bool(counted or scored)


def _whole_years(value: Interval) -> int | None:
    return int(value.low) if 1 <= value.low <= _OLDEST else None


_TEMPERATURE = re.compile(
    r"(?P<cue>\b(?:temp|temperature|fever|thermometer|running|it says|reading"
    r"|(?:home|bed|ill|sick|down) with)(?: (?:is|was|of|at|a|an|about|around|up|to|over|reads"
    r"|says|said|shows|showed|showing"
    rf"|it|its|hit|:|=|went|got|been|reached|now|high))* )?({NUMBER})"
    r"(?: (?P<degrees>°|º|(?:degrees?|deg|d)\b))?(?: ?(?P<unit>c|f|celsius|celcius|centigrade"
    r"|fahrenheit|farenheit)\b)?(?P<after> (?:fever|temp|temperature"
    r"|on (?:the|my|an?) (?:ear |forehead )?(?:thermometer|thing|gun)))?"
    r"(?! ?(?:kg|kgs|lbs?|kilos?|pounds?|reps?|miles?|km|k|minutes?|hours?|years?|yo|cm|mm|%"
    r"|weeks?|days?|x|yrs?|/|m|mg|bpm)\b)"
)


_HEAT_ELSEWHERE = re.compile(
    r"\b(?:outside|outdoors|weather|heatwave|in the (?:shade|sun|car|garage|room|gym)|sauna"
    r"|steam room|hot tub|jacuzzi|oven|water|pool|bath|shower|studio|yoga|heated|heater|forecast"
    r"|summer|beach|desert|plunge|here in|weigh\w*|(?:room|air) (?:temp|temperature)|body weight"
    r"|out here|(?:no|without|broken) (?:ac|air ?con\w*)|air con\w* (?:is )?broke\w*|humid\w*"
    r"|sunshine|degrees (?:c |f )?and (?:sunny|humid))\b"
    r"|\bdegrees (?:c |f )?in (?!my |the |bed\b|an? |both |between |one )\w+"
)
_HEAT_OF_THE_BODY = re.compile(
    r"\b(?:fever\w*|(?:my|his|her|a|an|high|running) temp(?:erature)?|thermometer|chills|shiver\w*"
    r"|burning up|ear|forehead|armpit)\b"
)
_ANGLE = re.compile(
    r"\b(?:bend\w*|bent|lean\w*|inclin\w+|rotat\w+|turn\w*|tilt\w*|rais\w+|flex\w*|angle)"
    r"(?: (?:to|at|about|only|past|over|around|forwards?|back|backwards?|of|it|down|up))* $"
)


def read_temperature(text: str) -> float | None:
    """Read a body temperature in degrees Celsius, the highest of several; never raises.

    A number counts as one when a unit or a word such as "fever" says so, or when it has a decimal
    and lies where body temperatures lie.
    """
    readings: list[float] = []
    said = canonical(text).text
    for match in _TEMPERATURE.finditer(said):
        if _is_heat_of_something_else(said, match):
            continue
        value = interval(match[2]).high
        cued = match["cue"] or match["unit"] or match["degrees"] or match["after"]
        if not cued and value.is_integer():
            continue
        if not cued and not (35.5 <= value <= 42 or 96 <= value <= 107):
            continue
        fahrenheit = (match["unit"] or "").startswith("f") or value > _FEVERISH_C[1]
        low, high = _FEVERISH_F if fahrenheit else _FEVERISH_C
        if low <= value <= high:
            readings.append(round((value - 32) / 1.8, 1) if fahrenheit else value)
    return max(readings, default=None)


def _is_heat_of_something_else(said: str, match: re.Match[str]) -> bool:
    """Return whether the degrees are of the weather, of water, of an angle."""
    if _ANGLE.search(said, 0, match.start(2)):
        return True
    start = said.rfind(" . ", 0, match.start()) + 1
    end = said.find(" . ", match.end())
    sentence = said[start : end if end >= 0 else len(said)]
    elsewhere = _HEAT_ELSEWHERE.search(sentence) is not None
    return elsewhere and not _HEAT_OF_THE_BODY.search(sentence)


_PREGNANCY = re.compile(
    rf"({NUMBER}) weeks?(?: and \d days?)?(?: (?:and|along))? (?:pregnant|preggo|gestation|along"
    r"|gone)"
    rf"|\bpregnant (?:, )?(?:at |about |with |, )*({NUMBER}) weeks?"
)
_LATE_WEEKS = re.compile(
    r"(?<![~.\d])(?<!for )(?<!over )(?<!last )(?<!past )(?<!after )(?<!about )(?<!within )"
    r"(?<!in )(?<!the )\b(2[0-9]|3[0-9]|4[01])"
    r"(?: \+ [0-6]\b"
    r"| (?:weeks?|wks?)\b(?! (?:of|into|in|ago|old|post|later|since|straight|program)))"
)
_OF_PREGNANCY = re.compile(
    r"\b(?:(?<!muscle )contractions?|waters|amniotic|placenta|midwife|trimester|prenatal|antenatal"
    r"|labour ward|tightenings|braxton|kicks|kicked|(?:the|my) (?:baby|bump))\b"
)


_OF_ANOTHER = re.compile(
    rf"\b(?:{RELATIVES}|{FRIENDS}|daughter|niece)s?(?: in law)?(?: is| who is|s)?"
    r"(?: (?:about|nearly|almost|now|already))? ?$"
)


def read_pregnancy_weeks(text: str) -> int | None:
    """Read how many weeks a pregnancy has lasted, or None; never raises.

    "29 weeks" is one where something is said that only pregnancy has: "29 weeks, contractions".
    """
    said = canonical(text).text
    match = _PREGNANCY.search(said)
    if match is not None and _OF_ANOTHER.search(said, 0, match.start()):
        return None
    if match is None:
        late = _LATE_WEEKS.search(said) if _OF_PREGNANCY.search(said) else None
        return int(late[1]) if late else None
    weeks = interval(match[1] or match[2]).high
    return int(weeks) if 1 <= weeks <= 45 else None

"""Typing noise in words of time and number: "dyas", "yestarday", "wk", "2 nites ago".

Only words of time and number are mended, only towards each other, and never a word that is English
as it stands ("weak" is no week): ``_REAL_WORDS`` holds every such neighbour.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORT_FORMS: dict[str, tuple[str, ...]] = {
    short: tuple(plain.split())
    for plain, shorts in {
        "yesterday": "yday ystday yestdy yest yesty ystrdy ystdy yesturday yesterdays ydays",
        "today": "todays tday",
        "tonight": "tonite 2nite",
        "tomorrow": "tmrw tmr tomoz tommorow",
        "morning": "morn mornin",
        "afternoon": "arvo aft",
        "evening": "evenin",
        "night": "nite",
        "nights": "nites",
        "last night": "lastnight lastnite",
        "this morning": "thismorning",
        "last week": "lastweek",
        "seconds": "sec secs",
        "minutes": "min mins",
        "hours": "hr hrs",
        "days": "dayz dys",
        "week": "wek wk",
        "weeks": "wks weks",
        "months": "mth mths mos",
        "years": "yr yrs",
        "fortnight": "fortnite",
        "weekend": "wkend wknd",
        "weekends": "wkends",
        "monday": "mon",
        "tuesday": "tue tues",
        "wednesday": "wed weds wensday wendsday",
        "thursday": "thu thur thurs",
        "friday": "fri",
        "january": "jan",
        "february": "feb febuary",
        "april": "apr",
        "august": "aug",
        "september": "sep sept",
        "october": "oct",
        "november": "nov",
        "december": "dec",
        "couple": "coupla cpl cple",
        "two": "tow twoo",
        "three": "thre threee",
        "twenty": "tweny",
        "forty": "fourty",
        "since": "sinse",
        "out of": "outta",
        "because": "cos cuz coz bc",
        "though": "tho",
        "until": "til till",
        "going to": "gonna gunna",
        "want to": "wanna",
        "about": "abt abot",
        "probably": "probs prolly probly",
        "going": "goin",
        "coming": "comin",
        "getting": "gettin",
        "breakfast": "brekkie brekky bfast",
        "before": "b4 befor bfore befoer",
        "after": "aftr afer",
        "christmas": "xmas",
        "worse": "worser",
    }.items()
    for short in shorts.split()
}

_TIME_WORDS = """
second seconds minute minutes hour hours day days night nights week weeks fortnight month months
year years decade weekend weekends monday tuesday wednesday thursday friday saturday sunday january
february april june july august september october november december yesterday today tonight
tomorrow morning mornings afternoon evening since couple several three four five seven eight nine
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
fifty sixty seventy eighty ninety almost nearly about worse worsening better improving easing
"""
_VOCABULARY = frozenset(_TIME_WORDS.split())
_OFTEN_DRAWN_OUT = frozenset({"ages", "long", "forever", "over", "ago"})

_NEIGHBOURS = """
abort abut afternoons aprils aril augusta bate batter beater bette betters bettor bitter bother
butter coupe couped coupled coupler couples couplet dab dabs dad dads dags dahs dais dam dams dan
davy daws decades decane deceiver decembers decide decode dray drays drys ealing earing easting
eating eighteenth eighth eighties eights elevens erasing evenings eventing fave fife fifth file
fine fire fiver fives flour footlight footy foray foresight fort forte forth forthright
fortnightly fortnights forts foul fours fourteenth fridays hoar hoer horus imploding imploring
importing imposing improvise improvising jane jube jude judy juke junes jung junk juno jury jute
markings may meanings minuet minuets minuses minuted minuter minutest moaning mondays mont monte
montes monty mooning moorings moraines moth moths mountings mourning mouth mouths nah nearby
neatly nice nicety nide nigh nighty nike nile nina nines nineteenth nineties niue none nonmember
novembers saturdays seen semen septembers sevens seventeenth seventh seventies sever severn silty
sine singe sixth steven sturdy sunda sundae sundays sundry sven tay thee there thirsty thirteenth
thirties threes threw thursdays toady toddy tody tokay tomorrows tree tuesdays twelves tyree weak
weakens wednesdays weed weeds weekender weekenders ween weep weeps weer wees wore worsen worst
yeah yeahs yean yearn yearns yeas yeats
"""
_REAL_WORDS = frozenset(_NEIGHBOURS.split())

_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_LONGEST = 14
_SHORTEST = 4
_TWO_SLIPS = 2
_TWO_SLIPS_FROM = 8


@lru_cache(maxsize=8192)
def mend(token: str) -> tuple[str, ...]:
    """Return the canonical words for one written word."""
    word = token.casefold()
    stem, _, tail = _APOSTROPHES.sub("'", word).partition("'")
    if tail == "s" and (stem in _VOCABULARY or stem in _SHORT_FORMS):
        word = stem
    word = _APOSTROPHES.sub("", word)
    if word in _VOCABULARY:
        return (word,)
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    undrawn = _DRAWN_OUT.sub(r"\1", word)
    return (undrawn,) if undrawn in _VOCABULARY | _OFTEN_DRAWN_OUT else (_nearest(word),)


def _nearest(word: str) -> str:
    if word in _REAL_WORDS or not _SHORTEST <= len(word) <= _LONGEST:
        return word
    best, fewest = word, _TWO_SLIPS + 1
    for known in _BY_INITIAL.get(word[0], ()):
        allowed = _TWO_SLIPS if len(known) >= _TWO_SLIPS_FROM else 1
        if abs(len(known) - len(word)) > allowed or len(set(known) ^ set(word)) > 2 * allowed:
            continue
        slips = _slips(word, known)
        if slips <= allowed and slips < fewest:
            best, fewest = known, slips
    return best


def _slips(one: str, other: str) -> int:
    """Count insertions, deletions, replacements and swaps of neighbours (Damerau, restricted)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


_BY_INITIAL = {
    initial: tuple(sorted(w for w in _VOCABULARY if w[0] == initial))
    for initial in {w[0] for w in _VOCABULARY}
}

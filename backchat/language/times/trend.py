"""Which way the pain is going: "getting worse", "was a 3, now a 6", "no better, no worse"."""

from __future__ import annotations

import re

from backchat.clinical.reading import Trend
from backchat.language.canonical import canonical
from backchat.language.numbers import NUMBER, interval

_LONGEST_BARE_ANSWER = 4
_HIGHEST_SCORE = 10

_NOT = (
    r"(?:not|isnt|hasnt|havent|arent|wasnt|doesnt|dont|didnt|never|no|nor|neither|without|stopped"
    r"|aint|nt)(?: (?:been|it|its|really|exactly|actually|any|much|at all|got|gotten|getting|get"
    r"|gets|become|becoming|seem|seems|feel|feels|to be|think|say|that|a lot|even|going|started|the"
    r"|pain|so far))*"
)
_SAID_OF_NOW = (
    r"(?: (?:now|today|tonight|this morning|this afternoon|this evening|again|already|still"
    r"|by the (?:hour|day|minute)|(?:each|every|day by|hour by|with (?:each|every)) (?:day|hour"
    r"|morning|minute)|since|not better|if anything|than (?:yesterday|before|it was|when|last"
    r"|this morning|earlier|at first|ever|the day|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|the first)|and worse|overall|over time|over the|rather than|instead)\b|$"
    r"| [.,!?;)]| and\b| but\b)"
)
_CHANGING = (
    r"(?:getting|gotten|got|gets|becoming|become|became|gone|going|went|grown|growing|turning"
    r"|turned|made (?:it|my back|things|the pain)|its gone|progressively|steadily|increasingly"
    r"|slowly|gradually|rapidly|quickly|daily)(?: (?:a|lot|bit|much|little|way|even|far|slightly"
    r"|just|any|steadily|progressively|slowly|gradually|quickly|really|so|consistently|rapidly))*"
)
_ADJECTIVE = (
    r"(?:painful|sore|intense|severe|stiff|achy|tender|uncomfortable|tight|frequent|constant)"
)
_PAST_BAD = r"(?:could|couldnt|cant|might|would|wouldnt|can) (?:be|get|have been|not be)"

_WORSE = re.compile(
    rf"\b{_CHANGING} (?:worse|worst|bad|more {_ADJECTIVE}|{_ADJECTIVE}er|sorer|tighter|stronger"
    r"|sharper|harder)\b|\bwors(?:e and worse|ening|ened|ens)\b|\b(?:its|is|feels?|feeling|been"
    r"|much|even|lot|way|bit|actually|definitely|far|slightly|little|back|pain|today|now|and|but"
    r"|just|only|worse|noticeably|if anything|then|later|somehow|,)"
    rf" worse(?={_SAID_OF_NOW})"
    rf"|\b(?:more {_ADJECTIVE}|sorer|stiffer|tighter|stronger|hurts more|hurting more|aches more"
    r"|more pain)(?: (?:now|today|each|every|than (?:yesterday|before|it was|last|this|when)"
    r"|by the)\b)|\b(?:deteriorat\w*|escalat\w*|intensif\w*|ramp(?:ing|ed|s) up|amping up"
    r"|climbing|going downhill|(?:pain|ache|it|its|and|soreness|stiffness|just|keeps?|kept|is"
    r"|been|slowly|steadily) (?:slowly |steadily |been |now |really )?(?:building(?: up)?"
    r"|increas(?:ing|ed|es)|growing|rising|rose|mounting|worsening))\b|\bworse (?:each|every"
    r"|by the) (?:day|hour|morning|minute)\b|\bworse today\b|\bworse than yesterday\b"
    r"|\btoday(?: is| its)?(?: \w+)? worse\b"
)
_BETTER = re.compile(
    rf"\b{_CHANGING} (?:better|easier|less {_ADJECTIVE}|looser|milder)\b"
    r"|\b(?:improv(?:ing|ed|es|ement)|eas(?:ing|ed)(?: off| up| out| a bit)?|eases off"
    r"|subsid(?:ing|ed|es)|fad(?:ing|ed)|settl(?:ing|ed)(?: down)?|calm(?:ing|ed)(?: down)?"
    r"|(?:wearing|worn|wore) off|lessen(?:ing|ed)|on the mend|healing(?: up)?|loosen(?:ing"
    r"|ed)(?: up)?|decreas(?:ing|ed)|diminish(?:ing|ed)|dying down|died down|clearing up"
    r"|turn(?:ing|ed) (?:the|a) corner|recovering|dropping off|dull(?:ing|ed)|let(?:ting)? up"
    r"|backing off|backed off|reduc(?:ing|ed)|going (?:away|down)|gone down|went down|come down"
    r"|coming down|almost gone|nearly gone|mostly gone|bouncing back)\b|\b(?:its|is|feels?"
    r"|feeling|been|much|even|lot|way|bit|actually|definitely|far|slightly|little|back|pain|today"
    r"|now|and|but|just|already|loads|tad|if anything|,)"
    rf" (?:better|easier|looser)(?={_SAID_OF_NOW})"
    rf"|\bless (?:{_ADJECTIVE}|pain)(?: (?:now|today|each|every|than)\b|$)"
    r"|\bnot (?:as|so|quite as|nearly as) (?:bad|sore|painful|stiff|intense|severe|tight|achy)"
    r"(?: (?:now|today|as|anymore|any more|this))"
    r"|\b(?:better|easier) (?:each|every|by the) (?:day|hour|morning)\b"
    r"|\bbetter (?:than yesterday|today|now)\b"
)
_NO_BETTER = re.compile(
    rf"\b{_NOT} (?:better|easier|improv\w*|eas(?:ing|ed|es)|subsid\w*|settl\w*|fad\w+|go(?:ing"
    r"|es|ne)? away|gone down|shift\w*|budg\w*|let(?:ting)? up|calm\w*|heal\w*|loosen\w*"
    r"|less \w+)\b|\b(?:wont|cant|doesnt|refuses to|hasnt|not) (?:\w+ )?(?:go away|shift|budge"
    r"|ease|settle|let up|improve)\b"
)
_NO_WORSE = re.compile(
    rf"\b{_NOT} (?:worse|wors\w+|more {_ADJECTIVE}|increas\w+|building|deteriorat\w+|escalat\w+"
    r"|intensif\w+|climbing)\b"
)
_SAME = re.compile(
    r"\b(?:(?:about|much|pretty much|exactly|stay(?:s|ed|ing)|still|roughly|just|feels?|is|its"
    r"|the pain is|been|all) the same|unchang\w+|no (?:real )?(?:change|different|difference)"
    r"|(?:not|hasnt|isnt|havent|never|doesnt) (?:\w+ )?(?:chang\w+)|plateau\w*|stuck at"
    r"|(?:holding|stayed|staying|pretty|holding quite) (?:steady|stable)|stable|steady"
    r"|same as (?:yesterday|before|it was|ever|this morning)|same (?:pain|level|really|tbh|still)"
    r"|constant since|levell?ed (?:off|out))\b"
)
_NOT_SAID = re.compile(
    rf"\b{_PAST_BAD}(?: (?:a lot|much|any|even|way))* (?:worse|better)\b"
    r"|\b(?:been|had|seen|felt) (?:\w+ )?worse(?= (?:days|before|than this|injur\w+|pain)|$"
    r"| [.,!])(?<!getting worse)|\b(?:worse|better) (?:form|for wear|case|technique|safe|off|half"
    r"|luck|nature|posture|exercise|stretch\w*|than nothing|than cure|idea|option|way|to (?:rest"
    r"|use|do|take|see|keep|stop|be))\b|\b(?:if|should|unless|until|till|before|when|whenever"
    r"|once|will|would|does|hope\w*|hoping|worried|afraid|scared|fear|want|wanna|trying|try"
    r"|help\w*|how (?:can|do|to|long)|so (?:that )?it|could|can|may|might|to (?:make|get|feel)"
    r"|what (?:can|do|makes?)|supposed to|going to)(?: \w+){0,6}? (?:worse\w*|better|improv\w*"
    r"|subsid\w*|heal\w*|eas(?:e|ing|es)|go(?:ing)? away|go(?:ing)? down|worsen\w*|settl\w*"
    r"|loosen\w*|increas\w*)\b|\bi(?:d|m)? better\b|\b(?:makes|make|making) (?:it|my back"
    r"|the pain|things) (?:\w+ )?(?:worse|better)\b|\b(?:sharp|big|gradual|slow"
    r"|small) (?:increase|decrease)\b|\bincreas(?:ed?|ing) (?:my|the|mileage|weight|load|volume"
    r"|intensity|reps|distance)\b|\b(?:climbing|improved?|improving|building|growing|reduc(?:ing"
    r"|ed)) (?:my|the (?:weight|load|strength|stairs)|muscle|wall|gym|strength|core|mobility|a"
    r"|session|stairs|walls?|rocks?)\b"
)
_AGGRAVATION = re.compile(
    r"\b(?:worse|better|easier|looser|eases(?: off)?|eased|improves|settles|loosens(?: up)?|calms)"
    r"(?: (?!now\b|today\b|again\b)\w+)? (?:when|whenever|if|after|with|while|during|on|at|in"
    r"|by (?:sitting|lying|the end)|lying|sitting|standing|walking|bending|once|as soon"
    r"|for(?! sure)|going|going up|first thing|moving"
    r"|unless)\b"
)
_STEADY_CHANGE = re.compile(
    r"\b(?:getting|gotten|becoming|become|progressively|steadily)(?: \w+)? $"
)
_SCORE = rf"({NUMBER})(?: / 10| out of 10)?"
_FROM_TO = re.compile(
    rf"\bfrom (?:an? |about )*{_SCORE}(?: \w+){{0,3}} (?:to|down to|up to)(?: (?:an? |about )*"
    rf"|(?: \w+){{0,2}} ){_SCORE}"
    r"|\b(?:was|started|began|peaked|it was|were|been)(?: (?:out|off|at|as|like|with|about"
    r"|around|maybe|an?|only))*"
    rf" {_SCORE}(?: \w+){{0,6}}?(?: [,.;-])*(?: (?:and|but|then|it))*"
    r" (?:now|today|currently|this morning|tonight|down to|up to|is|its)(?: (?:its|is|it"
    r"|about|around|at|an?"
    rf"|more|like|maybe|a solid|down to|up to|now|only|just|today))* {_SCORE}"
    rf"|\b{_SCORE}(?: \w+)? (?:yesterday|last night|this morning|on \w+day|earlier|before"
    r"|initially|at first|at the start|the first day|when it started"
    r"|\w+day)(?: [,.;-])*(?: (?:and|but|then|now|today|its|is|about|an?|to"
    rf"|more like))* {_SCORE}(?: (?:today|now|tonight))?"
    rf"|\b(?:now|today)(?: (?:its|is|at|an?|about))* {_SCORE}(?: [,.;-])*"
    rf"(?: (?:it|was|from|up|down|and|an?|yesterday|but))+ {_SCORE}"
)
_NOW_FIRST = re.compile(r"(?:now|today)\b")
_BARE = {
    "worse": Trend.WORSE,
    "worsening": Trend.WORSE,
    "worst": Trend.WORSE,
    "increasing": Trend.WORSE,
    "better": Trend.BETTER,
    "easing": Trend.BETTER,
    "improving": Trend.BETTER,
    "easier": Trend.BETTER,
    "good": Trend.BETTER,
    "down": Trend.BETTER,
    "up": Trend.WORSE,
    "same": Trend.SAME,
    "steady": Trend.SAME,
    "unchanged": Trend.SAME,
    "neither": Trend.SAME,
    "stable": Trend.SAME,
    "constant": Trend.SAME,
}


def read_trend(text: str, question: str | None = None) -> Trend | None:
    """Read which way the pain is going; None where nothing is said. Never raises.

    Args:
        text: The message.
        question: The question it answers; with ``trend`` a bare "worse" or "about the same" counts.
    """
    said = canonical(text).text
    by_scores = _by_scores(said)
    said = _blank(_NOT_SAID, said)
    worse_denied, better_denied = _NO_WORSE.search(said), _NO_BETTER.search(said)
    asserted = _blank(_NO_BETTER, _blank(_NO_WORSE, said))
    asserted = _without_aggravation(asserted)
    moves = [(m.start(), Trend.WORSE) for m in _WORSE.finditer(asserted)]
    moves += [(m.start(), Trend.BETTER) for m in _BETTER.finditer(asserted)]
    if moves:
        return max(moves, key=lambda move: move[0])[1]
    if by_scores is not None:
        return by_scores
    if worse_denied or better_denied or _SAME.search(said):
        return Trend.SAME
    return _bare(_without_aggravation(said), question)


def _bare(said: str, question: str | None) -> Trend | None:
    """Read a message of a word or two ("worse", "bit better")."""
    words = [word for word in said.split() if word[0].isalnum()]
    if len(words) > _LONGEST_BARE_ANSWER and question != "trend":
        return None
    known = {_BARE[word] for word in words if word in _BARE}
    certain = question == "trend" or (bool(words) and words[-1] in ("worse", "better", "same"))
    return known.pop() if len(known) == 1 and certain and len(words) <= 6 else None


def _by_scores(said: str) -> Trend | None:
    """Compare two scores ("was a 3, now a 6")."""
    for match in _FROM_TO.finditer(said):
        scores = [interval(group).high for group in match.groups() if group]
        if len(scores) != 2 or max(scores) > _HIGHEST_SCORE:
            continue
        before, after = reversed(scores) if _NOW_FIRST.match(match.group()) else scores
        if after == before:
            return Trend.SAME
        return Trend.WORSE if after > before else Trend.BETTER
    return None


def _without_aggravation(said: str) -> str:
    """Blank "worse when I bend", which tells what hurts and not which way the pain goes."""

    def blank(match: re.Match[str]) -> str:
        changing = _STEADY_CHANGE.search(said, 0, match.start())
        return match.group() if changing else " " * len(match.group())

    return _AGGRAVATION.sub(blank, said)


def _blank(pattern: re.Pattern[str], said: str) -> str:
    return pattern.sub(lambda match: "#" * len(match.group()), said)

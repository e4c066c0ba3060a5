"""What the words around a time speak of: the pain, the workout, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Cue(Enum):
    """What a word near a time speaks of."""

    ONSET = "onset"  # it started, I tweaked it, it went
    PAIN = "pain"  # sore, my back, can't bend
    LASTING = "lasting"  # hasn't eased, not right
    RETURN = "return"  # came back
    FREE = "free"  # gone, fine, pain-free
    TREND = "trend"  # worse, easing
    ACTIVITY = "activity"  # deadlifted, drove, leg day
    OTHER = "other"  # slept, ibuprofen, surgery
    ELSEWHERE = "elsewhere"  # knee, shoulder


@dataclass(frozen=True, slots=True)
class CueAt:
    """A cue and its place in the canonical text."""

    cue: Cue
    start: int
    end: int


ACTIVITY = (
    r"dead ?lift\w*|squat\w*|lift(?:s|ed|ing|er)?|ran|runs?|running|jog\w*|gym|work(?:ed"
    r"|ing)? ?out|workouts?|train(?:ed|ing|s|er)?|sessions?|class(?:es)?|spin(?:ning)?|legs? day"
    r"|(?:back|pull|push) day|rows?|rowed|rowing|rower|erg|cycl(?:ed|ing|e)|bik(?:e|ed|ing)|rode"
    r"|ride|swim\w*|swam|yoga|pilates|crossfit|wod|murph|hiit|amrap|emom|sets?|reps?|marathon"
    r"|race|raced|\d+ k|parkrun|match|game|golf\w*|tennis|football|soccer|basketball|rugby|hockey"
    r"|cricket|volleyball|netball|boxing|baseball|sparring|bjj|judo|hik(?:e|ed|ing)|climb(?:ed)?"
    r"|walk(?:ed|s)?|shovel\w*|garden\w*|yard ?work|dug|digging|mow(?:ed|ing)|moved"
    r"|moving (?:house|boxes|furniture|the)|carr(?:ied|ying)|p[rb]s?|press(?:es|ed)?|cleans?"
    r"|snatch\w*|bench\w*|kettlebells?|kb|barbell|rdls?|plank\w*|exercis\w+|play(?:ed|ing)"
    r"|danc(?:ed|ing)|zumba|bootcamp|weights?|weightlifting|swings?|hing(?:e|es|ed|ing)|sit ?ups"
    r"|crunches|burpees|lunges|stretch(?:ed|ing)?|program(?:me)?|cardio|sprint\w*|ski(?:ed|ing)?"
    r"|snowboard\w*|surf\w*|skat\w*|sports?|mudder|triathlon|ironman|drove|driving|drive|flew"
    r"|flight|sat|sit|sitting|lugged|haul(?:ed|ing)|packed|packing|painting|decorating|diy"
    r"|clean(?:ed|ing)|hoover\w*|vacuum\w*|warm ?up|warmed|comp|meet|competition|competed|plates?"
    r"|kg|lbs?|plan|routine|picked|picking|bent|bending|reached|reaching|twisted|twisting|pushed"
    r"|pushing|pulled|pulling|pull ?ups?|push ?ups?|chin ?ups?|loaded|unloaded|chopp(?:ed|ing)"
    r"|raked|jump(?:ed|ing)|wrestl\w+|lawn|sofa|couch|furniture|fridge|boxes|suitcase|luggage"
    r"|groceries|snow|mulch|gravel|deads|extensions|circuits?|thrusters?|jumps|wall balls|farmers"
    r"|good mornings|thrusts?|machine|pulldowns|rugby|assault bike|finished"
)
_OTHER = (
    r"aged?|pregnan\w*|trimester|baby|birth|born|surgery|operation|fractur\w*|cancer|chemo"
    r"|(?:my|the) change|menopause|ward|diagnos\w*|married|retired|slept|sleep\w*|asleep|nap|pee"
    r"|peed|pissed|poo\w*|wee|bowels?"
    r"|toilet|periods?|temp|temperature|fever\w*|cough\w*|flu|cold|covid|sick|virus|infection"
    r"|antibiotics?|ibuprofen|pain ?killers?|advil|aleve|naproxen|paracetamol|tylenol"
    r"|acetaminophen|pills?"
    r"|tablets?|meds?|medication|mg|doses?|took|taken|taking|prednisone|steroids?|inject\w*"
    r"|heroin|physio\w*|chiro\w*|doctors?|dr|gp|appointment|massage\w*|mri|x ?ray|scan|hospital"
    r"|ice|iced|icing|rest|rested|resting|rests|days? off|off work|off sick|holiday|vacation"
    r"|break|desk|shifts?|office|job|work(?:s|ed|ing)?|study\w*|school|college|travel\w*|smok\w*"
    r"|drink\w*|drank|ate|eat\w*|eaten|fasted|fasting|weigh\w*|lost|gained|diet|bought|booked"
    r"|signed|shoes|mattress|water|kids?|wedding|party|coach|experience|hobby|member\w*|season"
    r"|(?:im|am|was|be) off(?= (?:on )?#)|(?:up|awake)(?= (?:since|at|from))|on here|told"
    r"|we (?:talked|spoke|chatted)"
    r"|you (?:said|advised|asked|mentioned)|stress\w*|tired|exhausted|anxious|anxiety|depress\w*"
    r"|ill|poorly|unwell|busy|vegan|term"
)
_CUES: dict[Cue, tuple[str, ...]] = {
    Cue.LASTING: (
        r"(?:been|its|is|it|hung|hanging|hangs|sticking|stuck) (?:with me|around|about)"
        r"|been there|stuck with (?:it|this|me)"
        r"|carr(?:ied|ying) (?:it|this)|(?:not|never|hasnt|havent) left(?: me)?|dogged me"
        r"|(?:lived|living|put|putting up|bothering me) with (?:it|this)",
        r"stopped being able to(?: \w+)?|no (?:real |noticeable )?(?:change|difference|progress"
        r"|relief|joy)",
        r"(?:stopp\w+|kept|prevent\w+|keep\w*) me (?:from )?(?:\w+ing|out of the gym|off work)",
        r"(?:not|no|hasnt|havent|isnt|wont|wasnt|never|nothing|doesnt|didnt|cant)"
        r"(?: (?:really|been|feel|felt|feels|gotten|got|getting|any|go|gone|quite|yet|it|seem to))*"
        r" (?:right|fine|ok|okay|good|better|normal|gone|away|the same|settl\w+|eas\w+|improv\w+"
        r"|shift\w*|budg\w+|stop\w*|let up|relief|help\w*|loosen\w*|work\w*|heal\w*|moved?)",
    ),
    Cue.RETURN: (
        r"(?:came|come|comes|coming|is|its|was|been) back(?= (?:again|for|on|after|every|over)|$"
        r"| ?[,.!?]| [#t])|back again|return(?:ed|s)|(?:flared|flares|started|hurts|hurting"
        r"|went) (?:up )?again|relapsed?",
    ),
    Cue.ONSET: (
        r"start(?:ed|ing|s)?|began|begun|commenced|(?:came|coming|come) on|kicked (?:in|off)"
        r"|occurred"
        r"|arose|flared(?: up)?|turned up|developed|struck|surfaced|bang(?! on)|bam|boom|twang"
        r"|sneez(?:ed|ing)"
        r"|(?:it|this|that|(?:the|this|my) (?:pain|ache)) (?:just |1st |only |all )?came"
        r"(?= (?:during|in|after|at|when|out|from|while|with|through|#|the #|on #))"
        r"|sett?(?:ing)? in|set (?:it )?off|1st (?:felt|noticed|had|got|came|hurt|\w+ed (?:it"
        r"|this|the|a))"
        r"|rear(?:ed|s) its (?:ugly )?head|(?:snuck|sneaked) (?:in|up)|emerged|(?:cropped"
        r"|popped) up"
        r"|(?:made|announced) itself(?: known)?|brand new|(?:its|is) (?:new|fresh|recent)|fresh"
        r"|notic(?:ed|ing)|onset|appeared|crept (?:in|up)|hit me|caught me|showed up|happened"
        r"|incident|attack|triggered"
        r"|brought (?:it )?on",
        r"(?:(?:my|the|his|her) )?(?:lower |low )?(?:back|it|something) (?:\w+ )?(?:(?:went"
        r"|goes)(?! away)"
        r"|gone|gave|popped|seized|locked|spasmed|hit"
        r"|blew|clicked|snapped|cracked)",
        r"(?:hurt|injured|tweaked|pulled|strained|sprained|twisted|jarred|wrenched|ricked|cricked"
        r"|tore|torn|popped|wrecked|aggravated|irritated|slipped)(?: up| out)?"
        r" (?:it|my|myself|a (?:muscle|disc|nerve)|something|lower|low|back|the back|this|his|her)",
        r"(?:did|done|put|threw|blew|blown|knackered|buggered|jacked|messed|screwed|fucked)(?: up"
        r"| out)? (?:my|the|his|her) (?:lower |low )?back|(?:did|done|got) (?:it"
        r"|something)(?! (?:for|with))",
        r"(?:(?<=^)|(?<=[,.] ))(?:just )?went(?= (?:on |at |last |this )?#)",
        r"slipped(?! dis[ck])|tripped|stumbled|tweak(?:ed|ing)?|re ?injured|re ?hurt|injured"
        r"|seiz\w+|locked up|spasmed|gave (?:out"
        r"|way)|went out|gone out"
        r"|twinged?|felt (?:an?|something|it|this|that|my|the|some|pain|sharp|sore|tight|stiff"
        r"|off|weird|wrong)|heard an?"
        r"|(?:fell|fallen)(?! (?:off the wagon|asleep|pregnant|behind|in love))|crash(?:ed)?"
        r"|accident|got hit|woke|woken"
        r"|overdid|overdone|got me",
    ),
    Cue.FREE: (
        r"(?:is|was|am|im|were|are|been|be|its|all|felt|feels?|feeling|totally|completely|back to)"
        r" (?:fine|ok|okay|alright|normal|perfect|good|great|grand|dandy|sound|tip top|100 %)|fine"
        r"|right as rain"
        r"|(?:injury|pain|ache|trouble|problem|issue|symptom|niggle) free|gone(?! (?:on|past"
        r"|over|by"
        r"|beyond|#))|went away"
        r"|clear(?:ed)?(?: up)?|healed|recovered"
        r"|(?:wasnt|isnt|nothing|not) there|never (?:had|been|felt|got)(?: \w+){0,2} (?:issues?"
        r"|problems?|pain|trouble|twinge)"
        r"|resolved|pain ?free|painless|(?:no|without) (?:back )?(?:pain|issues?|problems?|trouble)"
        r"|a day off from it|symptom free",
    ),
    Cue.TREND: (
        r"spread(?:s|ing)?|moved (?:in ?to|down|up)|travel\w+|radiat\w+|worse\w*|worst|better"
        r"|improv\w+|eas(?:ing|ed|ier)|increas\w+|decreas\w+|fading|settl\w+"
        r"|subsid\w+|deteriorat\w+|calm\w*",
    ),
    Cue.PAIN: (
        rf"(?:cant|couldnt|cannot|unable to|hard to|barely)(?: \w+){{0,2}} (?:{ACTIVITY})",
        r"pain(?!kill)\w*|hurt\w*|sore\w*|ach(?:e|es|y|ey|ing|ed|in)|backache|stiff\w*|tight\w*"
        r"|spasms?"
        r"|spasming|cramp\w*|throb\w*|tender\w*|twinges?|sciatica|discomfort|agony|killing"
        r"|burning|numb\w*|tingl\w*|pins|doms|flar\w+|symptoms?|injur\w*|problems?|issues?"
        r"|trouble|niggl\w*|knots?|persist\w*|linger\w*|ongoing|plagu\w*|suffer\w*|struggl\w*|in"
        r" bits|limp\w*|hobbl\w*|cant"
        r"|couldnt|unable|barely|laid up|bedridden|stuck|bent over|funny|dealing|bother\w*"
        r"|bugg?(?:ing|ed|s) me"
        r"|playing up|acting up|nag\w*|grumbl\w*|bad|shooting|stabbing|crippled|like (?:this"
        r"|that)|of (?:it|this)|stopped me",
        r"(?:had|have|having|got|get|getting|with|feel) (?:it|this|that|these)"
        r"|(?:had|has|kept|keeps|keeping) me (?:awake|up)",
        r"(?:my|the|lower|low|his|her|their|whole|sore|bad) back|lumbar|spine|back(?= (?:has|is"
        r"|was|hurts?|sore|pain|ache|aching|stiff|tight|been|went|feels?|still|seized|problem"
        r"|issue|spasm|trouble|bad|killing|itself|only))",
    ),
    Cue.ELSEWHERE: (
        r"(?:(?:my|the|our|your|this) )?(?:phone|app|battery|wi ?fi|internet|broadband|laptop"
        r"|computer|browser"
        r"|connection|signal|page|screen|chat|website) (?:\w+ )?(?:died|dies|went|crash\w*"
        r"|dropped|froze"
        r"|frozen|cut|clos\w+|glitched|restarted|ran|timed|lost|updated|disconnected"
        r"|logged)(?: out)?",
        r"(?:legs|quads|hams|hamstrings|glutes|calves|arms|thighs|abs|traps|lats|delts|chest)"
        r" (?:\w+ ){0,2}(?:sore|stiff|doms|tight|aching|ached|tender)",
        r"knees?|shoulders?|necks?|ankles?|wrists?|elbows?|hands?|fingers?|thumbs?|head|headache"
        r"|tooth|stomach|eyes?|ears?|throat|ribs?|achilles|shins?|forearms?|biceps?",
    ),
    Cue.ACTIVITY: (ACTIVITY,),
    Cue.OTHER: (_OTHER,),
}
_STARTING = (
    r"(?:start(?:ed|ing)?|began|begun|took up|got into|joined)"
    r"(?: (?:doing|to|an?|the|my|new|going|back|this|some|heavy|again|weekly|on))*"
)
_NEW_ACTIVITY = rf"{_STARTING} (?:{ACTIVITY})"
_OTHER_BEGINNING = (
    rf"{_STARTING} (?:{_OTHER})|"
    rf"(?:(?:my|the|our) (?:new )?|(?<=^)|(?<=[,.] ))(?:{ACTIVITY}|{_OTHER}) (?:started|began"
    rf"|starts|begins)"
    r"|(?:(?<=^)|(?<=[,.] )|i (?:\w+ )?)(?:started|began) (?:taking|using|eating|drinking|on|a|an"
    r"|my"
    r"|new) (?!twinge|ache|pain|niggle|spasm|lower|low|back|sharp|dull|#|the #|about #)\w+"
    r"|(?:(?<=^)|(?<=[.!] )|i )(?:started|began) (?!fresh|small|mild|light|quiet|it|to|in|on|at"
    r"|hurt|ach"
    r"|sore|as|about|around|back"
    r"|again|just|only|off|out|up|may|like|rough|some|from|late|early|last|this|over|by|the|after"
    r"|when"
    r"|feel|gett|giv|both|play|act|being|mid|right|straight|pretty|before|during|prob|proper|slow"
    r"|grad"
    r"|sudden|real|spasm|limp|round|approx|bad|near|with|and|twing|niggl|seiz|stiff|burn|throb"
    r"|cramp)"
    r"[a-z]+(?= #)"
)
_COMPOSED = {"new_activity": Cue.ACTIVITY, "other_beginning": Cue.OTHER}
_PATTERN = re.compile(
    rf"(?<!\S)(?:(?P<new_activity>{_NEW_ACTIVITY})|(?P<other_beginning>{_OTHER_BEGINNING})|"
    + "|".join(f"(?P<{cue.value}>{'|'.join(parts)})" for cue, parts in _CUES.items())
    + r")(?!\S)"
)


def find_cues(text: str) -> list[CueAt]:
    """Return the cues of canonical text, in order."""
    return [
        CueAt(
            _COMPOSED.get(match.lastgroup or "") or Cue(match.lastgroup),
            match.start(),
            match.end(),
        )
        for match in _PATTERN.finditer(text)
    ]

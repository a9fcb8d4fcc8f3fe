"""How people say what they want: one pattern a line, the surest first (FEATURES I8)."""

from typing import Literal

from bot.domain.plain_alumni import ALUMNI, AlumniWant
from bot.domain.plain_talks import REMOVE, TALKS, TalksWant
from bot.domain.plain_together import TOGETHER, TogetherWant

Want = Literal[
    TogetherWant,
    AlumniWant,
    TalksWant,
    "menu", "help", "log", "find", "stop", "pause", "question", "questions", "thank", "thanked",
    "add", "checkin", "settings", "zone", "goal", "contacts", "ask", "talks", "start", "due",
    "begin", "progress", "book", "prep", "replied", "declined", "silence", "news", "internship",
    "export", "delete", "import", "wrong", "welcome", "stuck", "nothing", "what", "who",
    "private", "remind", "class", "introduce", "introductions", "share",
]  # fmt: skip

_ABOUT = r"(?P<about>.{1,120}?)"
_WHERE = r"(?: (?:in|near|around) (?P<place>.{2,60}?))?(?: (?:at|from) (?P<company>.{2,60}?))?"
_FILES = (
    r"( alumni| csv| list| directory| file| contacts?| people| connections?| linkedin"
    r"| address ?book| phone ?book| v-?cards?)*"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PAST = rf"yesterday|(?:on |last |this )?{_DAY}|(?:two|three|\d) days ago"
_HOW = (
    r"(?: (?:for|over|on|by|via) (?:a )?(?:coffee|lunch|drinks?|call|chat|zoom|teams|phone|video"
    r"|the phone))?(?: about .{1,120}?)?"
)
_LATELY = (
    r"(?: (?:just |right )?(?:now|earlier|today|this (?:morning|afternoon|week)|last (?:night|week)"
    rf"|(?P<when>{_PAST})))?"
)
_LATER = (
    rf"(?: (?:for )?(?P<when>(?:on |next |this )?(?:{_DAY}|today|tonight|tomorrow|at \d)"
    r".{0,60}))?"
)
_WITH = r"(?:talked|spoke|chatted|met(?: up)?|interviewed|called|zoomed)"
_TALK = r"(?:coffee|call|phone call|lunch|chat|talk|interview|meeting|conversation|zoom)"
_KIN = (
    r"(?:aunt|uncle|mom|mum|dad|mother|father|parents?|brother|sister|cousin|coach|boss"
    r"|manager|neighbou?r|friend|roommate|professor|prof|teacher|adviser|advisor|grandma|grandpa)"
)
_BE = r"(?:talk (?:to|with)|speak (?:to|with)|meet|be(?:come)?|work (?:in|with|as|for)|do|go into)"
_SEEK = (
    rf"(?:find|search(?: for)?|look(?:ing)? for|show me|i need(?! to\b)|interested in|curious about"
    rf"|i(?:'?m| am) (?:interested in|curious about|into)"
    rf"|i want(?: to {_BE})?|i'?d (?:like|love) to {_BE}"
    rf"|(?:who(?:m)?|what alumni) (?:can|could|should) i (?:talk to|ask|meet)(?: about| in)?"
    rf"|(?:does anyone|do you|who do you) know(?: (?:any|some)(?:one|body))?(?: (?:in|who))?"
    rf"|who (?:works|is|knows)(?: (?:some|any)(?:one|body))?(?: (?:in|with|as))?"
    rf"|(?:some|any)(?:one|body) (?:in|who (?:works|is) (?:in|as))"
    rf"|(?:people|alumni|alums?) (?:in|who (?:work in|are|do)))"
)
_NEGATED = r"(?:did|does|do|has|have|is|was)(?:n'?t| not)"
_WRITE = r"(?:ask|write(?: to)?|e-?mail|message|contact|reach out to|draft(?: a note to)?)"
_SOMEBODY = r"(?:any|some)(?:one|body)(?: who)?(?: (?:works? )?(?:in|at|from|with|as))?"
RULES: tuple[tuple[Want, str], ...] = (
    *ALUMNI,
    *TOGETHER,
    *TALKS,
    (
        "stop",
        (
            r"(please )?(stop|unsubscribe|(i want to )?quit|leave me alone|go away"
            r"|no more( messages)?"
            r"|opt out|shut up|stopp?)\b.*"
        ),
    ),
    (
        "pause",
        r"(pause|quiet|silence|mute|snooze)( me| it)?( (until|till|for) (?P<about>.{1,60}))?",
    ),
    (
        "pause",
        (
            r"(i'?m |i am )?(away|on (holiday|vacation)|sick|busy|travell?ing)"
            r"( until (?P<about>.{1,60}))?"
        ),
    ),
    ("start", r"(start|start again|join|opt in|sign me up|subscribe|count me in|resume)"),
    (
        "menu",
        (
            r"(hi|hiya|hello|hey+|hallo|hola|moin|servus|salut|ciao|guten (tag|morgen|abend)"
            r"|good (morning|afternoon|evening|day)|yo|sup|what'?s up)( there| all| snowball)?"
        ),
    ),
    ("menu", r"(hi |hello |hey )?(snowball|menu|home|today|start over|back|main menu)"),
    ("menu", r"(ok(ay)?|yes|yeah|yep|sure|cool|great|nice|good|got it|alright|ready|let'?s go|ja)"),
    (
        "help",
        (
            r"(i need |get )?(help|hilfe|ayuda)( me| please)?|what can (you|i) do( here)?"
            r"|how (does|do) (this|it|you|i use (this|it|you))( work)?|commands|options|\?+|manual"
        ),
    ),
    (
        "welcome",
        (
            r"(ok |okay )?(thx|ty|tysm|thanks?( a lot| so much| you( so much)?)?|danke( schön)?"
            r"|merci|gracias|cheers|much appreciated)"
        ),
    ),
    (
        "nothing",
        (
            r"(no|nope|nah|cancel|never ?mind|forget it|not now|later|skip|nothing|undo"
            r"|nein|abbrechen|bye|good ?night|see you)( thanks| thank you)?"
        ),
    ),
    (
        "stuck",
        (
            r"(?!.*\b(?:met|talked|spoke|called|chat|call|coffee)\b).*\b(stuck|nervous|scared|afraid|anxious|overwhelmed|shy|hopeless|lost|frustrated"
            r"|give up|too hard|hate this|hate networking|feel (bad|stupid|awkward|dumb))\b.*"
            r"|i (don'?t|do not) know (what|how|where) to .*|i can'?t do this|idk.*"
        ),
    ),
    (
        "begin",
        (
            r"(where|how) (do|should|can) i (start|begin)|i (don'?t|do not) know (anyone|anybody"
            r"|who.*)|i know (no ?one|nobody)"
            r"|who(m)?( else)? should i (meet|talk to|ask)( first| next)?"
            r"|get started|first step|what now|what (should|do) i do( now| first| next)?"
        ),
    ),
    (
        "what",
        (
            r"(what is|what'?s|explain)( an?| the)? (informational interview|info interview"
            r"|networking|this( for)?|point|snowball).*|why (should i|am i).*"
        ),
    ),
    (
        "who",
        (
            r"(who|what) (are|r) (you|u)|are you (a bot|human|real|an? ai).*"
            r"|can i (talk|speak) (to|with) (an? )?(real )?(human|person).*"
        ),
    ),
    (
        "private",
        (
            r"(is (this|it) )?(privacy|private|secret|anonymous|confidential)\b.*"
            r"|(who|can|does|will) .*\b(see|sees|read|reads) (this|it|that|me|my|what|all)\b.*"
            r"|what do(es)? .*\b(know|see|store) (about me|of me)"
        ),
    ),
    (
        "export",
        (
            r"(export|download|get|give me|send me)( me| all)?( of)? my (data|stuff|contacts"
            r"|notes|everything)|export"
        ),
    ),
    (
        "delete",
        (
            r"(delete|erase|remove|forget|wipe)( all)?( of)? (me|my (data|account|stuff|info"
            r"|everything)|everything)\b.*|delete"
        ),
    ),
    (
        "import",
        (
            rf"(import|upload)( the| an?| my| some)?{_FILES}( from( an?| my)?{_FILES})?"
            rf"|add( my| some)? (people|contacts|connections) from( an?| my)?{_FILES}"
        ),
    ),
    (
        "wrong",
        (
            r".*\b(creepy|rude|harass\w*|inappropriate|uncomfortable|unsafe|hit on me|flirt\w*"
            r"|felt wrong|weird vibe)\b.*|report (?:some(?:one|body)|him|her|them|this|an? \w+)\b.*"
        ),
    ),
    (
        "silence",
        (
            rf"{_ABOUT} (?:{_NEGATED}|never) (?:answer\w*|repl\w+|respond\w*|w[ro]\w+ back)"
            r"(?: (?:me|yet|back|to me))*"
        ),
    ),
    (
        "silence",
        (
            r"(nobody|no ?one) (answers?|answered|repl\w+|responds?|writes back).*"
            r"|no (reply|answer|response)( yet)?( from (?P<about>.{1,60}))?|ghosted"
        ),
    ),
    ("declined", rf"{_ABOUT} (?:said no|declined|refused|turned me down|can'?t|is too busy)"),
    (
        "replied",
        (
            rf"{_ABOUT} (?:(?:has |just )*(?:replied|answered|responded|said yes|agreed"
            r"|(?:wrote|(?:e-?mail|text|messag|call)ed|got)(?: me)? back(?: to me)?))(?: to me)?"
        ),
    ),
    (
        "news",
        (
            r"(good news|great news).*|(i )?(just )?(got|have|landed|accepted)( me)?"
            r" (a|an|the|my)( new)? (job|internship|offer|position|place).*|i (got|was) hired.*"
        ),
    ),
    (
        "book",
        (
            rf"(?:book|schedule|set up|plan|arrange)(?: an?| my| the)?(?: {_TALK})?"
            rf"(?: with {_ABOUT})?{_LATER}"
        ),
    ),
    ("book", rf"(?:book|schedule) (?!(?:me|us|an?) ){_ABOUT}{_LATER}"),
    (
        "book",
        rf"(?:i have|i'?ve got|i'?m having|there'?s)(?: an?| my)? {_TALK} with {_ABOUT}{_LATER}",
    ),
    (
        "book",
        (
            rf"(?:i'?m |i am |we are |we're )?(?:meeting|seeing|talking (?:to|with)|calling)"
            rf" {_ABOUT}{_LATER}"
        ),
    ),
    (
        "prep",
        (
            rf"(?:prep(?:are)?|get ready)(?: me)?(?: for)?(?: my| the| an?)?(?: {_TALK})?"
            rf"(?: (?:with )?{_ABOUT})?"
        ),
    ),
    ("prep", r"how (?:do|should|can) i prep(?:are)?(?: for (?P<about>.{1,60}))?"),
    ("prep", r"what (?:should|do|can) i (?:wear|bring)\b.*"),
    ("thanked", rf"(?:i |i've |i have )?(?:just |already )*(?:thanked|said thank you to) {_ABOUT}"),
    (
        "thank",
        (
            r"(say |write |send )(an? )?(thank[ -]?you|thanks)( note| letter| card)?"
            r"|thank[ -]?you (note|letter|card)"
        ),
    ),
    (
        "thank",
        (
            r"(?:i (?:forgot|need|want|have|should) (?:to )?)?"
            rf"(?:say |write |send )?(?:an? )?(?:thank[ -]?you|thanks?)(?: note| letter| card)?"
            rf"(?: to| for)? {_ABOUT}"
        ),
    ),
    (
        "log",
        (
            r"(?:i |i've |i have |we |just |already |finally )*"
            rf"(?:{_WITH}|had (?:an? |my )?{_TALK})"
            rf"(?: with| to)? {_ABOUT}{_HOW}{_LATELY}"
        ),
    ),
    ("log", rf"log(?: an?| my)?(?: {_TALK})?(?: (?:with )?{_ABOUT})?"),
    ("log", rf"(?:new |my )?{_TALK} with {_ABOUT}{_HOW}{_LATELY}"),
    ("book", rf"(?:new |my )?{_TALK} with {_ABOUT}{_LATER}"),
    ("questions", r"(show )?(me )?my (saved )?questions( list)?|saved questions"),
    (
        "question",
        (
            rf"(?:give me |i need |get |suggest )?(?:an? |some |good |another |more )*"
            rf"questions?(?: (?:to ask|for|about)+ {_ABOUT}| .*)?"
        ),
    ),
    (
        "question",
        rf"what (?:good )?(?:questions? )?(?:should|can|do|could|to) (?:i )?ask(?: {_ABOUT})?",
    ),
    ("question", r"what (should|can|do) i say( to (?P<about>.{1,60}))?"),
    ("checkin", r"((do )?(my )?(weekly )?check(ing)? ?-?in( now)?|my week|weekly)\b.*"),
    (
        "zone",
        (
            r"(change |set |my |fix |wrong )*time ?zone( (to |is |in )*(?P<about>.{2,60}))?"
            r"|(the |your )?(time|clock) is wrong"
        ),
    ),
    ("zone", rf"i(?:'?m| am| live| moved| am living)(?: now)?(?: in| to) {_ABOUT}"),
    ("goal", r"(change |set |what'?s |what is )?(my )?(weekly )?goals?\b.*"),
    ("settings", r"(change |set |show )?(my )?(settings|preferences|quiet hours|days off)\b.*"),
    ("remind", r"(set (a|me a) )?remind(er|ers)?( me)?\b.*|don'?t let me forget.*"),
    (
        "progress",
        (
            r"how many (?:people|talks|asks|notes|names)\b.*"
            r"|(am i |are we )?(on track|(my |show )*(progress|stats|numbers|history))\b.*"
            r"|how am i doing"
        ),
    ),
    (
        "contacts",
        (
            r"(show |see |list |view |open )?(me )?(all )?(my )?(contacts?|people|list|network"
            r"|wish ?list)( list)?|who do i know|who('?s| is) on my list"
        ),
    ),
    (
        "talks",
        (
            r"(show |see |list )?(me )?(my )?(talks|interviews|log|meetings|notes)"
            r"|who (have|did) i (met|meet|talk(ed)? to)( so far| already)?"
        ),
    ),
    (
        "due",
        (
            r"(what('?s| is) )?(due|next|open|on today|left to do|to ?do|pending)\b.*"
            r"|what do i have to do.*|what (did|have) i promised?\b.*|(my )?(tasks|to-?dos?)"
        ),
    ),
    (
        "internship",
        (
            r"(my |i have an? |i started (my|an?) |start (my|an?) )?(new )?internship( mode)?"
            r"( starts?.*)?"
        ),
    ),
    ("introductions", r"(show |see |list )?(me )?(my |the )?introductions?"),
    (
        "introduce",
        (
            rf"(?:can|could|will|would)? ?(?:you |someone |somebody |anyone |anybody )?introduce me"
            rf"(?: to (?:{_SOMEBODY} )?{_ABOUT})?"
        ),
    ),
    (
        "introduce",
        (
            rf"(?:i(?:'?d like| want| need) |get |ask for )?(?:an? )?introduction"
            rf"(?: to (?:{_SOMEBODY} )?{_ABOUT})?"
        ),
    ),
    (
        "class",
        (
            r"(?:does (?:any|some)(?:one|body)(?: here| in (?:my|the|our) class)? know"
            r"|who(?: here| in (?:my|the|our) class)? knows"
            rf"|(?:has|does) my class know) {_SOMEBODY} {_ABOUT}"
        ),
    ),
    ("class", rf"ask (?:the|my|our)(?: whole)? class(?: (?:about|for|who knows) {_ABOUT})?"),
    ("share", r"share (?:a |my |some )?(?:contacts?|people|somebody|someone)"),
    ("share", rf"share {_ABOUT} with (?:the|my|our)(?: whole)? (?:class|cohort|classmates)"),
    ("ask", r"(draft|write)( an?| the)? (note|ask|mail|e-?mail|message|letter)( for me)?"),
    ("ask", r"how (?:do|can|should) i ask (?:for|some(?:one|body)|people|an? alum\w*)\b.*"),
    ("ask", rf"(?:i (?:want|have) to |help me |can i |how (?:do|can|should) i )?{_WRITE} {_ABOUT}"),
    ("add", rf"(?:add|save|remember|new (?:contact|person):?|i know) {_ABOUT}"),
    ("add", rf"my (?P<about>{_KIN}\b.{{0,100}}?)"),
    ("add", r"(add|new|save)( an?| another)?( new)? (contact|person|someone|somebody|name)"),
    *REMOVE,
    (
        "find",
        (
            r"(?:find |show me )?(?:people|alumni|alums?)?(?: ?from)?(?: ?the)? ?class of"
            r" (?P<about>(?:19|20)\d\d)"
        ),
    ),
    (
        "find",
        (
            r"(?:find |show me )?(?:(?:some|any|every)(?:one|body)|people|alumni|alums?"
            r"|who|who do (?:you|i) know)"
            r"(?: who)?(?: works?| is| are)? (?:at|from) (?P<company>.{2,60}?)"
        ),
    ),
    ("find", rf"(?:can you |please |help me )*{_SEEK} {_ABOUT}{_WHERE}"),
)

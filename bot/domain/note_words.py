"""What gives a note away: the phrases by which the check of a draft knows a tie or a request.

Patterns are read on one sentence in small letters with straight quotes. They lean to silence: a
finding that is wrong costs more trust than one that is missing.
"""

import re


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts))


WORK = (
    r"(?:(?:summer |full[- ]time |part[- ]time |entry[- ]level |paid |analyst |open )*"
    r"(?:jobs?|internships?|positions?|openings?|vacanc(?:y|ies)|placements?|roles?|employment"
    r"|traineeships?|work experience)(?: opportunit(?:y|ies))?)"
)
PLACES = (
    r"(?:company|firm|team|start-?up|lab|office|department|shop|group|studio|ward"
    r"|organi[sz]ation|agency"
    r"|business|school|practice|bank|clinic|newsroom|program(?:me)?)"
)
LEARN = r"\b(?:learn|hear|know|understand|how|what|curious|advice|story|about the|ask about)\b"
SEEKING = (
    r"(?:looking|searching|hunting) for|look for|seek(?:ing)?|interested in|interest in"
    r"|hop(?:e|ing) for"
    r"|apply(?:ing)? for|to find|to get|to do|do(?:ing)?|for"
)
RECRUITS = (
    r"(?:interns?|trainees?|apprentices?|graduates?|students?|beginners?|people|staff|helpers?"
    r"|assistants?|employees|somebody|someone)\b(?! (?:seriously|apart|with|how|for advice))"
)
OFFERED = rf"(?:an?|any|some|the|your|one of|me)(?: \w+){{0,3}} {WORK}"

NO_REQUEST = _any(
    r"\bnot? (?:asking|looking|hoping|here|writing)[^,;]* (?:for|about) ",
    r"\bnot (?:an? |for )?(?:\w+ )?(?:job|internship)s?\b",
    r"\b(?:no|without) (?:request|expectation|ask)",
    r"\brather than (?:an? )?(?:job|internship)",
)
"""Says that it does not ask for one."""

JOB = _any(
    rf"\b(?:do|does|would|will|might) (?:you|your \w+|they) (?:know of |happen to )?have {OFFERED}",
    rf"\b(?:is|are) there (?:\w+ )?{OFFERED}",
    r"\b(?:is|are) (?:your|the) (?:\w+ )?(?:company|firm|team|department|office|you) .*hiring",
    r"\bare you (?:\w+ )?hiring\b",
    rf"\b(?:give|offer) me (?:with )?{OFFERED}",
    rf"\b(?:{SEEKING}) (?:an? |any |some |the )?(?:\w+ )?{WORK}"
    r"[^.?!]{0,40}\b(?:at|with|in|for|on) your\b",
    rf"\b(?:let me know|tell me|wonder(?:ing)?|ask(?:ing)?|know|see|hear|keep me posted) "
    rf"(?:if|whether) "
    rf"(?:there (?:are|is|might be|would be|will be)|you (?:have|had)|your \w+ has) (?:\w+ "
    rf"){{0,2}}{WORK}",
    rf"\b(?:inquire|enquire|ask|write|writing|reaching out|contacting you) (?:about|regarding) "
    rf"(?:\w+ ){{0,2}}{WORK} (?:at|with|in your)\b",
    rf"\bif (?:you|there|your \w+) [^.?!]*{WORK}[^.?!]*\b(?:me|i)\b",
    rf"^(?!.*{LEARN}).*\bi(?:'d| would| will|'ll|'m| am)? ?(?:\w+ )?(?:need|want|seek|like"
    rf"|love|look|hope|wish|"
    rf"thrilled|happy|glad|eager|keen|ready|excited|honou?red)\b.*(?:{WORK}|trainee|vacanc"
    rf"|join|be part|"
    rf"become (?:a )?part)\b.*\byour (?:[\w-]+ )?{PLACES}\b",
    rf"\b(?:become|be) (?:a )?(?:part|member) of your (?:[\w-]+ )?{PLACES}\b",
    r"\b(?:start|begin|work) (?:\w+ )?as (?:an? |your )(?:\w+ )?(?:trainee|intern"
    r"|assistant|apprentice)\b",
    r"\b(?:keep me in mind|(?:think of|remember|consider) me (?:for|if|when))\b",
    r"\bi (?:hope|trust) you(?:'ll| will) (?:think of|remember|consider) me\b",
    rf"\b(?:if|when|whether|do|does|will|would|could) (?:you|your (?:\w+ )?{PLACES}|they) "
    rf"(?:still |ever |also |usually |currently )?(?:takes?|taking|accepts?|hires?|recruits?"
    rf"|employs?|looks? for)(?: on)? (?:\w+ ){{0,2}}{RECRUITS}",
    rf"\b(?:are you|is your (?:\w+ )?{PLACES}) (?:still |ever |currently )?(?:taking|accepting"
    rf"|recruiting|looking for)(?: on)? (?:\w+ ){{0,2}}{RECRUITS}",
    rf"\b(?:if|when|should) (?:anything|something|an? (?:\w+ )?{WORK}|(?:any )?{WORK})"
    r"[^.?!]{0,25}\b(?:opens?|comes?|turns?|becomes?|arises?|frees?)\b",
    r"\b(?:pass|hand|send|give|forward)(?: on)? my (?:name|details|contact|application|profile)\b",
    r"\b(?:mention|recommend|suggest|nominate) (?:me|my name)(?: \w+)? (?:to|for|at)\b",
    r"\b(?:introduce|connect) me (?:to|with) (?:your|the|a) (?:\w+ )?(?:hr|boss|manager|recruiter"
    r"|hiring|human|head of)",
    r"\bi(?:'d| would|'m| am|'ll| will) (?:surely |certainly |definitely |probably )?(?:be )?"
    r"an? (?:very )?(?:good|great|perfect|strong|excellent|ideal|valuable|natural) (?:fit"
    r"|match|candidate|addition|asset)\b",
    r"\b(?:asset|addition) to your\b",
    r"\b(?:could|can|might) use (?:me|a hand|another hand|somebody like me|someone like me)\b",
    r"\b(?:get|move|push|put|bring|help me with|help with) my application\b",
    r"\bi (?:(?:hereby|herewith) )?(?:apply|am applying)\b[^.?!]{0,30}\b(?:as your|with you|at your"
    r"|for your)\b|\b(?:hereby|herewith) apply\b|\bi apply (?:hereby|herewith)\b",
    rf"\b(?:tell|inform|notify|alert|let|write) me (?:know )?(?:of|about|if|when) (?:\w+ ){{0,2}}"
    rf"(?:{WORK}|opportunit(?:y|ies)|anything (?:going|open|free))\b(?! (?:like|means|involves))",
    r"\bspend (?:my|the|a|this|next) (?:summer|winter|semester|term|break|year|gap year)"
    r"[^.?!]{0,20}\b(?:with|at|in|on) your?\b",
    r"\b(?:put|use|bring|apply|contribute) my (?:\w+ )?(?:skills?|talents?|knowledge|experience"
    r"|degree)\b[^.?!]*\b(?:your|you)\b",
    r"\b(?:chance|opportunity) to (?:prove|show|contribute|work|join)[^.?!]{0,40}\b(?:your|you)\b",
    r"\bi(?:'m| am| can| could| would be able to)? (?:be )?(?:available|able|ready|free)? ?(?:to )?"
    r"(?:start|begin)(?: work(?:ing)?)? (?:on \d|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)|from|at once|immediately|right away|straight away|next (?:week|month)|any ?time"
    r"|as (?:early|soon))",
    rf"\b(?:junior|advertised|posted|vacant|open) (?:\w+ )?(?:post|{WORK})\b[^.?!]*\byour?\b",
    r"\bopportunit(?:y|ies) to (?:work|intern)\b[^.?!]*\byour?\b",
    r"\bsend (?:my|an|the) application\b",
    rf"\b(?:please|could you|can you|would you|able to|help me|hop(?:e|ing) (?:that )?you) [^.?!]*"
    rf"\b(?:give|offer|get|find|land|secure|arrange) (?:me )?{OFFERED}",
    rf"\b(?:would like|i'd like|like|love|want|wish|hope|hoping|writing) to (?:apply"
    rf"|interview) for "
    rf"{OFFERED}[^.?!]*\b(?:you|your|with)\b",
    r"\b(?:would like|would love|i'd like|i'd love|like|love|want|wish|hope|hoping) to (?:work for|"
    r"join|intern (?:at|for|with)|be hired by) (?:you|your)\b",
    r"\brefer me\b(?! to (?:some|any|other|a (?:colleague|friend|person)))",
    r"\b(?:put in|say) a (?:good )?word\b",
    r"\b(?:a|your) referral\b",
    r"\b(?:hook me up|get me (?:an interview|in(?:to)?)|start(?:ing)? (?:as|working) "
    r"(?:for|at|in|with) you)",
    r"\b(?:whether|if|do|would|could) (?:you|your \w+) (?:\w+ )?(?:need|use|take|want"
    r"|have room for) "
    r"(?:on )?(?:somebody|someone|anybody|anyone|another|an? (?:\w+ )?(?:intern|student"
    r"|helper|trainee))",
    r"\b(?:take|bring|keep) me on\b",
    r"\bconsider me for\b",
    r"\b(?:hire|employ|recruit) me\b",
    r"\b(?:forward|pass|hand|send|give|show) (?:it|them|my (?:r[eé]sum[eé]|cv)|this)(?: on| along)?"
    r" to (?:your |the )?(?:hr|human|hiring|recruit|manager|boss)",
    rf"\b(?:interest in|interested in|applying for|apply for) (?:any|an) (?:open )?{WORK} (?:at|in|"
    rf"with|on) your\b",
    rf"\bi(?:'m| am) (?:asking|requesting|inquiring|enquiring)[^.?!]* {OFFERED}",
)
"""Asks for work. That one is looking for it, or how the reader found theirs, is no request."""

HOW_LONG = _any(
    r"\b(?:\d{1,2}|ten|fifteen|twenty|thirty|forty(?:-five)?|twenty[- ]five)[- ]?"
    r"(?:(?:to|–|-|—|or)[- ]?(?:\d{1,2}|twenty|thirty|half)[- ]?)?\s?(?:min\b|mins\b|minutes?\b|')",
    r"\b(?:\d{1,2}|ten|fifteen|twenty|thirty)\s?(?:to|–|-|—|or)\s?(?:\d{1,2}|twenty|thirty)"
    r"[- ]?\s?min",
    r"\bhalf an hour\b",
    r"\bhalf[- ]hour\b",
    r"\bquarter of an hour\b",
)
MINUTES = re.compile(r"\b(\d{2,3})[- ]?\s?min")
"""Minutes in figures, to be compared with what is polite."""
TOO_LONG = _any(
    r"\b(?:an|one|1|a full) hour(?: or (?:two|so|more))?\b(?! and you)",
    r"\b(?:two|2|a few|several|some) hours\b",
    r"\b(?:45|50|60|90)[- ]?(?:to \d\d )?min\w*",
    r"\b(?:shadow|follow|join|accompany|spend)\b[^.?!]{0,30}\b(?:days?|weeks?|afternoon|morning)\b",
)

RESUME = _any(
    r"\bpfa\b[^.?!]{0,20}\b(?:r[eé]sum[eé]|cv)\b",
    r"\b(?:attach|enclos)(?:ed|ing)?\b[^.?!]{0,40}\b(?:r[eé]sum[eé]|cv|curriculum vitae)\b",
    r"\b(?:r[eé]sum[eé]|cv|curriculum vitae)\b[^.?!]{0,25}\b(?:attach|enclos)(?:ed|ing)?\b",
    r"\b(?:here is|here's|see|find|sending you|includ(?:e|ed|ing)|link to|copy of) (?:\w+ "
    r")?my (?:r[eé]sum[eé]|cv)\b",
    r"\bmy (?:r[eé]sum[eé]|cv)(?: is)?(?: here)?:? https?:",
    r"\b(?:r[eé]sum[eé]|cv|curriculum vitae)\b[^.?!]{0,20}\b(?:in|as) (?:the|an|my) attachment",
    r"\b(?:r[eé]sum[eé]|cv|curriculum vitae)\b[^.?!]{0,12}\b(?:below|at the (?:end|bottom)"
    r"|underneath)\b",
    r"\b(?:i|i've|i have|i'm|i am)(?: also| already)? (?:put|add(?:ed|ing)?|past(?:ed|ing)"
    r"|includ(?:ed|ing)|upload(?:ed|ing)|sen(?:d|t|ding)|append(?:ed|ing)?|shar(?:e|ed|ing))"
    r"(?: you)?(?: a copy of)? my (?:r[eé]sum[eé]|cv)\b",
)
NO_RESUME = _any(r"\b(?:not|n't|never|nothing) (?:\w+ )?(?:attach|enclos)", r"\bcan send\b")

BLANK = re.compile(
    r"(?-i:(?<=Dear )(?:NAME|[A-Z]{3,}NAME)\b|(?<=Hi )NAME\b|(?<=Hello )NAME\b)"
    r"|(?<=\bDear )(?:Mr\.?\s?/\s?Mr?s\.?|Sir\s?/\s?Madam)(?=\s?,)"
    r"|%[A-Z_]{3,20}%|\[[^\]\n]{1,40}\]|\{[^}\n]{1,40}\}|<[^<>@/\n]{1,30}>|_{3,}|\bX{2,}\b|\bTODO\b|\bTBD\b"
    r"|(?-i:\b(?:COMPANY|FIRST|LAST|YOUR|THEIR|INSERT|SCHOOL|JOB|FIELD) (?:NAME|HERE"
    r"|TITLE|COMPANY|FIELD)\b)"
    r"|(?<=[a-z] )(?:\.{3}|…)(?= [a-z])|\.{4,}|\((?:insert|your|their|name|add"
    r"|fill)\b[^)\n]{0,40}\)|…{2,}|\[\]",
    re.IGNORECASE,
)

PUSHY = _any(
    r"\basap\b",
    r"\bas soon as (?:you can|possible)\b",
    r"\burgent(?:ly)?\b",
    r"\byou (?:must|have to|need to)\b(?! be\b| know\b| have\b)",
    r"\bi (?:need|expect|want) (?:you to|your answer|an answer|a reply)\b",
    r"\bi (?:need|expect) to (?:hear|speak|talk)\b",
    r"\byou should (?:really|definitely|call|talk|meet|answer|reply)\b",
    r"\b(?:i'm|i am|still) waiting (?:for|on) your\b",
    r"\b(?:reply|answer|respond|get back|let me know)(?: to me)? (?:by|before|until) "
    r"(?:tomorrow|tonight|today|the end of|\w+day|noon)\b",
    r"\b(?:immediate(?:ly)?|prompt) (?:reply|answer|response)\b",
    r"\byou (?:still )?(?:haven't|have not|never) (?:even )?(?:answered|replied|responded)\b",
    r"\b(?:isn't|is not|not too) much to ask\b",
    r"(?:^|[.,!] )(?:please )?(?:call|text|answer|reply to|write) me (?:today|now|tonight"
    r"|back today|"
    r"at once|immediately)\b",
    r"\bwhy (?:haven't|have you not|didn't) you\b",
    r"\bplease (?:do )?(?:answer|reply|respond|call|write back)(?: to)?(?: me)? (?:at last|finally"
    r"|now|quickly|fast|today|immediately)\b",
    r"\b(?:it|this|that|we|the (?:call|talk|interview)) (?:has|have|needs?|must)(?: to)? (?:be"
    r"|happen|take place|talk|speak|meet) (?:by|before|today|tomorrow|this|no later)\b",
    r"\b(?:no|not) later than\b",
    r"\bmy (?:second|third|fourth|last|final) (?:e-?mail|message|attempt|note|try)\b",
    r"\byou (?:ignored|keep ignoring|are ignoring)\b",
    r"\bi(?:'ll| will| am going to) (?:call|ring|phone|come by|drop by|visit|be at|be in)\b"
    r"[^.?!]{0,30}\b(?:then|tomorrow|on (?:\w+day)|at (?:\d|nine|ten|noon)|your (?:office|shop))\b",
    r"\bmy (?:\w+ )?(?:paper|report|essay|assignment|application|project|deadline) is due\b",
    r"\byou owe (?:me|us)\b",
    r"\bget back to (?:me|us)(?: \w+)? (?:today|tonight|tomorrow|now|at once|by)\b",
    r"\bi (?:insist|demand|count on (?:you|it))\b",
)

COMMON = (
    r"(?:company|firm|teams?|work|works|career|careers|time|times|advice|industry|field"
    r"|path|paths|job|jobs|roles?"
    r"|profile|experiences?|life|day|days|week|weeks|thoughts?|answers?|help|insights?"
    r"|journey|expertise|knowledge"
    r"|professions?|position|office|phone|calendar|schedule|convenience|earliest|reply"
    r"|response|opinions?|view"
    r"|views|perspective|stor(?:y|ies)|background|business|organi[sz]ation|department|lab"
    r"|shop|area|attention"
    r"|consideration|guidance|kindness|support|mind|brain|own|place|workplace|email|name"
    r"|reference|information"
    r"|success|achievements?|line|side|startup|start-up|hospital|school|everyday|world"
    r"|sector|studio|ward)"
)
"""What any reader has, so that naming it connects nobody."""

OF_THE_ASK = (
    r"(?:can|could|would|might|may|will have|do\b|did not|don't|have time|had time|are free"
    r"|are able|are available|are willing|are interested|are busy|are well|are looking|are hiring"
    r"|get|got|find|found time|need|think|like|want|wish|prefer|see fit|have (?:a|any|some|time)"
    r"|had (?:a|any|some|time)|help|helped me|take|answer|reply|respond|agree|decide|choose"
    r"|offer|give me|let me|are\b)"
)
"""What follows "you" in any note that asks for something."""

TIE = _any(
    r"\b(?:suggest|recommend|propos|advis|urg)(?:ed|s)\b[^.?!]*\b(?:i|we|you|me)\b",
    r"\b(?:told|asked|encouraged) me (?:to|about|that|you|how)\b",
    r"\b(?:gave|offered|passed|mentioned|shared)(?: me)?(?: on)? your (?:name|number"
    r"|address|contact)",
    r"\bthought (?:that )?(?:we|you|i)\b",
    r"\bsaid (?:that )?you\b",
    r"\b(?:introduced|referred|pointed|connected|directed|sent) (?:me|us)\b",
    r"\b(?:alum(?:ni|n[ai]e|nus|na)?)\b",
    r"\b(?:fellow (?!(?:travel|human|creature))|your old (?:school|college|team)|your "
    r"former|same (?:\w+ )?(?:school|college|team|class|lab"
    r"|town|street|dorm|program(?:me)?|major|degree|university|department|club)|class of"
    r"|graduate of)\b",
    r"\bwe (?:met|worked|both|share|sat|spoke|talked|know|knew|studied|played|volunteered|were|had|"
    r"used to|went|have (?:met|worked|been)|grew|live|lived|danced|sang|rowed|ran)\b",
    r"\byou and i\b|\bworked with you\b",
    r"\b(?:liked|loved|enjoyed|think back)\b[^.?!]* working with you",
    r"\b(?:work|play|s[ai]ng|study|studied|played|sat|travel|danc|volunteer|run|row)(?:e?d|ing|led"
    r"|ling)? (?:\w+ ){0,4}with you\b",
    r"\b(?:lives?|works?|sits?|sat) (?:\w+ )?(?:next|near|close|opposite|across|beside|under|for"
    r"|with|at)[^.?!]{0,20}\byou\b",
    r"\b(?:people|those|somebody|someone|everybody|everyone|friends) i know\b",
    r"\bthought of you\b",
    r"\bi (?:met|saw|heard|know|knew) (?:you|your (?:talk|lecture|panel|keynote))\b",
    r"\b(?:good|nice|great|pleasure|enjoyed|lovely)(?: it was)?(?: to)? meet(?:ing)? you\b",
    r"\b(?:hear|learn|know|read)(?:ed|d|t)? (?:of|about) you (?:through|from|by|via|at|in)\b",
    r"\b(?:got|have|had|received|found) your (?:name|contact|number|address|e-?mail)[^.?!]* "
    r"(?:from|through|via|in|at)\b",
    r"\b(?:heard|attended|watched|listened to|enjoyed|came to|loved|saw) (?:you speak|(?:your|the) "
    r"(?:\w+ )?(?:talk|lecture|panel|podcast|interview|class|seminar|webinar|session|workshop)"
    r"(?=[^.?!]*\byou)|your)",
    r"\bread (?:about )?your (?:\w+ ){0,2}(?:article|book|paper|post|essay|column|interview|piece)",
    r"\b(?:your|took your|was in your|in your)(?: \w+){0,2} (?:class|seminar|lecture|course|section"
    r")\b",
    r"\byou (?:were|came as|visited|taught|coached|spoke|once|gave|told|mentioned|said|showed|wrote"
    r"|helped|led|ran|judged|hosted|invited|liked|commented|lent|signed)\b",
    r"\byour (?:\w+'s )?(?:[\w-]+ ){0,2}(?:talk|lecture|panel|podcast|post|article|book"
    r"|paper|essay|video|blog"
    r"|newsletter|workshop|training|keynote|alma mater|thesis|exhibition|show|guest)\b",
    r"\b(?:it's|it is|this is) \w+ from\b",
    r"\blong time\b|\bas you know\b|\bremember(?: me)?\b|\bsince we\b|\bgood seeing you\b",
    r"\b(?:my|your|our|mutual) (?:\w+ ){0,2}(?:aunt|uncle|mother|father|mom|mum|dad"
    r"|parents?|sister|grand(?:mother|father|parents?|ma|pa)|husband|wife|niece|nephew|godmother"
    r"|godfather|flatmate|housemate|classmate|tutor|professor|"
    r"brother|cousin|son|daughter|neighbou?r|friend|roommate|coach|teacher|colleague"
    r"|adviser|advisor"
    r"|boss|manager)\b",
    r"\b(?:aunt|uncle|grandma|grandpa|auntie|cousin|coach|mom|dad) [a-z]+",
    r"\bi was (?:an? )?(?:intern|student|trainee|volunteer|assistant|helper)\b",
    r"\b(?:last|this) (?:year|summer|july|june|august)'s (?:internship|class|course)\b",
    r"\bfrom the (?:\w+ ){1,3}(?:team|club|course|class|choir|band|trip|project)\b",
    rf"\byour (?!(?:[\w-]+ ){{0,2}}{COMMON}\b)[a-z]",
    r"\bi'?a?m the (?:student|one|girl|guy|person|boy|woman|man)\b",
    r"\b(?:your|took part in|attended|came to|at) (?:[\w'-]+ ){1,3}(?:round table|summer "
    r"school|open day|info"
    r" (?:session|evening)|hackathon|fair|breakfast|dinner|reunion|conference|meetup|summit)\b",
    r"\blike you,? i\b",
    r"\b\w+'s? (?:\w+ )?(?:sister|brother|daughter|son|cousin|niece|nephew|friend|roommate|student"
    r"|wife|husband|partner|mother|father|neighbou?r|intern|assistant)\b",
    rf"\b(?:that|says?|said|see|saw|know|knew|heard|hear|read|noticed|learn(?:ed|t)|because|since"
    rf"|where|after|before|who|while) you (?:also |still |now |once |have |had |all )?"
    rf"(?!{OF_THE_ASK})[a-z]",
    r"\b(?:under|beside|behind|alongside|by|against|after|below|above|near|opposite|without) you\b",
    r"\bthank(?:s| you) (?:so much |very much |again )?for (?:the|your|all|coming|taking me"
    r"|showing)(?! (?:time|consideration|reply|answer|help|attention|advice|reading|kind))",
    r"\byour (?:student|classmate|colleague|friend|employee|cousin|former)\b",
)
"""Says what connects the two: a name, a school, a meeting, something of theirs that was read."""

STOCK = _any(
    rf"\byour (?:[\w-]+ ){{0,2}}{COMMON}\b",
    r"\byour line of work\b|\byours?(?: (?:truly|sincerely|faithfully|respectfully))\b|^yours\b",
    r"\b(?:could|can|would|may|might|will|shall|do|does|did|are|were|if|whether|when|whenever"
    r"|what|how|why|which|where|who|whom|unless|before|that|than|as|so) (?:of )?you\b"
    r"(?:'d|'ll|'re|'ve)?",
    r"\b(?:suits?|fits?|for|to|from|with|of|at|by|about|on) you\b",
    r"\b(?:thank|thanks|ask|asking|asked|tell|show|call|calling|meet|meeting|hear|reach|contact"
    r"|contacting|bother|bothering|give|buy|bring|visit|visiting|join|finds?|hope|wish|interview"
    r"|see|seeing|email|e-mail|message|phone|trouble|help|know|write|writing|let|invite|promise"
    r"|wishing|assure|shadow|follow|need|want|found|find|admire|like|and) you\b",
    r"\byou (?:can|could|would|might|may|will|have (?:a|any|some|time)|had|are (?:free|available"
    r"|willing|able)|must|should|need)\b",
    r"\bwe (?:can|could|may|might|meet|talk|speak|chat|connect|should|would)\b",
    r"\b(?:could|can|may|might|would|should) we\b",
    r"\bour (?:call|talk|chat|conversation|meeting)\b",
)
"""Where "you", "your", "we" stand in any note, so that they connect nobody."""
TWO = re.compile(r"\b(?:you|your|yours|we|our|ours|us|ourselves|both|together)\b")
"""Left over from those, it says something of the two."""

NAMED = re.compile(
    r"\b[A-ZÀ-Ý][\w'’-]+ [A-ZÀ-Ý][\w'’-]+,? (?:said|says|told|thinks?|thought|gave"
    r"|mentioned|sent|sends|"
    r"asked|wrote|works? with you|knows you)\b"
    r"|\b(?:from|through|via|by|with) (?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.? [A-ZÀ-Ý]\w+"
    r"|[A-ZÀ-Ý]\w+ [A-ZÀ-Ý]\w+)(?=[.,;!]| (?:and|that|who|whom)\b)"
)
"""Somebody by name who told or sent; capitals count, so it reads the note as written."""

REQUEST = _any(
    r"\b(?:could|can|may|might|would) (?:i|we|you)\b",
    r"\b(?:would|i'd) (?:like|love|enjoy|be glad|be grateful) ",
    r"\bpick your brain\b",
    r"\b(?:any chance|let me know|are you free)\b",
    r"\?",
)
"""Where a note asks for the talk."""

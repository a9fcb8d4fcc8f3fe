"""How alumni say what they want of their place on the list (FEATURES I8, K4)."""

from typing import Literal

AlumniWant = Literal["volunteer", "my entry", "fewer requests", "leave the list"]

_LIST = r"(?:list|directory|alumni list|alumni directory)"
_ASKS = r"(?:requests?|asks?|notes?|e-?mails|messages|students|of these|of them)"
ALUMNI: tuple[tuple[AlumniWant, str], ...] = (
    (
        "volunteer",
        (
            r"(?:i(?:'?d| would)? (?:want|like|love) to |can i |how (?:do|can) i |i(?:'?m| am) "
            r"(?:happy|glad|willing) to |let me )?volunteer(?: as an? (?:alum\w*|mentor))?"
            r"|(?:i(?:'?d| would)? (?:want|like|love) to |i(?:'?m| am) (?:happy|glad|willing) to "
            r"|can i )(?:help|mentor|support|be asked by|talk to|advise) (?:the |some |your )?"
            r"students"
            rf"|(?:put|list|add) me (?:on|in|to) the {_LIST}|list me(?: as an alum\w*)?"
            r"|(?:i(?:'?m| am) )?an? (?:alum|alumna|alumnus|graduate)"
        ),
    ),
    (
        "my entry",
        rf"(?:show |see |what is |what'?s )?my (?:entry|listing|place)(?: (?:on|in) the {_LIST})?",
    ),
    (
        "fewer requests",
        (
            rf"(?:(?:way |far )?too many|fewer|less|not so many) {_ASKS}(?: please)?"
            rf"|(?:i (?:get|have|receive) )(?:way |far )?too many {_ASKS}"
            r"|(?:pause|no more|stop)(?: the| all| these)? (?:requests?|asks?)(?: please)?"
            r"|limit (?:my |the )?requests?"
        ),
    ),
    (
        "leave the list",
        (
            rf"(?:i want to |please |can i )?(?:leave|quit|get off|get out of) the {_LIST}"
            rf"|(?:take|remove|delete) me (?:off|from) (?:the|your|this) {_LIST}"
            r"|(?:don'?t|do not) list me(?: any ?more)?|unlist me"
        ),
    ),
)
"""They come before what stops all messages: who wants fewer requests does not want silence."""

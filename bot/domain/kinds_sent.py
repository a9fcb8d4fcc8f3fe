"""What a message of the bot was and why it came, for the organiser's log (FEATURES H2). Pure.

By its command alone: what it was about, and about whom, is the student's.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """A kind of message, and why one comes."""

    what: str
    why: str


OTHER = Sent("reminder", "something of theirs was due")
_BY_COMMAND = {
    "checkin ask": Sent("weekly check-in", "the day they chose"),
    "checkin remind": Sent("check-in reminder", "it was still open"),
    "thanks remind": Sent("thank-you reminder", "a talk was logged"),
    "interview brief": Sent("brief", "a talk is the next day"),
    "interview soon": Sent("reminder of a talk", "it is about to begin"),
    "interview closing": Sent("reminder of a talk", "they switched it on"),
    "interview after": Sent("“Did it happen?”", "a booked talk is over"),
    "promise remind": Sent("reminder of a promise", "its day came"),
    "touch remind": Sent("stay-in-touch reminder", "the interval has passed"),
    "network dry": Sent("nudge for new names", "none came for a while"),
    "ask remind": Sent("no-reply question", "a note had no answer yet"),
    "ask again": Sent("reminder to ask again", "somebody had said “later”"),
    "settings quiet": Sent("“I’ll be quiet now”", "nobody reacted to three messages"),
    "cohort word": Sent("nudge", "an organiser asked for it"),
    "missed unsure": Sent("line about a message", "an earlier one may not have come"),
    "leaving soon": Sent("end of the class", "it ends soon"),
    "cohort invited": Sent("invitation to the class", "an organiser posted it"),
    "contact posted": Sent("contact that is shared", "its owner posted it"),
    "win show": Sent("win", "somebody posted it"),
    "event post": Sent("event", "somebody added it"),
    "intro asking": Sent("question to the class", "somebody asked it"),
}
_BY_FAMILY = {
    "internship": Sent("internship prompt", "they are in internship mode"),
    "intro": Sent("introduction", "an introduction was under way"),
    "introduced": Sent("introduction", "somebody offered to introduce them"),
    "pair": Sent("practice partner", "they opted in to partners"),
    "match": Sent("partnering with an alum", "an organiser partners the class"),
    "event": Sent("event reminder", "they said they are going"),
}


def kind_of(command: str) -> Sent:
    """What a message of this command was."""
    family = command.partition(" ")[0]
    return _BY_COMMAND.get(command) or _BY_FAMILY.get(family) or OTHER

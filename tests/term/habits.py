"""What Ana does with each message: she presses what it offers, and lets a few of them pass."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from whenever import Date

from bot.domain.asks import Ask
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.invocation import read
from tests.front_door import Shown
from tests.term.student import Letter, Student


@dataclass(frozen=True, slots=True)
class Had:
    """What a talk brought; what is left out she did not write down."""

    takeaways: str = ""
    tip: str = ""
    names: str = ""
    promises: str = ""
    thanked: str = ""
    fit: str = "Nearer"

    @property
    def filled(self) -> Mapping[str, str]:
        """The form's fields."""
        words = {each: getattr(self, each) for each in ("takeaways", "tip", "names", "promises")}
        return {name: value for name, value in {**words, "thanked": self.thanked}.items() if value}


TALKS: dict[str, Had] = {}
"""By name; the story fills it."""
MOODS: dict[str, str] = {}
"""How a check-in's day felt; good where nothing stands."""
LATE_TIPS: dict[str, str] = {}
"""Tips that she remembers when she is to thank."""
FACTS: dict[str, dict[str, str]] = {}
"""What she read about somebody before she wrote."""
SENT: dict[str, Shown] = {}
"""By name: what stood there when the note had gone, with [They answered]."""
STUDIES = {"major": "English"}
WHEN: dict[str, str] = {}
"""The day that was found with somebody who had said "later"."""
SEARCHED = "marketing"


def reacts(ana: Student, letter: Letter, skip: frozenset[tuple[str, str]]) -> None:
    """Each reminder in it has its turn, unless she lets it pass that day."""
    day = ana.today.format_iso()
    for row in letter.rows:
        habit = HABITS.get(row.command)
        if habit is not None and (row.command, day) not in skip:
            habit(ana, letter.shown, read(row.call).arguments)


def check_in(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """Three taps, truly; then the next step that is offered."""
    asks, talks = ana.did_in(Date.parse_iso(about["week"]))
    mood = MOODS.get(ana.today.format_iso(), "🙂 good")
    done = ana.taps((COUNTS[min(asks, 4)], COUNTS[min(talks, 4)], mood), on)
    first = done.labels[0]
    if first.startswith("Ask "):
        writes_to(ana, first)
    elif first == "Find somebody to ask":
        shown = ana.presses(first)
        if "Draft an ask" not in shown.labels:
            ana.presses("Try other words")
            ana.fills_in(field=SEARCHED)
        goes_on(ana)


COUNTS = ("0", "1", "2", "3", "4 or more")


def goes_on(ana: Student) -> None:
    """The first person who is offered now gets a note."""
    for label in ana.last.labels:
        if label == "Draft an ask" or label.startswith("Write to "):
            writes_to(ana, label)
            return


def writes_to(ana: Student, label: str) -> None:
    """The draft is one press away, and another marks it as sent."""
    shown = ana.presses(label)
    if "I’ll do it this way" in shown.labels:
        shown = ana.presses("I’ll do it this way")
    names = [each.name for each in ana.person.keeps(Contact)]
    name = next(each for each in names if f"to {each}, " in shown.words.splitlines()[0])
    if "Say what I study" in shown.labels:
        ana.presses("Say what I study")
        ana.fills_in(**STUDIES)
        shown = ana.presses(f"Back to the note to {name}")
    if name in FACTS and "Two facts about them" in (*shown.labels, *shown.options):
        ana.presses("Two facts about them", shown)
        ana.fills_in(**FACTS[name])
    SENT[name] = ana.presses("Sent")


def unanswered(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """One follow-up; after that the next name."""
    (ask,) = ana.house.rows(Ask, id=int(about["ask"]))
    if ask.followed_up is None:
        ana.presses_call("ask followup", "ask", about["ask"], on)
        ana.presses("Sent")
    else:
        ana.presses_call("ask next", "ask", about["ask"], on)
        goes_on(ana)


def thank(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """She sends the note and says so."""
    talk = _row(ana, Talk, about["talk"])
    if not talk.tip:
        ana.presses("Add the tip", on)
        ana.fills_in(tip=LATE_TIPS[_name(ana, talk.contact_id)])
        ana.presses("Sent")
    else:
        ana.presses_call("thanks sent", "talk", about["talk"], on)


def happened(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """Yes, and the form in under a minute."""
    del about
    ana.presses("Yes", on)
    name = _asked_about(ana, on)
    had = TALKS[name]
    logged = ana.fills_in(**had.filled)
    ana.presses(had.fit, logged)


def said_later(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """The line goes out, they find a day, and it is booked from this message."""
    (ask,) = ana.house.rows(Ask, id=int(about["ask"]))
    ana.presses("Book the talk", on)
    ana.fills_in(when=WHEN[_name(ana, ask.contact_id)], mode="Video")


def promised(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """Done the same day."""
    ana.presses_call("promise done", "promise", about["promise"], on)


def touched(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """A line was written."""
    ana.presses_call("touch done", "person", about["person"], on)


def briefed(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """Before the first talk she writes down two things she read."""
    del about
    name = _asked_about(ana, on)
    if "Add two facts" in on.labels and name in FACTS:
        ana.presses("Add two facts", on)
        ana.fills_in(**FACTS[name])


def dried_up(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """She writes to the first of the three."""
    del about
    ana.presses("Write", on)
    ana.presses("Written")


def ends_internship(ana: Student, on: Shown, about: Mapping[str, str]) -> None:
    """A note to the first whom she did not meet there."""
    del about
    if "Note" in on.labels:
        ana.presses("Note", on)
        ana.presses("Sent")


Habit = Callable[[Student, Shown, Mapping[str, str]], None]
HABITS: Mapping[str, Habit] = {
    "checkin ask": check_in,
    "checkin remind": check_in,
    "ask remind": unanswered,
    "ask again": said_later,
    "thanks remind": thank,
    "interview brief": briefed,
    "interview after": happened,
    "promise remind": promised,
    "touch remind": touched,
    "network dry": dried_up,
    "internship end": ends_internship,
}


def _row(ana: Student, kind: type, number: str) -> Talk:
    (found,) = ana.house.rows(kind, id=int(number))
    return found


def _name(ana: Student, contact: int) -> str:
    (found,) = ana.house.rows(Contact, id=contact)
    return found.name


def _asked_about(ana: Student, on: Shown) -> str:
    names = [each.name for each in ana.person.keeps(Contact)]
    return next(name for name in names if name in on.words)

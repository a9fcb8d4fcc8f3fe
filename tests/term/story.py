"""Twelve weeks of Ana, from 25 January 2027: what happens to her, and what she does on her own.

Whatever a message offers she does by her habits; here stands only what the world decides: who
answers, who does not, who says no, when an exam comes and where she works at the end.
"""

from collections.abc import Callable
from pathlib import Path

from tests.front_door import House, Paper, at, furnish
from tests.term.habits import FACTS, LATE_TIPS, MOODS, SENT, TALKS, WHEN, Had, reacts
from tests.term.student import Student
from tests.term.town import ALUMNI

PAPER = Paper()
"""As wide as it needs to be."""
BEGIN, END = "2027-01-25 16:00", "2027-04-18 20:00"
SKIP = frozenset(
    {
        ("thanks remind", "2027-02-12"),
        ("checkin ask", "2027-02-15"),
        ("checkin ask", "2027-03-31"),
    }
)
"""What she lets pass, by reminder and day."""


def joins(ana: Student) -> None:
    """She opts in and says what she is curious about."""
    ana.types("/snowball")
    ana.presses("Opt in")
    list(ana.waits_until(ana.now.add(minutes=1)))
    ana.presses("Yes: what’s first?")
    ana.presses("Whom should I meet?")
    shown = ana.fills_in(
        interests="writing, podcasts",
        field="publishing",
        ten_years="running a small magazine",
        known="my aunt Rosa Keller, a bookseller; my old coach Tom Brandt",
    )
    ana.presses(next(each for each in shown.labels if each.startswith("Add all")), shown)
    ana.presses("Draft an ask", shown)
    ana.presses("I’ll do it this way")
    SENT["Rosa Keller"] = ana.presses("Sent")


def hears_from(name: str) -> Callable[[Student], None]:
    """An answer came to her; she opens the last message about them."""

    def answered(ana: Student) -> None:
        ana.tells(f"{name} answers.")
        ana.presses("They answered", SENT[name])

    return answered


def books(name: str, when: str, **more: str) -> Callable[[Student], None]:
    """They said yes."""

    def booked(ana: Student) -> None:
        hears_from(name)(ana)
        ana.presses("Yes: book the talk")
        ana.fills_in(when=when, **more)

    return booked


def hears_no(name: str) -> Callable[[Student], None]:
    """They said no."""

    def declined(ana: Student) -> None:
        hears_from(name)(ana)
        ana.presses("No")

    return declined


def hears_later(name: str) -> Callable[[Student], None]:
    """They would like to, but not now."""

    def later(ana: Student) -> None:
        hears_from(name)(ana)
        ana.presses("Later")

    return later


def picks_an_hour(ana: Student) -> None:
    """Mondays are full; Wednesday at five is hers."""
    ana.types("/settings change")
    ana.fills_in(hour_day="Wednesday", hour_at="17:00")


def rests(ana: Student) -> None:
    """Exams."""
    ana.types("/settings pause 22 March")


def works(ana: Student) -> None:
    """Two weeks at a radio house."""
    ana.types("/network internship")
    ana.fills_in(
        company="Waldfunk", starts="5 April", ends="17 April", objective="how a show is planned"
    )
    ana.presses("Yes")


def looks_back(ana: Student) -> None:
    """The end of term."""
    ana.types("/network progress")


EVENTS: tuple[tuple[str, Callable[[Student], None]], ...] = (
    (BEGIN, joins),
    ("2027-01-26 19:00", books("Rosa Keller", "thursday 16:00", mode="In person")),
    ("2027-02-02 19:00", books("Tom Brandt", "thursday 18:00", mode="Phone")),
    ("2027-02-09 19:00", books("Ines Vogel", "thursday 17:00", mode="Video")),
    ("2027-02-21 19:00", picks_an_hour),
    ("2027-02-25 19:00", books("Leonie Haas", "tuesday 16:00", mode="Video")),
    ("2027-03-05 18:00", hears_no("Samir Aziz")),
    ("2027-03-05 19:00", hears_later("Kofi Mensah")),
    ("2027-03-08 19:30", rests),
    ("2027-04-01 18:00", works),
    ("2027-04-18 17:00", looks_back),
)


def lived(template: Path, folder: Path, surface: Paper = PAPER, until: str = END) -> Student:
    """The whole term on this surface, or its beginning."""
    house: House = furnish(template, folder, now=at(BEGIN))
    house.surface = surface
    house.add(*(made(cohort_id=house.cohort.id) for made in ALUMNI))
    ana = Student(house, house.member("Ana"))
    for moment, happens in EVENTS:
        if moment < until:
            _lives(ana, moment)
            happens(ana)
    _lives(ana, until)
    return ana


def _lives(ana: Student, until: str) -> None:
    for letter in ana.waits_until(at(until)):
        reacts(ana, letter, SKIP)


TALKS["Rosa Keller"] = Had(
    takeaways="A shop orders half a year ahead; a list is a promise to readers.",
    tip="Read the trade paper every Thursday.",
    names="Ines Vogel (Lindenhof Verlag)",
    promises="send her my blog by next Tuesday",
)
TALKS["Tom Brandt"] = Had(
    takeaways="He trained three people who now make radio.",
    tip="Say what you do in one sentence.",
    names="Leonie Haas (Waldfunk)",
)
TALKS["Ines Vogel"] = Had(takeaways="Half of editing is saying no kindly.", fit="Unsure")
LATE_TIPS["Ines Vogel"] = "Edit something every week, even a menu."
TALKS["Leonie Haas"] = Had(
    takeaways="A series is planned backwards from its last episode.",
    tip="Cut your own voice first.",
    names="Kofi Mensah (Waldfunk)",
    promises="send her two episodes of mine by 15 March",
    thanked="yes",
)
TALKS["Kofi Mensah"] = Had(tip="Ask to sit in on one recording.", names="Mina Okafor (Waldfunk)")
WHEN["Kofi Mensah"] = "monday 11:00"
MOODS.update({"2027-02-17": "😕 stuck", "2027-03-24": "😐 so-so"})
FACTS["Rosa Keller"] = {
    "first": "the shop’s shelf of small presses",
    "second": "it opens on Sundays",
}
FACTS["Ines Vogel"] = {"first": "the short books you edit", "second": "your talk on first novels"}

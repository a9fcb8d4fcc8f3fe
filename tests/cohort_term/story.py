"""Twelve weeks of a class of thirty, from 1 February 2027, and what stays two weeks after."""

from dataclasses import dataclass, field
from pathlib import Path

from whenever import Instant

from bot.invocation import Upload
from tests.bot.commands.test_cohort_start import in_the_channel
from tests.cohort_term.chance import drawn
from tests.cohort_term.habits import reacts
from tests.cohort_term.player import Player
from tests.cohort_term.term import Came, Happens, Term, Watched
from tests.cohort_term.town import (
    HERE,
    LEAVES,
    LEAVES_ON,
    ORGANISER,
    PAUSES,
    PUPILS,
    STOPS,
    STOPS_ON,
    Graduate,
    directory,
)
from tests.front_door import Shown, at, furnish

SET_UP, FIRST, END = "2027-01-28 15:00", "2027-02-01 10:00", "2027-05-09 20:00"
LOOKED_AT, NUDGES = 3, (5, 9)
"""The weeks in which the organiser sends a word to who needs it."""


@dataclass
class Class:
    """Everybody of it."""

    term: Term
    organiser: Watched
    players: dict[str, Player] = field(default_factory=dict)
    alumni: dict[str, tuple[Watched, list[str]]] = field(default_factory=dict)
    briefs: list[Came] = field(default_factory=list)
    hers: list[tuple[Instant, str, Shown]] = field(default_factory=list)
    """What the organiser did, and what she read then."""
    left_as: int = 0
    """The number of the member who left."""

    def reacts(self, came: Came) -> None:
        """Whoever it came to."""
        if came.to == ORGANISER:
            self.organises(came)
        elif came.to in self.alumni:
            self.answers(came)
        else:
            reacts(self.players[came.to], came)

    def organises(self, came: Came) -> None:
        """The brief is read; in some weeks a word goes to who needs it; letters go out."""
        judith = self.players[ORGANISER]
        if came.brings("cohort brief"):
            self.briefs.append(came)
            looks = judith.presses(came.shown, "cohort overview")
            if len(self.briefs) == LOOKED_AT:
                self.tells("[Overview]", looks)
            if len(self.briefs) in NUDGES:
                self.tells("[Nudge who needs it]", judith.presses(came.shown, "cohort nudge"))
                self.tells("[Send it]", judith.presses(judith.last, "cohort send"))
        if came.brings("match waiting"):
            judith.presses(came.shown, "match letters")
            judith.term.at(judith.in_days(2, 11), self.alumni_outside_answer)

    def tells(self, does: str, shown: Shown | None) -> None:
        """For the page."""
        if shown is not None:
            self.hers.append((self.term.now, does, shown))

    def alumni_outside_answer(self) -> None:
        """Two of three say yes to a partner for the term."""
        judith = self.players[ORGANISER]
        shown = judith.who.types("/cohort match")
        for each in shown.buttons:
            number = each.call.arguments
            if each.call.command == "match said":
                luck = drawn("match", number["partnership"])
                if number["yes"] == ("yes" if luck < 0.66 else "no"):
                    judith.who.calls(each.call)

    def answers(self, came: Came) -> None:
        """An alum in the chat: yes, later, no, leave the list, or nothing."""
        who, said = self.alumni[came.to]
        for row in came.rows:
            label = said.pop(0) if said and row.command in ("ask wanted", "match alum") else ""
            if label and label in came.shown.labels:
                who.presses(label, came.shown)
            elif label:
                who.presses("Yes", came.shown)


def at_day(day: int, hour: str = "16:00") -> Instant:
    """1 is the first day of the class."""
    date = at(FIRST).to_tz("Europe/Berlin").date().add(days=day - 1)
    return at(f"{date.format_iso()} {hour}")


def lived(template: Path, folder: Path) -> Class:
    """The whole of it."""
    made = begun(template, folder)
    made.term.goes_on_until(at(END))
    return made


def begun(template: Path, folder: Path) -> Class:
    """The class is set up, and all that will happen to it is planned."""
    house = furnish(template, folder, now=at(SET_UP))
    term = Term(house)
    made = Class(term, term.member(ORGANISER, admin=True))
    term.reacts = made.reacts
    made.players[ORGANISER] = Player(term, made.organiser, PUPILS[0])
    _set_up(made)
    for number, pupil in enumerate(PUPILS):
        who = term.member(pupil.name, pupil.zone)
        made.players[pupil.name] = Player(term, who, pupil)
        hour = f"{11 + number % 7}:{number % 6}0"
        term.at(at_day(pupil.day, hour), _arrival(made, pupil.name))
    for day, graduate in enumerate(HERE, start=3):
        term.at(at_day(day, "12:00"), _volunteers(made, graduate))
    _plans(made)
    return made


def _set_up(made: Class) -> None:
    """In the channel, in ten minutes: name, dates, the school's file, a goal, the brief."""
    judith = made.organiser
    started = in_the_channel(judith, name="Spring 2027", school="Larkfield",
                   starts="1 February 2027", ends="23 April 2027")  # fmt: skip
    made.tells("/cohort start, in the channel of the class", started)
    made.term.ticks()
    seen = judith.types("/cohort import", file=Upload("alumni.csv", directory().encode()))
    made.tells("/cohort import, with the school’s file", seen)
    made.tells(f"[{seen.labels[0]}]", judith.presses(seen.labels[0], seen))
    judith.types("/settings start")
    made.tells("/cohort goal 60", judith.types("/cohort goal 60"))
    made.term.ticks()


def _arrival(made: Class, name: str) -> Happens:
    def arrives() -> None:
        made.players[name].joins(made.term.posts[0][1])

    return arrives


def _volunteers(made: Class, graduate: Graduate) -> Happens:
    def volunteers() -> None:
        who = made.term.member(graduate.name)
        made.alumni[graduate.name] = (who, list(graduate.answers))
        who.types("/alum volunteer")
        who.fills_in(field=graduate.field, title=graduate.title, company=graduate.company,
                     asks_per_month=graduate.asks, topics="how I began")  # fmt: skip
        who.presses("Bring me requests here")

    return volunteers


def _plans(made: Class) -> None:
    """What is not an answer to a message."""
    term = made.term
    for name, day in PAUSES.items():
        term.at(at_day(day), _pauses(made, name, day + 14))
    term.at(at_day(STOPS_ON), lambda: _stops(made))
    term.at(at_day(LEAVES_ON), lambda: _leaves(made))
    term.at(at_day(9, "12:00"), lambda: _event(made))
    term.at(at_day(10, "18:30"), lambda: _going(made))
    term.at(at_day(29, "11:00"), lambda: _matches(made))
    term.at(at_day(80), lambda: made.tells("/cohort end", made.organiser.types("/cohort end")))
    term.at(at_day(97), lambda: made.tells("/cohort overview, two weeks later",
                                           made.organiser.types("/cohort overview")))  # fmt: skip
    for number, name in enumerate(REQUESTS):
        term.at(at_day(15 + 3 * number), _requests(made, name))
    for day, name, about in QUESTIONS:
        term.at(at_day(day), _wonders(made, name, about))


REQUESTS = (
    "Amina Yusuf", "Carla Neves", "Elif Aydin", "Greta Thal", "Irma Berge", "Kaya Demir",
    "Leo Winter", "Olga Petrik", "Quynh Tran", "Samir Haddad", "Yara Nasser", "Zeno Keller",
    "Dana Riedl", "Cem Arslan",
)  # fmt: skip
QUESTIONS = ((24, "Yara Nasser", "film festivals"), (45, "Hugo Carvalho", "a children’s hospital"))


def _pauses(made: Class, name: str, until: int) -> Happens:
    def pauses() -> None:
        day = at_day(until).to_tz("Europe/Berlin").date()
        made.players[name].who.types(f"/settings pause {day.to_stdlib():%-d %B}")

    return pauses


def _stops(made: Class) -> None:
    made.players[STOPS].who.types("/settings stop")


def _leaves(made: Class) -> None:
    player = made.players[LEAVES]
    made.left_as = player.who.member.id
    player.who.types("/mydata delete")
    player.who.presses("Delete everything")
    player.who.fills_in(name=LEAVES)
    player.gone = True


def _event(made: Class) -> None:
    made.organiser.types("/event add")
    made.organiser.fills_in(name="Careers night", when="18 February 18:00", place="Room 5",
                            about="Six people who studied what you study.")  # fmt: skip
    made.term.ticks()


def _going(made: Class) -> None:
    post = next(shown for _, shown in made.term.posts if "I’m going" in shown.labels)
    for name, player in made.players.items():
        if player.pupil.pace != "silent" and name != ORGANISER and drawn(name, "going") < 0.5:
            player.presses(post, "event going")


def _matches(made: Class) -> None:
    shown = made.organiser.types("/cohort match")
    asks = next((each for each in shown.labels if each.startswith("Ask ")), "")
    made.tells("/cohort match", shown)
    if asks:
        made.tells(f"[{asks}]", made.organiser.presses(asks, shown))


def _requests(made: Class, name: str) -> Happens:
    def requests() -> None:
        player = made.players[name]
        field = drawn_field(made, player)
        player.who.types(f"/intro request {field}")
        player.fills_in(blurb=f"I am {player.pupil.first}, and I read all about {field}.")

    return requests


def drawn_field(made: Class, player: Player) -> str:
    """A field in which a classmate knows somebody, to be asked first."""
    there = [each.others_field for each in made.players.values()
             if each.pupil.share == "ask" and each is not player]  # fmt: skip
    return there[int(drawn(player.pupil.name, "wants") * len(there))]


def _wonders(made: Class, name: str, about: str) -> Happens:
    def wonders() -> None:
        player = made.players[name]
        player.who.types(f"/intro who-knows {about}")
        player.fills_in(blurb=f"I am {player.pupil.first}, and curious.")
        made.term.ticks()
        post = next(s for _, s in reversed(made.term.posts) if "I do" in s.labels)
        made.term.at(player.in_days(1), lambda: _knows(made, post))

    return wonders


def _knows(made: Class, post: Shown) -> None:
    """The first two who know somebody."""
    asked = read_question(made, post)
    for name in ("Tilda Berg", "Paul Ahrens"):
        player = made.players[name]
        player.presses(post, "intro known")
        shown = player.fills_in(person=f"Kim {player.pupil.first}sknown{asked}")
        said = "intro agreed" if name == "Tilda Berg" else "intro refused"
        player.presses(shown, said)


def read_question(made: Class, post: Shown) -> int:
    """Which one it is."""
    return int(post.button("I do").call.arguments["question"])

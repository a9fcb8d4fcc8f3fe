"""Somebody of the class at their keyboard: presses by what a button does, and fills in forms."""

from dataclasses import dataclass, field

from whenever import Date, Instant, Time

from bot.domain.asks import Ask
from bot.domain.cohort import Account
from bot.domain.talks import Talk
from bot.invocation import Call, Given, write_id
from bot.reply import Form
from tests.cohort_term.chance import drawn, one_of
from tests.cohort_term.term import Term, Watched
from tests.cohort_term.town import ANSWERS, FIELDS, PUPILS, Pupil
from tests.front_door import BERLIN, Shown


@dataclass
class Player:
    """One person with their pace."""

    term: Term
    who: Watched
    pupil: Pupil
    gone: bool = False
    counted: dict[str, int] = field(default_factory=dict)
    """How often each chance was asked, so that each time is a new one."""

    @property
    def last(self) -> Shown:
        """What they look at."""
        assert self.who.last is not None
        return self.who.last

    @property
    def day(self) -> Date:
        """Where they live."""
        return self.term.now.to_tz(self.pupil.zone).date()

    @property
    def is_member(self) -> bool:
        """Whether anything is stored of them."""
        return bool(self.term.house.rows(Account, external_id=self.who.actor.user))

    def might(self, what: str, share: float) -> bool:
        """So often on average; each time anew."""
        self.counted[what] = self.counted.get(what, 0) + 1
        return drawn(self.pupil.name, what, self.counted[what]) < share

    def bothers(self, what: str) -> bool:
        """Whether they do something about it, at their pace."""
        return self.might(what, ANSWERS[self.pupil.pace])

    def marker(self, what: str) -> str:
        """Words that nobody else ever writes."""
        return f"{self.pupil.first}s-{what}-stays-here"

    # ---- What they do -----------------------------------------------------------------------

    def presses(self, on: Shown, command: str, about: str = "") -> Shown | None:
        """The first button or option that does this; ``about``: one of its arguments' values."""
        for made, replaces in _calls(on):
            if made.command == command and (not about or about in made.arguments.values()):
                return self.who.presses_id(write_id(made, on.cohort, 7, replaces=replaces))
        return None

    def fills_in(self, **values: Given) -> Shown:
        """The form that is open, as far as it asks for these."""
        shown = self.who.fills_in(**{k: v for k, v in values.items() if k in self.last.asked})
        assert not isinstance(shown.reply, Form) or not shown.errors, shown.errors
        return shown

    def in_days(self, days: int, hour: int = 16) -> Instant:
        """An hour of a day to come, in Berlin."""
        there = self.day.add(days=days).at(Time(hour))
        return there.assume_tz(BERLIN).to_instant()

    def next_workday(self, days: int) -> Date:
        """That day, or the Tuesday after."""
        day = self.day.add(days=days)
        while day.day_of_week().value in (1, 6, 7):
            day = day.add(days=1)
        return day

    def did_in(self, week: Date) -> tuple[int, int]:
        """Notes sent and talks had in the week of this Monday."""
        sent = [each.sent.to_tz(self.pupil.zone).date() for each in self.who.keeps(Ask)
                if each.sent is not None]  # fmt: skip
        held = [each.held for each in self.who.keeps(Talk)]
        end = week.add(days=7)
        return sum(week <= day < end for day in sent), sum(week <= day < end for day in held)

    # ---- How it begins ----------------------------------------------------------------------

    def joins(self, invitation: Shown) -> None:
        """Join, opt in, whom they know, the first alumni; then a partner to practise with."""
        self.who.presses("Join", invitation)
        self.who.presses("Opt in")
        if self.pupil.pace == "silent":
            return
        self.who.presses("Yes: what’s first?")
        self.who.types("/network start")
        aunt, coach = self.pupil.knows
        self.fills_in(
            interests=one_of(("writing", "drawing", "people", "music"), self.pupil.name),
            field=self.pupil.field,
            known=f"my aunt {aunt}, a bookseller; my old coach {coach}",
        )
        shown = self.last
        adds = next((each for each in shown.labels if each.startswith("Add all")), "")
        if adds:
            self.who.presses(adds, shown)
        self.adds_and_shares()
        if self.pupil.pairs:
            self.who.types("/intro pair")
            self.presses(self.last, "intro pair", str(self.pupil.pairs))
        if self.pupil.pace == "eager":
            self.who.types(f"/ask draft {aunt}")
            self.sends_the_note(aunt)

    def adds_and_shares(self) -> None:
        """Somebody with notes and an address that are theirs alone; shared as they like."""
        self.who.types("/contact add")
        name, title, company = self.pupil.cousin
        self.fills_in(
            name=name, kind="family", company=company, title=title,
            field=self.others_field, email=f"{self.marker('mail')}@example.org",
            notes=self.marker("note"),
        )  # fmt: skip
        if self.pupil.share:
            self.who.types(f"/contact share {name}")
            if self.pupil.share == "ask":
                self.who.presses("Ask me first")
            else:
                self.who.presses("Open")
                self.who.presses("Yes, share openly")
                self.presses(self.last, "contact post")

    @property
    def others_field(self) -> str:
        """Whom they know works in what others are curious about."""
        place = [each.name for each in PUPILS].index(self.pupil.name)
        return FIELDS[place % len(FIELDS)]

    # ---- Asking -----------------------------------------------------------------------------

    def sends_the_note(self, name: str) -> bool:
        """From a draft to "sent"; an alum who is here is asked here. False: it may not go now."""
        shown = self.last
        if "I’ll do it this way" in shown.labels:
            shown = self.who.presses("I’ll do it this way")
        if self.presses(shown, "ask here") is not None:
            words = self.last.given.get("words", "").replace("of […]", "of English")
            words = words.replace("[…]", "how you began")
            self.fills_in(words=f"{words}\n{self.marker('blurb')}")
            return True
        sent = self.presses(shown, "ask sent")
        if sent is None:
            return False
        if "They answered" in sent.labels:
            self.world_answers(name, sent)
        return True

    def world_answers(self, name: str, sent: Shown) -> None:
        """Half say yes, some no, some later; the others never answer."""
        luck = drawn(self.pupil.name, name, "answers")
        days = 1 + int(drawn(self.pupil.name, name, "days") * 5)
        if luck < 0.68:
            self.term.at(self.in_days(days), lambda: self.hears(luck, sent))

    def hears(self, luck: float, sent: Shown) -> None:
        """They press what came of it, on the message that stood there."""
        if self.gone:
            return
        shown = self.who.presses("They answered", sent)
        if luck < 0.5:
            if self.presses(shown, "interview book") is not None:
                self.books()
        elif luck < 0.6:
            self.presses(shown, "ask declined")
        else:
            self.presses(shown, "ask later")

    def books(self) -> None:
        """A workday soon, in the afternoon."""
        day = self.next_workday(2 + int(drawn(self.pupil.name, self.day, "when") * 5))
        self.fills_in(when=f"{day.to_stdlib():%-d %B} 16:00", mode="Video")

    def asks_somebody(self, on: Shown) -> None:
        """What is offered now: a person on the list, else the first whom the finder shows."""
        shown = self.presses(on, "ask draft")
        if shown is None and self.presses(on, "alum find") is not None:
            if isinstance(self.last.reply, Form):
                self.fills_in(field=self.pupil.field)
            shown = self.presses(self.last, "ask draft")
        if shown is not None and not isinstance(shown.reply, Form):
            self.sends_the_note(_name_in(shown))


def _calls(on: Shown) -> list[tuple[Call, bool]]:
    found = [(each.call, each.replaces) for each in on.buttons]
    return found + [(each.call, menu.replaces) for menu in on.menus for each in menu.options]


def _name_in(draft: Shown) -> str:
    first, _, _ = draft.words.partition(", ")
    return first.removeprefix("A note to ")

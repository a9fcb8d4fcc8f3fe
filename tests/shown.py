"""What somebody sees, and ways to look at it: its words, its buttons, its form."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.invocation import write
from bot.plaintext import plain, words_of
from bot.reply import Answer, Button, Buttons, Form, Listing, Menu, Option, Reply

BERLIN = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody sees: a reply or a message, and the cohort that its buttons act in."""

    reply: Reply
    cohort: int
    zone: str = BERLIN

    @property
    def words(self) -> str:
        """All of it as plain text, moments in the reader's zone."""
        return plain(self.reply, self.zone)

    @property
    def form(self) -> Form:
        """The form that it is."""
        assert isinstance(self.reply, Form), f"no form, but: {self.words}"
        return self.reply

    @property
    def answer(self) -> Answer:
        """The answer that it is."""
        assert isinstance(self.reply, Answer), f"a form: {self.words}"
        return self.reply

    @property
    def buttons(self) -> list[Button]:
        """Every button, those of rows too, from top to bottom."""
        found: list[Button] = []
        for part in self.answer.parts:
            match part:
                case Buttons(buttons):
                    found += buttons
                case Listing(rows):
                    found += [each for row in rows for each in row.buttons]
                case _:
                    pass
        return found

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [words_of(each.label, self.zone) for each in self.buttons]

    @property
    def menus(self) -> list[Menu]:
        """Every menu."""
        return [part for part in self.answer.parts if isinstance(part, Menu)]

    @property
    def options(self) -> list[str]:
        """What the menus offer."""
        return [words_of(each.label, self.zone) for menu in self.menus for each in menu.options]

    @property
    def people(self) -> list[str]:
        """The names in its lists, in order."""
        lists = [part for part in self.answer.parts if isinstance(part, Listing)]
        return [row.person.name for each in lists for row in each.rows if row.person is not None]

    @property
    def asked(self) -> list[str]:
        """The names of the form's fields."""
        return [each.name for each in self.form.fields]

    @property
    def given(self) -> dict[str, str]:
        """What the form shows as filled in."""
        return {each.name: each.given for each in self.form.fields if each.given}

    @property
    def errors(self) -> dict[str, str]:
        """What the form says is to be mended."""
        said = {each.name: each.error for each in self.form.fields}
        return {name: words_of(why, self.zone) for name, why in said.items() if why is not None}

    def button(self, label: str) -> Button:
        """The button of this label."""
        for each, said in zip(self.buttons, self.labels, strict=True):
            if said == label:
                return each
        raise AssertionError(f"no button {label!r} among {self.labels}: {self.words}")

    def option(self, label: str) -> tuple[Option, bool]:
        """The option of this label, and whether its reply replaces the message."""
        for menu in self.menus:
            for each in menu.options:
                if words_of(each.label, self.zone) == label:
                    return each, menu.replaces
        raise AssertionError(f"no option {label!r} among {self.options}: {self.words}")


def calls_in(shown: Shown) -> Mapping[str, str]:
    """Each button's label with the written form of its call."""
    written = [write(each.call) for each in shown.buttons]
    return dict(zip(shown.labels, written, strict=True))

"""The playground's page and its smaller fragments: completions, choices, forms."""

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from adapters.web import wording
from adapters.web.cast import Persona
from adapters.web.complete import Completion, Group, Proposal
from adapters.web.parse import Done
from adapters.web.playground import Opened, Playground
from adapters.web.render import Fragments
from adapters.web.transcript import CHANNEL, DM, Message, people_in
from bot.domain.cohort import Role
from bot.reply import Choice, Choose, FormField, Line, PickMember, Widget

SHOWN_AT_FIRST = 200


@dataclass(slots=True)
class Pages:
    """Makes whole pages and fragments for one playground."""

    playground: Playground
    token: str
    fragments: Fragments = field(init=False)

    def __post_init__(self) -> None:
        self.fragments = Fragments(self.playground.people)

    def page(self, me: Persona, place: str) -> str:
        """The whole page, for one person in one place."""
        transcript, reader = self.playground.transcript, self.playground.reader(me)
        shared = dict.fromkeys(
            [*transcript.rooms_of(me.key), *([place] if people_in(place) else ())]
        )
        rooms = [self._room(each, me) for each in (CHANNEL, DM, *shared)]
        return self.fragments.pages.get_template("page.html").render(
            token=self.token,
            version=transcript.run,
            change=f"{transcript.run}-{transcript.change}",
            me=me,
            place=next(room for room in rooms if room["key"] == place),
            rooms=rooms,
            people=self.playground.people,
            now=reader.short(reader.now),
            messages=self._messages(me, place),
            families=self._families(me),
        )

    def message(self, message: Message, me: Persona, *, alone: bool) -> Markup:
        """One message; ``alone``: to be put in place of an earlier version."""
        above = self.playground.transcript.before(message, me.key)
        make = self.fragments.alone if alone else self.fragments.message
        return make(message, above, self.playground.reader(me), me.key)

    def completions(self, found: Completion) -> str:
        """The list under the composer."""
        return self.fragments.pages.get_template("complete.html").render(groups=found.groups)

    def choices(self, found: list[Choice]) -> str:
        """The list under a form's field; what a label stands for goes along."""
        group = Group("", [Proposal(each.label, "", each.label, each.value) for each in found])
        return self.completions(Completion((group,)))

    def form(self, opened: Opened, done: Done) -> str:
        """A form as a dialog's content."""
        form, reader = opened.form, self.playground.reader(done.me)
        return self.fragments.pages.get_template("form.html").render(
            form=form,
            note=wording.html(form.note, reader) if form.note else None,
            fields=[self._field(each, done.me) for each in form.fields],
            hidden={
                "command": form.command,
                "draft": form.draft,
                "cohort": opened.cohort,
                "replaces": opened.replaces,
            },
        )

    def _messages(self, me: Persona, place: str) -> Markup:
        seen = self.playground.transcript.seen_in(place, me.key)[-SHOWN_AT_FIRST:]
        reader = self.playground.reader(me)
        above = [None, *seen]
        return Markup("").join(
            self.fragments.message(message, before, reader, me.key)
            for before, message in zip(above, seen, strict=False)
        )

    def _room(self, place: str, me: Persona) -> dict[str, str]:
        if place == CHANNEL:
            about = f"You are {me.first_name}. The whole class reads this."
            name = self.playground.channel
            return {"key": place, "title": name, "about": about, "to": f"#{name}"}
        if others := [self._called(each) for each in people_in(place) if each != me.key]:
            names = " and ".join(others)
            about = f"You are {me.first_name}. Only {names} and you read this."
            return {"key": place, "title": names, "about": about, "to": names}
        about = f"You are {me.first_name}. Nobody else reads this."
        return {"key": place, "title": "Snowball", "about": about, "to": "Snowball"}

    def _called(self, key: str) -> str:
        return next((each.name for each in self.playground.people if each.key == key), key)

    def _families(self, me: Persona) -> list[tuple[str, list[Any]]]:
        found = [
            (family, [each for each in commands if me.admin or each.who is not Role.ORGANISER])
            for family, commands in self.playground.registry.families().items()
        ]
        return [(family, commands) for family, commands in found if commands]

    def _field(self, of: FormField, me: Persona) -> dict[str, Any]:
        reader = self.playground.reader(me)
        return {
            "name": of.name,
            "label": of.label,
            "hint": of.hint,
            "widget": of.widget,
            "required": of.required,
            "given": of.given,
            "shown": of.shown,
            "error": wording.html(of.error, reader) if of.error else None,
            "suggests": _suggests(of.widget),
            "chosen": _chosen(of),
        }


def _suggests(widget: Widget) -> bool:
    return isinstance(widget, PickMember) or (isinstance(widget, Line) and widget.suggests)


def _chosen(of: FormField) -> str:
    """The choice that was given, by its value or as it is called."""
    if not isinstance(of.widget, Choose):
        return ""
    given = of.given.casefold()
    return next(
        (c.value for c in of.widget.choices if given in (c.value.casefold(), c.label.casefold())),
        "",
    )

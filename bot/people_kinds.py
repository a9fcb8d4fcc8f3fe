"""Kinds that are people: a contact of mine, an alum, a member, or a name that may be new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.cohort import Account, Member
from bot.domain.names import match_names, suggest_names
from bot.domain.people import Alum, Contact
from bot.domain.tidy import tidy_line
from bot.parameters import MOST_SUGGESTIONS, SHORT_TEXT, Kind
from bot.refusal import AmbiguousError, unfit
from bot.reply import Choice, Line, PickMember, Text, Widget, text

if TYPE_CHECKING:
    from bot.context import Context

NEW = "new:"
"""Before a name that the member said is somebody new."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A name that is nobody's yet; logging a talk makes it a contact."""

    name: str


def contacts_of(ctx: "Context") -> list[Contact]:
    """The member's contacts that are not in the trash, by name."""
    return ctx.store.find(Contact, owner_id=ctx.member.id, removed=None, order="name")


def described(contact: Contact) -> Text:
    """Enough to tell two people of one name apart."""
    where = ", ".join(part for part in (contact.title, contact.company) if part)
    if where:
        return text("{name} ({where})", name=contact.name, where=where)
    return text("{name}", name=contact.name)


def _plainly(contact: Contact) -> str:
    where = contact.company or contact.title
    return f"{contact.name} ({where})" if where else contact.name


def _by_number(given: str, ctx: "Context") -> Contact | None:
    if not given.strip().isdecimal():
        return None
    found = ctx.store.get(Contact, int(given.strip()[:18]))
    mine = found is not None and found.owner_id == ctx.member.id and found.removed is None
    return found if mine else None


def _by_name(given: str, contacts: Sequence[Contact]) -> Contact | None:
    plain = {_plainly(each): each for each in contacts}
    if given.strip() in plain:
        return plain[given.strip()]
    found = match_names(given, [each.name for each in contacts])
    if len(found) == 1:
        return contacts[found[0]]
    if found:
        raise AmbiguousError(
            text("Which {name} do you mean?", name=tidy_line(given)),
            tuple((str(contacts[each].id), described(contacts[each])) for each in found),
        )
    return None


class ContactKind(Kind[Contact]):
    """One of my contacts, by name."""

    word = "contact"
    suggests = True

    def parse(self, given: str, ctx: "Context") -> Contact:
        found = _by_number(given, ctx) or _by_name(given, contacts_of(ctx))
        if found is None:
            raise unfit(
                "I find nobody called {name} among your contacts. "
                "Check the spelling, or add them with `/contact add`.",
                name=tidy_line(given)[:80],
            )
        return found

    def write(self, value: Contact) -> str:
        return str(value.id)

    def show(self, value: Contact, ctx: "Context") -> str:
        del ctx
        return _plainly(value)

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        return suggested(typed, contacts_of(ctx))


class PersonKind(Kind[Contact | Newcomer]):
    """A contact, or a name that is new."""

    word = "person"
    suggests = True

    def parse(self, given: str, ctx: "Context") -> Contact | Newcomer:
        if given.startswith(NEW):
            return Newcomer(tidy_line(given.removeprefix(NEW))[:SHORT_TEXT])
        found = _by_number(given, ctx) or _by_name(given, contacts_of(ctx))
        if found is not None:
            return found
        name = tidy_line(given)
        if not name or len(name) > SHORT_TEXT:
            raise unfit("Give me a name of up to {limit} characters.", limit=SHORT_TEXT)
        return Newcomer(name)

    def write(self, value: Contact | Newcomer) -> str:
        return f"{NEW}{value.name}" if isinstance(value, Newcomer) else str(value.id)

    def show(self, value: Contact | Newcomer, ctx: "Context") -> str:
        del ctx
        return value.name if isinstance(value, Newcomer) else _plainly(value)

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        return suggested(typed, contacts_of(ctx))

    def widget(self) -> Widget:
        return Line(suggests=True)


def suggested(typed: str, contacts: Sequence[Contact]) -> list[Choice]:
    """Contacts that what was typed may become."""
    found = suggest_names(typed, [each.name for each in contacts], MOST_SUGGESTIONS)
    return [Choice(str(contacts[each].id), _plainly(contacts[each])) for each in found]


class AlumKind(Kind[Alum]):
    """Somebody of the directory, by our number; students reach them through search."""

    word = "alum"

    def parse(self, given: str, ctx: "Context") -> Alum:
        found = None
        if given.strip().isdecimal():
            found = ctx.store.get(Alum, int(given.strip()[:18]))
        elif given.strip():
            same = ctx.store.find(Alum, name=tidy_line(given), limit=2)
            found = same[0] if len(same) == 1 else None
        if found is None or not found.consent or found.do_not_contact:
            raise unfit("That person is not in the directory now. `/alum find` shows who is.")
        return found

    def write(self, value: Alum) -> str:
        return str(value.id)

    def show(self, value: Alum, ctx: "Context") -> str:
        del ctx
        return value.name


class MemberKind(Kind[Member]):
    """A member of this cohort: by name, or as the surface names its users."""

    word = "member"
    suggests = True

    def parse(self, given: str, ctx: "Context") -> Member:
        name = tidy_line(given).removeprefix("@")
        account = ctx.store.first(Account, external_id=name)
        found = ctx.store.get(Member, account.member_id) if account else None
        if found is None and name.isdecimal():
            found = ctx.store.get(Member, int(name[:18]))
        return found or self._by_name(name, ctx)

    def _by_name(self, name: str, ctx: "Context") -> Member:
        members = ctx.store.find(Member, order="name")
        found = match_names(name, [each.name for each in members])
        if not found:
            raise unfit("Nobody of this cohort is called {name}.", name=name[:80])
        if len(found) > 1:
            raise AmbiguousError(
                text("Which {name} do you mean?", name=name),
                tuple((str(members[at].id), text("{n}", n=members[at].name)) for at in found),
            )
        return members[found[0]]

    def write(self, value: Member) -> str:
        return str(value.id)

    def show(self, value: Member, ctx: "Context") -> str:
        del ctx
        return value.name

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        members = ctx.store.find(Member, order="name")
        found = suggest_names(typed, [each.name for each in members], MOST_SUGGESTIONS)
        return [Choice(str(members[at].id), members[at].name) for at in found]

    def widget(self) -> Widget:
        return PickMember()


KINDS: dict[Any, Kind[Any]] = {
    Contact: ContactKind(),
    Contact | Newcomer: PersonKind(),
    Alum: AlumKind(),
    Member: MemberKind(),
}

"""Kinds that are people: a contact of mine, an alum, a member, or a name that may be new."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.cohort import Account, Member
from bot.domain.names import match_name, match_names, suggest_names
from bot.domain.people import Alum, Contact
from bot.domain.tidy import fold, tidy_line
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
    found = ctx.store.find(Contact, owner_id=ctx.member.id, removed=None)
    return sorted(found, key=lambda each: (fold(each.name), each.id))


def described(contact: Contact) -> Text:
    """Enough to tell two people of one name apart."""
    where = _where(contact)
    if where:
        return text("{name} ({where})", name=contact.name, where=where)
    return text("{name}", name=contact.name)


def _where(contact: Contact) -> str:
    return ", ".join(part for part in (contact.title, contact.company) if part)


def _plainly(contact: Contact) -> str:
    where = contact.company or contact.title
    return f"{contact.name} ({where})" if where else contact.name


def _fully(contact: Contact) -> str:
    return f"{contact.name} ({_where(contact)})"


def _by_number(given: str, ctx: "Context") -> Contact | None:
    """The contact that a button means; None when what was given is no number.

    Raises BadValueError when it is nobody's on the list (now)."""
    if not given.strip().isdecimal():
        return None
    found = ctx.store.get(Contact, int(given.strip()[:18]))
    if found is None or found.owner_id != ctx.member.id:
        raise unfit("Nobody on your list has that number. Give me a name.")
    if found.removed is not None:
        raise unfit("{name} is off your list now.", name=found.name)
    return found


def _by_name(given: str, contacts: Sequence[Contact], *, or_new: bool = False) -> Contact | None:
    """The one meant. A name alone is nobody's in particular when two have it.

    ``or_new``: somebody new may be meant too, so whoever is only called alike is asked about."""
    typed = given.strip()
    same = [each for each in contacts if typed in (_plainly(each), _fully(each))]
    if len(same) == 1 and typed != same[0].name:
        return same[0]
    found = match_name(typed, [each.name for each in contacts])
    people = [contacts[place] for place in found.places] or same
    alike = found.kind == "near" or (or_new and not all(called(typed, each) for each in people))
    if len(people) == 1 and not alike:
        return people[0]
    if people:
        new = ((f"{NEW}{tidy_line(typed)}", _somebody_new(typed)),) if or_new else ()
        raise AmbiguousError(_which(typed, alike=alike), (*_told_apart(people), *new))
    return None


def _refuse_alum(given: str, ctx: "Context") -> None:
    """Somebody of the directory by their full name is not far: their card has the buttons.

    Raises BadValueError."""
    name = tidy_line(given)
    for alum in ctx.store.find(Alum, name=tuple({name, name.title()}), limit=1) if name else ():
        if alum.consent and not alum.do_not_contact:
            raise unfit(
                "{name} is in the alumni directory, and not on your list yet. "
                "`/alum show {name}` lets you add them or write to them.",
                name=alum.name,
            )


def called(typed: str, contact: Contact) -> bool:
    """Whether this name may be meant by the words typed: each is a whole word of it."""
    words = set(fold(typed).split())
    return bool(words) and words <= set(fold(contact.name).split())


def _which(typed: str, *, alike: bool) -> Text:
    name = tidy_line(typed)[:80]
    if alike:
        return text("I know nobody called {name}. Do you mean one of these?", name=name)
    return text("Which {name} do you mean?", name=name)


def _somebody_new(typed: str) -> Text:
    return text("Somebody new: {name}", name=tidy_line(typed)[:60])


def _told_apart(contacts: Sequence[Contact]) -> tuple[tuple[str, Text], ...]:
    """Each with its number; where two look alike, with what else is known, at last the number."""
    looks = Counter(_fully(each) for each in contacts)
    told: list[tuple[str, Text]] = []
    for each in contacts:
        label = described(each)
        if looks[_fully(each)] > 1:
            more = each.email or each.city or each.field or each.standing.value
            label = text("{name}, {more}, no. {n}", name=each.name, more=more, n=each.id)
        told.append((str(each.id), label))
    return tuple(told)


class ContactKind(Kind[Contact]):
    """One of my contacts, by name."""

    word = "contact"
    suggests = True

    def parse(self, given: str, ctx: "Context") -> Contact:
        found = _by_number(given, ctx) or _by_name(given, contacts_of(ctx))
        if found is None:
            _refuse_alum(given, ctx)
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
        if not given.startswith(NEW):
            found = _by_number(given, ctx) or _by_name(given, contacts_of(ctx), or_new=True)
            if found is not None:
                return found
        name = tidy_line(given.removeprefix(NEW))
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

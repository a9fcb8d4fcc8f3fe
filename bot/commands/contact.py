"""The people a student knows or hopes to meet: add, show, list, edit, remove (FEATURES A)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.command import Ask, Unless, command
from bot.commands.contact_alum import maybe_same
from bot.commands.contact_file import preview
from bot.commands.trash_list import trash_hint
from bot.context import Context
from bot.domain.cohort import Numbers
from bot.domain.names import Known, find_twins
from bot.domain.people import KIND_WORDS, Alum, Contact, ContactKind, Standing
from bot.domain.sharing import after_change, at_first
from bot.domain.spelled import minutes
from bot.domain.wishlist import in_order
from bot.forms import rest_of
from bot.invocation import Call, Upload, call
from bot.parameters import EnumKind, FieldWords, LongText, NumberKind
from bot.people_kinds import contacts_of, described
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Listing,
    Menu,
    Note,
    Option,
    Paragraph,
    Part,
    PersonRef,
    Reply,
    Row,
    Title,
    Value,
    answer,
    button,
    text,
)

KINDS = EnumKind(ContactKind, KIND_WORDS)
STANDINGS = EnumKind(Standing)
PAGE = 10


@command(
    "contact add",
    "Add a person you know or hope to meet.",
    title="Add a person",
    note="Only you see this, until you share it.",
)
def add(
    ctx: Context,
    name: Annotated[str | None, "their name", Ask.BOTH, Unless("file")] = None,
    kind: Annotated[ContactKind | None, "how you know them", Ask.FORM, KINDS] = None,
    company: Annotated[str | None, "where they work", Ask.BOTH] = None,
    title: Annotated[str | None, "what they do there", Ask.BOTH] = None,
    field: Annotated[FieldWords | None, "their field", Ask.BOTH] = None,
    city: Annotated[str | None, "where they live", Ask.FORM] = None,
    email: Annotated[str | None, "their e-mail", Ask.FORM] = None,
    link: Annotated[str | None, "a page about them, such as LinkedIn", Ask.FORM] = None,
    referred_by: Annotated[Contact | None, "who told you about them", Ask.FORM] = None,
    notes: Annotated[LongText | None, "anything worth remembering", Ask.FORM] = None,
    file: Annotated[Upload | None, "many at once: a vCard or a CSV", Ask.OPTION] = None,
    newest: Annotated[int | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """Only the name is required; a likely duplicate is asked about before anything is saved."""
    if file is not None:
        return preview(ctx, file, kind or ContactKind.HEARD_OF)
    fresh = Contact(
        cohort_id=ctx.cohort.id,
        owner_id=ctx.member.id,
        name=name or "",
        kind=kind or ContactKind.HEARD_OF,
        company=company or "",
        title=title or "",
        field=field or "",
        city=city or "",
        email=email or "",
        link=link or "",
        referred_by=referred_by.id if referred_by else None,
        sharing=at_first(ctx.member.share_as, kind or ContactKind.HEARD_OF),
        notes=notes or "",
        added=ctx.now,
    )
    if newest is not None:
        return added(ctx, _saved_since(ctx, fresh, newest) or ctx.store.add(fresh))
    twin = _twin(ctx, fresh)
    if twin is not None:
        return _warn(ctx, fresh, twin)
    return added(ctx, ctx.store.add(fresh))


def _saved_since(ctx: Context, fresh: Contact, newest: int) -> Contact | None:
    """What an earlier press of the same button saved; ``newest`` was the last person before it."""
    later = AtLeast(newest + 1)
    return ctx.store.first(Contact, owner_id=ctx.member.id, name=fresh.name, id=later)


@command("contact keep", "Keep somebody of the directory among your contacts.", listed=False)
def keep(ctx: Context, alum: Annotated[Alum, "", Ask.HIDDEN]) -> Reply:
    """One press; a second press finds them there."""
    contact = kept(ctx, alum)
    return added(ctx, contact)


def kept(ctx: Context, alum: Alum) -> Contact:
    """The member's own contact for an alum, made if there is none yet."""
    there = ctx.store.first(Contact, owner_id=ctx.member.id, alum_id=alum.id)
    if there is not None:
        if there.removed is not None:
            there = replace(there, removed=None)
            ctx.store.save(there)
        return there
    return ctx.store.add(
        Contact(
            cohort_id=ctx.cohort.id,
            owner_id=ctx.member.id,
            name=alum.name,
            kind=ContactKind.ALUM,
            company=alum.company,
            title=alum.title,
            field=alum.field,
            city=", ".join(part for part in (alum.city, alum.country) if part),
            link=alum.linkedin,
            alum_id=alum.id,
            added=ctx.now,
        )
    )


def added(ctx: Context, contact: Contact) -> Answer:
    """Saved, and the likely next steps; what the form could not hold is one button away."""
    more: tuple[Button, ...] = ()
    if ctx.left_out:
        more = (button("Add the rest", rest_of("contact edit", ctx.left_out, person=contact.id)),)
    return answer(
        text("{name} is on your list.", name=contact.name),
        Buttons(
            (
                button("Draft an ask", call("ask draft", person=contact.id), style="main"),
                button("Log a talk", call("interview log", person=contact.id)),
                *more,
            )
        ),
        *maybe_same(ctx, contact),
    )


def _twin(ctx: Context, fresh: Contact) -> Contact | None:
    mine = contacts_of(ctx)
    known = [Known(each.id, each.name, each.email) for each in mine]
    twins = [each for each in find_twins(fresh.name, fresh.email, known) if each.duplicate]
    by_id = {each.id: each for each in mine}
    return by_id[twins[0].known.id] if twins else None


def _warn(ctx: Context, fresh: Contact, twin: Contact) -> Answer:
    newest = ctx.store.first(Contact, owner_id=ctx.member.id, order="-id") or twin
    again = {
        "newest": newest.id,
        "name": fresh.name,
        "company": fresh.company,
        "title": fresh.title,
        "field": fresh.field,
        "city": fresh.city,
        "email": fresh.email,
        "link": fresh.link,
        "notes": fresh.notes,
        "kind": fresh.kind.value,
        "referred_by": fresh.referred_by,
    }
    return answer(
        text("You already have {twin}. Is this somebody else?", twin=described(twin)),
        Buttons(
            (
                button(
                    "Somebody else: save",
                    call("contact add", **{k: v for k, v in again.items() if v}),
                    replaces=True,
                ),
                button("Show the one I have", call("contact show", person=twin.id)),
            )
        ),
        Note(text("Nothing is saved yet, and nothing you typed is lost.")),
    )


@command("contact list", "List your people, who comes next first.", reads=True)
def listing(
    ctx: Context,
    words: Annotated[str | None, "a name, a company, a field"] = None,
    standing: Annotated[Standing | None, "only those who stand here", STANDINGS] = None,
    page: Annotated[int, "", Ask.HIDDEN, NumberKind(1, 100_000)] = 1,
) -> Reply:
    """The wish list, ten a page: to ask, under way, met."""
    mine = contacts_of(ctx)
    fitting = [each for each in in_order(mine) if _holds(each, words or "")]
    found = [each for each in fitting if standing in (None, each.standing)]
    if not mine:
        return answer(*empty_list(ctx.cohort.numbers), *trash_hint(ctx))
    if not found:
        return _nobody_fits(words, standing)
    page = min(page, -(-len(found) // PAGE))
    shown = found[(page - 1) * PAGE : page * PAGE]
    rows = tuple(
        Row(
            described(each),
            text("{standing}", standing=each.standing.value),
            (button("Open", call("contact show", person=each.id)),),
            PersonRef(each.id, each.name),
        )
        for each in shown
    )
    heading = text("Your people: {count}", count=len(found))
    if standing is not None:
        heading = text("Your people, {at}: {count}", at=standing.value, count=len(found))
    more = pages(len(found), page, words, standing)
    narrow = _by_standing(fitting, words, standing)
    return answer(Title(heading), Listing(rows), *more, *narrow, *trash_hint(ctx))


def _nobody_fits(words: str | None, standing: Standing | None) -> Answer:
    if standing is not None:
        return answer(
            text("Nobody stands at “{at}” just now.", at=standing.value),
            Buttons((button("Show all", call("contact list", words=words), style="main"),)),
        )
    return answer(
        text("Nobody on your list fits “{words}”.", words=words or ""),
        Buttons((button("Find alumni", call("alum find", field=words), style="main"),)),
    )


def _by_standing(
    found: list[Contact], words: str | None, standing: Standing | None
) -> tuple[Menu, ...]:
    """The list narrowed to one standing, or wide again; not for a list that is all of one."""
    counts = Counter(each.standing for each in found)
    if len(counts) < 2:
        return ()
    options = [
        Option(
            text("{at} ({n})", at=each.value, n=counts[each]),
            call("contact list", words=words, standing=each.value),
        )
        for each in Standing
        if counts[each] and each is not standing
    ]
    if standing is not None:
        options.insert(0, Option(text("all"), call("contact list", words=words)))
    return (Menu(text("Show only"), tuple(options), replaces=True),)


def pages(total: int, page: int, words: str | None, standing: Standing | None) -> list[Buttons]:
    """The buttons to the pages before and after."""

    def to(page: int) -> Call:
        at = standing.value if standing is not None else None
        return call("contact list", words=words, standing=at, page=page)

    found = []
    if page > 1:
        found.append(button("Previous", to(page - 1), replaces=True))
    if page * PAGE < total:
        found.append(button("Next", to(page + 1), replaces=True))
    return [Buttons(tuple(found))] if found else []


def empty_list(numbers: Numbers) -> tuple[Part, ...]:
    """The first step of somebody whose list is empty (FEATURES, Words 2)."""
    return (
        Paragraph(
            text(
                "No strangers yet. Who already knows you and works: an aunt, a coach, an old "
                "manager? One name is enough. You’re asking for {long}, not a job.",
                long=minutes(numbers),
            )
        ),
        Buttons(
            (
                button("Add somebody I know", call("contact add"), style="main"),
                button("Whom should I meet?", call("network start")),
                button("Find alumni", call("alum find")),
                button("From a file", call("contact file")),
            )
        ),
    )


def _holds(each: Contact, words: str) -> bool:
    everything = f"{each.name} {each.company} {each.title} {each.field} {each.city}".casefold()
    return all(word in everything for word in words.casefold().split())


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    person = given.get("person")
    if not isinstance(person, Contact):
        return {}
    names = ("name", "kind", "company", "title", "field", "city", "email", "phone", "link", "notes")
    known: dict[str, Any] = {name: getattr(person, name) for name in names}
    referrer = ctx.store.get(Contact, person.referred_by) if person.referred_by else None
    if referrer is not None and referrer.removed is None:
        known["referred_by"] = referrer
    return known


@command(
    "contact edit",
    "Change what you know about a person.",
    title="Edit a person",
    note="Only you see this, until you share it.",
    prefill=_present,
)
def edit(
    ctx: Context,
    person: Annotated[Contact, "whose card"],
    name: Annotated[str | None, "their name", Ask.FORM] = None,
    kind: Annotated[ContactKind | None, "how you know them", Ask.FORM, KINDS] = None,
    company: Annotated[str | None, "where they work", Ask.FORM] = None,
    title: Annotated[str | None, "what they do there", Ask.FORM] = None,
    field: Annotated[FieldWords | None, "their field", Ask.FORM] = None,
    city: Annotated[str | None, "where they live", Ask.FORM] = None,
    email: Annotated[str | None, "their e-mail", Ask.FORM] = None,
    phone: Annotated[str | None, "their number, for a talk by phone", Ask.FORM] = None,
    link: Annotated[str | None, "a page about them", Ask.FORM] = None,
    referred_by: Annotated[Contact | None, "who told you about them", Ask.FORM] = None,
    notes: Annotated[LongText | None, "anything worth remembering", Ask.FORM] = None,
) -> Reply:
    """What the form held is taken, emptied fields too; what it did not ask stays."""
    texts: dict[str, Value | None] = {
        "company": company,
        "title": title,
        "field": field,
        "city": city,
        "email": email,
        "phone": phone,
        "link": link,
        "notes": notes,
    }
    changed: dict[str, Any] = {key: value or "" for key, value in texts.items() if key in ctx.given}
    if name:
        changed["name"] = name
    if kind:
        changed |= {"kind": kind, "sharing": after_change(person, kind)}
    if "referred_by" in ctx.given:
        changed["referred_by"] = referred_by.id if referred_by else None
    if changed.get("referred_by") == person.id:
        raise refuse("Somebody cannot have told you about themselves. Pick another name.")
    saved = replace(person, **changed)
    ctx.store.save(saved)
    more: tuple[Button, ...] = ()
    if ctx.left_out:
        more = (button("Edit the rest", rest_of("contact edit", ctx.left_out, person=person.id)),)
    return answer(
        text("{name} is up to date.", name=saved.name),
        Buttons((button("Show", call("contact show", person=saved.id)), *more)),
    )

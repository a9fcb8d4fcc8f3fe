"""Sharing a contact with the class: private, ask me first, open; and its card in the channel (G1).

The class sees what the owner chose and never an e-mail or a phone number.
"""

from dataclasses import replace
from typing import Annotated

from bot.channel import channels
from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.intro_texts import inside
from bot.domain.people import Contact, ContactKind, Sharing
from bot.domain.sharing import SHARING_WORDS
from bot.invocation import call
from bot.parameters import EnumKind
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Fact,
    Facts,
    Note,
    Paragraph,
    Part,
    Reply,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.shared import field_label, is_barred_for_owner

WAYS = EnumKind(Sharing, SHARING_WORDS)
_MEANS = {
    Sharing.PRIVATE: text("Nobody but you knows of them."),
    Sharing.ASK_FIRST: text(
        "Your class sees only “a classmate knows somebody in this field”, not who. "
        "I ask you before anybody learns more."
    ),
    Sharing.OPEN: text(
        "Your class sees their name and work, and that you know them. Never an e-mail or a phone."
    ),
}


@command("contact share", "Choose who in your class may find a contact.")
def share(
    ctx: Context,
    person: Annotated[Contact | None, "whom; nobody: everybody you add from now on"] = None,
    how: Annotated[Sharing | None, "private, ask me first or open", WAYS] = None,
    sure: Annotated[bool, "", Asked.HIDDEN] = False,
) -> Reply:
    """Per contact, or what a new one begins with. Sharing family openly is asked twice."""
    if person is None:
        return _by_default(ctx, how)
    if how is None:
        return _choices(ctx, person)
    if how is Sharing.OPEN and person.kind is ContactKind.FAMILY and not sure:
        return _family(person)
    if how is not person.sharing:
        person = replace(person, sharing=how)
        ctx.store.save(person)
    return _shared(ctx, person)


def _choices(ctx: Context, person: Contact) -> Answer:
    said = text(
        "{name} is *{now}*. {means}",
        name=person.name,
        now=SHARING_WORDS[person.sharing],
        means=_MEANS[person.sharing],
    )
    ways = tuple(
        button(
            text("{way}", way=SHARING_WORDS[way].capitalize()),
            call("contact share", person=person.id, how=way.value),
            replaces=True,
        )
        for way in Sharing
        if way is not person.sharing
    )
    return answer(said, Buttons((*ways, *_post_button(ctx, person))))


def _family(person: Contact) -> Answer:
    return answer(
        text(
            "{name} is family or a friend. Open, your whole class sees their name and that you "
            "know them. Are they fine with that?",
            name=person.name,
        ),
        Buttons(
            (
                button(
                    "Ask me first instead",
                    call("contact share", person=person.id, how=Sharing.ASK_FIRST.value),
                    style="main",
                    replaces=True,
                ),
                button(
                    "Yes, share openly",
                    call("contact share", person=person.id, how=Sharing.OPEN.value, sure="yes"),
                    replaces=True,
                ),
            )
        ),
    )


def _shared(ctx: Context, person: Contact) -> Answer:
    """What was chosen, and what the class sees of it."""
    parts: list[Part] = [
        Paragraph(
            text(
                "{name}: *{way}*. {means}",
                name=person.name,
                way=SHARING_WORDS[person.sharing],
                means=_MEANS[person.sharing],
            )
        )
    ]
    if person.sharing is Sharing.PRIVATE:
        return answer(*parts)
    if person.sharing is Sharing.ASK_FIRST and not field_label(ctx, person):
        edit = button("Add their field", call("contact edit", person=person.id), style="main")
        return answer(
            *parts,
            text("I don’t know their field of work yet, so nobody would find them."),
            Buttons((edit,)),
        )
    if not ctx.member.hears:
        start = button("Opt in", call("settings start"), style="main")
        return answer(
            *parts,
            text("A request needs your yes, and I may not write to you yet. Until then they wait."),
            Buttons((start,)),
        )
    return answer(
        *parts,
        *card(ctx, person, ctx.member),
        Buttons((*_post_button(ctx, person), _again(person))),
        Note(text("Nothing is posted unless you press it.")),
    )


def _again(person: Contact) -> Button:
    return button("Change", call("contact share", person=person.id))


def _post_button(ctx: Context, person: Contact) -> tuple[Button, ...]:
    if person.sharing is Sharing.PRIVATE or not channels(ctx.store) or not _may_show(ctx, person):
        return ()
    return (button("Show it in the channel", call("contact post", person=person.id)),)


def _may_show(ctx: Context, person: Contact) -> bool:
    """Nothing that somebody else felt is in it: a button that goes, and a post that does not come,
    would tell the owner."""
    known = person.sharing is Sharing.OPEN or field_label(ctx, person) != ""
    return known and not is_barred_for_owner(ctx, person)


def _by_default(ctx: Context, how: Sharing | None) -> Answer:
    """What somebody whom the member adds begins with."""
    if how is not None:
        ctx.store.save(replace(ctx.member, share_as=how.value))
    now = how if how is not None else Sharing(ctx.member.share_as)
    ways = tuple(
        button(
            text("{way}", way=SHARING_WORDS[way].capitalize()),
            call("contact share", how=way.value),
            replaces=True,
        )
        for way in Sharing
        if way is not now
    )
    family = (
        [Note(text("Family begins with “ask me first” all the same."))]
        if now is Sharing.OPEN
        else []
    )
    return answer(
        text("Whom you add from now on is *{now}*. {means}", now=SHARING_WORDS[now],
             means=_MEANS[now]),
        *family,
        Buttons(ways),
        Note(text("Whoever is on your list already stays as they are; each card has its choice.")),
    )  # fmt: skip


# ---- The card in the channel --------------------------------------------------------------------


def card(ctx: Context, person: Contact, owner: Member) -> tuple[Part, ...]:
    """What the class sees: of an open contact who and where, of any other only the field."""
    field = field_label(ctx, person)
    if person.sharing is not Sharing.OPEN:
        return (Paragraph(text("A classmate knows somebody in *{field}*.", field=inside(field))),)
    work = ", ".join(part for part in (person.title, person.company) if part)
    said: list[tuple[Text, str]] = [
        (text("Work"), work),
        (text("Field"), field or person.field),
        (text("Place"), person.city),
        (text("Known by"), owner.name),
    ]
    rows = tuple(Fact(label, text("{v}", v=value)) for label, value in said if value)
    return (Title(text("{name}", name=person.name)), Facts(rows))


@command("contact post", "Show a shared contact in the channel.", listed=False)
def post(ctx: Context, person: Annotated[Contact, "", Asked.HIDDEN]) -> Reply:
    """The owner's own press, once a day at most; the message is made from what they chose."""
    if person.sharing is Sharing.PRIVATE or not _may_show(ctx, person):
        raise refuse("{name} is not shared, so the channel sees nothing.", name=person.name)
    if not channels(ctx.store):
        raise refuse("There is no channel for this class yet; an organiser can choose one.")
    posted = ctx.owe_channel(
        call("contact posted", number=person.id, way=person.sharing.value),
        subject=f"contact:{person.id}",
        occurrence=f"{person.sharing.value} {ctx.today}",
    )
    if not posted:
        return answer(text("It is in the channel already. Once a day is enough."))
    return answer(text("It’s on its way to the channel. Each request comes to you first."))


@reminder("contact posted")
def posted(
    ctx: Context,
    number: Annotated[int, "", Asked.HIDDEN],
    way: Annotated[Sharing, "", Asked.HIDDEN, WAYS],
) -> Answer | None:
    """To the channel: what the owner chose when they pressed, if they still choose it."""
    person = ctx.store.get(Contact, number)
    owner = ctx.store.get(Member, person.owner_id) if person is not None else None
    if person is None or owner is None or person.sharing is not way or not owner.hears:
        return None
    if way is Sharing.PRIVATE or not _may_show(ctx, person):
        return None
    ask = (
        call("intro person", person=person.id)
        if way is Sharing.OPEN
        else call("intro request", field=field_label(ctx, person))
    )
    return answer(
        *card(ctx, person, owner),
        Buttons((button("Ask for an introduction", ask, style="main"),)),
        Note(text("Only you see what comes next.")),
    )

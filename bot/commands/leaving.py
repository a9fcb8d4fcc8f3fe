"""The end of a class for its members: take everything along, stay in touch, be an alum (G5)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cadence import TOUCH_SNOOZES
from bot.domain.owed import Owed, OwedState
from bot.domain.term import ended
from bot.invocation import call
from bot.keeping_calendar import keeping_calendar
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Note,
    Paragraph,
    Part,
    Reply,
    answer,
    button,
    text,
)
from bot.weekly import LEAVING


@reminder("leaving soon")
def soon(ctx: Context, again: Annotated[bool, "", Ask.HIDDEN] = False) -> Answer | None:
    """Once, some weeks before the last day; nothing once it is over.

    ``again``: they had it and put it off."""
    ends = ctx.cohort.ends
    if ends is None or ended(ctx.cohort, ctx.today) or (_was_told(ctx) and not again):
        return None
    if ctx.organises and not contacts_of(ctx):
        return answer(
            text("Your class ends on {day}. Members hear of it now.", day=Day(ends)),
            Buttons((button("What happens then", call("cohort end"), style="main"),)),
        )
    return answer(
        Paragraph(
            text(
                "Your class ends on {day}, and your people stay yours. Four things are worth a "
                "minute now.",
                day=Day(ends),
            )
        ),
        *offered(),
        snooze_menu(ctx, call("leaving soon", again="yes"), "leaving", TOUCH_SNOOZES[:1]),
        Note(text("You get this once. Afterwards I write rarely: a check-in a month.")),
    )


def _was_told(ctx: Context) -> bool:
    """An organiser may have told everybody sooner."""
    sent = ctx.store.first(
        Owed, member_id=ctx.member.id, command=LEAVING, subject="", state=OwedState.SENT
    )
    return sent is not None


def offered() -> tuple[Part, ...]:
    """What a member may do at the end, the likeliest first."""
    buttons: tuple[Button, ...] = (
        button("Take everything along", call("mydata export"), style="main"),
        button("Stay-in-touch calendar", call("leaving calendar")),
        button("Keep an address", call("leaving address")),
        button("List me as alum", call("alum volunteer")),
    )
    return (Buttons(buttons),)


@command(
    "leaving calendar", "Your stay-in-touch days as a calendar file.", listed=False, reads=True
)
def calendar(ctx: Context) -> Reply:
    """It goes on reminding wherever it is imported, whatever becomes of the school account."""
    made, people = keeping_calendar(ctx)
    if made is None:
        return answer(
            text("There is nobody to stay in touch with yet: it begins with the first talk."),
            Buttons((button("Whom should I meet?", call("network start")),)),
        )
    count = "1 person" if people == 1 else f"{people} people"
    return answer(
        text(
            "Stay-in-touch days with {count}. Open the file in the calendar you will keep: it "
            "goes on without me.",
            count=count,
        ),
        made,
        Note(text("It holds names and nothing else. Calendars are often shared.")),
    )


def _address_now(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    return {"email": ctx.member.keep_email}


@command(
    "leaving address",
    "Keep an address that outlives the school account.",
    listed=False,
    title="An address to keep",
    note="I send no e-mail: it fills your alum entry and your export. Nobody else reads it.",
    prefill=_address_now,
)
def address(
    ctx: Context,
    email: Annotated[str | None, "one that you will still have; empty forgets it", Ask.FORM] = None,
) -> Reply:
    """An empty answer forgets it."""
    kept = (email or "").strip()
    if kept and ("@" not in kept[1:-1] or " " in kept):
        raise refuse("That does not look like an e-mail address. “ana@example.org” would.")
    ctx.store.save(replace(ctx.member, keep_email=kept))
    if not kept:
        return answer(text("Forgotten: I keep no address of yours."))
    return answer(
        text(
            "Kept: {email}. I send no e-mail: it stands in your export, and in your entry if you "
            "list yourself as alum.",
            email=kept,
        ),
        text(
            "What goes on without the school account is the calendar file, and me in another chat "
            "of your class, with the same people."
        ),
        Buttons(
            (
                button("Stay-in-touch calendar", call("leaving calendar")),
                button("Use me elsewhere", call("settings link")),
                button("List me as alum", call("alum volunteer")),
            )
        ),
    )

"""My introductions: what waits for me, and of what I asked for as much as I may know."""

from typing import Annotated

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.introductions import back_button
from bot.commands.introductions_contact import ask_them
from bot.commands.introductions_offer import offered_now
from bot.commands.introductions_owner import next_step, put_before
from bot.commands.introductions_words import done
from bot.context import Context
from bot.domain.introducing import (
    Seen,
    asker_knows_contact,
    asker_knows_owner,
    seen_by_asker,
    was_offered,
)
from bot.domain.introductions import Introduction, IntroState, WhoKnows
from bot.intro_waiting import waiting_for
from bot.introducing import contact_of, name_of, now_of
from bot.invocation import call
from bot.ports import AtLeast
from bot.reply import Answer, Buttons, Listing, Reply, Row, Text, Title, answer, button, text


@command("intro list", "Your introductions, and what waits for you.", listed=False, reads=True)
def listing(ctx: Context) -> Reply:
    """What waits for me first."""
    rows = [*waiting_rows(ctx), *_asked_for(ctx), *_asked_of_all(ctx)]
    if not rows:
        return answer(
            text("No introductions are under way."),
            Buttons(
                (
                    button("Ask for one", call("intro request"), style="main"),
                    button("Ask the whole class", call("intro who-knows")),
                )
            ),
        )
    return answer(Title(text("Introductions")), Listing(tuple(rows)))


def waiting_rows(ctx: Context) -> list[Row]:
    """A row for each that waits for a word of mine."""
    return [
        Row(said, None, (button("Open", call("intro show", intro=each.id)),))
        for each, said in waiting_for(ctx)
    ]


def _asked_for(ctx: Context) -> list[Row]:
    days = ctx.cohort.numbers.intro_expires_days
    rows: list[Row] = []
    for each in ctx.store.find(Introduction, asker_id=ctx.member.id, order="-asked"):
        seen = seen_by_asker(each, ctx.now, days)
        if seen in (Seen.YOURS, Seen.TAKEN_BACK) or _of_the_class(each) or _let_pass(each):
            continue
        back = (back_button(each),) if seen is Seen.WAITING else ()
        rows.append(Row(_title(ctx, each), text("{state}", state=seen.value), back))
    return rows


def _of_the_class(intro: Introduction) -> bool:
    """An answer to a question to all, of which the asker knows nothing yet."""
    return intro.who_knows_id is not None and intro.connected is None


def _let_pass(intro: Introduction) -> bool:
    """An offer that this member never took: they said no, or it ended before they said anything."""
    return was_offered(intro) and not intro.blurb and intro.state is not IntroState.OFFERED


def _title(ctx: Context, intro: Introduction) -> Text:
    """No more than the asker may know."""
    contact = contact_of(ctx, intro) if asker_knows_contact(intro) else None
    whom = text("*{name}*", name=contact.name) if contact else text("{a}", a=intro.about)
    if not asker_knows_owner(intro) or intro.owner_id is None:
        return whom
    return text("{whom}, by {owner}", whom=whom, owner=name_of(ctx.store, intro.owner_id))


def _asked_of_all(ctx: Context) -> list[Row]:
    since = ctx.now.subtract(hours=24 * ctx.cohort.numbers.intro_expires_days)
    mine = ctx.store.find(WhoKnows, member_id=ctx.member.id, closed=None, asked=AtLeast(since))
    return [
        Row(
            text("Who knows somebody: {about}", about=each.about),
            text("waiting"),
            (button("Close it", call("intro enough", question=each.id)),),
        )
        for each in mine
    ]


@command("intro show", "Open an introduction that waits for you.", listed=False)
def show(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The same question again, to the one whose word is awaited."""
    found = now_of(ctx, intro)
    return (_question(ctx, found) if found is not None else None) or done()


def _question(ctx: Context, intro: Introduction) -> Answer | None:
    me = ctx.member.id
    if intro.owner_id == me and intro.state is IntroState.ASKED and intro.put is not None:
        return put_before(ctx, intro)
    if intro.contact_member_id == me:
        return ask_them(ctx, intro)
    if intro.owner_id == me and intro.state is IntroState.OWNER_YES:
        return next_step(ctx, intro)
    return offered_now(ctx, intro) if intro.asker_id == me else None


@reminder("intro taken")
def taken(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the owner: the classmate would like what they offered; now the contact is asked."""
    found = now_of(ctx, intro)
    if found is None or found.owner_id != ctx.member.id:
        return None
    return next_step(ctx, found) if found.state is IntroState.OWNER_YES else None

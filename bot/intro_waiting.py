"""Which introductions wait for a member's word, with a line for each list that shows them."""

from bot.context import Context
from bot.domain.introducing import ends
from bot.domain.introductions import Introduction, IntroState
from bot.introducing import contact_of, name_of, wants_no_more_of
from bot.reply import Text, text


def waiting_for(ctx: Context) -> list[tuple[Introduction, Text]]:
    """As owner, as the contact, and as the one to whom it is offered; nothing that is over."""
    found = [*_as_owner(ctx), *_as_contact(ctx), *_as_offered(ctx)]
    days = ctx.cohort.numbers.intro_expires_days
    return [pair for pair in found if ctx.now < ends(pair[0], days)]


def _as_owner(ctx: Context) -> list[tuple[Introduction, Text]]:
    states = (IntroState.ASKED, IntroState.OWNER_YES)
    found: list[tuple[Introduction, Text]] = []
    for each in ctx.store.find(Introduction, owner_id=ctx.member.id, state=states):
        contact = contact_of(ctx, each)
        if contact is None:
            continue
        if each.state is IntroState.ASKED and each.put is not None:
            found.append((each, text("A classmate hopes to meet {name}", name=contact.name)))
        elif each.state is IntroState.OWNER_YES and each.contact_member_id is None:
            found.append((each, text("Has {name} answered you?", name=contact.name)))
    return found


def _as_contact(ctx: Context) -> list[tuple[Introduction, Text]]:
    asked = ctx.store.find(
        Introduction, contact_member_id=ctx.member.id, state=IntroState.OWNER_YES
    )
    return [
        (each, text("{name} would like to introduce you", name=name_of(ctx.store, each.owner_id)))
        for each in asked
        if not wants_no_more_of(ctx.store, each)
    ]


def _as_offered(ctx: Context) -> list[tuple[Introduction, Text]]:
    offered = ctx.store.find(Introduction, asker_id=ctx.member.id, state=IntroState.OFFERED)
    return [
        (each, text("{name} offers to introduce you", name=name_of(ctx.store, each.owner_id)))
        for each in offered
    ]

"""The address at which a calendar program finds the member's talks; made on demand, and unmade."""

import secrets
from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import Buttons, Copyable, Note, Reply, answer, button, text

KEY_BYTES = 24


@command("interview calendar", "Your talks in your own calendar program.", listed=False)
def calendar(
    ctx: Context,
    renew: Annotated[bool, "", Ask.HIDDEN] = False,
    off: Annotated[bool, "", Ask.HIDDEN] = False,
) -> Reply:
    """One address a member; a new one makes the old one useless."""
    if off:
        ctx.store.save(replace(ctx.member, calendar_key=""))
        return answer(
            text("Switched off: that address shows nothing any more."),
            Buttons((button("A new link", call("interview calendar")),)),
        )
    if not ctx.site:
        raise refuse(
            "There is no link yet: whoever runs me has not said under which address I can be "
            "reached. Each booking brings its own calendar file meanwhile."
        )
    key = ctx.member.calendar_key
    if renew or not key:
        key = secrets.token_urlsafe(KEY_BYTES)
        ctx.store.save(replace(ctx.member, calendar_key=key))
    address = f"{ctx.site}/calendar/{ctx.cohort.id}-{ctx.member.id}-{key}.ics"
    return answer(
        text("Add this address to your calendar program, under “subscribe” or “from URL”:"),
        Copyable(address),
        Note(
            text(
                "Your talks, and the days to write to somebody or to keep a promise. Whoever "
                "has it can read these days and names, and nothing else. Keep it to yourself."
            )
        ),
        Buttons(
            (
                button("A new address", call("interview calendar", renew="yes"), replaces=True),
                button("Switch it off", call("interview calendar", off="yes"), replaces=True),
            )
        ),
    )

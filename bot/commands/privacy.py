"""The privacy sheet for the school, as a file to print (FEATURES H5)."""

from bot.command import command
from bot.context import Context
from bot.domain.cohort import Role
from bot.privacy import page
from bot.reply import Attachment, Link, Note, Part, Reply, answer, text


@command(
    "cohort privacy",
    "One page for your school: what is stored, who sees it.",
    who=Role.ORGANISER,
    listed=False,
    reads=True,
)
def privacy(ctx: Context) -> Reply:
    """Made from the code's own tables, so it says what is so."""
    for_whom = f"Snowball, for {ctx.cohort.school or ctx.cohort.name}. {ctx.today.format_iso()}."
    made = page(for_whom).encode()
    parts: list[Part] = [
        Attachment("privacy-sheet.html", made, "text/html; charset=utf-8"),
        Note(text("It is made from my own tables: nothing is stored that is not in it.")),
    ]
    if ctx.site:
        link = Link(f"{ctx.site}/privacy", "the same page on the web")
        parts.insert(0, Note(text("To pass on: {link}.", link=link)))
    return answer(
        text("What I store, who sees it, until when and where; print it or send it on."), *parts
    )

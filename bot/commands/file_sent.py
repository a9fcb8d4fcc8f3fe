"""A file in a direct message: people to add, for an organiser perhaps the directory (J2, I8)."""

from bot import drafts
from bot.commands.contact_file import preview
from bot.context import Context
from bot.domain.people import ContactKind
from bot.invocation import Upload
from bot.refusal import RefusalError
from bot.reply import Answer, Buttons, Note, answer, button, text


def sent(ctx: Context, file: Upload, *, has_words: bool) -> Answer | None:
    """None when nobody can be read out of it, and the words with it say what is wanted."""
    if ctx.organises:
        return _which(ctx, file)
    try:
        return preview(ctx, file, ContactKind.HEARD_OF)
    except RefusalError as refused:
        if has_words:
            return None
        takes = "I can take people from a vCard or a CSV, such as LinkedIn’s Connections.csv."
        return answer(refused.said, Note(text(takes)))


def _which(ctx: Context, file: Upload) -> Answer:
    """Both are possible, and the one would be found by the whole class."""

    def kept(command: str) -> drafts.Call:
        return drafts.keep_call(ctx.store, ctx.member, command, {"file": file}, ctx.now)

    return answer(
        text("Who is in this file? You see a preview first."),
        Buttons(
            (
                button("Alumni, for the class", kept("cohort import"), style="main"),
                button("My own contacts", kept("contact file")),
            )
        ),
    )

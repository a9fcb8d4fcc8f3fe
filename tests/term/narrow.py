"""The same term on surfaces with limits of their own, and what they would refuse of it."""

from collections.abc import Iterator

from adapters.discord.modal import modal
from adapters.discord.paging import DiscordSurface, messages
from adapters.slack.modal import Origin, form_view
from adapters.slack.render import Pen
from adapters.slack.surface import MOST_BLOCKS, SlackSurface
from bot.reply import Answer, Form
from tests.front_door import BERLIN, Paper
from tests.servers.discord.check_components import check_modal
from tests.servers.discord.check_messages import check_message
from tests.servers.discord.errors import spot
from tests.servers.slack import shapes
from tests.shown import Shown
from tests.term.student import Student

DISCORD = Paper(form_fields=DiscordSurface().form_fields, holds=DiscordSurface())
"""Five questions a form; what a message does not hold waits behind a button."""


def refused_by_discord(term: Student) -> list[str]:
    """What the stand-in's rules say to every message and modal."""
    found: list[str] = []
    for shown in _shown(term):
        top = spot()
        match shown.reply:
            case Form() as form:
                check_modal(top, modal(form, shown.cohort))
            case Answer() as answer:
                for sheet in messages(answer, shown.cohort):
                    files = {file.name for file in sheet.files}
                    check_message(top, sheet.body(private=True), files)
        found += (f"{problem}: {shown.words[:60]}" for problem in top.problems)
    return found


def refused_by_slack(term: Student) -> list[str]:
    """What the stand-in's rules say to every view and every message's blocks."""
    found: list[str] = []
    for shown in _shown(term):
        match shown.reply:
            case Form() as form:
                view = form_view(form, Origin(shown.cohort, form.command, form.draft), BERLIN)
                problems = shapes.view(view, "/view", "modal")
            case Answer() as answer:
                first, _rest = SlackSurface().split(answer)
                blocks = Pen(shown.cohort, BERLIN).draw(first).blocks
                problems = shapes.blocks(blocks, "/blocks", MOST_BLOCKS)
        found += (f"{problem}: {shown.words[:60]}" for problem in problems)
    return found


def _shown(term: Student) -> Iterator[Shown]:
    return (said.shown for said in term.said if said.shown is not None)


def longest_form(term: Student) -> int:
    """The most questions that one form asked."""
    forms = (each.reply for each in _shown(term))
    return max(len(form.fields) for form in forms if isinstance(form, Form))

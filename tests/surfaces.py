"""Every surface's pure renderer, for tests that hold a reply against all of them at once."""

import json
from dataclasses import dataclass, replace
from functools import cache

from adapters.discord.modal import modal
from adapters.discord.paging import messages
from adapters.slack.modal import Origin, form_view
from adapters.slack.render import Pen
from adapters.web import wording
from adapters.web.demo import CAST
from adapters.web.render import Fragments
from adapters.web.transcript import Message
from adapters.web.when import Reader
from bot.plaintext import plain
from bot.reply import Answer, Form, Reply
from tests.front_door import BERLIN, MONDAY
from tests.servers.slack.reading import block_pings

READER = Reader(BERLIN, MONDAY)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One reply on every surface, as it would travel."""

    terminal: str
    slack: str
    slack_pings: tuple[str, ...]
    discord: str
    page: str


@cache
def _fragments() -> Fragments:
    return Fragments(CAST)


def rendered(reply: Reply) -> Rendered:
    """Raises whatever a renderer raises; what travels must be UTF-8."""
    made = _form(reply) if isinstance(reply, Form) else _answer(reply)
    for each in (made.terminal, made.slack, made.discord, made.page):
        each.encode()
    return made


def _answer(answer: Answer) -> Rendered:
    drawn = Pen(1, BERLIN).draw(answer)
    bodies = [sheet.body(private=True) for sheet in messages(answer, 1)]
    message = Message(id=1, place="dm", reader="ana", by="snowball", said=answer, at=MONDAY)
    return Rendered(
        terminal=plain(answer, BERLIN),
        slack=json.dumps([drawn.blocks, drawn.text], ensure_ascii=False),
        slack_pings=tuple(block_pings(drawn.blocks)),
        discord=json.dumps(bodies, ensure_ascii=False),
        page=str(_fragments().answer(answer, message, READER)),
    )


def _form(form: Form) -> Rendered:
    view = form_view(form, Origin(1, form.command, form.draft), BERLIN)
    errors = [wording.html(each.error, READER) for each in form.fields if each.error is not None]
    return Rendered(
        terminal=plain(form, BERLIN),
        slack=json.dumps(view, ensure_ascii=False),
        slack_pings=tuple(block_pings(view["blocks"])),
        discord=json.dumps(modal(_five(form), 1), ensure_ascii=False),
        page="".join(map(str, errors)),
    )


def _five(form: Form) -> Form:
    """As a surface of five fields would get it."""
    return replace(form, fields=form.fields[:5])

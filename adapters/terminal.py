"""The terminal surface: ``snowball say`` runs commands as a local member and prints the replies."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import TypeAdapter
from whenever import Instant

from adapters.house import Check, House
from bot.command import Command
from bot.dispatch import NoLimits
from bot.domain.cohort import Account, Member, Workspace
from bot.invocation import Actor, Given, Invocation, Place, Upload, read
from bot.limits import FREE, Limits
from bot.parameters import FileKind
from bot.plaintext import plain
from bot.ports import Messenger, Outcome, Sent, Unclear
from bot.reply import Answer, Form, Listing, PersonRef, Reply
from bot.typed import take_apart

SURFACE = "terminal"
PRESS = "> "
"""Before a button's written call: ``> contact.keep?alum=3`` presses it."""
_REPLY: TypeAdapter[Any] = TypeAdapter(Reply)


@dataclass(slots=True)
class Terminal:
    """One person at the shell. ``name`` "" is the operator, who organises."""

    house: House
    name: str
    as_json: bool
    received: list[Answer] = field(default_factory=list)

    @property
    def surface(self) -> str:
        """The surface it sends on."""
        return SURFACE

    @property
    def repeatable(self) -> bool:
        """The same message twice is two lines here."""
        return False

    @property
    def holds(self) -> NoLimits:
        """A terminal scrolls."""
        return NoLimits()

    @property
    def limits(self) -> Limits:
        """A terminal prints as fast as we do."""
        return FREE

    def open(self) -> None:
        """The terminal is a workspace of the cohort like any other."""
        if self.house.stores.workspace(SURFACE, SURFACE) is None:
            with self.house.stores.writing(self.house.cohort_id) as store:
                store.add(
                    Workspace(cohort_id=store.cohort_id, surface=SURFACE, external_id=SURFACE)
                )

    def run(self, line: str) -> str:
        """One line; what is printed for it."""
        said = self.house.dispatcher(self._invocation(line), NoLimits())
        if said is None:
            return ""
        return self._printed(said.reply)

    def _printed(self, reply: Reply) -> str:
        words = plain(reply, self._zone())
        if not self.as_json:
            return words
        return json.dumps(
            {
                "text": words,
                "reply": _REPLY.dump_python(reply, mode="json"),
                "people": [
                    {"id": each.id, "external_id": each.external_id, "name": each.name}
                    for each in _people(reply)
                ],
            },
            ensure_ascii=False,
        )

    def _zone(self) -> str:
        accounts = self.house.stores.accounts(SURFACE, self._actor().user)
        if not accounts:
            return "UTC"
        with self.house.stores.reading(accounts[0].cohort_id) as store:
            member = store.get(Member, accounts[0].member_id)
        return (member.zone if member is not None else "") or "UTC"

    def _actor(self) -> Actor:
        name = self.name or "Operator"
        return Actor(SURFACE, SURFACE, name, name, admin=not self.name)

    def _invocation(self, line: str) -> Invocation:
        actor, key = self._actor(), f"{SURFACE}:{secrets.token_hex(8)}"
        place = Place(SURFACE, private=True)
        if line.startswith(PRESS):
            called = read(line.removeprefix(PRESS).strip())
            given: Mapping[str, Given] = called.arguments
            return Invocation(called.command, actor, place, key, given, how="pressed")
        if not line.startswith("/"):
            return Invocation("snowball", actor, place, key, typed=line, how="said")
        command, rest = self.house.registry.match(line[1:])
        if command is None:
            return Invocation(line[1:].split(" ", maxsplit=1)[0] or "?", actor, place, key)
        files = _files(command, rest)
        typed = "" if files and not take_apart(rest, command).keys() - files.keys() else rest
        return Invocation(command.name, actor, place, key, files, typed)

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        """Prints what was owed to somebody at this terminal."""
        del workspace, member
        whom = "" if account.external_id == self._actor().user else f" to {account.name}"
        head = f"--- message{whom} ---" if not self.as_json else ""
        print("\n".join(part for part in (head, self._printed(answer)) if part))  # noqa: T201
        self.received.append(answer)
        return Sent(nonce)

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """Prints what was owed to the channel."""
        del workspace
        print(self._printed(answer))  # noqa: T201
        return Sent(nonce)

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        """Prints what was owed to several people together."""
        del workspace, before
        names = ", ".join(each.name or each.external_id for each in accounts)
        head = f"--- message to {names} together ---" if not self.as_json else ""
        print("\n".join(part for part in (head, self._printed(answer)) if part))  # noqa: T201
        return Sent(nonce)

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        """What was printed is not kept."""
        return Unclear("not kept")

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> None:
        """Who sits at a terminal is not on holiday."""


@dataclass(frozen=True, slots=True)
class TerminalWing:
    """The terminal as a part of the house: it has nothing to connect."""

    terminal: Terminal

    @property
    def messengers(self) -> Sequence[Messenger]:
        return (self.terminal,)

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return ()

    @property
    def checks(self) -> Mapping[str, Check]:
        return {}

    async def open(self) -> None:
        self.terminal.open()

    async def listen(self) -> None:
        return

    async def leave(self) -> None:
        return

    async def close(self) -> None:
        return


def _files(command: Command, typed: str) -> dict[str, Given]:
    """Paths of local files, for parameters that take a file."""
    given = take_apart(typed, command)
    found: dict[str, Given] = {}
    for each in command.visible:
        path = Path(given.get(each.name, "")).expanduser()
        if isinstance(each.kind, FileKind) and path.is_file():
            found[each.name] = Upload(path.name, path.read_bytes())
    return found


def _people(reply: Reply) -> list[PersonRef]:
    if isinstance(reply, Form):
        return []
    rows = [row for part in reply.parts if isinstance(part, Listing) for row in part.rows]
    return [row.person for row in rows if row.person is not None]

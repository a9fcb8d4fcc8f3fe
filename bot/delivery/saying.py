"""The words of a message: each row's command is run now, and the answers are joined into one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import structlog
from whenever import Instant

from bot.delivery import words
from bot.delivery.choosing import Chosen
from bot.delivery.rows import back_off, put_off, settled
from bot.dispatch import Dispatcher, log_failure
from bot.domain.cadence import local_day
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.timing import REST
from bot.invocation import Actor, Invocation, Place, read
from bot.ports import Store, TryAgainError
from bot.reply import Answer, Buttons, Listing, Menu, Part, Row

log = structlog.get_logger(__name__)

REST_DAYS = 28
"""What "ask me later" means."""


@dataclass(frozen=True, slots=True)
class Said:
    """A chosen row and what there is to say about it."""

    chosen: Chosen
    answer: Answer

    @property
    def row(self) -> Owed:
        return self.chosen.row


def say(
    dispatcher: Dispatcher, store: Store, member: Member, chosen: Sequence[Chosen], now: Instant
) -> list[Said]:
    """What there is to say now; rows about which nothing is left to say are settled."""
    said: list[Said] = []
    for each in chosen:
        try:
            answer = _run(dispatcher, store, member, each.row, now)
        except TryAgainError:
            raise
        except Exception as error:  # noqa: BLE001 - one broken reminder must not hold up the others
            _failed(store, each.row, error, now)
            continue
        if answer is None or not answer.parts:
            store.save(settled(each.row, OwedState.SKIPPED, now))
        else:
            said.append(Said(each, answer))
    return said


def _run(
    dispatcher: Dispatcher, store: Store, member: Member, row: Owed, now: Instant
) -> Answer | None:
    if row.command == REST:
        return words.resting(local_day(now, member.zone or "UTC").add(days=REST_DAYS))
    with store.attempt():
        return dispatcher.run_owed(store, member, read(row.call))


def _failed(store: Store, row: Owed, error: Exception, now: Instant) -> None:
    """Our own mistake: logged, and tried again later, until it is too late or mended."""
    nobody = Actor("", "", "", "")
    log_failure(Invocation(row.command, nobody, Place(), ""), error)
    attempts = row.attempts + 1
    store.save(put_off(replace(row, attempts=attempts), now + back_off(attempts), now))


def joined(said: Sequence[Said], *, ask_less: bool) -> Answer:
    """One message of all that is said; how to stop stands at its foot, once.

    Of several in one, each is answered by itself: an answer to one leaves the others standing."""
    parts: list[Part] = []
    meant = [each.chosen.meant for each in said if each.chosen.meant is not None]
    if meant:
        parts.append(words.late(min(meant)))
    for number, each in enumerate(said):
        if number:
            parts.append(words.between())
        parts.extend(_among_others(each.answer.parts) if len(said) > 1 else each.answer.parts)
    if ask_less:
        parts.extend(words.less_often())
    if any(each.row.urgency is not Urgency.ANSWER for each in said):
        parts.append(words.stop_any_time())
    return Answer(tuple(parts))


def _among_others(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        match part:
            case Buttons(buttons):
                yield Buttons(tuple(replace(each, replaces=False) for each in buttons))
            case Menu():
                yield replace(part, replaces=False, label=part.among_others or part.label)
            case Listing(rows):
                yield replace(part, rows=tuple(_staying(row) for row in rows))
            case _:
                yield part


def _staying(row: Row) -> Row:
    return replace(row, buttons=tuple(replace(each, replaces=False) for each in row.buttons))

"""Which of a member's rows go into the message made now; others are put off or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass

from whenever import Instant

from bot.delivery.rows import put_off, settled
from bot.domain.cadence import local_day, too_late
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.timing import REST, Drop, Go, Hold, Listener, decide_all
from bot.ports import LOOK_AGAIN, Store


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row that goes now, and when it should have come if we were away then."""

    row: Owed
    meant: Instant | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes now. ``ask_less``: it asks too whether the member wants to hear less often.

    ``more``: something else may go right after it."""

    chosen: tuple[Chosen, ...] = ()
    ask_less: bool = False
    more: bool = False


def goes_unasked(rows: Sequence[Owed], listener: Listener, now: Instant) -> bool:
    """Whether the next message would say something that nobody asked for."""
    going = [row for row, decision in decide_all(rows, listener, now) if isinstance(decision, Go)]
    urgencies = {row.urgency for row in going}
    return Urgency.NUDGE in urgencies and Urgency.ANSWER not in urgencies


def choose(
    store: Store, member: Member, rows: Sequence[Owed], listener: Listener, now: Instant
) -> Choice:
    """Decide about each row and write down what was decided about those that do not go."""
    going: list[Chosen] = []
    for row, decision in decide_all(rows, listener, now):
        match decision:
            case Go(meant):
                going.append(Chosen(row, meant))
            case Hold(until):
                _put_off(store, row, until, now)
            case Drop():
                store.save(settled(row, OwedState.SKIPPED, now))
    asked_for = [each for each in going if each.row.urgency is Urgency.ANSWER]
    if asked_for:  # each alone, so that words to copy stand alone
        return Choice(tuple(asked_for[:1]), more=len(going) > 1)
    unasked = any(each.row.urgency is Urgency.NUDGE for each in going)
    if unasked and listener.to_rest:
        return Choice(_only_rest(store, member, going, listener, now))
    going = _without_rest(store, going, now)
    return Choice(tuple(going), ask_less=unasked and listener.to_be_asked)


def choose_open(store: Store, rows: Sequence[Owed], now: Instant) -> Choice:
    """To a channel, or to several together: one at a time, the oldest first.

    What is over a week late has lost its point there too."""
    late_days = store.cohort().numbers.late_days
    fresh: list[Chosen] = []
    for row in rows:
        if too_late(row.due, now, late_days):
            store.save(settled(row, OwedState.SKIPPED, now))
        else:
            fresh.append(Chosen(row))
    return Choice(tuple(fresh[:1]), more=len(fresh) > 1)


def _put_off(store: Store, row: Owed, until: Instant, now: Instant) -> None:
    held = put_off(row, until, now)
    if held != row:
        store.save(held)


def _only_rest(
    store: Store, member: Member, going: list[Chosen], listener: Listener, now: Instant
) -> tuple[Chosen, ...]:
    """Nobody reacted three times: instead of a fourth, the word that it is quiet from now on."""
    rest = [each for each in going if each.row.command == REST]
    kept = [each for each in going if each.row.urgency is not Urgency.NUDGE]
    for each in going:
        if each.row.urgency is Urgency.NUDGE and each not in rest:
            _put_off(store, each.row, now + LOOK_AGAIN, now)
    if not rest:
        today = local_day(now, listener.rhythm.zone)
        row = store.owe(_rest(member, today.format_iso(), now))
        rest = [Chosen(row)] if row is not None else []
    return (*kept, *rest)


def _without_rest(store: Store, going: list[Chosen], now: Instant) -> list[Chosen]:
    """They said something after all, so there is no need to say that it will be quiet."""
    for each in going:
        if each.row.command == REST:
            store.save(settled(each.row, OwedState.SKIPPED, now))
    return [each for each in going if each.row.command != REST]


def _rest(member: Member, occurrence: str, now: Instant) -> Owed:
    return Owed(
        cohort_id=member.cohort_id,
        member_id=member.id,
        to=f"member:{member.id}",
        command=REST,
        occurrence=occurrence,
        call=REST.replace(" ", "."),
        due=now,
    )

"""What is stored of students, brought into the shape of an organiser's view of them.

One function for the organiser and for the student who asks what the organiser sees, so that the two
cannot differ.
"""

from collections import defaultdict
from typing import Any

from whenever import Date

from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.cohort import Account, Member, Role, weekly_goal
from bot.domain.overview import Line, Student, attention_first, is_new, line, with_told
from bot.domain.people import Contact
from bot.domain.talks import CheckIn, Talk
from bot.domain.term import ended, last_seen
from bot.ports import Not


def lines(ctx: Context) -> list[Line]:
    """Every student of the cohort, who could use a word first."""
    members = ctx.store.find(Member, role=Role.STUDENT)
    return attention_first(_lines(ctx, members))


def line_of(ctx: Context, member: Member) -> Line:
    """One student."""
    (found,) = _lines(ctx, [member])
    return found


def _lines(ctx: Context, members: list[Member]) -> list[Line]:
    whose: dict[str, Any] = {"member_id": members[0].id} if len(members) == 1 else {}
    owner: dict[str, Any] = {"owner_id": members[0].id} if len(members) == 1 else {}
    asks = _by_member(ctx.store.find(Ask, sent=Not(None), **whose))
    talks = _by_member(ctx.store.find(Talk, **whose))
    accounts = _by_member(ctx.store.find(Account, **whose))
    told = _by_member(ctx.store.find(CheckIn, skipped=False, **whose))
    names: dict[int, list[Contact]] = defaultdict(list)
    for contact in ctx.store.find(Contact, referred_by=Not(None), removed=None, **owner):
        names[contact.owner_id].append(contact)
    today = last_seen(ctx.cohort, ctx.today)
    over = ended(ctx.cohort, ctx.today)
    return [
        line(
            _student(
                ctx,
                each,
                asks[each.id],
                talks[each.id],
                told[each.id],
                accounts[each.id],
                names[each.id],
            ),
            today,
            ctx.cohort.numbers,
            over=over,
        )
        for each in members
    ]


def _student(
    ctx: Context,
    member: Member,
    asks: list[Ask],
    talks: list[Talk],
    told: list[CheckIn],
    accounts: list[Account],
    names: list[Contact],
) -> Student:
    zone = member.zone or ctx.zone
    today = last_seen(ctx.cohort, ctx.today)
    sent = [(each, each.sent.to_tz(zone).date()) for each in asks if each.sent is not None]
    named = [each for each in names if each.added.to_tz(zone).date() <= today]
    return Student(
        id=member.id,
        name=member.name,
        goal=weekly_goal(member, ctx.cohort.numbers),
        joined=_begun(ctx, member, zone),
        quiet=_is_quiet(member, ctx.today),
        reachable=any(each.reachable for each in accounts) and not _rests(ctx, member),
        asks=with_told([day for _, day in sent], [(each.week, each.asks) for each in told], today),
        waiting=tuple(day for each, day in sent if not each.outcome and each.answered is None),
        talks=with_told(
            [each.held for each in talks], [(each.week, each.talks) for each in told], today
        ),
        names=len(named),
        new_names=sum(is_new(each.added.to_tz(zone).date(), today) for each in named),
    )


def _begun(ctx: Context, member: Member, zone: str) -> Date | None:
    """The day they opted in; before the class begins nobody is behind."""
    if member.opted_in is None:
        return None
    day = member.opted_in.to_tz(zone).date()
    return max(day, ctx.cohort.starts) if ctx.cohort.starts is not None else day


def _rests(ctx: Context, member: Member) -> bool:
    """Nobody reacted to several messages, so no more are sent until they do (FEATURES F5)."""
    return member.ignored > ctx.cohort.numbers.pause_after


def _is_quiet(member: Member, today: Date) -> bool:
    """Paused or stopped: which of the two, and why, is theirs."""
    if member.opted_in is None:
        return False
    paused = member.paused_until is not None and member.paused_until > today
    return paused or not member.hears


def _by_member(rows: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.member_id].append(each)
    return found

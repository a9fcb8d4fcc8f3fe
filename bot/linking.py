"""Joining what belongs together: a person's accounts, the workspaces of one class."""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.domain.codes import Code, CodeFor
from bot.domain.cohort import Account, Member
from bot.domain.linking import as_one, is_good, new_code
from bot.mine import has_rows


def make_code(ctx: Context, joins: CodeFor) -> str:
    """A new code of this member's; the ones before it join nothing any more."""
    for old in ctx.store.find(Code, member_id=ctx.member.id, joins=joins, used=None):
        ctx.store.save(replace(old, used=ctx.now))
    code = new_code()
    ctx.store.add(
        Code(cohort_id=ctx.cohort.id, member_id=ctx.member.id, joins=joins, key=code, made=ctx.now)
    )
    return code


def find_code(ctx: Context, code: str) -> Code | None:
    """The code of this cohort, while it is good."""
    found = ctx.store.first(Code, key=code)
    return found if found is not None and is_good(found, ctx.now) else None


def acting_account(ctx: Context) -> Account | None:
    """The account that this was typed from."""
    actor = ctx.said.actor
    return ctx.store.first(Account, surface=actor.surface, external_id=actor.user)


def accounts_of(ctx: Context) -> list[Account]:
    """Every account of the member, the last used first."""
    return ctx.store.find(Account, order="-last_used", member_id=ctx.member.id)


def share_a_workspace(ctx: Context, one: Member, other: Member) -> bool:
    """Whether both have an account in the same workspace: then they are two people."""
    theirs = {each.workspace_id for each in ctx.store.find(Account, member_id=other.id)}
    return any(each.workspace_id in theirs for each in ctx.store.find(Account, member_id=one.id))


def both_keep_something(ctx: Context, members: Sequence[Member]) -> bool:
    """Whether neither could be given up without losing what was written."""
    return all(has_rows(ctx.store, each.id) for each in members)


def make_one(ctx: Context, one: Member, other: Member) -> Member:
    """Move the accounts of whoever keeps nothing to the other, who stays."""
    kept, gone = (one, other) if has_rows(ctx.store, one.id) else (other, one)
    for account in ctx.store.find(Account, member_id=gone.id):
        ctx.store.save(replace(account, member_id=kept.id))
    together = as_one(kept, gone)
    ctx.store.save(together)
    ctx.store.remove(gone)
    return together

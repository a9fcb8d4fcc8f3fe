"""Drafts: forms half filled, calls too long for a button, and the rest of a long reply."""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import replace

from whenever import Instant

from bot.command import Command
from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.drafts import Draft
from bot.fitting import Splitter, long_calls, with_calls
from bot.invocation import WRITTEN_LIMIT, Call, Given, Upload, write
from bot.ports import Store
from bot.reply import Answer, Buttons, answer, button, from_json, to_json

KEPT = "~"
"""The command of a button whose call is kept in a draft."""
KEY = "d"


def find(store: Store, member: Member, key: str) -> Draft | None:
    """This member's draft; somebody else's key opens nothing."""
    found = store.first(Draft, key=key)
    return found if found is not None and found.member_id == member.id else None


def arguments(draft: Draft) -> dict[str, Given]:
    """What was filled in so far."""
    kept: dict[str, str | dict[str, str]] = json.loads(draft.arguments)
    return {
        name: value
        if isinstance(value, str)
        else Upload(value["name"], base64.b64decode(value["content"]))
        for name, value in kept.items()
    }


def _written(given: Mapping[str, Given]) -> str:
    return json.dumps(
        {
            name: {"name": value.name, "content": base64.b64encode(value.content).decode()}
            if isinstance(value, Upload)
            else value
            for name, value in given.items()
        }
    )


def keep_form(
    ctx: Context,
    draft: Draft | None,
    command: Command,
    given: Mapping[str, Given],
    asking: tuple[str, ...],
) -> Draft:
    """The draft behind a form that is about to be shown, new or brought up to date."""
    if draft is not None and draft.form:
        asked = draft.asked + tuple(name for name in asking if name not in draft.asked)
        kept = replace(draft, arguments=_written(given), asked=asked)
        ctx.store.save(kept)
        return kept
    return ctx.store.add(
        Draft(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            command=command.name,
            arguments=_written(given),
            key=_new_key(),
            asked=asking,
            form=True,
            made=ctx.now,
        )
    )


def keep(store: Store, draft: Draft, given: Mapping[str, Given]) -> None:
    """Keep what was typed into a form that could not be taken yet."""
    store.save(replace(draft, arguments=_written(given)))


def needs_room(reply: Answer, surface: Splitter) -> bool:
    """Whether this answer needs a draft: a call too long, or parts that do not fit."""
    return bool(long_calls(reply, WRITTEN_LIMIT)) or bool(surface.split(reply)[1])


def make_room(
    store: Store, member: Member, reply: Answer, surface: Splitter, now: Instant
) -> Answer:
    """The answer with long calls kept here, and what does not fit behind a button."""
    kept = {
        write(each): keep_call(store, member, each.command, each.arguments, now)
        for each in long_calls(reply, WRITTEN_LIMIT)
    }
    reply = with_calls(reply, kept) if kept else reply
    head, rest = surface.split(reply)
    if not rest:
        return head
    key = _new_key()
    store.add(
        Draft(
            cohort_id=store.cohort_id,
            member_id=member.id,
            command=KEPT,
            rest=to_json(Answer(rest)),
            key=key,
            made=now,
        )
    )
    more = button("Show more", Call(KEPT, {KEY: key}))
    return answer(*head.parts, Buttons((more,)))


def rest_of(draft: Draft) -> Answer:
    """The parts that did not fit before."""
    return from_json(draft.rest)


def opening(draft: Draft) -> Call:
    """The call of a button that opens a form again, or runs what is kept."""
    return Call(KEPT, {KEY: draft.key})


def keep_call(
    store: Store,
    member: Member,
    command: str,
    given: Mapping[str, Given],
    now: Instant,
    *,
    form: bool = False,
) -> Call:
    """A short call that stands for a long one. ``form``: it opens its form, and is done once."""
    made = store.add(
        Draft(
            cohort_id=store.cohort_id,
            member_id=member.id,
            command=command,
            arguments=_written(given),
            key=_new_key(),
            form=form,
            made=now,
        )
    )
    return opening(made)


def _new_key() -> str:
    return secrets.token_urlsafe(9)

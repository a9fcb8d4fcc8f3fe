"""Brings replies back: in the acknowledgement, through the response_url, in a modal, or by DM."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, assert_never

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.back import Back
from adapters.slack.modal import answer_view, field_errors, form_view, home_view, stays_open
from adapters.slack.posting import FAILURES, asked_to_wait, code_of, post, send_apart
from adapters.slack.render import Apart, Drawn, Pen
from adapters.slack.words import Json
from adapters.slack.workspaces import Workspaces
from bot.dispatch import Said
from bot.forms import continue_button, in_words
from bot.reply import Answer, Form, Note, text

log = structlog.get_logger(__name__)
Ack = Callable[..., Awaitable[Any]]
SHORT_WAIT = 30.0
"""Seconds that somebody who asked may be kept waiting for their answer."""


class Answers:
    """Sends replies where their way back leads."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def acknowledge(self, ack: Ack, back: Back, said: Said | None, zone: str) -> None:
        """A slash command's acknowledgement, which carries the answer itself."""
        if said is None or isinstance(said.reply, Form):
            await ack()
            await self.after(back, said, zone)
            return
        drawn = self._drawn(said.reply, said.cohort, back, zone)
        await ack(**_message(drawn, back))
        await self._apart(back, drawn.apart, zone)

    async def after(self, back: Back, said: Said | None, zone: str) -> None:
        """An answer some time after the acknowledgement; None: it was given before."""
        if said is None:
            return
        if said.undone:
            back = replace(back, replace=False, beside=True)
        match said.reply:
            case Form() as form:
                if not await self._opened(back, form, said.cohort, zone):
                    late = replace(back, trigger_id="", view_id="", replace=False)
                    await self._show(late, continue_button(form), said.cohort, zone)
            case Answer() as answer:
                await self._show(back, answer, said.cohort, zone)
            case _:
                assert_never(said.reply)

    async def home(self, back: Back, said: Said | None, zone: str) -> None:
        """In the home tab; what was shown there stays when nothing could be done."""
        team = await self._workspaces.team(back.team)
        if team is None or said is None or said.undone:
            return
        view = home_view(Pen(said.cohort, zone).draw(in_words(said.reply)))
        try:
            await team.client.views_publish(user_id=back.user, view=view)
        except FAILURES as error:
            log.warning("slack home not shown", error=type(error).__name__)

    async def submitted(
        self, ack: Ack, back: Back, said: Said | None, view: Json, zone: str
    ) -> None:
        """The acknowledgement of a form: errors beside its fields, the next form, or done."""
        reply = said.reply if said else None
        if said is not None and said.undone and (kept := stays_open(reply, view)):
            await ack(response_action="errors", errors=kept)
            return
        if said is None or (isinstance(reply, Answer) and not back.home):
            await ack()
            await self.after(replace(back, view_id=""), said, zone)
            return
        match reply:
            case Form() as form:
                if errors := field_errors(form, view, zone):
                    await ack(response_action="errors", errors=errors)
                else:
                    origin = back.origin(said.cohort, form.command, form.draft)
                    await ack(response_action="update", view=form_view(form, origin, zone))
            case Answer() as answer:
                drawn = self._drawn(answer, said.cohort, back, zone)
                origin = back.origin(said.cohort, "", "")
                await ack(response_action="update", view=answer_view(drawn, origin))
                await self._apart(back, drawn.apart, zone)

    async def _opened(self, back: Back, form: Form, cohort: int, zone: str) -> bool:
        """Whether the form is open now; a trigger lives three seconds and opens one modal."""
        client = await self._client(back)
        origin = back.origin(cohort, form.command, form.draft)
        if client is None:
            return False
        view = form_view(form, origin, zone)
        try:
            if back.view_id:
                await client.views_update(view_id=back.view_id, view=view)
            elif back.trigger_id:
                await client.views_open(trigger_id=back.trigger_id, view=view)
            else:
                return False
        except FAILURES as error:
            log.info("slack form not opened", error=code_of(error))
            return False
        return True

    async def _show(self, back: Back, answer: Answer, cohort: int, zone: str) -> None:
        drawn = self._drawn(answer, cohort, back, zone)
        in_place = (back.home or back.view_id) and await self._in_modal(back, drawn, cohort)
        if not in_place and not await self._by_url(back, drawn):
            await self._by_dm(back, drawn)
        await self._apart(back, drawn.apart, zone)

    def _drawn(self, answer: Answer, cohort: int, back: Back, zone: str) -> Drawn:
        drawn = Pen(cohort, zone).draw(answer)
        if not drawn.apart or back.dm:
            return drawn
        note = Note(text("The rest is in our direct messages, where it stays."))
        return replace(drawn, blocks=[*drawn.blocks, *Pen(cohort, zone).blocks(note)])

    async def _in_modal(self, back: Back, drawn: Drawn, cohort: int) -> bool:
        client = await self._client(back)
        if client is None:
            return False
        view = answer_view(drawn, back.origin(cohort, "", ""))
        try:
            if back.view_id and back.beside:
                await client.views_push(trigger_id=back.trigger_id, view=view)
            elif back.view_id:
                await client.views_update(view_id=back.view_id, view=view)
            elif back.trigger_id:
                await client.views_open(trigger_id=back.trigger_id, view=view)
            else:
                return False
        except FAILURES as error:
            log.info("slack modal not shown", error=code_of(error))
            return False
        return True

    async def _by_url(self, back: Back, drawn: Drawn) -> bool:
        return await self.belated(back.response_url, _message(drawn, back))

    async def belated(self, response_url: str, message: Json) -> bool:
        """Five uses in thirty minutes; after that the DM is left."""
        if not self._workspaces.is_slack(response_url):
            return False
        hook = AsyncWebhookClient(response_url, session=self._workspaces.session, retry_handlers=[])
        try:
            sent = await hook.send_dict(message)
        except FAILURES as error:
            log.info("slack response_url failed", error=code_of(error))
            return False
        if sent.status_code != 200:
            log.info("slack response_url refused", status=sent.status_code, body=sent.body[:80])
        return sent.status_code == 200

    async def _by_dm(self, back: Back, drawn: Drawn) -> None:
        client = await self._client(back)
        if client is not None and (drawn.blocks or not drawn.apart):
            await _attempt(partial(post, client, back.user, drawn.text, drawn.blocks))

    async def _apart(self, back: Back, apart: tuple[Apart, ...], zone: str) -> None:
        client = await self._client(back) if apart else None
        if client is not None:
            dm = await self._workspaces.dm(back.team, back.user)
            for part in apart:
                await _attempt(partial(send_apart, client, dm or back.user, part, zone))

    async def _client(self, back: Back) -> AsyncWebClient | None:
        team = await self._workspaces.team(back.team)
        return team.client if team else None


def _message(drawn: Drawn, back: Back) -> Json:
    kind = "in_channel" if back.dm else "ephemeral"
    return {
        "text": drawn.text,
        "blocks": drawn.blocks,
        "response_type": kind,
        **({"replace_original": True} if back.replace else {}),
    }


async def _attempt(make: Callable[[], Awaitable[Any]]) -> None:
    """A post; once more when Slack asks for a short wait, because then nothing was posted."""
    try:
        await make()
    except FAILURES as error:
        wait = asked_to_wait(error)
        if not 0 < wait <= SHORT_WAIT:
            log.warning("slack message not sent", error=code_of(error))
            return
        await asyncio.sleep(wait)
        with contextlib.suppress(*FAILURES):
            await make()

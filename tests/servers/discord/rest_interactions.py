"""The routes by which an interaction is answered: once, in time, and in a way its kind allows."""

from aiohttp import web

from tests.servers.discord import limits, wire
from tests.servers.discord.check_components import check_modal
from tests.servers.discord.check_messages import EPHEMERAL, LOADING
from tests.servers.discord.errors import (
    ALREADY_ACKNOWLEDGED,
    BAD_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Json,
    Refused,
    spot,
)
from tests.servers.discord.http import WORLD, answer, given, nothing
from tests.servers.discord.posting import BASE, changed, check_body, make, stored
from tests.servers.discord.world import Interaction, Message, World

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5


def _allowed(interaction: Interaction) -> set[int]:
    on_message = {DEFERRED_UPDATE, UPDATE} if interaction.message else set()
    match interaction.kind:
        case 2:
            return {MESSAGE, DEFERRED, MODAL, 12}
        case 3:
            return {MESSAGE, DEFERRED, MODAL, 12} | on_message
        case 4:
            return {CHOICES}
        case _:
            return {MESSAGE, DEFERRED, 12} | on_message


async def callback(request: web.Request) -> web.Response:
    """The first answer."""
    world = request.app[WORLD]
    interaction = world.interactions.get(request.match_info["token"])
    if interaction is None or interaction.id != request.match_info["id"]:
        raise Refused(*UNKNOWN_INTERACTION)
    if interaction.answered is not None:
        raise Refused(*ALREADY_ACKNOWLEDGED)
    waited = world.now() - interaction.born
    if waited > limits.CALLBACK_SECONDS:
        raise Refused(*UNKNOWN_INTERACTION)
    body = given(request).json
    kind = body.get("type")
    if kind not in _allowed(interaction):
        top = spot()
        top.at("type").say(
            "BASE_TYPE_CHOICES", f"Value must be one of {sorted(_allowed(interaction))}."
        )
        top.refuse()
    shown = await _apply(request, world, interaction, kind, body.get("data") or {})
    interaction.answered = kind
    interaction.answered_after = waited
    if kind not in {DEFERRED, DEFERRED_UPDATE}:
        interaction.settled.set()
    world.changed()
    if request.query.get("with_response", "").lower() not in {"1", "true"}:
        return nothing()
    return answer(_callback_answer(request, world, interaction, kind, shown))


async def _apply(
    request: web.Request, world: World, interaction: Interaction, kind: int, data: Json
) -> Message | None:
    if kind == CHOICES:
        _check_choices(data)
        interaction.choices = data.get("choices") or []
        return None
    if kind == MODAL:
        top = spot()
        check_modal(top, data)
        top.refuse("data")
        interaction.modal = data
        return None
    only_for = interaction.by if int(data.get("flags") or 0) & EPHEMERAL else None
    if kind == DEFERRED:
        body = {"flags": int(data.get("flags") or 0) | LOADING}
        interaction.original = Message(
            interaction.channel, world.bot, body, only_for=only_for, interaction=interaction
        )
        world.messages[interaction.original.id] = interaction.original
        return interaction.original
    if kind in {DEFERRED_UPDATE, UPDATE}:
        interaction.original = interaction.message
        if kind == UPDATE and interaction.message:
            await changed(request, interaction.message, data, wrapped_in="data")
        return interaction.message
    body, files = check_body(request, data, wrapped_in="data")
    interaction.original = await make(
        request, interaction.channel, body, files, only_for=only_for, interaction=interaction
    )
    return interaction.original


def _check_choices(data: Json) -> None:
    top = spot()
    choices = data.get("choices")
    if not isinstance(choices, list):
        top.at("choices").say("BASE_TYPE_REQUIRED", "This field is required")
        top.refuse("data")
        return
    top.at("choices").count(choices, limits.AUTOCOMPLETE_CHOICES)
    for index, choice in enumerate(choices):
        here = top.at("choices", index)
        here.text(choice, "name", limits.CHOICE_NAME, 1, needed=True)
        if isinstance(choice.get("value"), str):
            here.text(choice, "value", limits.CHOICE_VALUE, 1, needed=True)
    top.refuse("data")


def _callback_answer(
    request: web.Request,
    world: World,
    interaction: Interaction,
    kind: int,
    shown: Message | None,
) -> Json:
    about: Json = {"id": interaction.id, "type": interaction.kind}
    if shown is None:
        return {"interaction": about, "resource": {"type": kind}}
    about |= {
        "response_message_id": shown.id,
        "response_message_ephemeral": shown.only_for is not None,
        "response_message_loading": kind == DEFERRED,
    }
    resource: Json = {"type": kind}
    if kind in {MESSAGE, UPDATE}:
        resource["message"] = wire.message(world, shown, request.app[BASE]())
    return {"interaction": about, "resource": resource}


def _by_webhook(request: web.Request) -> Interaction:
    world = request.app[WORLD]
    interaction = world.interactions.get(request.match_info["token"])
    if interaction is None or request.match_info["app"] != world.app_id:
        raise Refused(*UNKNOWN_WEBHOOK)
    if world.now() - interaction.born > limits.TOKEN_SECONDS:
        raise Refused(*BAD_TOKEN)
    if interaction.answered is None:
        raise Refused(*UNKNOWN_WEBHOOK)
    return interaction


def _target(request: web.Request) -> tuple[Interaction, Message]:
    interaction = _by_webhook(request)
    which = request.match_info["message"]
    found = interaction.original if which == "@original" else request.app[WORLD].messages.get(which)
    if found is None or found.deleted or found.author is not request.app[WORLD].bot:
        raise Refused(*UNKNOWN_MESSAGE)
    return interaction, found


async def follow_up(request: web.Request) -> web.Response:
    """A further message; the first after a deferral takes the place of the waiting one."""
    interaction = _by_webhook(request)
    data = given(request).json
    waiting = interaction.original
    if interaction.answered == DEFERRED and waiting and waiting.flags & LOADING:
        await changed(request, waiting, data, resolves=True)
        interaction.settled.set()
        return answer(wire.message(request.app[WORLD], waiting, request.app[BASE]()))
    only_for = interaction.by if int(data.get("flags") or 0) & EPHEMERAL else None
    body, files = check_body(request, data)
    made = await make(
        request, interaction.channel, body, files, only_for=only_for, interaction=interaction
    )
    interaction.settled.set()
    return answer(wire.message(request.app[WORLD], made, request.app[BASE]()))


async def edit_answer(request: web.Request) -> web.Response:
    """Change an answer, or put the real one in place of "thinking"."""
    interaction, message = _target(request)
    await changed(request, message, given(request).json, resolves=bool(message.flags & LOADING))
    interaction.settled.set()
    return answer(wire.message(request.app[WORLD], message, request.app[BASE]()))


async def get_answer(request: web.Request) -> web.Response:
    """Read an answer."""
    _, message = _target(request)
    return answer(wire.message(request.app[WORLD], message, request.app[BASE]()))


async def delete_answer(request: web.Request) -> web.Response:
    """Take an answer away."""
    interaction, message = _target(request)
    message.deleted = True
    interaction.settled.set()
    request.app[WORLD].show(message)
    return nothing()


async def attachment(request: web.Request) -> web.Response:
    """A file's content, as from the platform's file host."""
    found = stored(request.app[WORLD], request.match_info["id"])
    return web.Response(body=found.content, content_type=found.content_type.partition(";")[0])


def routes(api: str) -> list[web.RouteDef]:
    """What belongs to interactions."""
    hook = f"{api}/webhooks/{{app}}/{{token}}"
    return [
        web.post(f"{api}/interactions/{{id}}/{{token}}/callback", callback),
        web.post(hook, follow_up),
        web.get(f"{hook}/messages/{{message}}", get_answer),
        web.patch(f"{hook}/messages/{{message}}", edit_answer),
        web.delete(f"{hook}/messages/{{message}}", delete_answer),
        web.get("/attachments/{id}/{filename}", attachment),
    ]

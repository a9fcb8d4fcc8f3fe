"""Web API methods about messages, conversations and people: what each refuses and does."""

import json
from typing import Any

from tests.servers.slack import limits, shapes
from tests.servers.slack.workspace import Channel, Json, Message, SlackError, Workspace


def blocks_in(args: Json) -> list[Json]:
    """The blocks of a call, which may come as JSON text, checked."""
    blocks = args.get("blocks") or []
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError:
            raise SlackError("invalid_blocks_format") from None
    problems = [*shapes.blocks(blocks, "/blocks", limits.MESSAGE_BLOCKS.most)]
    kinds = [(b.get("type"), b.get("element", {}).get("type")) for b in blocks if b]
    if ("input", "file_input") in kinds:
        problems.append(shapes.Problem("/blocks", "file_input is for modals only"))
    if problems:
        words = [str(problem) for problem in problems]
        raise SlackError("invalid_blocks", errors=words, response_metadata={"messages": words})
    if sum(len(b["text"]) for b in blocks if b["type"] == "markdown") > limits.MARKDOWN_TEXT.most:
        raise SlackError("msg_blocks_too_long")
    return blocks


def text_in(args: Json, blocks: list[Json], longest: int) -> str:
    """The text of a call, which something must accompany when it is empty."""
    text = args.get("text") or ""
    if not isinstance(text, str):
        raise SlackError("invalid_arguments")
    if not text and not blocks:
        raise SlackError("no_text")
    if len(text) > longest:
        raise SlackError("msg_too_long")
    return text


def metadata_in(args: Json) -> Json | None:
    """The message metadata of a call."""
    metadata = args.get("metadata")
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            raise SlackError("invalid_metadata_format") from None
    if metadata is None:
        return None
    if set(metadata) - {"event_type", "event_payload", "entities"} or "event_type" not in metadata:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata.get("event_payload", {})).encode()) > limits.METADATA_BYTES.most:
        raise SlackError("metadata_too_large")
    return metadata


def channel_in(space: Workspace, args: Json, name: str = "channel") -> Channel:
    """The conversation of a call; a person's id stands for the DM with them."""
    given = args.get(name)
    if not given:
        raise SlackError("invalid_arguments")
    if given in space.accounts:
        return space.conversation_of(given, space.bot.id)
    return space.channel(given)


def may_post(space: Workspace, channel: Channel) -> None:
    """The app posts only where it is a member."""
    if channel.archived:
        raise SlackError("is_archived")
    if space.bot.id not in channel.members:
        hidden = channel.kind != "channel"
        raise SlackError("channel_not_found" if hidden else "not_in_channel")
    for user in channel.members:
        if channel.kind == "im" and space.account(user).deleted:
            raise SlackError("account_inactive")


def post_message(space: Workspace, args: Json) -> Json:
    """chat.postMessage"""
    channel = channel_in(space, args)
    may_post(space, channel)
    blocks = blocks_in(args)
    text = text_in(args, blocks, limits.MESSAGE_TEXT.most)
    metadata = metadata_in(args)
    posted = space.post(channel, space.bot.id, text, blocks)
    posted.metadata = metadata
    return {"channel": channel.id, "ts": posted.ts, "message": posted.as_json()}


def post_ephemeral(space: Workspace, args: Json) -> Json:
    """chat.postEphemeral"""
    channel = channel_in(space, args)
    if channel.kind == "im":
        raise SlackError("channel_not_found")
    may_post(space, channel)
    if args.get("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    blocks = blocks_in(args)
    posted = space.post(
        channel, space.bot.id, text_in(args, blocks, limits.MESSAGE_TEXT.most), blocks
    )
    posted.private_to = args["user"]
    return {"message_ts": posted.ts}


def own_message(space: Workspace, args: Json, refusal: str) -> Message:
    """A lasting message of the app's own; ephemeral ones cannot be found by their ts."""
    channel = channel_in(space, args)
    message = space.message(channel, str(args.get("ts", "")))
    if message is None or message.private_to is not None:
        raise SlackError("message_not_found")
    if message.author != space.bot.id:
        raise SlackError(refusal)
    return message


def update(space: Workspace, args: Json) -> Json:
    """chat.update"""
    message = own_message(space, args, "cant_update_message")
    blocks = blocks_in(args)
    space.rewrite(message, text_in(args, blocks, limits.UPDATE_TEXT.most), blocks)
    return {
        "channel": message.channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_json(),
    }


def delete(space: Workspace, args: Json) -> Json:
    """chat.delete"""
    message = own_message(space, args, "cant_delete_message")
    message.deleted = True
    return {"channel": message.channel.id, "ts": message.ts}


def open_conversation(space: Workspace, args: Json) -> Json:
    """conversations.open"""
    users = args.get("users") or ""
    people = [u for u in (users.split(",") if isinstance(users, str) else users) if u]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > limits.GROUP_DM_PEOPLE.most:
        raise SlackError("too_many_users")
    for user in people:
        if space.account(user).deleted:
            raise SlackError("user_disabled")
    channel = space.conversation_of(space.bot.id, *people)
    return {"no_op": False, "already_open": False, "channel": describe(space, channel)}


def join(space: Workspace, args: Json) -> Json:
    """conversations.join: the app goes into a public channel; already being there is a warning."""
    channel = channel_in(space, args)
    if channel.kind != "channel":
        seen = space.bot.id in channel.members
        raise SlackError("method_not_supported_for_channel_type" if seen else "channel_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    there = space.bot.id in channel.members
    channel.members.add(space.bot.id)
    warning = {"warning": "already_in_channel"} if there else {}
    return {"channel": describe(space, channel), **warning}


def describe(space: Workspace, channel: Channel) -> Json:
    """A conversation as Slack shows it."""
    shown: Json = {
        "id": channel.id,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_channel": channel.kind == "channel",
        "is_private": channel.kind != "channel",
        "is_archived": channel.archived,
        "is_member": space.bot.id in channel.members,
    }
    if channel.kind == "im":
        others = channel.members - {space.bot.id}
        return {**shown, "user": next(iter(others), space.bot.id)}
    return {**shown, "name": channel.name, "num_members": len(channel.members)}


def conversation_info(space: Workspace, args: Json) -> Json:
    """conversations.info"""
    channel = channel_in(space, args)
    if channel.kind != "channel" and space.bot.id not in channel.members:
        raise SlackError("channel_not_found")
    return {"channel": describe(space, channel)}


def members(space: Workspace, args: Json) -> Json:
    """conversations.members"""
    channel = channel_in(space, args)
    if channel.kind != "channel" and space.bot.id not in channel.members:
        raise SlackError("channel_not_found")
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def history(space: Workspace, args: Json) -> Json:
    """conversations.history"""
    channel = channel_in(space, args)
    if space.bot.id not in channel.members:
        raise SlackError("channel_not_found" if channel.kind != "channel" else "not_in_channel")
    oldest = float(args.get("oldest") or 0)
    latest = float(args.get("latest") or 1e12)
    with_metadata = str(args.get("include_all_metadata")).lower() in {"true", "1"}
    found = [
        message
        for message in space.messages
        if message.channel is channel
        and message.private_to is None
        and not message.deleted
        and oldest <= float(message.ts) <= latest
        and message.at <= space.shows_until
    ]
    newest = found[::-1][: int(args.get("limit") or 100)]
    shown = [
        {**m.as_json(), **({"metadata": m.metadata} if with_metadata and m.metadata else {})}
        for m in newest
    ]
    return {"messages": shown, "has_more": len(newest) < len(found)}


def user_info(space: Workspace, args: Json) -> Json:
    """users.info"""
    account = space.account(str(args.get("user", "")))
    profile = {
        "real_name": account.name,
        "display_name": account.name,
        "status_text": "",
        "status_emoji": account.status_emoji,
        "status_expiration": account.status_expiration,
        "team": space.team,
    }
    user: dict[str, Any] = {
        "id": account.id,
        "team_id": space.team,
        "name": account.username,
        "real_name": account.name,
        "deleted": account.deleted,
        "tz": account.tz,
        "tz_label": account.tz,
        "profile": profile,
        "is_admin": account.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": account.bot,
        "is_app_user": False,
        "updated": 1,
    }
    return {"user": user}


def auth_test(space: Workspace, args: Json) -> Json:
    """auth.test"""
    return {
        "url": f"http://{space.domain}.invalid/",
        "team": space.name,
        "user": space.bot.username,
        "team_id": space.team,
        "user_id": space.bot.id,
        "bot_id": space.bot_id,
        "is_enterprise_install": False,
    }


METHODS = {
    "api.test": lambda space, args: {},
    "auth.test": auth_test,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
    "conversations.history": history,
    "conversations.info": conversation_info,
    "conversations.join": join,
    "conversations.members": members,
    "conversations.open": open_conversation,
    "users.info": user_info,
}

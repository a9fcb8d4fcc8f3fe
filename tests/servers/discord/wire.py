"""The stand-in's state as the JSON objects that Discord sends."""

from datetime import UTC, datetime

from tests.servers.discord import limits
from tests.servers.discord.check_messages import pinged
from tests.servers.discord.errors import Json
from tests.servers.discord.world import (
    DM_CHANNEL,
    PRIVATE_THREAD,
    Account,
    Channel,
    Interaction,
    Message,
    StoredFile,
    World,
)

JOINED = "2026-01-05T09:00:00.000000+00:00"
EVERYONE_PERMISSIONS = "2248473465835073"


def stamp(seconds: float) -> str:
    """A time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def user(account: Account) -> Json:
    """A user object."""
    return {
        "id": account.id,
        "username": account.name.lower().replace(" ", "_")[:32] or "user",
        "discriminator": "0",
        "global_name": account.name,
        "avatar": None,
        "public_flags": 0,
    } | ({"bot": True} if account.bot else {})


def member(account: Account, *, with_user: bool = True) -> Json:
    """A guild member object."""
    body: Json = {
        "nick": None,
        "roles": [],
        "joined_at": JOINED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "avatar": None,
        "communication_disabled_until": None,
    }
    return body | {"user": user(account)} if with_user else body


def channel(world: World, of: Channel) -> Json:
    """A channel object."""
    if of.kind == DM_CHANNEL and of.recipient:
        return {
            "id": of.id,
            "type": DM_CHANNEL,
            "last_message_id": of.last_message,
            "recipients": [user(of.recipient)],
            "flags": 0,
        }
    body: Json = {
        "id": of.id,
        "type": of.kind,
        "guild_id": world.guild_id,
        "name": of.name,
        "position": 0,
        "permission_overwrites": [],
        "parent_id": of.parent.id if of.parent else None,
        "last_message_id": of.last_message,
        "nsfw": False,
        "topic": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    if of.is_thread:
        for key in ("position", "permission_overwrites", "nsfw", "topic"):
            del body[key]
        body["owner_id"] = world.app_id
        body["message_count"] = body["member_count"] = max(len(of.people), 1)
        body["thread_metadata"] = {
            "archived": of.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": JOINED,
            "locked": False,
        }
        if of.kind == PRIVATE_THREAD:
            body["thread_metadata"]["invitable"] = False
    return body


def attachment(world: World, of: StoredFile, base: str) -> Json:
    """An attachment object; its address is served by the stand-in."""
    url = f"{base}/attachments/{of.id}/{of.filename}"
    body: Json = {
        "id": of.id,
        "filename": of.filename,
        "size": len(of.content),
        "url": url,
        "proxy_url": url,
        "content_type": of.content_type,
    }
    return body | ({"description": of.description} if of.description else {})


def texts_of(components: list[Json]) -> list[str]:
    """What the text displays among the components say, in order."""
    found: list[str] = []
    for component in components:
        if component.get("type") == 10:
            found.append(str(component.get("content") or ""))
        found += texts_of(component.get("components") or [])
        if inside := component.get("component"):
            found += texts_of([inside])
    return found


def message(world: World, of: Message, base: str) -> Json:
    """A message object."""
    body = of.body
    texts = [str(body.get("content") or ""), *texts_of(body.get("components") or [])]
    named, everyone = pinged(body, texts)
    known = [world.accounts[one] for one in dict.fromkeys(named) if one in world.accounts]
    made: Json = {
        "id": of.id,
        "type": 20 if of.interaction and of.interaction.kind == 2 else 0,
        "channel_id": of.channel.id,
        "author": user(of.author),
        "content": body.get("content") or "",
        "timestamp": stamp(of.born),
        "edited_timestamp": stamp(of.born) if of.edited else None,
        "tts": False,
        "mention_everyone": everyone,
        "mentions": [user(account) for account in known],
        "mention_roles": [],
        "attachments": [attachment(world, file, base) for file in of.files],
        "embeds": body.get("embeds") or [],
        "components": numbered(body.get("components") or []),
        "pinned": False,
        "flags": of.flags,
    }
    if body.get("nonce") is not None:
        made["nonce"] = body["nonce"]
    if of.interaction:
        made |= {"application_id": world.app_id, "webhook_id": world.app_id}
        made["interaction_metadata"] = metadata(world, of.interaction)
    return made


def metadata(world: World, of: Interaction) -> Json:
    """Which interaction a message answers."""
    body: Json = {
        "id": of.id,
        "type": of.kind,
        "user": user(of.by),
        "authorizing_integration_owners": owners(world, of.channel),
    }
    if of.kind == 3 and of.message:
        body["interacted_message_id"] = of.message.id
    if of.kind == 5:
        body["triggering_interaction_metadata"] = {
            "id": of.id,
            "type": 2,
            "user": user(of.by),
            "authorizing_integration_owners": owners(world, of.channel),
        }
    return body


def numbered(components: list[Json]) -> list[Json]:
    """Components with the ids that Discord adds."""
    number = 0

    def add(component: Json) -> Json:
        nonlocal number
        number += 1
        made = {"id": number, **component}
        for key in ("components", "accessory", "component"):
            inside = component.get(key)
            if isinstance(inside, list):
                made[key] = [add(one) for one in inside]
            elif isinstance(inside, dict):
                made[key] = add(inside)
        return made

    return [add(component) for component in components]


def owners(world: World, where: Channel) -> Json:
    """By which installation an interaction is allowed."""
    return {"0": "0" if where.is_dm else world.guild_id}


def interaction(world: World, of: Interaction, base: str) -> Json:
    """An interaction as the gateway dispatches it."""
    body: Json = {
        "id": of.id,
        "application_id": world.app_id,
        "type": of.kind,
        "data": of.data,
        "channel": channel(world, of.channel),
        "channel_id": of.channel.id,
        "token": of.token,
        "version": 1,
        "app_permissions": str(world.bot_may),
        "locale": of.by.locale,
        "entitlements": [],
        "authorizing_integration_owners": owners(world, of.channel),
        "context": 1 if of.channel.is_dm else 0,
        "attachment_size_limit": limits.FILE_BYTES,
    }
    if of.channel.is_dm:
        body["user"] = user(of.by)
    else:
        body["guild_id"] = world.guild_id
        body["guild"] = {"id": world.guild_id, "locale": world.guild_locale, "features": []}
        body["guild_locale"] = world.guild_locale
        body["member"] = member(of.by) | {"permissions": of.by.permissions}
    if of.message:
        body["message"] = message(world, of.message, base)
    return body


def ready(world: World, session_id: str, gateway: str) -> Json:
    """The READY event."""
    return {
        "v": 10,
        "user": user(world.bot),
        "guilds": [{"id": world.guild_id, "unavailable": True}],
        "session_id": session_id,
        "resume_gateway_url": gateway,
        "shard": [0, 1],
        "application": {"id": world.app_id, "flags": 0, "flags_new": "0"},
    }


def guild(world: World) -> Json:
    """The GUILD_CREATE event."""
    role = {
        "id": world.guild_id,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": EVERYONE_PERMISSIONS,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    nothing = (
        "afk_channel_id application_id banner description discovery_splash hub_type icon "
        "incidents_data public_updates_channel_id rules_channel_id safety_alerts_channel_id splash "
        "system_channel_id vanity_url_code"
    )
    empty = (
        "emojis features guild_scheduled_events presences soundboard_sounds stage_instances "
        "stickers threads voice_states"
    )
    zero = (
        "default_message_notifications explicit_content_filter mfa_level nsfw_level premium_tier "
        "system_channel_flags verification_level"
    )
    in_guild = [channel for channel in world.channels.values() if not channel.is_dm]
    return {
        **dict.fromkeys(nothing.split()),
        **{key: [] for key in empty.split()},
        **dict.fromkeys(zero.split(), 0),
        "id": world.guild_id,
        "name": world.guild_name,
        "owner_id": world.owner.id,
        "afk_timeout": 300,
        "preferred_locale": world.guild_locale,
        "premium_progress_bar_enabled": False,
        "joined_at": JOINED,
        "large": False,
        "member_count": sum(1 for account in world.accounts.values() if account.in_guild),
        "members": [member(world.bot)],
        "roles": [role],
        "channels": [channel(world, one) for one in in_guild],
    }

"""What Slack sends to an app: slash commands, interactions and events, in Slack's own shapes."""

import html
import re
import secrets
from typing import Any

from tests.servers.slack import views_api
from tests.servers.slack.reading import Control
from tests.servers.slack.workspace import Account, Channel, Json, Message, View, Workspace

APP_ID = "A1"
TOKEN = "verification-token"


def _team(space: Workspace) -> Json:
    return {"id": space.team, "domain": space.domain}


def _user(space: Workspace, person: Account) -> Json:
    return {
        "id": person.id,
        "username": person.username,
        "name": person.username,
        "team_id": space.team,
    }


def _channel_name(channel: Channel) -> str:
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def escaped(text: str) -> str:
    """How typed characters reach an app: the three that are markup become entities."""
    return html.escape(text, quote=False)


def written(space: Workspace, text: str) -> str:
    """How a typed message reaches an app: links, addresses and mentions are angled."""
    shown = escaped(text)
    shown = re.sub(r"(https?://[^\s&]+)", r"<\1>", shown)
    shown = re.sub(r"(?<![\w/:.<])([\w.+-]+@[\w-]+\.[\w.]+)", r"<mailto:\1|\1>", shown)
    for account in space.accounts.values():
        shown = shown.replace(f"@{account.name}", f"<@{account.id}>")
    return shown


def _common(space: Workspace, kind: str, person: Account, trigger: str | None = None) -> Json:
    body: Json = {
        "type": kind,
        "team": _team(space),
        "user": _user(space, person),
        "api_app_id": APP_ID,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return body | ({"trigger_id": trigger} if trigger else {})


def slash_command(
    space: Workspace, person: Account, channel: Channel, command: str, text: str, url: str
) -> Json:
    """A typed slash command."""
    return {
        "token": TOKEN,
        "team_id": space.team,
        "team_domain": space.domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": person.id,
        "user_name": person.username,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": space.new_trigger(person.id).id,
    }


def container_of(space: Workspace, where: Message | View, url: str) -> Json:
    """The part of block_actions that says where the element stands."""
    if isinstance(where, View):
        view = views_api.as_json(space, where)
        return {"container": {"type": "view", "view_id": where.id}, "view": view}
    private = where.private_to is not None
    found: Json = {
        "container": {
            "type": "message",
            "message_ts": where.ts,
            "channel_id": where.channel.id,
            "is_ephemeral": private,
        },
        "channel": {"id": where.channel.id, "name": _channel_name(where.channel)},
        "response_url": url,
    }
    return found if private else {**found, "message": where.as_json()}


def block_actions(
    space: Workspace,
    person: Account,
    where: Message | View,
    control: Control,
    value: Json,
    url: str,
) -> Json:
    """A pressed button or a picked option."""
    modal = where if isinstance(where, View) and where.content["type"] == "modal" else None
    trigger = space.new_trigger(person.id, modal.id if modal else None)
    element = control.element
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": control.block["block_id"],
        "action_ts": f"{space.clock():.6f}",
        **({"text": element["text"]} if "text" in element else {}),
        **({"value": element["value"]} if "value" in element else {}),
        **({"placeholder": element["placeholder"]} if "placeholder" in element else {}),
        **value,
    }
    body = _common(space, "block_actions", person, trigger.id)
    state = where.state if isinstance(where, View) else {}
    return {
        **body,
        **container_of(space, where, url),
        "state": {"values": state},
        "actions": [action],
    }


def block_suggestion(
    space: Workspace, person: Account, where: Message | View, control: Control, typed: str
) -> Json:
    """Words typed into an external select."""
    place = container_of(space, where, "")
    place.pop("response_url", None)
    return {
        **_common(space, "block_suggestion", person),
        **place,
        "action_id": control.element["action_id"],
        "block_id": control.block["block_id"],
        "value": typed,
    }


def view_submission(space: Workspace, person: Account, view: View) -> Json:
    """A submitted modal."""
    trigger = space.new_trigger(person.id, view.id)
    return {
        **_common(space, "view_submission", person, trigger.id),
        "view": views_api.as_json(space, view),
        "response_urls": [],
    }


def view_closed(space: Workspace, person: Account, view: View) -> Json:
    """A modal closed without submitting."""
    shown = views_api.as_json(space, view)
    return {**_common(space, "view_closed", person), "view": shown, "is_cleared": False}


def shortcut(space: Workspace, person: Account, callback_id: str) -> Json:
    """A global shortcut."""
    body = _common(space, "shortcut", person, space.new_trigger(person.id).id)
    del body["api_app_id"], body["user"]["name"]
    return {**body, "callback_id": callback_id, "action_ts": f"{space.clock():.6f}"}


def message_action(
    space: Workspace, person: Account, message: Message, callback_id: str, url: str
) -> Json:
    """A shortcut from a message's menu."""
    return {
        **_common(space, "message_action", person, space.new_trigger(person.id).id),
        "callback_id": callback_id,
        "action_ts": f"{space.clock():.6f}",
        "channel": {"id": message.channel.id, "name": _channel_name(message.channel)},
        "message_ts": message.ts,
        "message": message.as_json(),
        "response_url": url,
    }


def event(space: Workspace, inner: Json) -> Json:
    """An Events API body around one event."""
    stamp = f"{space.clock():.6f}"
    return {
        "token": TOKEN,
        "team_id": space.team,
        "api_app_id": APP_ID,
        "event": {**inner, "event_ts": inner.get("event_ts", stamp)},
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(space.clock()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": space.team,
                "user_id": space.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": secrets.token_hex(8),
    }


def said(space: Workspace, message: Message) -> Json:
    """The message event of something a person wrote."""
    kinds = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}
    inner: dict[str, Any] = {
        "client_msg_id": secrets.token_hex(16),
        "type": "message",
        "text": message.text,
        "user": message.author,
        "ts": message.ts,
        "team": space.team,
        "channel": message.channel.id,
        "event_ts": message.ts,
        "channel_type": kinds[message.channel.kind],
    }
    if message.files:
        inner |= {"subtype": "file_share", "files": message.files, "upload": False}
    return event(space, inner)


def home_opened(space: Workspace, person: Account, tab: str) -> Json:
    """The app_home_opened event."""
    dm = space.conversation_of(person.id, space.bot.id)
    inner: Json = {"type": "app_home_opened", "user": person.id, "channel": dm.id, "tab": tab}
    if tab == "home" and person.id in space.homes:
        inner["view"] = views_api.as_json(space, space.homes[person.id])
    return event(space, inner)

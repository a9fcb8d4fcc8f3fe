"""The app's manifest, made from the registry, and each scope with the reason it is asked for."""

from adapters.slack.parse import MENU, OPEN_MENU, SAVE_CONTACT
from adapters.slack.words import Json
from bot.command import Command, Registry

SCOPES: dict[str, str] = {
    "channels:join": "join the public channel that an organiser chose for the class",
    "chat:write": "send reminders and drafts to members by direct message",
    "commands": "slash commands, and the shortcuts that open the menu or save a contact",
    "files:read": "read the alumni file or the contacts that a member attaches",
    "files:write": "hand a member their export, calendar files and pictures",
    "im:history": "hear plain words in the direct message; see whether a reminder arrived",
    "im:write": "open the direct message that files are handed over in",
    "mpim:write": "open the group message of two or three members who both said yes",
    "users:read": "show times in each member's zone, know names and who is an admin, "
    "wait while a holiday's 🌴 is in their status",
}
EVENTS = ["app_home_opened", "app_uninstalled", "message.im", "tokens_revoked"]
IN_USAGE_HINT, IN_DESCRIPTION, IN_COMMAND = 1000, 2000, 32


def manifest(registry: Registry, public_url: str = "") -> Json:
    """The manifest; with a public address it uses HTTP, without one Socket Mode."""
    events = f"{public_url.rstrip('/')}/slack/events" if public_url else ""
    request = {"request_url": events} if events else {}
    redirect = {"redirect_urls": [f"{public_url.rstrip('/')}/slack/oauth_redirect"]}
    menu_options = {"message_menu_options_url": events} if events else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Snowball",
            "description": "Helps a class meet people whose work interests them.",
            "background_color": "#1f4e79",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Snowball", "always_online": True},
            "shortcuts": [
                _shortcut("Open Snowball", "global", OPEN_MENU, "Today, the menu and help."),
                _shortcut("Save as contact", "message", SAVE_CONTACT, "Keep who wrote this."),
            ],
            "slash_commands": [
                {**_slash(family, verbs), **({"url": events} if events else {})}
                for family, verbs in sorted(registry.families().items())
            ],
        },
        "oauth_config": {
            **(redirect if public_url else {}),
            "scopes": {"bot": sorted(SCOPES)},
        },
        "settings": {
            "event_subscriptions": {**request, "bot_events": EVENTS},
            "interactivity": {"is_enabled": True, **request, **menu_options},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not events,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(name: str, kind: str, callback: str, about: str) -> Json:
    return {"name": name, "type": kind, "callback_id": callback, "description": about}


def _slash(family: str, verbs: list[Command]) -> Json:
    """One slash command a family; mentions are escaped so that a member is known by id."""
    about = verbs[0].about if len(verbs) == 1 else "; ".join(_line(each) for each in verbs)
    hint = "[any words]" if family == MENU else " | ".join(filter(None, (v.verb for v in verbs)))
    return {
        "command": f"/{family}"[:IN_COMMAND],
        "description": about[:IN_DESCRIPTION],
        "usage_hint": hint[:IN_USAGE_HINT] or "[any words]",
        "should_escape": True,
    }


def _line(command: Command) -> str:
    return f"{command.verb}: {command.about.rstrip('.')}" if command.verb else command.about

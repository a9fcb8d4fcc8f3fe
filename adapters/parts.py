"""What one process does: everything, or with ``--only`` a part of it beside other processes."""

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


class Part(StrEnum):
    """What can be a process of its own."""

    WEB = "web"
    SLACK = "slack"
    DISCORD = "discord"
    DELIVERY = "delivery"


EVERYTHING = frozenset(Part)


def refusals(settings: "Settings", only: Collection[Part]) -> list[str]:
    """Why these parts cannot be processes of their own, each with what to do."""
    found: list[str] = []
    if settings.url().startswith("sqlite"):
        found.append(
            "--only is for several processes, and SQLite belongs to one. Set "
            "DATABASE_URL=postgresql://user:password@host/name, or leave --only out."
        )
    if Part.SLACK in only and not settings.slack:
        found.append("--only slack needs Slack's tokens: docs/running/slack.md.")
    if Part.DISCORD in only and not settings.discord:
        found.append("--only discord needs DISCORD_TOKEN: docs/running/discord.md.")
    if Part.DELIVERY in only and not (settings.slack or settings.discord):
        found.append("--only delivery sends by Slack and Discord: it needs the tokens of one.")
    return found


def remarks(settings: "Settings", only: Collection[Part]) -> list[str]:
    """What an operator of several processes should know at the start."""
    found: list[str] = []
    signing = settings.slack_signing_secret.get_secret_value()
    if Part.SLACK in only and not settings.slack_app_token.get_secret_value():
        found.append(
            "No SLACK_APP_TOKEN, so no Socket Mode: this process serves Slack over HTTP only, at "
            "/slack/events, as a web process does."
        )
    if Part.WEB in only and settings.slack and not signing:
        found.append("No SLACK_SIGNING_SECRET: Slack is left to the process with --only slack.")
    if not settings.public_url:
        found.append("No SNOWBALL_URL: links to web pages are left out of messages.")
    if not settings.secret_keys.get_secret_value():
        found.append(
            f"The key is {settings.data / 'secret.key'}. Every process needs the same one: on "
            "another machine, set SNOWBALL_SECRET_KEYS to what the file holds."
        )
    return found

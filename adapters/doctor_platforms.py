"""Whether Slack and Discord answer, and whether the app there is as it should be: for the doctor.

Questions only, each with a short patience; no token and no name is ever part of an answer.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.command import registry
from bot.settings import Settings

PATIENCE = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. ``to_do``: how to mend it; "" when all is well."""

    about: str
    said: str
    to_do: str = ""


async def look_at_platforms(settings: Settings, teams: Sequence[tuple[str, str]]) -> list[Finding]:
    """``teams``: the workspaces that installed the app themselves, with their tokens."""
    found: list[Finding] = []
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        if settings.slack:
            found += [each async for each in _slack(session, settings, teams)]
        if settings.discord:
            found += [each async for each in _discord(session, settings)]
    return found


async def _slack(
    session: aiohttp.ClientSession, settings: Settings, teams: Sequence[tuple[str, str]]
) -> AsyncIterator[Finding]:
    own = settings.slack_bot_token.get_secret_value()
    tokens = [("SLACK_BOT_TOKEN", own)] if own else []
    for name, token in [*tokens, *((f"team {team}", token) for team, token in teams)]:
        yield await _slack_token(session, settings.slack_api_url, name, token)
    if app := settings.slack_app_token.get_secret_value():
        answered = await _asked_slack(session, settings.slack_api_url, "apps.connections.open", app)
        said = answered if isinstance(answered, str) else str(answered[0].get("error", ""))
        yield Finding(
            "Slack, SLACK_APP_TOKEN",
            f"refused ({said})" if said else "Socket Mode can connect",
            _SLACK_TOKEN if said else "",
        )


_SLACK_TOKEN = "Copy the token anew from the app's page; docs/running/slack.md says where it is."  # noqa: S105
_SLACK_AWAY = "See whether this machine reaches Slack, and SLACK_API_URL."
_DISCORD_AWAY = "See whether this machine reaches Discord, and DISCORD_API_URL."


async def _slack_token(session: aiohttp.ClientSession, url: str, name: str, token: str) -> Finding:
    from adapters.slack.manifest import SCOPES  # noqa: PLC0415 - only where there is a Slack

    about = f"Slack, {name}"
    answered = await _asked_slack(session, url, "auth.test", token)
    if isinstance(answered, str):
        return Finding(about, f"not reached ({answered})", _SLACK_AWAY)
    told, scopes = answered
    if not told.get("ok"):
        return Finding(about, f"refused ({told.get('error', 'no reason')})", _SLACK_TOKEN)
    if scopes is None:
        return Finding(about, "answers; it does not say which scopes were granted")
    missing = sorted(SCOPES.keys() - scopes)
    if missing:
        return Finding(
            about,
            f"answers, but these scopes are missing: {', '.join(missing)}",
            "Paste the manifest of `snowball manifest slack` into the app's page, and install the "
            "app to the workspace again.",
        )
    return Finding(about, "answers, with every scope of the manifest")


async def _asked_slack(
    session: aiohttp.ClientSession, url: str, method: str, token: str
) -> tuple[dict[str, Any], set[str] | None] | str:
    """What Slack said with the scopes of the token; or why there was no answer."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        async with session.post(f"{url.rstrip('/')}/{method}", headers=headers) as response:
            granted = response.headers.get("x-oauth-scopes")
            scopes = None if granted is None else {each.strip() for each in granted.split(",")}
            told = await response.json(content_type=None)
            return (told if isinstance(told, dict) else {}), scopes
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return type(error).__name__


async def _discord(session: aiohttp.ClientSession, settings: Settings) -> AsyncIterator[Finding]:
    token = settings.discord_token.get_secret_value()
    url = settings.discord_api_url.rstrip("/")
    status, me = await _asked_discord(session, f"{url}/users/@me", token)
    if status == 401:
        yield Finding(
            "Discord, DISCORD_TOKEN", "refused", "Copy it anew from the application's Bot page."
        )
        return
    if status != 200:
        said = me if isinstance(me, str) else f"status {status}"
        yield Finding("Discord, DISCORD_TOKEN", f"not reached ({said})", _DISCORD_AWAY)
        return
    yield Finding("Discord, DISCORD_TOKEN", "answers")
    app = settings.discord_application_id
    if not app:
        _, told = await _asked_discord(session, f"{url}/applications/@me", token)
        app = str(told.get("id", "")) if isinstance(told, dict) else ""
    status, there = await _asked_discord(session, f"{url}/applications/{app}/commands", token)
    yield _registered(there if status == 200 and isinstance(there, list) else None)


def _registered(there: Iterable[Any] | None) -> Finding:
    from adapters.discord.commands import application_commands  # noqa: PLC0415

    about, sync = "Discord, commands", "Run `snowball sync discord`."
    if there is None:
        return Finding(about, "could not be asked for", "See whether DISCORD_APPLICATION_ID fits.")
    wanted = {(each.get("type", 1), each["name"]) for each in application_commands(registry())}
    found = {(each.get("type", 1), each.get("name")) for each in there}
    if not found:
        return Finding(about, "none is registered", sync)
    if found != wanted:
        return Finding(
            about,
            f"not as this version has them: {len(wanted - found)} missing, "
            f"{len(found - wanted)} old",
            sync,
        )
    return Finding(about, f"{len(found)} registered")


async def _asked_discord(session: aiohttp.ClientSession, url: str, token: str) -> tuple[int, Any]:
    """The status and what was said; 0 and why, where nothing was."""
    try:
        async with session.get(url, headers={"Authorization": f"Bot {token}"}) as response:
            return response.status, await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return 0, type(error).__name__

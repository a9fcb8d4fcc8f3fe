"""What Slack sends, as invocations. Pure: payload and profile in, invocation and way back out."""

import re
from collections.abc import Mapping
from dataclasses import replace

from adapters.slack.back import Back, Profile
from adapters.slack.modal import read_origin
from adapters.slack.render import IN_OPTION, PICKED
from adapters.slack.words import Json, whole
from bot.command import Registry
from bot.invocation import Actor, Given, Invocation, Place, Press, read, read_id
from bot.reply import Choice

SURFACE = "slack"
MENU = "snowball"
"""The command that plain words, the home tab and unknown verbs go to."""
SAVE_CONTACT = "save_contact"
OPEN_MENU = "open_menu"
GROUP, ONLY_SOME = "mpdm", "Only some of the class read this. Type it in your class’s channel."
_ANGLED = re.compile(r"<([^<>|\n]+)(?:\|([^<>\n]*))?>")


def actor(team: str, user: str, profile: Profile) -> Actor:
    """Who acts."""
    return Actor(SURFACE, team, user, profile.name or user, profile.zone, profile.admin)


def team_of(body: Json) -> str:
    """The workspace that an interaction came from; an organisation's install names it elsewhere."""
    return (body.get("team") or {}).get("id") or body["user"].get("team_id") or ""


def unescaped(words: str) -> str:
    """Typed words without Slack's entities: mentions by id, links and addresses as typed."""

    def shown(found: re.Match[str]) -> str:
        inside, label = found.group(1), found.group(2) or ""
        if inside.startswith("@"):
            return inside
        if inside.startswith("#"):
            return f"#{label or inside[1:]}"
        if inside.startswith("!"):
            return f"@{inside[1:].partition('^')[0]}"
        return inside.removeprefix("mailto:") if inside.startswith("mailto:") else inside

    plain = _ANGLED.sub(shown, whole(words))
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def slash_back(body: Json, *, dm: bool) -> Back:
    """Where a slash command is answered."""
    return Back(
        body["team_id"],
        body["user_id"],
        body.get("channel_id", ""),
        body.get("response_url", ""),
        body.get("trigger_id", ""),
        dm=dm,
    )


def slash(body: Json, back: Back, profile: Profile, registry: Registry) -> Invocation:
    """A typed command. ``/snowball`` runs every command, because other apps may own a name."""
    words = unescaped(body.get("text") or "")
    family = body.get("command", "").removeprefix("/")
    said = words if family == MENU else f"{family} {words}"
    made = _typed(said, back, profile, registry, key=f"trigger:{back.trigger_id}")
    if not (body.get("channel_name") or "").startswith(GROUP):
        return made
    return replace(made, place=replace(made.place, barred=ONLY_SOME))


def _typed(said: str, back: Back, profile: Profile, registry: Registry, key: str) -> Invocation:
    command, rest = registry.match(said)
    return Invocation(
        command.name if command else MENU,
        actor(back.team, back.user, profile),
        Place(back.channel, private=back.dm),
        key,
        typed=rest if command else said.strip(),
    )


def action_back(body: Json) -> Back:
    """Where a press is answered. A public message is never replaced by a private answer."""
    container = body.get("container", {})
    view = body.get("view") or {}
    channel = (body.get("channel") or {}).get("id", "")
    ephemeral = bool(container.get("is_ephemeral"))
    dm = channel.startswith("D") and not ephemeral
    kept = read_origin(view.get("private_metadata", ""))
    modal = view.get("type") == "modal"
    return Back(
        team_of(body),
        body["user"]["id"],
        channel or kept.channel,
        body.get("response_url") or kept.response_url,
        body.get("trigger_id", ""),
        dm=dm or (modal and kept.dm),
        replace=(dm or ephemeral) and pressed(body).replaces,
        view_id=view.get("id", "") if modal else "",
        home=view.get("type") == "home",
    )


def pressed(body: Json) -> Press:
    """What the pressed button or the picked option says."""
    action = body["actions"][0]
    press = read_id(action.get("action_id", ""))
    picked = action.get("selected_option") or {}
    if press.call.command == PICKED and press.cohort is not None:
        return replace(press, call=read(picked.get("value", "")))
    return press


def action(body: Json, back: Back, profile: Profile) -> Invocation:
    """A pressed button or a picked option."""
    press = pressed(body)
    return Invocation(
        press.call.command,
        actor(back.team, back.user, profile),
        Place(back.channel, private=back.dm or back.home),
        f"trigger:{back.trigger_id}",
        press.call.arguments,
        cohort=press.cohort,
        how="pressed",
    )


def submission_back(body: Json) -> Back:
    """Where a submitted form is answered: where it was opened from."""
    view = body["view"]
    kept = read_origin(view.get("private_metadata", ""))
    return Back(
        team_of(body),
        body["user"]["id"],
        kept.channel,
        kept.response_url,
        body.get("trigger_id", ""),
        dm=kept.dm,
        view_id=view["id"],
        home=kept.shown,
    )


def submission(
    body: Json, back: Back, profile: Profile, arguments: Mapping[str, Given]
) -> Invocation:
    """A submitted form."""
    kept = read_origin(body["view"].get("private_metadata", ""))
    return Invocation(
        kept.command,
        actor(back.team, back.user, profile),
        Place(back.channel, private=back.dm),
        f"trigger:{back.trigger_id}",
        arguments,
        draft=kept.draft,
        cohort=kept.cohort or None,
        how="form",
    )


def asked(body: Json, profile: Profile) -> tuple[Invocation, str, str]:
    """Words typed into a field that completes: the form's command, the field, the words."""
    kept = read_origin((body.get("view") or {}).get("private_metadata", ""))
    who = actor(team_of(body), body["user"]["id"], profile)
    invocation = Invocation(kept.command, who, Place(), "", draft=kept.draft, cohort=kept.cohort)
    return invocation, body.get("action_id", ""), whole(body.get("value") or "")


def offered(choices: list[Choice], typed: str) -> list[Choice]:
    """The suggestions, and what was typed itself: it may be a new name, or words of their own."""
    fitting = [each for each in choices if 0 < len(each.value) <= IN_OPTION]
    words = typed.strip()
    known = {each.label.casefold() for each in fitting} | {each.value for each in fitting}
    if words and len(words) <= IN_OPTION and words.casefold() not in known:
        fitting.append(Choice(words, f"“{words}”"))
    return fitting


def said_back(body: Json) -> Back:
    """Where words in the DM are answered."""
    event = body["event"]
    return Back(body["team_id"], event["user"], event["channel"], dm=True)


def said(
    body: Json, back: Back, profile: Profile, registry: Registry, files: Mapping[str, Given]
) -> Invocation:
    """Plain words in the DM; those that begin with a slash are a command after all."""
    words = unescaped(body["event"].get("text") or "").strip()
    key = f"event:{body['event_id']}"
    if words.startswith("/"):
        return _typed(words[1:], back, profile, registry, key)
    made = _typed("", back, profile, registry, key)
    return replace(made, typed=words, arguments=files, how="said")


def home_back(body: Json) -> Back:
    """The home tab is its own place."""
    return Back(body["team_id"], body["event"]["user"], home=True)


def home(back: Back, profile: Profile) -> Invocation:
    """What the home tab shows; opening it twice asks twice, so it has no key."""
    who = actor(back.team, back.user, profile)
    return Invocation(MENU, who, Place("", private=True), "")


def shortcut_back(body: Json) -> Back:
    """Where a shortcut is answered: a global one has no channel, so in a modal or the DM."""
    channel = (body.get("channel") or {}).get("id", "")
    return Back(
        team_of(body),
        body["user"]["id"],
        channel,
        body.get("response_url", ""),
        body.get("trigger_id", ""),
        home=not channel,
    )


def shortcut(body: Json, back: Back, profile: Profile, about: Mapping[str, str]) -> Invocation:
    """The menu from anywhere, or a message's author saved as a contact."""
    saving = body.get("callback_id") == SAVE_CONTACT
    return Invocation(
        "contact add" if saving else MENU,
        actor(back.team, back.user, profile),
        Place(back.channel, private=False),
        f"trigger:{back.trigger_id}",
        dict(about) if saving else {},
        how="pressed",
    )


def asker(body: Json) -> Back:
    """Who types into a field that completes."""
    return Back(team_of(body), body["user"]["id"])


def closed(back: Back) -> Back:
    """The way back once a form was acknowledged and closed: no modal, no trigger any more."""
    return replace(back, view_id="", trigger_id="", home=False)


def is_guest(body: Json) -> bool:
    """Whether somebody of another workspace acted, in a channel shared between the two."""
    home = body["user"].get("team_id")
    return bool(home) and home != team_of(body)

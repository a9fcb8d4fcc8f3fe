"""What Discord refuses in the body of a message, whoever sends it by whichever route."""

import re

from tests.servers.discord import limits
from tests.servers.discord.check_components import check_message_components
from tests.servers.discord.errors import EMPTY_MESSAGE, Json, Refused, Spot

EPHEMERAL = 1 << 6
SUPPRESS_EMBEDS = 1 << 2
V2 = 1 << 15
LOADING = 1 << 7


def check_message(
    spot: Spot, body: Json, files: set[str], *, was: int = 0, new: bool = True
) -> None:
    """The body is one that Discord takes; ``was`` are the flags of the message edited."""
    v2 = bool((body.get("flags") or 0) & V2 or was & V2)
    spot.text(body, "content", limits.CONTENT)
    if isinstance(body.get("nonce"), str):
        spot.text(body, "nonce", limits.NONCE)
    embeds = body.get("embeds") or []
    spot.at("embeds").count(embeds, limits.EMBEDS)
    total = 0
    for index, embed in enumerate(embeds):
        total += _embed(spot.at("embeds", index), embed)
    if total > limits.EMBED_TOTAL:
        spot.at("embeds").say("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
    if v2:
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(key):
                spot.at(key).say(
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )
    components = body.get("components") or []
    check_message_components(spot.at("components"), components, files, v2)
    _attachments(spot.at("attachments"), body.get("attachments") or [])
    _mentions(spot.at("allowed_mentions"), body.get("allowed_mentions") or {})
    if new and not spot.problems and not _anything(body, files, v2):
        raise Refused(*EMPTY_MESSAGE)


def _anything(body: Json, files: set[str], v2: bool) -> bool:
    if v2:
        return bool(body.get("components"))
    given = str(body.get("content") or "").strip() or body.get("embeds") or body.get("poll")
    return bool(given or files or body.get("components"))


def _embed(spot: Spot, embed: Json) -> int:
    spot.text(embed, "title", limits.EMBED_TITLE)
    spot.text(embed, "description", limits.EMBED_DESCRIPTION)
    footer, author = embed.get("footer") or {}, embed.get("author") or {}
    spot.at("footer").text(footer, "text", limits.EMBED_FOOTER)
    spot.at("author").text(author, "name", limits.EMBED_AUTHOR)
    fields = embed.get("fields") or []
    spot.at("fields").count(fields, limits.EMBED_FIELDS)
    texts = [embed.get("title"), embed.get("description"), footer.get("text"), author.get("name")]
    for index, field in enumerate(fields):
        here = spot.at("fields", index)
        here.text(field, "name", limits.EMBED_FIELD_NAME, needed=True)
        here.text(field, "value", limits.EMBED_FIELD_VALUE, needed=True)
        texts += [field.get("name"), field.get("value")]
    return sum(len(text or "") for text in texts)


def _attachments(spot: Spot, attachments: list[Json]) -> None:
    spot.count(attachments, limits.FILES)
    for index, attachment in enumerate(attachments):
        spot.at(index).text(attachment, "description", limits.ALT_TEXT)


def _mentions(spot: Spot, allowed: Json) -> None:
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in {"roles", "users", "everyone"}:
            spot.at("parse", index).say(
                "BASE_TYPE_CHOICES", "Value must be one of roles, users, everyone."
            )
    for kind in ("users", "roles"):
        if kind in parse and allowed.get(kind):
            spot.say(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", f"parse and {kind} exclude each other"
            )


def pinged(body: Json, texts: list[str]) -> tuple[list[str], bool]:
    """Whom a message pings: user ids, and whether everybody."""
    said = "\n".join(texts)
    allowed = body.get("allowed_mentions")
    parse = ["users", "everyone"] if allowed is None else allowed.get("parse") or []
    named = re.findall(r"<@!?(\d+)>", said)
    if "users" not in parse:
        named = [user for user in named if user in ((allowed or {}).get("users") or [])]
    return named, "everyone" in parse and bool(re.search(r"@(everyone|here)\b", said))

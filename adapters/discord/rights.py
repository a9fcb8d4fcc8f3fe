"""What we need in the cohort's channel, and what a person can do where it is missing."""

from discord import ChannelType

THREADS = frozenset(
    {ChannelType.news_thread, ChannelType.public_thread, ChannelType.private_thread}
)
NEEDED = {
    1 << 10: "View Channel",
    1 << 11: "Send Messages",
    1 << 36: "Create Private Threads",
    1 << 38: "Send Messages in Threads",
}
"""By bit: posts, and the private threads in which members are introduced."""
CREATE_EVENTS = 1 << 44
"""For the server's calendar; where it is missing, the post goes out all the same."""
EVERYTHING = 1 << 3
"""An administrator's bit."""


def barred(kind: ChannelType | None, permissions: int) -> str:
    """Why a channel cannot be the cohort's; "" when it can."""
    if kind in THREADS:
        return "This is a thread. Type it in the channel itself."
    if kind is not ChannelType.text:
        return "This needs an ordinary text channel, because introductions are threads in it."
    missing = [name for bit, name in NEEDED.items() if not permissions & (bit | EVERYTHING)]
    if not missing:
        return ""
    return (
        f"I may not do all I need here. In this channel’s permissions, allow Snowball: "
        f"{', '.join(missing)}. Then type this again."
    )

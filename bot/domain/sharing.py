"""Who of the class may find a contact: what a new one begins with, and in which words (G1)."""

from bot.domain.people import Contact, ContactKind, Sharing

SHARING_WORDS = {
    Sharing.PRIVATE: "private",
    Sharing.ASK_FIRST: "ask me first",
    Sharing.OPEN: "open",
}


def at_first(share_as: str, kind: ContactKind) -> Sharing:
    """How somebody new is shared. Family is never open by default."""
    wanted = Sharing(share_as) if share_as in list(Sharing) else Sharing.PRIVATE
    if wanted is Sharing.OPEN and kind is ContactKind.FAMILY:
        return Sharing.ASK_FIRST
    return wanted


def after_change(before: Contact, kind: ContactKind) -> Sharing:
    """How somebody is shared once they turn out to be family: open is said anew, and twice."""
    if before.kind is kind:
        return before.sharing
    return at_first(before.sharing.value, kind)

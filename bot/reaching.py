"""Who cannot be written to in private is asked once, where their class reads, without private text.

FEATURES I5. Once until a message has reached them again: a press or a typed command says nothing of
whether direct messages do.
"""

from whenever import Instant

from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToChannel, ToMember, written
from bot.invocation import call, write
from bot.ports import Store

ASK = "reach ask"
"""The post by which somebody is asked to let us write to them."""


def ask_in_channel(store: Store, account: Account, now: Instant) -> Owed | None:
    """Owe the channel of their workspace a line that names them; None: it was asked, or may not."""
    member = store.get(Member, account.member_id)
    workspace = store.get(Workspace, account.workspace_id)
    if member is None or member.opted_in is None or member.stopped is not None:
        return None
    if workspace is None or not workspace.channel:
        return None
    to_them = written(ToMember(member.id))
    last = store.first(Owed, order="-settled", to=to_them, state=OwedState.SENT)
    return store.owe(
        Owed(
            cohort_id=store.cohort_id,
            to=written(ToChannel(workspace.id)),
            command=ASK,
            subject=f"account:{account.id}",
            occurrence=f"after:{last.id if last is not None else 0}",
            call=write(call(ASK, account=account.id)),
            due=now,
            urgency=Urgency.ANSWER,
        )
    )

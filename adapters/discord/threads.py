"""Private threads: the conversations of a few members, since a bot cannot make group DMs.

Discord gives no thread a name of ours that is hidden, and creating one twice makes two. So the
first message's number stands in the thread's name, and a retry looks for it before it creates.
"""

from collections.abc import Sequence

from adapters.discord.limits import THREAD_NAME, cut
from adapters.discord.wire import Wire
from bot.domain.cohort import Account, Workspace


class Threads:
    """Finds and makes the threads that messages to several members go to."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def open(self, workspace: Workspace, accounts: Sequence[Account], nonce: str) -> str:
        """The id of the thread for this message, with all of them in it.

        Raises what discord.py raises. Who is added twice is in it once."""
        name = name_of(accounts, nonce)
        thread = await self._find(workspace, name) or await self._wire.make_thread(
            workspace.channel, name
        )
        for each in accounts:
            await self._wire.add_to_thread(thread, each.external_id)
        return thread

    async def _find(self, workspace: Workspace, name: str) -> str:
        """A thread that was made for this very message; "" when there is none."""
        for each in await self._wire.active_threads(workspace.external_id):
            ours = str(each.get("owner_id")) == self._wire.own_id
            if ours and str(each.get("parent_id")) == workspace.channel and each["name"] == name:
                return str(each["id"])
        return ""


def name_of(accounts: Sequence[Account], nonce: str) -> str:
    """Who is in it, and the number that tells it from another thread of the same names."""
    ending = f" ({nonce.removeprefix('sb')})"
    names = " & ".join(each.name or "Somebody" for each in accounts)
    return f"{cut(names, THREAD_NAME - len(ending))}{ending}"

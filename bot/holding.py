"""What commands may do with messages that are waiting: take them back, or have them looked at anew.

A row that is being sent already is left to its end.
"""

from dataclasses import replace

from whenever import Instant

from bot.domain.owed import Owed, OwedState
from bot.ports import Condition, Store


def cancel(store: Store, member_id: int, now: Instant, **having: Condition) -> int:
    """Take back what a member is owed, all of it or what fits; how many messages.

    After "stop" nothing may come, not even what was asked for earlier."""
    rows = store.find(Owed, member_id=member_id, state=OwedState.DUE, **having)
    for row in rows:
        store.save(replace(row, state=OwedState.CANCELLED, settled=now, lease_until=None))
    return len(rows)


def look_again(store: Store, member_id: int) -> None:
    """After a change of settings: what was held by the old ones need not wait for its hour.

    What waits because a surface was busy goes on waiting."""
    for row in store.find(Owed, member_id=member_id, state=OwedState.DUE):
        if row.lease_until is not None and row.attempts == 0:
            store.save(replace(row, lease_until=None))

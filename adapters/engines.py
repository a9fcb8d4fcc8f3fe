"""Makes the engine that sends what is owed in this process."""

import os
import secrets
import socket
from collections.abc import Callable, Sequence

from adapters.engine import Bell, Engine
from adapters.house import House, Wing
from bot.ports import Messenger
from storage.claims import Claims


def _as_it_is(messenger: Messenger) -> Messenger:
    return messenger


def make_engine(
    house: House, wings: Sequence[Wing], watched: Callable[[Messenger], Messenger] = _as_it_is
) -> Engine:
    """What sends the messages owed on these surfaces."""
    if not isinstance(house.bell, Bell):
        raise TypeError("an engine needs a bell that it can listen to")
    messengers = {each.surface: watched(each) for wing in wings for each in wing.messengers}
    worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    return Engine(
        house.stores,
        Claims(house.stores),
        house.dispatcher,
        messengers,
        house.clock,
        worker,
        house.bell,
    )

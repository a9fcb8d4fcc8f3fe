"""Whether a reminder was about something that was done already when it came."""

from typing import Any

from whenever import Date

from bot.domain.asks import Ask
from bot.domain.owed import Owed
from bot.domain.people import Contact
from bot.domain.talks import CheckIn, Promise, Talk
from bot.invocation import read
from tests.front_door import House


def is_done(house: House, row: Owed) -> bool:
    """Looked at when the message has just come, before anybody could press."""
    about = read(row.call).arguments
    match row.command:
        case "thanks remind":
            return _one(house, Talk, about["talk"]).thanked is not None
        case "promise remind":
            return _one(house, Promise, about["promise"]).done is not None
        case "ask remind":
            return bool(_one(house, Ask, about["ask"]).outcome)
        case "checkin ask" | "checkin remind":
            return bool(house.rows(CheckIn, week=Date.parse_iso(about["week"])))
        case "touch remind":
            return _one(house, Contact, about["person"]).removed is not None
        case _:
            return False


def _one(house: House, kind: type[Any], number: str) -> Any:
    (found,) = house.rows(kind, id=int(number))
    return found

"""How Discord refuses: an HTTP status, its own code, for a bad body the nested tree of errors."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
Key = str | int


class Refused(Exception):  # noqa: N818 - what the API does, not what broke
    """An answer of the API that is an error."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message} {errors or ''}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> Json:
        """As it goes over the wire."""
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


UNAUTHORIZED = (401, 0, "401: Unauthorized")
NOT_FOUND = (404, 0, "404: Not Found")
UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
UNKNOWN_USER = (404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
UNKNOWN_EVENT = (404, 10070, "Unknown Guild Scheduled Event")
TOO_LARGE = (413, 40005, "Request entity too large")
ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
NO_ACCESS = (403, 50001, "Missing Access")
WRONG_CHANNEL = (400, 50024, "Cannot execute action on this channel type")
ARCHIVED = (400, 50083, "Thread is archived")
NOT_YOURS = (403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
DM_CLOSED = (403, 50007, "Cannot send messages to this user")
NO_PERMISSION = (403, 50013, "Missing Permissions")
BAD_TOKEN = (401, 50027, "Invalid Webhook Token")
BAD_JSON = (400, 50109, "The request body contains invalid JSON.")
DISALLOWED_INTENTS = 4014


class Spot:
    """A place in a body at which something may be wrong; all share one list of problems."""

    def __init__(
        self, problems: list[tuple[tuple[Key, ...], str, str]], path: tuple[Key, ...] = ()
    ):
        self.problems = problems
        self.path = path

    def at(self, *keys: Key) -> "Spot":
        """A place further inside."""
        return Spot(self.problems, (*self.path, *keys))

    def say(self, code: str, message: str) -> None:
        """Note a problem here."""
        self.problems.append((self.path, code, message))

    def text(self, body: Json, key: str, high: int, low: int = 0, *, needed: bool = False) -> None:
        """A text of the body is as long as it may be."""
        value = body.get(key)
        here = self.at(key)
        if value is None:
            if needed:
                here.say("BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(value, str):
            here.say("STRING_TYPE_CONVERT", f'Could not interpret "{value!r}" as string.')
        elif needed and not value.strip():
            here.say("BASE_TYPE_REQUIRED", "This field is required")
        elif len(value) > high and low:
            here.say("BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        elif len(value) > high:
            here.say("BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
        elif len(value) < low:
            here.say("BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")

    def count(self, given: Sequence[Any], high: int, low: int = 0) -> None:
        """A list is as long as it may be."""
        if not low <= len(given) <= high:
            code = "BASE_TYPE_BAD_LENGTH" if low else "BASE_TYPE_MAX_LENGTH"
            self.say(code, f"Must be between {low} and {high} in length.")

    def refuse(self, wrapped_in: str = "") -> None:
        """Raise what was found, if anything, as error 50035."""
        if not self.problems:
            return
        tree: Json = {}
        for path, code, message in self.problems:
            node = tree
            for key in (wrapped_in, *path) if wrapped_in else path:
                node = node.setdefault(str(key), {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        raise Refused(400, 50035, "Invalid Form Body", tree)


def spot() -> Spot:
    """The top of a body with nothing wrong found yet."""
    return Spot([])

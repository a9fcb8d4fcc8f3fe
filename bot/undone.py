"""What somebody is told when nothing of what they asked was done, or nobody knows whether it was:
kindly, with all they typed."""

from bot import drafts
from bot.command import Command
from bot.invocation import Call, Invocation, Upload
from bot.reply import Answer, Buttons, Part, Text, answer, button, text

BUSY = text(
    "I’m rather busy just now, so this has to wait. Please try again in a minute: nothing you "
    "typed is lost."
)
BUSY_PRESSED = text("I’m rather busy just now: please press that again in a minute.")
FAILED = text(
    "Something went wrong on my side, so this is not saved. Please try again: nothing you typed "
    "is lost."
)
FAILED_READ = text("Something went wrong on my side. Nothing was changed; please ask again:")
FAILED_PRESSED = text("Something went wrong on my side. Nothing was changed; please try again.")

UNSURE = text(
    "My database went away just then, so I can’t tell whether this is saved. Look in a minute, "
    "before you send it again."
)
UNSURE_PRESSED = text(
    "My database went away just then, so I can’t tell whether that was done. Look in a minute, "
    "before you press it again."
)


def busy(of: Invocation, command: Command | None) -> Answer:
    """There is more to do than can be done in time."""
    return _told(BUSY, BUSY_PRESSED, of, command)


def failed(of: Invocation, command: Command | None) -> Answer:
    """Something broke where nothing of it could be kept."""
    reads = command is not None and command.reads and of.how not in ("form", "said")
    return _told(FAILED_READ if reads else FAILED, FAILED_PRESSED, of, command)


def unsure(of: Invocation, command: Command | None) -> Answer:
    """Its commit broke, and the database cannot be asked."""
    return _told(UNSURE, UNSURE_PRESSED, of, command)


def _told(said: Text, pressed: Text, of: Invocation, command: Command | None) -> Answer:
    if of.how == "form":
        again = Call(drafts.KEPT, {drafts.KEY: of.draft})
        return answer(said, *_filled_in(of), Buttons((button("Open the form", again),)))
    words = _as_typed(of, command)
    return answer(said, text("{words}", words=words)) if words else answer(pressed)


def _filled_in(of: Invocation) -> list[Part | Text]:
    """Each answer by its field; an empty one is nothing to keep."""
    return [
        text("*{name}:* {given}", name=_label(name), given=_given(given))
        for name, given in of.arguments.items()
        if given
    ]


def _as_typed(of: Invocation, command: Command | None) -> str:
    """A command or words as they would be typed again; "" for what was only pressed."""
    if of.how == "pressed":
        return ""
    if of.how == "said":
        return of.typed
    name = command.typed if command is not None else f"/{of.command}"
    options = [f"{each}: {_given(given)}" for each, given in of.arguments.items()]
    return " ".join(filter(None, [name, of.typed, *options]))


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _given(given: str | Upload) -> str:
    return given.name if isinstance(given, Upload) else given

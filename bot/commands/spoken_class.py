"""Plain words about the class: who knows somebody, introduce me, share this one (FEATURES I8)."""

from bot.domain.people import Contact
from bot.domain.plain import Guess
from bot.invocation import call
from bot.reply import Button, button, text

_LIST = button("My introductions", call("intro list"))


def through_the_class(wanted: Guess, mine: list[Contact]) -> list[Button]:
    """The likeliest first; the directory stands beside the class."""
    about = wanted.about or None
    all_of_them = button("Ask the whole class", call("intro who-knows", about=about))
    one = button("Ask for an introduction", call("intro request", field=about), style="main")
    find = button("Find people", call("alum find", field=about), style="main")
    match wanted.want:
        case "class":
            return [find, all_of_them] if about else [all_of_them, _LIST]
        case "introduce":
            return [one, all_of_them, _LIST if about else _THIRTY]
        case "introductions":
            return [_LIST, one]
        case _:
            return [_share(each) for each in mine] or [_SHARE_NEW, _PEOPLE]


_THIRTY = button("My thirty seconds", call("interview intro"))
_SHARE_NEW = button("Whom I add from now on", call("contact share"))
_PEOPLE = button("My people", call("contact list"))


def _share(contact: Contact) -> Button:
    label = text("Share {name}", name=contact.name[:40])
    return button(label, call("contact share", person=contact.id), style="main")

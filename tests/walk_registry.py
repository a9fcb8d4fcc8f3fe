"""What walking the registry needs: fitting arguments for any command, found by its kinds."""

from typing import Any

from bot.command import Command, Parameter
from bot.domain.people import Contact
from bot.fitting import calls
from bot.forms import ONLY
from bot.invocation import Call, Given, Upload
from bot.parameters import EnumKind, FileKind, NumberKind, OneOf, YesNo
from bot.people_kinds import AlumKind, ContactKind, MemberKind, PersonKind
from bot.reply import Answer, Form, Reply
from bot.time_kinds import DayKind, MomentKind, ZoneKind
from tests.builders import a_contact, a_talk, an_alum
from tests.front_door import House, Person

CSV = b"name,company,title\nPriya Rao,Acme,Analyst\n"


def lived_in(house: House) -> Person:
    """An organiser who knows Dana, talked to her, and has a directory to look into."""
    otto = house.joined("Otto", admin=True)
    cohort, me = house.cohort.id, otto.member.id
    house.add(an_alum(cohort_id=cohort))
    (dana,) = house.add(a_contact("Dana", cohort_id=cohort, owner_id=me, field="Marketing"))
    house.add(a_talk(dana.id, cohort_id=cohort, member_id=me, tip="Read the reports"))
    return otto


def fitting(parameter: Parameter, who: Person) -> Given:  # noqa: C901 - a case a kind
    """A value that this parameter takes, as it would be typed."""
    kind: Any = parameter.kind
    match kind:
        case ContactKind() | PersonKind():
            return str(who.keeps(Contact, removed=None)[0].id)
        case AlumKind() | MemberKind():
            return "1"
        case FileKind():
            return Upload("alumni.csv", CSV)
        case NumberKind():
            return str(kind.least)
        case YesNo():
            return "yes"
        case OneOf():
            return next(iter(kind.words))
        case EnumKind():
            return next(iter(kind.of)).value
        case DayKind():
            return "today" if kind.prefer == "past" else "tomorrow"
        case MomentKind():
            return "tomorrow at 3 pm"
        case ZoneKind():
            return "Chicago"
        case _:
            return "9:30" if kind.word == "time" else "marketing"


def required(command: Command, who: Person) -> dict[str, Given]:
    """What the command cannot do without, hidden arguments too."""
    return {each.name: fitting(each, who) for each in command.parameters if each.required}


def fields_of(reply: Reply) -> list[str]:
    """What a form asks."""
    return [each.name for each in reply.fields] if isinstance(reply, Form) else []


def calls_of(reply: Reply) -> list[Call]:
    """What a reply's buttons and menus would do, kept calls aside."""
    return (
        [each for each in calls(reply) if each.command != "~"] if isinstance(reply, Answer) else []
    )


def unknown_names(command: Command, called: Call) -> set[str]:
    """Arguments that the command does not have."""
    return called.arguments.keys() - {each.name for each in command.parameters} - {ONLY}

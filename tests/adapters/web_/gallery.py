"""Every part of a reply, and monsters: what the playground's renderer has to show whole."""

import base64

from whenever import Date, Instant

from bot.invocation import call
from bot.reply import (
    Answer,
    Attachment,
    Buttons,
    Choice,
    Choose,
    Copyable,
    Day,
    Fact,
    Facts,
    Form,
    FormField,
    Line,
    Link,
    Listing,
    LongLine,
    Menu,
    Moment,
    Note,
    Option,
    PersonRef,
    PickFile,
    PickMember,
    Picture,
    Row,
    Title,
    answer,
    button,
    text,
)

WHEN = Instant.from_utc(2026, 3, 9, 14, 30)
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfz0AEYBxVSF+FAP5FDvcfRYWgAAAA"
    "AElFTkSuQmCC"
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!channel> @everyone <@U1> [x](https://evil.example)",
    "*bold* _it_ `code` {name}",
    "مرحبا بكم في الجامعة",
    "👩🏽‍🚀🇪🇺 Zalgo h̷̨͝e̸ comes",
    "javascript:alert(1)",
    "\u202eevil\u202c",
)


def every_part() -> Answer:
    """One of each, as a handler would make it."""
    found = [
        ("Dana Whitfield", "Brand Manager at Calloway Foods · Chicago · class of 2014"),
        ("Emre Yıldız", "Product Marketing Manager at Tandem House · Berlin · class of 2019"),
        ("Folake Adeyemi", "Growth Manager at Kestrel Group · Lagos · class of 2021"),
    ]
    return answer(
        Title(text("Alumni in marketing")),
        text("I read *{typed}* as _marketing_. 42 people, most available first.", typed="maketing"),
        Listing(
            tuple(
                Row(
                    text("{name}", name=name),
                    text("{detail}", detail=detail),
                    (
                        button("Add to my people", call("contact add", alum=at)),
                        button("Draft an ask", call("ask draft", alum=at)),
                    ),
                    PersonRef(at, name),
                )
                for at, (name, detail) in enumerate(found)
            )
        ),
        Facts(
            (
                Fact(text("Next talk"), text("{when}", when=Moment(WHEN))),
                Fact(text("Check-in"), text("{on}", on=Day(Date(2026, 3, 16)))),
                Fact(text("Page"), text("{at}", at=Link("https://example.org/a?b=1&c", "profile"))),
            )
        ),
        Copyable(
            "Hello Dana,\n\nI am Ana, a second-year student of communications. Could I ask you "
            "for twenty minutes about how you came to brand work?\n\nThank you,\nAna"
        ),
        Menu(
            text("Remind me later"),
            (
                Option(text("In an hour"), call("later", when="hour")),
                Option(text("Tomorrow at 9:00"), call("later", when="tomorrow"), text("a Tuesday")),
            ),
            replaces=True,
        ),
        Picture(DOT, text("A dot that stands for {name}’s network", name="Ana"), "network.png"),
        Attachment("contacts.csv", b"name\nDana\n", "text/csv"),
        Buttons(
            (
                button("Sent", call("thanks sent", talk=3), style="main", replaces=True),
                button("Another one", call("question", again=1)),
                button("Delete", call("mydata delete"), style="danger"),
            )
        ),
        Note(text("You logged a talk with Dana yesterday. `/settings stop` ends these.")),
    )


def monsters() -> list[Answer]:
    """What nobody should send and somebody will."""
    thirty = range(30)
    return [
        answer(text("{much}", much="a long word " * 342)),
        answer(text("{much}", much="x" * 4100)),
        answer(Facts(tuple(Fact(text("{n}", n=n), text("{v}", v="y" * n)) for n in thirty))),
        answer(Buttons(tuple(button(text("No. {n}", n=n), call("n", n=n)) for n in thirty))),
        answer(*(text("{bad}", bad=each) for each in HOSTILE)),
        answer(*(Title(text("{bad}", bad=each)) for each in HOSTILE)),
        answer(*(text("{at}", at=Link(each, each)) for each in HOSTILE)),
        answer(*(Copyable(each) for each in HOSTILE)),
        answer(*(Attachment(each, b"", "text/html") for each in HOSTILE)),
        answer(*(Picture(DOT, text("{bad}", bad=each)) for each in HOSTILE)),
        answer(Listing(tuple(Row(text("{n}", n=each), text("{n}", n=each)) for each in HOSTILE))),
        Answer(()),
    ]


def every_field(*, wrong: bool = False) -> Form:
    """A form with one of each widget."""
    few = tuple(Choice(value, value.capitalize()) for value in ("alum", "family", "professor"))
    many = tuple(Choice(f"c{n}", f"Choice {n}") for n in range(9))
    said = text("I find nobody called {name}. Check the spelling.", name="<b>Dnaa</b>")
    error = said if wrong else None
    return Form(
        command="sample form",
        draft="draft-1",
        title="Log a talk",
        fields=(
            FormField(
                "person", "Person", "whom you talked to", Line(suggests=True), True,
                "17" if not wrong else "Dnaa", "Dana (Calloway)" if not wrong else "Dnaa", error,
            ),
            FormField("held", "Held", "when", Line(60), False, "2026-03-08", "Sunday 8 March"),
            FormField(
                "takeaways", "Takeaways", "what you learned", LongLine(), False,
                "Line one\n</textarea><b>two", "Line one\n</textarea><b>two",
            ),
            FormField("kind", "Kind", "how you know them", Choose(few), True, "Family"),
            FormField("many", "Many", "", Choose(many), False, "c3"),
            FormField("who", "Classmate", "somebody of your class", PickMember(), False),
            FormField("table", "Table", "a CSV file", PickFile(), True, "old.csv" if wrong else ""),
        ),
        submit="Save the talk",
        note=text("Only you can read this."),
        step=2,
        steps=3,
    )  # fmt: skip

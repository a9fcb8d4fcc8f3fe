"""Every part of a reply, and monsters: what any renderer has to get through."""

from whenever import Date, Instant

from bot.invocation import call
from bot.reply import (
    Answer,
    Attachment,
    Button,
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
    Paragraph,
    Part,
    PickFile,
    PickMember,
    Picture,
    Row,
    Text,
    Title,
    text,
)

EVIL = "*_~`|> @everyone <@1> <!channel> [x](https://evil.example) ](https://evil) \u202eabc"
LONG = "word " * 820
NOON = Moment(Instant.from_utc(2026, 11, 23, 12))


def words(typed: str) -> Text:
    """Somebody's words."""
    return text("{typed}", typed=typed)


def pressed(label: str, number: int = 0) -> Button:
    """A button with somebody's words on it."""
    return Button(words(label), call("contact show", person=number))


GALLERY: dict[str, Part] = {
    "title": Title(text("Your people, {n}", n="Ana")),
    "paragraph": Paragraph(text("*Hello* {day}, {when}", day=Day(Date(2026, 11, 23)), when=NOON)),
    "link": Paragraph(text("See {page}", page=Link("https://example.org/a(b)", "their [page](x)"))),
    "bad link": Paragraph(text("See {page}", page=Link("javascript:alert(1)", "this"))),
    "note": Note(text("Only you see this.\nAnd this.")),
    "facts": Facts((Fact(text("Work"), words("Acme")),)),
    "row": Listing((Row(text("*{n}*", n="Dana"), words("Berlin"), (pressed("Add"),)),)),
    "rows": Listing(
        tuple(Row(words(f"P{n}"), None, (pressed("A", n), pressed("B", n))) for n in range(3))
    ),
    "crowd": Listing(
        tuple(Row(words(f"P{n}"), None, (pressed("A", n), pressed("B", n))) for n in range(10))
    ),
    "buttons": Buttons((pressed("Sent"), pressed("Later"))),
    "menu": Menu(text("When?"), (Option(words("Later"), call("later", by="1h"), words("soon")),)),
    "copyable": Copyable("Dear Dana,\n\nthank you."),
    "picture": Picture(b"\x89PNG", text("My people: {n}", n="Dana")),
    "attachment": Attachment("../me & \u202eyou.csv", b"a", "text/csv"),
}
MONSTERS: dict[str, tuple[Part, ...]] = {
    "4,100 characters": (Paragraph(words(LONG)), Note(words(LONG)), Title(words(LONG))),
    "4,100 stars": (Paragraph(words("*" * 4100)), Copyable("*" * 4100)),
    "30 facts": (Facts(tuple(Fact(words(f"L{n}"), words("v" * 300)) for n in range(30))),),
    "long facts": (Facts(tuple(Fact(words(LONG), words(EVIL * 60)) for _ in range(3))),),
    "30 buttons": (Buttons(tuple(pressed("b" * 200, n) for n in range(30))),),
    "60 options": (
        Menu(
            words(LONG),
            tuple(Option(words(f"{n}" * 90), call("later", n=n), words(LONG)) for n in range(60)),
        ),
    ),
    "40 rows": (
        Listing(
            tuple(
                Row(words(EVIL), words("d" * 400), (pressed("A", n), pressed("B", n)))
                for n in range(40)
            )
        ),
    ),
    "long rows": (
        Listing(tuple(Row(words(LONG), words(LONG), (pressed("A", n),)) for n in range(4))),
    ),
    "12 pictures": tuple(Picture(b"\x89PNG", words(LONG)) for _ in range(12)),
    "evil": (
        Title(words(EVIL)),
        Paragraph(words(EVIL)),
        Note(words(EVIL)),
        Copyable(EVIL),
        Buttons((pressed(EVIL),)),
    ),
    "nothing to see": (
        Title(words("")),
        Paragraph(words("\u200b")),
        Buttons((pressed(""),)),
        Listing((Row(words("")),)),
    ),
    "right to left": (
        Paragraph(
            text("By {n}, today", n="\u05d3\u05e0\u05d4 \u05d0\u05d5\u05e8\u05d8\u05d9\u05d6")
        ),
    ),
    "families": (Buttons((pressed("\U0001f468\u200d\U0001f469\u200d\U0001f467" * 40),)),),
    "all at once": tuple(GALLERY.values()) * 4,
}
WIDGETS = {
    "line": Line(),
    "long": LongLine(),
    "choose": Choose((Choice("a", "An alum"), Choice("b", "B" * 200))),
    "choose among many": Choose(tuple(Choice(f"{n}", f"Choice {n}") for n in range(40))),
    "member": PickMember(),
    "file": PickFile(),
}
GIVEN = ("", "Dana", "x" * 5000, EVIL, "157392825681654604")


def form(*fields: FormField, steps: int = 1) -> Form:
    """A form with those fields."""
    return Form("talk log", "dRaFt", "Log a talk with somebody", fields, note=words("n" * 150),
                step=1, steps=steps)  # fmt: skip


def field(widget: str, given: str = "", error: Text | None = None, number: int = 0) -> FormField:
    """A question with this widget."""
    return FormField(
        f"{widget.replace(' ', '_')}{number}", "L" * 60, "h" * 120, WIDGETS[widget],
        required=False, given=given, shown=given, error=error,
    )  # fmt: skip


def answer_of(*parts: Part) -> Answer:
    """An answer of those parts."""
    return Answer(parts)

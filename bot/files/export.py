"""Everything of one member in one archive: tables, JSON, vCards and a calendar (FEATURES J1).

What is written comes from the rows themselves, so a new field is in the export by itself.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from whenever import Date, Instant, TimeDelta

from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Contact
from bot.domain.talks import Promise
from bot.files.csv_out import Cell, write_csv

NOT_WRITTEN = frozenset({"cohort_id", "owner_id", "member_id", "calendar_key", "reviewer_id"})
"""Our own numbers, the calendar's secret address, and who read a draft: nothing of the member's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What one member has: themselves, and their rows by the name of their table."""

    member: Any
    tables: Mapping[str, Sequence[Any]]
    kinds: Mapping[str, type[Any]]
    """The kind of each table's rows, so that an empty table has its heading too."""
    uid: str
    """Ends every identifier, such as "cohort-3"."""
    now: Instant

    def rows(self, kind: type[Any]) -> list[Any]:
        """The rows of one kind."""
        return [
            row for name, rows in self.tables.items() if self.kinds[name] is kind for row in rows
        ]


def write_archive(mine: Mine) -> bytes:
    """One zip; the same rows make the same bytes."""
    files = {
        "READ ME.txt": _read_me(mine).encode(),
        "everything.json": _json(mine),
        "contacts.vcf": _vcards(mine),
        "calendar.ics": _calendar(mine),
        **{f"{name}.csv": _table(mine.kinds[name], rows) for name, rows in mine.tables.items()},
    }
    made = mine.now.to_tz("UTC")
    stamp = (made.year, made.month, made.day, made.hour, made.minute, made.second)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def _read_me(mine: Mine) -> str:
    counted = [f"- {name}.csv: {len(rows)}" for name, rows in mine.tables.items()]
    lines = [
        f"Everything that Snowball keeps of {mine.member.name}, {mine.now.to_tz('UTC').date()}.",
        "",
        "everything.json holds all of it, for programs.",
        "contacts.vcf goes into an address book, calendar.ics into a calendar.",
        "Tables, with their number of rows:",
        *counted,
        "",
        "Times are UTC. A number in contact_id is the id in contacts.csv, one in talk_id the id in",
        "talks.csv. Keep this file to yourself: it holds your notes.",
    ]
    return "\r\n".join(lines) + "\r\n"


def _names(kind: type[Any]) -> list[str]:
    return [each.name for each in fields(kind) if each.name not in NOT_WRITTEN]


def _plain(value: Any) -> Any:
    """As JSON and a table's cell hold it."""
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.format_iso()


def _cell(value: Any) -> Cell:
    plain = _plain(value)
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, list | dict):
        return json.dumps(plain, ensure_ascii=False)
    return str(plain) if isinstance(plain, str) else plain


def _table(kind: type[Any], rows: Iterable[Any]) -> bytes:
    names = _names(kind)
    return write_csv(names, ([_cell(getattr(row, name)) for name in names] for row in rows))


def _json(mine: Mine) -> bytes:
    written = {
        "me": _object(mine.member),
        **{name: [_object(row) for row in rows] for name, rows in mine.tables.items()},
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode(errors="replace")


def _object(row: Any) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in _names(type(row))}


def _on_the_list(mine: Mine) -> list[Contact]:
    return [each for each in mine.rows(Contact) if each.removed is None]


def _vcards(mine: Mine) -> bytes:
    from bot.files.vcards import Card, write_vcards  # noqa: PLC0415 - its library loads slowly

    return write_vcards(
        Card(
            name=each.name,
            uid=f"contact-{each.id}@{mine.uid}",
            email=each.email,
            phone=each.phone,
            title=each.title,
            company=each.company,
            city=each.city,
            link=each.link,
            notes=each.notes,
        )
        for each in _on_the_list(mine)
    )


def _calendar(mine: Mine) -> bytes:
    """Talks that are or were booked, and promises with a day."""
    from bot.files.calendars import CalendarEntry, write_calendar  # noqa: PLC0415 - loads slowly

    people = {each.id: each.name for each in mine.rows(Contact)}
    booked: list[Meeting] = mine.rows(Meeting)
    promised: list[tuple[Promise, Date]] = [
        (each, each.due) for each in mine.rows(Promise) if each.due is not None
    ]
    talks = [
        CalendarEntry(
            uid=f"meeting-{each.id}@{mine.uid}",
            summary=f"Talk with {people.get(each.contact_id, 'somebody')}",
            starts=each.at,
            lasts=TimeDelta(minutes=each.minutes),
            changed=each.made,
            sequence=each.sequence,
            cancelled=each.state is MeetingState.CANCELLED,
            location=each.place,
        )
        for each in booked
    ]
    promises = [
        CalendarEntry(
            uid=f"promise-{each.id}@{mine.uid}",
            summary=f"Promised: {each.words}",
            starts=due,
            changed=mine.now,
        )
        for each, due in promised
    ]
    return write_calendar([*talks, *promises], "My talks")

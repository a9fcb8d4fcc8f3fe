"""What the finder shows of the class beside the directory (FEATURES G1)."""

from whenever import TimeDelta

from bot.context import Context
from bot.domain.intro_texts import inside
from bot.domain.introductions import Introduction
from bot.invocation import call
from bot.ports import AlumQuery
from bot.reply import Listing, Moment, Part, Row, Text, Title, button, joined, text
from bot.shared import OpenOne, SharedHits, Wanted, awaited, find_shared, under_way


def class_parts(ctx: Context, query: AlumQuery) -> tuple[Part, ...]:
    """Open contacts with their owner, then one sentence for all who are to be asked first.

    The first page only; a year or a major is of alumni alone."""
    if query.page > 1 or query.year is not None or query.major:
        return ()
    hits = find_shared(ctx, Wanted(query.field, query.place, query.company))
    mine = ctx.store.find(Introduction, asker_id=ctx.member.id, openly=True)
    waits = {each.contact_id: each for each in mine if awaited(ctx, each)}
    rows = [_open_row(each, waits.get(each.contact.id)) for each in hits.open_ones]
    rows += _known_rows(ctx, hits)
    return (Title(text("Through your class")), Listing(tuple(rows))) if rows else ()


def _open_row(one: OpenOne, waits: Introduction | None) -> Row:
    contact = one.contact
    work = ", ".join(part for part in (contact.title, contact.company) if part)
    detail = [text("known by {owner}", owner=one.owner.name)]
    detail += [text("{v}", v=part) for part in (contact.city,) if part]
    if one.near:
        detail.append(text("_{near}_", near=one.near))
    ask = button("Ask for an introduction", call("intro person", person=contact.id))
    if waits is not None:
        detail.append(text("you asked on {day}", day=Moment(waits.asked, "day")))
    name = text("*{name}*, {work}", name=contact.name, work=work) if work else None
    return Row(
        name or text("*{name}*", name=contact.name),
        joined(detail, " · "),
        () if waits is not None else (ask,),
    )


def _known_rows(ctx: Context, hits: SharedHits) -> list[Row]:
    waits = under_way(ctx, hits)
    if waits is not None:
        end = waits.asked + TimeDelta(hours=24 * ctx.cohort.numbers.intro_expires_days)
        said = text(
            "you asked on {day}; you hear by {end}",
            day=Moment(waits.asked, "day"),
            end=Moment(end, "day"),
        )
        return [Row(_knows(waits.about), said)]
    if not hits.known:
        return []
    next_to = text("next to what you look for") if hits.next_to else None
    ask = button("Ask for an introduction", call("intro request", field=hits.known))
    return [Row(_knows(hits.known), next_to, (ask,))]


def _knows(field: str) -> Text:
    return text("A classmate knows somebody in {field}", field=inside(field))

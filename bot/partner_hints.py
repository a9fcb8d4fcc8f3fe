"""What the menu says of partners: this week’s practice, and a proposal left open (E5, K5)."""

from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.pairing import members_of
from bot.domain.pairings import Pairing, Partnership
from bot.domain.partnering import waits
from bot.domain.people import Alum
from bot.domain.weeks import monday_of
from bot.invocation import call
from bot.partners import may_be_asked
from bot.ports import AtLeast
from bot.reply import Button, Text, button, text
from bot.rounds import is_there


def hints(ctx: Context) -> list[tuple[Text, Text, Button]]:
    """A line and a button for each that is open."""
    return [*_practice(ctx), *_proposal(ctx)]


def _practice(ctx: Context) -> list[tuple[Text, Text, Button]]:
    if not ctx.member.pairs_every:
        return []
    planned = ctx.store.find(Pairing, week=AtLeast(monday_of(ctx.today)), met=None, order="week")
    mine = next((each for each in planned if ctx.member.id in members_of(each)), None)
    several = [each for each in members_of(mine) if each != ctx.member.id] if mine else []
    members = [ctx.store.get(Member, each) for each in several]
    names = [
        each.name for each in members if each is not None and is_there(each, ctx.cohort, ctx.today)
    ]
    if not names:
        return []
    said = text("with {names}", names=" and ".join(names))
    return [(text("Practice"), said, button("Practise", call("pair week")))]


def _proposal(ctx: Context) -> list[tuple[Text, Text, Button]]:
    days = ctx.cohort.numbers.intro_expires_days
    for each in ctx.store.find(Partnership, student_id=ctx.member.id, student_said="", closed=None):
        alum = ctx.store.get(Alum, each.alum_id)
        if alum is not None and waits(each, ctx.now, days) and may_be_asked(alum):
            said = text("{name}: yes or no?", name=alum.name)
            label = text("About {name}", name=alum.name[:40])
            return [
                (text("For the term"), said, button(label, call("match show", partnership=each.id)))
            ]
    return []

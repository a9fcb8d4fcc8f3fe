"""What an alum's answer does to a student's ask; and a kind no to all who wait for one (K4, K5).

Of stored rows alone, so that the alum's page without a login says the same as the chat. Rows that
an alum and a student change at once are held first: the alum's own, then the ask.
"""

from dataclasses import replace

from whenever import Instant

from bot.domain.asks import Ask
from bot.domain.cohort import Member
from bot.domain.owed import Owed, Urgency
from bot.domain.pairings import Partnership
from bot.domain.people import Alum, Contact, Standing
from bot.domain.recipients import ToMember, written
from bot.domain.wishlist import moved
from bot.holding import cancel
from bot.invocation import Call, call, write
from bot.ports import Not, Store

_OUTCOME = {Standing.REPLIED: "replied", Standing.DECLINED: "declined"}


def answered(
    store: Store, ask: Ask, card: Contact, standing: Standing, now: Instant, *, later: bool = False
) -> None:
    """The ask is settled as if the student had written it down; they are told at once."""
    subject = f"ask:{ask.id}"
    cancel(store, ask.member_id, now, subject=subject)
    store.save(replace(ask, outcome=_OUTCOME[standing], answered=now))
    store.save(moved(card, standing))
    said = call("ask heard", ask=ask.id, later=1 if later else None)
    _tell(store, ask.member_id, said, subject, "heard", now, Urgency.ANSWER)


def turn_down_all(store: Store, alum_id: int, now: Instant) -> int:
    """Whoever waits for an alum who leaves or pauses hears a kind no, and nothing else; how many.

    A student whom the alum has not heard of yet is only told that the offer has passed."""
    store.held(Alum, alum_id)
    several = 0
    for each in store.find(Ask, alum_id=alum_id, outcome="", carried=Not(None)):
        ask, card = store.held(Ask, each.id), store.get(Contact, each.contact_id)
        if ask is not None and not ask.outcome and card is not None and card.removed is None:
            answered(store, ask, card, Standing.DECLINED, now)
            several += 1
    return several + _no_partner(store, alum_id, now)


def _no_partner(store: Store, alum_id: int, now: Instant) -> int:
    several = 0
    for each in store.find(Partnership, alum_id=alum_id, student_said="yes", closed=None):
        there = store.held(Partnership, each.id)
        if there is None or there.alum_said or store.get(Member, there.student_id) is None:
            continue
        store.save(replace(there, alum_said="no", closed=now))
        sorry = call("match sorry", partnership=there.id)
        subject = f"partnership:{there.id}"
        _tell(store, there.student_id, sorry, subject, "match sorry", now, Urgency.NUDGE)
        several += 1
    return several


def _tell(
    store: Store, member_id: int, said: Call, subject: str, which: str, now: Instant, how: Urgency
) -> None:
    store.owe(
        Owed(
            cohort_id=store.cohort_id,
            member_id=member_id,
            to=written(ToMember(member_id)),
            command=said.command,
            subject=subject,
            occurrence=which,
            call=write(said),
            due=now,
            urgency=how,
        )
    )

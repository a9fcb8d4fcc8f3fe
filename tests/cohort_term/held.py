"""What has to hold over a class's whole term; each rule gives back what breaks it."""

import itertools
from collections import Counter
from collections.abc import Iterator

from whenever import Date, Instant

from bot.domain.asks import Ask
from bot.domain.introducing import LIVE
from bot.domain.introductions import Introduction
from bot.domain.pairing import members_of
from bot.domain.pairings import Pairing
from bot.domain.people import Alum, Contact, Sharing
from tests.cohort_term.story import Class, at_day
from tests.cohort_term.term import Came, all_words
from tests.cohort_term.town import ORGANISER, PAUSES, PUPILS
from tests.front_door import BERLIN

QUIET_FROM, QUIET_UNTIL, SUNDAY = 20, 9, 7
AGAIN_WEEKS = 12


def days_with_two(made: Class) -> list[tuple[str, Date]]:
    """Members and days with more than one unasked message."""
    days = Counter((each.to, each.day) for each in made.term.came if each.unasked)
    return [where for where, count in days.items() if count > 1]


def at_bad_times(made: Class) -> list[Came]:
    """Unasked messages at night, on Sundays, or in somebody's pause."""

    def bad(each: Came) -> bool:
        there = each.at.to_tz(each.zone)
        night = not QUIET_UNTIL <= there.hour < QUIET_FROM
        return night or there.date().day_of_week().value == SUNDAY or _rests(each)

    return [each for each in made.term.came if each.unasked and bad(each)]


def _rests(each: Came) -> bool:
    day = PAUSES.get(each.to)
    if day is None:
        return False
    from_ = at_day(day).to_tz(BERLIN).date()
    return from_ < each.day < from_.add(days=14)


def pairs_again(made: Class) -> list[tuple[int, ...]]:
    """Two who were brought together twice."""
    times: Counter[tuple[int, int]] = Counter()
    for pairing in made.term.house.rows(Pairing):
        group = sorted(members_of(pairing))
        times.update((a, b) for place, a in enumerate(group) for b in group[place + 1 :])
    return [two for two, count in times.items() if count > 1]


def left_out_twice(made: Class) -> list[tuple[int, Date]]:
    """Whoever had nobody in two weeks running in which it was their turn."""
    alone: dict[int, set[Date]] = {}
    turns: dict[int, list[Date]] = {}
    for pairing in made.term.house.rows(Pairing):
        group = members_of(pairing)
        for each in group:
            turns.setdefault(each, []).append(pairing.week)
        if len(group) == 1:
            alone.setdefault(group[0], set()).add(pairing.week)
    found = []
    for member, weeks in turns.items():
        in_order = sorted(weeks)
        for before, after in itertools.pairwise(in_order):
            if {before, after} <= alone.get(member, set()):
                found.append((member, after))
    return found


def above_their_limit(made: Class) -> list[tuple[str, int]]:
    """Alumni with more asks in any thirty days than they said."""
    rows = made.term.house.rows
    alumni: dict[int, Alum] = {each.id: each for each in rows(Alum)}
    sent: dict[int, list[Instant]] = {}
    for ask in rows(Ask):
        if ask.alum_id is not None and ask.sent is not None:
            sent.setdefault(ask.alum_id, []).append(ask.sent)
    found = []
    for number, moments in sent.items():
        most = alumni[number].asks_per_month or 1
        for first in moments:
            many = sum(1 for each in moments if first <= each < first.add(hours=24 * 30))
            if many > most:
                found.append((alumni[number].name, many))
    return found


def introductions_open(made: Class) -> list[Introduction]:
    """What was asked so long ago that it is over, and is not."""
    days = made.term.house.cohort.numbers.intro_expires_days
    long_ago = made.term.now.subtract(hours=24 * (days + 1))
    waiting = made.term.house.rows(Introduction, state=LIVE)
    return [each for each in waiting if each.asked < long_ago]


# ---- Who saw what -----------------------------------------------------------------------------


def seen_by_others(made: Class) -> Iterator[str]:
    """Words that are somebody's alone, in what anybody else was ever shown."""
    public = "\n".join(all_words(shown) for _, shown in made.term.posts)
    groups = {who: "\n".join(all_words(each) for each in said)
              for who, said in made.term.house.groups.items()}  # fmt: skip
    for person in made.term.everybody():
        own = "\n".join(all_words(shown) for _, shown in person.seen)
        chats = "\n".join(words for who, words in groups.items() if person.actor.user in who)
        for other in made.players.values():
            if other.who is not person and other.who is not made.organiser:
                alone = () if other.pupil.share else (other.pupil.cousin[0].split()[1],)
                for secret in (*secrets_of(other.pupil.first), *alone):
                    if secret in own or secret in public or secret in chats:
                        yield f"{person.name} saw {secret}"


def secrets_of(first: str) -> tuple[str, ...]:
    """What each plants: notes, takeaways, tips, addresses, and private people."""
    kinds = ("mail", "note", "takeaway", "tip", "address")
    planted = tuple(f"{first}s-{kind}-stays-here" for kind in kinds)
    return (*planted, f"{first}smother", f"{first}strainer", f"{first}snewname", f"{first}smet")


def names_before_both_yeses(made: Class) -> list[str]:
    """Askers who read the contact's name, or the owner's part in it, before both had said yes."""
    house, found = made.term.house, []
    people = {each.who.member.id: each for each in made.players.values() if each.is_member}
    for intro in house.rows(Introduction):
        asker, card = people.get(intro.asker_id), house.rows(Contact, id=intro.contact_id or 0)
        if asker is None or not card or card[0].sharing is Sharing.OPEN or intro.openly:
            continue
        until = intro.connected or made.term.now
        early = [shown for moment, shown in asker.who.seen if moment < until]
        if any(card[0].name in all_words(shown) for shown in early):
            found.append(f"{asker.pupil.name}: {card[0].name}")
    return found


def seen_by_the_organiser(made: Class) -> list[str]:
    """A contact of a student's own, or a note of theirs, in anything the organiser was shown."""
    read = "\n".join(all_words(shown) for _, shown in made.organiser.seen)
    hers = [each for each in made.term.house.rows(Contact) if each.alum_id is None]
    names = {each.name for each in hers} | {each.cousin[0] for each in PUPILS}
    planted = {one for each in made.players.values() for one in secrets_of(each.pupil.first)}
    return [each for each in sorted(names | planted) if each in read]


def letters_of(made: Class, name: str) -> list[Came]:
    """What came to one."""
    return [each for each in made.term.came if each.to == name]


def students(made: Class) -> list[str]:
    """All thirty."""
    return [name for name in made.players if name != ORGANISER]

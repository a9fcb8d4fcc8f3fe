"""One student's whole life with a mark in each thing that is secret, and who may see which.

The table is the promise: ``may`` names the roles that may ever read the mark. Everything else, in
any command's answer, form, suggestion, file or message, is a leak.
"""

from dataclasses import dataclass, replace
from typing import Any

from whenever import Date

from bot.domain.asks import Ask
from bot.domain.care import Concern, PeerReview, Touch
from bot.domain.cohort import Workspace
from bot.domain.events import Win
from bot.domain.introductions import Introduction, IntroState
from bot.domain.meetings import Meeting
from bot.domain.people import ContactKind, Sharing
from bot.domain.talks import CheckIn, Promise, QuestionUse
from tests.builders import NOW, a_contact, a_talk
from tests.front_door import House, Person

SELF, PEER, ELSEWHERE, ORGANISER, ALUM = "self", "peer", "elsewhere", "organiser", "alum"
OTHERS = (PEER, ALUM, ELSEWHERE, ORGANISER)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that stands in one kind of thing only. ``may``: who else than Ana may read it."""

    what: str
    word: str
    may: frozenset[str] = frozenset()


def _mark(what: str, word: str, *may: str) -> Mark:
    return Mark(what, word, frozenset(may))


MARKS = (
    _mark("a private contact", "Quorvex"),
    _mark("their employer", "Brimsel"),
    _mark("an ask-first contact", "Tandrox"),
    _mark("their employer", "Wqxlund"),
    _mark("their town", "Ploffstadt"),
    _mark("an open contact", "Yzmarra", PEER, ORGANISER),
    _mark("an open contact's employer", "Fenwugg", PEER, ORGANISER),
    # The organiser, because Ben, who knows by then, tells of a concern about them.
    _mark("a contact introduced with both yeses", "Drellick", PEER, ORGANISER),
    _mark("e-mail", "mailzyx"),
    _mark("phone", "0555777"),
    _mark("a contact's notes", "notezyx"),
    _mark("two facts about them", "factzyx"),
    _mark("takeaways", "takezyx"),
    _mark("a tip", "tipzyx"),
    _mark("what was intended", "intendzyx"),
    _mark("a promise", "promzyx"),
    _mark("a touch's words", "touchzyx"),
    _mark("a question on the list", "queszyx"),
    _mark("a check-in", "checkzyx"),
    _mark("where a talk is", "placezyx"),
    _mark("a line about oneself", "expzyx"),
    _mark("why this field", "whyzyx"),
    _mark("what one hopes", "hopezyx"),
    _mark("interests", "interzyx"),
    _mark("ten years", "yearzyx"),
    _mark("an internship's goal", "goalzyx"),
    _mark("where the internship is", "internzyx"),
    _mark("the calendar's address", "calzyx"),
    _mark("an address to keep", "keepzyx"),
    _mark("a concern", "conczyx", ORGANISER),
    _mark("whom a concern is about", "regardzyx", ORGANISER),
    _mark("a note for another pair of eyes", "eyezyx", PEER),
    _mark("a win that was posted", "winzyx", PEER, ORGANISER, ALUM),
    _mark("a blurb that waits for its owner", "blurbzyx", PEER),
    _mark("an owner's version before both yeses", "ownerzyx"),
    _mark("what came of an introduction", "camezyx", PEER),
)  # fmt: skip


def plant(house: House, ana: Person, ben: Person) -> None:
    """Everything of Ana's; Ben has asked her for one introduction, and was given another."""
    cohort, me = house.cohort.id, ana.member.id
    with house.database.writing(cohort) as store:
        (workspace,) = store.find(Workspace)
        store.save(replace(workspace, channel="C1"))
        store.save(
            replace(
                ana.member, experience="expzyx", why_field="whyzyx", hope="hopezyx",
                interests="interzyx", ten_years="yearzyx", intern_goal="goalzyx",
                intern_at="internzyx", intern_from=Date(2026, 11, 1),
                intern_until=Date(2026, 12, 30), calendar_key="calzyx",
                keep_email="keepzyx@zyx.example",
            )
        )  # fmt: skip
        contacts = [store.add(each) for each in _contacts(cohort, me)]
        private, first, _open, met = (each.id for each in contacts)
        talk = store.add(
            a_talk(
                private, cohort, me, takeaways="takezyx", tip="tipzyx", intended="intendzyx",
                fit_because="takezyx",
            )
        )  # fmt: skip
        for row in (*_rows(cohort, me, private, talk.id, ben), *_two(cohort, me, first, met, ben)):
            store.add(row)


def _contacts(cohort: int, me: int) -> list[Any]:
    hidden = {
        "email": "mailzyx@zyx.example",
        "phone": "0555777",
        "notes": "notezyx",
        "facts": "factzyx",
        "field": "Publishing",
    }
    return [
        a_contact("Quorvex", cohort, me, company="Brimsel", kind=ContactKind.FAMILY, **hidden),
        a_contact(
            "Tandrox", cohort, me, company="Wqxlund", city="Ploffstadt",
            sharing=Sharing.ASK_FIRST, **hidden,
        ),
        a_contact("Yzmarra", cohort, me, company="Fenwugg", sharing=Sharing.OPEN, **hidden),
        a_contact("Drellick", cohort, me, sharing=Sharing.ASK_FIRST, **hidden),
    ]  # fmt: skip


def _rows(cohort: int, me: int, contact: int, talk: int, ben: Person) -> list[Any]:
    mine: dict[str, Any] = {"cohort_id": cohort, "member_id": me}
    return [
        Promise(**mine, talk_id=talk, words="promzyx", due=Date(2026, 11, 25)),
        Touch(**mine, contact_id=contact, at=NOW, words="touchzyx"),
        QuestionUse(**mine, contact_id=contact, question="queszyx", shown=NOW, saved=True),
        CheckIn(**mine, week=Date(2026, 11, 16), words="checkzyx", answered=NOW),
        Meeting(**mine, contact_id=contact, at=NOW.add(hours=50), place="placezyx", made=NOW),
        Ask(**mine, contact_id=contact, drafted=NOW, sent=NOW),
        Concern(**mine, words="conczyx", about="regardzyx", raised=NOW),
        PeerReview(**mine, reviewer_id=ben.member.id, words="Dear [name], eyezyx", asked=NOW),
        Win(**mine, words="winzyx", posted=NOW),
    ]


def _two(cohort: int, me: int, first: int, met: int, ben: Person) -> list[Introduction]:
    """One that Ben waits for, of which Ana has written her own version; one that came about."""
    his: dict[str, Any] = {
        "cohort_id": cohort,
        "asker_id": ben.member.id,
        "owner_id": me,
        "about": "Editing and publishing",
        "blurb": "blurbzyx",
        "words": "ownerzyx",
        "put": NOW,
        "owner_said": NOW,
        "asked": NOW,
    }
    return [
        Introduction(**his, contact_id=first, state=IntroState.OWNER_YES),
        Introduction(
            **his, contact_id=met, state=IntroState.CONNECTED, contact_said=NOW, connected=NOW,
            how="e-mail", outcome="camezyx",
        ),
    ]  # fmt: skip

"""From "whom should I meet?" to an answer, on every surface, as one student lives it.

FEATURES A4, A7, A8, B1–B8, C4, C7, E6, K1, K3.
"""

from functools import partial

import pytest

from tests.builders import an_alum
from tests.walks.chats.chat import Chat, Someone

pytestmark = pytest.mark.asyncio(loop_scope="session")

BAD = "Hi, do you have any openings at your firm? My resume is attached."
GOOD = (
    "Dear Priya,\nI found you in our alumni directory; I study English, too. Your list of first "
    "novels caught my eye. Could I ask you about your work at Northlight for 20 minutes next week? "
    "I’m after advice, not a job.\nThank you,\nAna Ruiz"
)
at_work = partial(an_alum, field="Publishing", city="Chicago")
ALUMNI = (
    at_work("Ines Vogel", title="Editor", company="Lindenhof", asks_per_month=1),
    at_work(
        "Priya Nair", title="Copy Editor", company="Northlight", topics="first novels",
        channel="e-mail",
    ),
    at_work("Jonas Adler", title="Rights Manager", company="Lindenhof"),
    at_work("Marek Dvorak", title="Chief Executive", company="Northlight"),
    at_work("Pia Pausing", title="Editor", company="Lindenhof", paused=True),
)  # fmt: skip


async def test_whom_to_meet_asking_and_the_answer(chat: Chat) -> None:
    """A classmate was there before; manners, holds, facts, another pair of eyes, silence."""
    chat.holds(ALUMNI)
    ben = await chat.member("Ben Okafor")
    await he_drafts_a_note_to_ines(ben)
    ana = await chat.member("Ana Ruiz")
    await she_asks_whom_to_meet(ana)
    await she_sees_who_is_free(ana, ben)
    await she_writes_to_priya(ana)
    await a_classmate_looks_at_it(chat, ana, ben)
    await she_asks_more_people(ana)
    await marek_is_not_to_be_asked(ana, ben)
    await nobody_answers(chat, ana)
    await rosa_will_introduce_her(chat, ana)


async def he_drafts_a_note_to_ines(ben: Someone) -> None:
    await ben.types("/alum find", company="Lindenhof")
    await ben.sees("Ines Vogel", "Jonas Adler")
    await ben.presses("Draft an ask", beside="Ines Vogel")
    await ben.sees("Before your first note")
    await ben.presses("I’ll do it this way")
    await ben.sees("A note to Ines Vogel")


async def she_asks_whom_to_meet(ana: Someone) -> None:
    """K1: those who know her come first; the held, the paused and the leaders do not come."""
    await ana.types("/network start")
    await ana.sees("an aunt, a coach, an old manager")
    await ana.fills_in(field="publishing", known="my aunt Rosa Keller, a bookseller")
    shown = await ana.sees("Whom to meet first", "Rosa Keller", "knows you: family or friend")
    assert shown.index("Rosa Keller, bookseller") < shown.index("Priya Nair")
    assert "Ines Vogel" not in shown
    assert "Pia Pausing" not in shown
    await ana.presses("Add", beside="Priya Nair")
    await ana.sees("Priya Nair is on your list")


async def she_sees_who_is_free(ana: Someone, ben: Someone) -> None:
    """A4 and B6: in the finder before drafting, never because of whom; the full are not there."""
    await ana.types("/alum find", company="Lindenhof")
    found = await ana.sees("Ines Vogel", "can be asked from", "Jonas Adler")
    assert "Ben" not in found
    assert "Pia Pausing" not in found
    await ana.presses("Add", beside="Ines Vogel")
    await ana.sees("Ines Vogel is on your list")
    await ben.presses("Sent")
    await ben.sees("Well done")
    await ana.types("/alum find", company="Lindenhof")
    assert "Ines Vogel" not in await ana.sees("Jonas Adler")
    await ana.types("/contact show", person="Priya Nair")
    await ana.sees("Glad to talk about", "first novels", "free to be asked: 1 this month", "to ask")
    await ana.types("/ask draft", person="Ines Vogel")
    await ana.sees("Before your first note, a minute on manners")
    await ana.presses("I’ll do it this way")
    held = await ana.sees("Ines Vogel can be asked from", "It isn’t about you")
    assert "These two are free now" in held


async def she_writes_to_priya(ana: Someone) -> None:
    """B1, B3, C4, C7: every shape, two facts, the manners one tap away, the check."""
    await ana.presses("Draft an ask", beside="Priya Nair")
    await ana.sees("A note to Priya Nair")
    await ana.sees("Dear Priya", "alumni directory")
    await ana.picks("As something else", "A phone script")
    await ana.sees("A phone script for Priya Nair")
    await ana.sees("A good hour to call")
    await ana.picks("As something else", "A LinkedIn note (200)")
    await ana.sees("of 200 characters")
    await ana.takes("Two facts about them")
    await ana.sees("What caught your eye?")
    await ana.fills_in(first="your list of first novels")
    await ana.sees("What caught my eye: your list of first novels")
    await ana.presses("How we ask")
    await ana.sees("Advice, never a job.")
    await ana.presses("Check my version")
    await ana.sees("Check my note")
    await ana.fills_in(note=BAD)
    await ana.sees("This asks for a job.", "Leave it off")
    await ana.presses("Change and check again")
    await ana.sees("Mend my note")
    await ana.fills_in(mended=GOOD)
    await ana.sees("nothing to mend. Send it.")


async def a_classmate_looks_at_it(chat: Chat, ana: Someone, ben: Someone) -> None:
    """B2: one classmate reads it without learning whose it is or to whom it goes."""
    await ana.presses("A classmate’s eye")
    await ana.sees("A classmate will read it")
    await chat.passes()
    await ben.sees("A classmate asks for your eye")
    note = await ben.sees("Dear [name],", "your work at [employer]")
    assert "Priya" not in note
    assert "Ana" not in note
    await ben.presses("Answer")
    await ben.sees("A classmate’s note", "thing you like")
    await ben.fills_in(liked="It is short.", to_fix="Say why them.")
    await ben.sees("They’ll be glad of it")
    await chat.passes()
    await ana.sees("They like: It is short.", "To fix: Say why them.")


async def she_asks_more_people(ana: Someone) -> None:
    """B5, B6, B7, K3: what informs never refuses, and the tie fits how she knows them."""
    await ana.types("/ask sent", person="Priya Nair")
    await ana.sees("Well done")
    await ana.types("/ask draft", person="Rosa Keller")
    await ana.sees("A text to Rosa Keller")
    await ana.sees("You have one open ask this week.")
    await ana.sees("Hi Rosa, it’s Ana")
    await ana.takes("Not now")
    await ana.sees("Rosa Keller stays on your list")
    await ana.types("/alum find", company="Northlight")
    await ana.presses("Draft an ask", beside="Marek Dvorak")
    await ana.sees("Chief Executive is a very senior post")
    await ana.sees("Asks of your class to Northlight")
    await ana.presses("Sent")
    await ana.sees("Well done")


async def marek_is_not_to_be_asked(ana: Someone, ben: Someone) -> None:
    """B8, K4: he asked for it; the whole class is offered others, without a reason."""
    await ana.types("/ask replied", person="Marek Dvorak")
    await ana.sees("What did they say?")
    await ana.presses("Not to be asked again")
    await ana.sees("Nobody in your class will be offered Marek Dvorak again")
    await ben.types("/alum find", company="Northlight")
    await ben.sees("I find nobody at Northlight just now")
    await ana.types("/ask draft", person="Marek Dvorak")
    await ana.sees("Marek Dvorak can’t be asked. It isn’t about you.")


async def nobody_answers(chat: Chat, ana: Someone) -> None:
    """B4: asked about once, one follow-up, then the next name."""
    await chat.passes("2026-03-17 09:01")
    await ana.sees("Priya Nair hasn’t answered in a week")
    await ana.presses("Follow-up draft")
    await ana.sees("I write once more")
    await ana.presses("Sent")
    await ana.sees("I’ll ask once more")
    await chat.passes("2026-03-24 09:01")
    await ana.sees("Priya Nair hasn’t answered the second note either")
    await ana.presses("Move on")
    await ana.sees("Next on your list: Rosa Keller")
    await ana.types("/contact show", person="Priya Nair")
    await ana.sees("no reply", "followed up", "You read: your list of first novels")


async def rosa_will_introduce_her(chat: Chat, ana: Someone) -> None:
    """E6: a note to forward, one reminder after a week, and thanks when they have met."""
    await ana.types("/contact show", person="Ines Vogel")
    await ana.sees("Where it stands")
    await ana.takes("Somebody will introduce me")
    await ana.sees("An introduction")
    await ana.fills_in(by="Rosa Keller")
    await ana.sees("Rosa Keller will introduce you to Ines Vogel")
    await chat.passes("2026-03-31 09:01")
    await ana.sees("Rosa Keller", "Ines Vogel")
    await ana.types("/interview log", person="Ines Vogel", tip="Read aloud.")
    await ana.sees("Logged: your talk with Ines Vogel")
    await ana.takes("Tell Rosa Keller you met")
    await ana.sees("Thank you for the name.")

"""Staying in touch over three months, with a pause and weeks let pass, on every surface.

FEATURES E2, F1–F5, F8, F12, K3.
"""

import pytest

from tests.walks.chats.chat import Chat, Someone

pytestmark = pytest.mark.asyncio(loop_scope="session")

WEDNESDAYS = ("04-15", "04-22", "04-29", "05-06", "05-13", "05-20", "05-27")
CHECK_IN = "Your weekly check-in"


async def test_staying_in_touch_over_three_months(chat: Chat) -> None:
    """One digest a day, why it came and what to press; slower and silent when she is."""
    ana = await chat.member("Ana Ruiz")
    await she_has_talked_with_two(ana)
    await she_lets_two_pass(chat, ana)
    await she_rests(chat, ana)
    await no_new_name_came(chat, ana)
    await she_picks_an_hour(chat, ana)
    await a_touch_is_due(chat, ana)
    await it_comes_again_and_starts_over(chat, ana)
    await she_falls_silent(chat, ana)


async def she_has_talked_with_two(ana: Someone) -> None:
    """K3: an old coach, and an aunt of whom she is never reminded."""
    await ana.types("/contact add")
    await ana.sees("Add a person")
    await ana.fills_in(name="Tom Brandt", kind="co-worker or coach", company="Waldfunk")
    await ana.sees("Tom Brandt is on your list")
    await ana.types("/interview log", person="Tom Brandt")
    await ana.sees("Your talk with Tom")
    await ana.fills_in(tip="Cut your own voice first.", thanked="Yes")
    assert "thank-you ready" not in await ana.sees("Logged: your talk with Tom Brandt")
    await ana.types("/contact add")
    await ana.fills_in(name="Rosa Keller", kind="family or friend")
    await ana.sees("Rosa Keller is on your list")
    await ana.types("/interview log", person="Rosa Keller")
    await ana.fills_in(takeaways="How a shop orders.", thanked="Yes")
    await ana.sees("Logged: your talk with Rosa Keller")


async def she_lets_two_pass(chat: Chat, ana: Someone) -> None:
    """F3, F5, F6: a check-in, one reminder of it, and then the offer to write less often."""
    await chat.passes("2026-03-16 09:01")
    await ana.sees(CHECK_IN, "Stop any time")
    await chat.passes("2026-03-18 09:01")
    await ana.sees("Your check-in is still open")
    await chat.passes("2026-03-23 09:01")
    await ana.sees("You’ve let two of these pass, which is fine")
    await ana.presses("Less often")
    await ana.sees("one message a week at most")
    await ana.types("/settings show")
    await ana.sees("on, at most one a week")
    await ana.presses("As before")
    await ana.sees("I’m back: at most one message a day")


async def she_rests(chat: Chat, ana: Someone) -> None:
    """F8: nothing in the pause, and back by itself."""
    await ana.types("/settings pause", until="3 april")
    await ana.sees("Quiet until")
    before = len(await ana.all())
    await chat.passes("2026-04-02 18:00")
    assert len(await ana.all()) == before


async def no_new_name_came(chat: Chat, ana: Someone) -> None:
    """E2: three people to ask for a name, each one press away; a line counts as a touch."""
    await chat.passes("2026-04-03 09:01")
    await ana.sees("No new name in 14 days", "Who else should I talk to?")
    await ana.presses("Write", beside="Tom Brandt")
    await ana.sees("Cut your own voice first.", "Who else do you think I should talk to?")
    await ana.presses("Written")
    await ana.sees("you were in touch with Tom Brandt today")


async def she_picks_an_hour(chat: Chat, ana: Someone) -> None:
    """F12: what can wait comes on Wednesdays at five, and the rest of the week is quiet."""
    await ana.types("/settings change")
    await ana.sees("Your settings")
    if ana.form_fields is not None:
        await ana.fills_in()
        await ana.sees("Saved.")
        await ana.presses("Change the rest")
        await ana.sees("Hour day")
    await ana.fills_in(hour_day="Wednesday", hour_at="17:00")
    await ana.sees("Wednesday 17:00", "in your networking hour")
    before = await ana.count(CHECK_IN)
    await chat.passes("2026-04-07 18:00")
    assert await ana.count(CHECK_IN) == before
    await chat.passes("2026-04-08 17:01")
    await she_skips_it(ana)


async def she_skips_it(ana: Someone) -> None:
    await ana.sees(CHECK_IN)
    await ana.presses("Skip this week")
    await ana.sees("A week off is fine")


async def a_touch_is_due(chat: Chat, ana: Someone) -> None:
    """F1, F2: two months after the last line, with the last note beside the name."""
    for day in WEDNESDAYS:
        await chat.passes(f"2026-{day} 17:01")
        await she_skips_it(ana)
    await ana.types("/network due")
    due = await ana.sees("Stay in touch", "Tom Brandt", "soon · Cut your own voice first.")
    assert "Rosa Keller" not in due
    await chat.passes("2026-06-03 17:01")
    await ana.sees("You were last in touch with Tom Brandt on Friday 3 April")
    await ana.picks("Tom Brandt: remind me later", "in two weeks")
    await ana.sees("I’ll come back to it")
    await ana.types("/network due")
    assert "Tom Brandt" not in await ana.sees("")


async def it_comes_again_and_starts_over(chat: Chat, ana: Someone) -> None:
    """F1, F4: counted from the press; a touch begins the sixty days anew."""
    await chat.passes("2026-06-17 17:02")
    await ana.sees("You were last in touch with Tom Brandt")
    await ana.presses("Written")
    await ana.sees("you were in touch with Tom Brandt today")
    await ana.types("/contact show", person="Tom Brandt")
    await ana.sees("Sunday 16 August")


async def she_falls_silent(chat: Chat, ana: Someone) -> None:
    """F5: after three that nobody answered it is quiet, until a word from her."""
    for day in ("06-24", "07-01", "07-08"):
        await chat.passes(f"2026-{day} 17:01")
        await ana.sees(CHECK_IN)
    await chat.passes("2026-07-15 17:01")
    await ana.sees("I’ll be quiet now", "any word from you starts me again")
    await ana.presses("Keep writing")
    await ana.sees("I’m back: at most one message a day")

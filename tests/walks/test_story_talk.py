"""A talk from its booking to the news of what came of it, on every surface.

FEATURES A8, C1–C3, C5–C7, D1–D6, E1, F11, J7.
"""

import pytest
from icalendar import Calendar

from tests.walks.chats.chat import Chat, Someone

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_talk_and_afterwards(chat: Chat) -> None:
    """Questions, thirty seconds, the brief, moved once, logged, thanked, promises, good news."""
    ana = await chat.member("Ana Ruiz")
    await she_gets_ready(ana)
    await she_books(ana)
    await the_evening_before(chat, ana)
    await the_day_itself(chat, ana)
    await it_was_moved_and_happened(chat, ana)
    await she_says_thank_you(chat, ana)
    await she_keeps_her_promise(chat, ana)
    await one_name_led_to_another(ana)
    await she_closes_the_loop(ana)
    await she_looks_back(ana)
    await a_talk_is_called_off(chat, ana)


async def she_gets_ready(ana: Someone) -> None:
    """C1, C2: a question saved to her list, and who she is in thirty seconds."""
    await ana.types("/contact add", name="Dana Ortiz", company="Acme", title="Brand manager")
    await ana.sees("Dana Ortiz is on your list")
    await ana.types("/question", person="Dana Ortiz")
    first = await ana.sees("for Dana Ortiz")
    await ana.presses("Another")
    assert await ana.sees("for Dana Ortiz") != first
    await ana.presses("Save to my list")
    await ana.sees("Saved. Your list has 1 question.")
    await ana.types("/interview prep", person="Dana Ortiz")
    await ana.sees("Getting ready for Dana Ortiz", "Five questions")
    await ana.presses("My thirty seconds")
    await ana.sees("Your thirty seconds", "class, job or project")
    await ana.fills_in(
        why="Brands draw me because they are promises", link="I ran our school paper",
        hope="how a launch is planned", major="English", graduates="2027",
    )  # fmt: skip
    await ana.sees("seconds. Say it aloud twice")


async def she_books(ana: Someone) -> None:
    """C5: a time that has passed is mended in the form; both clocks, and the file."""
    await ana.types("/interview book", person="Dana Ortiz")
    await ana.sees("Book a talk")
    await ana.fills_in(when="yesterday 3pm")
    await ana.sees("passed")
    if ana.form_fields is not None:  # there a form closes when it is sent
        await ana.presses("Mend it")
        await ana.sees("Book a talk")
    await ana.fills_in(when="friday 3pm", mode="Video", place="Room 4", zone="New York")
    await ana.sees("Booked: Dana Ortiz", "16:00 in New York for them", "30 minutes by video")
    (event,) = Calendar.from_ical(await ana.gets("talk.ics")).events
    assert event["summary"] == "Talk with Dana Ortiz"
    await ana.presses("Two facts about them")
    await ana.sees("thing more")
    await ana.fills_in(first="the spring campaign", second="her talk on naming")
    await ana.sees("You’ll find it in your brief")


async def the_evening_before(chat: Chat, ana: Someone) -> None:
    """C3, C7: who, what she read, her thirty seconds, five questions, the checklist, the line."""
    await chat.passes("2026-03-12 18:01")
    await ana.sees(
        "Tomorrow 15:00, Dana Ortiz", "Brand manager, Acme", "the spring campaign",
        "Your thirty seconds", "Five questions", "your résumé", "16:00",
    )  # fmt: skip
    await ana.sees("Dear Dana", "I’m looking forward")


async def the_day_itself(chat: Chat, ana: Someone) -> None:
    """C5, C6: a last word, and one line five minutes before the end, as asked for."""
    await chat.passes("2026-03-13 14:46")
    await ana.sees("At 15:00: Dana Ortiz", "Room 4")
    await ana.presses("Nudge me at minute 25")
    await ana.sees("I’ll send one line at")
    await chat.passes("2026-03-13 15:26")
    await ana.sees("minutes left", "Who else should I talk to?")


async def it_was_moved_and_happened(chat: Chat, ana: Someone) -> None:
    """D1, D2, D5, E1: a new time; then yes, the form, and whether it fits."""
    await chat.passes("2026-03-13 16:31")
    await ana.sees("Did it happen?")
    await ana.presses("Moved")
    await ana.sees("That happens. When is it now?")
    await ana.presses("Enter a new time")
    await ana.sees("Change or move a talk")
    await ana.fills_in(when="tuesday 3pm")
    await ana.sees("Now: Dana Ortiz")
    await chat.passes("2026-03-16 18:01")
    await ana.sees("Tomorrow 15:00, Dana Ortiz")
    await chat.passes("2026-03-17 14:46")
    await ana.sees("At 15:00: Dana Ortiz")
    await chat.passes("2026-03-17 15:26")
    await ana.sees("minutes left")
    await chat.passes("2026-03-17 16:31")
    await ana.sees("Did it happen?")
    await ana.presses("Yes")
    await ana.sees("Your talk with Dana", "Only you can read this")
    await ana.fills_in(
        takeaways="How a launch is planned.", tip="Learn SQL first.", names="Kim Park",
        promises="send her my paper by friday",
    )  # fmt: skip
    await ana.sees(
        "Logged: your talk with Dana Ortiz", "Kim Park joined your list, suggested by Dana Ortiz",
        "Promised: send her my paper, by Friday 20 March", "I’ll have your thank-you ready",
    )  # fmt: skip
    await ana.presses("Nearer")
    await ana.sees("for you alone: nearer")
    await ana.presses("Say why")
    await ana.sees("What did you notice?")
    await ana.fills_in(because="I could do this all day")
    await ana.sees("You will see it beside this talk")


async def she_says_thank_you(chat: Chat, ana: Someone) -> None:
    """D3, D4: next morning, quoting the tip and what she will do with it; never again after."""
    await chat.passes("2026-03-18 09:01")
    await ana.sees("Yesterday Dana Ortiz told you: “Learn SQL first.”")
    await ana.presses("Change the tip")
    await ana.sees("Their best tip")
    await ana.fills_in(intended="take the evening class")
    await ana.sees("Dear Dana", "Learn SQL first.", "take the evening class")
    await ana.presses("Sent")
    await ana.sees("Dana Ortiz is thanked. I won’t ask again.")
    told = await ana.count("Your thank-you quoting it is ready")
    await chat.passes("2026-03-19 18:00")
    assert await ana.count("Your thank-you quoting it is ready") == told


async def she_keeps_her_promise(chat: Chat, ana: Someone) -> None:
    """D1, D6: on the day that she named."""
    await chat.passes("2026-03-20 09:01")
    await ana.sees("You promised Dana Ortiz: send her my paper, by Friday 20 March")
    await ana.presses("Done")
    await ana.sees("Kept: send her my paper.")


async def one_name_led_to_another(ana: Someone) -> None:
    """D6, E1: a talk with somebody who was named; whoever gave the name hears of it."""
    await ana.types("/interview log", person="Kim Park", tip="Ask the printers.")
    await ana.sees("Logged: your talk with Kim Park")
    await ana.takes("Tell Dana Ortiz you met")
    await ana.sees("I talked with Kim Park, as you suggested")
    await ana.presses("Sent")
    await ana.sees("you were in touch with Dana Ortiz today")


async def she_closes_the_loop(ana: Someone) -> None:
    """D6: advice that was used, and good news to everybody who helped."""
    await ana.types("/interview list")
    await ana.sees("Your talks: 2", "because I could do this all day")
    await ana.presses("I used the tip", beside="Dana Ortiz")
    await ana.sees("I did it: take the evening class")
    await ana.types("/network news", what="I got the summer job")
    await ana.sees("These helped you", "Dana Ortiz", "Kim Park")
    await ana.presses("Note", beside="Dana Ortiz")
    await ana.sees("Good news: I got the summer job.")


async def she_looks_back(ana: Someone) -> None:
    """A8, D5, F2, F11, J7: bars against the goal, what is due, the whole story on one card."""
    await ana.types("/settings goals")
    await ana.sees("What you aim for")
    await ana.fills_in(goal="2", weekly_hours="1", field="marketing")
    await ana.sees("Saved: 2 talks a week, in 1 h")
    await ana.types("/network progress")
    await ana.sees(
        "the goal is 2 talks", "2 talks, 1 thanked", "more than you meant to give", "Names gained"
    )
    await ana.types("/network due")
    await ana.sees("To thank", "Kim Park")
    await ana.presses("Thank them", beside="Kim Park")
    await ana.sees("Dear Kim", "Ask the printers.")
    await ana.presses("Sent")
    await ana.sees("Kim Park is thanked")
    await ana.types("/contact show", person="Dana Ortiz")
    await ana.sees(
        "Kim Park", "Talk on Tuesday 17 March", ", thanked", "Their tip: “Learn SQL first.”",
        "Promised: send her my paper by Friday 20 March", ", done", "In touch",
    )  # fmt: skip


async def a_talk_is_called_off(chat: Chat, ana: Someone) -> None:
    """C5, D2: with less notice than is the custom, kindly; and one that never happened."""
    await ana.types("/interview book", person="Kim Park", when="saturday 11:00")
    await ana.sees("Booked: Kim Park")
    await ana.types("/interview cancel")
    await ana.sees("Called off: Kim Park", "notice is the custom, and this is less")
    await ana.presses("It is on after all")
    await ana.sees("Now: Kim Park")
    await chat.passes("2026-03-21 10:46")
    await ana.sees("At 11:00: Kim Park")
    await chat.passes("2026-03-21 12:31")
    await ana.sees("Did it happen?")
    await ana.presses("No")
    await ana.sees("these things happen, on either side")

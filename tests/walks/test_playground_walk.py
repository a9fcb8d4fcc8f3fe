"""A student's whole path in the playground, in a real Chromium, and how the page bears itself."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.walks.browser import (
    CHROMIUM,
    NO_CHROMIUM,
    PATIENCE,
    PHONE,
    Person,
    a_browser,
    an_open_playground,
    sits_down,
)

WORST = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
    "<!channel>", "@everyone", "<@U012AB3CD>", "[x](https://evil.example)", "*bold* _it_ `code`",
    "{name} {0} %s", "javascript:alert(1)", "Robert'); DROP TABLE contacts;--", "=1+1",
    "{{7*7}} {% raw %}", "&lt;b&gt;", "مرحبا بالعالم", "👩🏽‍🚀🇪🇺", "null", "../../etc/passwd",
    "name: Dana place: x", "-->]]><!--",
)  # fmt: skip

pytestmark = pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A browser of this test's own."""
    async with a_browser() as opened:
        yield opened


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncGenerator[str]:
    """The address of a playground of this test's own; it is Tuesday, ten o'clock."""
    async with an_open_playground(tmp_path) as address:
        yield address


async def opts_in(ana: Person) -> None:
    """From the first word to the first step."""
    assert "I write to nobody without your yes" in await ana.says("hi")
    await ana.presses("Opt in")
    await ana.messages.filter(has_text="at most once a day").wait_for()


async def test_a_students_whole_path(browser: Browser, playground: str) -> None:
    ana = await sits_down(browser, playground)
    await opts_in(ana)
    found = await ana.says("/alum find maketing")
    assert "Marketing" in found
    rows = ana.answers.last.get_by_role("listitem")
    assert await rows.count() >= 10
    name = (await rows.first.locator(".row-title").inner_text()).partition(",")[0]
    assert name in await ana.presses_in(rows.first, "Add")
    assert "?" in await ana.says("/question")
    assert await ana.says("/interview log")
    logged = await ana.fills_in(
        {"Person": name, "Takeaways": "Brands are promises.", "Tip": "Learn SQL first.",
         "Names": "Omar Haddad"}
    )  # fmt: skip
    assert f"your talk with {name}" in logged
    assert "Omar Haddad joined your list" in logged
    await ana.moves_clock("Next morning")
    thanks = await ana.answers.last.inner_text()
    assert "“Learn SQL first.”" in thanks
    assert "is thanked" in await ana.presses("Sent")
    await ana.moves_clock("Next Monday")
    check_in = ana.answers.last
    assert "weekly check-in" in await check_in.inner_text()
    await ana.presses("2")
    assert ana.complaints == []


async def test_what_happens_is_seen_in_both_tabs(browser: Browser, playground: str) -> None:
    one = await sits_down(browser, playground)
    other = await sits_down(browser, playground)
    ben = await sits_down(browser, playground, "ben")
    await one.says("hi")
    await other.answers.filter(has_text="I write to nobody without your yes").wait_for()
    await one.presses("Opt in")
    await other.messages.filter(has_text="You’re in").wait_for()
    assert await ben.messages.count() == 0


async def test_the_class_reads_the_channel_and_only_ana_her_answers(
    browser: Browser, playground: str
) -> None:
    ana = await sits_down(browser, playground, room="channel")
    ben = await sits_down(browser, playground, "ben", "channel")
    elsewhere = await sits_down(browser, playground, "mei")
    await ana.types("Hello everybody <b>here</b>")
    await ana.page.keyboard.press("Enter")
    await ben.messages.filter(has_text="Hello everybody <b>here</b>").wait_for()
    await elsewhere.page.locator('[data-room="channel"] .unread').wait_for()
    await ana.says("/question")
    assert "Only you can see this" in await ana.answers.last.inner_text()
    assert await ben.answers.count() == 0


async def test_the_keyboard_alone_is_enough(browser: Browser, playground: str) -> None:
    ana = await sits_down(browser, playground)
    keys = ana.page.keyboard
    assert await ana.focused() == "words"
    await keys.type("/inter")
    await ana.suggestions.filter(has_text="/interview log").wait_for()
    await keys.press("ArrowDown")
    while "log" not in await ana.page.locator('[aria-selected="true"]').inner_text():
        await keys.press("ArrowDown")
    await keys.press("Tab")
    assert await ana.page.locator("#words").input_value() == "/interview log "
    await keys.press("Escape")
    await keys.press("Enter")
    await ana.dialog.wait_for()
    assert await ana.focused() == "field-person"
    await keys.type("Dana Lee")
    await keys.press("Escape")
    assert await ana.dialog.count() == 1
    assert "throws away" in await ana.dialog.get_by_role("status").inner_text()
    await keys.press("Enter")
    await ana.dialog.wait_for(state="hidden")
    await ana.answers.filter(has_text="your talk with Dana Lee").wait_for()
    assert await ana.focused() == "words"
    await keys.press("Shift+Tab")
    await ana.page.locator("#plus:focus").wait_for()
    await keys.press("Enter")
    await ana.page.locator("#commands").wait_for()
    await keys.press("Escape")
    assert await ana.focused() == "plus"


async def test_completion_walks_from_command_to_option_to_value(
    browser: Browser, playground: str
) -> None:
    ana = await sits_down(browser, playground)
    await ana.types("/alum f")
    await ana.suggestions.filter(has_text="/alum find").first.wait_for()
    await ana.page.keyboard.press("Enter")
    await ana.suggestions.filter(has_text="place:").wait_for()
    await ana.types("market")
    await ana.suggestions.filter(has_text="Market research").wait_for()
    await ana.page.keyboard.press("ArrowDown")
    await ana.page.keyboard.press("Enter")
    typed = await ana.page.locator("#words").input_value()
    assert typed.lower().startswith("/alum find market")
    assert typed.endswith(" ")


async def test_the_first_press_of_save_counts_while_names_are_proposed(
    browser: Browser, playground: str
) -> None:
    """The list above the button goes when the focus does, and the button moves up with it."""
    ana = await sits_down(browser, playground)
    await ana.says("/contact add name: Rosa Keller")
    await ana.says("/contact show")
    await ana.dialog.locator("#field-person").press_sequentially("Rosa")
    await ana.dialog.get_by_role("option", name="Rosa Keller").wait_for()
    await ana.dialog.locator('button[type="submit"]').click()
    await ana.answers.filter(has_text="Where it stands").wait_for(timeout=PATIENCE)


async def test_a_form_keeps_what_was_typed_and_goes_to_the_first_mistake(
    browser: Browser, playground: str
) -> None:
    ana = await sits_down(browser, playground)
    await ana.says("/interview log")
    await ana.fills_in({"Person": "Dana Lee", "Takeaways": "much " * 700, "Tip": "Keep me."})
    await ana.dialog.locator('[aria-invalid="true"]').wait_for()
    assert await ana.focused() == "field-takeaways"
    assert await ana.dialog.get_by_label("Tip").input_value() == "Keep me."
    assert await ana.dialog.get_by_label("Takeaways").input_value() == "much " * 700
    await ana.fills_in({"Takeaways": "less"})
    assert "your talk with Dana Lee" in await ana.answers.last.inner_text()


@pytest.mark.parametrize("dark", [False, True])
async def test_a_phone_shows_everything_without_scrolling_sideways(
    browser: Browser, playground: str, *, dark: bool
) -> None:
    ana = await sits_down(browser, playground, size=PHONE, dark=dark)
    await opts_in(ana)
    await ana.says("/alum find marketing")
    assert await ana.overflow() == 0
    await ana.says("/interview log")
    assert await ana.overflow() == 0
    await ana.fills_in({"Person": "Verylongname" * 12, "Tip": "x" * 190})
    assert await ana.overflow() == 0
    await ana.page.get_by_role("button", name="Rooms and people").click()
    await ana.page.get_by_role("link", name="spring-cohort").click()
    await ana.messages.filter(has_text="Welcome, everybody!").wait_for()
    assert await ana.overflow() == 0


@pytest.mark.parametrize(("dark", "ground"), [(False, "#fffdf9"), (True, "#1a2122")])
async def test_the_page_follows_light_and_dark(
    browser: Browser, playground: str, *, dark: bool, ground: str
) -> None:
    ana = await sits_down(browser, playground, dark=dark)
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    shown = await ana.page.evaluate(
        "() => getComputedStyle(document.querySelector('main')).backgroundColor"
    )
    assert shown == f"rgb({red}, {green}, {blue})"


async def test_everything_that_can_be_used_has_a_name_and_room_for_a_finger(
    browser: Browser, playground: str
) -> None:
    ana = await sits_down(browser, playground, size=PHONE)
    await opts_in(ana)
    await ana.says("/alum find marketing")
    assert await ana.nameless() == []
    assert await ana.too_small() == []
    await ana.says("/contact add")
    assert await ana.nameless() == []
    assert await ana.too_small() == []


async def test_words_that_could_not_be_sent_are_kept(browser: Browser, playground: str) -> None:
    ana = await sits_down(browser, playground)
    await ana.page.context.set_offline(True)
    await ana.types("talked to Dana")
    await ana.page.keyboard.press("Enter")
    await ana.page.get_by_text("Not sent").wait_for()
    assert await ana.page.locator("#words").input_value() == "talked to Dana"
    await ana.page.context.set_offline(False)
    await ana.page.keyboard.press("Enter")
    await ana.answers.first.wait_for()
    assert await ana.page.locator("article.message.mine").count() == 1


async def test_a_file_is_put_into_the_dm(browser: Browser, playground: str) -> None:
    """By the paper clip: a preview first, and the people are on the list after a press."""
    ana = await sits_down(browser, playground)
    async with ana.page.expect_file_chooser() as chooser:
        await ana.page.get_by_role("button", name="Send a file").click()
    people = b"name,company\nUma Field,Quill Press\nLee Park,Harbour School\n"
    sent = {"name": "people.csv", "mimeType": "text/csv", "buffer": people}
    await (await chooser.value).set_files([sent])  # ty: ignore[invalid-argument-type]
    await ana.messages.filter(has_text="people.csv").first.wait_for()
    await ana.answers.filter(has_text="Preview").wait_for()
    await ana.page.get_by_role("button", name="Add 2", exact=True).click()
    await ana.answers.filter(has_text="Added: 2 people").wait_for()
    assert ana.complaints == []


async def test_a_draft_is_copied_with_one_press(browser: Browser, playground: str) -> None:
    ana = await sits_down(browser, playground)
    await ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ana.says("/interview log")
    await ana.fills_in({"Person": "Dana Lee", "Tip": "Learn SQL first."})
    await ana.presses("Thank-you draft")
    await ana.answers.last.get_by_role("button", name="Copy").click()
    await ana.page.get_by_text("Copied.").wait_for()
    copied = await ana.page.evaluate("() => navigator.clipboard.readText()")
    assert "Learn SQL first." in copied


async def test_the_worst_names_are_shown_as_typed_and_do_nothing(
    browser: Browser, playground: str
) -> None:
    ana = await sits_down(browser, playground)
    for bad in WORST:
        await ana.says("/contact add")
        await ana.fills_in({"Name": bad})
        assert bad in await ana.answers.last.inner_text()
    assert f"Your people: {len(WORST)}" in await ana.says("/contact list")
    assert ana.complaints == []


async def test_rooms_and_buttons_outlive_a_restart(browser: Browser, tmp_path: Path) -> None:
    async with an_open_playground(tmp_path) as address:
        ana = await sits_down(browser, address)
        await ana.says("hi")
        await ana.moves_clock("+1 hour")
    async with an_open_playground(tmp_path) as address:
        ana = await sits_down(browser, address)
        assert await ana.page.locator("#now").inner_text() == "Tue 10 Mar, 11:00"
        await ana.presses("Opt in")
        await ana.messages.filter(has_text="You’re in. It is 11:00 for you").wait_for()


async def test_what_a_member_reads_is_in_their_own_zone(browser: Browser, playground: str) -> None:
    mei = await sits_down(browser, playground, "mei")
    assert await mei.page.locator("#now").inner_text() == "Tue 10 Mar, 8:00"
    await mei.says("/settings show")
    assert "Vancouver" in await mei.answers.last.inner_text()

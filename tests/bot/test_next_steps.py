"""What comes next on a small screen: few buttons, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.invocation import call
from bot.next_steps import next_steps
from bot.reply import Button, Buttons, Menu, button, text


def made(names: list[str], *, replaces: bool = False) -> list[Button]:
    return [button(text("{n}", n=n), call(n), replaces=replaces) for n in names]


def called(parts: tuple[object, ...]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, Buttons):
            found += [each.call.command for each in part.buttons]
        if isinstance(part, Menu):
            found += [each.call.command for each in part.options]
    return found


@given(st.integers(0, 8), st.integers(0, 4))
def test_every_step_is_there_once_in_its_order(many: int, shown: int) -> None:
    """However many there are."""
    names = list("abcdefgh"[:many])
    assert called(next_steps(made(names), shown)) == names


def test_two_stand_out_and_the_rest_is_one_menu() -> None:
    """The likeliest first."""
    buttons, menu = next_steps(made(["a", "b", "c", "d"]))
    assert isinstance(buttons, Buttons)
    assert isinstance(menu, Menu)
    assert [each.call.command for each in buttons.buttons] == ["a", "b"]


def test_a_menu_of_one_is_a_button() -> None:
    """It would be no shorter."""
    (buttons,) = next_steps(made(["a", "b", "c"]))
    assert isinstance(buttons, Buttons)


def test_what_replaces_its_message_stays_a_button() -> None:
    """A menu's options replace all or nothing."""
    undo = made(["undo"], replaces=True)
    buttons, _menu = next_steps([*made(["a", "b", "c", "d"]), *undo])
    assert isinstance(buttons, Buttons)
    assert [each.call.command for each in buttons.buttons] == ["a", "b", "undo"]


def test_nothing_for_nothing() -> None:
    """No empty row of buttons."""
    assert next_steps([]) == ()

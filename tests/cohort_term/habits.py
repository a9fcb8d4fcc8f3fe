"""What students do about each kind of message, by the button that it has."""

from collections.abc import Callable, Mapping

from whenever import Date

from bot.domain.asks import Ask
from bot.domain.events import Win
from bot.domain.talks import Talk
from bot.invocation import read
from tests.cohort_term.chance import drawn
from tests.cohort_term.player import Player
from tests.cohort_term.term import Came
from tests.front_door import Shown

About = Mapping[str, str]
Habit = Callable[[Player, Shown, About], None]
MOODS = ("great", "good", "so-so", "stuck")


def reacts(player: Player, came: Came) -> None:
    """Each part of it has its turn, at their pace."""
    for row in came.rows:
        habit = HABITS.get(row.command)
        if habit is not None and not player.gone and player.bothers(row.command):
            habit(player, came.shown, read(row.call).arguments)


def checks_in(player: Player, on: Shown, about: About) -> None:
    """Three taps, then perhaps the next step that is offered."""
    week = about["week"]
    if player.might("skips", {"eager": 0.0, "steady": 0.3, "slow": 0.6}[player.pupil.pace]):
        player.presses(on, "checkin skip", week)
        return
    for truly in (*player.did_in(Date.parse_iso(week)), drawn(player.pupil.name, week)):
        taps = [each.call for each in on.buttons if each.call.command == "checkin tap"]
        taps = [each for each in taps if each.arguments["week"] == week]
        if not taps:
            return
        place = truly if isinstance(truly, int) else int(truly * len(taps))
        on = player.who.calls(taps[min(place, len(taps) - 1)])
    if player.might("asks now", {"eager": 0.75, "steady": 0.6, "slow": 0.35}[player.pupil.pace]):
        player.asks_somebody(on)


def unanswered(player: Player, on: Shown, about: About) -> None:
    """One follow-up; after that the next name."""
    (ask,) = player.term.house.rows(Ask, id=int(about["ask"]))
    if ask.followed_up is None and player.presses(on, "ask followup", about["ask"]):
        player.presses(player.last, "ask followed")
    elif player.presses(on, "ask next", about["ask"]):
        player.asks_somebody(player.last)


def thanks(player: Player, on: Shown, about: About) -> None:
    """The note goes; a good talk may become a win."""
    shown = player.presses(on, "thanks sent", about["talk"])
    if shown is None and player.presses(on, "thanks tip", about["talk"]):
        player.fills_in(tip=player.marker("tip"))
        shown = player.presses(player.last, "thanks sent")
    if shown is not None and player.might("win", 0.2) and player.presses(shown, "win write"):
        before = len(player.who.keeps(Win))
        player.fills_in(words=WINS[before % len(WINS)])
        player.who.presses("Post it")


WINS = (
    "My first talk with somebody I did not know. Twenty minutes went by like five.",
    "I was asked back for a second talk.",
    "Two new names from one conversation.",
    "I stopped on time, and they went on talking.",
)


def happened(player: Player, on: Shown, about: About) -> None:
    """Yes, and the form."""
    if player.presses(on, "interview log") is None:
        return
    number = len(player.term.house.rows(Talk, member_id=player.who.member.id))
    named = ""
    if player.might("names", 0.6):
        named = f"Friend{number} {player.pupil.first}snewname ({player.pupil.first}s-house)"
    shown = player.fills_in(
        takeaways=player.marker("takeaway"),
        tip=player.marker("tip") if player.might("tip", 0.8) else "",
        names=named,
        promises="send my essay by next friday" if player.might("promise", 0.25) else "",
    )
    if player.might("fit", 0.6) and "Nearer" in shown.labels:
        player.who.presses("Nearer", shown)


def heard(player: Player, on: Shown, about: About) -> None:
    """The alum said yes here: the talk is booked."""
    if player.presses(on, "interview book") is not None:
        player.books()


def keeps(player: Player, on: Shown, about: About) -> None:
    """Promises are kept, people are written to."""
    if "promise" in about:
        player.presses(on, "promise done", about["promise"])
    else:
        player.presses(on, "touch done", about["person"])


def partner(player: Player, on: Shown, about: About) -> None:
    """Half of them want a chat of the two."""
    if player.might("chat", 0.5):
        player.presses(on, "pair chat", about["pairing"])


def practised(player: Player, on: Shown, about: About) -> None:
    """Mostly."""
    does = "pair met" if player.might("practised", 0.7) else "pair skipped"
    player.presses(on, does, about["pairing"])


def after_event(player: Player, on: Shown, about: About) -> None:
    """Whom they met there, nobody, or they did not go."""
    luck = drawn(player.pupil.name, "event")
    if luck < 0.7:
        player.presses(on, "event met", about["event"])
        player.fills_in(people=f"Eve {player.pupil.first}smet, {player.pupil.first}s-stand")
    else:
        player.presses(on, "event nobody" if luck < 0.85 else "event missed", about["event"])


def owner_asked(player: Player, on: Shown, about: About) -> None:
    """Yes, not now, or no word."""
    luck = drawn(player.pupil.name, about["intro"], "owner")
    if luck < 0.6:
        shown = player.presses(on, "intro yes", about["intro"])
        if shown is not None and luck < 0.45:
            said = "intro agreed" if luck < 0.35 else "intro refused"
            player.term.at(player.in_days(2), lambda: _contact_said(player, shown, said))
    elif luck < 0.8:
        player.presses(on, "intro no", about["intro"])


def _contact_said(player: Player, on: Shown, said: str) -> None:
    if not player.gone:
        player.presses(on, said)


def owner_reminded(player: Player, on: Shown, about: About) -> None:
    """The contact has answered after all, or not."""
    if player.might("reminded", 0.5):
        player.presses(on, "intro agreed", about["intro"])


def introduced(player: Player, on: Shown, about: About) -> None:
    """They write to each other."""
    player.presses(on, "intro talking", about["intro"])


def tells(player: Player, on: Shown, about: About) -> None:
    """What came of it."""
    if player.presses(on, "intro told", about["intro"]) is not None:
        player.fills_in(outcome="We talked for half an hour, and I may come by in May.")


def matched(player: Player, on: Shown, about: About) -> None:
    """A partner for the term: mostly yes."""
    said = "match yes" if player.might("match", 0.8) else "match no"
    player.presses(on, said, about["partnership"])


def made(player: Player, on: Shown, about: About) -> None:
    """The first note to their partner."""
    player.asks_somebody(on)


def dried_up(player: Player, on: Shown, about: About) -> None:
    """A line to the first of the three."""
    if player.presses(on, "network write") is not None:
        player.presses(player.last, "touch done")


def leaves(player: Player, on: Shown, about: About) -> None:
    """Some keep an address, some list themselves, most export."""
    luck = drawn(player.pupil.name, "leaving")
    if luck < 0.4:
        player.presses(on, "leaving address")
        player.fills_in(email=f"{player.marker('address')}@home.example")
    if luck < 0.15:
        player.presses(on, "alum volunteer")
        player.fills_in(title="Student", email="")
    if luck > 0.5:
        player.presses(on, "mydata export")


def looked_in_on(player: Player, on: Shown, about: About) -> None:
    """The organiser's word: the people on the list, and a note to one."""
    shown = player.presses(on, "contact list")
    if shown is not None:
        player.asks_somebody(shown)


def not_yet_quiet(player: Player, on: Shown, about: About) -> None:
    """It was too much for a while, and still wanted."""
    player.who.presses("Keep writing", on)


HABITS: Mapping[str, Habit] = {
    "checkin ask": checks_in, "checkin remind": checks_in, "ask remind": unanswered,
    "thanks remind": thanks, "interview after": happened, "ask heard": heard,
    "promise remind": keeps, "touch remind": keeps, "pair partner": partner,
    "pair ask": practised, "event after": after_event, "intro asked": owner_asked,
    "intro waits": owner_reminded, "intro joined": introduced, "intro how": tells,
    "match ask": matched, "match made": made, "network dry": dried_up, "leaving soon": leaves,
    "cohort word": looked_in_on, "settings quiet": not_yet_quiet,
}  # fmt: skip

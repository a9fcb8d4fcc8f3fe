"""A cohort (one class), its workspaces, its members and their settings."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from whenever import Date, Instant, Time, TimeDelta

from bot.domain.marks import Matched, MemberId, Ref, Secret


class Role(StrEnum):
    """What somebody is in a cohort. Organisers can do all that students can."""

    STUDENT = "student"
    ORGANISER = "organiser"
    ALUM = "alum"


TOUCH_DAYS = {
    "alum": 60, "professor": 60, "coworker": 60, "event": 60, "heard-of": 180,
}  # fmt: skip
"""FEATURES F1 and K3: 30, 60 or 180 days by closeness; none for family."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The cohort's numbers, each an organiser's setting (FEATURES, "Numbers to start from")."""

    quiet_from: Time = Time(20)  # noqa: RUF009 - a Time is immutable
    quiet_until: Time = Time(9)  # noqa: RUF009
    off_days: tuple[int, ...] = (7,)
    """ISO weekdays without nudges; 7 is Sunday."""
    check_in_day: int = 1
    check_in_at: Time = Time(9)  # noqa: RUF009
    thanks_at: Time = Time(9)  # noqa: RUF009
    thanks_within_hours: int = 48
    thanks_nudges: int = 2
    """Nudges to say thank you; never a third."""
    names_to_ask: int = 2
    """How many names a student is encouraged to ask for before they leave."""
    alum_asks_a_month: int = 1
    late_days: int = 7
    """A nudge later than this is not sent; it goes to the due list."""
    back_off_after: int = 2
    pause_after: int = 3
    weekly_talks: int = 1
    """The goal a student begins with."""
    no_reply_days: int = 7
    """Days until an ask without an answer is asked about; an organiser may say 5 to 14."""
    follow_ups: int = 1
    """Notes after the first, while nobody answers; 0: none."""
    later_days: int = 14
    """Days until somebody who said "later" is written to again."""
    hold_hours: int = 48
    """How long a draft to somebody of the directory keeps classmates from asking them too."""
    cool_down_days: int = 30
    """Days that somebody of the directory is left in peace after an ask."""
    dry_days: int = 14
    """Days without a new name until three people to ask are offered."""
    touch_days: dict[str, int] = field(default_factory=lambda: dict(TOUCH_DAYS))
    """Days between touches by contact kind; a kind that is not there is never due."""
    pair_again_weeks: int = 12
    """Weeks until the same two may practise together again (FEATURES E5)."""
    intros_a_week: int = 2
    """Introductions asked of one owner in a week (E3)."""
    intro_expires_days: int = 14
    """Days after which an introduction that nobody answered lapses."""
    kick_off_hours: int = 24
    """Hours of silence after an introduction until both are nudged once (E4)."""
    end_notice_days: int = 30
    """Days before a cohort's end that members hear of it (G5)."""
    attention_days: int = 14
    """Days without an ask after which an organiser sees that a word might help (H1)."""
    ask_minutes: int = 20
    ask_minutes_most: int = 30
    """The minutes that a note asks for: from so many to so many."""
    note_words: int = 100
    """More words than this are too many for a note that asks for a talk."""
    text_words: int = 40
    linkedin_characters: int = 200
    linkedin_premium: int = 300
    """Characters that LinkedIn lets an invitation hold, free and with Premium."""
    talk_minutes: int = 30
    """How long a talk is booked for when nobody says."""
    brief_at: Time = Time(18)  # noqa: RUF009
    """When the brief comes, the evening before."""
    last_word_minutes: int = 15
    closing_minutes: int = 5
    """Minutes before the promised end of the nudge that was switched on for a talk (C6)."""
    notice_days: int = 2
    """Business days of notice that calling a talk off needs."""
    not_yet_hours: int = 48
    """Hours until a talk that did "not yet" happen is asked about again (D2)."""
    check_in_again_days: int = 2
    """Days until the one reminder of an unanswered check-in; Monday's on Wednesday. 0: none."""
    intern_talks: int = 2
    """Talks a week in working hours that an internship begins with (K2)."""
    snooze_hours: int = 1
    snooze_evening: Time = Time(18)  # noqa: RUF009
    snooze_morning: Time = Time(9)  # noqa: RUF009
    """What "in an hour", "tonight", "tomorrow" and "Monday" under a nudge mean."""

    @property
    def asked_minutes(self) -> str:
        """How a note says them: "20 to 30", or one number when they are the same."""
        least, most = self.ask_minutes, self.ask_minutes_most
        return str(least) if most <= least else f"{least} to {most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """One class."""

    id: int = 0
    name: str
    created: Instant
    starts: Date | None = None
    ends: Date | None = None
    started: Instant | None = None
    """When an organiser invited everybody (``/cohort start``); None: not yet."""
    school: str = ""
    team_goal: int | None = None
    """Talks that the cohort hopes to have together; None: no goal (FEATURES G3)."""
    numbers: Numbers = field(default_factory=Numbers)
    extra_fields: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Fields that the organiser added: id → label, titles, phrases, neighbours."""
    questions: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Questions that the organiser added: key → part, ask, fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A chat workspace (a team, a guild, the terminal) that belongs to a cohort."""

    cohort_id: int
    id: int = 0
    surface: str
    external_id: str
    name: str = ""
    channel: str = ""
    """The cohort's channel there; "" until one is chosen."""
    token: Secret = ""
    bot_user: str = ""
    meets_in_channel: bool = False
    """A group conversation can only be had inside the channel, as a thread of its own."""
    stopped: Instant | None = None
    """Since when nothing can be sent through it, until somebody mends it: a revoked token."""
    trouble: str = ""
    """The surface's own code for why; "" while all is well."""
    probed: Instant | None = None
    """When a message was last tried through it while it is stopped; None: it is not."""
    back: Instant | None = None
    """Since when messages go through it again after they could not (a stop, or nobody was sending):
    what was missed is spread from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a cohort.

    Times are wall-clock in ``zone``; where a setting is None the cohort's number holds.
    """

    cohort_id: int
    id: int = 0
    name: str
    role: Role = Role.STUDENT
    named: bool = False
    """Another organiser named them one (``/cohort organiser``)."""
    zone: str = ""
    """IANA name; "" until known."""
    joined: Instant
    opted_in: Instant | None = None
    stopped: Instant | None = None
    paused_until: Date | None = None
    quiet_from: Time | None = None
    quiet_until: Time | None = None
    off_days: tuple[int, ...] | None = None
    check_in_day: int | None = None
    hour_day: int | None = None
    """The networking hour's ISO weekday; None: none was picked (FEATURES F12)."""
    hour_at: Time | None = None
    weekly_talks: int | None = None
    major: str = ""
    school: str = ""
    field: str = ""
    """The field they are curious about, as they said it."""
    graduates: str = ""
    agreed_etiquette: Instant | None = None
    experience: Secret = ""
    """The line about a job, a class or a project that their introduction links to (C2)."""
    why_field: Secret = ""
    hope: Secret = ""
    """What they hope to learn; closes their introduction."""
    interests: Secret = ""
    """What interests them, as they said it (K1)."""
    ten_years: Secret = ""
    """Where they want to be in ten years (K1)."""
    weekly_hours: int | None = None
    """Hours a week they give to this; None: not said (F11)."""
    intern_from: Date | None = None
    intern_until: Date | None = None
    intern_at: str = ""
    intern_goal: Secret = ""
    boss_agrees: bool | None = None
    """Whether the boss is fine with talks in working hours; None: not asked yet (K2)."""
    intern_weekly_talks: int = 2
    """At most so many talks a week in working hours."""
    calendar_key: Secret = ""
    """The unguessable part of their calendar's address; "" until they want one."""
    ignored: int = 0
    """Unasked messages in a row that nobody answered (FEATURES F5)."""
    sparse: bool = False
    """They chose to hear less often."""
    share_as: str = "private"
    """How a contact they add is shared at first (a Sharing's value)."""
    pairs_every: int = 0
    """Weeks between practice partners; 0: they did not opt in (FEATURES E5)."""
    prefers: str = ""
    """The surface that direct messages go to; "" is the one last used."""
    keep_email: Matched = ""
    """An address that outlives the school account (FEATURES G5)."""

    @property
    def hears(self) -> bool:
        """Whether anything unasked may be sent at all (FEATURES I6)."""
        return self.opted_in is not None and self.stopped is None


PROBE_EVERY = TimeDelta(minutes=55)
"""How often a message is tried through a workspace that is stopped: a little less than an hour, for
which a row that failed is put off, so that the next trial is somebody else's."""


def rests(workspace: Workspace, now: Instant) -> bool:
    """Whether it is stopped and was tried lately; a trial to come was a clock that ran ahead."""
    if workspace.stopped is None or workspace.probed is None:
        return False
    return now - PROBE_EVERY < workspace.probed <= now


def weekly_goal(member: Member, numbers: Numbers) -> int:
    """Talks a week that the member aims for; none is a goal too."""
    return numbers.weekly_talks if member.weekly_talks is None else member.weekly_talks


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member's account on one surface."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    workspace_id: Annotated[int, Ref("Workspace")]
    surface: str
    external_id: str
    name: str = ""
    reachable: bool = True
    """False after the surface said that this account cannot be written to."""
    admin: bool = False
    """They run the workspace, as its surface last told."""
    conversation: str = ""
    """The surface's own id of the direct messages with them; "" where none were begun, or where
    they need none."""
    last_used: Instant

"""Who acted and the way back to them."""

from dataclasses import dataclass

from adapters.slack.modal import Origin


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack tells about a person; read from users.info and kept for a while."""

    name: str = ""
    zone: str = ""
    admin: bool | None = None
    """None: Slack did not answer, so nothing is known of their rights."""
    status: str = ""
    """The emoji of their status, as ":palm_tree:"."""
    status_ends: int = 0
    """Unix seconds; 0: they take it away themselves."""


@dataclass(frozen=True, slots=True)
class Back:
    """The way back to whoever acted.

    ``dm``: our own DM with them, where a message may stand for good; elsewhere it is ephemeral.
    ``replace``: the answer takes the place of the message acted on. ``view_id``: the modal it
    happened in. ``home``: it happened in the home tab. ``beside``: what it happened in stays as it
    is.
    """

    team: str
    user: str
    channel: str = ""
    response_url: str = ""
    trigger_id: str = ""
    dm: bool = False
    replace: bool = False
    view_id: str = ""
    home: bool = False
    beside: bool = False

    def origin(self, cohort: int, command: str, draft: str) -> Origin:
        """What a form opened from here carries."""
        shown = self.home or bool(self.view_id)
        return Origin(
            cohort, command, draft, self.channel, self.response_url, dm=self.dm, shown=shown
        )

"""Moments and days as a reader sees them: in their own zone, in words, the year only if another."""

from dataclasses import dataclass

from whenever import Date, Instant

from bot.reply import Moment

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at it: their zone, and what time it is now."""

    zone: str
    now: Instant

    def day(self, on: Date) -> str:
        """ "Monday 23 November"."""
        words = f"{WEEKDAYS[on.day_of_week().value - 1]} {on.day} {MONTHS[on.month - 1]}"
        return words if on.year == self.now.to_tz(self.zone).year else f"{words} {on.year}"

    def day_of(self, at: Instant) -> Date:
        """The date that this moment has for the reader."""
        return at.to_tz(self.zone).date()

    def hour(self, at: Instant) -> str:
        """ "9:05"."""
        local = at.to_tz(self.zone)
        return f"{local.hour}:{local.minute:02}"

    def moment(self, moment: Moment) -> str:
        """As much of it as it asks to show."""
        day, hour = self.day(self.day_of(moment.at)), self.hour(moment.at)
        return {"day": day, "time": hour, "both": f"{day}, {hour}"}[moment.show]

    def short(self, at: Instant) -> str:
        """For a clock's face: "Mon 23 Nov, 9:05"."""
        local = at.to_tz(self.zone)
        weekday = WEEKDAYS[local.date().day_of_week().value - 1]
        return f"{weekday[:3]} {local.day} {MONTHS[local.month - 1][:3]}, {self.hour(at)}"

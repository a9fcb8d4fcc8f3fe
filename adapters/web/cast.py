"""Who can be been in the playground, and how each is shown: initials on one of a few colours."""

from dataclasses import dataclass

from bot.invocation import Actor

SURFACE = "playground"
WORKSPACE = "demo"
TONES = 6


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demo cohort. ``key`` is their account's id on this surface."""

    key: str
    name: str
    about: str = ""
    zone: str = "UTC"
    admin: bool = False
    tone: int = 0

    @property
    def initials(self) -> str:
        """At most two letters."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def first_name(self) -> str:
        """What classmates call them."""
        return self.name.partition(" ")[0]

    @property
    def actor(self) -> Actor:
        """This person as the core sees them."""
        return Actor(SURFACE, WORKSPACE, self.key, self.name, self.zone, self.admin)


SNOWBALL_HERSELF = Persona("snowball", "Snowball")


def stranger(name: str) -> Persona:
    """Somebody who only speaks here and cannot be been."""
    return Persona(name, name, tone=sum(name.encode()) % TONES)

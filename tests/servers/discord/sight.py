"""What a person sees of a message: words, buttons, menus, pictures, and whether it is private."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.servers.discord.check_messages import LOADING, pinged
from tests.servers.discord.errors import Json
from tests.servers.discord.wire import texts_of
from tests.servers.discord.world import Message, StoredFile

BUTTON, LINK_STYLE = 2, 5
SELECTS = {3, 5, 6, 7, 8}


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, nested ones too, in the order in which they are seen."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            if inside := component.get(key):
                yield from walk([inside])


@dataclass
class Shown:
    """A message on somebody's screen."""

    message: Message

    @property
    def _components(self) -> list[Json]:
        return self.message.body.get("components") or []

    @property
    def text(self) -> str:
        """All its words, as sent (Markdown is not applied)."""
        body = self.message.body
        lines = [str(body.get("content") or "")]
        for embed in body.get("embeds") or []:
            lines += [embed.get("title") or "", embed.get("description") or ""]
            for field in embed.get("fields") or []:
                lines += [field["name"], field["value"]]
            lines.append((embed.get("footer") or {}).get("text") or "")
        lines += texts_of(self._components)
        return "\n".join(line for line in lines if line)

    @property
    def private(self) -> bool:
        """Whether nobody else sees it."""
        return self.message.only_for is not None or self.message.channel.is_dm

    @property
    def thinking(self) -> bool:
        """Whether the app has only said that it will answer."""
        return bool(self.message.flags & LOADING)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons that can be pressed."""
        return [b["label"] for b in self._pressable() if not b.get("disabled")]

    @property
    def links(self) -> dict[str, str]:
        """Its link buttons, label to address."""
        return {
            b["label"]: b["url"]
            for b in walk(self._components)
            if b["type"] == BUTTON and b.get("style") == LINK_STYLE
        }

    def _pressable(self) -> list[Json]:
        return [
            component
            for component in walk(self._components)
            if component["type"] == BUTTON and component.get("style") != LINK_STYLE
        ]

    def button(self, label: str, beside: str = "") -> Json | None:
        """The button of that label, or the first that begins so; ``beside`` words near it."""
        near = self._near(beside) if beside else self._pressable()
        whole = [b for b in near if b.get("label") == label]
        begun = [b for b in near if str(b.get("label", "")).startswith(label)]
        found = whole or begun
        return found[0] if found else None

    def _near(self, words: str) -> list[Json]:
        """The buttons in the section with those words, or right below them."""
        found: list[Json] = []
        here = False
        for component in self._components:
            texts = texts_of([component])
            if texts:
                here = any(words in each for each in texts)
            if here:
                found += [b for b in walk([component]) if b in self._pressable()]
        return found

    @property
    def selects(self) -> list[Json]:
        """Its menus."""
        return [c for c in walk(self._components) if c["type"] in SELECTS]

    @property
    def options(self) -> list[str]:
        """The labels in its menus."""
        return [o["label"] for select in self.selects for o in select.get("options") or []]

    @property
    def files(self) -> list[StoredFile]:
        """Files and pictures on it."""
        return self.message.files

    @property
    def pings(self) -> tuple[list[str], bool]:
        """User ids that it pings, and whether everybody."""
        body = self.message.body
        return pinged(body, [str(body.get("content") or ""), *texts_of(self._components)])


@dataclass
class Form:
    """A form that is open on somebody's screen."""

    data: Json

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.data["title"])

    @property
    def text(self) -> str:
        """Its title, labels, hints and explanations."""
        lines = [self.title, *texts_of(self.data["components"])]
        for label, _ in self.fields:
            lines.append(label)
        lines += [c["description"] for c in self.data["components"] if c.get("description")]
        return "\n".join(lines)

    @property
    def fields(self) -> list[tuple[str, Json]]:
        """Its fields by label."""
        found = []
        for component in self.data["components"]:
            if component["type"] == 18:
                found.append((component["label"], component["component"]))
            elif component["type"] == 1:
                found += [(inside.get("label") or "", inside) for inside in component["components"]]
        return found

    @property
    def labels(self) -> list[str]:
        """Its labels."""
        return [label for label, _ in self.fields]

    def value(self, label: str) -> str:
        """What stands in a field already."""
        field = dict(self.fields)[label]
        if field["type"] == 3:
            return next((o["value"] for o in field["options"] if o.get("default")), "")
        return str(field.get("value") or "")

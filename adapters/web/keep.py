"""What was said in the playground, kept in a file, so that a restart finds the rooms as they were.

One line a change; the last line of a message holds. The clock's moves are kept too, because the
demo's database remembers moments that the real clock has not reached.
"""

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from whenever import Instant

from adapters.web.transcript import Message, Transcript

_MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)


class Keeper:
    """Writes changes to a file as they happen."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def message(self, message: Message) -> None:
        """Keep a new or changed message."""
        self._write(_MESSAGE.dump_json(message).decode())

    def clock(self, now: Instant) -> None:
        """Keep where the clock was moved to."""
        self._write(json.dumps({"clock": now.format_iso()}))

    def restore(self, transcript: Transcript) -> Instant | None:
        """Put back what was kept, and say where the clock stood; None: nothing was kept."""
        kept: dict[int, Message] = {}
        clock: Instant | None = None
        for line in self._lines():
            if line.startswith('{"clock"'):
                clock = Instant.parse_iso(json.loads(line)["clock"])
                continue
            try:
                message = _MESSAGE.validate_json(line)
            except ValidationError:  # the last line of a machine that stopped in the middle
                continue
            kept[message.id] = message
            clock = max(clock or message.at, message.at)
        transcript.restore(list(kept.values()))
        return clock

    def _lines(self) -> list[str]:
        if not self._path.exists():
            return []
        return self._path.read_text(encoding="utf-8", errors="replace").splitlines()

    def _write(self, line: str) -> None:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

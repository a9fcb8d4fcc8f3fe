"""Talks are stored on, moved on and found on a real CalDAV server, where one is installed."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.calendars import entry, feed
from bot.domain.meetings import Meeting
from bot.domain.people import Contact
from bot.files.calendars import write_calendar
from tests.front_door import Person

RADICALE = shutil.which("radicale")
pytestmark = pytest.mark.skipif(RADICALE is None, reason="no Radicale on the path")
STARTS_WITHIN = 20
FRIDAY = """<?xml version="1.0"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR">
<C:comp-filter name="VEVENT"><C:time-range start="20261127T000000Z" end="20261128T000000Z"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


class Server:
    """What the tests ask of it."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/ana/"

    def asks(self, method: str, path: str, body: bytes = b"", kind: str = "text/calendar") -> str:
        """Its answer; a refusal raises HTTPError."""
        request = urllib.request.Request(
            self.base + path,
            data=body or None,
            method=method,
            headers={"Content-Type": kind, "Depth": "1", "Authorization": "Basic YW5hOng="},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def on_friday(self, path: str) -> int:
        """How many talks it finds on that day."""
        said = self.asks("REPORT", path, FRIDAY.encode(), "application/xml")
        return said.count("BEGIN:VEVENT")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A Radicale of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = tmp_path / "radicale.conf"
    settings.write_text(
        f"[server]\nhosts=127.0.0.1:{port}\n[auth]\ntype=none\n"
        f"[storage]\nfilesystem_folder={tmp_path / 'kept'}\n"
    )
    assert RADICALE is not None
    running = subprocess.Popen([RADICALE, "--config", str(settings)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Server(port)
    finally:
        running.terminate()
        running.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until, "Radicale did not start"
        else:
            return


def stored(person: Person) -> bytes:
    """The talk as a CalDAV client would store it."""
    (meeting,), (contact,) = person.keeps(Meeting), person.keeps(Contact)
    return write_calendar([entry(meeting, contact, person.house.clock.now(), 15)], method=None)


def test_a_talk_is_stored_moved_and_called_off(ana: Person, server: Server) -> None:
    """The moved one is found at its new time and only there."""
    server.asks("MKCALENDAR", "talks/")
    ana.types("/contact add name: Dr. Zoë; O’Neil, “DJ” 😀")
    ana.types("/interview book Zoë when: tomorrow 3pm place: A;B,C https://x.test")
    server.asks("PUT", "talks/talk.ics", stored(ana))
    assert server.on_friday("talks/") == 0
    ana.types("/interview move when: friday 3pm")
    server.asks("PUT", "talks/talk.ics", stored(ana))
    assert server.on_friday("talks/") == 1
    ana.types("/interview cancel")
    server.asks("PUT", "talks/talk.ics", stored(ana))
    assert "STATUS:CANCELLED" in server.asks("GET", "talks/talk.ics")


def test_the_whole_feed_is_taken_in_at_once(ana: Person, server: Server) -> None:
    """As an upload of the file that is subscribed to."""
    ana.types("/interview book Dana when: friday 3pm")
    ana.types("/interview book Lee when: friday 11:00")
    house = ana.house
    with house.database.reading(house.cohort.id) as store:
        server.asks("PUT", "feed/", feed(store, ana.member, house.clock.now()))
    assert server.on_friday("feed/") == 2


def test_a_broken_file_would_be_refused(server: Server) -> None:
    """So that the server's yes means something."""
    server.asks("MKCALENDAR", "talks/")
    with pytest.raises(urllib.error.HTTPError):
        server.asks("PUT", "talks/talk.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")

"""Time zones as people name them: a city, a country, a state, "ET" (FEATURES F9).

Suggestions carry the time it is there, so that anybody can tell whether it is theirs. Nothing
that could be two zones is taken without asking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA
from whenever import Instant, TimeZoneNotFoundError, available_timezones

from bot.domain.cities import COMMON, COUNTRIES, PLACES, SHORT, STATES
from bot.domain.tidy import fold

DEFAULT = "UTC"
MOST = 25
_LABEL_END = " — it is "
_NO_PLACES = frozenset({"Factory", "localtime"})
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_MONTH_FIRST_COUNTRIES = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "PH"})
_SURE_SLIP = 0.75
_SHORTEST_MENDED = 4


@dataclass(frozen=True, slots=True)
class _Place:
    name: str  # as shown
    zone: str
    folded: str


@lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    """Every zone id by its small letters."""
    return {
        name.lower(): name
        for name in available_timezones()
        if name not in _NO_PLACES and not name.startswith(("posix/", "right/"))
    }


@lru_cache(maxsize=1)
def _places() -> tuple[_Place, ...]:
    """Cities of the database and our own, the most wanted zones first."""
    found = [_Place(_city(zone), zone, fold(_city(zone))) for _, zone in _zone_table()]
    found.append(_Place("UTC", "UTC", "utc"))
    ours = ((place, zone) for zone, listed in PLACES.items() for place in listed.split(", "))
    found.extend(_Place(place, zone, fold(place)) for place, zone in ours)
    rank = {zone: place for place, zone in enumerate(COMMON)}
    return tuple(sorted(found, key=lambda place: rank.get(place.zone, len(rank))))


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, ...]]:
    """Folded country name → its zones, the most wanted first."""
    codes = {fold(name): code for code, name in _tab("iso3166.tab")} | COUNTRIES
    zones: dict[str, list[str]] = {}
    for code, zone in _zone_table():
        zones.setdefault(code, []).append(zone)
    order = {zone: place for place, zone in enumerate(COMMON)}
    return {
        name: tuple(sorted(zones.get(code, ()), key=lambda zone: order.get(zone, len(order))))
        for name, code in codes.items()
    }


def _zone_table() -> Iterator[tuple[str, str]]:
    return ((code, zone) for code, _, zone, *_ in _tab("zone.tab") if zone.lower() in _ids())


def _tab(name: str) -> Iterator[tuple[str, ...]]:
    text = files("tzdata.zoneinfo").joinpath(name).read_text("utf-8")
    return (tuple(line.split("\t")) for line in text.splitlines() if line[:1] not in ("", "#"))


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def is_zone(name: str) -> bool:
    """Whether `name` is an id of the time zone database that we can compute with."""
    return name in _ids().values()


def zone_or(name: str, default: str = DEFAULT) -> str:
    """`name` if it is a zone, else `default`: a zone may be unset or gone from the database."""
    return name if is_zone(name) else default


def writes_month_first(zone: str) -> bool:
    """Whether 3/4 is the fourth of March there."""
    return zone.startswith("US/") or zone in _month_first()


@lru_cache(maxsize=1)
def _month_first() -> frozenset[str]:
    return frozenset(zone for code, zone in _zone_table() if code in _MONTH_FIRST_COUNTRIES)


def label(name: str, zone: str, now: Instant) -> str:
    """ "Berlin — it is 14:05", for a choice."""
    there = now.to_tz(zone)
    return f"{name}{_LABEL_END}{there.hour:02}:{there.minute:02}"


def parse_zone(typed: str, now: Instant, *, whole: bool = False) -> str | None:
    """The zone that `typed` names for certain; None when it is none or could be several.

    whole: a name only begun ("Philad") is none.
    """
    text = typed.partition(_LABEL_END)[0].strip()
    found = _ids().get(text.lower().replace(" ", "_"))
    if found and "/" in found:
        return found
    wanted = fold(text)
    if not wanted:
        return None
    begun = () if whole else _begins(wanted)
    for zones in (SHORT.get(wanted), _exactly(wanted), _countries().get(wanted), begun):
        if zones:
            return zones[0] if _are_one(zones, now) else None
    return found  # an old id of one word, such as EST5EDT


def zone_at(place: str, now: Instant) -> str | None:
    """The zone of an address such as "Boston, United States"; None when it may be several.

    The city alone would do, were there not a London in Canada and a Cambridge in Massachusetts.
    """
    city, *around = [part.strip() for part in place.split(",") if part.strip()] or [""]
    found = parse_zone(city, now, whole=True)
    if not around or parse_zone(place, now, whole=True) is not None:
        return parse_zone(place, now, whole=True)
    for part in reversed(around):
        wanted = fold(part)
        country, region = _countries().get(wanted, ()), _exactly(fold(STATES.get(part, part)))
        if found is not None and found in (*country, *region):
            return found
        if found is None or (region and part not in STATES and not country):
            for zones in (country, region):
                if zones and part not in STATES and _are_one(zones, now):
                    return zones[0]
    return None


def _are_one(zones: tuple[str, ...], now: Instant) -> bool:
    """Whether it makes no difference now nor in half a year which of them is taken."""
    later = now.add(hours=24 * 182)
    clocks = {(now.to_tz(zone).offset, later.to_tz(zone).offset) for zone in zones}
    return len(clocks) == 1


def _exactly(wanted: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.zone for place in _places() if place.folded == wanted))


def _begins(wanted: str) -> tuple[str, ...]:
    if len(wanted) < _SHORTEST_MENDED:
        return ()
    begun = (place.zone for place in _places() if place.folded.startswith(wanted))
    return tuple(dict.fromkeys(begun))


def suggest_zones(typed: str, now: Instant, most: int = MOST) -> list[tuple[str, str]]:
    """(id, label) of every zone that `typed` may become, best first, each zone once."""
    wanted = fold(typed.partition(_LABEL_END)[0])
    found: dict[str, str] = {}
    for name, zone in _candidates(wanted, typed, now):
        found.setdefault(zone, name)
        if len(found) >= most:
            break
    return [(zone, label(name, zone, now)) for zone, name in found.items()]


def _candidates(wanted: str, typed: str, now: Instant) -> Iterator[tuple[str, str]]:
    if offset := _OFFSET.fullmatch(typed.strip()):
        yield from _at_offset(offset, now)
        return
    if not wanted:
        yield from ((_city(zone), zone) for zone in COMMON)
        return
    if zone := _ids().get(typed.strip().lower()):
        yield (_city(zone), zone)
    yield from ((_city(zone), zone) for zone in SHORT.get(wanted, ()))
    places = _places()
    yield from ((p.name, p.zone) for p in places if p.folded == wanted)
    yield from ((_city(zone), zone) for zone in _countries().get(wanted, ()))
    yield from ((p.name, p.zone) for p in places if p.folded.startswith(wanted))
    yield from ((p.name, p.zone) for p in places if f" {wanted}" in f" {p.folded}")
    for name, zones in _countries().items():
        if f" {wanted}" in f" {name}":
            yield from ((_city(zone), zone) for zone in zones)
    yield from _slips(wanted)


def _slips(wanted: str) -> Iterator[tuple[str, str]]:
    """Places one or two letters away from what was typed."""
    if len(wanted) < _SHORTEST_MENDED:
        return
    places = _places()
    near = process.extract(
        wanted,
        [place.folded for place in places],
        scorer=OSA.normalized_similarity,
        score_cutoff=_SURE_SLIP,
        limit=MOST,
    )
    yield from ((places[at].name, places[at].zone) for _, _, at in near)


def _at_offset(offset: re.Match[str], now: Instant) -> Iterator[tuple[str, str]]:
    """Zones whose clocks are that far from UTC now; one must choose, since summers differ."""
    sign, hours, minutes = offset.groups()
    seconds = (int(hours) * 60 + int(minutes or 0)) * 60 * (1 if sign == "+" else -1)
    for place in _places():
        try:
            there = now.to_tz(place.zone)
        except TimeZoneNotFoundError:
            continue
        if there.offset.total("seconds") == seconds and place.name == _city(place.zone):
            yield place.name, place.zone

"""A directory to measure with: the test data's where it is there, else made of our own words.

The same each time. More people than the data has are the same people again, under other numbers.
"""

import csv
import random
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from bot.domain.fields import Fields

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "alumni" / "alumni.csv"
HEADINGS = ("id", "name", "title", "company", "city", "class_year", "field")
WORDS = (
    "marketing", "nursng", "information technology", "work with animals", "design bridges",
    "software engineer", "help old people", "finance", "teacher", "plummer", "UX", "biotech",
    "cook fancy food", "law", "data sceince", "be outdoors", "sales", "CPA", "write books", "pilot",
)  # fmt: skip
"""What students ask for."""
_LEVELS = ("", "", "", "Senior ", "Junior ", "Lead ", "Assistant ")
_KINDS = ("Inc", "Group", "Ltd")
_MADE = 20_000


def write_file(where: Path, how_many: int, fields: Fields) -> None:
    """A CSV file of so many alumni, as an alumni office would send it."""
    known = list(_from_data() if DATA.is_file() else _invented(fields))
    with where.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number, row in enumerate(islice(cycle(known), how_many)):
            name = f"{row[0]} {number // len(known)}" if number >= len(known) else row[0]
            writer.writerow((f"B{number}", name, *row[1:]))


def titles(where: Path) -> list[tuple[str, str]]:
    """Title and company of each row of such a file."""
    with where.open(encoding="utf-8", newline="") as file:
        return [(row["title"], row["company"]) for row in csv.DictReader(file)]


def source() -> str:
    """Where the people come from."""
    return "the test data" if DATA.is_file() else "people of our own making"


def _from_data() -> Iterator[tuple[str, ...]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(row[each] for each in HEADINGS[1:])


def _invented(fields: Fields) -> Iterator[tuple[str, ...]]:
    dice = random.Random(7)
    known = [title.title() for each in fields.fields for title in each.titles]
    for number in range(_MADE):
        company = f"Company{dice.randrange(_MADE // 4)} {dice.choice(_KINDS)}"
        city, year = f"Town{dice.randrange(300)}", str(dice.randrange(1980, 2026))
        title = dice.choice(_LEVELS) + dice.choice(known)
        yield f"Alum {number}", title, company, city, year, ""

"""The class: thirty students with their habits, a directory, alumni who are here. All invented."""

from dataclasses import dataclass

from tests.front_door import BERLIN

ORGANISER = "Judith Orlo"
LISBON = "Europe/Lisbon"
EAGER, STEADY, SLOW, SILENT = "eager", "steady", "slow", "silent"
ANSWERS = {EAGER: 0.95, STEADY: 0.7, SLOW: 0.55, SILENT: 0.0}
"""How many of the messages they do something about."""
FIELDS = ("publishing", "marketing", "museums", "radio", "nursing", "architecture")


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student as the story has them."""

    name: str
    pace: str
    field: str
    zone: str = BERLIN
    day: int = 1
    """The day on which they arrive; 1 is the first of the class."""
    pairs: int = 1
    """A partner every week, every second week, or 0: none."""
    share: str = ""
    """How they share the first person whom they know: ask first, open, or not at all."""

    @property
    def first(self) -> str:
        """What they are called."""
        return self.name.split()[0]

    @property
    def cousin(self) -> tuple[str, str, str]:
        """Somebody whom they may share: who, what they do, where."""
        place = [each.name for each in PUPILS].index(self.name)
        title, company = COUSINS_WORK[place % len(COUSINS_WORK)]
        first = COUSINS_FIRST[place % len(COUSINS_FIRST)]
        return f"{first} {COUSINS[place]}", title, company

    @property
    def knows(self) -> tuple[str, str]:
        """Two people who know them; their last names are nobody else's."""
        return f"Aunt {self.first}smother", f"Coach {self.first}strainer"


def _class() -> tuple[Pupil, ...]:
    rows = (
        ("Amina Yusuf", EAGER, "open"), ("Ben Holt", STEADY, ""), ("Carla Neves", EAGER, "ask"),
        ("Dario Conti", SLOW, ""), ("Elif Aydin", STEADY, "ask"), ("Finn Larsen", SILENT, ""),
        ("Greta Thal", EAGER, "ask"), ("Hugo Carvalho", STEADY, ""), ("Irma Berge", STEADY, "open"),
        ("Jonas Reuter", SLOW, ""), ("Kaya Demir", EAGER, "ask"), ("Leo Winter", STEADY, ""),
        ("Mira Sandoval", STEADY, "ask"), ("Nils Brandt", SLOW, ""), ("Olga Petrik", EAGER, "open"),
        ("Paul Ahrens", STEADY, ""), ("Quynh Tran", STEADY, "ask"), ("Rosa Lindt", SLOW, ""),
        ("Samir Haddad", EAGER, "ask"), ("Tilda Berg", STEADY, ""), ("Umut Kaplan", STEADY, "open"),
        ("Vera Novak", SLOW, ""), ("Wim de Boer", STEADY, "ask"), ("Xenia Pavlou", SILENT, ""),
        ("Yara Nasser", EAGER, ""), ("Zeno Keller", STEADY, ""), ("Anton Graf", SLOW, ""),
        ("Bea Fontaine", STEADY, "ask"), ("Cem Arslan", STEADY, ""), ("Dana Riedl", EAGER, "ask"),
    )  # fmt: skip
    alone, fortnightly = {3, 9, 13, 17}, {1, 4, 7, 11, 12, 15, 20, 24, 27, 29}
    far = {7: LISBON, 18: LISBON, 24: LISBON}
    return tuple(
        Pupil(
            name, pace, FIELDS[(number + 2) % len(FIELDS)], far.get(number, BERLIN),
            day=(1, 1, 1, 2, 2, 3, 4, 5, 8, 10)[(number * 7) % 10],
            pairs=0 if number in alone else 2 if number in fortnightly else 1, share=share,
        )
        for number, (name, pace, share) in enumerate(rows)
    )  # fmt: skip


PUPILS = _class()
COUSINS = (
    "Abelmann", "Birkhof", "Czerwin", "Dahlberg", "Ehrenfeld", "Fromholt", "Goldammer", "Hagedorn",
    "Imhoof", "Jadwiger", "Kesselring", "Lichtblau", "Morgenthal", "Nachtweih", "Oltmanns",
    "Pfeilschmidt", "Quandt", "Rosenblatt", "Silberhorn", "Trautwein", "Uhlenbrock", "Vierkant",
    "Wintermantel", "Xanthaki", "Ylvisaker", "Zimmerli", "Auerswald", "Bernauer", "Coldewey",
    "Dornbusch",
)  # fmt: skip
"""Nobody else in this town is called so."""
COUSINS_FIRST = ("Maren", "Till", "Sofie", "Arne", "Judit", "Malik", "Renate")
COUSINS_WORK = (
    ("Editor", "Seeblick Press"), ("Brand Manager", "Milchhof"), ("Curator", "Museum am Tor"),
    ("Sound Engineer", "Radio Elbe"), ("Nurse", "St. Anna"), ("Architect", "Studio Linde"),
)  # fmt: skip
"""In the order of the fields."""
PAUSES = {"Ben Holt": 22, "Vera Novak": 29, "Wim de Boer": 36}
"""From which day they pause, for two weeks."""
LEAVES, LEAVES_ON = "Rosa Lindt", 40
STOPS, STOPS_ON = "Anton Graf", 31


@dataclass(frozen=True, slots=True)
class Graduate:
    """An alum who is in the chat and has listed themselves; ``answers``: in this order."""

    name: str
    field: str
    title: str
    company: str
    asks: str
    answers: tuple[str, ...]


HERE = (
    Graduate(
        "Ines Vogel", "publishing", "Editor", "Lindenhof Verlag", "2", ("Yes", "Later", "Yes")
    ),
    Graduate("Leonie Haas", "radio", "Podcast Producer", "Waldfunk", "2", ("Yes", "", "Yes", "No")),
    Graduate("Marek Dolny", "museums", "Curator", "Haus am Kai", "1", ("No", "Yes", "Yes")),
    Graduate(
        "Priya Raman", "marketing", "Brand Manager", "Kornblum", "2", ("Yes", "Leave the list")
    ),
)
LAST_NAMES = (
    "Adler", "Brock", "Castell", "Dvorak", "Eberle", "Falk", "Gruber", "Hansen", "Ilic", "Jansen",
    "Krol", "Lorenz",
)  # fmt: skip
WORK = {
    "publishing": ("Publishing", ("Copy Editor", "Rights Manager", "Publicist"), "Northlight"),
    "marketing": ("Marketing", ("Brand Manager", "Market Researcher", "Copywriter"), "Brotzeit"),
    "museums": ("Museums", ("Curator", "Museum Educator", "Registrar"), "Stadtmuseum"),
    "radio": ("Radio", ("Radio Producer", "Sound Engineer", "Presenter"), "Welle Nord"),
    "nursing": ("Nursing", ("Nurse", "Ward Manager", "Midwife"), "Klinik am See"),
    "architecture": ("Architecture", ("Architect", "Landscape Architect", "Planner"), "Planwerk"),
}  # fmt: skip
FIRST_NAMES = ("Ada", "Bruno", "Clara", "David", "Edda", "Fritz", "Gesa", "Henry")


def directory() -> str:
    """The school's file: eight alumni a field; one in eight did not agree."""
    lines = ["id,name,email,title,company,field,city,country,class_year,asks_per_month,consent"]
    number = 0
    for field, (label, titles, company) in WORK.items():
        for first in FIRST_NAMES:
            last = LAST_NAMES[(number * 5 + number // 12) % len(LAST_NAMES)]
            title = titles[number % len(titles)]
            most, agreed = 1 + (number % 3 == 0), "no" if number % 8 == 7 else "yes"
            lines.append(
                f"{100 + number},{first} {last},{first}.{last}.{field}@alumni.example,{title},"
                f"{company},{label},Berlin,Germany,{2008 + number % 14},{most},{agreed}"
            )
            number += 1
    return "\n".join(lines) + "\n"

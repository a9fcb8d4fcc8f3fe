"""Fields of work: the content is sound, words and titles are taken for the right fields."""

import pytest

from bot.content.load_fields import load_fields
from bot.domain.field_extras import with_extra
from bot.domain.fields import Fields


@pytest.fixture(scope="module")
def fields() -> Fields:
    """Our own fields."""
    return load_fields()


def test_there_are_at_least_150_fields(fields: Fields) -> None:
    assert len(fields.fields) >= 150


def test_labels_are_one_of_a_kind(fields: Fields) -> None:
    labels = [each.label.casefold() for each in fields.fields]
    assert sorted(set(labels)) == sorted(labels)


def test_every_field_says_what_it_is(fields: Fields) -> None:
    """Titles, other words and neighbours: without them a field is never found or leads nowhere."""
    thin = [f.id for f in fields.fields if len(f.titles) < 5 or not f.asked or len(f.near) < 3]
    assert thin == []


def test_neighbours_exist_and_are_others(fields: Fields) -> None:
    wrong = [
        (each.id, near)
        for each in fields.fields
        for near in each.near
        if near not in fields.by_id or near == each.id
    ]
    assert wrong == []


def test_every_label_and_title_is_understood_as_its_own_field(fields: Fields) -> None:
    """No phrase of the content is lost on the way to what is typed."""
    lost = [
        (each.id, phrase)
        for each in fields.fields
        for phrase in (each.label, *each.titles[:5], *each.short)
        if each.id not in fields._asked[" ".join(fields.lexicon.words(phrase))]
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("marketing", "marketing"),
        ("Dentistry", "dentistry"),
        ("SEO", "digital-marketing"),
        ("ux", "ux-design"),
        ("RN", "nursing"),
        ("CPA", "accounting"),
        ("lawyers", "law"),
        ("jobs in the film industry", "media-production"),
        ("I want to become a pilot", "piloting"),
        ("work with animals", "animal-care"),
        ("help kids who struggle to read", "elementary-teaching"),
        ("repairing cars", "auto-repair"),
        ("be outdoors", "conservation"),
        ("designing big buildings", "architecture"),
        ("health care", "nursing"),
        ("e-commerce", "e-commerce"),
        ("R&D", "engineering-management"),
    ],
)
def test_words_mean_a_field(fields: Fields, typed: str, field: str) -> None:
    assert field in fields.ids_of(typed)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("maketing", "marketing"),
        ("enginering", "engineering-management"),
        ("vetrinarian", "veterinary-medicine"),
        ("phisiotherapist", "physical-therapy"),
        ("grafic desing", "graphic-design"),
        ("softwareengineer", "software-development"),
        ("pyschology", "psychology-research"),
    ],
)
def test_typing_mistakes_are_mended_and_told(fields: Fields, typed: str, field: str) -> None:
    understood = fields.understand(typed)
    assert field in [each.id for each in understood.fields]
    assert understood.mended


@pytest.mark.parametrize("typed", ["", "   ", "???", "the", "xqzzvw", "🤷", "a" * 10_000])
def test_nothing_is_understood_of_nothing(fields: Fields, typed: str) -> None:
    assert fields.ids_of(typed) == ()


def test_neighbours_come_nearest_first_and_never_repeat_the_field(fields: Fields) -> None:
    understood = fields.understand("nurse anesthetist")
    assert understood.fields[0].id == "nurse-anesthesia"
    assert understood.near[0].id == "anesthesiology"
    assert not {each.id for each in understood.fields} & {each.id for each in understood.near}


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Sr. Software Engineer II - Night Shift", "software-development"),
        ("Director of Human Resources, North America", "human-resources"),
        ("Sales Clerk Supervisor", "retail-management"),
        ("Opera Singer at Marketing Partners", "music-performance"),
        ("Guitar Repairer", "instrument-repair"),
        ("Registered Nurse (RN)", "nursing"),
        ("Mktg Mgr", "marketing"),
        ("Solar Design Engineer", "renewable-energy"),
        ("Sofware Developer", "software-development"),
    ],
)
def test_a_title_is_surest_of_its_own_field(fields: Fields, title: str, field: str) -> None:
    found = fields.classify(title)
    assert max(found, key=lambda key: found[key]) == field


def test_what_stands_before_the_last_words_only_colours(fields: Fields) -> None:
    """A music teacher teaches: whoever looks for musicians finds musicians first."""
    found = fields.classify("Nursing Professor")
    assert found["nursing-education"] > 2 * found.get("nursing", 0)


def test_two_jobs_are_both_the_persons(fields: Fields) -> None:
    found = fields.classify("Orchestra Teacher / Carpenter")
    assert min(found["music-teaching"], found["carpentry"]) >= 0.9


@pytest.mark.parametrize("title", ["Stealth startup", "Seeking new opportunities", "Founder", ""])
def test_a_title_that_says_nothing_has_no_field(fields: Fields, title: str) -> None:
    assert fields.classify(title) == {}


def test_the_directorys_own_column_helps_where_the_title_is_silent(fields: Fields) -> None:
    found = fields.classify("Founder", "Marketing & Communications")
    assert "marketing" in found
    assert max(found.values()) < 0.5


def test_suggestions_begin_with_what_is_typed(fields: Fields) -> None:
    suggested = fields.suggest("mark")
    assert suggested[0].casefold().startswith("mark")
    assert len(fields.suggest("e")) <= 25
    assert "Nursing" in fields.suggest("RN")


def test_an_organiser_adds_a_field_and_more_words_to_ours(fields: Fields) -> None:
    extra = {
        "blimp-work": {"label": ["Airships"], "titles": ["blimp tender"], "near": ["piloting"]},
        "nursing": {"asked": ["sister work"]},
    }
    extended = with_extra(fields, extra)
    assert extended.ids_of("airships") == ("blimp-work",)
    assert "blimp-work" in extended.classify("Blimp Tender")
    assert [each.id for each in extended.understand("airships").near] == ["piloting"]
    assert "nursing" in extended.ids_of("sister work")
    assert "nursing" in extended.ids_of("nurse")
    assert fields.ids_of("airships") != ("blimp-work",)
    assert with_extra(fields, extra) is extended

"""The people of a student: added, kept apart, changed, taken off and brought back."""

from bot.domain.people import Contact, ContactKind
from tests.builders import a_contact, an_alum
from tests.front_door import House, Person


def test_only_the_name_is_needed(ana: Person) -> None:
    """A name is a person; the next steps stand below."""
    added = ana.types("/contact add Dana Reyes")
    assert added.words.startswith("Dana Reyes is on your list.")
    assert added.labels == ["Draft an ask", "Log a talk"]


def test_everything_known_is_saved_in_one_submit(ana: Person) -> None:
    """Ten fields, one form."""
    ana.types("/contact add Kim")
    ana.fills_in(
        ana.types("/contact add"), name="Dana", kind="professor", company="Acme", title="Analyst",
        field="marketing", city="Chicago", email="dana@acme.example", link="https://acme.example/d",
        referred_by="Kim", notes="likes chess",
    )  # fmt: skip
    kim, dana = ana.keeps(Contact)
    known = (dana.kind, dana.company, dana.title, dana.field, dana.city, dana.email, dana.link)
    assert known == (
        ContactKind.PROFESSOR, "Acme", "Analyst", "marketing", "Chicago", "dana@acme.example",
        "https://acme.example/d",
    )  # fmt: skip
    assert (dana.referred_by, dana.notes) == (kim.id, "likes chess")


def test_a_likely_duplicate_is_asked_about_before_saving(ana: Person) -> None:
    """The same name in another spelling warns; saving anyway keeps every field."""
    ana.types("/contact add Dana Reyes company: Acme")
    warned = ana.fills_in(ana.types("/contact add"), name="DANA REYES", notes="from the fair")
    assert warned.words.startswith("You already have Dana Reyes (Acme). Is this somebody else?")
    assert len(ana.keeps(Contact)) == 1
    ana.presses("Somebody else: save", warned)
    assert [each.notes for each in ana.keeps(Contact)] == ["", "from the fair"]


def test_the_same_email_warns_too(ana: Person) -> None:
    """However it is written."""
    ana.fills_in(ana.types("/contact add"), name="Dana", email="dana@acme.example")
    warned = ana.fills_in(ana.types("/contact add"), name="D. Reyes", email="Dana@ACME.example")
    assert warned.words.startswith("You already have Dana.")


def test_a_short_name_is_not_a_duplicate(ana: Person) -> None:
    """Dana may be another Dana."""
    ana.types("/contact add Dana Reyes")
    assert ana.types("/contact add Dana").words.startswith("Dana is on your list.")


def test_editing_changes_and_clears(ana: Person) -> None:
    """What the form holds is taken, emptied fields too."""
    ana.types("/contact add Dana company: Acme title: Analyst")
    ana.fills_in(ana.types("/contact edit Dana"), company="", title="Director")
    (dana,) = ana.keeps(Contact)
    assert (dana.name, dana.company, dana.title) == ("Dana", "", "Director")


def test_one_typed_change_leaves_the_rest(ana: Person) -> None:
    """Naming one field changes that one."""
    ana.types("/contact add Dana company: Acme title: Analyst")
    ana.types("/contact edit Dana city: Bern")
    (dana,) = ana.keeps(Contact)
    assert (dana.company, dana.title, dana.city) == ("Acme", "Analyst", "Bern")


def test_nobody_told_about_themselves(ana: Person) -> None:
    """Refused with a way back to the form."""
    ana.types("/contact add Dana")
    refused = ana.fills_in(ana.types("/contact edit Dana"), referred_by="Dana", city="Bern")
    assert "cannot have told you about themselves" in refused.words
    assert ana.presses("Back to the form", refused).given["city"] == "Bern"


def test_taken_off_and_brought_back(ana: Person) -> None:
    """Undo brings the person back for thirty days."""
    ana.types("/contact add Dana")
    removed = ana.types("/contact remove Dana")
    assert ana.types("/contact list").people == []
    assert ana.presses("Undo", removed).words.startswith("Dana is back on your list.")
    assert ana.types("/contact list").people == ["Dana"]


def test_thirty_days_later_it_is_too_late(ana: Person) -> None:
    """The button says so."""
    ana.types("/contact add Dana")
    removed = ana.types("/contact remove Dana")
    ana.house.clock.move(31 * 24 * 3600)
    assert "more than 30 days ago" in ana.presses("Undo", removed).words


def test_talks_with_somebody_off_the_list_are_off_every_list(ana: Person) -> None:
    """Neither to be thanked nor to be looked back at."""
    ana.types("/interview log Dana tip: Read")
    ana.types("/contact remove Dana")
    assert ana.types("/interview list").words.startswith("No talks yet.")
    assert ana.types("/thanks draft").words.startswith("Nobody is waiting for a thank-you.")
    assert "Dana" not in ana.types("/snowball").words


def test_a_long_list_is_paged_and_a_stale_page_is_the_last(house: House, ana: Person) -> None:
    """Ten a page; everybody is on one of them, and a page that is no more is the last there is."""
    me, cohort = ana.member.id, house.cohort.id
    names = [f"{'pP'[n % 2]}erson {n:02}" for n in range(23)]
    house.add(*(a_contact(name, cohort_id=cohort, owner_id=me) for name in reversed(names)))
    seen = [ana.types("/contact list")]
    while "Next" in seen[-1].labels:
        seen.append(ana.presses("Next", seen[-1]))
    assert sorted(name for page in seen for name in page.people) == sorted(names)
    for name in names[:5]:
        ana.types(f"/contact remove {name}")
    last = ana.presses("Next", seen[1])
    assert (len(last.people), "Previous" in last.labels, "Next" in last.labels) == (8, True, False)


def test_the_list_can_be_searched(ana: Person) -> None:
    """By words of the name, the employer or the field."""
    ana.types("/contact add Dana company: Acme")
    ana.types("/contact add Lee company: Umbrella")
    assert ana.types("/contact list acme").people == ["Dana"]
    nobody = ana.types("/contact list nowhere")
    assert nobody.words.startswith("Nobody on your list fits “nowhere”.")


def test_the_card_tells_what_happened(ana: Person) -> None:
    """Talks, tips, promises and who led to whom, on one card."""
    ana.types("/contact add Dana company: Acme")
    ana.fills_in(
        ana.types("/interview log Dana"),
        tip="Read the reports", names="Lee", promises="send my CV by Friday",
    )  # fmt: skip
    card = ana.types("/contact show Dana").words
    assert "Talk on Monday 23 November, not thanked yet" in card
    assert "Their tip: “Read the reports”" in card
    assert "Promised: send my CV by Friday 27 November" in card
    assert "Led you to: Lee" in card
    assert "Suggested by: Dana" in ana.types("/contact show Lee").words


def test_an_alum_is_kept_once(house: House, ana: Person) -> None:
    """One press keeps somebody of the directory; ten keep one; removed and kept again, they are
    there again."""
    house.add(an_alum("Priya Rao", cohort_id=house.cohort.id))
    found = ana.types("/alum find marketing")
    for _ in range(10):
        ana.presses("Add", found)
    assert ana.types("/contact list").people == ["Priya Rao"]
    ana.types("/contact remove Priya")
    assert "Add" in ana.types("/alum find marketing").labels
    ana.presses("Add")
    assert ana.types("/contact list").people == ["Priya Rao"]


def test_a_number_can_be_kept_and_stands_in_the_brief(ana: Person) -> None:
    """For a talk by phone, and in case the plan fails."""
    ana.types("/contact add Dana")
    ana.types("/contact edit Dana")
    ana.fills_in(phone="+49 30 1234")
    assert "+49 30 1234" in ana.types("/contact show Dana").words
    ana.types("/interview book Dana when: tomorrow 15:00 mode: phone")
    assert "their number is +49 30 1234" in ana.types("/interview prep Dana").words

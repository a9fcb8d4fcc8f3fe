"""Merging two cards: nothing that was written is lost, and the person is as far along as ever."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.merging import FURTHEST, LABELS, merge
from bot.domain.people import Contact, ContactKind, Sharing, Standing
from tests.builders import NOW, a_contact

words = st.text(st.characters(categories=("L", "N")), max_size=12)
numbers = st.none() | st.integers(1, 9)


@st.composite
def cards(draw: st.DrawFn, card_id: int) -> Contact:
    """A card with anything in it."""
    texts = ("email", "phone", "company", "title", "field", "city", "link", "facts", "notes")
    said: dict[str, Any] = {field: draw(words) for field in texts}
    said |= {field: draw(numbers) for field in ("alum_id", "referred_by", "will_introduce")}
    return a_contact(
        name=draw(words.filter(bool)),
        id=card_id,
        kind=draw(st.sampled_from(ContactKind)),
        standing=draw(st.sampled_from(Standing)),
        do_not_contact=draw(st.booleans()),
        **said,
        touch_days=draw(numbers),
        sharing=draw(st.sampled_from(Sharing)),
        added=NOW.add(hours=draw(st.integers(0, 9))),
    )


@given(cards(1), cards(2))
def test_every_value_survives_in_its_field_or_in_the_notes(kept: Contact, other: Contact) -> None:
    """Whatever either card said is on the merged one."""
    card = merge(kept, other).card
    for one, twin in ((kept, other), (other, kept)):
        for field in (*LABELS, "notes"):
            said = getattr(one, field)
            if said in ("", None, ContactKind.HEARD_OF):
                continue
            if field in ("referred_by", "will_introduce") and said in (one.id, twin.id):
                continue
            there = str(getattr(card, field)).casefold()
            shown = {"professor": "professor or adviser", "coworker": "co-worker or coach"}
            text = shown.get(str(said), str(said).split("-")[0]).casefold()
            assert str(said).casefold() == there or text in card.notes.casefold()


@given(cards(1), cards(2))
def test_what_the_kept_card_says_stays(kept: Contact, other: Contact) -> None:
    """No word of the other card takes the place of one that is there."""
    card = merge(kept, other).card
    for field in LABELS:
        said = getattr(kept, field)
        if said not in ("", None, ContactKind.HEARD_OF, kept.id, other.id):
            assert getattr(card, field) == said


@given(cards(1), cards(2))
def test_the_person_stands_where_the_further_card_stood(kept: Contact, other: Contact) -> None:
    """A talk stays had, a no stays said, and the first day stays the first."""
    card = merge(kept, other).card
    assert FURTHEST.index(card.standing) == min(
        FURTHEST.index(kept.standing), FURTHEST.index(other.standing)
    )
    assert card.do_not_contact == (kept.do_not_contact or other.do_not_contact)
    assert card.added == min(kept.added, other.added)
    openness = list(Sharing)
    assert openness.index(card.sharing) == min(map(openness.index, (kept.sharing, other.sharing)))


@given(cards(1), cards(2))
def test_nobody_was_told_about_by_themselves(kept: Contact, other: Contact) -> None:
    """One card that referred to the other leaves no card that refers to itself."""
    card = merge(kept, other).card
    assert card.referred_by not in (kept.id, other.id)
    assert card.will_introduce not in (kept.id, other.id)


def test_every_standing_has_its_place() -> None:
    """A standing that were missing would make a merge fail."""
    assert set(FURTHEST) == set(Standing)


def test_a_referrer_is_noted_by_name() -> None:
    """Numbers say nothing to a student."""
    merged = merge(
        a_contact(id=1, referred_by=5), a_contact("D.", id=2, referred_by=6), {6: "Lee"}.__getitem__
    )
    assert merged.card.referred_by == 5
    assert merged.noted == ("Also called D.", "Also told about by Lee")

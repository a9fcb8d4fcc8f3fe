"""What is read in one transaction is of one moment, on either database."""

from bot.domain.cohort import Member
from bot.domain.people import Contact
from storage.database import Database
from tests.builders import a_contact, a_member


def test_a_reader_sees_nothing_that_was_written_after_it_began(
    database: Database, cohort_id: int
) -> None:
    """An export reads many tables; a talk without its contact would be no export."""
    with database.writing(cohort_id) as store:
        member = store.add(a_member(cohort_id))
    with database.reading(cohort_id) as early:
        assert early.count(Contact) == 0
        with database.writing(cohort_id) as store:
            store.add(a_contact("Dana", cohort_id, member.id))
        assert early.count(Contact) == 0
        assert early.count(Member) == 1
    with database.reading(cohort_id) as late:
        assert late.count(Contact) == 1

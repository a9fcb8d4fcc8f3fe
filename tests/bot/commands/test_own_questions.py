"""An organiser adds questions to the bank, for this class alone."""

from bot.domain.cohort import Cohort
from tests.bot.commands.test_overview import otto_of
from tests.front_door import House, Person


def questions_of(house: House) -> Cohort:
    """The class as stored now."""
    with house.database.reading(house.cohort.id) as store:
        return store.cohort()


def test_a_question_of_ones_own_is_asked_too(house: House, ana: Person) -> None:
    """Sooner or later a student is shown it; it can be saved like any other."""
    otto = otto_of(house)
    said = otto.types("/cohort question What surprised you in the first week? part: the job")
    assert "Added" in said.words
    seen = ana.types("/question part: job")
    for _ in range(80):
        if "surprised you in the first week" in seen.words:
            break
        seen = ana.presses("Another")
    assert "surprised you in the first week" in seen.words
    ana.presses("Save to my list")
    assert "surprised you in the first week" in ana.presses("My list").words


def test_the_same_twice_is_one_and_can_be_dropped(house: House) -> None:
    """Whatever the case and the blanks."""
    otto = otto_of(house)
    otto.types("/cohort question What is hard? part: job")
    otto.types("/cohort question what is  HARD? part: job")
    assert len(questions_of(house).questions) == 1
    otto.presses("Drop")
    assert questions_of(house).questions == {}


def test_a_field_narrows_it(house: House) -> None:
    """Known fields are kept; for one that is not known it says so, and fits all."""
    otto = otto_of(house)
    otto.types("/cohort question")
    otto.fills_in(ask="How do you price a campaign?", part="job", field="marketing")
    [kept] = questions_of(house).questions.values()
    assert kept["fields"] == ["marketing"]
    otto.types("/cohort question")
    said = otto.fills_in(ask="Is it fun?", part="job", field="zzqx")
    assert "fits every one" in said.words


def test_a_student_adds_none(house: House, ana: Person) -> None:
    """Not even with everything typed."""
    assert "Only an organiser" in ana.types("/cohort question Why? part: job").words
    assert questions_of(house).questions == {}

"""The files of `seeds/`: what is wrong is refused by file and key; what is computed from them is right."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.seeds import checkin_values
from carebase.seeds.documents import load_demo, load_reference
from carebase.seeds.npi import made_up_npi
from carebase.seeds.weekdays import days_before, parse_weekdays

WRONG = {
    "not TOML": ("[organization]", "[organization", "not valid TOML"),
    "a key that does not exist": ('family = "Goldleaf"', 'family = "Goldleaf"\nage = 7', "people.0.age"),
    "a key that is missing": ('given = "Odessa"', "", "people.0.given"),
    "a real address": ("owner@example.com", "owner@somewhere.test", "people.0.email"),
    "a day that does not exist": ('on = "mon thu"', 'on = "mon someday"', "someday"),
    "a range backwards": ('on = "mon-sat"', 'on = "sat-mon"', "sat-mon"),
    "an unknown site": ('site = "maple-house"', 'site = "oak-house"', "oak-house"),
    "an unknown building": ('property = "campus"', 'property = "harbor"', "harbor"),
    "a visit by nobody": ('by = "nurse1"', 'by = "nurse99"', "nurse99"),
    "a visit by someone who gives no care": ('by = "nurse1"', 'by = "owner"', "owner"),
    "two people of one name": ('key = "nurse2"', 'key = "nurse1"', "nurse1"),
    "a member who gives no care": ('members = ["nurse1"', 'members = ["owner"', "owner"),
    "a facilitator who is nobody": ('facilitator = "nurse1"', 'facilitator = "nurse99"', "nurse99"),
    "a voice from outside the circle": ('by = "nurse5"', 'by = "nurse6"', "nurse6"),
    "more members than seats": ("max_members = 8", "max_members = 3", "circles.0"),
    "a short history": ("since = 2024-01-08", "since = 2024-01-08\nhistory_days = 3", "history_days"),
}


def copied(project: Project, tmp_path: Path) -> Project:
    """A checkout whose seeds may be spoilt."""
    shutil.copytree(project.seeds, tmp_path / "seeds")
    return Project(tmp_path)


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Project:
    return copied(project, tmp_path)


@pytest.mark.parametrize(("right", "wrong", "named"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_by_name(right: str, wrong: str, named: str, copy: Project) -> None:
    file = copy.seeds / "demo" / "lakeside.toml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(UsageProblem) as caught:
        load_demo(copy)
    assert caught.value.code == "seed_file_invalid"
    assert str(file) in caught.value.message
    assert named in caught.value.message


def test_a_number_without_a_country_is_refused(copy: Project) -> None:
    file = copy.seeds / "reference" / "resources.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('country_code = "US"', "", 1), encoding="utf-8")
    with pytest.raises(UsageProblem) as caught:
        load_reference(copy)
    assert "resources.0" in caught.value.message
    assert "country_code" in caught.value.message


def test_a_missing_file_is_refused_by_name(copy: Project) -> None:
    (copy.seeds / "reference" / "feature_flags.toml").unlink()
    with pytest.raises(UsageProblem) as caught:
        load_reference(copy)
    assert "feature_flags.toml" in caught.value.message


@pytest.mark.parametrize(
    ("text", "days"),
    [("mon", [0]), ("mon-sun", [0, 1, 2, 3, 4, 5, 6]), ("tue thu-sat", [1, 3, 4, 5]), ("sun sun", [6])],
)
def test_weekdays_are_names_and_ranges(text: str, days: list[int]) -> None:
    assert sorted(parse_weekdays(text)) == days


@pytest.mark.parametrize("text", ["", "monday", "mon-", "-mon", "mon-tue-wed", "fri-mon", "Mon"])
def test_anything_else_is_no_weekday(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|begins"):
        parse_weekdays(text)


@given(day=st.dates(date(2000, 1, 1), date(2199, 12, 31)), count=st.integers(0, 40))
def test_history_ends_the_day_before(day: date, count: int) -> None:
    past = list(days_before(day, count, parse_weekdays("mon-sun")))
    assert past == [day - timedelta(days=back) for back in range(count, 0, -1)]


def test_made_up_identifiers_have_a_right_check_digit(database: str) -> None:
    numbers = [made_up_npi(number) for number in (*range(200), 99_999_999)]
    with psycopg.connect(database) as conn:
        wrong = conn.execute("select npi from unnest(%s::text[]) as npi where not app.is_npi(npi)", [numbers])
        assert wrong.fetchall() == []
    assert len(set(numbers)) == 201
    assert {number[0] for number in numbers} == {"2"}


@pytest.mark.parametrize("number", [-1, 10**8])
def test_an_identifier_has_eight_digits_of_its_own(number: int) -> None:
    with pytest.raises(ValueError, match="99999999"):
        made_up_npi(number)


@given(person=st.uuids(), day=st.dates())
def test_answers_are_possible_and_never_change(person: UUID, day: date) -> None:
    answers = checkin_values(person, day, "clinic")
    assert 1 <= answers.stress_level <= 10
    assert 1 <= answers.energy_level <= 10
    assert 0 <= answers.difficult_patient_calls <= answers.patients_contacted_today <= 500
    assert 0 <= answers.overtime_hours <= 24
    assert answers.overtime_hours * 4 == int(answers.overtime_hours * 4)
    assert checkin_values(person, day, "clinic") == answers


def test_answers_of_a_known_person_and_day_are_known() -> None:
    """Changing the arithmetic would make two databases of one day differ."""
    answers = checkin_values(UUID(int=1), date(2026, 11, 20), "telehealth")
    assert answers.model_dump() == {
        "work_setting": "telehealth",
        "stress_level": 6,
        "energy_level": 6,
        "patients_contacted_today": 5,
        "difficult_patient_calls": 2,
        "overtime_hours": 0.25,
        "missed_break": False,
        "is_shared": True,
    }

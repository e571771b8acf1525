"""Providers are asked how they are: who takes part, once per occurrence, and nobody else learns of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import dict_row

from carebase.project import Project

Connection = psycopg.Connection[dict[str, Any]]
FRIDAY = date(2026, 3, 6)


@dataclass(frozen=True)
class Ward:
    """An organization in Chicago, on a connection of the database's owner."""

    conn: Connection
    org: UUID
    patient: UUID

    def nurse(self, name: str, level: str | None = "aggregate_only") -> UUID:
        person = self.person("nurse", name)
        if level:
            self.conn.execute("select tests.give_consent(%s, %s, %s)", (self.org, person, level))
        return person

    def person(self, role: str, name: str) -> UUID:
        found: UUID = self.one("select tests.make_person(%s, %s, %s)", self.org, role, name)
        return found

    def see(self, person: UUID, on: date) -> None:
        self.conn.execute(
            """insert into public.encounters
                 (org_id, patient_id, provider_id, status, class_code, date_of_service)
               values (%s, %s, tests.practitioner_of(%s), 'finished', 'AMB', %s)""",
            (self.org, self.patient, person, on),
        )

    def claim(self, person: UUID, count: int, on: date) -> None:
        """Questions that were claimed at noon in Chicago."""
        self.conn.execute(
            """insert into public.nurse_questions (org_id, question_text, claimed_by, claimed_at)
               select %s, app.plain('x'), %s, (%s + time '12:00') at time zone 'America/Chicago'
               from generate_series(1, %s)""",
            (self.org, person, on, count),
        )

    def check_in(self, person: UUID, on: date) -> None:
        self.conn.execute(
            """insert into public.provider_daily_checkins
                 (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
               values (%s, %s, tests.practitioner_of(%s), %s, 'clinic', 5, 5)""",
            (self.org, person, person, on),
        )

    def chooses(self, person: UUID, hour: int) -> None:
        """In their preferences, as they do over the API."""
        with self.conn.transaction():
            self.conn.execute("select tests.act_as(%s)", (person,))
            self.conn.execute(
                "insert into public.notification_preferences (prompt_hour) values (%s)", (hour,)
            )
            self.conn.execute("select tests.act_as_system()")

    def evening(self, on: date, limit: int = 100, hour: str = "19:07") -> list[tuple[UUID, str]]:
        """The job of this evening; whom it asked why, in the order of names of kinds."""
        with self.conn.transaction():
            self.freeze(on, hour)
            due = "select app.job_prompt_providers(%s, %s, app.clock())"
            while self.one(due, self.org, limit) >= limit:
                pass
        found = self.conn.execute(
            """select user_id, kind::text from public.provider_prompts
               where org_id = %s and prompted_on = %s order by created_at, kind""",
            (self.org, on),
        ).fetchall()
        return [(row["user_id"], row["kind"]) for row in found]

    def freeze(self, on: date, hour: str = "19:07") -> None:
        self.conn.execute(
            """select set_config(
                 'carebase.frozen_clock', ((%s + %s::time) at time zone 'America/Chicago')::text, true
               )""",
            (on, hour),
        )

    def assessed(self, person: UUID, composite: int, on: date) -> None:
        """Somebody's latest assessment comes to this."""
        self.conn.execute(
            """insert into public.provider_burnout_assessments (
                 org_id, practitioner_id, user_id, assessment_date, instrument_id, headline_score
               )
               select %s, people.id, people.user_id, %s, instruments.id, %s
               from public.fhir_practitioners as people, public.instruments
               where people.user_id = %s and instruments.code = 'cbi'""",
            (self.org, on, composite, person),
        )

    def one(self, query: str, *parameters: Any) -> Any:
        row = self.conn.execute(query.encode(), parameters).fetchone()
        assert row
        return next(iter(row.values()))


@pytest.fixture
def ward(database: str, project: Project, server: Any) -> Iterator[Ward]:
    url = server.url(psycopg.conninfo.conninfo_to_dict(database)["dbname"])
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        ward = Ward(conn, uuid4(), uuid4())
        org = ward.one("select tests.make_org('lakeside')")
        patient = ward.one("insert into public.patients default values returning id")
        conn.execute("insert into public.org_patients (org_id, patient_id) values (%s, %s)", (org, patient))
        yield Ward(conn, org, patient)


def many_days(ward: Ward, person: UUID, count: int, *, until: date, each: int = 21) -> None:
    for n in range(count):
        ward.claim(person, each, until - timedelta(days=n))


def test_the_fifth_day_of_many_questions_asks_once(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    many_days(ward, nadia, 4, until=FRIDAY - timedelta(days=1))
    assert ward.evening(FRIDAY - timedelta(days=1)) == []
    ward.claim(nadia, 25, FRIDAY)
    assert ward.evening(FRIDAY) == [(nadia, "question_volume")]
    for hour in ("19:07", "20:07"):
        assert ward.evening(FRIDAY, hour=hour) == [(nadia, "question_volume")], hour
    assert ward.one("select count(*) from public.notification_queue") == 1
    for n in range(1, 8):
        ward.claim(nadia, 21, FRIDAY + timedelta(days=n))
        assert ward.evening(FRIDAY + timedelta(days=n)) == [], "the run goes on: it is the same occurrence"
    many_days(ward, nadia, 5, until=FRIDAY + timedelta(days=20))
    assert ward.evening(FRIDAY + timedelta(days=20)) == [(nadia, "question_volume")], "another run"


def test_twenty_a_day_are_not_more_than_twenty(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    many_days(ward, nadia, 4, until=FRIDAY, each=30)
    ward.claim(nadia, 20, FRIDAY - timedelta(days=4))
    assert ward.evening(FRIDAY) == []


def test_the_number_is_in_the_application_and_not_in_the_message(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    many_days(ward, nadia, 5, until=FRIDAY, each=25)
    ward.evening(FRIDAY)
    (message,) = ward.conn.execute("select * from public.notification_queue").fetchall()
    assert message["payload"] == {"link": "/resilience/prompts"}
    assert (message["recipient_id"], message["channel"]) == (nadia, "in_app")
    assert message["template_key"] == "private.resilience"
    (prompt,) = asked(ward, nadia)
    assert prompt["message"] == "You answered 25 questions today. How are you feeling?"
    assert prompt["question_count"] == 25


def test_after_a_shift_whoever_has_not_checked_in_is_asked(ward: Ward) -> None:
    nadia, nora, off = (ward.nurse(name) for name in ("Nadia", "Nora", "Olive"))
    ward.see(nadia, FRIDAY)
    ward.see(nora, FRIDAY)
    ward.see(off, FRIDAY - timedelta(days=1))
    ward.check_in(nora, FRIDAY)
    assert ward.evening(FRIDAY) == [(nadia, "after_shift")]


def test_only_who_takes_part_is_asked(ward: Ward) -> None:
    nobody, left = ward.nurse("Nobody", level=None), ward.nurse("Left")
    for person in (nobody, left):
        ward.see(person, FRIDAY)
        many_days(ward, person, 5, until=FRIDAY)
    ward.conn.execute("update public.provider_consents set withdrawn_at = now() where user_id = %s", (left,))
    assert ward.evening(FRIDAY) == []


def test_an_anonymous_participant_is_asked_whether_checked_in_or_not(ward: Ward) -> None:
    """Else being asked, or not, would tell. Of their own figures they are told nothing."""
    checked_in, not_yet = ward.nurse("Alma", "anonymous"), ward.nurse("Anna", "anonymous")
    for person in (checked_in, not_yet):
        ward.see(person, FRIDAY)
        many_days(ward, person, 5, until=FRIDAY)
    ward.check_in(checked_in, FRIDAY)
    assert set(ward.evening(FRIDAY)) == {(checked_in, "after_shift"), (not_yet, "after_shift")}


def test_one_question_an_evening(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    ward.see(nadia, FRIDAY)
    many_days(ward, nadia, 5, until=FRIDAY)
    assert ward.evening(FRIDAY) == [(nadia, "question_volume")]
    assert ward.evening(FRIDAY) == [(nadia, "question_volume")]
    saturday = FRIDAY + timedelta(days=1)
    ward.see(nadia, saturday)
    ward.claim(nadia, 21, saturday)
    assert ward.evening(saturday) == [(nadia, "after_shift")], "of the same run she is not asked again"


@pytest.mark.parametrize(
    ("composite", "wait"), [(80, 7), (75, 7), (60, 14), (74, 14), (40, 30), (39, 90), (0, 90)]
)
def test_the_higher_the_risk_the_sooner_the_next_assessment(ward: Ward, composite: int, wait: int) -> None:
    nadia = ward.nurse("Nadia")
    ward.assessed(nadia, composite, FRIDAY)
    due = FRIDAY + timedelta(days=wait)
    assert ward.evening(due - timedelta(days=1)) == []
    assert ward.evening(due) == [(nadia, "reassessment")]
    assert ward.evening(due + timedelta(days=1)) == []


def test_batches_ask_everybody_once(ward: Ward) -> None:
    nurses = [ward.nurse(f"Nurse{n}") for n in range(7)]
    for person in nurses:
        ward.see(person, FRIDAY)
    assert {person for person, _ in ward.evening(FRIDAY, limit=3)} == set(nurses)
    assert ward.one("select count(*) from public.notification_queue") == 7


def test_without_the_feature_nobody_is_asked(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    ward.see(nadia, FRIDAY)
    ward.conn.execute("update public.organization_feature_flags set is_enabled = false")
    assert ward.evening(FRIDAY) == []


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "sent_at"),
    [("18:00", "20:00", "20:00"), ("18:00", "07:00", None), ("21:00", "07:00", "19:07")],
)
def test_quiet_hours_are_kept(ward: Ward, quiet_from: str, quiet_until: str, sent_at: str | None) -> None:
    """Where they last longer than the day there is no message: the prompt itself can still be read."""
    nadia = ward.nurse("Nadia")
    ward.see(nadia, FRIDAY)
    ward.conn.execute(
        """insert into public.notification_preferences (org_id, user_id, quiet_from, quiet_until)
           values (%s, %s, %s, %s)""",
        (ward.org, nadia, quiet_from, quiet_until),
    )
    ward.evening(FRIDAY)
    times = ("19:07", "20:00", "23:59")
    sent = [time for time in times if claimed(ward, FRIDAY, time)]
    assert sent == ([sent_at] if sent_at else [])
    assert claimed(ward, FRIDAY + timedelta(days=1), "07:00") == 0
    assert len(asked(ward, nadia)) == 1


def test_each_is_asked_in_the_hour_they_chose(ward: Ward) -> None:
    early, usual = ward.nurse("Early"), ward.nurse("Usual")
    ward.chooses(early, 15)
    for person in (early, usual):
        ward.see(person, FRIDAY)
    days = {hour: ward.evening(FRIDAY, hour=f"{hour}:07") for hour in range(24)}
    assert days[14] == []
    assert days[15] == days[18] == [(early, "after_shift")]
    assert days[23] == [(early, "after_shift"), (usual, "after_shift")]


def test_a_night_is_asked_about_once_in_the_morning_after(ward: Ward) -> None:
    """From Thursday evening until Friday morning, again the next night, then two nights at home."""
    nadia = ward.nurse("Nadia")
    ward.chooses(nadia, 8)
    thursday, friday, saturday, sunday, monday = (FRIDAY + timedelta(days=n) for n in range(-1, 4))
    for worked in (thursday, friday, saturday):
        ward.see(nadia, worked)
    mornings = {day: ward.evening(day, hour="08:07") for day in (friday, saturday, sunday, monday)}
    asked_on = [day for day, asked in mornings.items() if asked == [(nadia, "after_shift")]]
    assert asked_on == [friday, saturday]


@pytest.mark.parametrize(("checked_in", "is_asked"), [(-1, True), (0, False)])
def test_a_check_in_after_the_night_before_is_not_one_of_this_night(
    ward: Ward, checked_in: int, is_asked: bool
) -> None:
    nadia = ward.nurse("Nadia")
    ward.chooses(nadia, 8)
    for worked in (-1, 0):
        ward.see(nadia, FRIDAY + timedelta(days=worked))
    ward.check_in(nadia, FRIDAY + timedelta(days=checked_in))
    assert bool(ward.evening(FRIDAY, hour="08:07")) == is_asked


def test_who_stops_before_midnight_is_asked_after_it_about_yesterday(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    ward.chooses(nadia, 0)
    many_days(ward, nadia, 5, until=FRIDAY, each=25)
    assert ward.evening(FRIDAY, hour="00:07") == [], "of four days nobody is asked"
    assert ward.evening(FRIDAY + timedelta(days=1), hour="00:07") == [(nadia, "question_volume")]
    (prompt,) = asked(ward, nadia)
    assert prompt["message"] == "You answered 25 questions yesterday. How are you feeling?"


@pytest.mark.parametrize(
    ("begins", "hours"),
    [
        # Two in the morning is left out in Chicago on 8 March, and comes twice on 1 November.
        ("2026-03-08 06:07+00", [[0], [1], [2, 3], [4]]),
        ("2026-11-01 05:07+00", [[0], [1], [], [2]]),
        ("2026-07-01 05:07+00", [[0], [1], [2], [3]]),
    ],
)
def test_every_hour_begins_once_a_day(ward: Ward, begins: str, hours: list[list[int]]) -> None:
    found = [
        ward.one(
            "select app.hours_begun(%s, %s::timestamptz + make_interval(hours => %s))", ward.org, begins, n
        )
        for n in range(4)
    ]
    assert found == hours


def test_an_hour_that_was_missed_is_made_up_for(ward: Ward) -> None:
    """The run of seven, at ten: it asks those of seven, about that day."""
    nadia = ward.nurse("Nadia")
    ward.see(nadia, FRIDAY)
    with ward.conn.transaction():
        ward.freeze(FRIDAY, "22:00")
        ward.conn.execute(
            "select app.job_prompt_providers(%s, 100, app.clock() - interval '2 hours 53 minutes')",
            (ward.org,),
        )
    assert [prompt["kind"] for prompt in asked(ward, nadia)] == ["after_shift"]


def test_a_day_off_is_quiet(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    ward.see(nadia, FRIDAY)
    ward.assessed(nadia, 80, FRIDAY - timedelta(days=7))
    ward.conn.execute(
        "insert into public.notification_preferences (org_id, user_id, quiet_days) values (%s, %s, '{5,6}')",
        (ward.org, nadia),
    )
    ward.evening(FRIDAY)
    assert claimed(ward, FRIDAY, "23:00") == 0
    assert claimed(ward, FRIDAY + timedelta(days=2), "00:00") == 1, "an assessment is still due on Sunday"


def test_a_message_goes_out_while_it_is_not_quiet(ward: Ward) -> None:
    nadia = ward.nurse("Nadia")
    ward.see(nadia, FRIDAY)
    ward.evening(FRIDAY)
    assert claimed(ward, FRIDAY, "19:10") == 1


def test_nobody_else_learns_of_it(ward: Ward) -> None:
    """Administrators watch over the outbox; that somebody was asked how they are is not in what they see."""
    nadia, nora = ward.nurse("Nadia"), ward.nurse("Nora")
    admin, owner = ward.person("admin", "Ada"), ward.person("org_owner", "Olga")
    ward.see(nadia, FRIDAY)
    ward.evening(FRIDAY)
    for person, count in ((nadia, 1), (nora, 0), (admin, 0), (owner, 0)):
        with ward.conn.transaction():
            ward.freeze(FRIDAY)
            ward.conn.execute("select tests.act_as(%s)", (person,))
            for table in ("provider_prompts", "notification_queue"):
                assert ward.one(f"select count(*) from public.{table}") == count, (person, table)
            ward.conn.execute("select tests.act_as_system()")
    assert ward.one("select app.job_prompt_providers(%s, 100, now())", ward.org) == 0, (
        "nor how many were asked"
    )


def asked(ward: Ward, person: UUID) -> list[dict[str, Any]]:
    with ward.conn.transaction():
        ward.conn.execute("select tests.act_as(%s)", (person,))
        found = ward.conn.execute("select * from public.get_my_prompts()").fetchall()
        ward.conn.execute("select tests.act_as_system()")
    return found


def claimed(ward: Ward, on: date, hour: str) -> int:
    """How many messages a worker would send then."""
    with ward.conn.transaction():
        ward.freeze(on, hour)
        answer = ward.one("select app.claim_notifications('test', 100, interval '1 minute')")
    return len(answer["messages"])

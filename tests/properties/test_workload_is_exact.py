"""Whatever is written, undone, folded and in whatever order: the live workload is what a recount gives."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carebase.project import Project

FIRST = date(2026, 3, 1)
STATUSES = ("planned", "finished", "cancelled", "entered-in-error")
Connection = psycopg.Connection[Any]

# Counted here anew, and not by app.workload_drift(), which has to say the same.
RECOUNT = """
select org_id, practitioner_id, day, sum(encounters), sum(questions) from (
  select org_id, provider_id as practitioner_id, date_of_service as day, 1 as encounters, 0 as questions
  from public.encounters
  where provider_id is not null and date_of_service is not null and deleted_at is null
    and status <> 'cancelled' and status <> 'entered-in-error'
  union all
  select org_id, practitioner_id, (claimed_at at time zone 'UTC')::date, 0, 1 from public.nurse_questions
  where practitioner_id is not null and claimed_at is not null and deleted_at is null
) as rows group by 1, 2, 3
"""
LIVE = """
select org_id, practitioner_id, day, encounters, questions from app.provider_workload_live
where encounters <> 0 or questions <> 0
"""


@dataclass(frozen=True)
class Clinic:
    url: str
    conn: Connection
    org: UUID
    other: UUID
    patients: dict[UUID, UUID]
    providers: tuple[UUID, ...]
    users: tuple[UUID, ...]

    def check(self) -> None:
        assert rows(self.conn, LIVE) == rows(self.conn, RECOUNT)
        assert rows(self.conn, "select * from app.workload_drift(%s)", self.org) == set()


def rows(conn: Connection, query: str, *parameters: Any) -> set[tuple[Any, ...]]:
    return set(conn.execute(query.encode(), parameters).fetchall())


def one(conn: Connection, query: str, *parameters: Any) -> Any:
    row = conn.execute(query.encode(), parameters).fetchone()
    assert row
    return row[0]


@pytest.fixture
def clinic(database: str, project: Project, server: Any) -> Iterator[Clinic]:
    """Two organizations, one patient each, two nurses whom both know."""
    url = server.url(psycopg.conninfo.conninfo_to_dict(database)["dbname"])
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        org, other = (
            one(conn, "select tests.make_org(%s, true, 'UTC')", slug) for slug in ("lake", "harbor")
        )
        users = tuple(
            one(conn, "select tests.make_person(%s, 'nurse', %s)", org, n) for n in ("Nadia", "Nora")
        )
        providers = tuple(one(conn, "select tests.practitioner_of(%s)", user) for user in users)
        patients = {}
        for each in (org, other):
            patients[each] = one(conn, "insert into public.patients default values returning id")
            conn.execute(
                "insert into public.org_patients (org_id, patient_id) values (%s, %s)", (each, patients[each])
            )
        for provider in providers:
            conn.execute(
                "insert into public.org_practitioners (org_id, practitioner_id) values (%s, %s)",
                (other, provider),
            )
        yield Clinic(url, conn, org, other, patients, providers, users)


# What may happen to the encounters: each takes a number, to choose what and whom by.
def insert(conn: Connection, clinic: Clinic, pick: random.Random) -> None:
    org = pick.choice((clinic.org, clinic.other))
    conn.execute(
        """insert into public.encounters
             (org_id, patient_id, provider_id, status, class_code, date_of_service)
           select %s, %s, %s, %s, 'AMB', %s from generate_series(1, %s)""",
        (org, clinic.patients[org], pick.choice((*clinic.providers, None)), pick.choice(STATUSES),
         pick.choice((None, *days())), pick.randint(1, 3)),
    )  # fmt: skip


def copy(conn: Connection, clinic: Clinic, pick: random.Random) -> None:
    columns = "(org_id, patient_id, provider_id, status, class_code, date_of_service)"
    with conn.cursor().copy(f"copy public.encounters {columns} from stdin".encode()) as stream:
        for _ in range(pick.randint(0, 4)):
            provider, status = pick.choice(clinic.providers), pick.choice(STATUSES)
            stream.write_row(
                (clinic.org, clinic.patients[clinic.org], provider, status, "AMB", pick.choice(days()))
            )


def upsert(conn: Connection, clinic: Clinic, pick: random.Random) -> None:
    conn.execute(
        """insert into public.encounters
             (org_id, id, patient_id, provider_id, status, class_code, date_of_service)
           select org_id, case when random() < 0.5 then id else gen_random_uuid() end,
             patient_id, provider_id, status, class_code, date_of_service from public.encounters
           on conflict (org_id, id) do update set date_of_service = %s""",
        (pick.choice(days()),),
    )


def change(conn: Connection, clinic: Clinic, pick: random.Random) -> None:
    column, value = pick.choice(
        (
            ("provider_id", pick.choice((*clinic.providers, None))),
            ("date_of_service", pick.choice((None, *days()))),
            ("status", pick.choice(STATUSES)),
            ("deleted_at", pick.choice((None, FIRST))),
            ("class_code", "IMP"),
        )
    )
    conn.execute(
        f"update public.encounters set {column} = %s where get_byte(uuid_send(id), 15) %% 3 = %s".encode(),
        (value, pick.randint(0, 2)),
    )


def delete(conn: Connection, clinic: Clinic, pick: random.Random) -> None:
    conn.execute(
        b"delete from public.encounters where get_byte(uuid_send(id), 15) %% 5 = %s",
        (pick.randint(0, 4),),
    )


def question(conn: Connection, clinic: Clinic, pick: random.Random) -> None:
    what = pick.choice(("claimed", "asked", "claim", "give back", "remove", "delete"))
    user, day = pick.choice(clinic.users), pick.choice(days())
    if what == "claimed":
        conn.execute(
            """insert into public.nurse_questions (org_id, question_text, claimed_by, claimed_at)
               select %s, app.plain('x'), %s, %s::timestamp at time zone 'UTC' from generate_series(1, 2)""",
            (pick.choice((clinic.org, clinic.other)), user, day),
        )
    elif what == "asked":
        conn.execute(
            "insert into public.nurse_questions (org_id, question_text) values (%s, app.plain('x'))",
            (clinic.org,),
        )
    elif what == "claim":
        conn.execute(
            """update public.nurse_questions
               set claimed_by = %s, claimed_at = %s::timestamp at time zone 'UTC'""",
            (user, day),
        )
    elif what == "give back":
        conn.execute("update public.nurse_questions set claimed_by = null, claimed_at = null")
    elif what == "remove":
        conn.execute(
            """update public.nurse_questions
               set deleted_at = case when deleted_at is null then now() end"""
        )
    else:
        conn.execute("delete from public.nurse_questions where claimed_by = %s", (user,))


def fold(conn: Connection, clinic: Clinic, pick: random.Random) -> None:
    conn.execute("select app.fold_workload(%s)", (pick.choice((1, 2, 1000)),))


STEPS = (insert, insert, copy, upsert, change, change, delete, question, question, fold)
STEP = st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 2**32), st.booleans())


def days() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range(3)]


class _Undone(Exception):
    pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=12))
def test_the_live_figure_is_a_recount(clinic: Clinic, steps: list[tuple[int, int, bool]]) -> None:
    conn = clinic.conn
    with conn.transaction(force_rollback=True):
        for number, seed, is_undone in steps:
            with suppress(_Undone), conn.transaction():
                STEPS[number](conn, clinic, random.Random(seed))
                if is_undone:
                    raise _Undone
            clinic.check()
        while one(conn, "select app.fold_workload(5)"):
            clinic.check()
        assert one(conn, "select count(*) from app.provider_workload_deltas") == 0
        assert rows(conn, RECOUNT) == rows(
            conn, "select * from app.provider_workload_days where encounters <> 0 or questions <> 0"
        )


def test_rows_from_before_the_triggers_are_mended(clinic: Clinic) -> None:
    conn, pick = clinic.conn, random.Random(7)
    with conn.transaction(force_rollback=True):
        conn.execute("alter table public.encounters disable trigger user")
        for _ in range(20):
            insert(conn, clinic, pick)
        conn.execute("alter table public.encounters enable trigger user")
        assert rows(conn, LIVE) != rows(conn, RECOUNT)
        for org in (clinic.org, clinic.other):
            assert one(conn, "select app.mend_workload(%s)", org) > 0
            assert one(conn, "select app.mend_workload(%s)", org) == 0
        clinic.check()


def test_a_fold_takes_only_what_is_committed(clinic: Clinic) -> None:
    """One transaction is open before another begins and ends after it: folded later, not lost, not twice."""
    pick = random.Random(3)
    with psycopg.connect(clinic.url) as early:
        see(early, clinic)
        insert(clinic.conn, clinic, pick)
        see(clinic.conn, clinic)
        clinic.check()
        while one(clinic.conn, "select app.fold_workload(1000)"):
            clinic.check()
        early.commit()
        clinic.check()
        assert one(clinic.conn, "select app.fold_workload(1000)") == 1
        clinic.check()
        see(early, clinic)
        early.rollback()
    clinic.check()


def test_folds_and_writers_at_once(clinic: Clinic) -> None:
    """Four write in transactions of several statements, some undone, while two fold and one reads."""
    errors: list[BaseException] = []
    is_over = threading.Event()

    def work(task: Any, *given: Any) -> threading.Thread:
        def run() -> None:
            try:
                with psycopg.connect(clinic.url) as conn:
                    task(conn, *given)
            except BaseException as error:
                errors.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def write(conn: Connection, seed: int) -> None:
        pick = random.Random(seed)
        for _ in range(25):
            for _ in range(pick.randint(1, 4)):
                see(conn, clinic, pick.choice(clinic.providers))
            if pick.random() < 0.3:
                conn.rollback()
            else:
                conn.commit()

    def keep_folding(conn: Connection) -> None:
        conn.autocommit = True
        while not is_over.is_set():
            conn.execute("select app.fold_workload(7)")

    def keep_reading(conn: Connection) -> None:
        conn.autocommit = True
        while not is_over.is_set():
            assert rows(conn, "select * from app.workload_drift(%s)", clinic.org) == set()

    writers = [work(write, seed) for seed in range(4)]
    others = [work(keep_folding), work(keep_folding), work(keep_reading)]
    for thread in writers:
        thread.join()
    is_over.set()
    for thread in others:
        thread.join()
    assert errors == []
    assert one(clinic.conn, "select count(*) from public.encounters") > 0
    clinic.check()


def see(conn: Connection, clinic: Clinic, provider: UUID | None = None) -> None:
    conn.execute(
        """insert into public.encounters
             (org_id, patient_id, provider_id, status, class_code, date_of_service)
           values (%s, %s, %s, 'finished', 'AMB', %s)""",
        (clinic.org, clinic.patients[clinic.org], provider or clinic.providers[0], FIRST),
    )

"""Patients in clear are sealed by a migration, open to be the same, and its rollback brings them back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from carebase.db import migrations
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.sealed import opened

BEFORE = "20261121133406"
IN_CLEAR = """
with org as (
  insert into public.organizations (slug, name, kind) values ('lakeside', 'Lakeside', 'clinic') returning id
),
people as (
  insert into public.patients (family_name, given_names, birth_date, gender, is_deceased, deceased_at)
  values
  ('Canary-Ünger', '{Ada,"M. J."}', '1950-02-03', 'female', true, '2026-01-02 03:04:05.6+02'),
  (null, '{}', null, null, false, null)
  returning id, family_name
)
insert into public.org_patients (org_id, patient_id, medical_record_number)
select org.id, people.id, case when people.family_name is not null then 'CANARY-7' end
from org cross join people
"""
ALL_CLEAR = """
select to_jsonb(patients) as person, to_jsonb(org_patients) as known
from public.patients inner join public.org_patients on org_patients.patient_id = patients.id
order by patients.is_deceased desc
"""
SAME = f"""
select {opened("family_name")} as family_name, {opened("given_names")}::jsonb as given_names,
  {opened("birth_date")} as birth_date, {opened("gender")} as gender,
  {opened("deceased_at")}::timestamptz as deceased_at,
  {opened("medical_record_number", "org_patients")} as record, patients.version
from public.patients inner join public.org_patients on org_patients.patient_id = patients.id
order by patients.is_deceased desc
"""


def files_with(server: PostgresServer, url: str, word: bytes) -> list[Path]:
    """The files of this database that hold it, once everything is written out."""
    with psycopg.connect(server.url(str(conninfo_to_dict(url)["dbname"])), autocommit=True) as admin:
        admin.execute("checkpoint")
        row = admin.execute(
            "select current_setting('data_directory'), oid from pg_database"
            " where datname = current_database()"
        ).fetchone()
    assert row
    folder = Path(row[0]) / "base" / str(row[1])
    return [path for path in folder.iterdir() if word in content(path)]


def content(path: Path) -> bytes:
    """Of a file that the server may take away at any moment, as it does with its caches; then nothing."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return b""


def ask(url: str, query: str) -> list[dict[str, Any]]:
    with psycopg.connect(url, row_factory=dict_row, options="-c timezone=UTC") as conn:
        return conn.execute(query.encode()).fetchall()


def test_there_and_back(database: str, project: Project, server: PostgresServer) -> None:
    migrations.rollback(project, database, to=BEFORE)
    with psycopg.connect(database) as conn:
        conn.execute(IN_CLEAR)
    before = ask(database, ALL_CLEAR)
    assert files_with(server, database, b"Canary-")

    migrations.migrate(project, database)
    full, empty = ask(database, SAME)
    assert full | {"deceased_at": full["deceased_at"].isoformat()} == {
        "family_name": "Canary-Ünger",
        "given_names": ["Ada", "M. J."],
        "birth_date": "1950-02-03",
        "gender": "female",
        "deceased_at": "2026-01-02T01:04:05.600000+00:00",
        "record": "CANARY-7",
        "version": 1,
    }
    assert set(empty.values()) == {None, 1}
    assert files_with(server, database, b"Canary-") == []
    assert files_with(server, database, b"CANARY-7") == []

    migrations.rollback(project, database, to=BEFORE)
    assert ask(database, ALL_CLEAR) == before


def test_questions_there_and_back(database: str, project: Project, server: PostgresServer) -> None:
    migrations.rollback(project, database, to="20261122002720")
    with psycopg.connect(database) as conn:
        conn.execute(
            """
            with org as (
              insert into public.organizations (slug, name, kind) values ('lakeside', 'Lakeside', 'clinic')
              returning id
            ),
            person as (insert into public.patients (is_active) values (true) returning id),
            known as (
              insert into public.org_patients (org_id, patient_id) select org.id, person.id from org, person
              returning org_id, patient_id
            )
            insert into public.nurse_questions (org_id, patient_id, question_text)
            select org_id, patient_id, 'Canary-\\ of "ours"?' from known
            """
        )
    in_clear = ask(
        database, "select to_jsonb(questions) as question from public.nurse_questions as questions"
    )
    assert files_with(server, database, b"Canary-")

    migrations.migrate(project, database)
    text = opened("question_text", "nurse_questions")
    sealed = ask(database, f"select {text} as question, version, updated_at from public.nurse_questions")
    assert [row["question"] for row in sealed] == [row["question"]["question_text"] for row in in_clear]
    assert [row["version"] for row in sealed] == [row["question"]["version"] for row in in_clear]
    assert files_with(server, database, b"Canary-") == []

    migrations.rollback(project, database, to="20261122002720")
    query = "select to_jsonb(questions) as question from public.nurse_questions as questions"
    assert ask(database, query) == in_clear

"""Every question of the doctor finds what it asks for, on a database that was well before."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator

import psycopg
import pytest

from carebase.doctor import examine
from carebase.doctor.examine import QUESTIONS
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.commands import carebase

# What is broken, and the sentence that says so. As a superuser: somebody did this by hand.
FAULTS = {
    "extensions": ("drop extension btree_gist cascade", "Extension btree_gist is missing."),
    "row-security": (
        "alter table public.sites no force row level security",
        "Table public.sites does not force row-level security on its owner.",
    ),
    "private-schema": (
        "grant execute on function app.uuid_v7() to public",
        "Function app.uuid_v7() may be executed by everybody.",
    ),
    "triggers": (
        "alter table public.sites disable trigger _100_stamp",
        "Trigger _100_stamp of public.sites is disabled.",
    ),
    "validity": (
        "alter table public.sites add constraint nameless check (name <> '') not valid",
        "Constraint nameless of public.sites was never validated: old rows may break it.",
    ),
    "jobs-late": (
        "select app.plan_jobs(); update app.job_slots set next_run_at = '2026-01-02 03:04Z'"
        " where job_name = 'purge_sessions'",
        "Job purge_sessions should have run at 2026-01-02 03:04 UTC.",
    ),
    "jobs-unplanned": (
        "insert into public.scheduled_jobs (name, description, cron, time_zone)"
        " values ('ghost', 'x', '0 0 31 2 *', 'UTC'); select app.plan_jobs()",
        "Job ghost has no function app.job_ghost().",
    ),
    "jobs-failing": (
        "select app.plan_jobs();update app.job_slots set failure_count = 3 where job_name = 'purge_sessions'",
        "Job purge_sessions failed 3 times in a row.",
    ),
    "messages-late": (
        "with org as (select id from public.organizations limit 1) insert into app.notification_tasks"
        " (org_id, notification_id, priority, due_at, written_by)"
        " select id, id, 'normal', '2026-01-02 03:04Z', pg_current_xact_id() from org",
        "The outbox holds messages that are due, 1 of them, the first since 2026-01-02 03:04 UTC.",
    ),
    "messages-dead": (
        "with org as (select id from public.organizations limit 1),"
        " person as (insert into auth.users (id) values (gen_random_uuid()) returning id)"
        " insert into public.notification_queue (org_id, channel, recipient_id, template_key, trigger_at,"
        " created_at, status, settled_at, died_at)"
        " select org.id, 'in_app', person.id, 'x', now(), now(), 'dead', now(), now() from org, person",
        "The outbox has given up messages, 1 of them.",
    ),
    "seal-lag": (
        "select app.seal_audit(); insert into public.audit_events"
        " (org_id, occurred_at, action, database_role) values"
        " ('00000000-0000-0000-0000-000000000000', '2026-01-02 03:04Z', 'insert', 'postgres')",
        "The audit trail has events without a seal, 1 of them, the first since 2026-01-02 03:04 UTC.",
    ),
    "key-age": (
        "select app.make_data_key('seal', null, null, true);"
        " update app.data_keys set created_at = '2026-01-02Z'",
        "Data keys have not been rotated for a hundred days: 1, the oldest of 2026-01-02.",
    ),
    "jobs-paused": (
        "update public.scheduled_jobs set paused_at = '2026-01-02', pause_reason = 'Why not.'"
        " where name = 'purge_sessions'",
        "Job purge_sessions is paused since 2026-01-02: Why not.",
    ),
    "partitions": (
        "create table app.events (at timestamptz) partition by range (at);"
        "create table app.events_1 partition of app.events"
        " for values from ('2020-01-01Z') to ('2020-02-01Z')",
        "Table app.events has partitions up to 2020-02-01 only.",
    ),
    "bloat": (
        "create table public.heap as select n from generate_series(1, 20000) as n;delete from public.heap",
        "Table public.heap has 20000 dead rows beside 0 live ones.",
    ),
    "migrations": (
        "create schema if not exists supabase_migrations;"
        "create table if not exists supabase_migrations.schema_migrations"
        " (version text primary key, statements text[], name text);"
        "insert into supabase_migrations.schema_migrations (version, name) values ('29990101000000', 'x')",
        "Migration 29990101000000 x is in the database and not in this checkout.",
    ),
}
# Of the whole server, or of an hour ago: not to be broken in a test that runs beside others.
NOT_BROKEN = {"version", "roles", "sessions"}


@pytest.fixture
def superuser(database: str, server: PostgresServer) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(server.url(database.rsplit("/", 1)[1]), autocommit=True) as conn:
        yield conn


def test_every_question_is_tried() -> None:
    assert {question.name for question in QUESTIONS} - NOT_BROKEN <= FAULTS.keys()


@pytest.mark.parametrize(("fault", "sentence"), FAULTS.values(), ids=FAULTS)
def test_what_was_broken_is_found(
    fault: str,
    sentence: str,
    database: str,
    project: Project,
    superuser: psycopg.Connection[tuple[object, ...]],
    request: pytest.FixtureRequest,
) -> None:
    before = {finding.says for finding in examine(project, database).findings}
    assert sentence not in before
    superuser.execute(fault.encode())
    superuser.execute("select pg_stat_force_next_flush()")
    found = {finding.says: finding for finding in examine(project, database).findings}
    assert sentence in found, found
    assert found[sentence].check == request.node.callspec.id
    assert found[sentence].hint


def doctor(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return carebase("doctor", "--db-url", url, *words)


def test_a_sound_database_has_no_problems(database: str) -> None:
    """Where the migrations are applied there is nothing but what one is told to expect of a new database."""
    with psycopg.connect(database) as conn:
        conn.execute("select app.plan_jobs()")
    done = doctor(database, "--json")
    told = json.loads(done.stdout)
    assert [one for one in told["findings"] if one["severity"] == "problem"] == []
    assert done.returncode == 0, done.stdout
    assert {one["state"] for one in told["answers"] if one["check"] != "drift"} <= {"well", "found"}
    assert "0 problems" in doctor(database).stdout


def test_problems_end_with_one(database: str, superuser: psycopg.Connection[tuple[object, ...]]) -> None:
    superuser.execute("alter table public.sites disable row level security")
    done = doctor(database)
    assert done.returncode == 1
    assert "Table public.sites has row-level security switched off." in done.stdout


def test_drift_is_looked_for_where_asked(
    database: str, superuser: psycopg.Connection[tuple[object, ...]], project: Project
) -> None:
    superuser.execute("alter table public.sites add column extra text")
    says = [one.says for one in examine(project, database, drift=True).findings if one.check == "drift"]
    assert any("extra" in sentence for sentence in says), says


def test_a_database_without_our_schema_is_examined(make_database: Callable[[str], str]) -> None:
    done = doctor(make_database("platform"))
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}, done.stderr

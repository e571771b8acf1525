"""What the purges delete and leave, in batches, and again."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest

from tests.scheduler.conftest import Connection

Jobs = Callable[..., subprocess.CompletedProcess[str]]


def purge(jobs: Jobs, name: str) -> int:
    """Run it by hand, in small batches, paused as it is; how many rows it handled."""
    (run,) = json.loads(jobs("run", name, "--json").stdout)
    assert (run["outcome"], run["is_manual"]) == ("succeeded", True)
    return int(run["row_count"])


@pytest.fixture(autouse=True)
def _small_batches(owner: Connection) -> None:
    owner.execute("update public.scheduled_jobs set batch_size = 7")


def count(owner: Connection, table: str) -> int:
    row = owner.execute(f"select count(*) as n from {table}".encode()).fetchone()
    assert row is not None
    return int(str(row["n"]))


def test_sessions_stay_a_day_after_their_end(owner: Connection, jobs: Jobs) -> None:
    owner.execute(
        """with person as (
             insert into auth.users (id, email, aud, role)
             values (gen_random_uuid(), 'a@example.com', 'authenticated', 'authenticated') returning id
           )
           insert into auth.sessions (id, user_id, aal)
           select gen_random_uuid(), person.id, 'aal1' from person cross join generate_series(1, 40)"""
    )
    # Ten too old, ten idle for too long, ten that ended an hour ago, ten alive.
    owner.execute(
        """with numbered as (select id, row_number() over (order by id) as n from public.user_sessions)
           update public.user_sessions as s set
             ends_at = now() + case when n <= 10 then '-25 hours' when n between 21 and 30 then '-1 hour'
               else '1 hour' end::interval,
             started_at = now() - interval '3 days'
           from numbered where numbered.id = s.id"""
    )
    owner.execute(
        """with numbered as (select id, row_number() over (order by id) as n from public.user_sessions)
           update app.session_activity as a
           set last_seen_at = now()
             - case when n between 11 and 20 then '26 hours' else '1 minute' end::interval
           from numbered where numbered.id = a.session_id"""
    )
    assert purge(jobs, "purge_sessions") == 20
    assert count(owner, "auth.sessions") == count(owner, "public.user_sessions") == 20
    assert purge(jobs, "purge_sessions") == 0


def test_invitations_stay_thirty_days_after_their_end(owner: Connection, jobs: Jobs) -> None:
    owner.execute(
        """insert into app.invitations
             (org_id, email, role, token_hash, invited_at, expires_at, revoked_at)
           select orgs.id, 'n' || n || '@example.com', 'carer', sha256(n::text::bytea),
             at, at + interval '7 days', case when n % 3 = 1 then at + interval '1 day' end
           from (select id from public.organizations limit 1) as orgs
           cross join generate_series(1, 30) as n
           cross join lateral (
             select now() - case when n <= 15 then '38 days' else '33 days' end::interval as at
           ) as moments"""
    )
    # Fifteen of old expired or were revoked long ago; of the others only the five that were revoked.
    assert purge(jobs, "purge_invitations") == 20
    assert count(owner, "app.invitations") == 10
    assert purge(jobs, "purge_invitations") == 0


def test_counts_stay_an_hour_after_their_window(owner: Connection, jobs: Jobs) -> None:
    owner.execute(
        """insert into app.rate_limits (action, subject, ends_at)
           select 'knock', md5(n::text),
             now() - case when n <= 20 then '2 hours' else '30 minutes' end::interval
           from generate_series(1, 30) as n"""
    )
    assert purge(jobs, "purge_rate_limits") == 20
    assert count(owner, "app.rate_limits") == 10


def test_what_somebody_holds_is_passed_over(owner: Connection, database: str, jobs: Jobs) -> None:
    """A purge waits for nobody."""
    owner.execute(
        """insert into app.rate_limits (action, subject, ends_at)
           select 'knock', md5(n::text), now() - interval '2 hours' from generate_series(1, 5) as n"""
    )
    with owner.transaction():
        owner.execute("select 1 from app.rate_limits where subject = md5('1') for update")
        assert purge(jobs, "purge_rate_limits") == 4
    assert purge(jobs, "purge_rate_limits") == 1


def test_runs_stay_ninety_days(owner: Connection, jobs: Jobs) -> None:
    owner.execute(
        """insert into public.job_runs
             (job_name, due_at, started_at, ended_at, outcome, server, backend_pid)
           select 'purge_sessions', at, at, at, 'succeeded', 'a test', 1
           from generate_series(
             now() - interval '100 days', now() - interval '1 day', interval '1 day'
           ) as at"""
    )
    assert purge(jobs, "purge_job_runs") == 11
    assert purge(jobs, "purge_job_runs") == 0


def test_the_commands_show_pause_and_resume(owner: Connection, jobs: Jobs) -> None:
    listed = {row["name"]: row for row in json.loads(jobs("list", "--json").stdout)}
    assert {"purge_sessions", "purge_invitations", "purge_rate_limits", "purge_job_runs"} <= set(listed)
    assert json.loads(jobs("resume", "purge_sessions", "--json").stdout)[0]["paused_at"] is None
    done = jobs("pause", "purge_sessions", "--reason", "For a look.", "--json")
    assert json.loads(done.stdout)[0]["pause_reason"] == "For a look."
    assert "paused" in jobs("list").stdout
    purge(jobs, "purge_sessions")
    assert "succeeded" in jobs("history", "purge_sessions").stdout
    assert json.loads(jobs("history", "--failed", "--json").stdout) == []
    assert "carebase jobs serve" in jobs("cron").stdout


MISTAKES = [
    (("run", "no_such_job"), "no_such_job"),
    (("pause", "no_such_job"), "no_such_job"),
    (("resume", "no_such_job"), "no_such_job"),
    (("history", "no_such_job"), "no_such_job"),
    (("run", "purge_sessions", "--organization", "lakeside"), "of no organization"),
]


def test_a_mistake_is_a_sentence(jobs: Jobs) -> None:
    for words, says in MISTAKES:
        assert says in jobs(*words, code=2).stderr


def test_a_run_that_fails_says_so(owner: Connection, jobs: Jobs) -> None:
    owner.execute(
        "insert into public.scheduled_jobs (name, description, cron, time_zone)"
        " values ('ghost', 'Has no function.', '0 0 1 1 *', 'UTC')"
    )
    done = jobs("run", "ghost", "--json", code=1)
    assert "There is no function app.job_ghost()" in json.loads(done.stdout)[0]["message"]

"""Questions about what changes while a database runs: jobs, partitions, bloat, sessions."""

from __future__ import annotations

from carebase.doctor.question import Question

_JOBS = ("public.scheduled_jobs", "app.job_slots", "public.job_runs")

QUESTIONS = (
    Question(
        "jobs-late",
        "problem",
        "No job is late.",
        """
        select 'Job ' || slots.job_name, 'should have run at '
          || to_char(min(slots.next_run_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
          || case count(*) when 1 then '' else ', and in ' || count(*) - 1 || ' more organizations' end
        from app.job_slots as slots
        inner join public.scheduled_jobs as jobs on jobs.name = slots.job_name
        left join public.organizations as orgs on orgs.id = slots.for_org_id
        where jobs.paused_at is null and slots.next_run_at < now() - interval '10 minutes'
          and (slots.for_org_id is null or orgs.is_active and orgs.deleted_at is null)
          and not app.is_job_slot_held(slots.slot)
        group by slots.job_name
        """,
        "Run `carebase jobs serve`, or `carebase jobs cron` where there is pg_cron.",
        _JOBS,
    ),
    Question(
        "jobs-unplanned",
        "warning",
        "Every job has its next moment.",
        """
        select 'Job ' || jobs.name, 'has not been planned yet'
        from public.scheduled_jobs as jobs
        where not exists (select from app.job_slots as slots where slots.job_name = jobs.name)
        union all
        select 'Job ' || slots.job_name, 'is never due: its expression names no day that exists'
        from app.job_slots as slots where slots.next_run_at is null
        union all
        select 'Job ' || jobs.name, 'has no function app.job_' || jobs.name || '()'
        from public.scheduled_jobs as jobs
        where not exists (
          select from pg_catalog.pg_proc as p
          inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
          where n.nspname = 'app' and p.proname = 'job_' || jobs.name
        )
        """,
        "`carebase jobs list` plans; the others need a migration or a correction of seeds/reference.",
        _JOBS,
    ),
    Question(
        "jobs-failing",
        "problem",
        "No job fails again and again.",
        """
        select 'Job ' || slots.job_name, 'failed ' || max(slots.failure_count) || ' times in a row'
        from app.job_slots as slots
        inner join public.scheduled_jobs as jobs on jobs.name = slots.job_name
        where slots.failure_count >= jobs.alert_after
        group by slots.job_name
        """,
        "`carebase jobs history JOB --failed` says why.",
        _JOBS,
    ),
    Question(
        "jobs-paused",
        "warning",
        "No job is paused.",
        """
        select 'Job ' || name, 'is paused since ' || to_char(paused_at at time zone 'UTC', 'YYYY-MM-DD')
          || coalesce(': ' || rtrim(pause_reason, '.'), '')
        from public.scheduled_jobs where paused_at is not null
        """,
        "`carebase jobs resume JOB`.",
        _JOBS,
    ),
    Question(
        "partitions",
        "problem",
        "Every table that is partitioned by time has partitions for a week ahead, and no strays.",
        """
        with leaves as (
          select p.oid as parent, c.oid as leaf, pg_catalog.pg_get_expr(c.relpartbound, c.oid) as bound
          from pg_catalog.pg_class as p
          inner join pg_catalog.pg_inherits as i on i.inhparent = p.oid
          inner join pg_catalog.pg_class as c on c.oid = i.inhrelid
          inner join pg_catalog.pg_partitioned_table as t on t.partrelid = p.oid and t.partstrat = 'r'
          inner join pg_catalog.pg_namespace as n on n.oid = p.relnamespace
          where n.nspname in ('public', 'app')
        ),
        ends as (
          select parent, max(
            (regexp_match(bound, 'TO \\(''([0-9]{4}-[0-9]{2}-[0-9]{2}[^'']*)'''))[1]::timestamptz
          ) as at
          from leaves group by parent
        )
        select 'Table ' || parent::regclass::text, 'has partitions up to '
          || to_char(at at time zone 'UTC', 'YYYY-MM-DD') || ' only'
        from ends where at < now() + interval '7 days'
        union all
        select 'Table ' || leaf::regclass::text, 'is the partition for what fits no other, and holds rows'
        from leaves
        inner join pg_catalog.pg_class as c on c.oid = leaf
        where bound = 'DEFAULT' and c.reltuples > 0
        """,
        "`carebase jobs list`: does the job run that makes them?",
    ),
    Question(
        "bloat",
        "warning",
        "Vacuum keeps up.",
        """
        select 'Table ' || relid::regclass::text, 'has ' || n_dead_tup || ' dead rows beside '
          || n_live_tup || ' live ones'
        from pg_catalog.pg_stat_user_tables
        where n_dead_tup > 10000 and n_dead_tup > n_live_tup / 5
        union all
        select 'Database ' || datname,
          'has gone ' || age(datfrozenxid) || ' transactions without a full freeze'
        from pg_catalog.pg_database
        where datname = current_database()
          and age(datfrozenxid) > 2 * current_setting('autovacuum_freeze_max_age')::bigint
        union all
        select 'Setting autovacuum', 'is off' where current_setting('autovacuum') = 'off'
        """,
        "Look for a transaction or replication slot that holds vacuum back; `vacuum (analyze) …`.",
    ),
    Question(
        "sessions",
        "warning",
        "No session holds others up.",
        """
        select 'Session ' || pid || coalesce(' (' || nullif(application_name, '') || ')', ''),
          case when state like 'idle in%' then 'waits in a transaction' else 'runs a transaction' end
          || ' since ' || to_char(xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
        from pg_catalog.pg_stat_activity
        where datname = current_database() and backend_type = 'client backend'
          and xact_start < now() - interval '1 hour'
        union all
        select 'The server',
          'has ' || count(*) || ' of ' || current_setting('max_connections') || ' connections in use'
        from pg_catalog.pg_stat_activity where backend_type = 'client backend'
        having count(*) > 0.8 * current_setting('max_connections')::integer
        union all
        select 'Replication slot ' || slot_name, 'is not read, and keeps all that is written from then on'
        from pg_catalog.pg_replication_slots where not active
        """,
        "End it: `select pg_terminate_backend(PID)`, `select pg_drop_replication_slot(NAME)`.",
    ),
)

-- What runs on a schedule. A row names its function by its own name, app.job_<name>(): whoever could write here could
-- make nothing run but what a migration has put there. The row is declared in seeds/reference; pausing is the
-- operator's, and seeding leaves it alone.
--
-- There is no column that allows two runs of one job at a time: none may.
create table public.scheduled_jobs (
  name text not null,
  description text not null,
  scope public.job_scope not null default 'platform',
  cron text not null,
  time_zone public.time_zone,
  time_limit interval not null default '5 minutes',
  batch_size integer not null default 1000,
  catch_up public.job_catch_up not null default 'once',
  catch_up_window interval not null default '1 day',
  alert_after integer not null default 1,
  paused_at timestamptz,
  pause_reason text,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint scheduled_jobs_pkey primary key (name),
  constraint scheduled_jobs_name_form check (name ~ '^[a-z][a-z0-9_]{1,50}$'),
  constraint scheduled_jobs_description_length check (length(description) between 1 and 500),
  constraint scheduled_jobs_cron_form check (length(cron) <= 100 and app.is_cron(cron)),
  -- An organization's job keeps the organization's time; one of the platform has a zone of its own.
  constraint scheduled_jobs_time_zone_by_scope check ((scope = 'platform') = (time_zone is not null)),
  constraint scheduled_jobs_time_limit_range check (time_limit between interval '1 second' and interval '6 hours'),
  constraint scheduled_jobs_batch_size_range check (batch_size between 1 and 100000),
  constraint scheduled_jobs_catch_up_window_range check (
    catch_up_window between interval '1 minute' and interval '31 days'
  ),
  constraint scheduled_jobs_alert_after_range check (alert_after between 1 and 100),
  constraint scheduled_jobs_pause_reason_length check (length(pause_reason) between 1 and 500),
  constraint scheduled_jobs_pause_reason_of_pause check (paused_at is not null or pause_reason is null)
);

comment on table public.scheduled_jobs is
'What runs on a schedule, when, and how long it may take; pg_cron and `carebase jobs serve` run from the same rows.';
comment on column public.scheduled_jobs.name is 'The job; app.job_<name>() is what it runs.';
comment on column public.scheduled_jobs.description is 'What it does, for people.';
comment on column public.scheduled_jobs.scope is 'Once for the platform, or once for each active organization.';
comment on column public.scheduled_jobs.cron is
'Minute, hour, day of month, month, day of week, as in Debian''s cron; L is the last day of a month.';
comment on column public.scheduled_jobs.time_zone is
'Whose clock the expression is read by; null for a job of organizations, each of which has its own.';
comment on column public.scheduled_jobs.time_limit is 'How long a run may take in all, up to six hours.';
comment on column public.scheduled_jobs.batch_size is
'How many rows one transaction of a run handles, where its function takes p_limit.';
comment on column public.scheduled_jobs.catch_up is
'What becomes of moments that passed while nothing could run. skip: run if less than five minutes late.';
comment on column public.scheduled_jobs.catch_up_window is
'Moments older than this are not made up for, whatever catch_up says; up to 31 days.';
comment on column public.scheduled_jobs.alert_after is 'After how many failures in a row somebody is told; once each time.';
comment on column public.scheduled_jobs.paused_at is 'When it was paused; null while it runs on its schedule.';
comment on column public.scheduled_jobs.pause_reason is 'Why it is paused.';
comment on column public.scheduled_jobs.created_at is 'When the row was made.';
comment on column public.scheduled_jobs.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.scheduled_jobs.updated_at is 'When it was last changed.';
comment on column public.scheduled_jobs.updated_by is 'Who changed it last, null for the system.';
comment on column public.scheduled_jobs.version is 'Counts the writes; send back the one you read to learn of a change by another.';

create type public.job_scope as enum ('platform', 'organization');
comment on type public.job_scope is
'How often a job exists: once for the platform, or once for each active organization, in that one''s time zone.';

create type public.job_catch_up as enum ('skip', 'once', 'all');
comment on type public.job_catch_up is
'What becomes of moments that passed while nothing could run: skipped, made up for by one run, or run one by one.';

create type public.job_outcome as enum ('running', 'succeeded', 'failed', 'timed_out', 'stopped', 'lost', 'skipped');
comment on type public.job_outcome is
'How a run ended. stopped: its server was told to end. lost: its server died. skipped: too late to be run.';

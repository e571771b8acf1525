-- How each run went. Written when a run is claimed, before it does anything, so that a run that dies leaves a trace.
-- No foreign key to the organization: how the platform ran is kept when an organization moves or goes.
-- No stamp columns: a run begins and ends once, and its own columns say when.
create table public.job_runs (
  id uuid not null default app.uuid_v7(),
  job_name text not null,
  for_org_id uuid,
  slot integer,
  due_at timestamptz not null,
  attempt integer not null default 1,
  is_manual boolean not null default false,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome public.job_outcome not null default 'running',
  row_count bigint,
  message text,
  server text not null,
  backend_pid integer not null,
  alerted_at timestamptz,
  constraint job_runs_pkey primary key (id),
  constraint job_runs_job_name_fkey foreign key (job_name) references public.scheduled_jobs (name) on delete cascade,
  constraint job_runs_slot_fkey foreign key (slot) references app.job_slots (slot) on delete set null,
  constraint job_runs_ended_unless_running check ((outcome = 'running') = (ended_at is null)),
  constraint job_runs_attempt_range check (attempt between 1 and 3),
  constraint job_runs_message_length check (length(message) <= 1000),
  constraint job_runs_server_length check (length(server) between 1 and 200)
);

-- One run of a slot at a time, whatever the locks say.
create unique index job_runs_running_key on public.job_runs (slot) where outcome = 'running';
create index job_runs_job_name_idx on public.job_runs (job_name, started_at);
create index job_runs_slot_idx on public.job_runs (slot, due_at);
create index job_runs_ended_at_idx on public.job_runs (ended_at);

comment on table public.job_runs is 'How each run of a scheduled job went; kept for 90 days.';
comment on column public.job_runs.id is 'Key, in order of time.';
comment on column public.job_runs.job_name is 'The job.';
comment on column public.job_runs.for_org_id is 'The organization that it ran for; null for the platform.';
comment on column public.job_runs.slot is 'What was claimed for it (app.job_slots).';
comment on column public.job_runs.due_at is 'The moment of its schedule that it was for.';
comment on column public.job_runs.attempt is 'Counts the runs for the same moment; a run that was lost is repeated twice.';
comment on column public.job_runs.is_manual is 'Somebody ran it by hand, outside its schedule.';
comment on column public.job_runs.started_at is 'When it began.';
comment on column public.job_runs.ended_at is 'When it ended, or was found to have; null while it runs.';
comment on column public.job_runs.outcome is 'How it ended; running until then.';
comment on column public.job_runs.row_count is 'How many rows it handled, where its function tells.';
comment on column public.job_runs.message is 'Why it did not succeed. Never personal data: what could repeat a value is left out.';
comment on column public.job_runs.server is 'Who ran it: pg_cron, or the machine and process of `carebase jobs`.';
comment on column public.job_runs.backend_pid is 'The database session that it ran in.';
comment on column public.job_runs.alerted_at is 'When somebody was told of its failure.';

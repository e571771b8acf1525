-- When each job is next due: one row for a job of the platform, one per organization for the others. Apart from
-- scheduled_jobs, because a slot changes with each run and a job only when somebody changes it.
--
-- Whoever runs a slot holds the session advisory lock (app.job_lock_class(), slot) until the run is over. It goes with
-- the session, however that ends, so a run that is still 'running' in job_runs while nobody holds the lock is lost.
-- The platform's own book-keeping: nothing here may keep an organization from moving or going, so there is no foreign
-- key to it, and no sequence. app.plan_jobs() numbers slots, alone, and removes those of organizations that are gone.
-- No stamp columns: only the functions that plan, claim and finish write it, with each run.
create table app.job_slots (
  slot integer not null,
  job_name text not null,
  for_org_id uuid,
  planned_as text not null,
  next_run_at timestamptz,
  failure_count integer not null default 0,
  constraint job_slots_pkey primary key (slot),
  constraint job_slots_job_name_fkey foreign key (job_name) references public.scheduled_jobs (name) on delete cascade,
  constraint job_slots_planned_as_length check (length(planned_as) <= 300),
  constraint job_slots_failure_count_not_negative check (failure_count >= 0)
);

create unique index job_slots_job_name_for_org_id_key on app.job_slots (job_name, for_org_id) nulls not distinct;
create index job_slots_next_run_at_idx on app.job_slots (next_run_at);

comment on table app.job_slots is 'When each job is next due, per organization where it is theirs.';
comment on column app.job_slots.slot is 'Key, and second half of the advisory lock that a run of it holds.';
comment on column app.job_slots.job_name is 'The job.';
comment on column app.job_slots.for_org_id is 'The organization that it runs for; null for the platform.';
comment on column app.job_slots.planned_as is
'Expression and zone that next_run_at was computed from; computed anew when they change.';
comment on column app.job_slots.next_run_at is 'When it is next due; null if its expression names no day that exists.';
comment on column app.job_slots.failure_count is 'How many runs in a row did not succeed.';

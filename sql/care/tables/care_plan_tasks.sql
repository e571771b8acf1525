-- What a care plan asks to be done, once or by a rule, by the clocks of the site. A job makes what is due from it. What
-- changes is a new task: the former one is ended, and says what was asked for until then.
create table public.care_plan_tasks (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  care_plan_id uuid not null,
  resident_id uuid not null,
  site_id uuid not null,
  task_kind public.care_task_kind not null,
  instructions bytea not null,
  first_on date not null,
  first_time time not null,
  rule text,
  grace_minutes integer not null default 60,
  assigned_to uuid,
  generated_through date,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  series_id uuid,
  begins_at timestamptz,
  constraint care_plan_tasks_pkey primary key (org_id, id),
  constraint care_plan_tasks_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plan_tasks_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint care_plan_tasks_plan_fkey foreign key (org_id, care_plan_id)
  references public.care_plans (org_id, id),
  constraint care_plan_tasks_series_fkey foreign key (org_id, series_id)
  references public.care_plan_tasks (org_id, id),
  constraint care_plan_tasks_assigned_to_fkey foreign key (org_id, assigned_to)
  references public.staff_members (org_id, user_id),
  -- 2,000 characters, of up to four bytes each.
  constraint care_plan_tasks_instructions_sealed check (app.is_sealed(instructions, 8081)),
  constraint care_plan_tasks_begins_in_series check ((series_id is null) = (begins_at is null)),
  constraint care_plan_tasks_rule_length check (length(rule) between 1 and 1000),
  constraint care_plan_tasks_first_time_whole check (extract(second from first_time) = 0),
  constraint care_plan_tasks_grace_minutes_range check (grace_minutes between 0 and 1440)
);

create index care_plan_tasks_plan_id_idx on public.care_plan_tasks (org_id, care_plan_id);
create index care_plan_tasks_resident_id_idx on public.care_plan_tasks (org_id, resident_id, site_id);
create index care_plan_tasks_site_id_idx on public.care_plan_tasks (org_id, site_id, id);
create index care_plan_tasks_assigned_to_idx on public.care_plan_tasks (org_id, assigned_to);
create index care_plan_tasks_series_id_idx on public.care_plan_tasks (org_id, series_id);
create index care_plan_tasks_generated_idx on public.care_plan_tasks (org_id, generated_through)
where ended_at is null and deleted_at is null;

create trigger _200_guard
before insert or update on public.care_plan_tasks
for each row execute function app.guard_care_plan_task();
create trigger _220_gone
before insert on public.care_plan_tasks
for each row execute function app.guard_gone_resident();

comment on table public.care_plan_tasks is 'What care plans ask to be done, once or by a rule.';
comment on column public.care_plan_tasks.org_id is 'The organization that cares.';
comment on column public.care_plan_tasks.id is 'Key within the organization.';
comment on column public.care_plan_tasks.care_plan_id is 'The plan that asks for it.';
comment on column public.care_plan_tasks.resident_id is 'The resident it is about.';
comment on column public.care_plan_tasks.site_id is 'Where the resident lives; follows them.';
comment on column public.care_plan_tasks.task_kind is 'What kind of care it is.';
comment on column public.care_plan_tasks.instructions is
'What to do, 1 to 2000 characters. PHI, sealed with the resident''s own key.';
comment on column public.care_plan_tasks.first_on is 'The day it begins, where the site is.';
comment on column public.care_plan_tasks.first_time is 'The time of day it begins, where the site is; whole minutes.';
comment on column public.care_plan_tasks.rule is
'When it comes again, as RFC 5545 writes rules (see docs/care/plans.md); null: once.';
comment on column public.care_plan_tasks.grace_minutes is 'So many minutes after it was due it is missed, 0 to 1440.';
comment on column public.care_plan_tasks.assigned_to is 'The member of staff who is to do it; null: the shift.';
comment on column public.care_plan_tasks.generated_through is
'The last day of which everything that is due has been made; 9999-12-31 where nothing more comes.';
comment on column public.care_plan_tasks.series_id is
'The first task of its series, for one that took the place of another; null: it is the first itself.';
comment on column public.care_plan_tasks.begins_at is
'It took the place of another then, and asks for nothing before; null: from the beginning.';
comment on column public.care_plan_tasks.ended_at is 'When it was no longer wanted; null while it is.';
comment on column public.care_plan_tasks.created_at is 'When the row was made.';
comment on column public.care_plan_tasks.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.care_plan_tasks.updated_at is 'When it was last changed.';
comment on column public.care_plan_tasks.updated_by is 'Who changed it last, null for the system.';
comment on column public.care_plan_tasks.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.care_plan_tasks.deleted_at is 'When it was removed; a removed row is invisible through the API.';

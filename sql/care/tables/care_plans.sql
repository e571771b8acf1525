-- What a resident needs and how they are cared for, one plan of each type. What it says is in its versions; the plan
-- itself is what versions, tasks and reviews hang on. One that is no longer needed is ended, and may be begun anew.
create table public.care_plans (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  plan_type public.care_plan_type not null,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint care_plans_pkey primary key (org_id, id),
  constraint care_plans_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plans_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade
);

create index care_plans_resident_id_idx on public.care_plans (org_id, resident_id, site_id);
create index care_plans_site_id_idx on public.care_plans (org_id, site_id, id);
create unique index care_plans_once_key on public.care_plans (org_id, resident_id, plan_type)
where ended_at is null and deleted_at is null;
create trigger _220_gone
before insert on public.care_plans
for each row execute function app.guard_gone_resident();

-- Care ends with the stay; here, as it is about all of it.
create trigger _520_care
after update of status on public.residents
for each row when (new.status <> old.status and new.status not in ('resident', 'on_leave'))
execute function app.end_care_of_resident();

comment on table public.care_plans is 'Care plans of residents, one of each type.';
comment on column public.care_plans.org_id is 'The organization that cares.';
comment on column public.care_plans.id is 'Key within the organization.';
comment on column public.care_plans.resident_id is 'The resident it is about.';
comment on column public.care_plans.site_id is 'Where the resident lives; follows them.';
comment on column public.care_plans.plan_type is 'What it is about.';
comment on column public.care_plans.ended_at is 'When it was no longer needed; null while it is followed or written.';
comment on column public.care_plans.created_at is 'When the row was made.';
comment on column public.care_plans.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.care_plans.updated_at is 'When it was last changed.';
comment on column public.care_plans.updated_by is 'Who changed it last, null for the system.';
comment on column public.care_plans.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.care_plans.deleted_at is 'When it was removed; a removed row is invisible through the API.';

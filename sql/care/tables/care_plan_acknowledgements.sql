-- That somebody read a version of a care plan and will work by it. Once for each person and version, and never undone.
create table public.care_plan_acknowledgements (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  care_plan_version_id uuid not null,
  resident_id uuid not null,
  site_id uuid not null,
  acknowledged_by uuid not null,
  acknowledged_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint care_plan_acknowledgements_pkey primary key (org_id, id),
  constraint care_plan_acknowledgements_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plan_acknowledgements_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint care_plan_acknowledgements_version_fkey foreign key (org_id, care_plan_version_id)
  references public.care_plan_versions (org_id, id),
  constraint care_plan_acknowledgements_acknowledged_by_fkey foreign key (org_id, acknowledged_by)
  references public.staff_members (org_id, user_id),
  constraint care_plan_acknowledgements_once_key unique (org_id, care_plan_version_id, acknowledged_by)
);

create index care_plan_acknowledgements_resident_id_idx
on public.care_plan_acknowledgements (org_id, resident_id, site_id);
create index care_plan_acknowledgements_site_id_idx on public.care_plan_acknowledgements (org_id, site_id, id);
create index care_plan_acknowledgements_acknowledged_by_idx
on public.care_plan_acknowledgements (org_id, acknowledged_by);

create trigger _200_keep
before update or delete on public.care_plan_acknowledgements
for each row execute function app.keep_record('org_id');

comment on table public.care_plan_acknowledgements is 'Who read which version of a care plan.';
comment on column public.care_plan_acknowledgements.org_id is 'The organization that cares.';
comment on column public.care_plan_acknowledgements.id is 'Key within the organization.';
comment on column public.care_plan_acknowledgements.care_plan_version_id is 'The version that was read.';
comment on column public.care_plan_acknowledgements.resident_id is 'The resident it is about.';
comment on column public.care_plan_acknowledgements.site_id is 'Where the resident lives; follows them.';
comment on column public.care_plan_acknowledgements.acknowledged_by is 'The member of staff who read it.';
comment on column public.care_plan_acknowledgements.acknowledged_at is 'When they said so.';
comment on column public.care_plan_acknowledgements.created_at is 'When the row was made.';
comment on column public.care_plan_acknowledgements.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.care_plan_acknowledgements.updated_at is 'When it was last changed.';
comment on column public.care_plan_acknowledgements.updated_by is 'Who changed it last, null for the system.';
comment on column public.care_plan_acknowledgements.version is
'Counts the writes; send back the one you read to learn of a change by another.';

-- Which incidents a regulator has to be told of, and within how many hours. What the law says differs by country and
-- by what kind of site it is; so there is none until an organization says it.
create table public.incident_regulator_rules (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  regulator text not null,
  kind public.incident_kind,
  min_severity public.incident_severity not null default 'none',
  within_hours integer not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_regulator_rules_pkey primary key (org_id, id),
  constraint incident_regulator_rules_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_regulator_rules_regulator_length check (length(regulator) between 1 and 100),
  constraint incident_regulator_rules_within_hours_range check (within_hours between 1 and 2160)
);

create index incident_regulator_rules_org_id_idx on public.incident_regulator_rules (org_id, kind);

comment on table public.incident_regulator_rules is
'Which incidents a regulator has to be told of, and how soon.';
comment on column public.incident_regulator_rules.org_id is 'The organization of the site.';
comment on column public.incident_regulator_rules.id is 'Key within the organization.';
comment on column public.incident_regulator_rules.regulator is 'Who has to be told, 1 to 100 characters.';
comment on column public.incident_regulator_rules.kind is 'Of incidents of this kind; null for all kinds.';
comment on column public.incident_regulator_rules.min_severity is 'Of this severity and worse.';
comment on column public.incident_regulator_rules.within_hours is
'Within so many hours of the report, 1 to 2160, around the clock.';
comment on column public.incident_regulator_rules.created_at is 'When the row was made.';
comment on column public.incident_regulator_rules.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incident_regulator_rules.updated_at is 'When it was last changed.';
comment on column public.incident_regulator_rules.updated_by is 'Who changed it last, null for the system.';
comment on column public.incident_regulator_rules.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_regulator_rules.deleted_at is
'When it was removed; a removed row is invisible through the API.';

-- How long each step of an incident may take, by its severity. What an organization has not said is as
-- app.default_incident_sla() says.
create table public.incident_sla_policies (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  severity public.incident_severity not null,
  step public.incident_step not null,
  due_minutes integer,
  is_working_time boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_sla_policies_pkey primary key (org_id, id),
  constraint incident_sla_policies_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_sla_policies_due_minutes_range check (due_minutes between 1 and 129600),
  -- The regulator's clock is in incident_regulator_rules.
  constraint incident_sla_policies_step_ours check (step <> 'notify_regulator')
);

create unique index incident_sla_policies_step_key on public.incident_sla_policies (org_id, severity, step)
where deleted_at is null;

comment on table public.incident_sla_policies is
'How long the steps of an incident may take in an organization, by severity.';
comment on column public.incident_sla_policies.org_id is 'The organization of the site.';
comment on column public.incident_sla_policies.id is 'Key within the organization.';
comment on column public.incident_sla_policies.severity is 'Of incidents of this severity.';
comment on column public.incident_sla_policies.step is 'What has to be done.';
comment on column public.incident_sla_policies.due_minutes is
'Within so many minutes of the report, 1 to 129600 (90 days); null: without a clock.';
comment on column public.incident_sla_policies.is_working_time is
'True: minutes of working hours (incident_calendars) count; false: all do.';
comment on column public.incident_sla_policies.created_at is 'When the row was made.';
comment on column public.incident_sla_policies.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incident_sla_policies.updated_at is 'When it was last changed.';
comment on column public.incident_sla_policies.updated_by is 'Who changed it last, null for the system.';
comment on column public.incident_sla_policies.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_sla_policies.deleted_at is
'When it was removed; a removed row is invisible through the API.';

-- Who is told that a step of an incident is late, rung by rung. Rows for a severity stand in place of those for all; an
-- organization without any has the chain of app.default_incident_chain().
create table public.incident_escalation_steps (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  severity public.incident_severity,
  level smallint not null,
  target public.incident_escalation_target not null,
  after_minutes integer not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_escalation_steps_pkey primary key (org_id, id),
  constraint incident_escalation_steps_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_escalation_steps_level_range check (level between 1 and 9),
  constraint incident_escalation_steps_after_minutes_range check (after_minutes between 0 and 129600),
  -- The first rung is told at the moment at which the step falls due.
  constraint incident_escalation_steps_first_at_once check (level > 1 or after_minutes = 0)
);

create unique index incident_escalation_steps_level_key
on public.incident_escalation_steps (org_id, severity, level) nulls not distinct
where deleted_at is null;

comment on table public.incident_escalation_steps is
'The chain of those who are told when a step of an incident is late.';
comment on column public.incident_escalation_steps.org_id is 'The organization of the site.';
comment on column public.incident_escalation_steps.id is 'Key within the organization.';
comment on column public.incident_escalation_steps.severity is
'For incidents of this severity; null for all that have no rows of their own.';
comment on column public.incident_escalation_steps.level is 'The rung, 1 first.';
comment on column public.incident_escalation_steps.target is
'Who is told. Where there is nobody of that kind, the next rung is, at once.';
comment on column public.incident_escalation_steps.after_minutes is
'So long after the step fell due, counted as the step''s own minutes are.';
comment on column public.incident_escalation_steps.created_at is 'When the row was made.';
comment on column public.incident_escalation_steps.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incident_escalation_steps.updated_at is 'When it was last changed.';
comment on column public.incident_escalation_steps.updated_by is 'Who changed it last, null for the system.';
comment on column public.incident_escalation_steps.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_escalation_steps.deleted_at is
'When it was removed; a removed row is invisible through the API.';

-- By when each step of an incident has to be done, and who was told that it was not. A row is one message to come: the
-- first falls due with the step, later ones at each rung of the chain (incident_escalation_steps). Rows outlive every
-- restart; each fires once, and none once its step is done.
-- No stamp columns: rows are written by triggers and by the job that fires them.
create table public.incident_timers (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  incident_id uuid not null,
  site_id uuid not null,
  is_restricted boolean not null default false,
  step public.incident_step not null,
  notification_id uuid,
  round integer not null default 1,
  level smallint not null default 1,
  step_due_at timestamptz not null,
  fires_at timestamptz not null,
  is_working_time boolean not null default false,
  created_at timestamptz not null default now(),
  fired_at timestamptz,
  told_level smallint,
  told_count integer,
  stopped_at timestamptz,
  is_done boolean,
  constraint incident_timers_pkey primary key (org_id, id),
  constraint incident_timers_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_timers_incident_fkey foreign key (org_id, incident_id, site_id, is_restricted)
  references public.incidents (org_id, id, site_id, is_restricted) on update cascade,
  constraint incident_timers_notification_fkey foreign key (org_id, notification_id)
  references public.incident_notifications_of_regulators (org_id, id),
  constraint incident_timers_once_key
  unique nulls not distinct (org_id, incident_id, step, notification_id, round, level),
  constraint incident_timers_notification_of_regulator check (
    (step = 'notify_regulator') = (notification_id is not null)
  ),
  constraint incident_timers_level_range check (level between 1 and 9 and told_level between 1 and 9),
  constraint incident_timers_fires_when_due check (fires_at >= step_due_at),
  constraint incident_timers_told_of_fired check (
    (fired_at is null) = (told_count is null) and (told_count > 0) = (told_level is not null)
  ),
  constraint incident_timers_done_of_stopped check ((stopped_at is null) = (is_done is null))
);

create index incident_timers_incident_id_idx on public.incident_timers (org_id, incident_id, site_id, is_restricted);
create index incident_timers_site_id_idx on public.incident_timers (org_id, site_id, id);
create index incident_timers_notification_id_idx on public.incident_timers (org_id, notification_id);
-- What is to be fired next, of all organizations: one job does it for all.
create index incident_timers_fires_at_idx on public.incident_timers (fires_at, id)
where fired_at is null and stopped_at is null;
-- The board: what is to be done next, of a site or of all.
create index incident_timers_board_site_idx on public.incident_timers (org_id, site_id, step_due_at, id)
where level = 1 and stopped_at is null;
create index incident_timers_board_idx on public.incident_timers (org_id, step_due_at, id)
where level = 1 and stopped_at is null;

create policy floor_restricted on public.incident_timers
as restrictive for select to authenticated
using (
  not is_restricted
  or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  or site_id = any((select app.my_sites('manager'))::uuid[])
);
comment on policy floor_restricted on public.incident_timers is
'Whatever else is allowed: what is restricted is for the managers of the site, owners and compliance leads.';

comment on table public.incident_timers is
'By when the steps of incidents have to be done, and what was told to whom when they were not.';
comment on column public.incident_timers.org_id is 'The organization of the site.';
comment on column public.incident_timers.id is 'Key within the organization.';
comment on column public.incident_timers.incident_id is 'The incident.';
comment on column public.incident_timers.site_id is 'Where it happened.';
comment on column public.incident_timers.is_restricted is 'Whether the incident is restricted; follows it.';
comment on column public.incident_timers.step is 'What has to be done.';
comment on column public.incident_timers.notification_id is 'The notification, where a regulator has to be told.';
comment on column public.incident_timers.round is
'Which setting of the incident''s clocks it belongs to (incidents.timer_round).';
comment on column public.incident_timers.level is
'The rung of the chain: 1 with the step itself, later ones after it.';
comment on column public.incident_timers.step_due_at is 'When the step falls due.';
comment on column public.incident_timers.fires_at is 'When somebody is told, unless the step is done by then.';
comment on column public.incident_timers.is_working_time is
'Whether its minutes run in working hours only; around the clock otherwise.';
comment on column public.incident_timers.created_at is 'When the row was made.';
comment on column public.incident_timers.fired_at is 'When it fired; null while it has not.';
comment on column public.incident_timers.told_level is
'The rung that was told: its own, or the next one at which there was somebody; null: nobody.';
comment on column public.incident_timers.told_count is 'How many people were told.';
comment on column public.incident_timers.stopped_at is
'When the step was done or its clock set anew; null while it waits to be done.';
comment on column public.incident_timers.is_done is
'Of a stopped one: true if the step was done, false if its clock was set anew.';

-- What holds where an organization has said nothing of its own. Data, in one place: the tables override it row by row.
create function app.default_incident_sla() returns table (
  severity public.incident_severity, step public.incident_step, due_minutes integer, is_working_time boolean
)
language sql immutable
set search_path = ''
as $$
  values
  ('none'::public.incident_severity, 'acknowledge'::public.incident_step, 480, true),
  ('none', 'act', 960, true),
  ('none', 'review', 2400, true),
  ('none', 'close', 4800, true),
  ('low', 'acknowledge', 480, true),
  ('low', 'act', 960, true),
  ('low', 'review', 2400, true),
  ('low', 'close', 4800, true),
  ('moderate', 'acknowledge', 240, false),
  ('moderate', 'act', 1440, false),
  ('moderate', 'review', 1440, true),
  ('moderate', 'close', 4800, true),
  ('severe', 'acknowledge', 30, false),
  ('severe', 'act', 120, false),
  ('severe', 'review', 2880, false),
  ('severe', 'close', 4800, true),
  ('death', 'acknowledge', 30, false),
  ('death', 'act', 120, false),
  ('death', 'review', 2880, false),
  ('death', 'close', 4800, true)
$$;

comment on function app.default_incident_sla() is
'How many minutes after the report each step falls due, by severity, and whether only working hours count.';

create function app.default_incident_chain() returns table (
  level smallint, target public.incident_escalation_target, after_minutes integer
)
language sql immutable
set search_path = ''
as $$
  values
  (1::smallint, 'assignee'::public.incident_escalation_target, 0),
  (2, 'site_managers', 60),
  (3, 'org_owners', 240)
$$;

comment on function app.default_incident_chain() is
'Who is told that a step is late, and how many minutes after it fell due.';

-- Bound to an organization by who calls: the policies' readers are its staff, and triggers and jobs of its own rows.
create function app.incident_sla(p_org_id uuid, p_severity public.incident_severity) returns table (
  step public.incident_step, due_minutes integer, is_working_time boolean
)
language sql stable
set search_path = ''
as $$
  select
    defaults.step,
    case when policies.id is null then defaults.due_minutes else policies.due_minutes end,
    coalesce(policies.is_working_time, defaults.is_working_time)
  from app.default_incident_sla() as defaults
  left join public.incident_sla_policies as policies
    on policies.org_id = p_org_id and policies.severity = defaults.severity and policies.step = defaults.step
    and policies.deleted_at is null
  where defaults.severity = p_severity
$$;

comment on function app.incident_sla(uuid, public.incident_severity) is
'The clocks of an organization for incidents of a severity: its own, else those of app.default_incident_sla().';

create function app.incident_chain(p_org_id uuid, p_severity public.incident_severity) returns table (
  level smallint, target public.incident_escalation_target, after_minutes integer
)
language sql stable
set search_path = ''
as $$
  with own as (
    select steps.severity, steps.level, steps.target, steps.after_minutes
    from public.incident_escalation_steps as steps
    where
      steps.org_id = p_org_id and steps.deleted_at is null and (steps.severity is null or steps.severity = p_severity)
  )
  select own.level, own.target, own.after_minutes from own
  where own.severity is not null or not exists (select from own as special where special.severity is not null)
  union all
  select defaults.level, defaults.target, defaults.after_minutes from app.default_incident_chain() as defaults
  where not exists (select from own)
$$;

comment on function app.incident_chain(uuid, public.incident_severity) is
'The chain of an organization for incidents of a severity: that of the severity, that of all, else
app.default_incident_chain().';

revoke all on function app.default_incident_sla() from public;
revoke all on function app.default_incident_chain() from public;
revoke all on function app.incident_sla(uuid, public.incident_severity) from public;
revoke all on function app.incident_chain(uuid, public.incident_severity) from public;

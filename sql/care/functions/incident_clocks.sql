-- An incident that is looked into has been acted on.
create function app.is_step_done(p_incident public.incidents, p_step public.incident_step) returns boolean
language sql stable
set search_path = ''
as $$
  select case p_step
    when 'acknowledge' then p_incident.acknowledged_at is not null
    when 'act' then
      p_incident.reviewed_at is not null or p_incident.reopened_at is not null
      or p_incident.status = 'closed' or exists (
        select from public.incident_actions as actions
        where
          actions.org_id = p_incident.org_id and actions.incident_id = p_incident.id
          and actions.completed_at is not null and actions.deleted_at is null
      )
    when 'review' then p_incident.reviewed_at is not null or p_incident.status = 'closed'
    when 'close' then p_incident.status = 'closed'
    else false
  end
$$;

comment on function app.is_step_done(public.incidents, public.incident_step) is
'Whether a step of an incident is done.';

create function app.start_incident_timers(p_incident public.incidents, p_from timestamptz) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.incident_timers as timers set stopped_at = app.clock(), is_done = false
  where
    timers.org_id = p_incident.org_id and timers.incident_id = p_incident.id and timers.stopped_at is null
    and timers.step <> 'notify_regulator';
  insert into public.incident_timers (
    org_id, incident_id, site_id, is_restricted, step, round, step_due_at, fires_at, is_working_time
  )
  select
    p_incident.org_id, p_incident.id, p_incident.site_id, p_incident.is_restricted, clocks.step,
    p_incident.timer_round, due.at, due.at, clocks.is_working_time
  from app.incident_sla(p_incident.org_id, p_incident.severity) as clocks
  cross join lateral (
    select app.incident_due_at(
      p_incident.org_id, p_incident.site_id, p_from, clocks.due_minutes, clocks.is_working_time
    ) as at
  ) as due
  where clocks.due_minutes is not null and not app.is_step_done(p_incident, clocks.step);
end
$$;

comment on function app.start_incident_timers(public.incidents, timestamptz) is
'Sets the clocks of the steps of an incident that are not done, in place of those that run.';

create function app.stop_incident_timers(
  p_org_id uuid, p_incident_id uuid, p_step public.incident_step, p_notification_id uuid default null
) returns void
language sql volatile
set search_path = ''
as $$
  update public.incident_timers as timers set stopped_at = app.clock(), is_done = true
  where
    timers.org_id = p_org_id and timers.incident_id = p_incident_id and timers.step = p_step
    and timers.notification_id is not distinct from p_notification_id and timers.stopped_at is null
$$;

comment on function app.stop_incident_timers(uuid, uuid, public.incident_step, uuid) is
'Stops the clocks of a step that is done: none of its rungs fires any more.';

-- One clock for each regulator, the shortest of the rules that it has for this.
create function app.start_regulator_clocks(p_incident public.incidents, p_from timestamptz) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  with made as (
    insert into public.incident_notifications_of_regulators (
      org_id, incident_id, site_id, is_restricted, regulator, due_at
    )
    select
      p_incident.org_id, p_incident.id, p_incident.site_id, p_incident.is_restricted, rules.regulator,
      p_from + make_interval(hours => min(rules.within_hours))
    from public.incident_regulator_rules as rules
    where
      rules.org_id = p_incident.org_id and rules.deleted_at is null
      and (rules.kind is null or rules.kind = p_incident.kind)
      and rules.min_severity <= p_incident.severity
    group by rules.regulator
    on conflict (org_id, incident_id, regulator) do nothing
    returning id, due_at
  )
  insert into public.incident_timers (
    org_id, incident_id, site_id, is_restricted, step, notification_id, round, step_due_at, fires_at
  )
  select
    p_incident.org_id, p_incident.id, p_incident.site_id, p_incident.is_restricted, 'notify_regulator', made.id,
    p_incident.timer_round, made.due_at, made.due_at
  from made;
end
$$;

comment on function app.start_regulator_clocks(public.incidents, timestamptz) is
'Says which regulators have to be told of an incident and by when, from the rules of the organization.';

revoke all on function app.is_step_done(public.incidents, public.incident_step) from public;
revoke all on function app.start_incident_timers(public.incidents, timestamptz) from public;
revoke all on function app.stop_incident_timers(uuid, uuid, public.incident_step, uuid) from public;
revoke all on function app.start_regulator_clocks(public.incidents, timestamptz) from public;

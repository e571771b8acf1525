-- For all organizations at once, each minute: what is due is found by its own index, whoever has nothing due costs
-- nothing. Two that run at once take different rows; a row whose step is being done is left to the next minute, when it
-- is not due any more.
--
-- What fails for one organization (it changed the words of the message so that they no longer fit) is tried again in a
-- quarter of an hour, and holds nobody else up.
create function app.job_fire_incident_timers(p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_timer public.incident_timers;
  v_count integer := 0;
begin
  for v_timer in
    select timers.*
    from public.incident_timers as timers
    where timers.fired_at is null and timers.stopped_at is null and timers.fires_at <= app.clock()
    order by timers.fires_at, timers.id
    limit p_limit
    for update skip locked
  loop
    begin
      perform app.fire_incident_timer(v_timer);
    exception when others then
      raise warning 'A timer of an incident could not be fired (%).', sqlstate;
      update public.incident_timers as timers set fires_at = app.clock() + interval '15 minutes'
      where timers.org_id = v_timer.org_id and timers.id = v_timer.id;
    end;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.job_fire_incident_timers(integer) is
'Scheduled: tells whoever is next in the chain of steps of incidents that are late, p_limit at a time.
Idempotent: yes.';

-- The rung itself, or the next one at which there is somebody; and the row of the rung after that.
create function app.fire_incident_timer(p_timer public.incident_timers) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_incident public.incidents;
  v_rung record;
  v_told integer := 0;
  v_level smallint := p_timer.level;
begin
  select incidents.* into strict v_incident
  from public.incidents
  where incidents.org_id = p_timer.org_id and incidents.id = p_timer.incident_id;

  for v_rung in
    select chain.* from app.incident_chain(v_incident.org_id, v_incident.severity) as chain
    where chain.level >= p_timer.level and app.is_care_on(v_incident.org_id) and v_incident.deleted_at is null
    order by chain.level
  loop
    v_level := v_rung.level;
    v_told := app.tell_of_incident(
      v_incident,
      array(select people.id from app.incident_recipients(v_incident, v_rung.target, p_timer.step) as people (id)),
      'incident.late', 'An incident waits for you', 'Something about an incident is late: {{ link }}', p_timer.id::text
    );
    exit when v_told > 0;
  end loop;

  update public.incident_timers as timers
  set fired_at = app.clock(), told_count = v_told, told_level = case when v_told > 0 then v_level end
  where timers.org_id = p_timer.org_id and timers.id = p_timer.id;

  insert into public.incident_timers (
    org_id, incident_id, site_id, is_restricted, step, notification_id, round, level, step_due_at, fires_at,
    is_working_time
  )
  select
    v_incident.org_id, v_incident.id, v_incident.site_id, v_incident.is_restricted, p_timer.step,
    p_timer.notification_id, p_timer.round, chain.level, p_timer.step_due_at,
    app.incident_due_at(
      v_incident.org_id, v_incident.site_id, p_timer.step_due_at, chain.after_minutes, p_timer.is_working_time
    ),
    p_timer.is_working_time
  from app.incident_chain(v_incident.org_id, v_incident.severity) as chain
  where chain.level > v_level and v_told > 0
  order by chain.level
  limit 1
  on conflict do nothing;
end
$$;

comment on function app.fire_incident_timer(public.incident_timers) is
'Tells whoever is at the rung of a timer, marks it as fired and sets the next rung.';

-- For jobs, which have no active organization: where it is off, nobody is told anything.
create function app.is_care_on(p_org_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from app.organization_features(p_org_id) as features
    inner join public.organizations on organizations.id = p_org_id
    where
      features.feature_key = 'care_homes' and features.is_enabled
      and organizations.is_active and organizations.deleted_at is null
  )
$$;

comment on function app.is_care_on(uuid) is 'Whether care homes are on for an organization now.';

revoke all on function app.job_fire_incident_timers(integer) from public;
revoke all on function app.fire_incident_timer(public.incident_timers) from public;
revoke all on function app.is_care_on(uuid) from public;

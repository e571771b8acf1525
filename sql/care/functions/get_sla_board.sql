create function public.get_sla_board(
  p_site_id uuid default null, p_limit integer default 50, p_after uuid default null
)
returns table (
  timer_id uuid,
  incident_id uuid,
  site_id uuid,
  kind public.incident_kind,
  severity public.incident_severity,
  status public.incident_status,
  assigned_to uuid,
  step public.incident_step,
  regulator text,
  due_at timestamptz,
  is_overdue boolean,
  told_level smallint
)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  v_org_id constant uuid := app.current_org();
  v_sites constant uuid[] := case when p_site_id is null then app.incident_sites() else array[p_site_id] end;
  v_after_due_at timestamptz;
  v_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select timers.step_due_at into v_after_due_at
  from public.incident_timers as timers
  where timers.org_id = v_org_id and timers.id = p_after;
  perform app.check_cursor('p_after', p_after is null or found);
  if v_sites is null then
    v_ids := array(
      select timers.id
      from public.incident_timers as timers
      where
        timers.org_id = v_org_id and timers.level = 1 and timers.stopped_at is null
        and (p_after is null or (timers.step_due_at, timers.id) > (v_after_due_at, p_after))
      order by timers.step_due_at, timers.id
      limit p_limit
    );
  else
    v_ids := array(
      select page.id
      from unnest(v_sites) as places (id)
      cross join lateral (
        select timers.id, timers.step_due_at
        from public.incident_timers as timers
        where
          timers.org_id = v_org_id and timers.site_id = places.id and timers.level = 1
          and timers.stopped_at is null
          and (p_after is null or (timers.step_due_at, timers.id) > (v_after_due_at, p_after))
        order by timers.step_due_at, timers.id
        limit p_limit
      ) as page
      group by page.id, page.step_due_at
      order by page.step_due_at, page.id
      limit p_limit
    );
  end if;

  return query
  select
    timers.id, timers.incident_id, timers.site_id, incidents.kind, incidents.severity, incidents.status,
    incidents.assigned_to, timers.step, told.regulator, timers.step_due_at, timers.step_due_at <= app.clock(),
    (
      select max(rungs.told_level)
      from public.incident_timers as rungs
      where
        rungs.org_id = timers.org_id and rungs.incident_id = timers.incident_id and rungs.step = timers.step
        and rungs.notification_id is not distinct from timers.notification_id and rungs.round = timers.round
    )
  from public.incident_timers as timers
  inner join public.incidents on incidents.org_id = timers.org_id and incidents.id = timers.incident_id
  left join public.incident_notifications_of_regulators as told
    on told.org_id = timers.org_id and told.id = timers.notification_id
  where timers.org_id = v_org_id and timers.id = any(v_ids)
  order by timers.step_due_at, timers.id;
end
$$;

comment on function public.get_sla_board(uuid, integer, uuid) is
'What has to be done about incidents that the caller may see, what is due first first; what is late is on top.
p_site_id: at this site; null: at all.
p_limit: at most so many, 1 to 500. p_after: the timer_id of the last row of the page before; not_found if it is
no longer there.
told_level: how far up the chain somebody was told that it is late; null: nobody.
Never null: timer_id, incident_id, site_id, kind, severity, status, step, due_at, is_overdue.
Protected: kind, severity.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.get_sla_board(uuid, integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_sla_board(uuid, integer, uuid) to authenticated;

-- Whoever works at some sites of many reads a page from the index of each; whoever looks across all reads one page of
-- all. Which sites those are only says where to look: the policies say what is seen.
create function app.incident_sites() returns uuid[]
language sql stable
return case
  when not app.has_role('org_owner', 'compliance_lead')
    then app.my_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')
end;

comment on function app.incident_sites() is
'The sites whose incidents the caller reads by their work; null for who reads those of all.';

-- As the caller: what they may not see of an incident is not there.
create function app.describe_incidents(p_ids uuid[]) returns table (
  id uuid,
  site_id uuid,
  kind public.incident_kind,
  severity public.incident_severity,
  injury_level public.incident_severity,
  status public.incident_status,
  is_restricted boolean,
  occurred_at timestamptz,
  reported_at timestamptz,
  reported_by uuid,
  assigned_to uuid,
  resident_ids uuid[],
  next_step public.incident_step,
  next_due_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select
    page.id, page.site_id, page.kind, page.severity, page.injury_level, page.status, page.is_restricted,
    page.occurred_at, page.reported_at, page.reported_by, page.assigned_to,
    array(
      select people.resident_id from public.incident_people as people
      where
        people.org_id = page.org_id and people.incident_id = page.id and people.person_role = 'involved'
        and people.resident_id is not null
      order by people.id
    ),
    waiting.step, waiting.step_due_at
  from public.incidents as page
  left join lateral (
    select timers.step, timers.step_due_at
    from public.incident_timers as timers
    where
      timers.org_id = page.org_id and timers.incident_id = page.id and timers.level = 1
      and timers.stopped_at is null
    order by timers.step_due_at, timers.id
    limit 1
  ) as waiting on true
  where page.org_id = app.current_org() and page.id = any(p_ids)
  order by page.id desc;
end
$$;

comment on function app.describe_incidents(uuid[]) is
'What public.list_incidents answers of these incidents, as far as the caller sees them.';

create function public.list_incidents(
  p_site_id uuid default null,
  p_is_open boolean default null,
  p_kind public.incident_kind default null,
  p_min_severity public.incident_severity default 'none',
  p_limit integer default 50,
  p_before uuid default null
)
returns table (
  id uuid,
  site_id uuid,
  kind public.incident_kind,
  severity public.incident_severity,
  injury_level public.incident_severity,
  status public.incident_status,
  is_restricted boolean,
  occurred_at timestamptz,
  reported_at timestamptz,
  reported_by uuid,
  assigned_to uuid,
  resident_ids uuid[],
  next_step public.incident_step,
  next_due_at timestamptz
)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  v_org_id constant uuid := app.current_org();
  v_my_id constant uuid := app.my_id();
  v_sites constant uuid[] := case when p_site_id is null then app.incident_sites() else array[p_site_id] end;
  v_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  perform app.check_input('p_min_severity', p_min_severity is not null, 'Say from which severity on.');

  if v_sites is null then
    v_ids := array(
      select incidents.id
      from public.incidents
      where
        incidents.org_id = v_org_id
        and (p_is_open is null or (incidents.status <> 'closed') = p_is_open)
        and (p_kind is null or incidents.kind = p_kind)
        and incidents.severity >= p_min_severity
        and (p_before is null or incidents.id < p_before)
      order by incidents.id desc
      limit p_limit
    );
  else
    v_ids := array(
      select page.id
      from unnest(v_sites) as places (id)
      cross join lateral (
        select incidents.id
        from public.incidents
        where
          incidents.org_id = v_org_id
          and incidents.site_id = places.id
          and (p_is_open is null or (incidents.status <> 'closed') = p_is_open)
          and (p_kind is null or incidents.kind = p_kind)
          and incidents.severity >= p_min_severity
          and (p_before is null or incidents.id < p_before)
        order by incidents.id desc
        limit p_limit
      ) as page
      union
      -- What they reported themselves, wherever they have worked since.
      select incidents.id
      from public.incidents
      where
        incidents.org_id = v_org_id
        and incidents.reported_by = v_my_id
        and (p_site_id is null or incidents.site_id = p_site_id)
        and (p_is_open is null or (incidents.status <> 'closed') = p_is_open)
        and (p_kind is null or incidents.kind = p_kind)
        and incidents.severity >= p_min_severity
        and (p_before is null or incidents.id < p_before)
      order by id desc
      limit p_limit
    );
  end if;
  return query select listed.* from app.describe_incidents(v_ids) as listed;
end
$$;


comment on function public.list_incidents(
  uuid, boolean, public.incident_kind, public.incident_severity, integer, uuid
) is
'The incidents that the caller may see, the newest report first, with the residents involved and what has to be done
next. What is in words is opened with open_incidents().
p_site_id: of this site; null: of all. p_is_open: true: not closed; false: closed; null: both.
p_kind: of this kind. p_min_severity: of this severity and worse.
p_limit: at most so many, 1 to 500. p_before: the last incident of the page before.
Never null: id, site_id, kind, severity, injury_level, status, is_restricted, occurred_at, reported_at, reported_by,
resident_ids.
Protected: kind, severity, injury_level, occurred_at, resident_ids.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.list_incidents(
  uuid, boolean, public.incident_kind, public.incident_severity, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.list_incidents(
  uuid, boolean, public.incident_kind, public.incident_severity, integer, uuid
) to authenticated;
revoke all on function app.incident_sites() from public;
revoke all on function app.describe_incidents(uuid[]) from public;
grant execute on function app.incident_sites() to authenticated;
grant execute on function app.describe_incidents(uuid[]) to authenticated;

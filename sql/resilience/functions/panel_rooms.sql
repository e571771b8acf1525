-- Who can be handed patients, and how much. For the private functions below only: no API role may call any of these,
-- and what they know about a person's health reaches nobody but as a provider who is, or is not, among those with
-- room.

-- Somebody's own figures are used for this only where they agreed to be offered help in person.
create function app.is_strained(p_org_id uuid, p_user_id uuid) returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_heavy_stress constant numeric := 8;
begin
  if app.consent_level(p_org_id, p_user_id) is distinct from 'may_be_contacted' then
    return false;
  end if;
  if exists (
    select from app.latest_burnout(p_org_id, p_user_id) as latest
    where app.burnout_level(latest.composite) in ('high', 'critical')
  ) then
    return true;
  end if;
  return coalesce(
    (
      select avg(checkins.stress_level) >= v_heavy_stress
      from public.provider_daily_checkins as checkins
      where
        checkins.org_id = p_org_id
        and checkins.user_id = p_user_id
        and checkins.checkin_date > app.organization_day(p_org_id) - 7
    ),
    false
  );
end
$$;

comment on function app.is_strained(uuid, uuid) is
'Whether somebody who agreed to be helped is at high risk; false for everybody else.';

create function app.may_receive_patients(p_org_id uuid, p_practitioner_id uuid) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return not exists (
    select
    from public.provider_panel_pauses as pauses
    inner join public.organizations on organizations.id = pauses.org_id
    where
      pauses.org_id = p_org_id
      and pauses.practitioner_id = p_practitioner_id
      and pauses.until_date >= (app.clock() at time zone organizations.time_zone)::date
  ) and not exists (
    select
    from public.fhir_practitioners as people
    where people.id = p_practitioner_id and app.is_strained(p_org_id, people.user_id)
  );
end
$$;

comment on function app.may_receive_patients(uuid, uuid) is
'Whether a provider can be handed patients at all: has not asked for a pause, and is not to be spared.';

-- All panels of an organization are read in one go; a few are looked up. One statement for both would be planned for
-- neither.
create function app.panel_loads(p_org_id uuid, p_practitioner_ids uuid[])
returns table (practitioner_id uuid, patient_count bigint, acuity_points numeric)
language plpgsql stable
set search_path = ''
as $$
begin
  if p_practitioner_ids is null then
    return query
    select patients.practitioner_id, count(*), sum(patients.acuity)
    from public.provider_panel_patients as patients
    where patients.org_id = p_org_id and patients.ended_at is null
    group by patients.practitioner_id;
  else
    return query
    select patients.practitioner_id, count(*), sum(patients.acuity)
    from public.provider_panel_patients as patients
    where
      patients.org_id = p_org_id and patients.practitioner_id = any(p_practitioner_ids)
      and patients.ended_at is null
    group by patients.practitioner_id;
  end if;
end
$$;

comment on function app.panel_loads(uuid, uuid[]) is
'How many patients and points of acuity are on these panels of an organization, or on all of them; empty ones are left
out.';

-- Those with most room first. Whether they may receive is asked last, of as many as are needed: it takes longest.
create function app.panel_rooms(p_org_id uuid, p_practitioner_ids uuid[], p_except uuid, p_limit integer)
returns table (practitioner_id uuid, free_patients integer, free_points numeric)
language sql stable
set search_path = ''
as $$
  select ranked.practitioner_id, ranked.free_patients, ranked.free_points
  from (
    select
      limits.practitioner_id,
      (limits.max_patients - coalesce(loads.patient_count, 0))::integer as free_patients,
      limits.max_acuity_points - coalesce(loads.acuity_points, 0) as free_points
    from public.provider_panel_limits as limits
    inner join public.org_practitioners as known
      on known.org_id = limits.org_id and known.practitioner_id = limits.practitioner_id
    left join app.panel_loads(p_org_id, p_practitioner_ids) as loads
      on loads.practitioner_id = limits.practitioner_id
    where
      limits.org_id = p_org_id
      and limits.deleted_at is null
      and known.is_active
      and known.deleted_at is null
      and limits.practitioner_id is distinct from p_except
      and (p_practitioner_ids is null or limits.practitioner_id = any(p_practitioner_ids))
    order by free_points desc, free_patients desc, limits.practitioner_id
    offset 0
  ) as ranked
  where
    ranked.free_patients >= 1
    and ranked.free_points >= 1
    and app.may_receive_patients(p_org_id, ranked.practitioner_id)
  limit p_limit
$$;

comment on function app.panel_rooms(uuid, uuid[], uuid, integer) is
'Providers of an organization who can be handed patients, and how many patients and points of acuity; most room first.';

revoke all on function app.is_strained(uuid, uuid) from public;
revoke all on function app.may_receive_patients(uuid, uuid) from public;
revoke all on function app.panel_loads(uuid, uuid[]) from public;
revoke all on function app.panel_rooms(uuid, uuid[], uuid, integer) from public;

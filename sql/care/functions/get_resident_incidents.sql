-- SECURITY DEFINER because relatives read no incident: this is all they are told, of residents who let them know. Not
-- what was written, not who else was there, and nothing of what is restricted.
create function app.linked_incidents(p_resident_id uuid, p_limit integer, p_before uuid) returns table (
  id uuid, kind public.incident_kind, occurred_on date, status public.incident_status
)
language plpgsql stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_feature('care_homes');
  if not p_resident_id = any(app.my_residents('incidents')) then
    perform app.raise_error('not_found', 'There is no such resident who lets you know.');
  end if;
  return query
  select
    incidents.id, incidents.kind,
    (incidents.occurred_at at time zone coalesce(sites.time_zone, organizations.time_zone))::date, incidents.status
  from public.incidents
  inner join public.sites on sites.org_id = incidents.org_id and sites.id = incidents.site_id
  inner join public.organizations on organizations.id = incidents.org_id
  where
    incidents.org_id = app.current_org() and not incidents.is_restricted and incidents.deleted_at is null
    and (p_before is null or incidents.id < p_before)
    and incidents.id in (
      select people.incident_id
      from public.incident_people as people
      where
        people.org_id = app.current_org() and people.resident_id = p_resident_id
        and people.person_role = 'involved' and people.deleted_at is null
    )
  order by incidents.id desc
  limit p_limit;
end
$$;

comment on function app.linked_incidents(uuid, integer, uuid) is
'What public.get_resident_incidents answers; authorizes for itself.';

create function public.get_resident_incidents(
  p_resident_id uuid, p_limit integer default 50, p_before uuid default null
) returns table (
  id uuid, kind public.incident_kind, occurred_on date, status public.incident_status
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say which resident.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select linked.* from app.linked_incidents(p_resident_id, p_limit, p_before) as linked;
end
$$;

comment on function public.get_resident_incidents(uuid, integer, uuid) is
'The incidents in which a resident was involved, newest first, for the resident and for relatives whom they let know of
incidents: what kind, on which day, how it stands. None that is restricted.
p_resident_id: the resident; not_found without their consent to the topic incidents.
p_limit: at most so many, 1 to 500. p_before: the last incident of the page before.
Never null: id, kind, occurred_on, status.
Protected: kind, occurred_on.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.linked_incidents(uuid, integer, uuid) from public;
grant execute on function app.linked_incidents(uuid, integer, uuid) to authenticated;
revoke all on function public.get_resident_incidents(uuid, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.get_resident_incidents(uuid, integer, uuid) to authenticated;

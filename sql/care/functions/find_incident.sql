-- Everything that somebody does with one incident begins here. One that they may not see is one that is not there.
-- SECURITY DEFINER because nobody writes incidents; require_role is the authorization, the sites of these roles the
-- bound, and who may know of restricted ones the same as in its floor.
create function app.find_incident(p_id uuid, variadic p_roles public.app_role[]) returns public.incidents
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  perform app.require_feature('care_homes');
  perform app.require_role(variadic p_roles);
  select incidents.* into v_incident
  from public.incidents
  where
    incidents.org_id = app.current_org() and incidents.id = p_id and incidents.deleted_at is null
    and incidents.site_id = any(app.my_sites(variadic p_roles))
    and (
      not incidents.is_restricted or incidents.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'))
    )
  for update;
  if v_incident.id is null then
    perform app.raise_error('not_found', 'There is no such incident that you may see.');
  end if;
  return v_incident;
end
$$;

comment on function app.find_incident(uuid, public.app_role[]) is
'An incident at a site where the caller has one of these roles, locked; not_found otherwise.';

-- Who is given something to do about an incident works at its site.
create function app.can_be_given_incident_work(p_org_id uuid, p_site_id uuid, p_user_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.staff_members as staff
    where staff.org_id = p_org_id and staff.user_id = p_user_id and staff.deleted_at is null
      and staff.employed_during @> app.organization_day(p_org_id)
  ) and exists (
    select from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.user_id = p_user_id and roles.deleted_at is null
      and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.role not in ('resident', 'patient', 'family', 'referral_partner', 'service')
      and roles.valid_during @> app.clock()
  )
$$;

comment on function app.can_be_given_incident_work(uuid, uuid, uuid) is
'Whether somebody is employed and has a role at this site now.';

-- Who had to do with an incident: a resident or a member of staff of the organization, or anybody by name. A resident
-- is one whom the caller may know of: others are not there.
create function app.add_incident_person(
  p_incident public.incidents, p_role text, p_resident_id uuid, p_staff_id uuid, p_other_person text,
  p_informed_at timestamptz
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
begin
  if p_resident_id is not null and not exists (
    select from public.residents
    where
      residents.org_id = p_incident.org_id and residents.id = p_resident_id and residents.deleted_at is null
      and residents.site_id = any(app.my_sites(
        'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician',
        'carer'
      ))
  ) then
    perform app.raise_error('not_found', 'There is no such resident.', '{"field": "resident_id"}');
  end if;
  if p_staff_id is not null and not exists (
    select from public.staff_members as staff
    where staff.org_id = p_incident.org_id and staff.user_id = p_staff_id and staff.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such member of staff.', '{"field": "staff_id"}');
  end if;
  insert into public.incident_people (
    org_id, incident_id, site_id, is_restricted, person_role, resident_id, staff_id, other_person, informed_at
  )
  values (
    p_incident.org_id, p_incident.id, p_incident.site_id, p_incident.is_restricted,
    p_role::public.incident_person_role, p_resident_id, p_staff_id, app.plain(p_other_person),
    case p_role when 'informed' then coalesce(p_informed_at, app.clock()) end
  )
  returning id into v_id;
  return v_id;
end
$$;

comment on function app.add_incident_person(public.incidents, text, uuid, uuid, text, timestamptz) is
'Writes down who had to do with an incident, for functions that have authorized; the id of the entry.';

create function app.add_incident_note(
  p_incident public.incidents, p_kind public.incident_followup_kind, p_note text
) returns uuid
language sql volatile
set search_path = ''
as $$
  insert into public.incident_followups (org_id, incident_id, site_id, is_restricted, kind, note)
  values (
    p_incident.org_id, p_incident.id, p_incident.site_id, p_incident.is_restricted, p_kind, app.plain(p_note)
  )
  returning id
$$;

comment on function app.add_incident_note(public.incidents, public.incident_followup_kind, text) is
'Writes an entry about an incident, for functions that have authorized; its id.';

revoke all on function app.find_incident(uuid, public.app_role[]) from public;
revoke all on function app.can_be_given_incident_work(uuid, uuid, uuid) from public;
revoke all on function app.add_incident_person(public.incidents, text, uuid, uuid, text, timestamptz) from public;
revoke all on function app.add_incident_note(public.incidents, public.incident_followup_kind, text) from public;

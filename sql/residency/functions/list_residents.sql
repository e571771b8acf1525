create function public.list_residents(
  p_site_id uuid, p_purpose public.access_purpose,
  p_statuses public.resident_status[] default '{resident,on_leave}', p_limit integer default 50,
  p_after_id uuid default null
)
returns table (
  id uuid, status public.resident_status, preferred_name text, room_name text, bed_name text, bed_id uuid,
  admission_id uuid, admitted_at timestamptz, planned_until date
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  perform app.require_feature('residency');
  perform app.require_role(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_statuses', cardinality(p_statuses) between 1 and 5, 'Say which.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  v_ids := array(
    select people.id
    from public.residents as people
    where
      people.org_id = (select app.current_org()) and people.site_id = p_site_id
      and people.status = any(p_statuses) and (p_after_id is null or people.id > p_after_id)
    order by people.id
    limit p_limit
  );
  return query
  select
    people.id, people.status, opened.preferred_name, rooms.name, beds.name, beds.id, stays.admission_id,
    admissions.admitted_at, admissions.planned_until
  from public.residents as people
  inner join app.open_residents(v_ids, p_purpose) as opened on opened.id = people.id
  left join public.bed_stays as stays
    on
      stays.org_id = people.org_id and stays.resident_id = people.id and stays.site_id = people.site_id
      and stays.ends_at > app.clock() and stays.starts_at <= app.clock() and not stays.is_reserved
  left join public.admissions on admissions.org_id = people.org_id and admissions.id = stays.admission_id
  left join public.beds on beds.org_id = people.org_id and beds.id = stays.bed_id
  left join public.rooms on rooms.org_id = people.org_id and rooms.id = beds.room_id
  where people.org_id = (select app.current_org()) and people.id = any(v_ids)
  order by people.id;
end
$$;

comment on function public.list_residents(
  uuid, public.access_purpose, public.resident_status[], integer, uuid
) is
'Who lives at a site: what they want to be called, and where to find them. The names are opened, which leaves one event.
For all who give care, managers, owners, administrators and compliance leads; none of a site that is not theirs.
p_site_id: the site.
p_purpose: what for.
p_statuses: by default who lives there, away or not.
p_limit: at most so many, 1 to 500. p_after_id: the last id of the page before.
room_name, bed_name, bed_id, admission_id, admitted_at, planned_until: of the bed they have now; null without one, and
for administrators, who do not read stays.
Never null: id, status.
Protected: status, preferred_name, admitted_at, planned_until.
Errors: feature_disabled, permission_denied, not_authenticated, invalid_input.';

revoke all on function public.list_residents(
  uuid, public.access_purpose, public.resident_status[], integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.list_residents(
  uuid, public.access_purpose, public.resident_status[], integer, uuid
) to authenticated;

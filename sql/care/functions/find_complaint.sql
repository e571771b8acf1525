-- SECURITY DEFINER because nobody writes complaints; require_role is the authorization, the sites of the roles the
-- bound.
create function app.find_complaint(p_id uuid) returns public.complaints
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_complaint public.complaints;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'org_owner', 'compliance_lead');
  select complaints.* into v_complaint
  from public.complaints
  where
    complaints.org_id = app.current_org() and complaints.id = p_id and complaints.deleted_at is null
    and complaints.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'))
  for update;
  if v_complaint.id is null then
    perform app.raise_error('not_found', 'There is no such complaint that you may see.');
  end if;
  return v_complaint;
end
$$;

comment on function app.find_complaint(uuid) is
'A complaint about a site that the caller answers for, locked; not_found otherwise.';

revoke all on function app.find_complaint(uuid) from public;

-- Where a resident lives, for who gives care there. Asked by what the caller runs and by definers, so it says for
-- itself whose sites they are.
create function app.care_site(p_resident_id uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_site_id uuid;
begin
  select residents.site_id into v_site_id
  from public.residents
  where
    residents.org_id = (select app.current_org())
    and residents.id = p_resident_id
    and residents.site_id = any(
      (select app.my_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer'))::uuid[]
    )
    and residents.deleted_at is null;
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such resident at your sites.');
  end if;
  return v_site_id;
end
$$;

comment on function app.care_site(uuid) is
'The site of a resident whom the caller looks after; ends the request with not_found where there is none.';

create function app.require_carer() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer');
end
$$;

comment on function app.require_carer() is
'Ends the request unless the caller gives care, or runs a site where it is given.';

revoke all on function app.care_site(uuid) from public;
revoke all on function app.require_carer() from public;
grant execute on function app.care_site(uuid) to authenticated;
grant execute on function app.require_carer() to authenticated;

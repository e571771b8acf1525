create function public.save_resident_contact(
  p_resident_id uuid, p_kind public.contact_kind, p_details jsonb, p_contact_id uuid default null,
  p_is_next_of_kin boolean default false, p_is_emergency_contact boolean default false, p_is_active boolean default true
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_feature('residency');
  perform app.require_role('manager', 'care_manager', 'case_manager', 'nurse');
  perform app.check_input('p_kind', p_kind is not null, 'Say who they are to the resident.');
  perform app.check_input('p_details', jsonb_typeof(p_details) = 'object', 'The details are a document.');

  if p_contact_id is null then
    insert into public.resident_contacts (
      resident_id, site_id, kind, is_next_of_kin, is_emergency_contact, details
    )
    select residents.id, residents.site_id, p_kind, p_is_next_of_kin, p_is_emergency_contact, app.plain(p_details)
    from public.residents
    where
      residents.org_id = (select app.current_org()) and residents.id = p_resident_id
      and residents.site_id = any((select app.my_sites('manager', 'care_manager', 'case_manager', 'nurse'))::uuid[])
    returning id into v_id;
  else
    update public.resident_contacts as contacts set
      kind = p_kind, is_next_of_kin = p_is_next_of_kin, is_emergency_contact = p_is_emergency_contact,
      is_active = p_is_active, details = app.plain(p_details)
    where
      contacts.org_id = (select app.current_org()) and contacts.id = p_contact_id
      and contacts.resident_id = p_resident_id
    returning contacts.id into v_id;
  end if;
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such resident or contact at your sites.');
  end if;
  return v_id;
end
$$;

comment on function public.save_resident_contact(
  uuid, public.contact_kind, jsonb, uuid, boolean, boolean, boolean
) is
'Notes who is to be called about a resident, or changes it; the id of the contact. Names and numbers are stored sealed
and opened by open_resident_contacts(). For managers, care managers, case managers and nurses of the site.
p_resident_id: who it is about.
p_kind: who they are to the resident.
p_details: name, and if known relationship, phone, email, address, note.
p_contact_id: the contact that is changed; null: a new one.
p_is_next_of_kin, p_is_emergency_contact: whether they are.
p_is_active: false once they are no longer to be called.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.save_resident_contact(
  uuid, public.contact_kind, jsonb, uuid, boolean, boolean, boolean
) from public, anon, authenticated, service_role;
grant execute on function public.save_resident_contact(
  uuid, public.contact_kind, jsonb, uuid, boolean, boolean, boolean
) to authenticated;

create function public.create_enquiry(
  p_site_id uuid, p_source public.enquiry_source, p_contact jsonb, p_person jsonb default '{}',
  p_kind public.admission_kind default 'permanent', p_wanted_from_date date default null, p_note text default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_feature('residency');
  perform app.require_role('manager', 'care_manager');
  perform app.check_input('p_source', p_source is not null, 'Say how they came to ask.');
  perform app.check_input('p_contact', jsonb_typeof(p_contact) = 'object', 'Say whom to answer.');
  perform app.check_input('p_person', jsonb_typeof(p_person) = 'object', 'The person is a document.');
  if p_site_id is null or p_site_id <> all(app.my_sites('manager', 'care_manager')) then
    perform app.raise_error('not_found', 'There is no such site among yours.');
  end if;

  insert into public.residency_enquiries (site_id, source, kind, wanted_from_date, details)
  values (
    p_site_id, p_source, coalesce(p_kind, 'permanent'), p_wanted_from_date,
    app.plain(jsonb_strip_nulls(jsonb_build_object(
      'contact', p_contact, 'person', nullif(p_person, '{}'), 'note', p_note
    )))
  )
  returning id into v_id;
  return v_id;
end
$$;

comment on function public.create_enquiry(
  uuid, public.enquiry_source, jsonb, jsonb, public.admission_kind, date, text
) is
'Somebody asks for a place; the id of the enquiry. What says who they are is stored sealed and opened by
open_residency_enquiries(). For managers and care managers of the site.
p_site_id: the site that is wanted.
p_source: how they came to ask.
p_contact: whom to answer: name, and if known relationship, phone, email.
p_person: who would come, as far as it is known: family_name, given_names, birth_date (YYYY-MM-DD), preferred_name.
p_kind: what they would come for.
p_wanted_from_date: from which day; null: not said.
p_note: at most 2,000 characters.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.create_enquiry(
  uuid, public.enquiry_source, jsonb, jsonb, public.admission_kind, date, text
) from public, anon, authenticated, service_role;
grant execute on function public.create_enquiry(
  uuid, public.enquiry_source, jsonb, jsonb, public.admission_kind, date, text
) to authenticated;

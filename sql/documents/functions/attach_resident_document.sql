-- SECURITY DEFINER because whoever adds a version may not change the one before. It takes the caller's own finished
-- upload about a resident of a site where they give care or manage.
create function app.add_resident_document(
  p_resident_id uuid, p_file_id uuid, p_category public.resident_document_category, p_title text, p_is_shared boolean,
  p_expires_on date, p_document_id uuid
)
returns table (id uuid, document_id uuid, version_no integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_site_id uuid;
begin
  perform app.require_feature('documents');
  v_org_id := app.current_org();
  select residents.site_id into v_site_id
  from public.residents
  where
    residents.org_id = v_org_id and residents.id = p_resident_id and residents.deleted_at is null
    and residents.site_id = any(
      app.my_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')
    );
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such resident.');
  end if;
  perform app.check_file(v_org_id, p_file_id, 'resident-docs', p_resident_id);
  return query
  insert into public.resident_documents as docs (
    org_id, resident_id, site_id, document_id, category, title, file_id, is_shared, expires_on
  )
  values (
    v_org_id, p_resident_id, v_site_id, p_document_id, p_category, app.plain(p_title), p_file_id, p_is_shared,
    p_expires_on
  )
  returning docs.id, docs.document_id, docs.version_no;
end
$$;

comment on function app.add_resident_document(
  uuid, uuid, public.resident_document_category, text, boolean, date, uuid
) is
'Makes the caller''s upload a document of its resident; behind public.attach_resident_document.';

create function public.attach_resident_document(
  p_resident_id uuid,
  p_file_id uuid,
  p_category public.resident_document_category,
  p_title text,
  p_is_shared boolean default false,
  p_expires_on date default null,
  p_document_id uuid default null
)
returns table (id uuid, document_id uuid, version_no integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('documents');
  perform app.require_role('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_category', p_category is not null, 'Say what kind of document it is.');
  perform app.check_input('p_title', p_title is not null, 'Say what it is called.');
  perform app.check_input('p_is_shared', p_is_shared is not null, 'Say whether it is shared.');
  return query
  select added.*
  from app.add_resident_document(
    p_resident_id, p_file_id, p_category, p_title, p_is_shared, p_expires_on, p_document_id
  ) as added;
exception
  when unique_violation then
    perform app.raise_error('conflict', 'This file is attached already.');
end
$$;

comment on function public.attach_resident_document(
  uuid, uuid, public.resident_document_category, text, boolean, date, uuid
) is
'Makes a file of the bucket resident-docs a document of its resident, or the next version of one.
p_resident_id: a resident whom the caller sees; any other is not_found.
p_file_id: the caller''s finished upload about this resident.
p_category: what it is. p_title: what it is called, 1 to 200 characters; sealed.
p_is_shared: whether the resident, and relatives who may know about documents, read it.
p_expires_on: the last day on which it holds.
p_document_id: the document (document_id) of which it is the next version; null for a new one.
Never null: id, document_id, version_no.
Errors: feature_disabled, permission_denied, not_found, invalid_input, conflict (attached already, not arrived, or
refused by the scanner).';

revoke all on function app.add_resident_document(
  uuid, uuid, public.resident_document_category, text, boolean, date, uuid
) from public;
grant execute on function app.add_resident_document(
  uuid, uuid, public.resident_document_category, text, boolean, date, uuid
) to authenticated;
revoke all on function public.attach_resident_document(
  uuid, uuid, public.resident_document_category, text, boolean, date, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.attach_resident_document(
  uuid, uuid, public.resident_document_category, text, boolean, date, uuid
) to authenticated;

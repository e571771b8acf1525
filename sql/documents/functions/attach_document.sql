-- SECURITY DEFINER because nobody writes these tables: whoever brings evidence need not be one who may read it
-- afterwards. It takes the caller's own finished upload, and puts the document where the file is.
create function app.add_document(
  p_file_id uuid, p_entity_type text, p_title text, p_entity_id uuid, p_user_id uuid, p_expires_on date,
  p_document_id uuid
)
returns table (document_id uuid, version_no integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_file public.file_uploads;
  v_document_id uuid := p_document_id;
  v_version_no integer := 1;
begin
  perform app.require_feature('documents');
  select files.* into v_file
  from public.file_uploads as files
  where
    files.org_id = app.current_org() and files.id = p_file_id and files.uploaded_by = app.my_id()
    and files.bucket_id in ('incident-evidence', 'staff-files') and files.deleted_at is null;
  if v_file.id is null then
    perform app.raise_error('not_found', 'There is no such upload of yours.');
  end if;
  perform app.check_file(v_file.org_id, v_file.id, v_file.bucket_id);
  perform app.check_input(
    'p_user_id', (p_user_id is not null) = (v_file.bucket_id = 'staff-files'),
    'A paper of the bucket staff-files is a member of staff''s, evidence of an incident is nobody''s.'
  );
  if p_user_id <> app.my_id() and not app.has_role('compliance_lead') then
    perform app.raise_error('permission_denied', 'Only compliance leads keep the papers of others.');
  end if;
  if p_user_id is not null and not exists (
    select from public.staff_members as staff
    where staff.org_id = v_file.org_id and staff.user_id = p_user_id and staff.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such member of staff.');
  end if;
  if p_document_id is null then
    insert into public.documents as docs (
      org_id, site_id, resident_id, user_id, entity_type, entity_id, title, expires_on
    )
    values (
      v_file.org_id, v_file.site_id, v_file.resident_id, p_user_id, p_entity_type, p_entity_id, app.plain(p_title),
      p_expires_on
    )
    returning docs.id into v_document_id;
  else
    -- Two who add a version at once wait for each other at the document.
    update public.documents as docs
    set version_no = docs.version_no + 1, title = app.plain(p_title), expires_on = p_expires_on
    where
      docs.org_id = v_file.org_id and docs.id = p_document_id and docs.entity_type = p_entity_type
      and (docs.site_id, docs.resident_id, docs.user_id)
      is not distinct from (v_file.site_id, v_file.resident_id, p_user_id)
    returning docs.version_no into v_version_no;
    if v_version_no is null then
      perform app.raise_error('not_found', 'There is no such document that this could be a version of.');
    end if;
  end if;
  insert into public.document_versions (org_id, document_id, site_id, user_id, version_no, file_id)
  values (v_file.org_id, v_document_id, v_file.site_id, p_user_id, v_version_no, v_file.id);
  return query select v_document_id, v_version_no;
end
$$;

comment on function app.add_document(uuid, text, text, uuid, uuid, date, uuid) is
'Makes the caller''s upload a restricted document, or the next version of one; behind public.attach_document.';

create function public.attach_document(
  p_file_id uuid,
  p_entity_type text,
  p_title text,
  p_entity_id uuid default null,
  p_user_id uuid default null,
  p_expires_on date default null,
  p_document_id uuid default null
)
returns table (document_id uuid, version_no integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('documents');
  perform app.require_person();
  perform app.check_input('p_file_id', p_file_id is not null, 'Say which file.');
  perform app.check_input(
    'p_entity_type', p_entity_type ~ '^[a-z][a-z0-9_]{1,62}$', 'Say what it belongs to, such as incident.'
  );
  perform app.check_input('p_title', p_title is not null, 'Say what it is called.');
  -- As the caller: nobody adds to a document that they do not see.
  if p_document_id is not null and not exists (
    select from public.documents as docs
    where docs.org_id = (select app.current_org()) and docs.id = p_document_id
  ) then
    perform app.raise_error('not_found', 'There is no such document.');
  end if;
  return query
  select added.*
  from app.add_document(
    p_file_id, p_entity_type, p_title, p_entity_id, p_user_id, p_expires_on, p_document_id
  ) as added;
exception
  when unique_violation then
    perform app.raise_error('conflict', 'This file is attached already.');
end
$$;

comment on function public.attach_document(uuid, text, text, uuid, uuid, date, uuid) is
'Makes a file of the bucket incident-evidence or staff-files a restricted document, or the next version of one. Evidence
is read by managers of the site, owners and compliance leads; a paper of a member of staff by them, owners and
compliance leads. Whoever brought it need not be among them.
p_file_id: the caller''s finished upload.
p_entity_type: what it belongs to, such as incident or training_record; p_entity_id: which one.
p_title: what it is called, 1 to 200 characters; sealed.
p_user_id: for staff-files, whose paper it is: the caller''s own, or for a compliance lead anybody''s.
p_expires_on: the last day on which it holds.
p_document_id: the document of which it is the next version; one that the caller sees. Null for a new one.
Never null: document_id, version_no.
Errors: feature_disabled, permission_denied, not_found, invalid_input, conflict.';

revoke all on function app.add_document(uuid, text, text, uuid, uuid, date, uuid) from public;
grant execute on function app.add_document(uuid, text, text, uuid, uuid, date, uuid) to authenticated;
revoke all on function public.attach_document(uuid, text, text, uuid, uuid, date, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.attach_document(uuid, text, text, uuid, uuid, date, uuid) to authenticated;

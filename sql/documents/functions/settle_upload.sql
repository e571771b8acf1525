-- What becomes of a file. SECURITY DEFINER because nobody writes these columns of file_uploads: the storage is asked,
-- or the scanner has answered.

-- Bound to the caller's own upload in the active organization.
create function app.settle_upload(p_id uuid) returns public.scan_status
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_file public.file_uploads;
  v_size bigint;
  v_type text;
begin
  perform app.require_feature('documents');
  select files.* into v_file
  from public.file_uploads as files
  where
    files.org_id = app.current_org() and files.id = p_id and files.uploaded_by = app.my_id()
    and files.deleted_at is null
  for no key update;
  if v_file.id is null then
    perform app.raise_error('not_found', 'There is no such upload of yours.');
  end if;
  if v_file.uploaded_at is not null then
    return v_file.scan_status;
  end if;
  select stored.byte_size, stored.mime_type into v_size, v_type
  from app.stored_object(v_file.bucket_id, v_file.object_path) as stored;
  if v_size is null then
    perform app.raise_error('conflict', 'The file has not arrived.', p_hint => 'Upload its bytes to its path first.');
  end if;
  if v_size <> v_file.byte_size or split_part(v_type, ';', 1) <> v_file.mime_type then
    perform app.raise_error(
      'conflict', 'What arrived is not what was announced.', p_hint => 'Begin another upload.'
    );
  end if;
  update public.file_uploads as files set uploaded_at = app.clock()
  where files.org_id = v_file.org_id and files.id = v_file.id;
  return v_file.scan_status;
end
$$;

comment on function app.settle_upload(uuid) is
'Notes that the caller''s upload has arrived as it was announced; what the scanner says of it so far.';

create function app.record_scan(p_org_id uuid, p_id uuid, p_status public.scan_status) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_uploaded_by uuid;
begin
  update public.file_uploads as files
  set scan_status = p_status, scanned_at = app.clock()
  where
    files.org_id = p_org_id and files.id = p_id and files.scan_status = 'pending' and files.uploaded_at is not null
    and p_status <> 'pending'
  returning files.uploaded_by into v_uploaded_by;
  if v_uploaded_by is not null and p_status in ('infected', 'failed') then
    perform app.ensure_template(
      p_org_id, 'documents.file_refused', 'in_app', 'A file was refused',
      'A file that you uploaded did not pass the scanner, and nobody can read it. Upload it again from a clean device.',
      '{"file": "id"}'
    );
    perform app.enqueue_notification(
      p_org_id, 'in_app', v_uploaded_by, 'documents.file_refused', jsonb_build_object('file', p_id),
      p_dedupe_key => 'documents.file_refused:' || p_id
    );
  end if;
  return v_uploaded_by is not null;
end
$$;

comment on function app.record_scan(uuid, uuid, public.scan_status) is
'What the scanner said of a file, once; whether it was still to be said. Whoever uploaded one that was refused is told.
For the worker, which connects as the database''s owner.';

revoke all on function app.settle_upload(uuid) from public;
revoke all on function app.record_scan(uuid, uuid, public.scan_status) from public;
grant execute on function app.settle_upload(uuid) to authenticated;

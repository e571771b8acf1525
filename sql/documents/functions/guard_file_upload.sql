-- What may be uploaded, by whom, about whom: asked as the caller, so that nobody uploads about a resident whom they do
-- not see. What a file is does not change once it was announced.
create function app.guard_file_upload() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_rules record;
begin
  if tg_op = 'UPDATE' then
    if
      (new.id, new.bucket_id, new.mime_type, new.byte_size, new.sha256, new.resident_id, new.uploaded_by)
      is distinct from
      (old.id, old.bucket_id, old.mime_type, old.byte_size, old.sha256, old.resident_id, old.uploaded_by)
    then
      perform app.raise_error('conflict', 'A file stays what it was announced as.', p_hint => 'Upload another one.');
    end if;
    return new;
  end if;
  -- What is missing altogether the table itself refuses, after its policy.
  select rules.* into v_rules from app.bucket_rules() as rules where rules.bucket_id = new.bucket_id;
  perform app.check_input(
    'mime_type', coalesce(new.mime_type = any(v_rules.mime_types), true),
    'This bucket takes ' || array_to_string(v_rules.mime_types, ', ') || '.'
  );
  perform app.check_input(
    'byte_size', coalesce(new.byte_size between 1 and v_rules.byte_limit, true),
    format('A file in this bucket has 1 to %s bytes.', v_rules.byte_limit)
  );
  perform app.check_input(
    'file_name', coalesce(length(convert_from(new.file_name, 'UTF8')) between 1 and 200, true),
    'A file name has 1 to 200 characters.'
  );
  perform app.check_input(
    'resident_id', coalesce(new.resident_id is not null or new.bucket_id <> 'resident-docs', true),
    'Say which resident it is about.'
  );
  return new;
end
$$;

comment on function app.guard_file_upload() is
'Trigger _200_guard: a file fits its bucket, and stays what it was announced as.';

-- After the row, so that the policy has spoken first.
create function app.guard_upload_place() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() = 'authenticated' then
    perform app.require_bucket(new.bucket_id, new.resident_id, new.site_id);
  end if;
  return null;
end
$$;

comment on function app.guard_upload_place() is
'Trigger _200_place: whoever uploads may upload to this bucket, about this resident, at this site.';

revoke all on function app.guard_upload_place() from public;

create function app.require_bucket(p_bucket public.storage_bucket, p_resident_id uuid, p_site_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_sites uuid[];
begin
  if not (case p_bucket
    when 'policy-files' then app.has_role('org_owner', 'compliance_lead')
    when 'resident-docs' then
      app.has_role('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')
    when 'incident-evidence' then
      app.has_role('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead')
    else app.is_staff()
  end) then
    perform app.raise_error('permission_denied', 'Your role does not upload to this bucket.');
  end if;
  if p_resident_id is not null and not exists (
    select from public.residents
    where
      residents.org_id = (select app.current_org()) and residents.id = p_resident_id
      and residents.site_id = p_site_id
  ) then
    perform app.raise_error('not_found', 'There is no such resident.');
  end if;
  v_sites := app.my_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer');
  if p_site_id is not null and p_bucket <> 'staff-files' and not app.has_role('compliance_lead')
    and not p_site_id = any(v_sites) then
    perform app.raise_error('not_found', 'There is no such site among yours.');
  end if;
  perform app.check_input(
    'p_site_id', p_site_id is not null or p_bucket <> 'incident-evidence', 'Say at which site.'
  );
end
$$;

comment on function app.require_bucket(public.storage_bucket, uuid, uuid) is
'Ends the request unless the caller may upload to this bucket, about this resident, at this site.';

-- A file that a record is about to point at. For definers: it looks as whoever calls it, and takes the caller's own.
create function app.check_file(
  p_org_id uuid, p_file_id uuid, p_bucket public.storage_bucket, p_resident_id uuid default null
) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_file public.file_uploads;
begin
  select
    files.org_id, files.id, files.bucket_id, files.resident_id, files.uploaded_at, files.scan_status
  into v_file.org_id, v_file.id, v_file.bucket_id, v_file.resident_id, v_file.uploaded_at, v_file.scan_status
  from public.file_uploads as files
  where files.org_id = p_org_id and files.id = p_file_id and files.bucket_id = p_bucket
    and files.uploaded_by = app.my_id() and files.deleted_at is null;
  if v_file.id is null or v_file.resident_id is distinct from coalesce(p_resident_id, v_file.resident_id) then
    perform app.raise_error('not_found', 'There is no such file.', jsonb_build_object('field', 'p_file_id'));
  end if;
  if v_file.uploaded_at is null then
    perform app.raise_error('conflict', 'This file has not arrived yet.', p_hint => 'Upload it, then finish_upload().');
  end if;
  if v_file.scan_status in ('infected', 'failed') then
    perform app.raise_error('conflict', 'This file did not pass the scanner.', p_hint => 'Upload another one.');
  end if;
end
$$;

comment on function app.check_file(uuid, uuid, public.storage_bucket, uuid) is
'Ends the request unless this is a whole file of this bucket that the caller uploaded (about this resident).';

revoke all on function app.guard_file_upload() from public;
revoke all on function app.require_bucket(public.storage_bucket, uuid, uuid) from public;
revoke all on function app.check_file(uuid, uuid, public.storage_bucket, uuid) from public;
grant execute on function app.require_bucket(public.storage_bucket, uuid, uuid) to authenticated;

create function public.begin_upload(
  p_bucket public.storage_bucket,
  p_file_name text,
  p_mime_type text,
  p_byte_size bigint,
  p_sha256 text,
  p_resident_id uuid default null,
  p_site_id uuid default null
)
returns table (id uuid, bucket_id public.storage_bucket, object_path text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site_id uuid := p_site_id;
begin
  perform app.require_feature('documents');
  perform app.require_staff();
  perform app.check_input('p_bucket', p_bucket is not null, 'Say which bucket.');
  perform app.check_input('p_file_name', p_file_name is not null, 'Say what the file is called.');
  perform app.check_input('p_sha256', p_sha256 ~ '^[0-9a-f]{64}$', 'The SHA-256 has 64 hexadecimal digits.');
  if p_resident_id is not null then
    select residents.site_id into v_site_id
    from public.residents
    where residents.org_id = (select app.current_org()) and residents.id = p_resident_id;
    if v_site_id is null then
      perform app.raise_error('not_found', 'There is no such resident.');
    end if;
  end if;
  -- Asked before the row is tried, so that the answer says what is wrong.
  perform app.require_bucket(p_bucket, p_resident_id, v_site_id);

  return query
  insert into public.file_uploads as files (
    bucket_id, file_name, mime_type, byte_size, sha256, resident_id, site_id
  )
  values (
    p_bucket, app.plain(p_file_name), p_mime_type, p_byte_size, decode(p_sha256, 'hex'), p_resident_id, v_site_id
  )
  returning files.id, files.bucket_id, files.object_path;
end
$$;

comment on function public.begin_upload(public.storage_bucket, text, text, bigint, text, uuid, uuid) is
'Announces a file. Upload its bytes to the path that comes back, in the bucket, within a day; then call
finish_upload().
p_bucket: who may read it in the end: resident-docs, incident-evidence, policy-files or staff-files.
p_file_name: what it is called, 1 to 200 characters; kept sealed, and never part of the path.
p_mime_type: what it is; the bucket lists what it takes.
p_byte_size: its length in bytes; the bucket says how much it takes.
p_sha256: SHA-256 of its bytes, 64 hexadecimal digits.
p_resident_id: the resident it is about; must be said for resident-docs. Their site is its site.
p_site_id: the site it is of, where it is about no resident; must be said for incident-evidence.
Never null: id, bucket_id, object_path.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.begin_upload(public.storage_bucket, text, text, bigint, text, uuid, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.begin_upload(public.storage_bucket, text, text, bigint, text, uuid, uuid)
to authenticated;

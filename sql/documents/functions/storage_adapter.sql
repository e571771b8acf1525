-- All that knows the storage: what it keeps (storage.objects), and what its policies ask. Hosted Supabase and the local
-- gateway have the schema `storage`; where it is missing, nothing is stored and nothing is read.

-- For definers that know whose file it is; granted to nobody.
create function app.stored_object(p_bucket public.storage_bucket, p_path text)
returns table (byte_size bigint, mime_type text)
language plpgsql stable
set search_path = ''
as $$
begin
  if to_regclass('storage.objects') is null then
    return;
  end if;
  return query execute
    'select (objects.metadata ->> ''size'')::bigint, objects.metadata ->> ''mimetype'' '
    'from storage.objects where objects.bucket_id = $1 and objects.name = $2'
  using p_bucket::text, p_path;
end
$$;

comment on function app.stored_object(public.storage_bucket, text) is
'How long a stored file is and of what type, as the storage says; no row where there is none.';

-- SECURITY DEFINER because whoever may read a document need not see the row of its file. Of the active organization
-- only, and it tells nothing that lets anybody in.
create function app.file_at(p_bucket text, p_name text)
returns table (
  org_id uuid, id uuid, resident_id uuid, is_mine boolean, is_whole boolean, is_attached boolean,
  scan_status public.scan_status, begun_at timestamptz
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return query
  select
    files.org_id, files.id, files.resident_id, files.uploaded_by = app.my_id(), files.uploaded_at is not null,
    exists (
      select from public.resident_documents as docs
      where docs.org_id = files.org_id and docs.file_id = files.id
    ) or exists (
      select from public.document_versions as versions
      where versions.org_id = files.org_id and versions.file_id = files.id
    ) or exists (
      select from public.policy_documents as policies
      where policies.org_id = files.org_id and policies.file_id = files.id
    ),
    files.scan_status, files.created_at
  from public.file_uploads as files
  where
    files.bucket_id::text = p_bucket and files.object_path = p_name and files.org_id = app.current_org()
    and files.deleted_at is null;
end
$$;

comment on function app.file_at(text, text) is 'The file of the active organization at this place; no row without one.';

-- As the caller: the policies of the documents decide, so a file is read exactly where its document is.
--
-- What the scanner has not cleared is read by nobody but its uploader, who has the bytes anyway; what it refused by
-- nobody. The uploader's leave ends when the file is attached and cleared, and where they no longer see the resident.
create function app.may_read_object(p_bucket text, p_name text) returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_file record;
begin
  if not app.has_feature('documents') then
    return false;
  end if;
  select found.* into v_file from app.file_at(p_bucket, p_name) as found;
  if v_file.id is null or v_file.scan_status in ('infected', 'failed') then
    return false;
  end if;
  if v_file.is_mine and (v_file.scan_status = 'pending' or not v_file.is_attached) then
    return v_file.resident_id is null or exists (
      select from public.residents
      where residents.org_id = v_file.org_id and residents.id = v_file.resident_id
    );
  end if;
  if v_file.scan_status = 'pending' then
    return false;
  end if;
  return case p_bucket
    when 'resident-docs' then exists (
      select from public.resident_documents as docs
      where docs.org_id = v_file.org_id and docs.file_id = v_file.id
    )
    when 'policy-files' then exists (
      select from public.policy_documents as policies
      where policies.org_id = v_file.org_id and policies.file_id = v_file.id
    )
    else exists (
      select from public.document_versions as versions
      where versions.org_id = v_file.org_id and versions.file_id = v_file.id
    )
  end;
end
$$;

comment on function app.may_read_object(text, text) is
'Whether the caller may read the bytes of a stored file: for the policies of storage.objects.';

create function app.may_write_object(p_bucket text, p_name text) returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_file record;
begin
  if not app.has_feature('documents') then
    return false;
  end if;
  select found.* into v_file from app.file_at(p_bucket, p_name) as found;
  return coalesce(
    v_file.is_mine and not v_file.is_whole and v_file.begun_at > app.clock() - interval '1 day', false
  );
end
$$;

comment on function app.may_write_object(text, text) is
'Whether the caller has begun this upload, less than a day ago, and not finished it: for the policies of storage.objects.';

-- The buckets of the storage, as app.bucket_rules() says. Where there is no storage, nothing is done.
create function app.sync_buckets() returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer := 0;
begin
  if to_regclass('storage.buckets') is null then
    return 0;
  end if;
  execute
    'insert into storage.buckets as buckets (id, name, public, file_size_limit, allowed_mime_types) '
    'select rules.bucket_id::text, rules.bucket_id::text, false, rules.byte_limit, rules.mime_types '
    'from app.bucket_rules() as rules '
    'on conflict (id) do update set public = false, file_size_limit = excluded.file_size_limit, '
    'allowed_mime_types = excluded.allowed_mime_types '
    'where (buckets.public, buckets.file_size_limit, buckets.allowed_mime_types) is distinct from '
    '(false, excluded.file_size_limit, excluded.allowed_mime_types)';
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.sync_buckets() is
'Makes the buckets, or brings them up to date; how many were not as they should be. Idempotent: yes.';

revoke all on function app.stored_object(public.storage_bucket, text) from public;
revoke all on function app.file_at(text, text) from public;
revoke all on function app.may_read_object(text, text) from public;
revoke all on function app.may_write_object(text, text) from public;
revoke all on function app.sync_buckets() from public;
grant execute on function app.file_at(text, text) to authenticated;
grant execute on function app.may_read_object(text, text) to authenticated;
grant execute on function app.may_write_object(text, text) to authenticated;

create function public.list_resident_documents(
  p_resident_id uuid, p_purpose public.access_purpose, p_limit integer default 50, p_before uuid default null
)
returns table (
  id uuid,
  document_id uuid,
  version_no integer,
  category public.resident_document_category,
  title text,
  bucket_id public.storage_bucket,
  object_path text,
  is_shared boolean,
  expires_on date,
  created_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_ids uuid[];
begin
  perform app.require_feature('documents');
  v_org_id := app.current_org();
  perform app.require_member();
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  v_ids := array(
    select docs.id
    from public.resident_documents as docs
    where
      docs.org_id = v_org_id and docs.resident_id = p_resident_id and docs.is_current and docs.archived_at is null
      and (p_before is null or docs.id < p_before)
    order by docs.id desc
    limit p_limit
  );
  return query
  select
    docs.id, docs.document_id, docs.version_no, docs.category, opened.title, 'resident-docs'::public.storage_bucket,
    docs.org_id::text || '/' || docs.file_id::text, docs.is_shared, docs.expires_on, docs.created_at
  from public.resident_documents as docs
  inner join app.open_resident_documents(v_ids, p_purpose) as opened on opened.id = docs.id
  where docs.org_id = v_org_id and docs.id = any(v_ids)
  order by docs.id desc;
end
$$;

comment on function public.list_resident_documents(uuid, public.access_purpose, integer, uuid) is
'The current documents of a resident that the caller may read, newest first, with where their files are; none of a
resident whom they do not see. Opening them leaves one event.
p_resident_id: the resident. p_purpose: what for.
p_limit: at most so many, 1 to 500. p_before: the last one (id) of the page before.
Never null: id, document_id, version_no, category, bucket_id, object_path, is_shared, created_at.
Protected: title, category.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.list_resident_documents(uuid, public.access_purpose, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.list_resident_documents(uuid, public.access_purpose, integer, uuid) to authenticated;

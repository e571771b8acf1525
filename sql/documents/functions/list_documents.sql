create function public.list_documents(
  p_purpose public.access_purpose,
  p_entity_type text default null,
  p_entity_id uuid default null,
  p_limit integer default 50,
  p_before uuid default null
)
returns table (
  id uuid,
  entity_type text,
  entity_id uuid,
  site_id uuid,
  resident_id uuid,
  user_id uuid,
  title text,
  version_no integer,
  bucket_id public.storage_bucket,
  object_path text,
  expires_on date
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_ids uuid[];
begin
  perform app.require_feature('documents');
  perform app.require_person();
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  v_org_id := app.current_org();
  v_ids := array(
    select docs.id
    from public.documents as docs
    where
      docs.org_id = v_org_id and docs.archived_at is null
      and (p_entity_type is null or docs.entity_type = p_entity_type)
      and (p_entity_id is null or docs.entity_id = p_entity_id)
      and (p_before is null or docs.id < p_before)
    order by docs.id desc
    limit p_limit
  );
  return query
  select
    docs.id, docs.entity_type, docs.entity_id, docs.site_id, docs.resident_id, docs.user_id, opened.title,
    docs.version_no, case when docs.user_id is null then 'incident-evidence' else 'staff-files' end::public.storage_bucket,
    docs.org_id::text || '/' || versions.file_id::text, docs.expires_on
  from public.documents as docs
  inner join app.open_documents(v_ids, p_purpose) as opened on opened.id = docs.id
  inner join public.document_versions as versions
    on versions.org_id = docs.org_id and versions.document_id = docs.id and versions.version_no = docs.version_no
  where docs.org_id = v_org_id and docs.id = any(v_ids)
  order by docs.id desc;
end
$$;

comment on function public.list_documents(public.access_purpose, text, uuid, integer, uuid) is
'Restricted documents that the caller may read, newest first, with where the file of their newest version is. Opening
them leaves one event.
p_purpose: what for. p_entity_type, p_entity_id: only what belongs to this; null: whatever.
p_limit: at most so many, 1 to 500. p_before: the last one (id) of the page before.
Never null: id, entity_type, version_no, bucket_id, object_path.
Protected: title.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.list_documents(public.access_purpose, text, uuid, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.list_documents(public.access_purpose, text, uuid, integer, uuid) to authenticated;

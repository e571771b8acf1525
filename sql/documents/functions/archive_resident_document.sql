create function public.archive_resident_document(p_document_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_archived_at timestamptz;
begin
  perform app.require_feature('documents');
  perform app.require_role('manager', 'care_manager', 'nurse');
  perform app.check_input('p_document_id', p_document_id is not null, 'Say which document.');
  update public.resident_documents as docs
  set archived_at = coalesce(docs.archived_at, app.clock())
  where docs.org_id = (select app.current_org()) and docs.document_id = p_document_id and docs.is_current
  returning docs.archived_at into v_archived_at;
  if v_archived_at is null then
    perform app.raise_error('not_found', 'There is no such document.');
  end if;
  return v_archived_at;
end
$$;

comment on function public.archive_resident_document(uuid) is
'Puts a document of a resident away: it is in no list any more, and stays readable for who may read it. When it was.
p_document_id: the document (document_id); one that the caller does not see is not_found.
Idempotent: yes.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.archive_resident_document(uuid) from public, anon, authenticated, service_role;
grant execute on function public.archive_resident_document(uuid) to authenticated;

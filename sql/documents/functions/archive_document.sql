create function public.archive_document(p_document_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_archived_at timestamptz;
begin
  perform app.require_feature('documents');
  perform app.require_role('manager', 'compliance_lead');
  perform app.check_input('p_document_id', p_document_id is not null, 'Say which document.');
  update public.documents as docs
  set archived_at = coalesce(docs.archived_at, app.clock())
  where docs.org_id = (select app.current_org()) and docs.id = p_document_id
  returning docs.archived_at into v_archived_at;
  if v_archived_at is null then
    perform app.raise_error('not_found', 'There is no such document.');
  end if;
  return v_archived_at;
end
$$;

comment on function public.archive_document(uuid) is
'Puts a restricted document away: it is in no list any more, and stays readable for who may read it. When it was.
p_document_id: one that the caller sees; any other is not_found.
Idempotent: yes.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.archive_document(uuid) from public, anon, authenticated, service_role;
grant execute on function public.archive_document(uuid) to authenticated;

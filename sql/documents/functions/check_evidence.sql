create function app.check_evidence(p_org_id uuid, p_document_id uuid, p_user_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (
    select from public.documents as docs
    where docs.org_id = p_org_id and docs.id = p_document_id and docs.user_id = p_user_id
  ) then
    perform app.raise_error(
      'not_found', 'There is no such paper of this person.', jsonb_build_object('field', 'evidence_document_id')
    );
  end if;
end
$$;

comment on function app.check_evidence(uuid, uuid, uuid) is
'Ends the request unless this is a document that the caller sees, and a paper of this member of staff.';

revoke all on function app.check_evidence(uuid, uuid, uuid) from public;
grant execute on function app.check_evidence(uuid, uuid, uuid) to authenticated, service_role;

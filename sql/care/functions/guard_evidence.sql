-- After the row, so that the policy has spoken first: as the caller, of a paper that they see. Whoever brings history
-- (imports, seeds) answers for it themselves.
create function app.guard_evidence() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if
    auth.role() = 'authenticated' and new.evidence_document_id is not null
    and (tg_op = 'INSERT' or new.evidence_document_id is distinct from old.evidence_document_id)
    and not exists (
      select from public.documents as docs
      where docs.org_id = new.org_id and docs.id = new.evidence_document_id and docs.user_id = new.user_id
    )
  then
    perform app.raise_error(
      'not_found', 'There is no such paper of this person.', jsonb_build_object('field', 'evidence_document_id')
    );
  end if;
  return null;
end
$$;

comment on function app.guard_evidence() is
'Trigger _200_evidence: the evidence of a record is a paper of its person, which whoever names it sees.';

revoke all on function app.guard_evidence() from public;

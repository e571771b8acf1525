-- SECURITY DEFINER because nobody may write holds; require_role is the authorization, the active organization the
-- bound. It waits for deletions that are under way (app.hold_lock): what they delete is gone before this returns, and
-- nothing that the hold covers afterwards.
create function app.place_legal_hold(
  p_reason_code public.legal_hold_reason, p_table_name text, p_row_id uuid, p_subject_id uuid, p_reference text
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_hold public.legal_holds;
begin
  perform app.require_role('org_owner', 'compliance_lead');
  v_org_id := app.current_org();
  perform app.check_input(
    'p_table_name',
    p_table_name is null or exists (select from app.purged_tables() as purged where purged.name = p_table_name),
    'It is a table that get_retention() names.'
  );
  perform pg_advisory_xact_lock(app.hold_lock(v_org_id));
  perform app.require_holdable(v_org_id, p_table_name, p_row_id, p_subject_id);
  -- The moment after the waiting, and not that of the transaction: no deletion of what is held is later.
  insert into public.legal_holds (org_id, reason_code, reference, table_name, row_id, subject_id, placed_at, placed_by)
  values (v_org_id, p_reason_code, p_reference, p_table_name, p_row_id, p_subject_id, clock_timestamp(), app.my_id())
  returning * into v_hold;
  perform app.audit_hold(v_hold, 'place_legal_hold');
  return v_hold.id;
end
$$;

comment on function app.place_legal_hold(public.legal_hold_reason, text, uuid, uuid, text) is
'What public.place_legal_hold does; authorizes for itself.';

create function app.audit_hold(p_hold public.legal_holds, p_operation text) returns void
language sql volatile
set search_path = ''
as $$
  select app.audit(
    'configure', p_hold.org_id, 'public.legal_holds',
    jsonb_build_object('org_id', p_hold.org_id, 'id', p_hold.id),
    jsonb_strip_nulls(jsonb_build_object(
      'reason_code', p_hold.reason_code, 'table_name', p_hold.table_name, 'row_id', p_hold.row_id,
      'reference', p_hold.reference
    )),
    p_operation,
    p_subject_ids => case when p_hold.subject_id is not null then array[p_hold.subject_id] end
  )
$$;

comment on function app.audit_hold(public.legal_holds, text) is 'The audit event of a hold that is placed or released.';

create function public.place_legal_hold(
  p_reason_code public.legal_hold_reason,
  p_table_name text default null,
  p_row_id uuid default null,
  p_subject_id uuid default null,
  p_reference text default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_input('p_reason_code', p_reason_code is not null, 'Say why.');
  perform app.check_input('p_row_id', p_row_id is null or p_table_name is not null, 'Say of which table.');
  perform app.check_input(
    'p_reference', p_reference is null or (length(p_reference) <= 100 and p_reference ~ '\S'),
    'The number of the matter is a text of 1 to 100 characters.'
  );
  return app.place_legal_hold(p_reason_code, p_table_name, p_row_id, p_subject_id, p_reference);
end
$$;

comment on function public.place_legal_hold(public.legal_hold_reason, text, uuid, uuid, text) is
'Keeps rows of the active organization from being deleted for good, until release_legal_hold(). Once it has returned,
nothing that it covers is deleted. For owners and compliance leads.
p_reason_code: why. p_reference: the number of the matter, 1 to 100 characters; never a name.
p_table_name: only rows of this table, one of get_retention(); else all of them. p_row_id: only this row of it, removed
or not. p_subject_id: only rows about this person, those to come as well.
Returns the id of the hold.
Errors: not_authenticated, permission_denied, not_found, invalid_input.';

revoke all on function app.place_legal_hold(public.legal_hold_reason, text, uuid, uuid, text) from public;
revoke all on function app.audit_hold(public.legal_holds, text) from public;
grant execute on function app.place_legal_hold(public.legal_hold_reason, text, uuid, uuid, text) to authenticated;
revoke all on function public.place_legal_hold(public.legal_hold_reason, text, uuid, uuid, text)
from public, anon, authenticated, service_role;
grant execute on function public.place_legal_hold(public.legal_hold_reason, text, uuid, uuid, text) to authenticated;

-- SECURITY DEFINER because nobody may write holds; require_role is the authorization, the active organization the
-- bound.
create function app.release_legal_hold(p_hold_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_hold public.legal_holds;
begin
  perform app.require_role('org_owner', 'compliance_lead');
  select holds.* into v_hold from public.legal_holds as holds
  where holds.org_id = app.current_org() and holds.id = p_hold_id
  for update;
  if not found then
    perform app.raise_error('not_found', 'There is no such legal hold.');
  end if;
  -- A second time changes nothing: who released it first, and when, stays known.
  if v_hold.released_at is null then
    update public.legal_holds as holds
    set released_at = clock_timestamp(), released_by = app.my_id()
    where holds.org_id = v_hold.org_id and holds.id = v_hold.id;
    perform app.audit_hold(v_hold, 'release_legal_hold');
  end if;
end
$$;

comment on function app.release_legal_hold(uuid) is 'What public.release_legal_hold does; authorizes for itself.';

create function public.release_legal_hold(p_hold_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_input('p_hold_id', p_hold_id is not null, 'Say which hold.');
  perform app.release_legal_hold(p_hold_id);
end
$$;

comment on function public.release_legal_hold(uuid) is
'Ends a legal hold: what it covered alone is deleted by the next purge, if its term is over. For owners and compliance
leads. The hold stays in legal_holds.
p_hold_id: one of legal_holds.
Errors: not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.release_legal_hold(uuid) from public;
grant execute on function app.release_legal_hold(uuid) to authenticated;
revoke all on function public.release_legal_hold(uuid) from public, anon, authenticated, service_role;
grant execute on function public.release_legal_hold(uuid) to authenticated;

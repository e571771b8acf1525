-- SECURITY DEFINER because nobody may write keys; require_role is the authorization, the active organization the bound.
create function app.revoke_api_key(p_api_key_id uuid) returns public.api_keys
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_key public.api_keys;
begin
  perform app.require_role('org_owner', 'admin');
  -- A second time changes nothing: who revoked it first, and when, stays known.
  update public.api_keys as keys
  set
    revoked_at = coalesce(keys.revoked_at, app.clock()),
    revoked_by = case when keys.revoked_at is null then app.my_id() else keys.revoked_by end
  where keys.org_id = app.current_org() and keys.id = p_api_key_id
  returning keys.* into v_key;
  if not found then
    perform app.raise_error('not_found', 'There is no such API key.');
  end if;
  return v_key;
end
$$;

comment on function app.revoke_api_key(uuid) is 'What public.revoke_api_key does; authorizes for itself.';

create function public.revoke_api_key(p_api_key_id uuid) returns public.api_keys
language sql volatile
set search_path = ''
as $$
  select app.revoke_api_key(p_api_key_id)
$$;

comment on function public.revoke_api_key(uuid) is
'Ends an API key at once: tokens that it was exchanged for are refused from their next request on. For owners and
administrators.
p_api_key_id: one of get_api_keys().
Returns the key''s row. Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.
Idempotent: yes.';

revoke all on function app.revoke_api_key(uuid) from public;
grant execute on function app.revoke_api_key(uuid) to authenticated;
revoke all on function public.revoke_api_key(uuid) from public, anon, authenticated, service_role;
grant execute on function public.revoke_api_key(uuid) to authenticated;

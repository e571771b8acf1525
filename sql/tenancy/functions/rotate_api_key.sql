-- A key is replaced without an outage: for the overlap both work, then the old one has expired.
-- SECURITY DEFINER because nobody may write keys; require_role is the authorization, the active organization the bound.
create function app.rotate_api_key(
  p_api_key_id uuid, p_overlap_hours integer,
  out api_key_id uuid, out api_key text, out prefix text, out expires_at timestamptz
)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_old public.api_keys;
  v_new public.api_keys;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input(
    'p_overlap_hours', p_overlap_hours between 0 and 720, 'Both keys can work for 0 to 720 hours.'
  );
  select keys.* into v_old
  from public.api_keys as keys
  where keys.org_id = app.current_org() and keys.id = p_api_key_id
  for update;
  if not found then
    perform app.raise_error('not_found', 'There is no such API key.');
  end if;
  if v_old.replaced_by is not null or v_old.revoked_at is not null or v_old.expires_at <= app.clock() then
    perform app.raise_error(
      'conflict', 'This API key was replaced before, or no longer works.', p_hint => 'Make a new one instead.'
    );
  end if;

  v_new := v_old;
  v_new.expires_at := app.clock() + (v_old.expires_at - v_old.created_at);
  select made.api_key_id, made.api_key, made.prefix, made.expires_at
  into rotate_api_key.api_key_id, rotate_api_key.api_key, rotate_api_key.prefix, rotate_api_key.expires_at
  from app.make_api_key(v_new) as made;

  update public.api_keys as keys
  set
    replaced_by = rotate_api_key.api_key_id,
    expires_at = least(keys.expires_at, app.clock() + make_interval(hours => p_overlap_hours))
  where keys.org_id = v_old.org_id and keys.id = v_old.id;
end
$$;

comment on function app.rotate_api_key(uuid, integer) is 'What public.rotate_api_key does; authorizes for itself.';

create function public.rotate_api_key(
  p_api_key_id uuid,
  p_overlap_hours integer default 24,
  out api_key_id uuid,
  out api_key text,
  out prefix text,
  out expires_at timestamptz
)
language sql volatile
set search_path = ''
as $$
  select made.* from app.rotate_api_key(p_api_key_id, p_overlap_hours) as made
$$;

comment on function public.rotate_api_key(uuid, integer) is
'Replaces an API key by a new one with the same name, roles, site, rate and length of life. For owners and
administrators. The new key (api_key) is told in this answer and never again.
p_api_key_id: one of get_api_keys() that still works and was not replaced before.
p_overlap_hours: how long the old one goes on working, 0 to 720.
Never null: api_key_id, api_key, prefix, expires_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found, conflict.';

revoke all on function app.rotate_api_key(uuid, integer) from public;
grant execute on function app.rotate_api_key(uuid, integer) to authenticated;
revoke all on function public.rotate_api_key(uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.rotate_api_key(uuid, integer) to authenticated;

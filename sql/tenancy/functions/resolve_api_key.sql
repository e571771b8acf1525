-- What a key may reach now. A token that it was exchanged for says only which key it is; the row decides, so that a
-- revoked or expired key, or one of a deactivated organization, is refused on the next request.
create function app.resolve_api_key(p_api_key_id uuid) returns table (
  org_id uuid, roles public.app_role[], role_sites jsonb, time_zone public.time_zone
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key public.api_keys;
begin
  select keys.* into v_key
  from public.api_keys as keys
  inner join public.organizations on organizations.id = keys.org_id
  where
    keys.id = p_api_key_id
    and keys.revoked_at is null
    and keys.expires_at > app.clock()
    and organizations.is_active
    and organizations.deleted_at is null;
  if not found then
    return;
  end if;

  perform app.note_api_key_use(v_key);
  return query
  select
    v_key.org_id,
    v_key.roles,
    (
      select jsonb_object_agg(held.role, case when v_key.site_id is not null then array[v_key.site_id] end)
      from unnest(v_key.roles) as held (role)
    ),
    organizations.time_zone
  from public.organizations
  where organizations.id = v_key.org_id;
end
$$;

comment on function app.resolve_api_key(uuid) is
'Organization, roles and their sites of an API key that works now; no row for any other.';

-- To the minute, and never waited for, as a session's sign of life.
create function app.note_api_key_use(p_key public.api_keys) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.clock() < p_key.last_used_at + interval '1 minute' or current_setting('transaction_read_only') = 'on' then
    return;
  end if;
  update public.api_keys as keys
  set last_used_at = app.clock()
  where
    keys.org_id = p_key.org_id
    and keys.id = (
      select used.id from public.api_keys as used
      where used.org_id = p_key.org_id and used.id = p_key.id
      for no key update skip locked
    );
end
$$;

comment on function app.note_api_key_use(public.api_keys) is
'Remembers that this key is in use, once a minute, where the transaction may write.';

revoke all on function app.resolve_api_key(uuid) from public;
revoke all on function app.note_api_key_use(public.api_keys) from public;

-- Giving and taking back what relatives may know. SECURITY DEFINER because nobody writes shares, and residents do not
-- read the table; whose consent it is, is asked for here: the resident's own, or what managers recorded for them.
create function app.require_consent(p_resident_id uuid) returns public.residents
language plpgsql volatile
set search_path = ''
as $$
declare
  v_resident public.residents;
begin
  select residents.* into v_resident
  from public.residents
  left join public.patients on patients.id = residents.id
  where
    residents.org_id = app.current_org() and residents.id = p_resident_id and residents.deleted_at is null
    and (
      residents.site_id = any(app.my_sites('manager', 'care_manager'))
      or app.has_role('resident') and patients.user_id = app.my_id() and patients.deleted_at is null
    )
  for no key update of residents;
  if v_resident.id is null then
    perform app.raise_error('not_found', 'There is no such resident.');
  end if;
  return v_resident;
end
$$;

comment on function app.require_consent(uuid) is
'Locks a resident for whom the caller gives or records consent: themselves, or somebody at their sites.';

create function app.share_resident(
  p_resident_id uuid, p_user_id uuid, p_topics public.resident_topic[], p_agreed_by text, p_expires_at timestamptz
) returns public.resident_shares
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_resident public.residents;
  v_share public.resident_shares;
begin
  perform app.require_role('resident', 'manager', 'care_manager');
  v_resident := app.require_consent(p_resident_id);
  if p_agreed_by <> 'resident' and v_resident.site_id <> all(app.my_sites('manager', 'care_manager')) then
    perform app.raise_error(
      'permission_denied', 'You agree for yourself.', jsonb_build_object('field', 'p_agreed_by')
    );
  end if;
  if not exists (
    select from public.role_assignments as roles
    where
      roles.org_id = v_resident.org_id and roles.user_id = p_user_id and roles.role = 'family'
      and roles.deleted_at is null and roles.valid_during @> app.clock()
  ) then
    perform app.raise_error('not_found', 'There is no such relative.', jsonb_build_object('field', 'p_user_id'));
  end if;
  update public.resident_shares as shares set withdrawn_at = app.clock()
  where
    shares.org_id = v_resident.org_id and shares.resident_id = v_resident.id and shares.user_id = p_user_id
    and shares.withdrawn_at is null and shares.deleted_at is null;
  insert into public.resident_shares (
    org_id, resident_id, site_id, user_id, topics, agreed_by, agreed_at, expires_at
  )
  values (
    v_resident.org_id, v_resident.id, v_resident.site_id, p_user_id,
    array(select distinct topic from unnest(p_topics) as topics (topic) order by topic), p_agreed_by, app.clock(),
    p_expires_at
  )
  returning * into v_share;
  return v_share;
end
$$;

comment on function app.share_resident(uuid, uuid, public.resident_topic[], text, timestamptz) is
'What public.share_resident does; authorizes for itself.';

create function app.withdraw_share(p_share_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_share public.resident_shares;
begin
  perform app.require_role('resident', 'manager', 'care_manager');
  select shares.* into v_share
  from public.resident_shares as shares
  where shares.org_id = app.current_org() and shares.id = p_share_id and shares.deleted_at is null;
  if v_share.id is null or app.require_consent(v_share.resident_id) is null then
    perform app.raise_error('not_found', 'There is no such resident.');
  end if;
  update public.resident_shares as shares set withdrawn_at = app.clock()
  where shares.org_id = v_share.org_id and shares.id = v_share.id and shares.withdrawn_at is null;
end
$$;

comment on function app.withdraw_share(uuid) is 'What public.withdraw_share does; authorizes for itself.';

create function app.list_my_shares() returns setof public.resident_shares
language sql stable
security definer
set search_path = ''
as $$
  select shares.*
  from public.patients
  inner join public.resident_shares as shares
    on shares.org_id = app.current_org() and shares.resident_id = patients.id
  where patients.user_id = app.my_id() and patients.deleted_at is null and shares.deleted_at is null
  order by shares.id desc
  limit 500
$$;

comment on function app.list_my_shares() is 'What public.list_my_shares does: bound to the caller''s own person.';

revoke all on function app.require_consent(uuid) from public;
revoke all on function app.share_resident(uuid, uuid, public.resident_topic[], text, timestamptz) from public;
revoke all on function app.withdraw_share(uuid) from public;
revoke all on function app.list_my_shares() from public;
grant execute on function app.share_resident(uuid, uuid, public.resident_topic[], text, timestamptz) to authenticated;
grant execute on function app.withdraw_share(uuid) to authenticated;
grant execute on function app.list_my_shares() to authenticated;

-- A token that is wrong, expired, revoked, used or for another address is one answer: whoever holds a token that is
-- not theirs learns nothing. Trying is not limited (app.limit_rate() says why), and need not be: 256 bits are not
-- guessed.
--
-- SECURITY DEFINER because the person has no role there yet. It is bound to their own verified address.
create function app.take_up_invitation(p_token text, p_display_name text) returns public.role_assignments
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_person auth.users;
  v_invitation app.invitations;
  v_assignment public.role_assignments;
begin
  perform app.require_person();
  v_user_id := app.my_id();
  perform app.limit_rate('accept_invitation', v_user_id::text, 10, '1 hour');

  select * into v_person from auth.users where users.id = v_user_id for no key update;
  update app.invitations as offers
  set accepted_at = app.clock(), accepted_by = v_user_id
  where
    offers.token_hash = app.hash_token(p_token)
    and offers.email = lower(v_person.email)
    and v_person.email_confirmed_at is not null
    and offers.accepted_at is null
    and offers.revoked_at is null
    and offers.expires_at > app.clock()
    and not exists (
      select from public.profiles
      where profiles.id = v_user_id and (not profiles.is_active or profiles.deleted_at is not null)
    )
  returning * into v_invitation;
  if v_invitation.id is null or not app.is_backed(v_invitation) then
    perform app.raise_error(
      'not_found', 'There is no such invitation for you.',
      p_hint => 'It may have expired. Ask for a new one, and sign in with the address it was sent to.'
    );
  end if;

  insert into public.profiles (id, display_name)
  values (v_user_id, coalesce(p_display_name, app.name_at_sign_up(v_person.raw_user_meta_data, v_person.email)))
  on conflict (id) do nothing;
  -- Whoever works elsewhere goes on there until they switch.
  update public.user_sessions as sessions
  set active_org_id = v_invitation.org_id
  where
    sessions.id = (auth.jwt() ->> 'session_id')::uuid
    and not exists (
      select from app.resolve_reach(v_user_id, sessions.active_org_id) as reach where cardinality(reach.roles) > 0
    );
  v_assignment := app.assign_role(
    v_invitation.org_id, v_user_id, v_invitation.role, v_invitation.site_id, tstzrange(app.clock(), null)
  );
  perform app.refresh_sessions(array[v_user_id]);
  perform app.open_request();
  return v_assignment;
end
$$;

comment on function app.take_up_invitation(text, text) is
'Gives the caller the role that an invitation to their address offers.';

create function app.name_at_sign_up(p_metadata jsonb, p_email text) returns text
language sql immutable
set search_path = ''
as $$
  select left(
    coalesce(
      nullif(btrim(p_metadata ->> 'display_name'), ''),
      nullif(btrim(p_metadata ->> 'full_name'), ''),
      nullif(btrim(p_metadata ->> 'name'), ''),
      split_part(p_email, '@', 1)
    ),
    200
  )
$$;

comment on function app.name_at_sign_up(jsonb, text) is
'How a person called themselves when they signed up, else what their address begins with.';

revoke all on function app.take_up_invitation(text, text) from public;
grant execute on function app.take_up_invitation(text, text) to authenticated;
revoke all on function app.name_at_sign_up(jsonb, text) from public;

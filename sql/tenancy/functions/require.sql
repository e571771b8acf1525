-- The guards at the top of an RPC: each returns silently or ends the request with its stable code.
create function app.require_person() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
end
$$;

comment on function app.require_person() is
'Ends the request unless it comes from a signed-in person, in whatever organization.';

create function app.require_member() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  -- Nobody has an organization who is not signed in.
  if app.current_org() is null then
    if auth.uid() is null then
      perform app.raise_error('not_authenticated', 'Sign in first.');
    end if;
    perform app.raise_error(
      'permission_denied', 'You have no valid role in the active organization.',
      p_hint => 'Switch to another organization, or ask an administrator of this one for a role.'
    );
  end if;
end
$$;

comment on function app.require_member() is
'Ends the request unless the caller is signed in and has a valid role somewhere.';

create function app.require_role(variadic p_roles public.app_role[]) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  -- Whoever holds a role is signed in and a member; the others are told what they lack first.
  if not app.has_role(variadic require_role.p_roles) then
    perform app.require_member();
    perform app.raise_error(
      'permission_denied', 'Your role does not allow this.',
      jsonb_build_object('roles', to_jsonb(require_role.p_roles))
    );
  end if;
end
$$;

comment on function app.require_role(public.app_role[]) is
'Ends the request unless the caller holds one of these roles in the active organization.';

create function app.require_staff() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_role(variadic app.staff_roles());
end
$$;

comment on function app.require_staff() is
'Ends the request unless the caller works for the active organization.';

create function app.require_feature(p_feature_key text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not app.has_feature(require_feature.p_feature_key) then
    perform app.require_member();
    perform app.raise_error(
      'feature_disabled', 'This feature is not switched on for your organization.',
      jsonb_build_object('feature', require_feature.p_feature_key)
    );
  end if;
end
$$;

comment on function app.require_feature(text) is
'Ends the request unless the feature is on for the active organization; first line of every RPC of a flagged room.';

revoke all on function app.require_person() from public;
revoke all on function app.require_member() from public;
revoke all on function app.require_role(public.app_role[]) from public;
revoke all on function app.require_staff() from public;
revoke all on function app.require_feature(text) from public;
grant execute on function app.require_person() to authenticated, service_role;
grant execute on function app.require_member() to authenticated, service_role;
grant execute on function app.require_role(public.app_role[]) to authenticated, service_role;
grant execute on function app.require_staff() to authenticated, service_role;
grant execute on function app.require_feature(text) to authenticated, service_role;

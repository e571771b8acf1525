-- The guard of everything that is for those who give care: not for who only administers, nor for who has left.
create function app.require_provider() returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_practitioner_id constant uuid := app.my_practitioner();
begin
  if not app.is_staff() or v_practitioner_id is null then
    perform app.require_member();
    perform app.raise_error(
      'permission_denied', 'This is for practitioners of the organization.', '{"reason": "no_practitioner"}',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  return v_practitioner_id;
end
$$;

comment on function app.require_provider() is
'The caller as an active practitioner of the active organization; ends the request of anyone else.';

revoke all on function app.require_provider() from public;
grant execute on function app.require_provider() to authenticated, service_role;

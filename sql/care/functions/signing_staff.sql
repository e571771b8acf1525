-- Whoever signs is employed: that is what the reference of what they sign points at.
create function app.signing_staff() returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_user_id constant uuid := app.my_id();
begin
  if not exists (
    select from public.staff_members
    where
      staff_members.org_id = app.current_org() and staff_members.user_id = v_user_id
      and staff_members.employed_during @> app.today() and staff_members.deleted_at is null
  ) then
    perform app.raise_error(
      'permission_denied', 'Only members of staff sign.', p_hint => 'Have your employment entered first.'
    );
  end if;
  return v_user_id;
end
$$;

comment on function app.signing_staff() is
'The caller as a member of staff of the active organization, today; ends the request with permission_denied otherwise.';

revoke all on function app.signing_staff() from public;
grant execute on function app.signing_staff() to authenticated;

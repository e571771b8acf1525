-- What holds for every way to write a check-in, the table's own endpoint included. Runs for signed-in people only:
-- imports and seeds bring history.
create function app.guard_checkin() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.practitioner_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization check in.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  if new.checkin_date <> app.today() or (tg_op = 'UPDATE' and old.checkin_date <> app.today()) then
    perform app.raise_error(
      'invalid_input', 'A check-in is written on its own day and cannot be changed later.',
      jsonb_build_object('field', 'checkin_date', 'today', app.today())
    );
  end if;
  return new;
end
$$;

comment on function app.guard_checkin() is
'Trigger _200_guard: practitioners write today''s check-in and no other, while the feature is on.';

revoke all on function app.guard_checkin() from public;

-- What holds for every way to write a check-in, the table's own endpoint included. Runs for signed-in people only:
-- imports and seeds bring history.
create function app.guard_checkin() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_stamps constant text[] := '{is_shared,updated_at,updated_by,version}';
  v_level public.participation_level;
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  -- Taking back what was shared is nobody's to refuse: of any day, with or without consent.
  if tg_op = 'UPDATE' and old.is_shared and not new.is_shared and to_jsonb(new) - v_stamps = to_jsonb(old) - v_stamps then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  v_level := app.require_participation();
  if new.practitioner_id is null then
    perform app.require_provider();
  end if;
  if new.checkin_date <> app.today() or (tg_op = 'UPDATE' and old.checkin_date <> app.today()) then
    perform app.raise_error(
      'invalid_input', 'A check-in is written on its own day and cannot be changed later.',
      jsonb_build_object('field', 'checkin_date', 'today', app.today())
    );
  end if;
  if v_level = 'anonymous' then
    perform app.raise_error(
      'conflict', 'You take part anonymously: a check-in of yours has no name.',
      p_hint => 'Check in with submit_daily_checkin.'
    );
  end if;
  perform app.check_input(
    'is_shared', not new.is_shared or v_level = 'may_be_contacted',
    'Only who may be contacted shares a check-in: change how far you take part first.'
  );
  if tg_op = 'INSERT' then
    perform app.forget_my_anonymous_checkin();
  end if;
  return new;
end
$$;

comment on function app.guard_checkin() is
'Trigger _200_guard: practitioners who take part under their name write today''s check-in and no other, while the feature
is on, and share it if they may be contacted.';

revoke all on function app.guard_checkin() from public;

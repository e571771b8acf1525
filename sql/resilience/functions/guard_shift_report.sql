-- What holds for every way to write a report, the table's own endpoint included. Runs for signed-in people only:
-- imports and seeds bring history. An answer is written by app.answer_shift_report(), which has authorized.
create function app.guard_shift_report() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_today constant date := app.today();
begin
  if auth.role() is distinct from 'authenticated' or (tg_op = 'UPDATE' and old.answer is distinct from new.answer) then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.practitioner_id is null then
    perform app.require_provider();
  end if;
  perform app.check_input(
    'shift_date',
    new.shift_date in (v_today, v_today - 1) and (tg_op = 'INSERT' or old.shift_date >= v_today - 1),
    'A shift is reported on the day on which it began, or on the next.'
  );
  perform app.check_input(
    'unsafe_reasons', array_position(new.unsafe_reasons, null::public.unsafe_staffing_reason) is null,
    'Each reason is one of those listed.'
  );
  if tg_op = 'UPDATE' and old.answer is not null then
    perform app.raise_error('conflict', 'This report was answered and stays as it is.');
  end if;
  return new;
end
$$;

comment on function app.guard_shift_report() is
'Trigger _200_guard: practitioners report today''s shifts and yesterday''s, and change nothing that was answered.';

revoke all on function app.guard_shift_report() from public;

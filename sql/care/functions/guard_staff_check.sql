create function app.guard_staff_check() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform app.check_input(
    'checked_on', auth.role() is distinct from 'authenticated' or coalesce(new.checked_on <= app.today(), true),
    'Nothing is checked before the day has come.'
  );
  if tg_op = 'UPDATE' and old.status <> 'pending' and new.status not in (old.status, 'withdrawn') then
    perform app.raise_error(
      'conflict', 'This check is settled.', p_hint => 'Record a new one; withdraw one that was entered in error.'
    );
  end if;
  if
    tg_op = 'UPDATE' and old.status <> 'pending'
    and (new.checked_on, new.expires_on) is distinct from (old.checked_on, old.expires_on)
  then
    perform app.raise_error('conflict', 'The dates of a settled check stay.', p_hint => 'Record a new one.');
  end if;
  if new.reference_number is not null and new.reference_number is distinct from old.reference_number then
    perform app.check_input(
      'reference_number', length(convert_from(new.reference_number, 'UTF8')) between 1 and 100,
      'A reference number has 1 to 100 characters.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_staff_check() is
'Trigger _200_guard: a check is settled once, and nothing is checked in the future.';

revoke all on function app.guard_staff_check() from public;

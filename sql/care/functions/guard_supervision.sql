create function app.guard_supervision() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform app.check_input(
      'held_on', auth.role() is distinct from 'authenticated' or coalesce(new.held_on <= app.today(), true),
      'Record it when it has been held.'
    );
    perform app.check_input(
      'notes', coalesce(length(convert_from(new.notes, 'UTF8')) between 1 and 10000, true),
      'The notes have 1 to 10,000 characters.'
    );
    new.acknowledged_at := null;
  elsif new.acknowledged_at is distinct from old.acknowledged_at then
    -- Once, by the clock of the database, whatever was sent.
    new.acknowledged_at := coalesce(old.acknowledged_at, app.clock());
  end if;
  return new;
end
$$;

comment on function app.guard_supervision() is
'Trigger _200_guard: notes have their length, what is recorded has been held, and it is acknowledged once.';

revoke all on function app.guard_supervision() from public;

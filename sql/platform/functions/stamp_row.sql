-- Who and when, on every mutable row, whatever the statement claims: the values of the client are overwritten.
-- `version` counts the writes; a client that sends the version it read learns of a change by another.
create function app.stamp_row() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    new.created_at := now();
    new.created_by := auth.uid();
    new.version := 1;
  else
    new.created_at := old.created_at;
    new.created_by := old.created_by;
    new.version := old.version + 1;
  end if;
  new.updated_at := now();
  new.updated_by := auth.uid();
  return new;
end
$$;

comment on function app.stamp_row() is
'Trigger _100_stamp of every mutable table: created_*, updated_* and version are the database''s to set.';

revoke all on function app.stamp_row() from public;

-- Whoever writes here, the service role and the owner included: a hold ends by being released, once, and stays.
create function app.guard_legal_hold() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if
    tg_op = 'DELETE' or old.released_at is not null or new.released_at is null
    or to_jsonb(new) - '{released_at,released_by}'::text[] <> to_jsonb(old) - '{released_at,released_by}'::text[]
  then
    perform app.raise_error('conflict', 'A legal hold is released once, and never changed or deleted.');
  end if;
  return null;
end
$$;

comment on function app.guard_legal_hold() is 'Trigger _200_guard of legal_holds: only a release changes one.';

revoke all on function app.guard_legal_hold() from public;

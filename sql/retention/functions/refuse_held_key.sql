-- Without its key a row is as good as deleted, and a hold keeps it. The key of an organization opens rows about
-- everybody, so any hold there keeps it; the key of a person, a hold on what is about them, wherever it was placed.
-- SECURITY DEFINER because who may destroy a key need not be let read the holds. A trigger function: it answers nothing
-- but that the key is kept.
create function app.refuse_held_key() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- As in app.refuse_held(); but of a person nobody knows whose hold it would be, so nobody places one meanwhile.
  if new.org_id is null then
    lock table public.legal_holds in share row exclusive mode;
  else
    perform pg_advisory_xact_lock_shared(app.hold_lock(new.org_id));
  end if;
  if exists (
    select from public.legal_holds as holds
    where
      holds.released_at is null
      and (new.org_id is null or holds.org_id = new.org_id)
      and (
        holds.subject_id = new.subject_id
        or (new.org_id is not null and (new.subject_id is null or holds.subject_id is null))
      )
  ) then
    raise exception 'A legal hold keeps what key % opens.', new.id
    using errcode = 'object_not_in_prerequisite_state', hint = 'Release the hold first, if its matter is over.';
  end if;
  return new;
end
$$;

comment on function app.refuse_held_key() is
'Trigger _200_hold of app.data_keys: a key that opens what a legal hold covers is not destroyed.';

-- An index key opens nothing: without it rows are not found by a value, and that is all.
create trigger _200_hold
before update on app.data_keys
for each row
when (new.destroyed_at is not null and old.destroyed_at is null and new.purpose = 'seal')
execute function app.refuse_held_key();

revoke all on function app.refuse_held_key() from public;

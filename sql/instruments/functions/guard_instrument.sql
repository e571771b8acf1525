-- A published version is what people answered: it stays as it was, the owner of the database included. A change is a
-- new version.
create function app.guard_instrument() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' and old.published_at is not null then
    if tg_op = 'DELETE' then
      perform app.refuse_published();
    elsif
      to_jsonb(new) - '{is_active,status,updated_at,updated_by,version}'::text[]
      is distinct from to_jsonb(old) - '{is_active,status,updated_at,updated_by,version}'::text[]
    then
      perform app.refuse_published();
    end if;
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;

  if tg_op = 'INSERT' or old.published_at is null then
    new.published_at := null;
  end if;
  if new.is_active and (tg_op = 'INSERT' or not old.is_active) then
    if new.published_at is null then
      perform app.check_instrument(new.id, new.language_code);
      new.published_at := app.clock();
    end if;
    update public.instruments as others
    set is_active = false
    where others.code = new.code and others.id <> new.id and others.is_active;
  end if;
  return new;
end
$$;

comment on function app.guard_instrument() is
'Trigger _200_guard: publishing checks a version and retires the one before; what was published only changes in use.';

-- The head is locked, so that nothing is added to a version while it is being published.
create function app.guard_instrument_part() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_id constant uuid := case when tg_op = 'DELETE' then old.instrument_id else new.instrument_id end;
  v_published_at timestamptz;
begin
  select instruments.published_at into v_published_at
  from public.instruments
  where instruments.id = v_id
  for share;
  if v_published_at is not null or (tg_op = 'UPDATE' and new.instrument_id <> old.instrument_id) then
    perform app.refuse_published();
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;

comment on function app.guard_instrument_part() is
'Trigger _200_published: what a published version consists of never changes.';

create function app.refuse_published() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.raise_error(
    'conflict', 'A published version of an instrument never changes.', p_hint => 'Make it a new version.'
  );
end
$$;

comment on function app.refuse_published() is 'Ends the request: a published version stays as it was.';

revoke all on function app.guard_instrument() from public;
revoke all on function app.guard_instrument_part() from public;
revoke all on function app.refuse_published() from public;
grant execute on function app.refuse_published() to authenticated, service_role;

-- Documents of every kind: their titles, their files, and what may change.
create function app.guard_document() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.title is distinct from old.title then
    perform app.check_input(
      'title', length(convert_from(new.title, 'UTF8')) between 1 and 200, 'A title has 1 to 200 characters.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_document() is 'Trigger _200_guard: a title has 1 to 200 characters.';

create function app.guard_resident_document() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.title is distinct from old.title then
    perform app.check_input(
      'title', length(convert_from(new.title, 'UTF8')) between 1 and 200, 'A title has 1 to 200 characters.'
    );
  end if;
  if
    tg_op = 'UPDATE'
    and (new.resident_id, new.document_id, new.version_no, new.file_id)
    is distinct from (old.resident_id, old.document_id, old.version_no, old.file_id)
  then
    perform app.raise_error('conflict', 'A version stays what it is.', p_hint => 'Attach a new version.');
  end if;
  return new;
end
$$;

comment on function app.guard_resident_document() is
'Trigger _200_guard: a title has 1 to 200 characters, and a version stays what it is.';

create function app.guard_policy_document() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- Two who publish at once wait for each other; the second is the later version.
    perform pg_advisory_xact_lock(hashtextextended('carebase.policy:' || new.org_id || ':' || new.code, 0));
    new.version_no := coalesce((
      select max(earlier.version_no) from public.policy_documents as earlier
      where earlier.org_id = new.org_id and earlier.code = new.code
    ), 0) + 1;
  end if;
  return new;
end
$$;

comment on function app.guard_policy_document() is
'Trigger _200_guard: each version of a policy is the next one.';

create function app.number_resident_document() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.is_current := true;
  if new.document_id is null or new.document_id = new.id then
    new.document_id := new.id;
    new.version_no := 1;
    return new;
  end if;
  -- Two who add a version at once wait for each other here.
  perform 1
  from public.resident_documents as first
  where
    first.org_id = new.org_id and first.document_id = new.document_id and first.version_no = 1
    and first.resident_id = new.resident_id
  for no key update;
  if not found then
    perform app.raise_error('not_found', 'There is no such document of this resident.');
  end if;
  update public.resident_documents as earlier
  set is_current = false
  where earlier.org_id = new.org_id and earlier.document_id = new.document_id and earlier.is_current;
  select max(earlier.version_no) + 1 into new.version_no
  from public.resident_documents as earlier
  where earlier.org_id = new.org_id and earlier.document_id = new.document_id;
  return new;
end
$$;

comment on function app.number_resident_document() is
'Trigger _500_version: a new document is its own first version; a further one is the next, and the current one.';

revoke all on function app.number_resident_document() from public;

revoke all on function app.guard_document() from public;
revoke all on function app.guard_resident_document() from public;
revoke all on function app.guard_policy_document() from public;

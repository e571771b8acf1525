create function app.guard_resident() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.preferred_name is distinct from old.preferred_name and new.preferred_name is not null then
    perform app.check_words(
      'preferred_name', length(convert_from(new.preferred_name, 'UTF8')) between 1 and 100,
      'A preferred name has 1 to 100 characters.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_resident() is 'Trigger _200_guard: a preferred name has 1 to 100 characters.';

revoke all on function app.guard_resident() from public;

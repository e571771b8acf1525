-- What holds for every way to write a reflection, the table's own endpoint included: practitioners of the organization
-- write, while the feature is on, and the name that the circle sees is the author's own, or none.
create function app.guard_reflection() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.author_id is null then
    perform app.raise_error('permission_denied', 'Only practitioners of the organization are in a circle.');
  end if;
  new.author_name := case
    when new.is_anonymous then null
    else (select profiles.display_name from public.profiles where profiles.id = new.user_id)
  end;
  return new;
end
$$;

comment on function app.guard_reflection() is
'Trigger _200_guard: practitioners write, while the feature is on; an anonymous reflection carries no name.';

revoke all on function app.guard_reflection() from public;

-- What holds for every way to write a training: only who takes part leaves anything about themselves, moments are the
-- database's to say, and the first answer decides in which month it is counted. Imports and seeds bring history.
create function app.guard_training() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.practitioner_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization keep a record of their training.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  -- Of a row that is not theirs to write the policy says so, and better than we could.
  if
    app.is_staff() and new.org_id = app.current_org() and new.user_id = app.my_id()
    and (
      tg_op = 'INSERT'
      or (new.completed_at, new.found_helpful) is distinct from (old.completed_at, old.found_helpful)
    )
  then
    perform app.require_participation();
  end if;
  if tg_op = 'INSERT' then
    if not exists (
      select from public.resilience_training_modules as modules
      where modules.id = new.module_id and modules.is_active and modules.deleted_at is null
    ) then
      perform app.raise_error('not_found', 'There is no such module.');
    end if;
    new.started_at := app.clock();
    new.completed_at := case when new.completed_at is not null then app.clock() end;
    new.answered_at := case when new.found_helpful is not null then app.clock() end;
  else
    new.completed_at := coalesce(old.completed_at, case when new.completed_at is not null then app.clock() end);
    new.found_helpful := coalesce(new.found_helpful, old.found_helpful);
    new.answered_at := coalesce(old.answered_at, case when new.found_helpful is not null then app.clock() end);
  end if;
  perform app.check_input(
    'found_helpful', new.found_helpful is null or new.completed_at is not null,
    'Finish the module before you say whether it helped.'
  );
  return new;
end
$$;

comment on function app.guard_training() is
'Trigger _200_guard: providers who take part record their own training of modules in use; nothing is undone.';

revoke all on function app.guard_training() from public;

-- What holds for every way to write a circle. The facilitator is looked up in the organization before the foreign keys
-- are checked: their refusal would tell whether somebody exists elsewhere. Imports and seeds are believed.
create function app.guard_support_circle() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() is not distinct from 'authenticated' then
    perform app.require_feature('resilience_hub');
  end if;

  if new.facilitator_id is null then
    new.facilitator_practitioner_id := null;
  elsif tg_op = 'INSERT' or new.facilitator_id is distinct from old.facilitator_id then
    new.facilitator_practitioner_id := app.find_provider(new.org_id, new.facilitator_id);
    if new.facilitator_practitioner_id is null and auth.role() is not distinct from 'authenticated' then
      perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
    end if;
  end if;
  return new;
end
$$;

comment on function app.guard_support_circle() is
'Trigger _200_guard: circles are written while the feature is on, and led by a practitioner of the organization.';

revoke all on function app.guard_support_circle() from public;

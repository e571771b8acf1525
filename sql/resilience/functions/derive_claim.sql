-- The day by the organization's clock and the practitioner, as they are when the question is claimed. Where a sign-in
-- is deleted later, both stay: the work was done.
create function app.derive_claim() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    new.claimed_on := null;
    new.practitioner_id := null;
  else
    new.claimed_on := old.claimed_on;
    new.practitioner_id := old.practitioner_id;
  end if;
  if new.claimed_at is null then
    new.claimed_on := null;
    new.practitioner_id := null;
  elsif tg_op = 'INSERT' or new.claimed_at is distinct from old.claimed_at then
    new.claimed_on := (
      new.claimed_at at time zone (select orgs.time_zone from public.organizations as orgs where orgs.id = new.org_id)
    )::date;
  end if;
  if new.claimed_by is not null and (tg_op = 'INSERT' or new.claimed_by is distinct from old.claimed_by) then
    new.practitioner_id := app.find_provider(new.org_id, new.claimed_by);
  end if;
  return new;
end
$$;

comment on function app.derive_claim() is
'Trigger _500_derive: the day of a claim in the organization''s time zone, and who claimed as a practitioner.';

revoke all on function app.derive_claim() from public;

-- The life of a case, for every way to write it. What is closed stays as it was closed; only the score that a later
-- assessment brings is added, and a helper who is gone is forgotten. An import may bring a case in any state.
create function app.guard_intervention() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  -- Which organization a row is of, policies and keys see to; whose practitioner, the keys and the first question below.
  v_may_change constant text[] := '{org_id,practitioner_id,owner_id,score_after,effect,updated_at,updated_by,version}';
begin
  if tg_op = 'UPDATE' then
    -- A practitioner whom the organization does not know its keys refuse.
    if
      (old.id, old.user_id, old.kind, old.opened_at) is distinct from (new.id, new.user_id, new.kind, new.opened_at)
      or new.practitioner_id <> old.practitioner_id and exists (
        select from public.org_practitioners as known
        where known.org_id = new.org_id and known.practitioner_id = new.practitioner_id
      )
    then
      perform app.raise_error('conflict', 'A case stays the case of one person and of one kind.');
    end if;
    if old.closed_at is not null and (
      to_jsonb(new) - v_may_change <> to_jsonb(old) - v_may_change
      or coalesce(new.owner_id <> old.owner_id, new.owner_id is not null and old.owner_id is null)
    ) then
      perform app.raise_error('conflict', 'This case is closed.');
    end if;
    if not app.may_become(old.status, new.status) then
      perform app.raise_error('conflict', 'The case does not stand where that could be done.');
    end if;
  elsif auth.role() is not distinct from 'authenticated' and new.status not in ('proposed', 'open') then
    perform app.raise_error('conflict', 'A case begins as an offer or open.');
  end if;

  if new.status in ('completed', 'declined', 'cancelled') then
    new.closed_at := coalesce(new.closed_at, app.clock());
    -- Whoever made themselves known did so for an open case.
    if tg_op = 'UPDATE' and old.closed_at is null and new.status = 'declined' then
      new.shared_at := null;
    end if;
  end if;
  return new;
end
$$;

comment on function app.guard_intervention() is
'Trigger _200_guard: a case goes from proposed to open, in_progress and an end, and a closed one stays as it is.';

create function app.may_become(p_from public.intervention_status, p_to public.intervention_status) returns boolean
language sql immutable
return p_from = p_to or case p_from
  when 'proposed' then p_to in ('open', 'declined', 'cancelled')
  when 'open' then p_to in ('in_progress', 'completed', 'declined', 'cancelled')
  when 'in_progress' then p_to in ('completed', 'declined', 'cancelled')
  else false
end;

comment on function app.may_become(public.intervention_status, public.intervention_status) is
'Whether a case may go from one status to another, or stay.';

revoke all on function app.guard_intervention() from public;
revoke all on function app.may_become(public.intervention_status, public.intervention_status) from public;
grant execute on function app.may_become(public.intervention_status, public.intervention_status) to service_role;

-- Whoever writes an assignment, and also when a shift is moved and its assignments follow: first the shift is locked,
-- then the person, so that what the rules read stays true until this transaction ends. Everything takes its locks in
-- that order, several of a kind in theirs: nothing ever waits in a circle.
--
-- SECURITY DEFINER because the rules read what the writer may not: contracts and shifts at other sites. It answers
-- with the name of the rule.
create function app.guard_assignment() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_rest_minutes integer;
  v_is_cancelled boolean;
begin
  if new.deleted_at is not null then
    return new;
  end if;
  select shifts.deleted_at is not null into v_is_cancelled
  from public.shifts
  where shifts.org_id = new.org_id and shifts.id = new.shift_id
  for no key update;
  -- The foreign key refuses what points at nothing, after the policies have had their say.
  if not found then
    return new;
  end if;
  if v_is_cancelled then
    perform app.raise_error('not_found', 'There is no such shift.', '{"field": "shift_id"}');
  end if;
  perform app.lock_staff(new.org_id, array[new.user_id]);
  perform app.refuse_faults(new.org_id, new.shift_id, new.user_id, array[new.id]);
  if tg_op = 'INSERT' then
    select terms.minimum_rest_minutes into v_rest_minutes
    from app.staff_terms(new.org_id, new.user_id, new.shift_on) as terms;
    new.rest_minutes := v_rest_minutes;
  end if;
  return new;
end
$$;

comment on function app.guard_assignment() is
'Trigger _200_guard: nobody works a shift against the rules. Errors: conflict, whose details name the reason.';

-- By the key of the lock and not of the person: two people may share one.
create function app.lock_staff(p_org_id uuid, p_user_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key bigint;
begin
  for v_key in
    select distinct hashtextextended(format('rota %s %s', p_org_id, people.id), 0) as lock_key
    from unnest(p_user_ids) as people (id)
    order by lock_key
  loop
    perform pg_advisory_xact_lock(v_key);
  end loop;
end
$$;

comment on function app.lock_staff(uuid, uuid[]) is
'Until the transaction ends nobody else plans, or changes the availability of, these people.';

create function app.refuse_faults(p_org_id uuid, p_shift_id uuid, p_user_id uuid, p_without uuid[]) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_faults jsonb;
begin
  select jsonb_agg(jsonb_build_object('reason', faults.reason) || faults.details order by faults.reason)
  into v_faults
  from app.assignment_faults(p_org_id, p_shift_id, p_user_id, p_without) as faults;
  if v_faults is not null then
    perform app.raise_error(
      'conflict', 'This person cannot work this shift.', v_faults -> 0 || jsonb_build_object('reasons', v_faults),
      p_hint => 'check_assignment() tells all reasons before you save.'
    );
  end if;
end
$$;

comment on function app.refuse_faults(uuid, uuid, uuid, uuid[]) is
'Ends the request with conflict if a rule keeps somebody from a shift; details: the first reason, and all as reasons.';

revoke all on function app.guard_assignment() from public;
revoke all on function app.lock_staff(uuid, uuid[]) from public;
revoke all on function app.refuse_faults(uuid, uuid, uuid, uuid[]) from public;

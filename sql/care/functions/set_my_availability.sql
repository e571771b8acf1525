-- SECURITY DEFINER because nobody writes availability: stretches are cut where they overlap. Bound to the caller, who
-- is locked as for an assignment, so that nobody is assigned to what they rule out at that moment.
create function app.set_my_availability(p_starts_at timestamptz, p_ends_at timestamptz, p_kind public.availability_kind)
returns setof public.staff_availability
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_me constant uuid := app.my_id();
  v_during constant tstzrange := tstzrange(p_starts_at, p_ends_at);
begin
  if not exists (
    select from public.staff_members as staff
    where staff.org_id = v_org_id and staff.user_id = v_me and staff.deleted_at is null
  ) then
    perform app.raise_error('permission_denied', 'This is for those who work here.');
  end if;
  perform app.lock_for_availability(v_org_id, v_me, v_during);
  if p_kind = 'unavailable' and exists (
    select from public.shift_assignments as assignments
    where
      assignments.org_id = v_org_id and assignments.user_id = v_me and assignments.deleted_at is null
      and assignments.is_published and assignments.blocked_during && v_during
      and tstzrange(assignments.starts_at, assignments.ends_at) && v_during
  ) then
    perform app.raise_error(
      'conflict', 'You have a shift then.', '{"reason": "assigned"}', 'Ask a colleague to swap, or your manager.'
    );
  end if;
  -- What was said before of this stretch is over; what lies beside it stays.
  with cut as (
    update public.staff_availability as said set deleted_at = app.clock()
    where
      said.org_id = v_org_id and said.user_id = v_me and said.deleted_at is null
      and tstzrange(said.starts_at, said.ends_at) && v_during
    returning said.kind, tstzrange(said.starts_at, said.ends_at) as during
  ),
  stretches as (
    select cut.kind, unnest(tstzmultirange(cut.during) - tstzmultirange(v_during)) as during from cut
    union all
    select p_kind, v_during where p_kind is not null
  )
  insert into public.staff_availability (org_id, user_id, kind, starts_at, ends_at)
  select v_org_id, v_me, stretches.kind, lower(stretches.during), upper(stretches.during)
  from stretches;
  return query
  select said.*
  from public.staff_availability as said
  where
    said.org_id = v_org_id and said.user_id = v_me and said.deleted_at is null
    and said.starts_at <= p_ends_at and said.ends_at >= p_starts_at
  order by said.starts_at
  limit 500;
end
$$;

comment on function app.set_my_availability(timestamptz, timestamptz, public.availability_kind) is
'What public.set_my_availability does; bound to the caller.';

create function public.set_my_availability(
  p_starts_at timestamptz, p_ends_at timestamptz, p_kind public.availability_kind default null
)
returns setof public.staff_availability
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_person();
  perform app.check_input('p_starts_at', p_starts_at is not null, 'Say from when.');
  perform app.check_input(
    'p_ends_at', p_ends_at > p_starts_at and p_ends_at - p_starts_at <= interval '400 days',
    'An end is after the start, and at most 400 days.'
  );
  return query select stretches.* from app.set_my_availability(p_starts_at, p_ends_at, p_kind) as stretches;
end
$$;

comment on function public.set_my_availability(timestamptz, timestamptz, public.availability_kind) is
'Says of a stretch of time that the caller cannot work, or would like to; it replaces what they said of it before.
Nobody is asked why. The answer is what holds in and next to the stretch.
p_starts_at, p_ends_at: from when until when, at most 400 days. p_kind: unavailable, preferred; null: neither.
conflict (reason assigned): the caller has a published shift then. permission_denied: the caller is no member of
staff.
Errors: feature_disabled, not_authenticated, permission_denied, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.set_my_availability(timestamptz, timestamptz, public.availability_kind) from public;
grant execute on function app.set_my_availability(timestamptz, timestamptz, public.availability_kind) to authenticated;
revoke all on function public.set_my_availability(timestamptz, timestamptz, public.availability_kind)
from public, anon, authenticated, service_role;
grant execute on function public.set_my_availability(timestamptz, timestamptz, public.availability_kind)
to authenticated;

-- A draft stays a draft meanwhile: whoever publishes it waits, and then sees what was said.
create function app.lock_for_availability(p_org_id uuid, p_user_id uuid, p_during tstzrange) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_locked uuid[];
begin
  v_locked := array(
    select rotas.id
    from public.rota_weeks as rotas
    where rotas.org_id = p_org_id and rotas.id in (
      select mine.rota_week_id from app.weeks_of_person(p_org_id, p_user_id, p_during) as mine (rota_week_id)
    )
    order by rotas.id
    for share
  );
  perform app.lock_staff(p_org_id, array[p_user_id]);
  if exists (
    select from app.weeks_of_person(p_org_id, p_user_id, p_during) as mine (rota_week_id)
    where mine.rota_week_id <> all(v_locked)
  ) then
    perform app.raise_error(
      'conflict', 'Somebody plans you at this moment.', '{"reason": "busy"}', 'Try again.'
    );
  end if;
end
$$;

comment on function app.lock_for_availability(uuid, uuid, tstzrange) is
'Until the transaction ends nobody else plans this person, or publishes a rota on which they are in that time.';

create function app.weeks_of_person(p_org_id uuid, p_user_id uuid, p_during tstzrange) returns setof uuid
language sql stable
set search_path = ''
as $$
  select distinct rotas.id
  from public.shift_assignments as assignments
  inner join public.rota_weeks as rotas
    on
      assignments.org_id = rotas.org_id and assignments.site_id = rotas.site_id
      and assignments.week_on = rotas.week_on
  where
    assignments.org_id = p_org_id and assignments.user_id = p_user_id and assignments.deleted_at is null
    and assignments.blocked_during && p_during
$$;

comment on function app.weeks_of_person(uuid, uuid, tstzrange) is 'The rotas on which somebody is in a stretch of time.';

revoke all on function app.lock_for_availability(uuid, uuid, tstzrange) from public;
revoke all on function app.weeks_of_person(uuid, uuid, tstzrange) from public;

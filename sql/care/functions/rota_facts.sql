-- What a solver is told, for the worker that owns the database: the shifts of a week that lack people, who comes into
-- question, and for each of them and each shift what speaks against it. The rules are those of
-- app.assignment_faults().
create function app.rota_open_shifts(p_org_id uuid, p_rota_week_id uuid) returns table (
  shift_id uuid, starts_at timestamptz, ends_at timestamptz, minutes integer, open_count integer
)
language sql stable
set search_path = ''
as $$
  select
    shifts.id, shifts.starts_at, shifts.ends_at,
    (extract(epoch from shifts.ends_at - shifts.starts_at) / 60)::integer - shifts.break_minutes,
    shifts.needed_count - taken.places
  from public.shifts
  cross join lateral (
    select count(*)::integer as places from public.shift_assignments as assignments
    where
      assignments.org_id = shifts.org_id and assignments.shift_id = shifts.id and assignments.deleted_at is null
  ) as taken
  where
    shifts.org_id = p_org_id and shifts.rota_week_id = p_rota_week_id and shifts.deleted_at is null
    and shifts.starts_at > app.clock() and shifts.needed_count > taken.places
  order by shifts.starts_at, shifts.id
$$;

comment on function app.rota_open_shifts(uuid, uuid) is
'The shifts of a rota that are to come and need more people than are on them.';

create function app.rota_candidates(p_org_id uuid, p_rota_week_id uuid) returns table (
  shift_id uuid, user_id uuid, rest_minutes integer, maximum_minutes integer, planned_minutes integer,
  is_preferred boolean, reasons public.assignment_refusal[]
)
language sql stable
set search_path = ''
as $$
  select
    shifts.id, people.user_id, terms.minimum_rest_minutes, terms.weekly_maximum_minutes, planned.minutes,
    exists (
      select from public.staff_availability as availability
      where
        availability.org_id = p_org_id and availability.user_id = people.user_id
        and availability.kind = 'preferred' and availability.deleted_at is null
        and availability.starts_at <= shifts.starts_at and availability.ends_at >= shifts.ends_at
    ),
    array(
      select faults.reason from app.assignment_faults(p_org_id, shifts.id, people.user_id) as faults
      order by faults.reason
    )
  from app.rota_open_shifts(p_org_id, p_rota_week_id) as needed
  inner join public.shifts on shifts.org_id = p_org_id and shifts.id = needed.shift_id
  cross join lateral app.rota_people(p_org_id, shifts.site_id, shifts.week_on) as people
  cross join lateral app.staff_terms(p_org_id, people.user_id, shifts.shift_on) as terms
  cross join lateral (
    select coalesce(sum(assignments.work_minutes), 0)::integer as minutes
    from public.shift_assignments as assignments
    where
      assignments.org_id = p_org_id and assignments.user_id = people.user_id
      and assignments.week_on = shifts.week_on and assignments.deleted_at is null
  ) as planned
$$;

comment on function app.rota_candidates(uuid, uuid) is
'Each open shift of a rota with each who comes into question: their terms, what they work that week, what they would
like, and what speaks against it.';

create function app.save_rota_proposal(
  p_org_id uuid, p_rota_week_id uuid, p_is_optimal boolean, p_lines jsonb
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site_id uuid;
  v_id uuid;
begin
  -- Two that are made at once are one after the other; the later one is what is looked at.
  select rotas.site_id into v_site_id
  from public.rota_weeks as rotas
  where rotas.org_id = p_org_id and rotas.id = p_rota_week_id
  for no key update;
  update public.rota_proposals as older set status = 'superseded'
  where older.org_id = p_org_id and older.rota_week_id = p_rota_week_id and older.status = 'proposed';
  insert into public.rota_proposals (org_id, site_id, rota_week_id, place_count, filled_count, is_optimal)
  select
    p_org_id, v_site_id, p_rota_week_id,
    count(*) filter (where lines.assignee_id is not null) + coalesce(sum(lines.open_count), 0),
    count(*) filter (where lines.assignee_id is not null), p_is_optimal
  from jsonb_to_recordset(p_lines) as lines (assignee_id uuid, open_count integer)
  returning rota_proposals.id into v_id;
  insert into public.rota_proposal_lines (
    org_id, proposal_id, site_id, shift_id, assignee_id, open_count, refusals
  )
  select
    p_org_id, v_id, v_site_id, lines.shift_id, lines.assignee_id, coalesce(lines.open_count, 0),
    coalesce(lines.refusals, '{}')
  from jsonb_to_recordset(p_lines) as lines (shift_id uuid, assignee_id uuid, open_count smallint, refusals jsonb);
  return v_id;
end
$$;

comment on function app.save_rota_proposal(uuid, uuid, boolean, jsonb) is
'Keeps a proposal for a rota; the one before is superseded.
p_lines: a list of {shift_id, assignee_id}, and {shift_id, open_count, refusals} for what stays open.';

revoke all on function app.rota_open_shifts(uuid, uuid) from public;
revoke all on function app.rota_candidates(uuid, uuid) from public;
revoke all on function app.save_rota_proposal(uuid, uuid, boolean, jsonb) from public;

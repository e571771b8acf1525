-- The doses of orders, from where each was planned to. A time of day is one dose a day, by the clocks of the site: in
-- an hour that clocks skip it is due when they have skipped it, in one that comes twice the second time. Two times
-- that fall on one moment are one dose. What was planned before stays; whoever runs it again adds nothing.
create function app.plan_doses(p_org_id uuid, p_order_ids uuid[], p_until_at timestamptz) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  insert into public.medication_doses (
    org_id, resident_id, site_id, order_id, due_on, due_time, due_at, window_starts_at, window_ends_at
  )
  select
    orders.org_id, orders.resident_id, orders.site_id, orders.id, days.day, times.time_of_day, moments.due_at,
    moments.due_at - make_interval(mins => orders.window_minutes),
    moments.due_at + make_interval(mins => orders.window_minutes)
  from app.medication_plans as plans
  inner join public.medication_orders as orders on orders.org_id = plans.org_id and orders.id = plans.order_id
  inner join public.sites on sites.org_id = orders.org_id and sites.id = orders.site_id
  inner join public.organizations on organizations.id = orders.org_id
  cross join lateral (
    select
      coalesce(sites.time_zone, organizations.time_zone)::text as zone,
      -- After a long standstill, what nobody was shown in time is not made up for.
      greatest(plans.planned_until_at, app.clock() - interval '2 days') as from_at
  ) as span
  cross join lateral generate_series(
    0, (p_until_at at time zone span.zone)::date - (span.from_at at time zone span.zone)::date
  ) as steps (n)
  cross join lateral (select (span.from_at at time zone span.zone)::date + steps.n as day) as days
  cross join lateral unnest(orders.times_of_day) as times (time_of_day)
  cross join lateral (select (days.day + times.time_of_day) at time zone span.zone as due_at) as moments
  where
    plans.org_id = p_org_id and plans.order_id = any(p_order_ids) and orders.status = 'active'
    and moments.due_at >= span.from_at and moments.due_at < p_until_at
    and moments.due_at >= orders.starts_at and (orders.ends_at is null or moments.due_at < orders.ends_at)
    and (orders.weekdays is null or extract(isodow from days.day)::smallint = any(orders.weekdays))
    and (
      orders.every_days is null
      or (days.day - (orders.starts_at at time zone span.zone)::date) % orders.every_days = 0
    )
  order by moments.due_at, orders.id
  on conflict do nothing;
  get diagnostics v_count = row_count;

  update app.medication_plans as plans set planned_until_at = greatest(plans.planned_until_at, p_until_at)
  where plans.org_id = p_org_id and plans.order_id = any(p_order_ids);
  return v_count;
end
$$;

comment on function app.plan_doses(uuid, uuid[], timestamptz) is
'Plans the doses of these orders up to a moment, from where each was planned to; how many it added. Idempotent: yes.';

create function app.dose_horizon() returns timestamptz
language sql stable
return app.clock() + interval '48 hours';

comment on function app.dose_horizon() is 'Up to when doses are planned.';

-- An order is looked at when less than 36 hours are left, and then planned for 48: twice a day, however often this
-- runs.
create function app.job_plan_medication_doses(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_due uuid[];
begin
  v_due := array(
    select plans.order_id
    from app.medication_plans as plans
    where plans.org_id = p_org_id and plans.planned_until_at < app.clock() + interval '36 hours'
    order by plans.planned_until_at
    limit p_limit
    for update skip locked
  );
  -- What ended has nothing left to plan; those who are gone take nothing.
  delete from app.medication_plans as plans
  using public.medication_orders as orders
  inner join public.residents on residents.org_id = orders.org_id and residents.id = orders.resident_id
  where
    plans.org_id = p_org_id and plans.order_id = any(v_due)
    and orders.org_id = plans.org_id and orders.id = plans.order_id
    and (
      orders.status <> 'active' or orders.ends_at <= plans.planned_until_at
      or residents.status in ('discharged', 'deceased')
    );
  perform app.plan_doses(p_org_id, v_due, app.dose_horizon());
  return cardinality(v_due);
end
$$;

comment on function app.job_plan_medication_doses(uuid, integer) is
'Scheduled: plans the doses of the next 48 hours, for p_limit orders at a time. Idempotent: yes.';

revoke all on function app.plan_doses(uuid, uuid[], timestamptz) from public;
revoke all on function app.dose_horizon() from public;
revoke all on function app.job_plan_medication_doses(uuid, integer) from public;

-- Lakeside has many homes, and Harbor as many again. Carl (carer at one of them) looks at his round: the database reads
-- that page by its index and nobody else's doses; the job finds the few that were missed among all.
begin;
select plan(4);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as select tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl from story;
create temporary table ruths as
select org_id, site_id, tests.make_resident(org_id, site_id, 'Ruth') as id
from (
  select lakeside as org_id, elms as site_id from story
  union all
  select lakeside, tests.make_site(lakeside, 'Home ' || n) from story cross join generate_series(1, 5) as n
  union all
  select harbor, tests.make_site(harbor, 'Home ' || n) from story cross join generate_series(1, 6) as n
) as places;
grant select on story, people, ruths to public;
insert into public.medication_orders (
  org_id, id, resident_id, site_id, route, details, dose_quantity, unit, times_of_day, starts_at
)
select org_id, id, id, site_id, 'oral', app.plain('{"name": "x", "dose": "x", "prescriber": "x"}'::jsonb), 1, 'ml',
  '{08:00}', '2020-01-01Z'
from ruths;
insert into public.medication_doses (
  org_id, resident_id, site_id, order_id, due_on, due_time, due_at, window_starts_at, window_ends_at, status
)
select ruths.org_id, ruths.id, ruths.site_id, ruths.id, due.at::date, due.at::time, due.at, due.at, due.at + interval '1 hour',
  case when due.at < '2026-12-01Z' then 'given' else 'planned' end::public.medication_dose_status
from ruths
cross join lateral (
  select timestamptz '2026-12-02 00:00Z' - n * interval '1 hour' as at from generate_series(1, 1500) as n
) as due;
analyze public.medication_doses;

create function pg_temp.plan(p_query text) returns text language plpgsql as $$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute 'explain (analyze, costs off, timing off, summary off) ' || p_query loop
    v_plan := v_plan || v_line || e'\n';
  end loop;
  return v_plan;
end
$$;

select tests.act_as((select carl from people));
create temporary table found as
select pg_temp.plan(format(
  $$ select doses.* from public.medication_doses as doses
     where doses.org_id = %L and doses.site_id = %L
       and doses.due_at >= '2026-11-01Z' and doses.due_at < '2026-11-03Z' and doses.status <> 'cancelled'
     order by doses.due_at, doses.id limit 20 $$, lakeside, elms
)) as plan from story;
select matches((select plan from found), 'medication_doses_site_id_idx', 'a round is read by its index');
select doesnt_match((select plan from found), 'Seq Scan on medication_doses|rows=[0-9]{3}', 'and no more than the two days of this home');
select is(
  (select count(*) from public.list_medication_round(
    (select elms from story), '2026-11-01Z', '2026-11-03Z', 'treatment', 20)), 20::bigint, 'a page is a page'
);
select tests.act_as_system();
select matches(
  (select pg_temp.plan(format(
    $$ select doses.id from public.medication_doses as doses
       where doses.org_id = %L and doses.status = 'planned' and doses.window_ends_at <= '2026-12-01 03:00Z'
       order by doses.window_ends_at limit 500 $$, lakeside)) from story),
  'medication_doses_open_idx', 'what was missed is found among what is open'
);
select * from finish();
rollback;

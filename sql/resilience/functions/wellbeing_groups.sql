-- The same figures of everybody together, of each team, and of those without one, told or not.
create function app.wellbeing_groups(p_org_id uuid, p_from date, p_to date) returns table (
  team_id uuid,
  is_whole boolean,
  providers bigint,
  assessed integer,
  checked_in integer,
  median_score numeric,
  average_score numeric,
  lower_quartile numeric,
  upper_quartile numeric,
  elevated bigint,
  trained bigint,
  helped bigint,
  median_effect numeric,
  correlation numeric
)
language sql stable
set search_path = ''
as $$
  select
    people.team_id,
    grouping(people.team_id) = 1,
    count(*),
    count(people.score)::integer,
    (count(*) filter (where people.has_checked_in))::integer,
    percentile_cont(0.5) within group (order by people.score)::numeric,
    avg(people.score),
    percentile_cont(0.25) within group (order by people.score)::numeric,
    percentile_cont(0.75) within group (order by people.score)::numeric,
    count(*) filter (where people.is_elevated),
    count(*) filter (where people.is_trained),
    count(people.effect),
    percentile_cont(0.5) within group (order by people.effect)::numeric,
    (corr(people.encounter_count, people.score) filter (where people.score is not null))::numeric
  from app.wellbeing_people(p_org_id, p_from, p_to) as people
  group by grouping sets ((), (people.team_id))
$$;

comment on function app.wellbeing_groups(uuid, date, date) is
'Figures of a month for an organization, its teams and those in none; for app.freeze_wellbeing_month() alone.';

revoke all on function app.wellbeing_groups(uuid, date, date) from public;

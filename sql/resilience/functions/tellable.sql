-- Which groups of a month may be told: five people or more, and none that can be had by subtraction. The whole less all
-- teams that are told leaves those who are not; if they were one to four, the smallest team stays untold with them.
create function app.tellable_groups(p_whole integer, p_teams uuid[], p_counts integer[]) returns uuid[]
language sql immutable
set search_path = ''
as $$
  with enough as (
    select teams.id, teams.people, row_number() over (order by teams.people, teams.id) as place
    from unnest(p_teams, p_counts) as teams (id, people)
    where teams.people >= 5
  ),
  untold as (
    select p_whole - coalesce(sum(enough.people), 0) as people from enough
  )
  select coalesce(array_agg(enough.id order by enough.id), '{}')
  from enough
  cross join untold
  where untold.people not between 1 and 4 or enough.place > 1
$$;

comment on function app.tellable_groups(integer, uuid[], integer[]) is
'Of teams with so many people each, and so many in all, those whose figures may be told beside the figure of all.';

-- A share tells of those it is true of and of those it is not: of both there are five or more in each team that is
-- told, and in what is left of the whole, or nobody is left at all. If not, the smallest team stays untold with them.
create function app.tellable_shares(
  p_count integer, p_all integer, p_teams uuid[], p_counts integer[], p_alls integer[]
) returns uuid[]
language sql immutable
set search_path = ''
as $$
  with enough as (
    select
      teams.id, teams.people, teams.everybody - teams.people as others,
      row_number() over (order by teams.everybody, teams.id) as place
    from unnest(p_teams, p_counts, p_alls) as teams (id, people, everybody)
    where app.tellable_percent(teams.people, teams.everybody) is not null
  ),
  untold as (
    select
      p_count - coalesce(sum(enough.people), 0) as people,
      p_all - p_count - coalesce(sum(enough.others), 0) as others
    from enough
  )
  select coalesce(array_agg(enough.id order by enough.id), '{}')
  from enough
  cross join untold
  where (untold.people >= 5 and untold.others >= 5) or untold.people + untold.others = 0 or enough.place > 1
$$;

comment on function app.tellable_shares(integer, integer, uuid[], integer[], integer[]) is
'Of teams with so many people each of whom something is true, and so many in all, those whose share may be told beside
the share of the whole.';

-- A share of people, told only where those it is true of and those it is not are five or more each.
create function app.tellable_percent(p_count bigint, p_all bigint) returns smallint
language sql immutable
return case when p_count >= 5 and p_all - p_count >= 5 then round(100.0 * p_count / p_all)::smallint end;

comment on function app.tellable_percent(bigint, bigint) is
'p_count of p_all in percent; null where five or more are not on either side.';

revoke all on function app.tellable_groups(integer, uuid[], integer[]) from public;
revoke all on function app.tellable_shares(integer, integer, uuid[], integer[], integer[]) from public;
revoke all on function app.tellable_percent(bigint, bigint) from public;

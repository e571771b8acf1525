-- Weeks and not days: who works three shifts of twelve hours a week would never have a streak. Without penalty: a week
-- left out waits for the next one, so that leave, illness or a forgotten week end nothing; the longest is kept; nothing
-- in the hub depends on it, nobody is told of it, and nobody else can ask.
create function public.get_my_checkin_streak() returns table (
  checkin_count integer,
  week_count integer,
  current_weeks integer,
  longest_weeks integer,
  is_this_week_done boolean
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_this_week constant date := date_trunc('week', app.today())::date;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_member();
  return query
  with days as (
    select checkins.checkin_date
    from public.provider_daily_checkins as checkins
    where checkins.org_id = (select app.current_org()) and checkins.user_id = (select auth.uid())
    union all
    select unnamed.checkin_date from app.my_anonymous_checkins(null, null) as unnamed
  ),
  weeks as (
    select date_trunc('week', days.checkin_date)::date as week, count(*) as days from days group by 1
  ),
  -- A streak begins where two weeks and more were left out before.
  begun as (
    select
      weeks.*,
      coalesce(weeks.week - lag(weeks.week) over (order by weeks.week) > 14, true) as is_first
    from weeks
  ),
  numbered as (
    select begun.*, count(*) filter (where begun.is_first) over (order by begun.week) as streak from begun
  ),
  streaks as (
    select max(numbered.week) as last_week, count(*)::integer as weeks from numbered group by numbered.streak
  )
  select
    coalesce((select sum(weeks.days) from weeks), 0)::integer,
    coalesce((select count(*) from weeks), 0)::integer,
    -- This week is not left out before it is over.
    coalesce((select streaks.weeks from streaks where streaks.last_week >= v_this_week - 14), 0),
    coalesce((select max(streaks.weeks) from streaks), 0),
    exists (select from weeks where weeks.week = v_this_week);
end
$$;

comment on function public.get_my_checkin_streak() is
'How steadily the caller checks in, for themselves alone; anonymous check-ins count.
checkin_count: check-ins in all. week_count: weeks (from Monday) with one or more.
current_weeks: weeks with a check-in, of which no two in a row were left out, up to now; 0: none goes on.
longest_weeks: the longest there ever was. is_this_week_done: whether there is one in this week.
Never null: checkin_count, week_count, current_weeks, longest_weeks, is_this_week_done.
Errors: feature_disabled, permission_denied, not_authenticated.';

revoke all on function public.get_my_checkin_streak() from public, anon, authenticated, service_role;
grant execute on function public.get_my_checkin_streak() to authenticated;

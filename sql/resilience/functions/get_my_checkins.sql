create function public.get_my_checkins(
  p_from date default null,
  p_to date default null,
  p_limit integer default 90
) returns setof public.own_checkin
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  perform app.check_input(
    'p_to', p_from is null or p_to is null or p_from <= p_to, 'The range ends before it begins.'
  );

  return query
  with named as (
    select checkins.*
    from public.provider_daily_checkins as checkins
    where
      checkins.org_id = (select app.current_org())
      and checkins.user_id = (select auth.uid())
      and (p_from is null or checkins.checkin_date >= p_from)
      and (p_to is null or checkins.checkin_date <= p_to)
    order by checkins.checkin_date desc
    limit p_limit
  ),

  own as (
    select (app.own_checkin(named::public.provider_daily_checkins)).* from named
    union all
    select unnamed.* from app.my_anonymous_checkins(p_from, p_to) as unnamed
  )

  select own.* from own
  order by own.checkin_date desc
  limit p_limit;
end
$$;

comment on function public.get_my_checkins(date, date, integer) is
'The caller''s own check-ins, newest first, those that are anonymous among them.
p_from, p_to: first and last day, both included; open when null.
p_limit: at most so many, 1 to 1000.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_my_checkins(date, date, integer) from public, anon, authenticated, service_role;
grant execute on function public.get_my_checkins(date, date, integer) to authenticated;

-- Below a fifth of the providers on each of the last fourteen days that are over. A day that tells nothing had fewer
-- than five check-ins, which is below a fifth only where there are 21 providers and more.
create function app.job_alert_low_engagement(p_org_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_day_count constant integer := 14;
  v_today constant date := app.organization_day(p_org_id);
  v_low_count integer;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  select count(*) into v_low_count
  from public.provider_checkin_days as days
  where
    days.org_id = p_org_id and days.checkin_date >= v_today - v_day_count and days.checkin_date < v_today
    and coalesce(days.people_count, 4) * 5 < days.provider_count;
  if v_low_count < v_day_count then
    return 0;
  end if;
  -- One row of such days is told of once a month, however long it lasts.
  return app.alert_leads(
    p_org_id, 'resilience.low_engagement', 'Few providers check in',
    'For two weeks and more fewer than a fifth of your providers have checked in each day. '
    || 'The resilience dashboard shows since when.',
    date_trunc('month', v_today)::date
  );
end
$$;

comment on function app.job_alert_low_engagement(uuid) is
'Scheduled: tells an organization''s leads when fewer than 20 % of its providers checked in on each of fourteen days;
once a month. Idempotent: yes.';

revoke all on function app.job_alert_low_engagement(uuid) from public;

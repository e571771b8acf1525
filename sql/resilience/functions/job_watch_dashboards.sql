-- What a lead's dashboard reads, timed where it is read. A run that finds it slow fails: whoever runs the platform is
-- told of a job that fails, once, and hears no more until it has been well again (alert_job_failure).
create function app.job_watch_dashboards(p_org_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_slow constant interval := interval '1 second';
  v_began constant timestamptz := clock_timestamp();
  v_taken interval;
begin
  perform months.* from public.provider_wellbeing_months as months
  where
    months.org_id = p_org_id
    and months.month >= date_trunc('month', app.organization_day(p_org_id)) - interval '6 months';
  perform days.* from public.provider_checkin_days as days
  where days.org_id = p_org_id and days.checkin_date >= app.organization_day(p_org_id) - 13;
  v_taken := clock_timestamp() - v_began;
  if v_taken > v_slow then
    raise exception 'The dashboard of organization % took % ms, more than a second.',
      p_org_id, round(1000 * extract(epoch from v_taken));
  end if;
end
$$;

comment on function app.job_watch_dashboards(uuid) is
'Scheduled: fails where the figures of an organization take more than a second to read, which is told like any failure.';

revoke all on function app.job_watch_dashboards(uuid) from public;

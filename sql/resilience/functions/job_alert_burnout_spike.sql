-- More than a tenth of the providers reached critical in the week that ended last Sunday. Fewer than five people are no
-- alert: it would point at them.
create function app.job_alert_burnout_spike(p_org_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_this_week constant date := date_trunc('week', app.organization_day(p_org_id));
  v_week constant date := v_this_week - 7;
  v_critical_count integer;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  select count(distinct critical.user_id) into v_critical_count
  from public.provider_burnout_assessments as critical
  inner join public.provider_consents as consents
    on consents.org_id = critical.org_id and consents.user_id = critical.user_id and consents.withdrawn_at is null
  where
    critical.org_id = p_org_id and critical.assessment_date >= v_week and critical.assessment_date < v_this_week
    and critical.risk_level = 'critical'
    -- Who was critical before has not become so this week.
    and coalesce(
      (
        select before.risk_level <> 'critical'
        from public.provider_burnout_assessments as before
        where
          before.org_id = critical.org_id and before.user_id = critical.user_id and before.assessment_date < v_week
        order by before.assessment_date desc, before.id desc
        limit 1
      ),
      true
    );
  if v_critical_count < 5 or v_critical_count * 10 <= app.count_providers(p_org_id) then
    return 0;
  end if;
  return app.alert_leads(
    p_org_id, 'resilience.burnout_spike', 'Burnout has risen',
    'More than a tenth of your providers reached a critical burnout score in the week from {{ since }}. '
    || 'The resilience dashboard shows how the organization is.',
    v_week
  );
end
$$;

comment on function app.job_alert_burnout_spike(uuid) is
'Scheduled: tells an organization''s leads once when more than 10 % of its providers, and five at least, became critical
in a week (Monday to Sunday). Idempotent: yes.';

revoke all on function app.job_alert_burnout_spike(uuid) from public;

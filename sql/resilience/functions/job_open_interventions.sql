-- Each assessment asks once: whoever declines is not asked again before the next one. It offers and tells nobody: a
-- message in the outbox would name whoever is at risk.
create function app.job_open_interventions(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_due record;
  v_opened integer := 0;
  v_invited integer := 0;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  for v_due in
    select elevated.id, elevated.user_id, elevated.risk_level, elevated.composite_burnout_score as composite
    from public.provider_burnout_assessments as elevated
    where
      elevated.org_id = p_org_id
      and elevated.risk_level in ('high', 'critical')
      and not elevated.intervention_triggered
      and not exists (
        select from public.provider_burnout_assessments as newer
        where
          newer.org_id = p_org_id and newer.user_id = elevated.user_id
          and (newer.assessment_date, newer.id) > (elevated.assessment_date, elevated.id)
      )
      and app.consent_level(p_org_id, elevated.user_id) is not null
      and app.find_provider(p_org_id, elevated.user_id) is not null
    order by elevated.composite_burnout_score desc
    limit p_limit
  loop
    perform app.offer_help(p_org_id, v_due.user_id, v_due.risk_level, v_due.composite);
    update public.provider_burnout_assessments as assessments set intervention_triggered = true
    where assessments.org_id = p_org_id and assessments.id = v_due.id;
    v_opened := v_opened + 1;
  end loop;

  -- Circles that have room by now, for those who were offered one when none had.
  for v_due in
    select cases.id, cases.user_id
    from public.provider_interventions as cases
    where
      cases.org_id = p_org_id
      and cases.status in ('proposed', 'open')
      and cases.kind = 'circle_invitation'
      and not exists (
        select from public.provider_support_circle_invitations as invitations
        where
          invitations.org_id = p_org_id and invitations.intervention_id = cases.id
          and invitations.user_id = cases.user_id
      )
    order by cases.id
    limit p_limit
  loop
    if app.invite_by_rule(p_org_id, v_due.user_id, v_due.id) then
      v_invited := v_invited + 1;
    end if;
  end loop;
  return greatest(v_opened, v_invited);
end
$$;

comment on function app.job_open_interventions(uuid, integer) is
'Scheduled: offers help to whose newest assessment is high or critical, and a circle to whoever was offered one
while none had room; p_limit at a time. Idempotent: yes.';

revoke all on function app.job_open_interventions(uuid, integer) from public;

-- What time does to cases: invitations end, offers that nobody took up lapse a month after they were due, and later
-- assessments show the effect. Until rescore_due_on the newest score counts, and if there was none, the first after.
create function app.job_follow_interventions(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_expired uuid[];
  v_lapsed uuid[];
  v_scored integer;
begin
  with expired as (
    update public.provider_support_circle_invitations as invitations set status = 'expired'
    where (invitations.org_id, invitations.id) in (
      select old.org_id, old.id
      from public.provider_support_circle_invitations as old
      where old.org_id = p_org_id and old.status = 'pending' and old.expires_at <= app.clock()
      limit p_limit
      for update skip locked
    )
    returning invitations.id, invitations.intervention_id
  )
  select array_agg(coalesce(expired.intervention_id, expired.id)) into v_expired from expired;

  with lapsed as (
    update public.provider_interventions as cases set status = 'cancelled', outcome = 'unknown'
    where (cases.org_id, cases.id) in (
      select old.org_id, old.id
      from public.provider_interventions as old
      where
        old.org_id = p_org_id and old.status = 'proposed'
        and (old.id = any(v_expired) or old.due_on < app.organization_day(p_org_id, app.clock()) - 30)
      limit p_limit
      for update skip locked
    )
    returning cases.id
  )
  select array_agg(lapsed.id) into v_lapsed from lapsed;

  v_scored := app.score_interventions(p_org_id, p_limit);
  return greatest(coalesce(cardinality(v_expired), 0), coalesce(cardinality(v_lapsed), 0), v_scored);
end
$$;

comment on function app.job_follow_interventions(uuid, integer) is
'Scheduled: ends invitations and offers whose time is over, and fills in the scores after; p_limit at a time.
Idempotent: yes.';

create function app.score_interventions(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_today constant date := app.organization_day(p_org_id);
  v_zone text;
  v_count integer;
begin
  select organizations.time_zone into v_zone from public.organizations where organizations.id = p_org_id;
  update public.provider_interventions as cases
  set score_after = newer.composite
  from (
    select old.id, latest.composite
    from app.latest_burnout_level(p_org_id) as latest
    inner join public.provider_interventions as old
      on old.org_id = p_org_id and old.user_id = latest.user_id
    where
      old.status in ('open', 'in_progress', 'completed')
      and latest.assessment_date > (old.opened_at at time zone v_zone)::date
      and (old.score_after is null or (old.score_after <> latest.composite and old.rescore_due_on >= v_today))
      and app.consent_level(p_org_id, latest.user_id) is not null
    limit p_limit
    for update of old skip locked
  ) as newer
  where cases.org_id = p_org_id and cases.id = newer.id;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.score_interventions(uuid, integer) is
'Writes the score of the newest assessment since a case was opened into it; how many cases changed.';

revoke all on function app.job_follow_interventions(uuid, integer) from public;
revoke all on function app.score_interventions(uuid, integer) from public;

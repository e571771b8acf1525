-- Once a day: the figures are counted anew, because days have passed, and managers are told how many gaps there are at
-- their sites. Counts only: nobody is named. No gap, no message.
create function app.job_remind_compliance(p_org_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_on constant date := app.organization_day(p_org_id);
  v_digest record;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  perform app.refresh_compliance(p_org_id);
  perform app.ensure_words(
    p_org_id, 'care.compliance_digest', 'Training and checks today',
    'Missing: {{ missing }}, expired: {{ expired }}, to renew in 30 days: {{ expiring }}. See {{ link }}',
    '{"missing": "number", "expired": "number", "expiring": "number", "on": "date", "link": "link"}'
  );
  for v_digest in
    select
      seen.user_id, sum(seen.required_count - seen.compliant_count - seen.expired_count) as missing,
      sum(seen.expired_count) as expired, sum(seen.expiring_count) as expiring
    from (
      -- Each line once, by whichever role of theirs somebody sees it.
      select distinct on (leads.user_id, stats.id) leads.user_id, stats.*
      from app.staff_posts(p_org_id, v_on) as leads
      inner join public.compliance_stats as stats
        on stats.org_id = p_org_id and (leads.site_id is null or leads.site_id = stats.site_id)
      where leads.role = 'compliance_lead' or (leads.role = 'manager' and stats.site_id is not null)
      order by leads.user_id, stats.id
    ) as seen
    group by seen.user_id
    having sum(seen.required_count - seen.compliant_count + seen.expiring_count) > 0
  loop
    v_count := v_count + app.tell_people(
      p_org_id, array[v_digest.user_id], 'care.compliance_digest',
      jsonb_build_object(
        'missing', least(v_digest.missing, 999999), 'expired', least(v_digest.expired, 999999),
        'expiring', least(v_digest.expiring, 999999), 'on', v_on, 'link', '/compliance'
      ),
      v_on::text
    );
  end loop;
  return v_count;
end
$$;

comment on function app.job_remind_compliance(uuid) is
'Scheduled: counts the figures of required training anew, and tells managers and compliance leads how many gaps there
are, once a day. Idempotent: yes.';

revoke all on function app.job_remind_compliance(uuid) from public;

-- The one place where workload and risk read the burnout assessments.
create function app.latest_burnout(p_org_id uuid, p_user_id uuid)
returns table (composite numeric, assessment_date date, previous_composite numeric)
language sql stable
set search_path = ''
as $$
  select
    latest.composite_burnout_score, latest.assessment_date,
    -- A trend is of one instrument: the scales of two are not the same.
    (
      select former.composite_burnout_score
      from public.provider_burnout_assessments as former
      where
        former.org_id = p_org_id and former.user_id = p_user_id and former.instrument_id = latest.instrument_id
        and (former.assessment_date, former.id) < (latest.assessment_date, latest.id)
      order by former.assessment_date desc, former.id desc
      limit 1
    )
  from public.provider_burnout_assessments as latest
  where latest.org_id = p_org_id and latest.user_id = p_user_id
  order by latest.assessment_date desc, latest.id desc
  limit 1
$$;

comment on function app.latest_burnout(uuid, uuid) is
'Somebody''s latest burnout assessment and the composite of the one before by the same instrument; no row without one.';

-- Of everybody at once, for figures that are kept ready.
create function app.latest_burnouts() returns table (org_id uuid, practitioner_id uuid, composite numeric)
language sql stable
set search_path = ''
as $$
  select distinct on (assessments.org_id, assessments.user_id)
    assessments.org_id, assessments.practitioner_id, assessments.composite_burnout_score
  from public.provider_burnout_assessments as assessments
  order by assessments.org_id, assessments.user_id, assessments.assessment_date desc, assessments.id desc
$$;

comment on function app.latest_burnouts() is 'The composite of everybody''s latest burnout assessment.';

revoke all on function app.latest_burnout(uuid, uuid) from public;
revoke all on function app.latest_burnouts() from public;

-- Reviews of care plans. A month is what is left where an organization says nothing: the National Minimum Standards for
-- Care Homes for Older People (7.4) ask for a review at least once a month.
create function app.care_plan_review_due(
  p_org_id uuid, p_risk_level public.care_plan_risk_level, p_from date
) returns date
language sql stable
set search_path = ''
as $$
  select coalesce(
    (
      select p_from + intervals.review_days
      from public.care_plan_review_intervals as intervals
      where
        intervals.org_id = p_org_id and intervals.risk_level = p_risk_level and intervals.deleted_at is null
    ),
    (p_from + interval '1 month')::date
  )
$$;

comment on function app.care_plan_review_due(uuid, public.care_plan_risk_level, date) is
'By which day a plan of this risk is reviewed that was published or reviewed on a day.';

-- A review that is ahead comes sooner when the risk has risen, and never later because a plan was published again.
create function app.schedule_care_plan_review(p_version public.care_plan_versions) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_today constant date := (app.clock() at time zone app.site_zone(p_version.org_id, p_version.site_id))::date;
  v_due_on constant date := app.care_plan_review_due(p_version.org_id, p_version.risk_level, v_today);
begin
  update public.care_plan_reviews as reviews
  set risk_level = p_version.risk_level, due_on = least(reviews.due_on, v_due_on)
  where
    reviews.org_id = p_version.org_id and reviews.care_plan_id = p_version.care_plan_id
    and reviews.status = 'scheduled';
  if not found then
    insert into public.care_plan_reviews (org_id, care_plan_id, resident_id, site_id, risk_level, due_on)
    values (
      p_version.org_id, p_version.care_plan_id, p_version.resident_id, p_version.site_id, p_version.risk_level, v_due_on
    );
  end if;
end
$$;

comment on function app.schedule_care_plan_review(public.care_plan_versions) is
'Schedules the review of a plan whose version was published, or brings it forward.';

-- SECURITY DEFINER because nobody writes the table; app.find_care_plan() is the authorization.
create function app.complete_care_plan_review(
  p_review_id uuid, p_outcome public.care_plan_review_outcome, p_note text
) returns public.care_plan_reviews
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_plan public.care_plans;
  v_review public.care_plan_reviews;
  v_active public.care_plan_versions;
begin
  select reviews.* into v_review
  from public.care_plan_reviews as reviews
  where reviews.org_id = app.current_org() and reviews.id = p_review_id;
  v_plan := app.find_care_plan(v_review.care_plan_id);
  update public.care_plan_reviews as reviews
  set
    status = 'completed', reviewed_at = app.clock(), reviewed_by = app.signing_staff(), outcome = p_outcome,
    note = app.plain(p_note)
  where reviews.org_id = v_plan.org_id and reviews.id = v_review.id and reviews.status = 'scheduled'
  returning reviews.* into v_review;
  if not found then
    perform app.raise_error('conflict', 'This review is done.');
  end if;
  if p_outcome = 'ended' then
    perform app.end_care_plan(v_plan.id);
    return v_review;
  end if;
  select versions.* into v_active
  from public.care_plan_versions as versions
  where versions.org_id = v_plan.org_id and versions.care_plan_id = v_plan.id and versions.status = 'active';
  perform app.schedule_care_plan_review(v_active);
  return v_review;
end
$$;

comment on function app.complete_care_plan_review(uuid, public.care_plan_review_outcome, text) is
'What public.complete_care_plan_review does; app.find_care_plan() authorizes.';

create function app.job_tell_care_reviews(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site record;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  for v_site in
    with due as (
      select reviews.id
      from public.care_plan_reviews as reviews
      where
        reviews.org_id = p_org_id and reviews.status = 'scheduled' and reviews.told_at is null
        and reviews.due_on <= app.organization_day(p_org_id)
      order by reviews.due_on
      limit p_limit
      for update skip locked
    ),
    told as (
      update public.care_plan_reviews as reviews set told_at = app.clock()
      from due
      where reviews.org_id = p_org_id and reviews.id = due.id
      returning reviews.id, reviews.site_id
    )
    select told.site_id, count(*) as reviews, (array_agg(told.id order by told.id desc))[1] as last_id
    from told
    group by told.site_id
  loop
    v_count := v_count + v_site.reviews;
    perform app.tell_care_managers(
      p_org_id, v_site.site_id, 'care.due_reviews', 'Care plans are due for review',
      'Care plans are to be looked at again. Look here: {{ link }}', v_site.last_id::text
    );
  end loop;
  return v_count;
end
$$;

comment on function app.job_tell_care_reviews(uuid, integer) is
'Scheduled: tells the managers of a site that reviews of care plans are due there, once for each review, p_limit at a
time. Idempotent: yes.';

revoke all on function app.care_plan_review_due(uuid, public.care_plan_risk_level, date) from public;
revoke all on function app.schedule_care_plan_review(public.care_plan_versions) from public;
revoke all on function app.complete_care_plan_review(uuid, public.care_plan_review_outcome, text) from public;
revoke all on function app.job_tell_care_reviews(uuid, integer) from public;
grant execute on function app.complete_care_plan_review(
  uuid, public.care_plan_review_outcome, text
) to authenticated;

-- The one place where something follows from an assessment. Called by app.keep_assessed() after it was written, as the
-- owner of the tables; granted to nobody.
--
-- Only the newest that stands has consequences: one that is entered late after a newer one moves nothing. The schedule
-- is locked first, so that of two at once the second sees the first.
create function app.follow_up_assessment(p_assessment public.assessments) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_schedule_id uuid;
  v_rule record;
begin
  v_schedule_id := app.lock_assessment_schedule(p_assessment);
  update public.assessment_follow_ups as follow_ups set cancelled_at = app.clock()
  where
    follow_ups.org_id = p_assessment.org_id and follow_ups.assessment_id = p_assessment.corrects_id
    and follow_ups.resident_id = p_assessment.resident_id
    and follow_ups.done_at is null and follow_ups.cancelled_at is null;
  perform app.move_assessment_schedule(p_assessment.org_id, v_schedule_id);
  -- What is entered after they left is history.
  if app.is_gone(p_assessment.org_id, p_assessment.resident_id) or p_assessment.id is distinct from (
    select newest.id
    from app.newest_assessment(
      p_assessment.org_id, p_assessment.resident_id, p_assessment.instrument_code
    ) as newest
  ) then
    return;
  end if;

  select rules.* into v_rule
  from app.assessment_rule(
    p_assessment.org_id, p_assessment.instrument_code, p_assessment.band, p_assessment.total
  ) as rules;
  if v_rule.follow_up_kind is not null then
    insert into public.assessment_follow_ups (
      org_id, resident_id, site_id, assessment_id, kind, severity, due_at
    )
    values (
      p_assessment.org_id, p_assessment.resident_id, p_assessment.site_id, p_assessment.id, v_rule.follow_up_kind,
      p_assessment.severity, p_assessment.assessed_at + v_rule.due_within
    );
  end if;
  if cardinality(v_rule.notify_roles) > 0 then
    perform app.tell_of_assessment(p_assessment, v_rule.notify_roles);
  end if;
end
$$;

comment on function app.follow_up_assessment(public.assessments) is
'What follows from an assessment that was just written: the schedule moves; by the rule of its band something is to be
done, and somebody is told. What was to be done because of the one it corrects is cancelled.';

create function app.assessment_rule(p_org_id uuid, p_instrument_code text, p_band text, p_total numeric) returns table (
  follow_up_kind public.assessment_follow_up_kind,
  due_within interval,
  notify_roles public.app_role[],
  repeat_after interval
)
language sql stable
set search_path = ''
as $$
  select found.follow_up_kind, found.due_within, found.notify_roles, found.repeat_after
  from (
    select rules.*
    from app.assessment_rules_of(p_org_id) as rules
    where rules.instrument_code = p_instrument_code and rules.band = p_band and rules.from_score <= p_total
    order by rules.from_score desc
    limit 1
  ) as found
  where found.is_active
$$;

comment on function app.assessment_rule(uuid, text, text, numeric) is
'The rule that holds for a result: of those of its band, the one with the highest score that it reaches; none if that is
switched off.';

create function app.newest_assessment(p_org_id uuid, p_resident_id uuid, p_instrument_code text)
returns setof public.assessments
language sql stable
set search_path = ''
as $$
  select assessments.*
  from public.assessments
  where
    assessments.org_id = p_org_id
    and assessments.resident_id = p_resident_id
    and assessments.instrument_code = p_instrument_code
    and not exists (
      select from public.assessments as later
      where
        later.org_id = assessments.org_id and later.corrects_id = assessments.id
        and later.resident_id = assessments.resident_id and later.instrument_code = assessments.instrument_code
    )
  order by assessments.assessed_at desc, assessments.id desc
  limit 1
$$;

comment on function app.newest_assessment(uuid, uuid, text) is
'The newest assessment of a resident by an instrument that was not corrected.';

-- In the application and by mail. A message says where to look and nothing of whom or what it is about; access is
-- checked there. Whoever has the role for this very site is told, else those who have it for the whole organization;
-- not whoever made the assessment.
create function app.tell_of_assessment(p_assessment public.assessments, p_roles public.app_role[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_people uuid[];
begin
  v_people := array(
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = p_assessment.org_id and roles.role = any(p_roles)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
      and roles.user_id is distinct from app.my_id()
      and (
        roles.site_id = p_assessment.site_id
        or roles.site_id is null and not exists (
          select from public.role_assignments as nearer
          where
            nearer.org_id = roles.org_id and nearer.role = roles.role and nearer.site_id = p_assessment.site_id
            and nearer.deleted_at is null and nearer.valid_during @> app.clock()
        )
      )
    order by roles.user_id
    limit 100
  );
  perform app.ensure_words(
    p_assessment.org_id, 'care.assessment', 'An assessment needs you now', 'Please look at once: {{ link }}'
  );
  perform app.tell_people(
    p_assessment.org_id, v_people, 'care.assessment',
    jsonb_build_object('link', '/care/assessments/' || p_assessment.id), p_assessment.id::text, 'urgent'
  );
end
$$;

comment on function app.tell_of_assessment(public.assessments, public.app_role[]) is
'Tells those who have one of these roles at the site of an assessment, at most a hundred, once, that they should look.';

revoke all on function app.follow_up_assessment(public.assessments) from public;
revoke all on function app.assessment_rule(uuid, text, text, numeric) from public;
revoke all on function app.newest_assessment(uuid, uuid, text) from public;
revoke all on function app.tell_of_assessment(public.assessments, public.app_role[]) from public;

-- Reporting and deciding. SECURITY DEFINER because nobody writes reports or removes reflections, and those who decide
-- may not read them otherwise; each stays in the active organization and checks who asks. Who wrote and who reported
-- is in no answer.
create function app.report_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  insert into public.provider_reflection_reports (
    org_id, reflection_id, circle_id, practitioner_id, user_id, reason
  )
  select v_org_id, reflections.id, reflections.circle_id, seats.practitioner_id, seats.user_id, p_reason
  from public.provider_support_reflections as reflections
  inner join public.provider_support_circle_members as seats
    on seats.org_id = reflections.org_id and seats.circle_id = reflections.circle_id and seats.user_id = app.my_id()
  where
    reflections.org_id = v_org_id and reflections.id = p_reflection_id and reflections.deleted_at is null
    and reflections.circle_id = any(app.my_circles())
    and reflections.user_id <> app.my_id()
  on conflict (org_id, reflection_id, user_id) do nothing;
  if not found and not exists (
    select from public.provider_reflection_reports as reports
    where
      reports.org_id = v_org_id and reports.reflection_id = p_reflection_id and reports.user_id = app.my_id()
  ) then
    perform app.raise_error('not_found', 'There is no such reflection of others in your circles.');
  end if;
end
$$;

comment on function app.report_reflection(uuid, public.reflection_report_reason) is
'What public.report_reflection does; for members of the circle.';

-- A wellness officer sees the hidden ones of every circle, not those only in which the facilitator may not decide: else
-- being asked would tell that the facilitator is the author.
create function app.reviewable_reflections(p_id uuid default null, p_limit integer default 1) returns table (
  reflection_id uuid,
  circle_id uuid,
  reflection_text text,
  is_anonymous boolean,
  is_hidden boolean,
  reasons public.reflection_report_reason[],
  report_count integer
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_me constant uuid := app.my_id();
  v_is_officer constant boolean := app.has_role('wellness_officer');
begin
  return query
  select
    reflections.id, reflections.circle_id, reflections.reflection_text, reflections.is_anonymous, grouped.is_hidden,
    grouped.reasons, grouped.report_count
  from (
    select
      reports.reflection_id,
      app.is_hidden_by(array_agg(reports.reason)) as is_hidden,
      array_agg(distinct reports.reason) as reasons,
      count(*)::integer as report_count
    from public.provider_reflection_reports as reports
    where
      reports.org_id = v_org_id and reports.decided_at is null and (p_id is null or reports.reflection_id = p_id)
    group by reports.reflection_id
  ) as grouped
  inner join public.provider_support_reflections as reflections
    on reflections.org_id = v_org_id and reflections.id = grouped.reflection_id
  inner join public.provider_support_circles as circles
    on circles.org_id = v_org_id and circles.id = reflections.circle_id
  where
    reflections.deleted_at is null
    and reflections.user_id <> v_me
    and circles.deleted_at is null
    and (coalesce(circles.facilitator_id = v_me, false) or (v_is_officer and grouped.is_hidden))
  order by grouped.is_hidden desc, reflections.created_at, reflections.id
  limit p_limit;
end
$$;

comment on function app.reviewable_reflections(uuid, integer) is
'The reported reflections that the caller may decide about, or the one of them that is named. For the definers here.';

create function app.reported_reflections(p_limit integer) returns table (
  reflection_id uuid,
  circle_id uuid,
  reflection_text text,
  is_anonymous boolean,
  is_hidden boolean,
  reasons public.reflection_report_reason[],
  report_count integer
)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_count bigint;
begin
  perform app.require_feature('resilience_hub');
  return query select reviewable.* from app.reviewable_reflections(null, p_limit) as reviewable;
  get diagnostics v_count = row_count;
  if v_count > 0 then
    -- Whose they are is told to nobody, the audit trail included.
    perform app.note_access(
      'operations', 'public.provider_support_reflections', app.current_org(), null, v_count, '{}'
    );
  end if;
end
$$;

comment on function app.reported_reflections(integer) is
'What public.get_reported_reflections answers; for facilitators and wellness officers, and leaves an access event.';

create function app.review_reflection(p_id uuid, p_keep boolean) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  perform 1 from app.reviewable_reflections(p_id);
  if not found then
    perform app.raise_error('not_found', 'There is no such reflection for you to decide about.');
  end if;
  if not p_keep then
    update public.provider_support_reflections as reflections
    set
      deleted_at = app.clock(),
      removal_reason = (
        select min(reports.reason)
        from public.provider_reflection_reports as reports
        where reports.org_id = v_org_id and reports.reflection_id = p_id and reports.decided_at is null
      )
    where reflections.org_id = v_org_id and reflections.id = p_id and reflections.deleted_at is null;
  end if;
  perform app.decide_reports(v_org_id, p_id, p_keep);
end
$$;

comment on function app.review_reflection(uuid, boolean) is
'What public.review_reflection does; for whom app.reviewable_reflections() shows it to.';

create function app.remove_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_is_author boolean;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  select reflections.user_id = app.my_id() into v_is_author
  from public.provider_support_reflections as reflections
  inner join public.provider_support_circles as circles
    on circles.org_id = reflections.org_id and circles.id = reflections.circle_id
  where
    reflections.org_id = v_org_id and reflections.id = p_reflection_id and reflections.deleted_at is null
    and circles.deleted_at is null
    and (reflections.user_id = app.my_id() or circles.facilitator_id = app.my_id())
  for no key update of reflections;
  if v_is_author is null then
    perform app.raise_error('not_found', 'There is no such reflection for you to remove.');
  end if;
  perform app.check_input('p_reason', v_is_author or p_reason is not null, 'Say why.');
  update public.provider_support_reflections as reflections
  set deleted_at = app.clock(), removal_reason = case when not v_is_author then p_reason end
  where reflections.org_id = v_org_id and reflections.id = p_reflection_id;
  perform app.decide_reports(v_org_id, p_reflection_id, false);
end
$$;

comment on function app.remove_reflection(uuid, public.reflection_report_reason) is
'What public.remove_reflection does; for the author and the facilitator.';

create function app.decide_reports(p_org_id uuid, p_reflection_id uuid, p_keep boolean) returns void
language sql volatile
set search_path = ''
as $$
  update public.provider_reflection_reports as reports set decided_at = app.clock(), is_kept = p_keep
  where reports.org_id = p_org_id and reports.reflection_id = p_reflection_id and reports.decided_at is null
$$;

comment on function app.decide_reports(uuid, uuid, boolean) is
'Settles the open reports of a reflection. For the definers here.';

revoke all on function app.report_reflection(uuid, public.reflection_report_reason) from public;
revoke all on function app.reviewable_reflections(uuid, integer) from public;
revoke all on function app.reported_reflections(integer) from public;
revoke all on function app.review_reflection(uuid, boolean) from public;
revoke all on function app.remove_reflection(uuid, public.reflection_report_reason) from public;
revoke all on function app.decide_reports(uuid, uuid, boolean) from public;
grant execute on function app.report_reflection(uuid, public.reflection_report_reason) to authenticated;
grant execute on function app.reported_reflections(integer) to authenticated;
grant execute on function app.review_reflection(uuid, boolean) to authenticated;
grant execute on function app.remove_reflection(uuid, public.reflection_report_reason) to authenticated;

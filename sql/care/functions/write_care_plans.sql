-- Writing care plans. SECURITY DEFINER because nobody writes the tables: app.plans_care_at() is the authorization, for
-- the site where the resident lives, and the active organization the bound. A plan that the caller may not write is one
-- that is not there.
create function app.find_care_plan(p_care_plan_id uuid) returns public.care_plans
language plpgsql volatile
set search_path = ''
as $$
declare
  v_plan public.care_plans;
begin
  select plans.* into v_plan
  from public.care_plans as plans
  where plans.org_id = app.current_org() and plans.id = p_care_plan_id and plans.deleted_at is null
  for update;
  if v_plan.id is null or not app.plans_care_at(v_plan.site_id) then
    perform app.raise_error('not_found', 'There is no such care plan at your sites.');
  end if;
  if v_plan.ended_at is not null then
    perform app.raise_error('conflict', 'This care plan has ended.');
  end if;
  return v_plan;
end
$$;

comment on function app.find_care_plan(uuid) is
'A care plan that the caller may write, locked: of two who write at once the second waits. Errors: not_found, conflict.';

create function app.find_care_plan_draft(p_version_id uuid) returns public.care_plan_versions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_version public.care_plan_versions;
begin
  -- The plan first, in the same order for everybody.
  perform app.find_care_plan((
    select versions.care_plan_id from public.care_plan_versions as versions
    where versions.org_id = app.current_org() and versions.id = p_version_id
  ));
  select versions.* into v_version
  from public.care_plan_versions as versions
  where versions.org_id = app.current_org() and versions.id = p_version_id
  for update;
  if v_version.status <> 'draft' then
    perform app.raise_error(
      'conflict', 'This version is no draft any more.', p_hint => 'Begin another draft of the plan.'
    );
  end if;
  return v_version;
end
$$;

comment on function app.find_care_plan_draft(uuid) is 'A draft that the caller may write, locked. Errors: not_found, conflict.';

create function app.start_care_plan(
  p_resident_id uuid, p_plan_type public.care_plan_type, p_risk_level public.care_plan_risk_level, p_content jsonb
) returns public.care_plan_versions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_site_id uuid;
  v_plan_id uuid;
  v_version public.care_plan_versions;
begin
  select residents.site_id into v_site_id
  from public.residents
  where residents.org_id = app.current_org() and residents.id = p_resident_id and residents.deleted_at is null;
  if not coalesce(app.plans_care_at(v_site_id), false) then
    perform app.raise_error('not_found', 'There is no such resident at your sites.');
  end if;
  insert into public.care_plans (org_id, resident_id, site_id, plan_type)
  values (app.current_org(), p_resident_id, v_site_id, p_plan_type)
  on conflict (org_id, resident_id, plan_type) where ended_at is null and deleted_at is null do nothing
  returning id into v_plan_id;
  if v_plan_id is null then
    perform app.raise_error(
      'conflict', 'The resident has a care plan of this type.', p_hint => 'Begin a draft of that plan.'
    );
  end if;
  insert into public.care_plan_versions (org_id, care_plan_id, resident_id, site_id, plan_type, risk_level, content)
  values (
    app.current_org(), v_plan_id, p_resident_id, v_site_id, p_plan_type, p_risk_level,
    app.plain('{"needs": "", "goals": "", "interventions": ""}'::jsonb || p_content)
  )
  returning * into v_version;
  return v_version;
end
$$;

comment on function app.start_care_plan(uuid, public.care_plan_type, public.care_plan_risk_level, jsonb) is
'What public.start_care_plan does; authorizes for itself.';

create function app.draft_care_plan(p_care_plan_id uuid) returns public.care_plan_versions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_plan public.care_plans;
  v_version public.care_plan_versions;
  v_active public.care_plan_versions;
begin
  v_plan := app.find_care_plan(p_care_plan_id);
  select versions.* into v_version
  from public.care_plan_versions as versions
  where versions.org_id = v_plan.org_id and versions.care_plan_id = v_plan.id and versions.status = 'draft';
  if v_version.id is not null then
    return v_version;
  end if;
  select versions.* into v_active
  from public.care_plan_versions as versions
  where versions.org_id = v_plan.org_id and versions.care_plan_id = v_plan.id and versions.status = 'active';
  insert into public.care_plan_versions (org_id, care_plan_id, resident_id, site_id, plan_type, risk_level, content)
  values (
    v_plan.org_id, v_plan.id, v_plan.resident_id, v_plan.site_id, v_plan.plan_type,
    coalesce(v_active.risk_level, 'low'),
    app.plain(coalesce(
      (select opened.content from app.open_care_plan_versions(array[v_active.id], 'treatment') as opened),
      '{"needs": "", "goals": "", "interventions": ""}'
    ))
  )
  returning * into v_version;
  return v_version;
end
$$;

comment on function app.draft_care_plan(uuid) is 'What public.draft_care_plan does; app.find_care_plan() authorizes.';

create function app.save_care_plan_draft(
  p_version_id uuid, p_changes jsonb, p_base jsonb, p_base_version integer, p_request_key uuid, p_strategies jsonb,
  out row_values jsonb, out is_changed boolean, out conflicts jsonb
)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_version public.care_plan_versions;
  v_theirs jsonb;
  v_writes jsonb;
begin
  v_version := app.find_care_plan_draft(p_version_id);
  select opened.content || jsonb_build_object('risk_level', v_version.risk_level) into v_theirs
  from app.open_care_plan_versions(array[v_version.id], 'treatment') as opened;
  select merged.writes, merged.conflicts into v_writes, conflicts
  from app.merge_fields(
    v_theirs, case when p_base_version = v_version.version then v_theirs else coalesce(p_base, '{}') end,
    p_changes, p_strategies
  ) as merged;
  is_changed := v_writes <> '{}' and (
    p_request_key is null
    or app.claim_request(
      p_request_key, concat_ws(' ', 'care_plan_draft', p_version_id, p_changes, p_base, p_base_version)
    )
  );
  if is_changed then
    v_theirs := v_theirs || v_writes;
    update public.care_plan_versions as versions
    set
      risk_level = (v_theirs ->> 'risk_level')::public.care_plan_risk_level,
      content = app.plain(v_theirs - 'risk_level')
    where versions.org_id = v_version.org_id and versions.id = v_version.id
    returning versions.* into v_version;
  end if;
  row_values := v_theirs || jsonb_build_object(
    'id', v_version.id, 'care_plan_id', v_version.care_plan_id, 'version', v_version.version
  );
end
$$;

comment on function app.save_care_plan_draft(uuid, jsonb, jsonb, integer, uuid, jsonb) is
'What public.save_care_plan_draft does; app.find_care_plan_draft() authorizes.';

-- Both in one transaction, and the plan is locked: care follows exactly one version at every moment.
create function app.publish_care_plan(p_version_id uuid, p_version integer) returns public.care_plan_versions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_version public.care_plan_versions;
begin
  v_version := app.find_care_plan_draft(p_version_id);
  if v_version.version <> p_version then
    perform app.raise_error(
      'conflict', 'The draft was changed since you read it.', p_hint => 'Read it again before you publish it.'
    );
  end if;
  if exists (
    select from app.open_care_plan_versions(array[v_version.id], 'treatment') as opened
    cross join lateral jsonb_each_text(opened.content) as fields
    where btrim(fields.value) = ''
  ) then
    perform app.raise_error('conflict', 'A care plan says needs, goals and interventions before it is published.');
  end if;
  update public.care_plan_versions as versions set status = 'superseded', closed_at = app.clock()
  where
    versions.org_id = v_version.org_id and versions.care_plan_id = v_version.care_plan_id and versions.status = 'active';
  update public.care_plan_versions as versions
  set
    status = 'active',
    published_at = app.clock(),
    published_by = app.signing_staff(),
    version_number = 1 + coalesce((
      select max(others.version_number) from public.care_plan_versions as others
      where others.org_id = v_version.org_id and others.care_plan_id = v_version.care_plan_id
    ), 0)
  where versions.org_id = v_version.org_id and versions.id = v_version.id
  returning versions.* into v_version;
  perform app.schedule_care_plan_review(v_version);
  return v_version;
end
$$;

comment on function app.publish_care_plan(uuid, integer) is
'What public.publish_care_plan does; app.find_care_plan_draft() authorizes.';

create function app.discard_care_plan_draft(p_version_id uuid) returns public.care_plan_versions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_version public.care_plan_versions;
begin
  v_version := app.find_care_plan_draft(p_version_id);
  update public.care_plan_versions as versions set status = 'discarded', closed_at = app.clock()
  where versions.org_id = v_version.org_id and versions.id = v_version.id
  returning versions.* into v_version;
  return v_version;
end
$$;

comment on function app.discard_care_plan_draft(uuid) is
'What public.discard_care_plan_draft does; app.find_care_plan_draft() authorizes.';

create function app.end_care_plan(p_care_plan_id uuid) returns public.care_plans
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_plan public.care_plans;
begin
  v_plan := app.find_care_plan(p_care_plan_id);
  update public.care_plan_versions as versions
  set
    status = case versions.status when 'draft' then 'discarded' else 'superseded' end::public.care_plan_version_status,
    closed_at = app.clock()
  where
    versions.org_id = v_plan.org_id and versions.care_plan_id = v_plan.id and versions.status in ('draft', 'active');
  perform app.end_care_plan_task(tasks.id)
  from public.care_plan_tasks as tasks
  where
    tasks.org_id = v_plan.org_id and tasks.care_plan_id = v_plan.id
    and tasks.ended_at is null and tasks.deleted_at is null;
  update public.care_plan_reviews as reviews set status = 'cancelled'
  where reviews.org_id = v_plan.org_id and reviews.care_plan_id = v_plan.id and reviews.status = 'scheduled';
  update public.care_plans as plans set ended_at = app.clock()
  where plans.org_id = v_plan.org_id and plans.id = v_plan.id
  returning plans.* into v_plan;
  return v_plan;
end
$$;

comment on function app.end_care_plan(uuid) is 'What public.end_care_plan does; app.find_care_plan() authorizes.';

-- SECURITY DEFINER as the others; app.gives_care_at() is the authorization, and only the caller's own is written.
create function app.acknowledge_care_plan(p_version_id uuid) returns public.care_plan_acknowledgements
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_version public.care_plan_versions;
  v_kept public.care_plan_acknowledgements;
begin
  select versions.* into v_version
  from public.care_plan_versions as versions
  where versions.org_id = app.current_org() and versions.id = p_version_id;
  if v_version.id is null or not app.gives_care_at(v_version.site_id) then
    perform app.raise_error('not_found', 'There is no such version of a care plan at your sites.');
  end if;
  select kept.* into v_kept
  from public.care_plan_acknowledgements as kept
  where
    kept.org_id = v_version.org_id and kept.care_plan_version_id = v_version.id and kept.acknowledged_by = app.my_id();
  if v_kept.id is not null then
    return v_kept;
  end if;
  if v_version.status <> 'active' then
    perform app.raise_error('conflict', 'Care does not follow this version now.', p_hint => 'Read the one that it follows.');
  end if;
  insert into public.care_plan_acknowledgements (
    org_id, care_plan_version_id, resident_id, site_id, acknowledged_by, acknowledged_at
  )
  values (v_version.org_id, v_version.id, v_version.resident_id, v_version.site_id, app.signing_staff(), app.clock())
  on conflict (org_id, care_plan_version_id, acknowledged_by) do nothing;
  select kept.* into v_kept
  from public.care_plan_acknowledgements as kept
  where
    kept.org_id = v_version.org_id and kept.care_plan_version_id = v_version.id and kept.acknowledged_by = app.my_id();
  return v_kept;
end
$$;

comment on function app.acknowledge_care_plan(uuid) is
'What public.acknowledge_care_plan does; authorizes for itself, and writes the caller''s own only.';

revoke all on function app.find_care_plan(uuid) from public;
revoke all on function app.find_care_plan_draft(uuid) from public;
revoke all on function app.start_care_plan(
  uuid, public.care_plan_type, public.care_plan_risk_level, jsonb
) from public;
revoke all on function app.draft_care_plan(uuid) from public;
revoke all on function app.save_care_plan_draft(uuid, jsonb, jsonb, integer, uuid, jsonb) from public;
revoke all on function app.publish_care_plan(uuid, integer) from public;
revoke all on function app.discard_care_plan_draft(uuid) from public;
revoke all on function app.end_care_plan(uuid) from public;
revoke all on function app.acknowledge_care_plan(uuid) from public;
grant execute on function app.start_care_plan(
  uuid, public.care_plan_type, public.care_plan_risk_level, jsonb
) to authenticated;
grant execute on function app.draft_care_plan(uuid) to authenticated;
grant execute on function app.save_care_plan_draft(uuid, jsonb, jsonb, integer, uuid, jsonb) to authenticated;
grant execute on function app.publish_care_plan(uuid, integer) to authenticated;
grant execute on function app.discard_care_plan_draft(uuid) to authenticated;
grant execute on function app.end_care_plan(uuid) to authenticated;
grant execute on function app.acknowledge_care_plan(uuid) to authenticated;

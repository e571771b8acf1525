-- Undoes figures_stay: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.find_modules(p_category public.resilience_category, p_search text, p_for_dimension public.resilience_dimension, p_limit integer, p_after uuid)
 RETURNS TABLE(module_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  if p_after is not null and not exists (
    select from public.resilience_training_modules as modules where modules.id = p_after
  ) then
    perform app.raise_error('not_found', 'There is no such module to go on after.');
  end if;
  if p_search is not null and not exists (
    select from public.resilience_training_modules as modules
    where modules.is_active and modules.deleted_at is null and modules.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select modules.id, modules.category, modules.title, modules.search_document, true as is_found
    from public.resilience_training_modules as modules
    where
      modules.is_active
      and modules.deleted_at is null
      and (p_category is null or modules.category = p_category)
      and (p_search is null or modules.search_document @@ v_query)
    union all
    select modules.id, modules.category, modules.title, modules.search_document, false
    from public.resilience_training_modules as modules
    where modules.id = p_after
  ),
  placed as (
    select
      listed.id,
      listed.is_found,
      row_number() over (
        order by
          coalesce(weights.weight, 0) desc, coalesce(ts_rank(listed.search_document, v_query), 0) desc,
          listed.category, listed.title, listed.id, listed.is_found
      ) as place
    from listed
    left join public.resilience_dimension_categories as weights
      on weights.dimension = p_for_dimension and weights.category = listed.category and weights.deleted_at is null
  )
  select placed.id
  from placed
  where placed.is_found and placed.place > (
    select coalesce(max(former.place), 0) from placed as former where former.id = p_after
  )
  order by placed.place
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.find_resources(p_category public.resilience_category, p_search text, p_for_dimension public.resilience_dimension, p_limit integer, p_after uuid)
 RETURNS TABLE(resource_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  if p_after is not null and not exists (
    select from public.resilience_resources as resources where resources.id = p_after
  ) then
    perform app.raise_error('not_found', 'There is no such resource to go on after.');
  end if;
  if p_search is not null and not exists (
    select from public.resilience_resources as resources
    where resources.is_active and resources.deleted_at is null and resources.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select resources.id, resources.category, resources.title, resources.search_document, true as is_found
    from public.resilience_resources as resources
    where
      resources.is_active
      and resources.deleted_at is null
      and not resources.is_crisis
      and (p_category is null or resources.category = p_category)
      and (p_search is null or resources.search_document @@ v_query)
    union all
    select resources.id, resources.category, resources.title, resources.search_document, false
    from public.resilience_resources as resources
    where resources.id = p_after and not resources.is_crisis
  ),
  placed as (
    select
      listed.id,
      listed.is_found,
      row_number() over (
        order by
          coalesce(weights.weight, 0) desc, coalesce(ts_rank(listed.search_document, v_query), 0) desc,
          listed.category, listed.title, listed.id, listed.is_found
      ) as place
    from listed
    left join public.resilience_dimension_categories as weights
      on weights.dimension = p_for_dimension and weights.category = listed.category and weights.deleted_at is null
  )
  (
    select lines.id
    from public.resilience_resources as lines
    where p_after is null and lines.is_crisis and lines.is_active and lines.deleted_at is null
    order by lines.category, lines.title, lines.id
  )
  union all
  (
    select placed.id
    from placed
    where placed.is_found and placed.place > (
      select coalesce(max(former.place), 0) from placed as former where former.id = p_after
    )
    order by placed.place
    limit p_limit
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.helpful_percent(p_module_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return (
    select round(100.0 * sum(figures.helpful_count) / sum(figures.people_count))::integer
    from public.resilience_module_helpfulness as figures
    where figures.module_id = p_module_id
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.is_module_completed(p_module_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return exists (
    select from public.provider_training_completions as trainings
    where
      trainings.org_id = app.current_org()
      and trainings.user_id = app.my_id()
      and trainings.module_id = p_module_id
      and trainings.completed_at is not null
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.providers_at_risk(p_org_id uuid)
 RETURNS TABLE(practitioner_id uuid, user_id uuid, participation public.participation_level, composite numeric, level public.burnout_risk_level)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select risk.practitioner_id, consents.user_id, consents.level, risk.composite, risk.level
  from app.provider_risk(
    p_org_id,
    array(
      select participants.practitioner_id from app.participants(p_org_id) as participants
      where participants.level <> 'anonymous'
    ),
    app.organization_day(p_org_id)
  ) as risk
  inner join app.participants(p_org_id) as consents on consents.practitioner_id = risk.practitioner_id
  where risk.level >= 'high'
  order by risk.composite desc, risk.practitioner_id
$function$;

DROP TRIGGER "_200_frozen" ON "public"."provider_checkin_days";

DROP TRIGGER "_200_frozen" ON "public"."provider_wellbeing_months";

DROP TRIGGER "_200_frozen" ON "public"."resilience_module_helpfulness";

DROP VIEW "app"."library_rows";

DROP FUNCTION "app"."find_library_rows"(text, public.resilience_category, text, public.resilience_dimension, integer, uuid);

DROP FUNCTION "app"."module_facts"();

CREATE OR REPLACE FUNCTION app.freeze_wellbeing_month(p_org_id uuid, p_month date)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_last constant date := (p_month + interval '1 month')::date - 1;
  v_week_count constant numeric := (v_last - p_month + 1) / 7.0;
begin
  -- Two who close one month at once: the second finds it closed.
  perform pg_catalog.pg_advisory_xact_lock(hashtextextended('wellbeing_month:' || p_org_id, 0));
  if exists (
    select 1 from public.provider_wellbeing_months as months where months.org_id = p_org_id and months.month = p_month
  ) then
    return false;
  end if;

  insert into public.provider_wellbeing_months (
    org_id, month, team_id, provider_count, assessed_count, median_burnout, average_burnout, elevated_percent,
    checked_in_count, adoption_percent, checkins_per_provider_week, average_stress, trained_percent, helped_count,
    median_effect, workload_correlation
  )
  with figures as (
    select groups.* from app.wellbeing_groups(p_org_id, p_month, v_last) as groups
  ),
  teams as (
    select
      array_agg(figures.team_id) as ids, array_agg(figures.assessed) as assessed,
      array_agg(figures.checked_in) as checked_in, array_agg(figures.providers::integer) as providers
    from figures
    where figures.team_id is not null
  ),
  told as materialized (
    select
      app.tellable_groups(figures.assessed, teams.ids, teams.assessed) as assessed,
      app.tellable_shares(
        figures.checked_in, figures.providers::integer, teams.ids, teams.checked_in, teams.providers
      ) as checked_in
    from figures
    cross join teams
    where figures.is_whole
  ),
  days as (
    select
      sum(days.people_count) as checkins,
      sum(days.people_count * days.average_stress_level) / nullif(sum(days.people_count), 0) as stress
    from public.provider_checkin_days as days
    where days.org_id = p_org_id and days.checkin_date between p_month and v_last
  ),
  judged as materialized (
    select
      figures.*,
      case when figures.is_whole then figures.assessed >= 5 else figures.team_id = any(told.assessed) end as is_assessed,
      case when figures.is_whole then figures.checked_in >= 5 else figures.team_id = any(told.checked_in) end as is_adopted
    from figures
    cross join told
    where figures.is_whole or figures.team_id is not null
  )
  select
    p_org_id, p_month, judged.team_id, judged.providers,
    case when judged.is_assessed then judged.assessed end,
    case when judged.is_assessed then round(judged.median_score) end,
    case when judged.is_assessed then round(judged.average_score) end,
    case when judged.is_whole then app.tellable_percent(judged.elevated, judged.assessed) end,
    case when judged.is_adopted then judged.checked_in end,
    case when judged.is_adopted then app.tellable_percent(judged.checked_in, judged.providers) end,
    case when judged.is_whole and judged.providers >= 5 and days.checkins is not null then
      least(round(days.checkins / (judged.providers * v_week_count), 2), 7) end,
    case when judged.is_whole then round(days.stress, 1) end,
    case when judged.is_whole then app.tellable_percent(judged.trained, judged.providers) end,
    case when judged.is_whole and judged.helped >= 5 then judged.helped end,
    case when judged.is_whole and judged.helped >= 5 then round(judged.median_effect) end,
    case when judged.is_whole and judged.assessed >= 10 then round(judged.correlation, 1) end
  from judged
  cross join days;
  return true;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_close_checkin_days(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_today date;
begin
  select (app.clock() at time zone orgs.time_zone)::date into v_today
  from public.organizations as orgs
  where
    orgs.id = p_org_id
    and (
      exists (
        select from app.organization_features(orgs.id) as features
        where features.feature_key = 'resilience_hub' and features.is_enabled
      )
      -- Switched off since: what was begun is counted to its end.
      or exists (select from public.provider_checkin_days as days where days.org_id = orgs.id)
    );
  return case when v_today is null then 0 else app.close_checkin_days(p_org_id, v_today, p_limit) end;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_recommended_modules(p_limit integer DEFAULT 5)
 RETURNS TABLE(id uuid, title text, description text, category public.resilience_category, content_type public.training_content_type, content_url text, duration_minutes smallint, evidence_based boolean, evidence text, is_completed boolean, helpful_percent integer, for_dimension public.resilience_dimension)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_dimension public.resilience_dimension;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  v_dimension := app.my_worst_dimension();

  return query
  with facts as (
    select
      modules.id,
      app.is_module_completed(modules.id) as is_completed,
      app.helpful_percent(modules.id) as helpful_percent,
      coalesce(weights.weight, 0) as weight
    from public.resilience_training_modules as modules
    left join public.resilience_dimension_categories as weights
      on weights.dimension = v_dimension and weights.category = modules.category
    where modules.is_active
  )
  select
    modules.id, modules.title, modules.description, modules.category, modules.content_type, modules.content_url,
    modules.duration_minutes, modules.evidence_based, modules.evidence, facts.is_completed, facts.helpful_percent,
    case when facts.weight > 0 then v_dimension end
  from facts
  inner join public.resilience_training_modules as modules on modules.id = facts.id
  order by
    facts.is_completed, facts.weight desc, modules.evidence_based desc, facts.helpful_percent desc nulls last,
    modules.category, modules.title, modules.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_modules(p_category public.resilience_category DEFAULT NULL::public.resilience_category, p_search text DEFAULT NULL::text, p_for_dimension public.resilience_dimension DEFAULT NULL::public.resilience_dimension, p_limit integer DEFAULT 500, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, title text, description text, category public.resilience_category, content_type public.training_content_type, content_url text, duration_minutes smallint, evidence_based boolean, evidence text, is_active boolean, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, version integer, deleted_at timestamp with time zone, is_completed boolean, helpful_percent integer)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_search(p_search, p_limit);

  return query
  select
    modules.id, modules.title, modules.description, modules.category, modules.content_type, modules.content_url,
    modules.duration_minutes, modules.evidence_based, modules.evidence, modules.is_active, modules.created_at,
    modules.created_by, modules.updated_at, modules.updated_by, modules.version, modules.deleted_at,
    app.is_module_completed(modules.id), app.helpful_percent(modules.id)
  from app.find_modules(p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (module_id, place)
  inner join public.resilience_training_modules as modules on modules.id = found.module_id
  order by found.place;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_resources(p_category public.resilience_category DEFAULT NULL::public.resilience_category, p_search text DEFAULT NULL::text, p_for_dimension public.resilience_dimension DEFAULT NULL::public.resilience_dimension, p_limit integer DEFAULT 500, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, title text, description text, kind public.resilience_resource_kind, category public.resilience_category, url text, telephone text, country_code text, is_crisis boolean, is_active boolean, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, version integer, deleted_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_search(p_search, p_limit);

  -- Crisis lines come whatever was asked for: whoever looks for something about sleep at four in the morning may need
  -- one.
  return query
  select
    resources.id, resources.title, resources.description, resources.kind, resources.category, resources.url,
    resources.telephone, resources.country_code, resources.is_crisis, resources.is_active, resources.created_at,
    resources.created_by, resources.updated_at, resources.updated_by, resources.version, resources.deleted_at
  from app.find_resources(p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (resource_id, place)
  inner join public.resilience_resources as resources on resources.id = found.resource_id
  order by found.place;
end
$function$;

CREATE TRIGGER _200_frozen BEFORE UPDATE ON public.provider_checkin_days FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_frozen AFTER UPDATE ON public.provider_wellbeing_months FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

COMMENT ON FUNCTION "app"."find_modules"(public.resilience_category, text, public.resilience_dimension, integer, uuid) IS 'The training modules in use that a search finds, a page of them.';
COMMENT ON FUNCTION "app"."find_resources"(public.resilience_category, text, public.resilience_dimension, integer, uuid) IS 'The resources in use that a search finds, a page of them; the first begins with all crisis lines.';
COMMENT ON FUNCTION "app"."helpful_percent"(uuid) IS 'Of those who said whether a module helped them, how many say that it did, over all figures there are; null: none.';
COMMENT ON FUNCTION "app"."is_module_completed"(uuid) IS 'Whether the caller has finished a module in the active organization.';

COMMENT ON FUNCTION "app"."providers_at_risk"(uuid) IS 'For jobs: who of an organization is at high or critical risk today, of those who take part by name, highest first.
participation: how far they take part; only who may be contacted is told of to anybody.';

revoke all on function app.find_modules(public.resilience_category,text,public.resilience_dimension,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.find_modules(public.resilience_category,text,public.resilience_dimension,integer,uuid) to authenticated;

revoke all on function app.find_resources(public.resilience_category,text,public.resilience_dimension,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.find_resources(public.resilience_category,text,public.resilience_dimension,integer,uuid) to authenticated;

revoke all on function app.helpful_percent(uuid) from public, anon, authenticated, service_role;
grant all on function app.helpful_percent(uuid) to authenticated;

revoke all on function app.is_module_completed(uuid) from public, anon, authenticated, service_role;
grant all on function app.is_module_completed(uuid) to authenticated;

revoke all on function app.providers_at_risk(uuid) from public, anon, authenticated, service_role;

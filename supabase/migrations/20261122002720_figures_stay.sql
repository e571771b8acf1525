-- figures_stay: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.find_library_rows(p_kind text, p_category public.resilience_category, p_search text, p_for_dimension public.resilience_dimension, p_limit integer, p_after uuid)
 RETURNS TABLE(row_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  if p_after is not null and not exists (
    select from app.library_rows as rows where rows.kind = p_kind and rows.id = p_after
  ) then
    perform app.raise_error('not_found', format('There is no such %s to go on after.', p_kind));
  end if;
  if p_search is not null and not exists (
    select from app.library_rows as rows
    where rows.kind = p_kind and rows.is_offered and rows.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select rows.id, rows.category, rows.title, rows.search_document, true as is_found
    from app.library_rows as rows
    where
      rows.kind = p_kind
      and rows.is_offered
      and not rows.is_crisis
      and (p_category is null or rows.category = p_category)
      and (p_search is null or rows.search_document @@ v_query)
    union all
    select rows.id, rows.category, rows.title, rows.search_document, false
    from app.library_rows as rows
    where rows.kind = p_kind and rows.id = p_after and not rows.is_crisis
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
    from app.library_rows as lines
    where lines.kind = p_kind and p_after is null and lines.is_crisis and lines.is_offered
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

CREATE OR REPLACE FUNCTION app.module_facts()
 RETURNS TABLE(module_id uuid, is_completed boolean, helpful_percent integer)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    modules.id,
    trainings.completed_at is not null,
    helpfulness.percent
  from public.resilience_training_modules as modules
  left join public.provider_training_completions as trainings
    on
      trainings.org_id = (select app.current_org())
      and trainings.user_id = (select app.my_id())
      and trainings.module_id = modules.id
  left join (
    select figures.module_id, round(100.0 * sum(figures.helpful_count) / sum(figures.people_count))::integer as percent
    from public.resilience_module_helpfulness as figures
    group by figures.module_id
  ) as helpfulness on helpfulness.module_id = modules.id
$function$;

DROP TRIGGER "_200_frozen" ON "public"."provider_checkin_days";

DROP TRIGGER "_200_frozen" ON "public"."provider_wellbeing_months";

DROP FUNCTION "app"."find_modules"(public.resilience_category, text, public.resilience_dimension, integer, uuid);

DROP FUNCTION "app"."find_resources"(public.resilience_category, text, public.resilience_dimension, integer, uuid);

DROP FUNCTION "app"."helpful_percent"(uuid);

DROP FUNCTION "app"."is_module_completed"(uuid);

DROP FUNCTION "app"."providers_at_risk"(uuid);

CREATE OR REPLACE FUNCTION app.freeze_wellbeing_month(p_org_id uuid, p_month date)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_last constant date := (p_month + interval '1 month')::date - 1;
  v_day_count constant integer := v_last - p_month + 1;
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
      sum(days.people_count::numeric / nullif(days.provider_count, 0)) as per_provider,
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
    case when judged.is_whole then round(days.per_provider * 7 / v_day_count, 2) end,
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
begin
  if not app.is_hub_on(p_org_id) and not exists (
    select from public.provider_checkin_days as days where days.org_id = p_org_id
  ) then
    return 0;
  end if;
  return app.close_checkin_days(p_org_id, app.organization_day(p_org_id), p_limit);
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
      known.is_completed,
      known.helpful_percent,
      coalesce(weights.weight, 0) as weight
    from public.resilience_training_modules as modules
    inner join app.module_facts() as known on known.module_id = modules.id
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
    facts.is_completed, facts.helpful_percent
  from app.find_library_rows('module', p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (row_id, place)
  inner join public.resilience_training_modules as modules on modules.id = found.row_id
  inner join app.module_facts() as facts on facts.module_id = modules.id
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
  from app.find_library_rows('resource', p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (row_id, place)
  inner join public.resilience_resources as resources on resources.id = found.row_id
  order by found.place;
end
$function$;

CREATE VIEW "app"."library_rows" WITH (security_invoker=true) AS  SELECT 'module'::text AS kind,
    resilience_training_modules.id,
    resilience_training_modules.category,
    resilience_training_modules.title,
    resilience_training_modules.search_document,
    false AS is_crisis,
    (resilience_training_modules.is_active AND (resilience_training_modules.deleted_at IS NULL)) AS is_offered
   FROM public.resilience_training_modules
UNION ALL
 SELECT 'resource'::text AS kind,
    resilience_resources.id,
    resilience_resources.category,
    resilience_resources.title,
    resilience_resources.search_document,
    resilience_resources.is_crisis,
    (resilience_resources.is_active AND (resilience_resources.deleted_at IS NULL)) AS is_offered
   FROM public.resilience_resources;

CREATE TRIGGER _200_frozen BEFORE DELETE OR UPDATE ON public.provider_checkin_days FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_frozen AFTER DELETE OR UPDATE ON public.provider_wellbeing_months FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_frozen BEFORE DELETE OR UPDATE ON public.resilience_module_helpfulness FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

COMMENT ON FUNCTION "app"."find_library_rows"(text, public.resilience_category, text, public.resilience_dimension, integer, uuid) IS 'The rows in use that a search of the library finds, a page of them; the first begins with all crisis lines.
p_kind: module or resource.';

COMMENT ON FUNCTION "app"."module_facts"() IS 'Of each module that the caller sees, whether they have finished it in the active organization, and of those who said
whether it helped them, how many percent say that it did; null: nobody counted yet.';
COMMENT ON VIEW "app"."library_rows" IS 'Modules and resources of the library as a search sees them.';

revoke all on function app.find_library_rows(text,public.resilience_category,text,public.resilience_dimension,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.find_library_rows(text,public.resilience_category,text,public.resilience_dimension,integer,uuid) to authenticated;

revoke all on function app.module_facts() from public, anon, authenticated, service_role;
grant all on function app.module_facts() to authenticated;

revoke all on table app.library_rows from public, anon, authenticated, service_role;

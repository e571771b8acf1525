-- Undoes pages_from_known_rows: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP FUNCTION "app"."check_cursor"(text, boolean);

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

CREATE OR REPLACE FUNCTION app.list_interventions(p_status public.intervention_status, p_purpose public.access_purpose, p_limit integer, p_before uuid)
 RETURNS SETOF public.provider_interventions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_statuses constant public.intervention_status[] := case
    when p_status is null then '{proposed,open,in_progress}'::public.intervention_status[] else array[p_status]
  end;
  v_score numeric;
  v_people uuid[] := '{}';
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  v_org_id := app.current_org();
  select coalesce(cases.score_before, 101) into v_score
  from public.provider_interventions as cases
  where cases.org_id = v_org_id and cases.id = p_before;

  -- Each status by itself, in the order of its index: however many cases there are, a page reads a page.
  for v_case in
    select page.*
    from unnest(v_statuses) as statuses (status)
    cross join lateral (
      select cases.*
      from public.provider_interventions as cases
      inner join app.shown_interventions(v_org_id) as shown on shown.id = cases.id
      where
        cases.org_id = v_org_id
        and cases.status = statuses.status
        and cases.user_id <> app.my_id()
        and (p_before is null or (coalesce(cases.score_before, 101), cases.id) < (v_score, p_before))
      order by coalesce(cases.score_before, 101) desc, cases.id desc
      limit p_limit
    ) as page
    order by coalesce(page.score_before, 101) desc, page.id desc
    limit p_limit
  loop
    v_people := v_people || v_case.user_id;
    return next v_case;
  end loop;
  perform app.note_access(
    p_purpose, 'public.provider_interventions', v_org_id, array(select distinct unnest(v_people)),
    cardinality(v_people), '{}'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.list_roster_week(p_site_id uuid, p_week_on date, p_limit integer, p_after uuid)
 RETURNS TABLE(shift_id uuid, version integer, template_name text, shift_on date, starts_at timestamp with time zone, ends_at timestamp with time zone, break_minutes smallint, skill public.staff_skill, needed_count smallint, assigned_count integer, open_offer_count integer, is_published boolean, people jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_sees_drafts constant boolean := app.sees_draft_rotas();
begin
  perform app.require_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
  );
  return query
  select
    shifts.id, shifts.version, templates.name, shifts.shift_on, shifts.starts_at, shifts.ends_at,
    shifts.break_minutes, shifts.skill, shifts.needed_count, coalesce(jsonb_array_length(crew.people), 0),
    (
      select count(*)::integer from public.shift_offers as offers
      where
        offers.org_id = v_org_id and offers.site_id = p_site_id and offers.shift_id = shifts.id
        and offers.status = 'open' and offers.closes_at > app.clock() and offers.deleted_at is null
    ),
    shifts.is_published, coalesce(crew.people, '[]')
  from public.shifts
  left join public.shift_templates as templates
    on templates.org_id = v_org_id and templates.id = shifts.template_id
  cross join lateral app.roster_crew(v_org_id, shifts.id) as crew (people)
  where
    shifts.org_id = v_org_id and shifts.site_id = p_site_id
    and shifts.site_id = any(app.my_sites(
      'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
    ))
    and shifts.rota_week_id = (
      select rotas.id from public.rota_weeks as rotas
      where rotas.org_id = v_org_id and rotas.site_id = p_site_id and rotas.week_on = p_week_on
    )
    and shifts.deleted_at is null
    and (shifts.is_published or v_sees_drafts)
    and (p_after is null or (shifts.starts_at, shifts.id) > (
      select last_one.starts_at, last_one.id from public.shifts as last_one
      where last_one.org_id = v_org_id and last_one.site_id = p_site_id and last_one.id = p_after
    ))
  order by shifts.starts_at, shifts.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.occupancy_board(p_site_id uuid, p_limit integer, p_after_bed_id uuid)
 RETURNS TABLE(room_id uuid, room_name text, room_floor text, bed_id uuid, bed_name text, state text, resident_id uuid, admission_id uuid, since_at timestamp with time zone, planned_end_at timestamp with time zone, next_starts_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_sees constant boolean := app.has_role('org_owner', 'compliance_lead', 'admin');
  v_sites constant uuid[] := app.my_sites(
    'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
begin
  return query
  select
    rooms.id, rooms.name, rooms.floor, beds.id, beds.name,
    case
      when had.id is not null and away.id is not null then 'on_leave'
      when had.id is not null then 'occupied'
      when not (beds.is_active and rooms.is_active) then 'closed'
      when kept.id is not null then 'reserved'
      when offers.id is not null then 'offered'
      else 'vacant'
    end,
    case when v_sees or had.site_id = any(v_sites) then had.resident_id end,
    case when v_sees or had.site_id = any(v_sites) then had.admission_id end,
    had.starts_at, nullif(had.ends_at, 'infinity'), kept.starts_at
  from public.rooms
  inner join public.beds on beds.org_id = rooms.org_id and beds.site_id = rooms.site_id and beds.room_id = rooms.id
  left join public.bed_stays as had
    on
      had.org_id = v_org_id and had.bed_site_id = p_site_id and had.bed_id = beds.id and had.ends_at > app.clock()
      and had.starts_at <= app.clock() and not had.is_reserved and had.deleted_at is null
  left join public.resident_leaves as away
    on
      away.org_id = v_org_id and away.resident_id = had.resident_id and away.ends_at > app.clock()
      and away.starts_at <= app.clock() and away.deleted_at is null
  left join lateral (
    select planned.id, planned.starts_at
    from public.bed_stays as planned
    where
      planned.org_id = v_org_id and planned.bed_site_id = p_site_id and planned.bed_id = beds.id
      and planned.ends_at > app.clock() and planned.is_reserved and planned.deleted_at is null
    order by planned.starts_at
    limit 1
  ) as kept on true
  left join public.bed_offers as offers
    on
      offers.org_id = v_org_id and offers.bed_id = beds.id and offers.status = 'open' and offers.deleted_at is null
  where
    rooms.org_id = v_org_id and rooms.site_id = p_site_id and rooms.site_id = any(app.occupancy_sites())
    and rooms.deleted_at is null and beds.deleted_at is null
    and (
      p_after_bed_id is null or (rooms.name, beds.name, beds.id) > (
        select last_rooms.name, last_beds.name, last_beds.id
        from public.beds as last_beds
        inner join public.rooms as last_rooms
          on last_rooms.org_id = last_beds.org_id and last_rooms.id = last_beds.room_id
        where last_beds.org_id = v_org_id and last_beds.site_id = p_site_id and last_beds.id = p_after_bed_id
      )
    )
  order by rooms.name, beds.name, beds.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.read_shared_checkins(p_purpose public.access_purpose, p_practitioner_id uuid, p_from date, p_to date, p_limit integer, p_before uuid)
 RETURNS SETOF public.provider_daily_checkins
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_rows public.provider_daily_checkins[];
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  v_rows := array(
    select checkins
    from public.provider_daily_checkins as checkins
    inner join public.provider_consents as consents
      on consents.org_id = checkins.org_id and consents.user_id = checkins.user_id
    where
      checkins.org_id = v_org_id
      and checkins.is_shared
      and checkins.checkin_date >= p_from
      and checkins.checkin_date <= p_to
      and (p_practitioner_id is null or checkins.practitioner_id = p_practitioner_id)
      and consents.withdrawn_at is null
      and consents.level = 'may_be_contacted'
      and (
        p_before is null
        or (checkins.checkin_date, checkins.id) < (
          select marks.checkin_date, marks.id
          from public.provider_daily_checkins as marks
          where marks.org_id = v_org_id and marks.id = p_before
        )
      )
    order by checkins.checkin_date desc, checkins.id desc
    limit p_limit
  );
  perform app.note_access(
    p_purpose, 'public.provider_daily_checkins', v_org_id,
    array(select distinct found.practitioner_id from unnest(v_rows) as found),
    cardinality(v_rows), '{}'
  );
  return query select found.* from unnest(v_rows) as found;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_burnout_assessments(p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid)
 RETURNS SETOF public.provider_burnout_assessments
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_before public.provider_burnout_assessments;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  if p_before is not null then
    select * into v_before
    from public.provider_burnout_assessments as assessments
    where assessments.org_id = (select app.current_org()) and assessments.id = p_before;
    if not found then
      perform app.raise_error('not_found', 'You have no such assessment.');
    end if;
  end if;

  return query
  select assessments.*
  from public.provider_burnout_assessments as assessments
  where
    assessments.org_id = (select app.current_org())
    and assessments.user_id = (select auth.uid())
    and (
      p_before is null
      or (assessments.assessment_date, assessments.instrument_id) < (v_before.assessment_date, v_before.instrument_id)
    )
  order by assessments.assessment_date desc, assessments.instrument_id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_sla_board(p_site_id uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 50, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(timer_id uuid, incident_id uuid, site_id uuid, kind public.incident_kind, severity public.incident_severity, status public.incident_status, assigned_to uuid, step public.incident_step, regulator text, due_at timestamp with time zone, is_overdue boolean, told_level smallint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
#variable_conflict use_column
declare
  v_org_id constant uuid := app.current_org();
  v_sites constant uuid[] := case when p_site_id is null then app.incident_sites() else array[p_site_id] end;
  v_after_due_at timestamptz;
  v_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select timers.step_due_at into v_after_due_at
  from public.incident_timers as timers
  where timers.org_id = v_org_id and timers.id = p_after;
  if v_sites is null then
    v_ids := array(
      select timers.id
      from public.incident_timers as timers
      where
        timers.org_id = v_org_id and timers.level = 1 and timers.stopped_at is null
        and (p_after is null or (timers.step_due_at, timers.id) > (v_after_due_at, p_after))
      order by timers.step_due_at, timers.id
      limit p_limit
    );
  else
    v_ids := array(
      select page.id
      from unnest(v_sites) as places (id)
      cross join lateral (
        select timers.id, timers.step_due_at
        from public.incident_timers as timers
        where
          timers.org_id = v_org_id and timers.site_id = places.id and timers.level = 1
          and timers.stopped_at is null
          and (p_after is null or (timers.step_due_at, timers.id) > (v_after_due_at, p_after))
        order by timers.step_due_at, timers.id
        limit p_limit
      ) as page
      group by page.id, page.step_due_at
      order by page.step_due_at, page.id
      limit p_limit
    );
  end if;

  return query
  select
    timers.id, timers.incident_id, timers.site_id, incidents.kind, incidents.severity, incidents.status,
    incidents.assigned_to, timers.step, told.regulator, timers.step_due_at, timers.step_due_at <= app.clock(),
    (
      select max(rungs.told_level)
      from public.incident_timers as rungs
      where
        rungs.org_id = timers.org_id and rungs.incident_id = timers.incident_id and rungs.step = timers.step
        and rungs.notification_id is not distinct from timers.notification_id and rungs.round = timers.round
    )
  from public.incident_timers as timers
  inner join public.incidents on incidents.org_id = timers.org_id and incidents.id = timers.incident_id
  left join public.incident_notifications_of_regulators as told
    on told.org_id = timers.org_id and told.id = timers.notification_id
  where timers.org_id = v_org_id and timers.id = any(v_ids)
  order by timers.step_due_at, timers.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_handover_items(p_handover_id uuid, p_purpose public.access_purpose, p_after uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 200)
 RETURNS TABLE(id uuid, resident_id uuid, source public.handover_source, source_id uuid, priority public.handover_priority, occurred_at timestamp with time zone, note text, created_by uuid)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_after record;
  v_ids uuid[];
  v_note_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select items.priority as priority, items.occurred_at as at, items.id as id into v_after
  from public.handover_items as items
  where items.org_id = (select app.current_org()) and items.id = p_after and items.handover_id = p_handover_id;
  if p_after is not null and v_after.id is null then
    perform app.raise_error('not_found', 'There is no such item in this handover.');
  end if;

  select
    coalesce(array_agg(page.id), '{}'),
    coalesce(array_agg(page.source_id) filter (where page.source = 'daily_note'), '{}')
  into v_ids, v_note_ids
  from (
    select items.id, items.source, items.source_id
    from public.handover_items as items
    where
      items.org_id = (select app.current_org())
      and items.handover_id = p_handover_id
      and (
        p_after is null
        or (items.priority, items.occurred_at, items.id) > (v_after.priority, v_after.at, v_after.id)
      )
    order by items.priority, items.occurred_at, items.id
    limit p_limit
  ) as page;
  return query
  select
    items.id, items.resident_id, items.source, items.source_id, items.priority, items.occurred_at,
    coalesce(opened.note, notes.note), items.created_by
  from public.handover_items as items
  inner join app.open_handover_items(v_ids, p_purpose) as opened on opened.id = items.id
  left join app.open_daily_notes(v_note_ids, p_purpose) as notes on notes.id = items.source_id
  where items.org_id = (select app.current_org()) and items.id = any(v_ids)
  order by items.priority, items.occurred_at, items.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_handovers(p_site_id uuid, p_before uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 20)
 RETURNS TABLE(id uuid, starts_at timestamp with time zone, ends_at timestamp with time zone, closed_at timestamp with time zone, created_by uuid, item_count bigint, urgent_count bigint, acknowledged_count bigint, is_acknowledged_by_me boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_before record;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select handovers.ends_at as at, handovers.id as id into v_before
  from public.handovers
  where
    handovers.org_id = (select app.current_org()) and handovers.id = p_before and handovers.site_id = p_site_id;
  if p_before is not null and v_before.id is null then
    perform app.raise_error('not_found', 'There is no such handover of this site.');
  end if;

  return query
  select
    page.id, page.starts_at, page.ends_at, page.closed_at, page.created_by, items.items, items.urgent, signed.people,
    signed.is_mine
  from (
    select handovers.*
    from public.handovers
    where
      handovers.org_id = (select app.current_org())
      and handovers.site_id = p_site_id
      and (p_before is null or (handovers.ends_at, handovers.id) < (v_before.at, v_before.id))
    order by handovers.ends_at desc, handovers.id desc
    limit p_limit
  ) as page
  cross join lateral (
    select count(*) as items, count(*) filter (where items.priority = 'urgent') as urgent
    from public.handover_items as items
    where items.org_id = page.org_id and items.handover_id = page.id
  ) as items
  cross join lateral (
    select count(*) as people, coalesce(bool_or(made.user_id = (select app.my_id())), false) as is_mine
    from public.handover_acknowledgements as made
    where made.org_id = page.org_id and made.handover_id = page.id
  ) as signed
  order by page.ends_at desc, page.id desc;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_medication_round(p_site_id uuid, p_from timestamp with time zone, p_to timestamp with time zone, p_purpose public.access_purpose, p_limit integer DEFAULT 200, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(dose_id uuid, order_id uuid, resident_id uuid, preferred_name text, due_at timestamp with time zone, window_starts_at timestamp with time zone, window_ends_at timestamp with time zone, status public.medication_dose_status, details jsonb, route public.medication_route, dose_quantity numeric, unit text, is_controlled boolean, administration_id uuid, administered_by uuid, occurred_at timestamp with time zone)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_org_id uuid;
  v_after timestamptz;
begin
  perform app.require_feature('care_homes');
  perform app.require_role(
    'org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer'
  );
  perform app.check_input('p_site_id', p_site_id is not null, 'Say at which site.');
  perform app.check_input(
    'p_to', p_to > p_from and p_to <= p_from + interval '48 hours', 'A round is at most 48 hours, from p_from to p_to.'
  );
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  v_org_id := app.current_org();
  select doses.due_at into v_after
  from public.medication_doses as doses where doses.org_id = v_org_id and doses.id = p_after;

  return query
  with page as materialized (
    select doses.*
    from public.medication_doses as doses
    where
      doses.org_id = v_org_id and doses.site_id = p_site_id
      and doses.due_at >= greatest(p_from, v_after) and doses.due_at < p_to and doses.status <> 'cancelled'
      and (p_after is null or (doses.due_at, doses.id) > (v_after, p_after))
    order by doses.due_at, doses.id
    limit p_limit
  )
  select
    page.id, page.order_id, page.resident_id, people.preferred_name, page.due_at, page.window_starts_at,
    page.window_ends_at, page.status, opened.details, orders.route, orders.dose_quantity, orders.unit,
    orders.is_controlled, administrations.id, administrations.administered_by, administrations.occurred_at
  from page
  inner join public.medication_orders as orders on orders.org_id = v_org_id and orders.id = page.order_id
  left join public.medication_administrations as administrations
    on administrations.org_id = v_org_id and administrations.dose_id = page.id
    and administrations.superseded_at is null
  left join app.open_medication_orders(array(select distinct page.order_id from page), p_purpose) as opened
    on opened.id = page.order_id
  left join app.open_residents(array(select distinct page.resident_id from page), p_purpose) as people
    on people.id = page.resident_id
  order by page.due_at, page.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_resident_assessments(p_resident_id uuid, p_purpose public.access_purpose, p_instrument_code text DEFAULT NULL::text, p_with_corrected boolean DEFAULT false, p_before uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 50)
 RETURNS TABLE(id uuid, instrument_code text, assessed_at timestamp with time zone, recorded_at timestamp with time zone, total numeric, band text, severity smallint, spo2_scale smallint, answers jsonb, note text, corrects_id uuid, created_by uuid)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_before record;
  v_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select assessments.assessed_at as at, assessments.id as id into v_before
  from public.assessments
  where
    assessments.org_id = (select app.current_org()) and assessments.id = p_before
    and assessments.resident_id = p_resident_id;
  if p_before is not null and v_before.id is null then
    perform app.raise_error('not_found', 'There is no such assessment of this resident.');
  end if;

  v_ids := array(
    select assessments.id
    from public.assessments
    where
      assessments.org_id = (select app.current_org())
      and assessments.resident_id = p_resident_id
      and (p_instrument_code is null or assessments.instrument_code = p_instrument_code)
      and (p_before is null or (assessments.assessed_at, assessments.id) < (v_before.at, v_before.id))
      and (p_with_corrected or not exists (
        select from public.assessments as later
        where
          later.org_id = assessments.org_id and later.corrects_id = assessments.id
          and later.resident_id = assessments.resident_id and later.instrument_code = assessments.instrument_code
      ))
    order by assessments.assessed_at desc, assessments.id desc
    limit p_limit
  );
  return query
  select
    assessments.id, assessments.instrument_code, assessments.assessed_at, assessments.recorded_at, assessments.total,
    assessments.band, assessments.severity, assessments.spo2_scale, opened.answers, opened.note,
    assessments.corrects_id, assessments.created_by
  from public.assessments
  inner join app.open_assessments(v_ids, p_purpose) as opened on opened.id = assessments.id
  where assessments.org_id = (select app.current_org()) and assessments.id = any(v_ids)
  order by assessments.assessed_at desc, assessments.id desc;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_resident_notes(p_resident_id uuid, p_purpose public.access_purpose, p_kinds public.daily_note_kind[] DEFAULT NULL::public.daily_note_kind[], p_from timestamp with time zone DEFAULT NULL::timestamp with time zone, p_to timestamp with time zone DEFAULT NULL::timestamp with time zone, p_with_corrected boolean DEFAULT false, p_before uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 50)
 RETURNS TABLE(id uuid, kind public.daily_note_kind, occurred_at timestamp with time zone, recorded_at timestamp with time zone, measured_value numeric, unit text, note text, is_shared boolean, is_for_handover boolean, corrects_id uuid, is_retraction boolean, recorded_by uuid)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_before record;
  v_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select notes.occurred_at as at, notes.id as id into v_before
  from public.daily_notes as notes
  where notes.org_id = (select app.current_org()) and notes.id = p_before and notes.resident_id = p_resident_id;
  if p_before is not null and v_before.id is null then
    perform app.raise_error('not_found', 'There is no such note about this resident.');
  end if;

  v_ids := array(
    select notes.id
    from public.daily_notes as notes
    where
      notes.org_id = (select app.current_org())
      and notes.resident_id = p_resident_id
      and (p_kinds is null or notes.kind = any(p_kinds))
      and (p_from is null or notes.occurred_at >= p_from)
      and (p_to is null or notes.occurred_at < p_to)
      and (p_before is null or (notes.occurred_at, notes.id) < (v_before.at, v_before.id))
      and (p_with_corrected or (
        not notes.is_retraction and not exists (
          select from public.daily_notes as later
          where
            later.org_id = notes.org_id and later.corrects_id = notes.id and later.resident_id = notes.resident_id
        )
      ))
    order by notes.occurred_at desc, notes.id desc
    limit p_limit
  );
  return query
  select
    notes.id, notes.kind, notes.occurred_at, notes.recorded_at, notes.measured_value, notes.unit, opened.note,
    notes.is_shared, notes.is_for_handover, notes.corrects_id, notes.is_retraction, writers.recorded_by
  from public.daily_notes as notes
  inner join app.open_daily_notes(v_ids, p_purpose) as opened on opened.id = notes.id
  left join app.read_daily_notes_restricted(v_ids) as writers on writers.id = notes.id
  where notes.org_id = (select app.current_org()) and notes.id = any(v_ids)
  order by notes.occurred_at desc, notes.id desc;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_shift_tasks(p_site_id uuid, p_from timestamp with time zone, p_to timestamp with time zone, p_purpose public.access_purpose, p_is_mine boolean DEFAULT false, p_limit integer DEFAULT 100, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, care_plan_task_id uuid, resident_id uuid, task_kind public.care_task_kind, status public.care_task_status, due_at timestamp with time zone, due_on date, due_time time without time zone, overdue_at timestamp with time zone, assigned_to uuid, completed_at timestamp with time zone, completed_by uuid, skip_reason public.care_task_skip_reason, instructions text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_due_at timestamptz;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer', 'case_manager', 'org_owner', 'compliance_lead');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_to', p_to > p_from and p_to <= p_from + interval '7 days',
    'The end is after the beginning, by 7 days at most.'
  );
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select last.due_at into v_due_at
  from public.care_plan_task_occurrences as last
  where last.org_id = (select app.current_org()) and last.id = p_after;

  return query
  with page as materialized (
    select listed.*
    from public.care_plan_task_occurrences as listed
    where
      listed.org_id = (select app.current_org())
      and listed.site_id = p_site_id
      and listed.due_at >= greatest(p_from, v_due_at)
      and listed.due_at < p_to
      and (p_after is null or (listed.due_at, listed.id) > (v_due_at, p_after))
      and listed.status <> 'cancelled'
      and (not p_is_mine or listed.assigned_to is null or listed.assigned_to = (select app.my_id()))
    order by listed.due_at, listed.id
    limit p_limit
  )
  select
    page.id, page.care_plan_task_id, page.resident_id, page.task_kind, page.status, page.due_at, page.due_on,
    page.due_time, page.overdue_at, page.assigned_to, page.completed_at, page.completed_by, page.skip_reason,
    opened.instructions
  from page
  left join app.open_care_plan_tasks(
    array(select distinct page.care_plan_task_id from page), p_purpose
  ) as opened on opened.id = page.care_plan_task_id
  order by page.due_at, page.id;
end
$function$;

COMMENT ON FUNCTION "public"."get_occupancy_board"(uuid, integer, uuid) IS 'The beds of a site, room by room, and who has them now; names are opened by open_residents(). For all who give care,
managers, owners, administrators and compliance leads; none of a site that is not theirs.
p_site_id: the site.
p_limit: at most so many beds, 1 to 500. p_after_bed_id: the last bed of the page before.
state: occupied, on_leave, closed, reserved, offered, vacant.
resident_id, admission_id: who has the bed now. since_at, planned_end_at: from when and until when, null without an end.
next_starts_at: from when it is kept for somebody who comes.
Never null: room_id, room_name, bed_id, bed_name, state.
Protected: resident_id, admission_id, since_at, planned_end_at, next_starts_at.
Errors: feature_disabled, permission_denied, not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."get_shared_checkins"(public.access_purpose, uuid, date, date, integer, uuid) IS 'Check-ins that their owners share, newest first: of those only who may be contacted now. For administrators, care
managers and wellness officers, so that help can be offered. Each call leaves an event: who read whose, and what for.
p_purpose: what for.
p_practitioner_id: only of this practitioner; of everybody when null.
p_from, p_to: first and last day, both included; by default the last fourteen days. At most 366 days.
p_limit: at most so many, 1 to 500.
p_before: the id of the last one of the former page.
Never null: id, practitioner_id, checkin_date, work_setting, stress_level, energy_level, patients_contacted_today,
difficult_patient_calls, overtime_hours, missed_break.
Protected: stress_level, energy_level, patients_contacted_today, difficult_patient_calls, overtime_hours, missed_break.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_sla_board"(uuid, integer, uuid) IS 'What has to be done about incidents that the caller may see, what is due first first; what is late is on top.
p_site_id: at this site; null: at all.
p_limit: at most so many, 1 to 500. p_after: the timer_id of the last row of the page before.
told_level: how far up the chain somebody was told that it is late; null: nobody.
Never null: timer_id, incident_id, site_id, kind, severity, status, step, due_at, is_overdue.
Protected: kind, severity.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."list_interventions"(public.intervention_status, public.access_purpose, integer, uuid) IS 'The cases of the active organization that the caller may help with: of providers who may be contacted now, or who made
themselves known for this one case. Requests without a score first, then the highest score, then the newest. For
wellness officers, care managers and administrators; leaves an access event. One''s own cases: get_my_interventions().
p_status: those of this status; null: all that are not closed.
p_purpose: what for; must be said.
p_limit: at most so many, 1 to 500.
p_before: the last case of the page before.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."list_medication_round"(uuid, timestamp with time zone, timestamp with time zone, public.access_purpose, integer, uuid) IS 'Who is to be given what at a site, in the order of its time, and what became of it; none for a site that the caller
cannot see. What was cancelled is left out; what is given as needed: list_as_needed_orders(). Leaves access events.
p_site_id: the site. p_from, p_to: from and before when it is due, at most 48 hours.
p_purpose: what for; must be said. p_limit: at most so many, 1 to 500. p_after: the last dose of the page before.
preferred_name: what the resident wants to be called. details: name, dose, indication, instructions, prescriber.
administration_id, administered_by, occurred_at: of the account that holds; null while there is none.
Never null: dose_id, order_id, resident_id, due_at, window_starts_at, window_ends_at, status, route, dose_quantity,
unit, is_controlled.
Protected: preferred_name, due_at, status, details, route, dose_quantity, unit, is_controlled, occurred_at.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."list_roster_week"(uuid, date, integer, uuid) IS 'The rota of a site for a week, shift by shift in the order of their begin, with who is on each. Drafts are for
planners, owners and compliance leads. Empty for a site that is not the caller''s.
p_site_id: the site. p_week: any day of the week. p_limit: at most so many shifts, 1 to 500. p_after: only shifts
after this one, for the next page.
version: of the shift, for merge_shifts(). people: a list of {assignment_id, user_id, name, clocked_in_at,
clocked_out_at, told_minutes}.
Never null: shift_id, version, shift_on, starts_at, ends_at, break_minutes, skill, needed_count, assigned_count,
open_offer_count, is_published, people.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."list_shift_tasks"(uuid, timestamp with time zone, timestamp with time zone, public.access_purpose, boolean, integer, uuid) IS 'What is due at a site from one moment to another, in the order in which it is due, with its instructions opened; leaves one
access event. Notes are opened by open_care_plan_task_occurrences(). For who gives care at the site or looks across it; none
for a site that the caller cannot see.
p_site_id: the site. p_from, p_to: from when until before when, 7 days at most.
p_purpose: what for.
p_is_mine: true: only what is assigned to the caller or to nobody.
p_limit: at most so many, 1 to 500. p_after: the last of the page before.
Never null: id, care_plan_task_id, resident_id, task_kind, status, due_at, due_on, due_time, overdue_at.
Protected: task_kind, status, skip_reason, instructions.
Errors: feature_disabled, permission_denied, invalid_input.';

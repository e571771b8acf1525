-- care_day: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.adopt_realtime()
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if to_regclass('realtime.messages') is null or to_regprocedure('realtime.topic()') is null then
    return false;
  end if;
  if not exists (
    select from pg_catalog.pg_policy as policies
    where policies.polrelid = to_regclass('realtime.messages') and policies.polname = 'carebase_listen'
  ) then
    execute
      'create policy carebase_listen on realtime.messages for select to authenticated '
      'using (extension = ''broadcast'' and app.may_listen((select realtime.topic())))';
  end if;
  return true;
exception when insufficient_privilege then
  raise notice 'Nobody can listen to private channels: the owner of realtime.messages has to run app.adopt_realtime().';
  return false;
end
$function$;

CREATE OR REPLACE FUNCTION app.are_task_changes(p_changes jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return
    jsonb_typeof(p_changes) = 'object' and p_changes <> '{}' and octet_length(p_changes::text) <= 12000
    and p_changes - '{first_on,first_time,rule,grace_minutes,assigned_to,instructions}'::text[] = '{}'
    and (not p_changes ? 'first_on' or coalesce(
      (p_changes ->> 'first_on')::date >= date '2000-01-01' and (p_changes ->> 'first_on')::date < date '2200-01-01',
      false
    ))
    and (not p_changes ? 'first_time' or coalesce(
      extract(second from (p_changes ->> 'first_time')::time) = 0, false
    ))
    and (not p_changes ? 'rule' or coalesce(length(p_changes ->> 'rule') >= 1 and length(p_changes ->> 'rule') <= 1000, true))
    and (not p_changes ? 'grace_minutes' or coalesce(
      (p_changes ->> 'grace_minutes')::integer >= 0 and (p_changes ->> 'grace_minutes')::integer <= 1440, false
    ))
    and coalesce(p_changes ->> 'assigned_to', '') ~ '^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$'
    and (not p_changes ? 'instructions' or coalesce(
      length(p_changes ->> 'instructions') <= 2000 and p_changes ->> 'instructions' ~ '\S', false
    ));
exception when data_exception then
  return false;
end
$function$;

CREATE OR REPLACE FUNCTION app.can_be_given_incident_work(p_org_id uuid, p_site_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from public.staff_members as staff
    where staff.org_id = p_org_id and staff.user_id = p_user_id and staff.deleted_at is null
      and staff.employed_during @> app.organization_day(p_org_id)
  ) and exists (
    select from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.user_id = p_user_id and roles.deleted_at is null
      and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.role not in ('resident', 'patient', 'family', 'referral_partner', 'service')
      and roles.valid_during @> app.clock()
  )
$function$;

CREATE OR REPLACE FUNCTION app.due_step(p_due_on date, p_on date, p_ahead integer[])
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case
    when p_due_on < p_on - 30 then null
    when p_due_on < p_on then -1
    else (select min(steps.days) from unnest(p_ahead) as steps (days) where p_due_on <= p_on + steps.days)
  end
$function$;

CREATE OR REPLACE FUNCTION app.end_care_of_resident()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  -- A discharge may be entered up to a week late.
  v_left_at constant timestamptz := least(app.clock(), (
    select max(admissions.discharged_at) from public.admissions
    where admissions.org_id = new.org_id and admissions.resident_id = new.id
  ));
begin
  perform app.end_medication_of_resident(new, v_left_at);
  perform app.end_plans_of_resident(new, v_left_at);
  update public.assessment_schedules as schedules
  set is_active = false, next_due_at = null, repeat_after = null, ended_at = app.clock()
  where schedules.org_id = new.org_id and schedules.resident_id = new.id and schedules.ended_at is null;
  update public.assessment_follow_ups as follow_ups set cancelled_at = app.clock()
  where
    follow_ups.org_id = new.org_id and follow_ups.resident_id = new.id
    and follow_ups.done_at is null and follow_ups.cancelled_at is null;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.form_fault(p_document jsonb, p_form jsonb, p_place text DEFAULT 'details'::text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_key text;
  v_rule jsonb;
  v_value jsonb;
  v_fault text;
begin
  if jsonb_typeof(p_document) is distinct from 'object' then
    return format('%s is a JSON object.', p_place);
  end if;
  -- What the form does not know may be anything, also private: it is counted and not repeated.
  if p_document - array(select jsonb_object_keys(p_form)) <> '{}' then
    return format('%s has places that are not known.', p_place);
  end if;
  for v_key, v_rule in select * from jsonb_each(p_form) loop
    v_value := nullif(p_document -> v_key, 'null');
    v_fault := case
      when v_value is null then
        case when jsonb_typeof(v_rule) = 'number' and v_rule::integer < 0 then 'is missing' end
      when jsonb_typeof(v_rule) = 'object' then ''
      when v_rule = '"date"' then
        case when not app.is_day(v_value #>> '{}') then 'is a day, YYYY-MM-DD' end
      when jsonb_typeof(v_value) <> 'string' or v_value #>> '{}' = '' then 'is a text, and not an empty one'
      when length(v_value #>> '{}') > abs(v_rule::integer) then
        format('has at most %s characters', abs(v_rule::integer))
    end;
    if v_fault = '' then
      v_fault := app.form_fault(v_value, v_rule, p_place || '.' || v_key);
      if v_fault is not null then
        return v_fault;
      end if;
    elsif v_fault is not null then
      return format('%s.%s %s.', p_place, v_key, v_fault);
    end if;
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.form_places(p_form jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select string_agg(
    case jsonb_typeof(rules.value)
      when 'object' then format('%s {%s}', rules.key, app.form_places(rules.value))
      else rules.key
    end,
    ', ' order by rules.key
  )
  from jsonb_each(p_form) as rules
$function$;

CREATE OR REPLACE FUNCTION app.guard_gone_resident()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if app.is_gone(new.org_id, new.resident_id) then
    perform app.raise_error(
      'conflict', 'They do not live here any more.', '{"reason": "not_admitted"}', 'Admit them first.'
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_place()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if exists (
    select from public.bed_stays as stays
    inner join public.beds on beds.org_id = stays.org_id and beds.id = stays.bed_id
    where
      stays.org_id = new.org_id and stays.bed_site_id = new.site_id
      and case tg_table_name when 'beds' then beds.id when 'rooms' then beds.room_id end = new.id
      and stays.ends_at > app.clock() and stays.deleted_at is null
  ) then
    perform app.raise_error(
      'conflict', 'Somebody has a bed here, or one is kept for them.', '{"reason": "bed_taken"}',
      'Transfer them to another bed, or cancel what is kept, first.'
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_two_signatures()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_is_new constant boolean := tg_op = 'INSERT';
  v_first constant uuid := to_jsonb(new) ->> tg_argv[0];
  v_signs constant uuid := case when v_is_new then v_first else new.witnessed_by end;
begin
  -- Twice the same is refused by the table itself.
  if v_signs is null or (not v_is_new and v_signs = v_first) then
    return new;
  end if;
  if not v_is_new and not app.may_witness(new.org_id, new.site_id, v_signs) then
    perform app.raise_error(
      'permission_denied', 'Your role and training do not let you witness a controlled drug.',
      '{"reason": "not_a_witness"}', 'Ask a nurse, the manager, or somebody whose training in medication is current.'
    );
  end if;
  if (select rule.is_on_duty from app.medication_witness_rule(new.org_id, new.site_id) as rule)
    and not app.is_on_duty(new.org_id, new.site_id, v_signs) then
    perform app.raise_error(
      'permission_denied', 'Only who is at work here now signs for a controlled drug.', '{"reason": "not_on_duty"}',
      'Clock in to your shift first.'
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_day(p_text text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  return p_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and p_text::date is not null;
exception when datetime_field_overflow or invalid_datetime_format then
  return false;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_gone(p_org_id uuid, p_resident_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from public.residents
    where
      residents.org_id = p_org_id and residents.id = p_resident_id and residents.status in ('discharged', 'deceased')
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_on_duty(p_org_id uuid, p_site_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select
    from public.shift_assignments as assignments
    left join public.shift_attendance as attendance
      on attendance.org_id = assignments.org_id and attendance.assignment_id = assignments.id
    where
      assignments.org_id = p_org_id and assignments.site_id = p_site_id and assignments.user_id = p_user_id
      and assignments.is_published and assignments.deleted_at is null
      and attendance.clocked_out_at is null
      and assignments.starts_at > app.clock() - interval '30 hours'
      and case
        when attendance.clocked_in_at is null
          then assignments.starts_at <= app.clock() and assignments.ends_at > app.clock()
        else attendance.clocked_in_at <= app.clock()
      end
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_task_taken_back(p_old jsonb, p_new jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return
    p_old ->> 'status' in ('completed', 'skipped') and p_new ->> 'status' in ('due', 'missed')
    and p_new ->> 'note' is null and p_new -> 'assigned_to' = p_old -> 'assigned_to'
    and exists (
      select from public.care_plan_task_corrections as corrections
      where
        corrections.org_id = (p_old ->> 'org_id')::uuid and corrections.occurrence_id = (p_old ->> 'id')::uuid
        and corrections.former_status::text = p_old ->> 'status'
        and corrections.former_completed_at = (p_old ->> 'completed_at')::timestamptz
        and corrections.former_completed_by = (p_old ->> 'completed_by')::uuid
        -- In this very transaction.
        and corrections.created_at = now()
    );
end
$function$;

CREATE OR REPLACE FUNCTION app.job_remind_quality(p_org_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_on constant date := app.organization_day(p_org_id);
  v_channels constant public.notification_channel[] := array['email', 'in_app'];
  v_due record;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  perform app.ensure_template(
    p_org_id, texts.template, channels.name, texts.subject, texts.body || ' {{ due_on }}. See {{ link }}',
    '{"due_on": "date", "days": "number", "link": "link"}'
  )
  from unnest(v_channels) as channels (name)
  cross join (
    values
    ('care.complaint_due', 'A complaint waits', 'A complaint is to be seen to by'),
    ('care.evidence_expiring', 'Evidence expires', 'Evidence for inspections expires on'),
    ('care.document_expiring', 'A document expires', 'A document of a resident expires on'),
    ('care.supervision_due', 'A supervision is due', 'A supervision or appraisal is due by'),
    ('care.audit_due', 'An audit is due', 'An audit is due by'),
    ('care.action_due', 'An action is due', 'An action of an audit is due by')
  ) as texts (template, subject, body);
  for v_due in
    select due.*, told.user_id
    from app.quality_due(p_org_id, v_on) as due
    cross join lateral app.quality_recipients(p_org_id, due.site_id, due.person_id, v_on) as told (user_id)
    where due.step is not null and not exists (
      select from public.notification_queue as known
      where
        known.org_id = p_org_id
        and known.dedupe_key = concat_ws(':', due.template, due.id, due.due_on, due.step, told.user_id, 'in_app')
    )
  loop
    perform app.enqueue_notification(
      p_org_id, channels.name, v_due.user_id, v_due.template,
      jsonb_build_object('due_on', v_due.due_on, 'days', v_due.step, 'link', v_due.link),
      p_dedupe_key => concat_ws(
        ':', v_due.template, v_due.id, v_due.due_on, v_due.step, v_due.user_id, channels.name
      )
    )
    from unnest(v_channels) as channels (name);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_tell_overstays(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_stay public.bed_stays;
  v_count integer := 0;
begin
  for v_stay in
    select stays.*
    from public.bed_stays as stays
    inner join public.beds on beds.org_id = stays.org_id and beds.id = stays.bed_id
    inner join public.admissions
      on admissions.org_id = stays.org_id and admissions.id = stays.admission_id
      and admissions.admitted_at is not null and admissions.discharged_at is null and admissions.deleted_at is null
    where
      stays.org_id = p_org_id and stays.deleted_at is null and not stays.is_reserved
      and stays.ends_at <= app.clock() and (stays.told_at is null or stays.told_at < stays.ends_at)
      -- Who was moved to another bed has not overstayed in this one.
      and not exists (
        select from public.bed_stays as later
        where
          later.org_id = stays.org_id and later.resident_id = stays.resident_id and later.deleted_at is null
          and not later.is_reserved and later.starts_at >= stays.ends_at
      )
    order by beds.id
    limit p_limit
    for update of stays skip locked
    for no key update of beds skip locked
  loop
    update public.bed_stays as stays set told_at = app.clock()
    where stays.org_id = v_stay.org_id and stays.id = v_stay.id;
    perform app.tell_of_overstay(v_stay);
    perform app.offer_freed_bed(v_stay.org_id, v_stay.bed_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.list_site_staff(p_site_id uuid, p_limit integer, p_after uuid)
 RETURNS TABLE(user_id uuid, name text, job_title text, roles public.app_role[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  v_org_id constant uuid := app.current_org();
begin
  perform app.require_role(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
  if not p_site_id = any(app.my_sites(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  )) then
    perform app.raise_error('not_found', 'There is no such site among yours.');
  end if;
  return query
  select
    posts.user_id, max(profiles.display_name), max(posts.job_title),
    array_agg(distinct posts.role order by posts.role)
  from app.staff_posts(v_org_id, app.today(), null, array[p_site_id, app.no_place()]) as posts
  left join public.profiles on profiles.id = posts.user_id
  where
    (
      posts.site_id = p_site_id
      or posts.role in ('care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'scheduler')
    )
    and (p_after is null or posts.user_id > p_after)
  group by posts.user_id
  order by posts.user_id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.may_listen(p_topic text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return
    p_topic ~ '^org:[0-9a-f-]{36}:[a-z][a-z_0-9]{0,62}$'
    and split_part(p_topic, ':', 2) = app.current_org()::text
    and app.is_staff();
end
$function$;

CREATE OR REPLACE FUNCTION app.may_witness(p_org_id uuid, p_site_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select
    from app.medication_witness_rule(p_org_id, p_site_id) as rule
    inner join public.role_assignments as posts
      on
        posts.org_id = p_org_id and posts.user_id = p_user_id and coalesce(posts.site_id, p_site_id) = p_site_id
        and posts.role in ('carer', 'nurse', 'clinician', 'manager')
        and posts.deleted_at is null and posts.valid_during @> app.clock()
    where
      posts.role = any(rule.roles)
      or exists (
        select from app.training_held(p_org_id, app.today(), array[p_user_id], array[rule.course_code]) as held
        where held.valid_until >= app.today()
      )
  )
$function$;

CREATE OR REPLACE FUNCTION app.medication_witness_rule(p_org_id uuid, p_site_id uuid, OUT roles public.app_role[], OUT course_code text, OUT is_on_duty boolean)
 RETURNS record
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    case when own.id is null then '{nurse,clinician,manager}'::public.app_role[] else own.roles end,
    case when own.id is null then 'medication' else own.code end,
    coalesce(own.is_on_duty, false)
  from (select 1) as one
  left join lateral (
    select rules.id, rules.roles, rules.is_on_duty, courses.code
    from public.medication_witness_rules as rules
    left join public.training_courses as courses
      on courses.org_id = rules.org_id and courses.id = rules.course_id
    where
      rules.org_id = p_org_id and (rules.site_id = p_site_id or rules.site_id is null) and rules.deleted_at is null
    order by rules.site_id nulls last
    limit 1
  ) as own on true
$function$;

CREATE OR REPLACE FUNCTION app.my_named_sites(VARIADIC p_roles public.app_role[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return case when app.org_throughout(variadic p_roles) is null then app.my_sites(variadic p_roles) else '{}' end;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_care_plan_task_corrections(p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] DEFAULT NULL::uuid[])
 RETURNS TABLE(id uuid, former_note text, reason text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.care_plan_task_corrections', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      id as row_id,
      org_id as org_id,
      resident_id as subject_id,
      former_note as value_1,
      reason as value_2
    from public.care_plan_task_corrections
    where
      id = any(p_ids)
      and org_id = (select app.current_org())
      and (
        (select app.has_role('org_owner', 'compliance_lead'))
        or site_id = any((select app.my_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'))::uuid[])
      )
  ),

  needed as materialized (
    select
      array(
        select substr(value_1, 2, 16) from found union
        select substr(value_2, 2, 16) from found
      ) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.care_plan_task_corrections', (array_agg(found.org_id))[1], array_agg(distinct found.subject_id),
      count(*), (select needed.tags from needed)
    )
    from found
    having count(*) > 0
  ),

  opened as materialized (
    select
      found.row_id,
      found.value_1 is null or key_1.tag is null as is_empty_1,
      app.open_value(
        key_1.schedule, app.sealed_context('carebase:1:public.care_plan_task_corrections:former_note:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1,
      found.value_2 is null or key_2.tag is null as is_empty_2,
      app.open_value(
        key_2.schedule, app.sealed_context('carebase:1:public.care_plan_task_corrections:reason:', found.org_id, found.subject_id),
        found.value_2
      ) as plain_2
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
    left join keys as key_2 on key_2.tag = substr(found.value_2, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.care_plan_task_corrections.former_note', row_id)
      else convert_from(plain_1, 'UTF8')
    end),
    (case
      when is_empty_2 then null
      when plain_2 is null then app.refuse_damaged('public.care_plan_task_corrections.reason', row_id)
      else convert_from(plain_2, 'UTF8')
    end)
  from opened
  cross join noted;
end
$function$;

CREATE OR REPLACE FUNCTION app.org_throughout(VARIADIC p_roles public.app_role[])
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_role_sites constant jsonb := coalesce(nullif(current_setting('carebase.role_sites', true), ''), '{}')::jsonb;
  v_role public.app_role;
begin
  foreach v_role in array p_roles loop
    if v_role_sites -> v_role::text = 'null'::jsonb then
      return v_org_id;
    end if;
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.quality_due(p_org_id uuid, p_on date)
 RETURNS TABLE(template text, id uuid, site_id uuid, person_id uuid, due_on date, step integer, link text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    'care.complaint_due', found.id, found.site_id, null::uuid, dues.due_on, dues.step,
    '/quality/complaints/' || found.id
  from public.complaints as found
  cross join lateral (
    select days.due_on, app.due_step(days.due_on, p_on, '{3,0}') as step
    from (
      values (case when found.acknowledged_at is null then found.acknowledge_due_on end), (found.respond_due_on)
    ) as days (due_on)
  ) as dues
  where
    found.org_id = p_org_id and found.responded_at is null and found.respond_due_on >= p_on - 30
    and found.deleted_at is null
  union all
  -- It shows nothing any more from that day on, and the day before is its last.
  select
    'care.evidence_expiring', found.id, found.site_id, null, found.expires_on - 1,
    app.due_step(found.expires_on - 1, p_on, '{30,7}'), '/quality/evidence/' || found.id
  from public.inspection_evidence as found
  where
    found.org_id = p_org_id and found.expires_on >= p_on - 30 and found.expires_on <= p_on + 31
    and found.deleted_at is null
  union all
  select
    'care.document_expiring', found.id, found.site_id, null, found.expires_on,
    app.due_step(found.expires_on, p_on, '{30,7}'), '/residents/' || found.resident_id || '/documents/' || found.id
  from public.resident_documents as found
  where
    found.org_id = p_org_id and found.expires_on >= p_on - 30 and found.expires_on <= p_on + 30
    and found.is_current and found.archived_at is null and found.deleted_at is null
    and not app.is_gone(p_org_id, found.resident_id)
  union all
  select
    'care.supervision_due', found.id, found.site_id, found.supervisor_id, found.next_due_on,
    app.due_step(found.next_due_on, p_on, '{14,0}'), '/supervisions/' || found.id
  from public.supervisions as found
  inner join public.staff_members as staff
    on
      staff.org_id = found.org_id and staff.user_id = found.user_id and staff.employed_during @> p_on
      and staff.deleted_at is null
  where
    found.org_id = p_org_id and found.next_due_on >= p_on - 30 and found.next_due_on <= p_on + 14
    and not exists (
      select from public.supervisions as later
      where
        later.org_id = found.org_id and later.user_id = found.user_id and later.kind = found.kind
        and (later.held_on, later.id) > (found.held_on, found.id)
    )
  union all
  select
    'care.audit_due', found.id, found.site_id, null, found.next_due_on, app.due_step(found.next_due_on, p_on, '{14,0}'),
    '/quality/audits/' || found.id
  from public.quality_audits as found
  where
    found.org_id = p_org_id and found.next_due_on >= p_on - 30 and found.next_due_on <= p_on + 14
    and found.deleted_at is null
    and not exists (
      select from public.quality_audits as later
      where
        later.org_id = found.org_id and later.site_id = found.site_id and lower(later.title) = lower(found.title)
        and later.deleted_at is null and (later.audited_on, later.id) > (found.audited_on, found.id)
    )
  union all
  select
    'care.action_due', found.id, found.site_id, found.assigned_to, found.due_on,
    app.due_step(found.due_on, p_on, '{7,0}'), '/quality/actions/' || found.id
  from public.quality_audit_actions as found
  where
    found.org_id = p_org_id and found.completed_at is null and found.due_on >= p_on - 30
    and found.due_on <= p_on + 7 and found.deleted_at is null
$function$;

CREATE OR REPLACE FUNCTION app.quality_recipients(p_org_id uuid, p_site_id uuid, p_person_id uuid, p_on date)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  with posts as materialized (
    select distinct roles.user_id, roles.role
    from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.role in ('manager', 'care_manager', 'compliance_lead', 'org_owner')
      and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
  ),
  answering as (
    select posts.user_id
    from posts
    where
      -- The first of these that a site has.
      posts.role = (
        select others.role from posts as others
        order by array_position('{manager,compliance_lead,care_manager,org_owner}', others.role::text)
        limit 1
      )
  )
  select answering.user_id from answering
  union
  select staff.user_id from public.staff_members as staff
  where
    staff.org_id = p_org_id and staff.user_id = p_person_id and staff.employed_during @> p_on
    and staff.deleted_at is null
$function$;

CREATE OR REPLACE FUNCTION app.seal_care_plan_task_corrections()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_key record;
begin
  if tg_op = 'UPDATE' then
    if (new.org_id, new.resident_id) is distinct from (old.org_id, old.resident_id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    if (
      new.former_note, new.reason
    ) is not distinct from (
      old.former_note, old.reason
    ) then
      return new;
    end if;
  end if;

  v_key := app.sealing_key('seal', new.org_id, new.resident_id);
  if tg_op = 'INSERT' or new.former_note is distinct from old.former_note then
    new.former_note := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.care_plan_task_corrections:former_note:', new.org_id, new.resident_id),
      new.former_note
    );
  end if;
  if tg_op = 'INSERT' or new.reason is distinct from old.reason then
    new.reason := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.care_plan_task_corrections:reason:', new.org_id, new.resident_id),
      new.reason
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.task_undo_window()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
RETURN '12:00:00'::interval;

CREATE OR REPLACE FUNCTION public.get_rota_state(p_site_id uuid, p_week date)
 RETURNS TABLE(rota_week_id uuid, status public.rota_status, state text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.require_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
  );
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_week', p_week is not null, 'Say which week.');

  return query
  select
    rotas.id, rotas.status,
    md5(concat_ws(
      ' ', rotas.version,
      (
        select string_agg(concat_ws(':', shifts.id, shifts.version), ' ' order by shifts.id)
        from public.shifts
        where shifts.org_id = rotas.org_id and shifts.site_id = rotas.site_id and shifts.rota_week_id = rotas.id
      ),
      (
        select string_agg(concat_ws(':', assignments.id, assignments.version), ' ' order by assignments.id)
        from public.shift_assignments as assignments
        inner join public.shifts on shifts.org_id = assignments.org_id and shifts.id = assignments.shift_id
        where
          assignments.org_id = rotas.org_id and shifts.site_id = rotas.site_id and shifts.rota_week_id = rotas.id
      ),
      (
        select string_agg(concat_ws(':', offers.id, offers.version), ' ' order by offers.id)
        from public.shift_offers as offers
        inner join public.shifts on shifts.org_id = offers.org_id and shifts.id = offers.shift_id
        where offers.org_id = rotas.org_id and shifts.site_id = rotas.site_id and shifts.rota_week_id = rotas.id
      )
    ))
  from public.rota_weeks as rotas
  where
    rotas.org_id = (select app.current_org()) and rotas.site_id = p_site_id
    and rotas.week_on = p_week - (extract(isodow from p_week)::integer - 1);
end
$function$;

CREATE OR REPLACE FUNCTION public.list_site_staff(p_site_id uuid, p_limit integer DEFAULT 200, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(user_id uuid, name text, job_title text, roles public.app_role[])
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query select staff.* from app.list_site_staff(p_site_id, p_limit, p_after) as staff;
end
$function$;

CREATE OR REPLACE FUNCTION public.open_care_plan_task_corrections(p_ids uuid[], p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, former_note text, reason text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_care_plan_task_corrections(
    array(select seen.id from public.care_plan_task_corrections as seen where seen.id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$function$;

DROP POLICY "select_organization_or_sites" ON "public"."admissions";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_follow_ups";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_schedules";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_scores";

DROP POLICY "select_organization_or_sites" ON "public"."assessments";

DROP POLICY "select_organization_or_sites" ON "public"."bed_offers";

DROP POLICY "select_organization_or_sites" ON "public"."bed_stays";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_acknowledgements";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_reviews";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_task_occurrences";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_tasks";

DROP POLICY "select_organization_or_sites_or_linked" ON "public"."care_plan_versions";

DROP POLICY "select_organization_or_sites" ON "public"."care_plans";

DROP POLICY "select_organization_or_sites" ON "public"."complaints";

DROP POLICY "select_organization_or_sites" ON "public"."compliance_stats";

DROP POLICY "select_organization_or_sites_or_linked_shared" ON "public"."daily_notes";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."document_versions";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."documents";

DROP POLICY "select_organization_or_sites" ON "public"."handover_acknowledgements";

DROP POLICY "select_organization_or_sites" ON "public"."handover_items";

DROP POLICY "select_organization_or_sites" ON "public"."handovers";

DROP POLICY "select_organization_or_sites" ON "public"."incident_actions";

DROP POLICY "select_organization_or_sites" ON "public"."incident_followups";

DROP POLICY "select_organization_or_sites" ON "public"."incident_notifications_of_regulators";

DROP POLICY "select_organization_or_sites" ON "public"."incident_people";

DROP POLICY "select_organization_or_sites" ON "public"."incident_timers";

DROP POLICY "select_organization_or_sites_or_own" ON "public"."incidents";

DROP POLICY "select_organization_or_sites" ON "public"."inspection_evidence";

DROP POLICY "select_organization_or_sites" ON "public"."medication_administrations";

DROP POLICY "select_organization_or_sites" ON "public"."medication_discrepancies";

DROP POLICY "select_organization_or_sites" ON "public"."medication_doses";

DROP POLICY "select_organization_or_sites" ON "public"."medication_effects";

DROP POLICY "select_organization_or_sites" ON "public"."medication_order_events";

DROP POLICY "select_organization_or_sites" ON "public"."medication_orders";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock_counts";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock_movements";

DROP POLICY "select_organization_or_sites" ON "public"."occupancy_snapshots";

DROP POLICY "select_organization_or_sites" ON "public"."org_patients";

DROP POLICY "select_organization_or_sites" ON "public"."quality_audit_actions";

DROP POLICY "select_organization_or_sites" ON "public"."quality_audits";

DROP POLICY "select_organization_or_sites" ON "public"."residency_enquiries";

DROP POLICY "select_sites" ON "public"."resident_contacts";

DROP POLICY "select_organization_or_sites_or_linked_shared" ON "public"."resident_documents";

DROP POLICY "select_organization_or_sites" ON "public"."resident_leaves";

DROP POLICY "select_sites_or_organization_or_own" ON "public"."resident_shares";

DROP POLICY "select_organization_or_sites" ON "public"."resident_status_history";

DROP POLICY "select_organization_or_sites_or_linked" ON "public"."residents";

DROP POLICY "select_organization_or_sites" ON "public"."rota_proposal_lines";

DROP POLICY "select_organization_or_sites" ON "public"."rota_proposals";

DROP POLICY "select_organization_or_sites" ON "public"."rota_weeks";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance";

DROP POLICY "select_organization_or_sites" ON "public"."shift_offers";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps";

DROP POLICY "select_organization_or_sites" ON "public"."shift_templates";

DROP POLICY "select_organization_or_sites" ON "public"."shifts";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."supervisions";

DROP POLICY "select_organization_or_sites" ON "public"."waitlist_entries";

DROP FUNCTION "app"."care_signer"();

DROP FUNCTION "app"."has_form"(jsonb, jsonb);

DROP FUNCTION "app"."report_discrepancy"(uuid, uuid, uuid);

DROP FUNCTION "app"."require_medication_signer"();

DROP FUNCTION "app"."rota_zone"(uuid, uuid);

DROP FUNCTION "app"."works_at"(uuid, uuid, uuid);

CREATE TABLE "public"."care_plan_task_corrections" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "occurrence_id" uuid NOT NULL,
  "resident_id" uuid NOT NULL,
  "site_id" uuid NOT NULL,
  "former_status" public.care_task_status NOT NULL,
  "former_completed_at" timestamp with time zone NOT NULL,
  "former_completed_by" uuid NOT NULL,
  "former_skip_reason" public.care_task_skip_reason,
  "former_note" bytea,
  "reason" bytea NOT NULL,
  "corrected_at" timestamp with time zone NOT NULL,
  "corrected_by" uuid NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "care_plan_task_corrections_former_status_signed" CHECK ((former_status = ANY (ARRAY['completed'::public.care_task_status, 'skipped'::public.care_task_status]))),
  CONSTRAINT "care_plan_task_corrections_later" CHECK ((corrected_at >= former_completed_at)),
  CONSTRAINT "care_plan_task_corrections_skipped" CHECK (((former_status = 'skipped'::public.care_task_status) = (former_skip_reason IS NOT NULL))),
  CONSTRAINT "care_plan_task_corrections_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "care_plan_task_corrections_former_note_sealed" CHECK (app.is_sealed(former_note, 4081)),
  CONSTRAINT "care_plan_task_corrections_reason_sealed" CHECK (app.is_sealed(reason, 4081))
);

ALTER TABLE "public"."care_plan_task_corrections" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."care_plan_task_corrections" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."medication_witness_rules" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "site_id" uuid,
  "roles" public.app_role[] NOT NULL DEFAULT '{nurse,clinician,manager}'::public.app_role[],
  "course_id" uuid,
  "is_on_duty" boolean NOT NULL DEFAULT false,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "medication_witness_rules_roles_sign" CHECK (((roles <@ ARRAY['carer'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'manager'::public.app_role]) AND (cardinality(roles) <= 4))),
  CONSTRAINT "medication_witness_rules_somebody" CHECK (((cardinality(roles) > 0) OR (course_id IS NOT NULL))),
  CONSTRAINT "medication_witness_rules_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."medication_witness_rules" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."medication_witness_rules" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."assessment_schedules" ADD COLUMN "ended_at" timestamp with time zone;

ALTER TABLE "public"."bed_stays" ADD COLUMN "told_at" timestamp with time zone;

ALTER TABLE "public"."care_plan_tasks" ADD COLUMN "series_id" uuid;

ALTER TABLE "public"."care_plan_tasks" ADD COLUMN "begins_at" timestamp with time zone;

ALTER TABLE "public"."medication_order_events" ALTER COLUMN "done_by" DROP NOT NULL;

CREATE OR REPLACE FUNCTION app.acknowledge_care_plan(p_version_id uuid)
 RETURNS public.care_plan_acknowledgements
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.acknowledge_incident(p_id uuid, p_assigned_to uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(p_id, 'manager', 'care_manager', 'nurse', 'clinician');
  if v_incident.status = 'closed' then
    perform app.raise_error('conflict', 'This incident is closed.');
  end if;
  if p_assigned_to is not null and not app.can_be_given_incident_work(v_incident.org_id, v_incident.site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  update public.incidents
  set
    status = case incidents.status when 'reported' then 'acknowledged' else incidents.status end,
    acknowledged_at = coalesce(incidents.acknowledged_at, app.clock()),
    assigned_to = coalesce(p_assigned_to, incidents.assigned_to)
  where incidents.org_id = v_incident.org_id and incidents.id = v_incident.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.add_audit_action(p_audit_id uuid, p_action_text text, p_due_on date, p_assigned_to uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_site_id uuid;
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'org_owner', 'compliance_lead');
  select audits.site_id into v_site_id
  from public.quality_audits as audits
  where
    audits.org_id = app.current_org() and audits.id = p_audit_id and audits.deleted_at is null
    and audits.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'));
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such audit that you may see.');
  end if;
  if p_assigned_to is not null and not app.can_be_given_incident_work(app.current_org(), v_site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  insert into public.quality_audit_actions (org_id, audit_id, site_id, action_text, due_on, assigned_to)
  values (app.current_org(), p_audit_id, v_site_id, p_action_text, p_due_on, p_assigned_to)
  returning quality_audit_actions.id into v_id;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.add_incident_action(p_incident_id uuid, p_assigned_to uuid, p_action_text text, p_due_at timestamp with time zone)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_incident public.incidents;
  v_id uuid;
begin
  v_incident := app.find_incident(p_incident_id, 'manager', 'care_manager', 'nurse', 'clinician');
  if v_incident.status = 'closed' then
    perform app.raise_error('conflict', 'This incident is closed.');
  end if;
  if not app.can_be_given_incident_work(v_incident.org_id, v_incident.site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  insert into public.incident_actions (
    org_id, incident_id, site_id, is_restricted, assigned_to, action_text, due_at
  )
  values (
    v_incident.org_id, v_incident.id, v_incident.site_id, v_incident.is_restricted, p_assigned_to,
    app.plain(p_action_text), p_due_at
  )
  on conflict (org_id, incident_id, assigned_to) where deleted_at is null do nothing
  returning id into v_id;
  if v_id is null then
    perform app.raise_error('conflict', 'They have something to do about this incident already.');
  end if;
  perform app.tell_of_incident(
    v_incident, array[p_assigned_to], 'incident.action', 'Something to do about an incident',
    'There is something for you to do about an incident: {{ link }}', v_id::text
  );
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.can_be_given_care_tasks(p_org_id uuid, p_site_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from public.role_assignments as roles
    inner join public.staff_members as staff on staff.org_id = roles.org_id and staff.user_id = roles.user_id
    where
      roles.org_id = p_org_id and roles.user_id = p_user_id
      and roles.role in ('manager', 'care_manager', 'nurse', 'clinician', 'carer')
      and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
      and staff.deleted_at is null and staff.employed_during @> app.organization_day(p_org_id)
  )
$function$;

CREATE OR REPLACE FUNCTION app.change_care_plan_task(p_task_id uuid, p_changes jsonb)
 RETURNS public.care_plan_tasks
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_old public.care_plan_tasks;
  v_new public.care_plan_tasks;
begin
  select tasks.* into v_old
  from public.care_plan_tasks as tasks
  where tasks.org_id = app.current_org() and tasks.id = p_task_id and tasks.deleted_at is null
  for update;
  if v_old.id is null or not app.plans_care_at(v_old.site_id) then
    perform app.raise_error('not_found', 'There is no such task at your sites.');
  end if;
  if v_old.ended_at is not null then
    perform app.raise_error('conflict', 'This task has ended.', p_hint => 'Change the one that took its place.');
  end if;
  v_new := jsonb_populate_record(v_old, p_changes - 'instructions');
  if
    v_new.assigned_to is not null
    and not app.can_be_given_care_tasks(v_old.org_id, v_old.site_id, v_new.assigned_to)
  then
    perform app.refuse_care_assignee();
  end if;

  perform app.close_care_plan_task(v_old);
  insert into public.care_plan_tasks (
    org_id, care_plan_id, resident_id, site_id, task_kind, instructions, first_on, first_time, rule, grace_minutes,
    assigned_to, series_id, begins_at
  )
  values (
    v_old.org_id, v_old.care_plan_id, v_old.resident_id, v_old.site_id, v_old.task_kind,
    app.plain(coalesce(
      p_changes ->> 'instructions',
      (select opened.instructions from app.open_care_plan_tasks(array[v_old.id], 'treatment') as opened)
    )),
    v_new.first_on, v_new.first_time, v_new.rule, v_new.grace_minutes, v_new.assigned_to,
    coalesce(v_old.series_id, v_old.id), app.clock()
  )
  returning * into v_new;
  perform app.generate_care_task(v_new, app.organization_day(v_new.org_id) + 2);
  return v_new;
end
$function$;

CREATE OR REPLACE FUNCTION app.change_medication_order_status(p_id uuid, p_status public.medication_order_status, p_reason text)
 RETURNS public.medication_orders
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_order public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  select orders.* into v_order
  from public.medication_orders as orders
  where
    orders.org_id = v_org_id and orders.id = p_id
    and orders.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
  for no key update;
  if v_order.id is null then
    perform app.raise_error('not_found', 'There is no such order.');
  end if;
  if v_order.status = p_status then
    return v_order;
  end if;
  if v_order.status = 'stopped' then
    perform app.raise_error('conflict', 'This order was stopped.', p_hint => 'Write a new order.');
  end if;
  update public.medication_orders as orders
  set
    status = p_status,
    ends_at = case p_status
      when 'stopped' then greatest(orders.starts_at, least(orders.ends_at, app.clock())) else orders.ends_at
    end
  where orders.org_id = v_org_id and orders.id = p_id
  returning orders.* into v_order;
  perform app.note_order_event(
    v_order,
    case p_status when 'active' then 'resumed' else p_status::text end::public.medication_order_change, p_reason
  );
  perform app.follow_order_status(v_order);
  return v_order;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_details(p_details bytea, p_form jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_document jsonb;
  v_fault text;
begin
  begin
    v_document := convert_from(p_details, 'UTF8')::jsonb;
  -- Postgres' own message would repeat the value.
  exception when others then
    v_document := null;
  end;
  v_fault := app.form_fault(v_document, p_form);
  if v_fault is not null then
    perform app.raise_error(
      'invalid_input', v_fault, '{"field": "details"}',
      'The details have these places: ' || app.form_places(p_form) || '.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.complete_care_plan_review(p_review_id uuid, p_outcome public.care_plan_review_outcome, p_note text)
 RETURNS public.care_plan_reviews
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.create_medication_order(p_order public.medication_orders, p_reason text)
 RETURNS public.medication_orders
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_order public.medication_orders := p_order;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  if not app.claim_request(
    v_order.request_key, concat_ws(':', 'create_medication_order', to_jsonb(p_order), p_reason)
  ) then
    return (
      select orders from public.medication_orders as orders
      where
        orders.org_id = v_org_id and orders.created_by = app.my_id() and orders.request_key = p_order.request_key
    );
  end if;

  select residents.site_id into v_order.site_id
  from public.residents
  where
    residents.org_id = v_org_id and residents.id = v_order.resident_id and residents.deleted_at is null
    and residents.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
  for key share;
  if v_order.site_id is null then
    perform app.raise_error(
      'not_found', 'There is no such resident.', jsonb_build_object('field', 'p_resident_id')
    );
  end if;
  perform app.check_order_stock(v_org_id, v_order);
  v_order.starts_at := coalesce(v_order.starts_at, app.clock());
  if v_order.replaces_id is not null then
    v_order.starts_at := greatest(v_order.starts_at, app.clock());
    perform app.replace_medication_order(v_org_id, v_order, p_reason);
  end if;
  perform app.check_input(
    'p_ends_at', coalesce(v_order.ends_at > v_order.starts_at, true), 'An order ends after it starts.'
  );

  v_order.org_id := v_org_id;
  v_order.id := app.uuid_v7();
  v_order.status := 'active';
  v_order.created_at := app.clock();
  v_order.updated_at := app.clock();
  v_order.version := 1;
  insert into public.medication_orders select v_order.* returning * into v_order;
  perform app.note_order_event(v_order, 'created', p_reason);
  if not v_order.is_as_needed then
    insert into app.medication_plans (org_id, order_id, planned_until_at)
    values (
      v_org_id, v_order.id,
      -- What is entered in the morning for this morning can still be given while its window is open.
      greatest(v_order.starts_at, app.clock() - make_interval(mins => v_order.window_minutes))
    );
    perform app.plan_doses(v_org_id, array[v_order.id], app.dose_horizon());
  end if;
  return v_order;
end
$function$;

CREATE OR REPLACE FUNCTION app.create_medication_stock(p_resident_id uuid, p_site_id uuid, p_name text, p_unit text, p_is_controlled boolean, p_reorder_quantity numeric)
 RETURNS public.medication_stock
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_site_id uuid;
  v_stock public.medication_stock;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  if p_resident_id is not null then
    select residents.site_id into v_site_id
    from public.residents
    where
      residents.org_id = v_org_id and residents.id = p_resident_id and residents.deleted_at is null
      and residents.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
    for key share;
  elsif p_site_id = any(app.my_sites('nurse', 'clinician', 'manager')) then
    v_site_id := p_site_id;
  end if;
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such resident or site.');
  end if;
  insert into public.medication_stock (
    org_id, site_id, resident_id, is_controlled, medication_name, remedy_name, unit, reorder_quantity
  )
  values (
    v_org_id, v_site_id, p_resident_id, p_is_controlled,
    case when p_resident_id is not null then app.plain(p_name) end, case when p_resident_id is null then p_name end,
    p_unit, p_reorder_quantity
  )
  returning * into v_stock;
  return v_stock;
end
$function$;

CREATE OR REPLACE FUNCTION app.day_of_site(p_org_id uuid, p_site_id uuid, p_at timestamp with time zone)
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select (p_at at time zone app.site_zone(p_org_id, p_site_id))::date
$function$;

CREATE OR REPLACE FUNCTION app.end_medication_of_resident(p_resident public.residents, p_left_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  with stopped as (
    update public.medication_orders as orders
    set status = 'stopped', ends_at = greatest(orders.starts_at, least(orders.ends_at, p_left_at))
    where orders.org_id = p_resident.org_id and orders.resident_id = p_resident.id and orders.status <> 'stopped'
    returning orders.id
  ),
  unplanned as (
    delete from app.medication_plans as plans
    using stopped where plans.org_id = p_resident.org_id and plans.order_id = stopped.id
  )
  insert into public.medication_order_events (org_id, resident_id, site_id, order_id, change, occurred_at, done_by)
  select p_resident.org_id, p_resident.id, p_resident.site_id, stopped.id, 'stopped', app.clock(), staff.user_id
  from stopped
  left join public.staff_members as staff
    on staff.org_id = p_resident.org_id and staff.user_id = app.my_id() and staff.deleted_at is null;
  update public.medication_doses as doses set status = 'cancelled'
  where
    doses.org_id = p_resident.org_id and doses.resident_id = p_resident.id and doses.status = 'planned'
    and doses.due_at > p_left_at;
  update public.medication_administrations as given set reminded_at = app.clock()
  where
    given.org_id = p_resident.org_id and given.resident_id = p_resident.id
    and given.effect_due_at > p_left_at and given.reminded_at is null;
end
$function$;

CREATE OR REPLACE FUNCTION app.end_plans_of_resident(p_resident public.residents, p_left_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  update public.care_plan_task_occurrences as ahead set status = 'cancelled'
  where
    ahead.org_id = p_resident.org_id and ahead.resident_id = p_resident.id and ahead.status = 'due'
    and ahead.due_at > p_left_at;
  update public.care_plan_tasks as tasks set ended_at = app.clock()
  where
    tasks.org_id = p_resident.org_id and tasks.resident_id = p_resident.id and tasks.ended_at is null
    and tasks.deleted_at is null;
  update public.care_plan_reviews as reviews set status = 'cancelled'
  where
    reviews.org_id = p_resident.org_id and reviews.resident_id = p_resident.id and reviews.status = 'scheduled';
  update public.care_plan_versions as versions
  set
    status = case versions.status when 'draft' then 'discarded' else 'superseded' end::public.care_plan_version_status,
    closed_at = app.clock()
  where
    versions.org_id = p_resident.org_id and versions.resident_id = p_resident.id
    and versions.status in ('draft', 'active');
  update public.care_plans as plans set ended_at = app.clock()
  where plans.org_id = p_resident.org_id and plans.resident_id = p_resident.id and plans.ended_at is null;
end
$function$;

CREATE OR REPLACE FUNCTION app.extend_stay(p_resident_id uuid, p_planned_until date)
 RETURNS public.bed_stays
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_stay public.bed_stays := app.latest_stay(p_resident_id);
  v_admission public.admissions;
  v_ends_at timestamptz;
  v_constraint text;
begin
  perform app.require_role('manager', 'care_manager');
  perform app.lock_beds(array[v_stay.bed_id]);
  perform app.require_resident(p_resident_id, 'manager', 'care_manager');
  v_admission := app.current_admission(p_resident_id);
  if app.latest_stay(p_resident_id) is distinct from v_stay then
    perform app.raise_error('conflict', 'They have just been moved.', '{"reason": "changed"}');
  end if;
  v_ends_at := app.site_moment(v_stay.org_id, v_stay.bed_site_id, p_planned_until, '12:00');
  perform app.check_input('p_planned_until', coalesce(v_ends_at > app.clock(), true), 'That day is over.');
  update public.admissions set planned_until = p_planned_until
  where admissions.org_id = v_stay.org_id and admissions.id = v_admission.id;
  update public.bed_stays as stays set stays_during = tstzrange(stays.starts_at, v_ends_at)
  where stays.org_id = v_stay.org_id and stays.id = v_stay.id
  returning * into v_stay;
  -- Once the end had passed the bed was offered to the next: who stays on keeps it.
  perform app.close_offer(offers, 'withdrawn')
  from public.bed_offers as offers
  where
    offers.org_id = v_stay.org_id and offers.bed_id = v_stay.bed_id and offers.status = 'open'
    and offers.deleted_at is null;
  return v_stay;
exception when exclusion_violation then
  get stacked diagnostics v_constraint = constraint_name;
  perform app.refuse_stay(v_constraint);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.finish_task(p_occurrence_id uuid, p_status public.care_task_status, p_reason public.care_task_skip_reason, p_note text)
 RETURNS public.care_plan_task_occurrences
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_task public.care_plan_task_occurrences;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if
    v_task.status = p_status and v_task.completed_by = app.my_id()
    and v_task.skip_reason is not distinct from p_reason
  then
    return v_task;
  end if;
  if v_task.assigned_to is distinct from app.my_id() and not app.plans_care_at(v_task.site_id) then
    if v_task.assigned_to is null then
      perform app.raise_error('conflict', 'Take the task first.', p_hint => 'Call take_task().');
    end if;
    perform app.raise_error('permission_denied', 'This task is somebody else''s.');
  end if;
  if v_task.status not in ('due', 'missed') then
    perform app.raise_error(
      'conflict', 'This task is not to be done any more.', jsonb_build_object('status', v_task.status)
    );
  end if;
  update public.care_plan_task_occurrences as occurrences
  set
    status = p_status,
    completed_at = app.clock(),
    completed_by = app.signing_staff(),
    skip_reason = p_reason,
    note = app.plain(p_note)
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$function$;

CREATE OR REPLACE FUNCTION app.follow_up_assessment(p_assessment public.assessments)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.generate_care_task(p_task public.care_plan_tasks, p_through date)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_zone constant text := app.site_zone(p_task.org_id, p_task.site_id);
  v_start constant timestamp := p_task.first_on + p_task.first_time;
  v_from constant date := greatest(
    p_task.generated_through + 1, p_task.first_on, (app.clock() at time zone v_zone)::date - 1
  );
  v_rule app.recurrence;
  v_is_over boolean := p_task.rule is null and p_task.first_on <= p_through;
  v_count integer;
begin
  if p_task.rule is not null then
    v_rule := app.read_recurrence(p_task.rule, v_zone);
    v_is_over := v_rule.until < p_through + 1;
    if v_rule.most is not null then
      select count(*) = v_rule.most into v_is_over
      from app.recurrence_times(app.without_exceptions(v_rule), v_start, v_start, p_through + 1);
    end if;
  end if;

  insert into public.care_plan_task_occurrences (
    org_id, care_plan_task_id, resident_id, site_id, task_kind, due_on, due_time, due_at, overdue_at, assigned_to
  )
  select
    p_task.org_id, p_task.id, p_task.resident_id, p_task.site_id, p_task.task_kind,
    (moments.due_at at time zone v_zone)::date, (moments.due_at at time zone v_zone)::time,
    moments.due_at, moments.due_at + make_interval(mins => p_task.grace_minutes), p_task.assigned_to
  from (
    select v_start as due where p_task.rule is null and v_start >= v_from and v_start < p_through + 1
    union all
    select times.due
    from app.recurrence_times(v_rule, v_start, v_from, p_through + 1) as times (due)
    where p_task.rule is not null
  ) as times
  cross join lateral (select app.wall_moment(times.due, v_zone) as due_at) as moments
  where p_task.begins_at is null or (
    moments.due_at > p_task.begins_at
    -- What was done ahead of its time, before the task was changed, is not asked for again.
    and not exists (
      select
      from public.care_plan_tasks as former
      inner join public.care_plan_task_occurrences as done
        on done.org_id = former.org_id and done.care_plan_task_id = former.id
      where
        former.org_id = p_task.org_id
        and (former.id = p_task.series_id or former.series_id = p_task.series_id) and former.id <> p_task.id
        and done.due_at = moments.due_at and done.status in ('completed', 'skipped')
    )
  )
  on conflict (org_id, care_plan_task_id, due_on, due_time) do nothing;
  get diagnostics v_count = row_count;

  update public.care_plan_tasks as tasks
  set generated_through = case when v_is_over then '9999-12-31' else greatest(tasks.generated_through, p_through) end
  where tasks.org_id = p_task.org_id and tasks.id = p_task.id;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_care_plan_task()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_moves constant text[] := array[
    'org_id', 'site_id', 'version', 'updated_at', 'updated_by', 'assigned_to', 'generated_through', 'ended_at',
    'deleted_at'
  ];
  v_rule app.recurrence;
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves then
      perform app.raise_error('conflict', 'A task stays as it is.', p_hint => 'Call change_care_plan_task().');
    end if;
    if new.site_id <> old.site_id then
      -- Who was to do it works elsewhere.
      new.assigned_to := null;
    end if;
    return new;
  end if;
  perform app.check_words(
    'instructions', length(convert_from(new.instructions, 'UTF8')) between 1 and 2000,
    'Instructions have 1 to 2,000 characters.'
  );
  if new.rule is not null then
    v_rule := app.read_recurrence(new.rule, app.site_zone(new.org_id, new.site_id));
    perform app.check_recurrence(
      coalesce(cardinality(v_rule.hours), case v_rule.freq when 'HOURLY' then 24 else 1 end)
      * coalesce(cardinality(v_rule.minutes), 1) <= 96,
      'A task is due at most 96 times a day.'
    );
  end if;
  new.generated_through := coalesce(new.generated_through, new.first_on - 1);
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_care_task_occurrence()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_moves constant text[] := array[
    'org_id', 'site_id', 'version', 'updated_at', 'updated_by', 'status', 'assigned_to', 'completed_at',
    'completed_by', 'skip_reason', 'note', 'missed_at'
  ];
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'DELETE' then
    perform app.raise_error('conflict', 'What was due stays.');
  end if;
  if (tg_op = 'INSERT' or new.note is distinct from old.note) and new.note is not null then
    perform app.check_words(
      'note', length(convert_from(new.note, 'UTF8')) between 1 and 1000, 'A note has 1 to 1,000 characters.'
    );
  end if;
  if tg_op = 'UPDATE' and (
    to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves
    or (old.missed_at is not null and new.missed_at is distinct from old.missed_at)
    or (
      old.status in ('completed', 'skipped', 'cancelled')
      and to_jsonb(new) - v_moves[:5] <> to_jsonb(old) - v_moves[:5]
      and not app.is_task_taken_back(to_jsonb(old), to_jsonb(new))
    )
    or (old.status = 'missed' and new.status not in ('missed', 'completed', 'skipped'))
  ) then
    perform app.raise_error('conflict', 'What was recorded of a task stays as it is.');
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_shift()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_rota public.rota_weeks;
begin
  if tg_op = 'UPDATE' and new.site_id <> old.site_id then
    perform app.raise_error('conflict', 'A shift stays at its site.', '{"reason": "site"}');
  end if;
  -- A site that is nowhere has no clock; policies and keys refuse it in their own words.
  new.shift_on := (new.starts_at at time zone coalesce(app.site_zone(new.org_id, new.site_id), 'UTC'))::date;
  if tg_op = 'INSERT' then
    -- What is nowhere is refused by the policies, or else by the table.
    if not exists (select from public.sites where sites.org_id = new.org_id and sites.id = new.site_id) then
      return new;
    end if;
    v_rota := app.find_rota_week(new.org_id, new.site_id, new.shift_on);
    new.rota_week_id := v_rota.id;
    new.is_published := v_rota.status = 'published';
    return new;
  end if;
  -- Without a look at the rota: whoever publishes it holds it, and waits for this shift.
  if new.shift_on < old.week_on or new.shift_on > old.week_on + 6 then
    perform app.raise_error(
      'conflict', 'A shift stays in its week.', '{"reason": "week"}', 'Cancel it and add one to the other week.'
    );
  end if;
  perform app.lock_staff(new.org_id, array(
    select assignments.user_id from public.shift_assignments as assignments
    where assignments.org_id = new.org_id and assignments.shift_id = new.id and assignments.deleted_at is null
  ));
  if new.needed_count < (
    select count(*) from public.shift_assignments as assignments
    where assignments.org_id = new.org_id and assignments.shift_id = new.id and assignments.deleted_at is null
  ) then
    perform app.raise_error(
      'conflict', 'More people than that are on this shift.', '{"reason": "assigned"}', 'Take somebody off it first.'
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.lock_assessment_schedule(p_assessment public.assessments)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
  v_is_gone constant boolean := app.is_gone(p_assessment.org_id, p_assessment.resident_id);
begin
  insert into public.assessment_schedules (org_id, resident_id, site_id, instrument_code, is_active, ended_at)
  values (
    p_assessment.org_id, p_assessment.resident_id, p_assessment.site_id, p_assessment.instrument_code, not v_is_gone,
    case when v_is_gone then app.clock() end
  )
  on conflict (org_id, resident_id, instrument_code) do nothing;
  -- Who has come back is assessed again.
  if not v_is_gone then
    update public.assessment_schedules as schedules set is_active = true, ended_at = null
    where
      schedules.org_id = p_assessment.org_id and schedules.resident_id = p_assessment.resident_id
      and schedules.instrument_code = p_assessment.instrument_code and schedules.ended_at is not null;
  end if;
  select schedules.id into v_id
  from public.assessment_schedules as schedules
  where
    schedules.org_id = p_assessment.org_id
    and schedules.resident_id = p_assessment.resident_id
    and schedules.instrument_code = p_assessment.instrument_code
  for update;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.move_assessment_schedule(p_org_id uuid, p_schedule_id uuid, p_next_due_at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_schedule public.assessment_schedules;
  v_newest public.assessments;
  v_by_rule interval;
begin
  select schedules.* into strict v_schedule
  from public.assessment_schedules as schedules
  where schedules.org_id = p_org_id and schedules.id = p_schedule_id;
  select newest.* into v_newest
  from app.newest_assessment(p_org_id, v_schedule.resident_id, v_schedule.instrument_code) as newest;
  select rules.repeat_after into v_by_rule
  from app.assessment_rule(p_org_id, v_schedule.instrument_code, v_newest.band, v_newest.total) as rules;

  update public.assessment_schedules as schedules
  set
    last_assessed_at = v_newest.assessed_at,
    next_due_at = case when schedules.ended_at is null then least(
      p_next_due_at,
      v_newest.assessed_at + v_by_rule,
      coalesce(v_newest.assessed_at, app.clock()) + v_schedule.repeat_after
    ) end
  where schedules.org_id = p_org_id and schedules.id = p_schedule_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_occupancy(p_site_id uuid DEFAULT NULL::uuid)
 RETURNS TABLE(site_id uuid, bed_count integer, closed_count integer, occupied_count integer, on_leave_count integer, reserved_count integer, vacant_count integer, overstay_count integer, waiting_count integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  -- Asked once and not for each site.
  v_known constant uuid[] := app.occupancy_sites();
begin
  return query
  select counted.*
  from app.count_occupancy(
    v_org_id,
    array(
      select sites.id
      from public.sites
      where
        sites.org_id = v_org_id and sites.id = any(v_known) and sites.deleted_at is null
        and (p_site_id is null or sites.id = p_site_id)
    )
  ) as counted;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_discrepancy(p_count public.medication_stock_counts)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_discrepancy public.medication_discrepancies;
begin
  insert into public.medication_discrepancies (
    org_id, site_id, resident_id, stock_id, is_controlled, count_id, difference
  )
  values (
    p_count.org_id, p_count.site_id, p_count.resident_id, p_count.stock_id, p_count.is_controlled, p_count.id,
    p_count.difference
  )
  returning * into v_discrepancy;
  perform app.open_discrepancy_incident(v_discrepancy);
  perform app.tell_care_site(
    p_count.org_id, p_count.site_id, '{manager}', 'medication.discrepancy', 'A stock does not fit',
    'What was counted in a stock is not what should be there: {{ link }}',
    '/care/medication/discrepancies/' || v_discrepancy.id, v_discrepancy.id::text
  );
  return v_discrepancy.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_discrepancy_incident(p_discrepancy public.medication_discrepancies)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_incident public.incidents;
begin
  if p_discrepancy.incident_id is not null then
    return p_discrepancy.incident_id;
  end if;
  insert into public.incidents (org_id, site_id, kind, severity, occurred_at, reported_by, description)
  values (
    p_discrepancy.org_id, p_discrepancy.site_id, 'medication',
    case when p_discrepancy.is_controlled then 'severe' else 'low' end::public.incident_severity,
    app.clock(), app.my_id(), app.plain('A stock of medicine was counted, and it is not what should be there.')
  )
  returning * into v_incident;
  if p_discrepancy.resident_id is not null then
    perform app.add_incident_person(v_incident, 'involved', p_discrepancy.resident_id, null, null, null);
  end if;
  update public.medication_discrepancies as discrepancies set incident_id = v_incident.id
  where discrepancies.org_id = p_discrepancy.org_id and discrepancies.id = p_discrepancy.id;
  return v_incident.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.plan_rota(p_site_id uuid, p_week date)
 RETURNS public.rota_weeks
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_rota public.rota_weeks;
  v_zone text;
begin
  perform app.require_rota_site(p_site_id);
  v_rota := app.find_rota_week(app.current_org(), p_site_id, p_week);
  v_zone := app.site_zone(v_rota.org_id, p_site_id);
  insert into public.shifts (
    org_id, site_id, rota_week_id, template_id, shift_on, starts_at, ends_at, break_minutes, skill, needed_count
  )
  select
    v_rota.org_id, p_site_id, v_rota.id, templates.id, days.on_date,
    (days.on_date + templates.starts_local) at time zone v_zone,
    (
      days.on_date + (templates.ends_local <= templates.starts_local)::integer + templates.ends_local
    ) at time zone v_zone,
    templates.break_minutes, templates.skill, templates.needed_count
  from public.shift_templates as templates
  cross join lateral (
    select v_rota.week_on + (weekday.iso - 1) as on_date from unnest(templates.weekdays) as weekday (iso)
  ) as days
  where
    templates.org_id = v_rota.org_id and templates.site_id = p_site_id
    and templates.is_active and templates.deleted_at is null
  on conflict (org_id, site_id, template_id, shift_on) where template_id is not null do nothing;
  return v_rota;
end
$function$;

CREATE OR REPLACE FUNCTION app.publish_care_plan(p_version_id uuid, p_version integer)
 RETURNS public.care_plan_versions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.record_administration(p_administration public.medication_administrations)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row public.medication_administrations := p_administration;
  v_dose public.medication_doses;
  v_order public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_row.org_id := app.current_org();
  if not app.claim_request(v_row.request_key, concat_ws(':', 'record_administration', to_jsonb(p_administration))) then
    return app.recorded_administration(v_row.request_key);
  end if;

  select doses.* into v_dose
  from public.medication_doses as doses
  where
    doses.org_id = v_row.org_id and doses.id = v_row.dose_id
    and doses.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  for no key update;
  if v_dose.id is null then
    perform app.raise_error('not_found', 'There is no such dose.', jsonb_build_object('field', 'p_dose_id'));
  end if;
  v_row.occurred_at := coalesce(v_row.occurred_at, app.clock());
  perform app.check_dose_open(v_dose, v_row.status, v_row.occurred_at);
  select orders.* into v_order
  from public.medication_orders as orders
  where orders.org_id = v_dose.org_id and orders.id = v_dose.order_id;

  if v_row.status = 'given' then
    v_row.quantity := v_order.dose_quantity;
  end if;
  v_row := app.write_administration(v_order, v_order.stock_id, v_row);
  update public.medication_doses as doses set status = v_row.status::text::public.medication_dose_status
  where doses.org_id = v_dose.org_id and doses.id = v_dose.id;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_as_needed(p_administration public.medication_administrations, p_stock_id uuid)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row public.medication_administrations := p_administration;
  v_order public.medication_orders;
  v_next record;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_row.org_id := app.current_org();
  if not app.claim_request(
    v_row.request_key, concat_ws(':', 'record_as_needed', to_jsonb(p_administration), p_stock_id)
  ) then
    return app.recorded_administration(v_row.request_key);
  end if;

  v_order := app.lock_as_needed_order(v_row.org_id, v_row.order_id);
  v_row.occurred_at := coalesce(v_row.occurred_at, app.clock());
  if v_order.status <> 'active' or v_row.occurred_at < v_order.starts_at
    or coalesce(v_row.occurred_at >= v_order.ends_at, false) then
    perform app.raise_error('conflict', 'This order is not in force.', jsonb_build_object('status', v_order.status));
  end if;
  v_row.quantity := coalesce(v_row.quantity, v_order.dose_quantity);
  perform app.check_input(
    'p_quantity', v_row.quantity > 0 and v_row.quantity <= v_order.dose_quantity,
    'At once no more is given than the order says.'
  );
  select next.* into v_next
  from app.next_as_needed_at(v_order, v_row.quantity, v_row.occurred_at) as next;
  if v_next.reason is not null then
    perform app.raise_error(
      'conflict',
      case v_next.reason
        when 'minimum_interval' then 'It is too soon after the last dose.'
        else 'That would be more than is allowed within 24 hours.'
      end,
      jsonb_build_object('reason', v_next.reason, 'possible_at', v_next.possible_at)
    );
  end if;
  perform app.check_remedy(v_order, p_stock_id);
  return app.write_administration(v_order, coalesce(v_order.stock_id, p_stock_id), v_row);
end
$function$;

CREATE OR REPLACE FUNCTION app.record_effect(p_administration_id uuid, p_effect public.medication_effect_grade, p_note text)
 RETURNS public.medication_effects
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_given public.medication_administrations;
  v_row public.medication_effects;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_given := app.lock_administration(p_administration_id);
  if v_given.effect_due_at is null then
    perform app.raise_error('conflict', 'Only of what was given as needed an effect is recorded.');
  end if;
  select effects.* into v_row
  from public.medication_effects as effects
  where effects.org_id = v_given.org_id and effects.administration_id = v_given.id;
  if v_row.id is not null then
    -- A repeated request finds what it recorded.
    if v_row.effect <> p_effect or v_row.recorded_by <> app.my_id() then
      perform app.raise_error('conflict', 'The effect is recorded already.');
    end if;
    return v_row;
  end if;
  if app.clock() > v_given.occurred_at + interval '24 hours' then
    perform app.raise_error('conflict', 'An effect is recorded within 24 hours.');
  end if;
  insert into public.medication_effects (
    org_id, administration_id, resident_id, site_id, effect, note, recorded_at, recorded_by
  )
  values (
    v_given.org_id, v_given.id, v_given.resident_id, v_given.site_id, p_effect, app.plain(p_note), app.clock(),
    app.my_id()
  )
  returning * into v_row;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_stock_count(p_stock_id uuid, p_counted_quantity numeric, p_request_key uuid)
 RETURNS public.medication_stock_counts
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_stock public.medication_stock;
  v_there record;
  v_count public.medication_stock_counts;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  if not app.claim_request(
    p_request_key, concat_ws(':', 'record_stock_count', p_stock_id, p_counted_quantity)
  ) then
    return (
      select counts from public.medication_stock_counts as counts
      where counts.org_id = v_org_id and counts.recorded_by = app.my_id() and counts.request_key = p_request_key
    );
  end if;
  v_stock := app.find_stock(p_stock_id);
  select quantities.* into v_there from app.stock_quantity(v_org_id, p_stock_id) as quantities;
  insert into public.medication_stock_counts (
    org_id, site_id, resident_id, stock_id, is_controlled, expected_quantity, counted_quantity, status, counted_at,
    recorded_by, request_key
  )
  values (
    v_org_id, v_stock.site_id, v_stock.resident_id, p_stock_id, v_stock.is_controlled,
    v_there.confirmed + v_there.incoming + v_there.outgoing, p_counted_quantity,
    case when v_stock.is_controlled then 'awaiting_witness' else 'confirmed' end::public.signature_status,
    app.clock(), app.my_id(), p_request_key
  )
  returning * into v_count;
  if v_count.difference <> 0 then
    perform app.open_discrepancy(v_count);
  end if;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_stock_movement(p_stock_id uuid, p_kind public.stock_movement_kind, p_quantity numeric, p_request_key uuid, p_note text, p_discrepancy_id uuid)
 RETURNS public.medication_stock_movements
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_stock public.medication_stock;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  if not app.claim_request(
    p_request_key,
    concat_ws(':', 'record_stock_movement', p_stock_id, p_kind, p_quantity, p_discrepancy_id, p_note)
  ) then
    return (
      select movements from public.medication_stock_movements as movements
      where
        movements.org_id = v_org_id and movements.recorded_by = app.my_id() and movements.request_key = p_request_key
    );
  end if;
  v_stock := app.find_stock(p_stock_id);
  return app.move_stock(
    v_org_id, p_stock_id, p_kind,
    case p_kind
      when 'received' then p_quantity
      when 'adjusted' then app.difference_to_adjust(v_stock, p_discrepancy_id)
      else -p_quantity
    end,
    app.clock(), p_note, p_discrepancy_id => p_discrepancy_id, p_request_key => p_request_key
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.require_bed(p_bed_id uuid)
 RETURNS public.beds
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_bed public.beds;
begin
  select beds.* into v_bed
  from public.beds
  where
    beds.org_id = app.current_org() and beds.id = p_bed_id and beds.deleted_at is null
    and beds.site_id = any(app.my_sites('manager', 'care_manager'))
  for no key update;
  if v_bed.id is null then
    perform app.raise_error('not_found', 'There is no such bed at your sites.');
  end if;
  -- Held, so that the room is not closed meanwhile.
  perform from public.rooms
  where rooms.org_id = v_bed.org_id and rooms.id = v_bed.room_id and rooms.is_active and rooms.deleted_at is null
  for share;
  if not found or not v_bed.is_active then
    perform app.raise_error('conflict', 'The bed or its room is closed.', jsonb_build_object('reason', 'bed_closed'));
  end if;
  return v_bed;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_witness(p_first_signer uuid, p_resident_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.signing_staff();
  if p_first_signer = app.my_id() then
    perform app.raise_error('permission_denied', 'The second signature is that of another person.');
  end if;
  -- Who works here may be somebody's daughter, too.
  if exists (
    select from public.resident_shares as shares
    where
      shares.org_id = app.current_org() and shares.resident_id = p_resident_id and shares.user_id = app.my_id()
      and shares.withdrawn_at is null and shares.deleted_at is null
  ) then
    perform app.raise_error('permission_denied', 'A relative does not witness.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.resolve_medication_discrepancy(p_id uuid, p_status public.discrepancy_status, p_explanation text)
 RETURNS public.medication_discrepancies
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_row public.medication_discrepancies;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  select discrepancies.* into v_row
  from public.medication_discrepancies as discrepancies
  where
    discrepancies.org_id = v_org_id and discrepancies.id = p_id
    and discrepancies.site_id = any(app.my_sites('manager', 'care_manager'))
  for no key update;
  if v_row.id is null then
    perform app.raise_error('not_found', 'There is no such discrepancy.');
  end if;
  if v_row.status = 'explained' or v_row.status = p_status then
    perform app.raise_error('conflict', 'That was done already.', jsonb_build_object('status', v_row.status));
  end if;
  update public.medication_discrepancies as discrepancies
  set
    status = p_status, explanation = app.plain(p_explanation), resolved_at = app.clock(), resolved_by = app.my_id()
  where discrepancies.org_id = v_org_id and discrepancies.id = p_id;
  -- It has its incident since it was found, unless it is from before that was so.
  if p_status = 'reported' then
    perform app.open_discrepancy_incident(v_row);
  end if;
  select discrepancies.* into v_row
  from public.medication_discrepancies as discrepancies
  where discrepancies.org_id = v_org_id and discrepancies.id = p_id;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.schedule_assessment(p_resident_id uuid, p_instrument_code text, p_repeat_after interval, p_next_due_at timestamp with time zone, p_is_active boolean)
 RETURNS public.assessment_schedules
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_assessment public.assessments;
  v_id uuid;
  v_made public.assessment_schedules;
begin
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  v_assessment.org_id := app.current_org();
  v_assessment.resident_id := p_resident_id;
  v_assessment.site_id := app.care_site(p_resident_id);
  if v_assessment.site_id <> all(app.my_sites('manager', 'care_manager', 'nurse', 'clinician')) then
    perform app.raise_error('permission_denied', 'Your role at this site does not allow this.');
  end if;
  v_assessment.instrument_code := p_instrument_code;
  perform app.find_resident_instrument(p_instrument_code);
  if app.is_gone(v_assessment.org_id, p_resident_id) then
    perform app.raise_error('conflict', 'They do not live here any more.', '{"reason": "not_admitted"}');
  end if;

  v_id := app.lock_assessment_schedule(v_assessment);
  update public.assessment_schedules as schedules
  set repeat_after = p_repeat_after, is_active = p_is_active, deleted_at = null
  where schedules.org_id = v_assessment.org_id and schedules.id = v_id;
  perform app.move_assessment_schedule(v_assessment.org_id, v_id, p_next_due_at);
  select schedules.* into v_made
  from public.assessment_schedules as schedules
  where schedules.org_id = v_assessment.org_id and schedules.id = v_id;
  return v_made;
end
$function$;

CREATE OR REPLACE FUNCTION app.site_moment(p_org_id uuid, p_site_id uuid, p_on date, p_time time without time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select (p_on + p_time) at time zone app.site_zone(p_org_id, p_site_id)
$function$;

CREATE OR REPLACE FUNCTION app.take_task(p_occurrence_id uuid)
 RETURNS public.care_plan_task_occurrences
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_task public.care_plan_task_occurrences;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if v_task.assigned_to = app.my_id() then
    return v_task;
  end if;
  if v_task.assigned_to is not null or v_task.status not in ('due', 'missed') then
    perform app.raise_error('conflict', 'Somebody else has this task, or it is done.');
  end if;
  update public.care_plan_task_occurrences as occurrences set assigned_to = app.signing_staff()
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_of_overstay(p_stay public.bed_stays)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_user_id uuid;
begin
  perform app.ensure_template(
    p_stay.org_id, 'residency.stay_over', 'in_app', 'A planned stay is over',
    'A stay is over as it was planned. Say that they left, or until when they stay: {{ link }}', '{"link": "link"}'
  );
  for v_user_id in
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = p_stay.org_id and roles.role in ('manager', 'care_manager')
      and (roles.site_id is null or roles.site_id = p_stay.bed_site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
  loop
    perform app.enqueue_notification(
      p_stay.org_id, 'in_app', v_user_id, 'residency.stay_over',
      jsonb_build_object('link', '/residency/residents/' || p_stay.resident_id),
      p_dedupe_key => format(
        'residency.stay_over:%s:%s:%s', p_stay.id, extract(epoch from p_stay.ends_at)::bigint, v_user_id
      )
    );
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.undo_task(p_occurrence_id uuid, p_reason text)
 RETURNS public.care_plan_task_occurrences
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_task public.care_plan_task_occurrences;
  v_note text;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if v_task.status in ('due', 'missed') and exists (
    select from public.care_plan_task_corrections as mine
    where mine.org_id = v_task.org_id and mine.occurrence_id = v_task.id and mine.corrected_by = app.my_id()
  ) then
    return v_task;
  end if;
  if v_task.status not in ('completed', 'skipped') then
    perform app.raise_error(
      'conflict', 'Nobody has signed for this task.', jsonb_build_object('status', v_task.status)
    );
  end if;
  if not app.plans_care_at(v_task.site_id) and (
    v_task.completed_by is distinct from app.my_id() or app.clock() > v_task.completed_at + app.task_undo_window()
  ) then
    perform app.raise_error(
      'permission_denied', 'Only who signed takes it back, for twelve hours.', '{"reason": "not_yours_or_late"}',
      'Ask a nurse or the manager.'
    );
  end if;
  if v_task.note is not null then
    select opened.note into v_note
    from app.open_care_plan_task_occurrences(array[v_task.id], 'treatment') as opened;
  end if;
  insert into public.care_plan_task_corrections (
    org_id, occurrence_id, resident_id, site_id, former_status, former_completed_at, former_completed_by,
    former_skip_reason, former_note, reason, corrected_at, corrected_by
  )
  values (
    v_task.org_id, v_task.id, v_task.resident_id, v_task.site_id, v_task.status, v_task.completed_at,
    v_task.completed_by, v_task.skip_reason, app.plain(v_note), app.plain(p_reason), app.clock(), app.signing_staff()
  );
  -- That it was missed, if it was, stays.
  update public.care_plan_task_occurrences as occurrences
  set
    status = case when occurrences.missed_at is null then 'due' else 'missed' end::public.care_task_status,
    completed_at = null, completed_by = null, skip_reason = null, note = null
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$function$;

CREATE OR REPLACE FUNCTION public.change_care_plan_task(p_task_id uuid, p_changes jsonb)
 RETURNS public.care_plan_tasks
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_task_id', p_task_id is not null, 'Say which task.');
  perform app.check_input(
    'p_changes', app.are_task_changes(p_changes),
    'Changes are an object of first_on, first_time, rule, grace_minutes, assigned_to, instructions.'
  );
  return app.change_care_plan_task(p_task_id, p_changes);
end
$function$;

CREATE OR REPLACE FUNCTION public.get_fluid_balance(p_resident_id uuid, p_from date, p_to date DEFAULT NULL::date)
 RETURNS TABLE(day date, intake_ml bigint, output_ml bigint, balance_ml bigint, intake_count bigint, output_count bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_zone text;
  v_to constant date := coalesce(p_to, p_from);
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_from', p_from is not null, 'Say from which day on.');
  perform app.check_input('p_to', v_to - p_from between 0 and 91, 'The range has 1 to 92 days.');
  select app.site_zone(residents.org_id, residents.site_id) into v_zone
  from public.residents
  where residents.org_id = (select app.current_org()) and residents.id = p_resident_id;
  if v_zone is null then
    perform app.raise_error('not_found', 'There is no such resident at your sites.');
  end if;

  return query
  with counted as (
    select (notes.occurred_at at time zone v_zone)::date as on_day, notes.kind, notes.measured_value
    from public.daily_notes as notes
    where
      notes.org_id = (select app.current_org())
      and notes.resident_id = p_resident_id
      and notes.kind in ('fluid_intake', 'fluid_output')
      and notes.occurred_at >= p_from::timestamp at time zone v_zone
      and notes.occurred_at < (v_to + 1)::timestamp at time zone v_zone
      and not notes.is_retraction
      and not exists (
        select from public.daily_notes as later
        where
          later.org_id = notes.org_id and later.corrects_id = notes.id and later.resident_id = notes.resident_id
      )
  )
  select
    days.day,
    sums.intake, sums.output, sums.intake - sums.output, sums.intakes, sums.outputs
  from (select p_from + place as day from generate_series(0, v_to - p_from) as place) as days
  cross join lateral (
    select
      coalesce(sum(counted.measured_value) filter (where counted.kind = 'fluid_intake'), 0)::bigint as intake,
      coalesce(sum(counted.measured_value) filter (where counted.kind = 'fluid_output'), 0)::bigint as output,
      count(*) filter (where counted.kind = 'fluid_intake') as intakes,
      count(*) filter (where counted.kind = 'fluid_output') as outputs
    from counted
    where counted.on_day = days.day
  ) as sums
  order by days.day;
end
$function$;

CREATE OR REPLACE FUNCTION public.undo_task(p_occurrence_id uuid, p_reason text)
 RETURNS public.care_plan_task_occurrences
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_occurrence_id', p_occurrence_id is not null, 'Say which task.');
  perform app.check_input(
    'p_reason', length(p_reason) <= 1000 and p_reason ~ '\S', 'Say why, in 1 to 1,000 characters.'
  );
  return app.undo_task(p_occurrence_id, p_reason);
end
$function$;

ALTER TABLE "public"."assessment_schedules" ADD CONSTRAINT "assessment_schedules_ended_not_active" CHECK (((ended_at IS NULL) OR (NOT is_active)));

ALTER TABLE "public"."care_plan_tasks" ADD CONSTRAINT "care_plan_tasks_begins_in_series" CHECK (((series_id IS NULL) = (begins_at IS NULL)));

ALTER TABLE "public"."care_plan_tasks" ADD CONSTRAINT "care_plan_tasks_series_fkey" FOREIGN KEY (org_id, series_id) REFERENCES public.care_plan_tasks(org_id, id);

ALTER TABLE "public"."medication_discrepancies" ADD CONSTRAINT "medication_discrepancies_incident_fkey" FOREIGN KEY (org_id, incident_id) REFERENCES public.incidents(org_id, id);

CREATE INDEX care_plan_tasks_series_id_idx ON public.care_plan_tasks USING btree (org_id, series_id);

CREATE UNIQUE INDEX medication_discrepancies_incident_key ON public.medication_discrepancies USING btree (org_id, incident_id);

CREATE TRIGGER _200_taken BEFORE UPDATE OF is_active, deleted_at ON public.beds FOR EACH ROW WHEN ((old.is_active AND (old.deleted_at IS NULL) AND (NOT (new.is_active AND (new.deleted_at IS NULL))))) EXECUTE FUNCTION app.guard_place();

CREATE TRIGGER _200_keep BEFORE DELETE OR UPDATE ON public.care_plan_task_corrections FOR EACH ROW EXECUTE FUNCTION app.keep_record('org_id');

CREATE TRIGGER _210_guard BEFORE INSERT ON public.care_plan_task_corrections FOR EACH ROW EXECUTE FUNCTION app.guard_medication_words('reason', 'former_note');

CREATE TRIGGER _300_seal BEFORE INSERT OR UPDATE ON public.care_plan_task_corrections FOR EACH ROW EXECUTE FUNCTION app.seal_care_plan_task_corrections('id', 'org_id', 'resident_id', 'former_note', 'reason');

CREATE TRIGGER _220_gone BEFORE INSERT ON public.care_plan_tasks FOR EACH ROW EXECUTE FUNCTION app.guard_gone_resident();

CREATE TRIGGER _220_gone BEFORE INSERT ON public.care_plans FOR EACH ROW EXECUTE FUNCTION app.guard_gone_resident();

CREATE TRIGGER _240_signatures_insert BEFORE INSERT ON public.medication_administrations FOR EACH ROW WHEN ((new.status = 'awaiting_witness'::public.medication_administration_status)) EXECUTE FUNCTION app.guard_two_signatures('administered_by');

CREATE TRIGGER _240_signatures_update BEFORE UPDATE OF witnessed_by ON public.medication_administrations FOR EACH ROW WHEN ((new.witnessed_by IS DISTINCT FROM old.witnessed_by)) EXECUTE FUNCTION app.guard_two_signatures('administered_by');

CREATE TRIGGER _220_gone BEFORE INSERT ON public.medication_orders FOR EACH ROW EXECUTE FUNCTION app.guard_gone_resident();

CREATE TRIGGER _240_signatures_insert BEFORE INSERT ON public.medication_stock_counts FOR EACH ROW WHEN ((new.status = 'awaiting_witness'::public.signature_status)) EXECUTE FUNCTION app.guard_two_signatures('recorded_by');

CREATE TRIGGER _240_signatures_update BEFORE UPDATE OF witnessed_by ON public.medication_stock_counts FOR EACH ROW WHEN ((new.witnessed_by IS DISTINCT FROM old.witnessed_by)) EXECUTE FUNCTION app.guard_two_signatures('recorded_by');

CREATE TRIGGER _240_signatures_insert BEFORE INSERT ON public.medication_stock_movements FOR EACH ROW WHEN ((new.status = 'awaiting_witness'::public.signature_status)) EXECUTE FUNCTION app.guard_two_signatures('recorded_by');

CREATE TRIGGER _240_signatures_update BEFORE UPDATE OF witnessed_by ON public.medication_stock_movements FOR EACH ROW WHEN ((new.witnessed_by IS DISTINCT FROM old.witnessed_by)) EXECUTE FUNCTION app.guard_two_signatures('recorded_by');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.medication_witness_rules FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.medication_witness_rules FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _520_care AFTER UPDATE OF status ON public.residents FOR EACH ROW WHEN (((new.status <> old.status) AND (new.status <> ALL (ARRAY['resident'::public.resident_status, 'on_leave'::public.resident_status])))) EXECUTE FUNCTION app.end_care_of_resident();

CREATE TRIGGER _200_taken BEFORE UPDATE OF is_active, deleted_at ON public.rooms FOR EACH ROW WHEN ((old.is_active AND (old.deleted_at IS NULL) AND (NOT (new.is_active AND (new.deleted_at IS NULL))))) EXECUTE FUNCTION app.guard_place();

CREATE POLICY "select_organization_or_sites" ON "public"."admissions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessment_follow_ups" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessment_schedules" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessment_scores" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."bed_offers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."bed_stays" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_acknowledgements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_reviews" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_task_occurrences" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_tasks" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites_or_linked" ON "public"."care_plan_versions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND (resident_id = ANY (( SELECT app.my_residents('care_plan'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plans" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."complaints" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."compliance_stats" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites_or_linked_shared" ON "public"."daily_notes" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND is_shared AND (resident_id = ANY (( SELECT app.my_residents('daily_notes'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."document_versions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."documents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization_or_sites" ON "public"."handover_acknowledgements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."handover_items" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."handovers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_actions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_followups" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_notifications_of_regulators" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_people" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_timers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites_or_own" ON "public"."incidents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))) OR (( SELECT app.is_staff() AS is_staff) AND (reported_by = ( SELECT app.my_id() AS my_id))))));

CREATE POLICY "select_organization_or_sites" ON "public"."inspection_evidence" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_administrations" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_discrepancies" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_doses" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_effects" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_order_events" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_orders" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_stock" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_stock_counts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_stock_movements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."occupancy_snapshots" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."org_patients" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'scheduler'::public.app_role, 'billing'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."quality_audit_actions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."quality_audits" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."residency_enquiries" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_sites" ON "public"."resident_contacts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites_or_linked_shared" ON "public"."resident_documents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND is_shared AND (resident_id = ANY (( SELECT app.my_residents('documents'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."resident_leaves" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_sites_or_organization_or_own" ON "public"."resident_shares" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[])) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['compliance_lead'::public.app_role]) AS org_as)) OR (( SELECT app.has_role(VARIADIC ARRAY['family'::public.app_role]) AS has_role) AND (user_id = ( SELECT app.my_id() AS my_id))))));

CREATE POLICY "select_organization_or_sites" ON "public"."resident_status_history" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites_or_linked" ON "public"."residents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND (id = ANY (( SELECT app.my_residents('profile'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."rota_proposal_lines" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."rota_proposals" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."rota_weeks" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."shift_offers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."shift_templates" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."shifts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."supervisions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization_or_sites" ON "public"."waitlist_entries" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

COMMENT ON COLUMN "public"."assessment_schedules"."ended_at" IS 'When it ended because the resident left or had died; null again once they are back and assessed.';
COMMENT ON COLUMN "public"."bed_stays"."told_at" IS 'When it was told that its end has passed and nobody said that they left; an end after that is told again.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."corrected_at" IS 'When it was taken back.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."corrected_by" IS 'The member of staff who took it back.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."created_at" IS 'When the row was made: in the transaction that took it back.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."former_completed_at" IS 'When that had been said.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."former_completed_by" IS 'The member of staff who had said it.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."former_note" IS 'What had been noted, 1 to 1,000 characters. PHI, sealed with the resident''s own key.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."former_skip_reason" IS 'Why it was not to be done, if skipped. PHI.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."former_status" IS 'What had been said: completed or skipped. PHI.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."occurrence_id" IS 'The task, at the one time that it was due.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."reason" IS 'Why it was taken back, 1 to 1,000 characters. PHI, sealed with the resident''s own key.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."resident_id" IS 'For whom it was to be done.';
COMMENT ON COLUMN "public"."care_plan_task_corrections"."site_id" IS 'Where the resident lives; follows them.';
COMMENT ON COLUMN "public"."care_plan_tasks"."begins_at" IS 'It took the place of another then, and asks for nothing before; null: from the beginning.';
COMMENT ON COLUMN "public"."care_plan_tasks"."series_id" IS 'The first task of its series, for one that took the place of another; null: it is the first itself.';
COMMENT ON COLUMN "public"."medication_discrepancies"."incident_id" IS 'The incident that it is; null only where it was found before each had one.';
COMMENT ON COLUMN "public"."medication_order_events"."done_by" IS 'Who did it; null: it ended with the stay, by somebody who is no member of staff.';
COMMENT ON COLUMN "public"."medication_witness_rules"."course_id" IS 'So does who signs for medicines there and holds this course today; null: nobody by training.';
COMMENT ON COLUMN "public"."medication_witness_rules"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."medication_witness_rules"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."medication_witness_rules"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."medication_witness_rules"."is_on_duty" IS 'Whether both who sign must be at work at the site: on a published shift, or clocked in. False: employed is enough.';
COMMENT ON COLUMN "public"."medication_witness_rules"."roles" IS 'Who has one of these roles at the site witnesses: carer, nurse, clinician, manager.';
COMMENT ON COLUMN "public"."medication_witness_rules"."site_id" IS 'The site; null for all that have none of their own.';
COMMENT ON COLUMN "public"."medication_witness_rules"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."medication_witness_rules"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."medication_witness_rules"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';

COMMENT ON FUNCTION "app"."adopt_realtime"() IS 'Puts the policy of private channels on realtime.messages, where that is there; whether it is there now. For migrations
and administrators of the database. Idempotent: yes.';
COMMENT ON FUNCTION "app"."are_task_changes"(jsonb) IS 'Whether these are changes of a task: first_on, first_time, rule, grace_minutes, assigned_to, instructions, at least one.';
COMMENT ON FUNCTION "app"."can_be_given_care_tasks"(uuid, uuid, uuid) IS 'Whether somebody is employed and gives care at a site now.';
COMMENT ON FUNCTION "app"."can_be_given_incident_work"(uuid, uuid, uuid) IS 'Whether somebody is employed and has a role at this site now.';
COMMENT ON FUNCTION "app"."change_care_plan_task"(uuid, jsonb) IS 'What public.change_care_plan_task does; authorizes for itself.';

COMMENT ON FUNCTION "app"."check_details"(bytea, jsonb) IS 'Ends the request with invalid_input, saying which place is wrong, unless a sealed document has this form; see
app.form_fault().';
COMMENT ON FUNCTION "app"."due_step"(date, date, integer[]) IS 'Which reminder something is at: so many days before it is due, -1 once it is over; null: none, or none any more.';
COMMENT ON FUNCTION "app"."end_care_of_resident"() IS 'Trigger _520_care of residents: when they leave or have died, orders, care plans, tasks, reviews and assessments end.';
COMMENT ON FUNCTION "app"."end_medication_of_resident"(public.residents, timestamp with time zone) IS 'Stops the orders of who left, and cancels the doses that were due after they did.';
COMMENT ON FUNCTION "app"."end_plans_of_resident"(public.residents, timestamp with time zone) IS 'Ends the care plans of who left, with tasks and reviews, and cancels what was due after they did.';

COMMENT ON FUNCTION "app"."form_fault"(jsonb, jsonb, text) IS 'What is wrong with a document, naming the first place; null where it has the form: no other keys, and for each a text
of 1 to so many characters (negative: it must be there), a day ("date") or a document of that form. Null is not there.';
COMMENT ON FUNCTION "app"."form_places"(jsonb) IS 'The keys of a form, for a hint.';

COMMENT ON FUNCTION "app"."guard_care_task_occurrence"() IS 'Trigger _200_guard: what is due stays planned as it was; done and skipped are taken back only where it is noted what had
been said; cancelled is final, and missed was missed.';
COMMENT ON FUNCTION "app"."guard_gone_resident"() IS 'Trigger _220_gone: no order, care plan or task begins for a resident who was discharged or has died.';
COMMENT ON FUNCTION "app"."guard_place"() IS 'Trigger _200_taken: a bed that somebody has, and a room with one, is neither closed nor removed.';

COMMENT ON FUNCTION "app"."guard_two_signatures"() IS 'Trigger _240_signatures of what takes two signatures: the second is of somebody who may witness at the site, and both of
people who are at work there where the organization asks it. Its argument: the column of who signs first.';
COMMENT ON FUNCTION "app"."is_day"(text) IS 'Whether a text is a day of the calendar, as YYYY-MM-DD.';
COMMENT ON FUNCTION "app"."is_gone"(uuid, uuid) IS 'Whether a resident was discharged or has died.';
COMMENT ON FUNCTION "app"."is_on_duty"(uuid, uuid, uuid) IS 'Whether somebody is at work at a site now: on a published shift, or clocked in for one, and not clocked out.';
COMMENT ON FUNCTION "app"."is_task_taken_back"(jsonb, jsonb) IS 'Whether a change of an occurrence takes back what was signed for it, and what that was is noted.';

COMMENT ON FUNCTION "app"."job_remind_quality"(uuid) IS 'Scheduled: reminds managers of complaints, evidence, documents, supervisions, audits and actions that are due soon or
overdue, each once at each step. Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_tell_overstays"(uuid, integer) IS 'Scheduled: tells those who admit people at a site that the planned end of a stay has passed, and offers the bed to the next
who waits, once for each end, p_limit at a time. Idempotent: yes.';
COMMENT ON FUNCTION "app"."list_site_staff"(uuid, integer, uuid) IS 'What public.list_site_staff answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."may_listen"(text) IS 'Whether the caller may listen to a private channel: for the policy of realtime.messages.';
COMMENT ON FUNCTION "app"."may_witness"(uuid, uuid, uuid) IS 'Whether somebody may sign second for a controlled drug at a site today, by role or by training.';

COMMENT ON FUNCTION "app"."medication_witness_rule"(uuid, uuid) IS 'Who witnesses at a site: by its own rule, else by the organization''s, else nurses, clinicians, managers and who holds
the course `medication`.';

COMMENT ON FUNCTION "app"."my_named_sites"(public.app_role[]) IS 'The sites that the caller holds one of these roles for by name; none if one of them is held in all of the
organization.';

COMMENT ON FUNCTION "app"."open_care_plan_task_corrections"(uuid[], public.access_purpose, uuid[]) IS 'Opens former_note, reason of care_plan_task_corrections, for whom the matrix lets;
behind public.open_care_plan_task_corrections and lists.';
COMMENT ON FUNCTION "app"."open_discrepancy"(public.medication_stock_counts) IS 'Opens a discrepancy and its incident for a count that does not fit, and tells the manager of the site; its id.';

COMMENT ON FUNCTION "app"."open_discrepancy_incident"(public.medication_discrepancies) IS 'Opens the incident of a discrepancy, reported by the caller: severe of a controlled drug, else low; its clocks run.
The one that it has already stays.';
COMMENT ON FUNCTION "app"."org_throughout"(public.app_role[]) IS 'The active organization, if the caller holds one of these roles in all of it; else null.';
COMMENT ON FUNCTION "app"."quality_due"(uuid, date) IS 'What an organization is to be reminded of on a day, and at which step. person_id: whose it is, besides managers.';

COMMENT ON FUNCTION "app"."quality_recipients"(uuid, uuid, uuid, date) IS 'Who is reminded of something at a site: its managers, else compliance leads, else care managers, else owners; and whose
it is.';
COMMENT ON FUNCTION "app"."seal_care_plan_task_corrections"() IS 'Seals former_note, reason on their way into care_plan_task_corrections.';
COMMENT ON FUNCTION "app"."task_undo_window"() IS 'For how long whoever signed for a task may take it back: a shift.';
COMMENT ON FUNCTION "app"."tell_of_overstay"(public.bed_stays) IS 'Tells those who admit people at a site that somebody stays longer than was planned.';
COMMENT ON FUNCTION "app"."undo_task"(uuid, text) IS 'What public.undo_task does; app.find_care_task() authorizes, and whose signature it is.';

COMMENT ON FUNCTION "public"."change_care_plan_task"(uuid, jsonb) IS 'Changes what a task of a care plan asks for, from now on: the task is ended, and another takes its place in the same
series. What is ahead and not done is made anew; what was done stays, what is due by now is still to be done. For managers,
care managers, nurses and clinicians of the site.
p_task_id: the task; conflict once it has ended, also because somebody else has changed it.
p_changes: what changes, everything else stays: {"first_on", "first_time", "rule", "grace_minutes", "assigned_to",
"instructions"} as add_care_plan_task() takes them; rule null: once; assigned_to null: the shift. PHI.
Returns the task that took its place.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

COMMENT ON FUNCTION "public"."extend_stay"(uuid, date) IS 'Says until when a resident is to stay, sooner or later than was planned, in the bed they have or had last. For managers
and care managers of the site.
p_resident_id: who lives there; conflict for who does not (details: not_admitted).
p_planned_until: the day they leave, at noon; null: no end. Conflict if the bed is somebody else''s by then (bed_taken); an
offer of it that nobody has taken up is withdrawn.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."get_rota_state"(uuid, date) IS 'Whether the rota of a week has changed: a word that is another one after each change that the caller may see of its
shifts, of who is on them, of what is offered. To be asked now and then where no Realtime tells of it; what has changed
says list_roster_week(). No row where the week has no rota, or the site is not the caller''s.
p_site_id: the site. p_week: any day of the week.
rota_week_id, status: the rota, and whether it is published. state: the word, which means nothing by itself.
Never null: rota_week_id, status, state.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."list_site_staff"(uuid, integer, uuid) IS 'Who is employed and works at a site today: their name, what they are and in which roles. For whoever gives care there or
runs it, and for owners, administrators and compliance leads.
p_site_id: the site; one that is not the caller''s is not_found.
p_limit: at most so many people, 1 to 500, in the order of their ids. p_after: the last user_id of the page before.
name: null for who has none. roles: at the site, or in the whole organization.
Never null: user_id, roles.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."open_care_plan_task_corrections"(uuid[], public.access_purpose) IS 'former_note, reason of care_plan_task_corrections, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: id.
Errors: feature_disabled, permission_denied, not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."schedule_assessment"(uuid, text, interval, timestamp with time zone, boolean) IS 'Says how often this resident is assessed by an instrument, whatever the result: sooner than the rule of the band wants
is possible, later is not. For nurses, clinicians, care managers and managers of the resident''s site.
p_instrument_code: one that is about patients. p_repeat_after: 15 minutes to a year; null: as the rules say.
p_next_due_at: the next one by then; null: as the interval says. p_is_active: false: no more.
Returns the schedule.
Errors: feature_disabled, permission_denied, invalid_input, not_found, conflict (not_admitted: they left).
Idempotent: yes.';

COMMENT ON FUNCTION "public"."undo_task"(uuid, text) IS 'Takes back that a task was completed or skipped: it is due again, or missed if it was. What had been said of it stays in
care_plan_task_corrections. For whoever said it, within twelve hours; for managers, care managers, nurses and clinicians of
the site at any time.
p_occurrence_id: the task; conflict if nobody has signed for it. p_reason: why, 1 to 1,000 characters. PHI.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."witness_administration"(uuid, boolean) IS 'The second signature for a controlled drug: from then on it counts as given and stands in the register. Whoever gave
it does not witness it, nor does a relative of the resident. For carers, nurses, clinicians and managers, at their
sites.
p_id: an administration that is awaiting_witness.
p_confirms: false if the caller did not see it; then it is not_witnessed, and the manager and the nurses are told.
Errors: feature_disabled, permission_denied (also: not employed here, no witness by
medication_witness_rules), not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."witness_stock_count"(uuid, boolean) IS 'The second signature for a count of a controlled drug, by another person than who recorded it, and no relative.
The manager was told of a difference when it was counted. For carers, nurses, clinicians and managers, at their sites.
p_id: a count that is awaiting_witness. p_confirms: false if the caller did not see it; then it is declined.
Errors: feature_disabled, permission_denied (also: not employed here, no witness by
medication_witness_rules), not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."witness_stock_movement"(uuid, boolean) IS 'The second signature for a movement of a controlled drug, by another person than who recorded it, and no relative.
It then has its number in the register. For carers, nurses, clinicians and managers, at their sites.
p_id: a movement that is awaiting_witness. p_confirms: false if the caller did not see it; then it is declined.
Errors: feature_disabled, permission_denied (also: not employed here, no witness by
medication_witness_rules), not_found, conflict, invalid_input.
Idempotent: yes.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."admissions" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessment_follow_ups" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessment_schedules" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessment_scores" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessments" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."bed_offers" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."bed_stays" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_acknowledgements" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_reviews" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_task_occurrences" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_tasks" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked" ON "public"."care_plan_versions" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plans" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."complaints" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."compliance_stats" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked_shared" ON "public"."daily_notes" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: shared rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."document_versions" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."documents" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."handover_acknowledgements" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."handover_items" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."handovers" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_actions" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_followups" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_notifications_of_regulators" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_people" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_timers" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_own" ON "public"."incidents" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."inspection_evidence" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_administrations" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_discrepancies" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_doses" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_effects" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_order_events" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_orders" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_stock" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_stock_counts" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_stock_movements" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."occupancy_snapshots" IS 'org_owner, admin, compliance_lead: every row of the active organization; manager, care_manager, case_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."org_patients" IS 'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization; manager, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."quality_audit_actions" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."quality_audits" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."residency_enquiries" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_sites" ON "public"."resident_contacts" IS 'manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked_shared" ON "public"."resident_documents" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: shared rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."resident_leaves" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_sites_or_organization_or_own" ON "public"."resident_shares" IS 'manager, care_manager: rows of the sites they are assigned to; compliance_lead: every row of the active organization; family: their own rows.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."resident_status_history" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked" ON "public"."residents" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."rota_proposal_lines" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."rota_proposals" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."rota_weeks" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."shift_offers" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."shift_templates" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."shifts" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."supervisions" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."waitlist_entries" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON TABLE "public"."care_plan_task_corrections" IS 'Care tasks that were taken back: what had been said of them, and why.';
COMMENT ON TABLE "public"."medication_witness_rules" IS 'Who may sign second for a controlled drug.';

ALTER TABLE "public"."care_plan_task_corrections" ADD CONSTRAINT "care_plan_task_corrections_corrected_by_fkey" FOREIGN KEY (org_id, corrected_by) REFERENCES public.staff_members(org_id, user_id);

ALTER TABLE "public"."care_plan_task_corrections" ADD CONSTRAINT "care_plan_task_corrections_former_completed_by_fkey" FOREIGN KEY (org_id, former_completed_by) REFERENCES public.staff_members(org_id, user_id);

ALTER TABLE "public"."care_plan_task_corrections" ADD CONSTRAINT "care_plan_task_corrections_occurrence_fkey" FOREIGN KEY (org_id, occurrence_id) REFERENCES public.care_plan_task_occurrences(org_id, id);

ALTER TABLE "public"."care_plan_task_corrections" ADD CONSTRAINT "care_plan_task_corrections_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."care_plan_task_corrections" ADD CONSTRAINT "care_plan_task_corrections_resident_fkey" FOREIGN KEY (org_id, resident_id, site_id) REFERENCES public.residents(org_id, id, site_id) ON UPDATE CASCADE;

CREATE INDEX care_plan_task_corrections_corrected_by_idx ON public.care_plan_task_corrections USING btree (org_id, corrected_by);

CREATE INDEX care_plan_task_corrections_former_completed_by_idx ON public.care_plan_task_corrections USING btree (org_id, former_completed_by);

CREATE INDEX care_plan_task_corrections_resident_id_idx ON public.care_plan_task_corrections USING btree (org_id, resident_id, site_id);

CREATE POLICY "floor_organization" ON "public"."care_plan_task_corrections" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_task_corrections" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

COMMENT ON COLUMN "public"."care_plan_task_corrections"."org_id" IS 'The organization that houses the resident.';
COMMENT ON POLICY "floor_organization" ON "public"."care_plan_task_corrections" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_task_corrections" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';

CREATE INDEX care_plan_task_corrections_occurrence_id_idx ON public.care_plan_task_corrections USING btree (org_id, occurrence_id, id);

CREATE INDEX care_plan_task_corrections_site_id_idx ON public.care_plan_task_corrections USING btree (org_id, site_id, id);

COMMENT ON COLUMN "public"."care_plan_task_corrections"."id" IS 'Key within the organization.';

ALTER TABLE "public"."medication_witness_rules" ADD CONSTRAINT "medication_witness_rules_course_fkey" FOREIGN KEY (org_id, course_id) REFERENCES public.training_courses(org_id, id);

ALTER TABLE "public"."medication_witness_rules" ADD CONSTRAINT "medication_witness_rules_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."medication_witness_rules" ADD CONSTRAINT "medication_witness_rules_site_fkey" FOREIGN KEY (org_id, site_id) REFERENCES public.sites(org_id, id);

CREATE INDEX medication_witness_rules_course_id_idx ON public.medication_witness_rules USING btree (org_id, course_id);

CREATE INDEX medication_witness_rules_site_id_idx ON public.medication_witness_rules USING btree (org_id, site_id);

CREATE UNIQUE INDEX medication_witness_rules_site_key ON public.medication_witness_rules USING btree (org_id, site_id) NULLS NOT DISTINCT WHERE (deleted_at IS NULL);

CREATE POLICY "floor_organization" ON "public"."medication_witness_rules" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_organization" ON "public"."medication_witness_rules" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS has_role)));

CREATE POLICY "select_organization" ON "public"."medication_witness_rules" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "update_organization" ON "public"."medication_witness_rules" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."medication_witness_rules"."org_id" IS 'The organization of the site.';
COMMENT ON POLICY "floor_organization" ON "public"."medication_witness_rules" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_organization" ON "public"."medication_witness_rules" IS 'org_owner, compliance_lead, admin: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."medication_witness_rules" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."medication_witness_rules" IS 'org_owner, compliance_lead, admin: every row of the active organization.';
COMMENT ON COLUMN "public"."medication_witness_rules"."id" IS 'Key within the organization.';

revoke all on function app.adopt_realtime() from public, anon, authenticated, service_role;

revoke all on function app.are_task_changes(jsonb) from public, anon, authenticated, service_role;
grant all on function app.are_task_changes(jsonb) to authenticated;

revoke all on function app.can_be_given_incident_work(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.change_care_plan_task(uuid,jsonb) from public, anon, authenticated, service_role;
grant all on function app.change_care_plan_task(uuid,jsonb) to authenticated;

revoke all on function app.due_step(date,date,integer[]) from public, anon, authenticated, service_role;

revoke all on function app.end_care_of_resident() from public, anon, authenticated, service_role;

revoke all on function app.end_medication_of_resident(public.residents,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.end_plans_of_resident(public.residents,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.form_fault(jsonb,jsonb,text) from public, anon, authenticated, service_role;
grant all on function app.form_fault(jsonb,jsonb,text) to authenticated, service_role;

revoke all on function app.form_places(jsonb) from public, anon, authenticated, service_role;
grant all on function app.form_places(jsonb) to authenticated, service_role;

revoke all on function app.guard_gone_resident() from public, anon, authenticated, service_role;

revoke all on function app.guard_place() from public, anon, authenticated, service_role;

revoke all on function app.guard_two_signatures() from public, anon, authenticated, service_role;

revoke all on function app.is_day(text) from public, anon, authenticated, service_role;
grant all on function app.is_day(text) to authenticated, service_role;

revoke all on function app.is_gone(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.is_gone(uuid,uuid) to service_role;

revoke all on function app.is_on_duty(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.is_task_taken_back(jsonb,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.job_remind_quality(uuid) from public, anon, authenticated, service_role;

revoke all on function app.job_tell_overstays(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.list_site_staff(uuid,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.list_site_staff(uuid,integer,uuid) to authenticated;

revoke all on function app.may_listen(text) from public, anon, authenticated, service_role;
grant all on function app.may_listen(text) to authenticated;

revoke all on function app.may_witness(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.medication_witness_rule(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.my_named_sites(public.app_role[]) from public, anon, authenticated, service_role;
grant all on function app.my_named_sites(public.app_role[]) to authenticated, service_role;

revoke all on function app.open_care_plan_task_corrections(uuid[],public.access_purpose,uuid[]) from public, anon, authenticated, service_role;
grant all on function app.open_care_plan_task_corrections(uuid[],public.access_purpose,uuid[]) to authenticated;

revoke all on function app.open_discrepancy_incident(public.medication_discrepancies) from public, anon, authenticated, service_role;

revoke all on function app.org_throughout(public.app_role[]) from public, anon, authenticated, service_role;
grant all on function app.org_throughout(public.app_role[]) to authenticated, service_role;

revoke all on function app.quality_due(uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.quality_recipients(uuid,uuid,uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.seal_care_plan_task_corrections() from public, anon, authenticated, service_role;

revoke all on function app.task_undo_window() from public, anon, authenticated, service_role;

revoke all on function app.tell_of_overstay(public.bed_stays) from public, anon, authenticated, service_role;

revoke all on function app.undo_task(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.undo_task(uuid,text) to authenticated;

revoke all on function public.change_care_plan_task(uuid,jsonb) from public, anon, authenticated, service_role;
grant all on function public.change_care_plan_task(uuid,jsonb) to authenticated;

revoke all on function public.get_rota_state(uuid,date) from public, anon, authenticated, service_role;
grant all on function public.get_rota_state(uuid,date) to authenticated;

revoke all on function public.list_site_staff(uuid,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.list_site_staff(uuid,integer,uuid) to authenticated;

revoke all on function public.open_care_plan_task_corrections(uuid[],public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.open_care_plan_task_corrections(uuid[],public.access_purpose) to authenticated;

revoke all on function public.undo_task(uuid,text) from public, anon, authenticated, service_role;
grant all on function public.undo_task(uuid,text) to authenticated;

revoke all on table public.care_plan_task_corrections from public, anon, authenticated, service_role;
grant select on table public.care_plan_task_corrections to authenticated;
grant delete, insert, select, update on table public.care_plan_task_corrections to service_role;

revoke all on table public.medication_witness_rules from public, anon, authenticated, service_role;
grant select, insert (course_id, is_on_duty, roles, site_id), update (course_id, is_on_duty, roles) on table public.medication_witness_rules to authenticated;
grant delete, insert, select, update on table public.medication_witness_rules to service_role;

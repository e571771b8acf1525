-- What has a day and is easily forgotten: complaints to be acknowledged and answered, evidence and papers that expire,
-- supervisions, audits and actions that are due. Told before the day and once it is over; each once for each
-- occurrence, step and person: the key of the outbox. Of steps that were missed only the last is told; what is over for
-- a month is told no more. Messages hold a day and a link.
create function app.due_step(p_due_on date, p_on date, p_ahead integer[]) returns integer
language sql immutable
set search_path = ''
as $$
  select case
    when p_due_on < p_on - 30 then null
    when p_due_on < p_on then -1
    else (select min(steps.days) from unnest(p_ahead) as steps (days) where p_due_on <= p_on + steps.days)
  end
$$;

comment on function app.due_step(date, date, integer[]) is
'Which reminder something is at: so many days before it is due, -1 once it is over; null: none, or none any more.';

create function app.quality_due(p_org_id uuid, p_on date) returns table (
  template text, id uuid, site_id uuid, person_id uuid, due_on date, step integer, link text
)
language sql stable
set search_path = ''
as $$
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
$$;

comment on function app.quality_due(uuid, date) is
'What an organization is to be reminded of on a day, and at which step. person_id: whose it is, besides managers.';

create function app.quality_recipients(p_org_id uuid, p_site_id uuid, p_person_id uuid, p_on date) returns setof uuid
language sql stable
set search_path = ''
as $$
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
$$;

comment on function app.quality_recipients(uuid, uuid, uuid, date) is
'Who is reminded of something at a site: its managers, else compliance leads, else care managers, else owners; and whose
it is.';

create function app.job_remind_quality(p_org_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_on constant date := app.organization_day(p_org_id);
  v_channels constant public.notification_channel[] := array['email', 'in_app'];
  v_due record;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  perform app.ensure_words(
    p_org_id, texts.template, texts.subject, texts.body || ' {{ due_on }}. See {{ link }}',
    '{"due_on": "date", "days": "number", "link": "link"}'
  )
  from (
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
$$;

comment on function app.job_remind_quality(uuid) is
'Scheduled: reminds managers of complaints, evidence, documents, supervisions, audits and actions that are due soon or
overdue, each once at each step. Idempotent: yes.';

revoke all on function app.due_step(date, date, integer[]) from public;
revoke all on function app.quality_due(uuid, date) from public;
revoke all on function app.quality_recipients(uuid, uuid, uuid, date) from public;
revoke all on function app.job_remind_quality(uuid) from public;

-- Who should be at work and has not come. Each organization is looked up by its own index, so that a thousand of them
-- cost a thousand probes; what is older than a day is told to nobody any more.
create function app.job_watch_shifts(p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_late record;
  v_count integer := 0;
begin
  for v_late in
    select late.*
    from public.organizations
    cross join lateral app.late_assignments(organizations.id, p_limit) as late
    where organizations.deleted_at is null and organizations.is_active
    limit p_limit
  loop
    -- Somebody who clocks in at this very moment is waited for, and not told of.
    insert into public.shift_attendance as attendance (org_id, assignment_id, site_id, user_id, told_minutes)
    values (v_late.org_id, v_late.assignment_id, v_late.site_id, v_late.user_id, v_late.late_minutes)
    on conflict (org_id, assignment_id) do update set told_minutes = excluded.told_minutes
    where attendance.clocked_in_at is null and attendance.told_minutes < excluded.told_minutes;
    if found then
      perform app.tell_late_shift(
        v_late.org_id, v_late.assignment_id, v_late.site_id, v_late.user_id, v_late.late_minutes
      );
    end if;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.job_watch_shifts(integer) is
'Scheduled: tells managers who has not come to a published shift after 15, 30 and 60 minutes, each once, p_limit at a
time; after 15 the person, too. Idempotent: yes.';

create function app.late_assignments(p_org_id uuid, p_limit integer) returns table (
  org_id uuid, assignment_id uuid, site_id uuid, user_id uuid, late_minutes smallint
)
language sql stable
set search_path = ''
as $$
  select assignments.org_id, assignments.id, assignments.site_id, assignments.user_id, levels.minutes
  from public.shift_assignments as assignments
  left join public.shift_attendance as attendance
    on attendance.org_id = assignments.org_id and attendance.assignment_id = assignments.id
  cross join lateral (
    select (case
      when assignments.starts_at <= app.clock() - interval '60 minutes' then 60
      when assignments.starts_at <= app.clock() - interval '30 minutes' then 30
      else 15
    end)::smallint as minutes
  ) as levels
  where
    assignments.org_id = p_org_id and assignments.is_published and assignments.deleted_at is null
    and assignments.starts_at > app.clock() - interval '1 day'
    and assignments.starts_at <= app.clock() - interval '15 minutes'
    and attendance.clocked_in_at is null and coalesce(attendance.told_minutes, 0) < levels.minutes
  order by assignments.starts_at, assignments.id
  limit p_limit
$$;

comment on function app.late_assignments(uuid, integer) is
'Who of an organization has not come to a shift that began 15, 30 or 60 minutes ago, and was not told of so far.';

create function app.tell_late_shift(
  p_org_id uuid, p_assignment_id uuid, p_site_id uuid, p_user_id uuid, p_minutes integer
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_template constant text := case p_minutes when 60 then 'shift.missed' else 'shift.late' end;
  v_dedupe_key constant text := format('%s:%s', p_assignment_id, p_minutes);
  v_managers uuid[];
begin
  -- A site without a manager is not a site that nobody looks after.
  v_managers := coalesce(
    nullif(app.role_holders(p_org_id, '{manager}', p_site_id), '{}'),
    app.role_holders(p_org_id, '{care_manager,admin}', p_site_id)
  );
  perform app.tell_staff(
    p_org_id, case p_minutes when 15 then v_managers || p_user_id else v_managers end, v_template, v_dedupe_key
  );
  perform app.ensure_template(
    p_org_id, v_template, 'webhook', null, '', '{"assignment_id": "id", "minutes": "number"}'
  );
  perform app.emit_event(
    p_org_id, v_template, jsonb_build_object('assignment_id', p_assignment_id, 'minutes', p_minutes), v_dedupe_key
  );
end
$$;

comment on function app.tell_late_shift(uuid, uuid, uuid, uuid, integer) is
'Tells the managers of a site, and webhooks, that somebody has not come; at first the person, too.';

revoke all on function app.job_watch_shifts(integer) from public;
revoke all on function app.late_assignments(uuid, integer) from public;
revoke all on function app.tell_late_shift(uuid, uuid, uuid, uuid, integer) from public;

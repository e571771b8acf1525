-- What was not done by the end of its grace period is missed, once. Of who is not there nothing was missed: it is
-- cancelled. The managers of a site are told once for each batch, and not how many or whose.
create function app.job_resolve_overdue_tasks(p_org_id uuid, p_limit integer) returns integer
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
    with overdue as (
      select occurrences.id
      from public.care_plan_task_occurrences as occurrences
      where
        occurrences.org_id = p_org_id and occurrences.status = 'due' and occurrences.overdue_at <= app.clock()
      order by occurrences.overdue_at
      limit p_limit
      for update skip locked
    ),
    resolved as (
      update public.care_plan_task_occurrences as occurrences
      set
        status = case residents.status when 'resident' then 'missed' else 'cancelled' end::public.care_task_status,
        missed_at = case residents.status when 'resident' then app.clock() end
      from overdue, public.residents
      where
        occurrences.org_id = p_org_id and occurrences.id = overdue.id
        and residents.org_id = occurrences.org_id and residents.id = occurrences.resident_id
      returning occurrences.id, occurrences.site_id, occurrences.status
    )
    select
      resolved.site_id, count(*) as resolved,
      (array_agg(resolved.id order by resolved.id desc) filter (where resolved.status = 'missed'))[1] as missed_id
    from resolved
    group by resolved.site_id
  loop
    v_count := v_count + v_site.resolved;
    if v_site.missed_id is not null then
      perform app.tell_care_managers(
        p_org_id, v_site.site_id, 'care.missed_tasks', 'Care tasks were missed',
        'Tasks were not done in time. Look here: {{ link }}', v_site.missed_id::text
      );
    end if;
  end loop;
  return v_count;
end
$$;

comment on function app.job_resolve_overdue_tasks(uuid, integer) is
'Scheduled: marks tasks as missed that were not done by the end of their grace period, p_limit at a time, and tells the
managers of their sites where to look. Idempotent: yes.';

revoke all on function app.job_resolve_overdue_tasks(uuid, integer) from public;

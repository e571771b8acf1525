-- The planned end of a stay has passed, and nobody said that they left or stay on. Whoever admits people there is told,
-- and the bed goes to the next who waits, as when somebody leaves; once for each end. Nothing ends by itself: they may
-- well still be in the bed.
create function app.job_tell_overstays(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
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
$$;

comment on function app.job_tell_overstays(uuid, integer) is
'Scheduled: tells those who admit people at a site that the planned end of a stay has passed, and offers the bed to the next
who waits, once for each end, p_limit at a time. Idempotent: yes.';

create function app.tell_of_overstay(p_stay public.bed_stays) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  perform app.ensure_template(
    p_stay.org_id, 'residency.stay_over', 'in_app', 'A planned stay is over',
    'A stay is over as it was planned. Say that they left, or until when they stay: {{ link }}', '{"link": "link"}'
  );
  foreach v_user_id in array app.role_holders(p_stay.org_id, '{manager,care_manager}', p_stay.bed_site_id) loop
    perform app.enqueue_notification(
      p_stay.org_id, 'in_app', v_user_id, 'residency.stay_over',
      jsonb_build_object('link', '/residency/residents/' || p_stay.resident_id),
      p_dedupe_key => format(
        'residency.stay_over:%s:%s:%s', p_stay.id, extract(epoch from p_stay.ends_at)::bigint, v_user_id
      )
    );
  end loop;
end
$$;

comment on function app.tell_of_overstay(public.bed_stays) is
'Tells those who admit people at a site that somebody stays longer than was planned.';

revoke all on function app.job_tell_overstays(uuid, integer) from public;
revoke all on function app.tell_of_overstay(public.bed_stays) from public;

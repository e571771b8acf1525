-- How full a site was when a day ended, by its own clocks; of today, at this moment. From beds, stays and leaves alone:
-- asked again, it is the same for ever, unless what happened is entered late.
--
-- Not a definer and granted to nobody: those who call it have authorized for themselves.
create function app.snapshot_of(p_org_id uuid, p_site_id uuid, p_on date)
returns table (
  bed_count integer, occupied_count integer, on_leave_count integer, admission_count integer, discharge_count integer
)
language sql stable
set search_path = ''
as $$
  with days as (
    select
      app.site_moment(p_org_id, p_site_id, p_on, '00:00') as began_at,
      app.site_moment(p_org_id, p_site_id, p_on + 1, '00:00') as ended_at
  ),
  census as (
    select least(days.ended_at - interval '1 microsecond', app.clock()) as taken_at from days
  ),
  present as (
    select had.bed_id, away.id is not null as is_away
    from census
    inner join public.bed_stays as had
      on
        had.org_id = p_org_id and had.bed_site_id = p_site_id and had.ends_at > census.taken_at
        and had.starts_at <= census.taken_at and not had.is_reserved and had.deleted_at is null
    left join public.resident_leaves as away
      on
        away.org_id = p_org_id and away.resident_id = had.resident_id and away.ends_at > census.taken_at
        and away.starts_at <= census.taken_at and away.deleted_at is null
  )
  select
    (
      select count(*)::integer
      from public.beds
      cross join census
      where
        beds.org_id = p_org_id and beds.site_id = p_site_id
        and (
          beds.created_at <= census.taken_at and (beds.deleted_at is null or beds.deleted_at > census.taken_at)
          or beds.id in (select present.bed_id from present)
        )
    ),
    (select count(*)::integer from present),
    (select count(*)::integer from present where present.is_away),
    (
      select count(*)::integer
      from days
      inner join public.bed_stays as first_stays
        on
          first_stays.org_id = p_org_id and first_stays.bed_site_id = p_site_id
          and first_stays.ends_at > days.began_at and first_stays.starts_at >= days.began_at
          and first_stays.starts_at < days.ended_at and first_stays.deleted_at is null
      inner join public.admissions
        on
          admissions.org_id = p_org_id and admissions.id = first_stays.admission_id
          and admissions.admitted_at = first_stays.starts_at and admissions.deleted_at is null
    ),
    (
      select count(*)::integer
      from days
      inner join public.admissions
        on
          admissions.org_id = p_org_id and admissions.discharged_at >= days.began_at
          and admissions.discharged_at < days.ended_at and admissions.deleted_at is null
      cross join lateral (
        select last_stays.bed_site_id
        from public.bed_stays as last_stays
        where
          last_stays.org_id = p_org_id and last_stays.admission_id = admissions.id
          and last_stays.resident_id = admissions.resident_id and last_stays.deleted_at is null
        order by last_stays.starts_at desc
        limit 1
      ) as lasts
      where lasts.bed_site_id = p_site_id
    )
$$;

comment on function app.snapshot_of(uuid, uuid, date) is 'How full a site was at the end of a day, counted anew.';

-- SECURITY DEFINER because it counts stays of people who moved on; numbers only, of sites the caller may know.
create function app.occupancy_snapshot(p_site_id uuid, p_on date)
returns table (
  bed_count integer, occupied_count integer, on_leave_count integer, admission_count integer, discharge_count integer
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from public.sites
    where
      sites.org_id = app.current_org() and sites.id = p_site_id and sites.id = any(app.occupancy_sites())
      and sites.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such site among yours.');
  end if;
  perform app.check_input(
    'p_on', p_on <= app.day_of_site(app.current_org(), p_site_id, app.clock()), 'The day has begun.'
  );
  return query select taken.* from app.snapshot_of(app.current_org(), p_site_id, p_on) as taken;
end
$$;

comment on function app.occupancy_snapshot(uuid, date) is
'What public.calculate_occupancy_snapshot does; authorizes for itself.';

-- Days that are over and not counted, the oldest first; with yesterday, the seven days before it are counted again, for
-- what was entered late. A day that is as it was is not written.
create function app.job_snapshot_occupancy(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_due app.site_day[];
begin
  v_due := array(
    select row(due.site_id, due.day)::app.site_day
    from app.due_snapshots(p_org_id) as due
    order by due.day, due.site_id
    limit p_limit
  );
  insert into public.occupancy_snapshots as kept (
    org_id, site_id, snapshot_date, bed_count, occupied_count, on_leave_count, admission_count, discharge_count,
    counted_at
  )
  select
    p_org_id, days.site_id, days.day, taken.bed_count, taken.occupied_count, taken.on_leave_count,
    taken.admission_count, taken.discharge_count, app.clock()
  from (
    select due.site_id, due.day from unnest(v_due) as due
    union
    select due.site_id, former.snapshot_date
    from unnest(v_due) as due
    inner join public.occupancy_snapshots as former
      on
        former.org_id = p_org_id and former.site_id = due.site_id
        and former.snapshot_date >= due.day - 7 and former.snapshot_date < due.day
    where due.day = app.day_of_site(p_org_id, due.site_id, app.clock()) - 1
  ) as days
  cross join lateral app.snapshot_of(p_org_id, days.site_id, days.day) as taken
  on conflict (org_id, site_id, snapshot_date) do update set
    bed_count = excluded.bed_count, occupied_count = excluded.occupied_count,
    on_leave_count = excluded.on_leave_count, admission_count = excluded.admission_count,
    discharge_count = excluded.discharge_count,
    counted_at = excluded.counted_at
  where
    (kept.bed_count, kept.occupied_count, kept.on_leave_count, kept.admission_count, kept.discharge_count)
    is distinct from (
      excluded.bed_count, excluded.occupied_count, excluded.on_leave_count, excluded.admission_count,
      excluded.discharge_count
    );
  return cardinality(v_due);
end
$$;

comment on function app.job_snapshot_occupancy(uuid, integer) is
'Scheduled: counts the days of an organization''s sites that are over, p_limit at a time, and again the week before
yesterday. Idempotent: yes.';

-- A site is counted from its first stay on, at most 400 days back. The job looks each hour, because days end at
-- different moments; a site whose yesterday is counted is left alone.
create function app.due_snapshots(p_org_id uuid) returns table (site_id uuid, day date)
language sql stable
set search_path = ''
as $$
  select homes.id, days.day::date
  from (
    select sites.id, app.day_of_site(p_org_id, sites.id, app.clock()) as today
    from public.sites where sites.org_id = p_org_id and sites.deleted_at is null
  ) as homes
  cross join lateral (
    select max(kept.snapshot_date) as day
    from public.occupancy_snapshots as kept
    where kept.org_id = p_org_id and kept.site_id = homes.id
  ) as last_kept
  cross join lateral (
    select min(had.starts_at) as at
    from public.bed_stays as had
    where
      last_kept.day is null and had.org_id = p_org_id and had.bed_site_id = homes.id and had.deleted_at is null
      and not had.is_reserved
  ) as first_stay
  cross join lateral generate_series(
    greatest(
      coalesce(last_kept.day + 1, app.day_of_site(p_org_id, homes.id, first_stay.at)), homes.today - 400
    )::timestamp,
    (homes.today - 1)::timestamp, interval '1 day'
  ) as days (day)
  where last_kept.day is not null or first_stay.at is not null
$$;

comment on function app.due_snapshots(uuid) is 'The days of an organization''s sites that are over and not counted.';

revoke all on function app.snapshot_of(uuid, uuid, date) from public;
revoke all on function app.occupancy_snapshot(uuid, date) from public;
revoke all on function app.job_snapshot_occupancy(uuid, integer) from public;
revoke all on function app.due_snapshots(uuid) from public;
grant execute on function app.occupancy_snapshot(uuid, date) to authenticated;

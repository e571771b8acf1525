-- How full a site was at the end of a day. Counted from beds, stays and leaves by a job, and again for some days: what
-- is entered late is in it from the next run on. calculate_occupancy_snapshot() gives the same at any time.
create table public.occupancy_snapshots (
  org_id uuid not null default app.current_org(),
  site_id uuid not null,
  snapshot_date date not null,
  bed_count integer not null,
  occupied_count integer not null,
  on_leave_count integer not null,
  admission_count integer not null,
  discharge_count integer not null,
  counted_at timestamptz not null,
  constraint occupancy_snapshots_pkey primary key (org_id, site_id, snapshot_date),
  constraint occupancy_snapshots_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint occupancy_snapshots_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint occupancy_snapshots_counts check (
    on_leave_count >= 0 and occupied_count >= on_leave_count and bed_count >= occupied_count
    and admission_count >= 0 and discharge_count >= 0
  )
);

comment on table public.occupancy_snapshots is 'How full each site was at the end of each day.';
comment on column public.occupancy_snapshots.org_id is 'The organization.';
comment on column public.occupancy_snapshots.site_id is 'The site.';
comment on column public.occupancy_snapshots.snapshot_date is 'The day, by the clocks of the site.';
comment on column public.occupancy_snapshots.bed_count is 'Beds there were, and beds that somebody had.';
comment on column public.occupancy_snapshots.occupied_count is 'Beds that somebody had, there or on leave.';
comment on column public.occupancy_snapshots.on_leave_count is 'Of those, how many were on leave.';
comment on column public.occupancy_snapshots.admission_count is 'Who was admitted on the day.';
comment on column public.occupancy_snapshots.discharge_count is 'Who was discharged on the day, or died.';
comment on column public.occupancy_snapshots.counted_at is 'When it was counted, or found to be otherwise.';

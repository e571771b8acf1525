-- How old app.provider_workload_metrics is. Not a column of the view itself: each row would change with each refresh.
create table app.provider_workload_refreshes (
  is_latest boolean not null default true,
  refreshed_at timestamptz not null,
  took interval not null,
  row_count bigint not null,
  constraint provider_workload_refreshes_pkey primary key (is_latest),
  constraint provider_workload_refreshes_one check (is_latest)
);

comment on table app.provider_workload_refreshes is 'The last refresh of provider_workload_metrics; one row.';
comment on column app.provider_workload_refreshes.is_latest is 'Always true: there is one row.';
comment on column app.provider_workload_refreshes.refreshed_at is 'When: the figures are of this moment.';
comment on column app.provider_workload_refreshes.took is 'How long it took.';
comment on column app.provider_workload_refreshes.row_count is 'How many practitioners it has.';

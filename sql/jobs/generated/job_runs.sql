-- Compiled from sql/jobs/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.job_runs enable row level security;
alter table public.job_runs force row level security;

revoke all on public.job_runs from public, anon, authenticated, service_role;
grant select on public.job_runs to authenticated;
grant select, insert, update, delete on public.job_runs to service_role;

create policy select_anyone on public.job_runs
for select to authenticated
using (
  (select app.has_role('super_admin'))
);
comment on policy select_anyone on public.job_runs is
'super_admin: every row.';

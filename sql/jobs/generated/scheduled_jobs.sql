-- Compiled from sql/jobs/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.scheduled_jobs enable row level security;
alter table public.scheduled_jobs force row level security;

revoke all on public.scheduled_jobs from public, anon, authenticated, service_role;
grant select on public.scheduled_jobs to authenticated;
grant select, insert, update, delete on public.scheduled_jobs to service_role;

create policy select_anyone on public.scheduled_jobs
for select to authenticated
using (
  (select app.has_role('super_admin'))
);
comment on policy select_anyone on public.scheduled_jobs is
'super_admin: every row.';

create trigger _100_stamp
before insert or update on public.scheduled_jobs
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.scheduled_jobs
for each row execute function app.audit_row(
  '', 'name', '', ''
);

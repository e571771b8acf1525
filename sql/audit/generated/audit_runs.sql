-- Compiled from sql/audit/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.audit_runs enable row level security;
alter table app.audit_runs force row level security;

revoke all on app.audit_runs from public, anon, authenticated, service_role;

create trigger _200_append_only
before update or delete on app.audit_runs
for each row execute function app.refuse_change();

create trigger _200_append_only_truncate
before truncate on app.audit_runs
for each statement execute function app.refuse_change();

-- Compiled from sql/audit/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.audit_dropped_months enable row level security;
alter table app.audit_dropped_months force row level security;

revoke all on app.audit_dropped_months from public, anon, authenticated, service_role;

create trigger _200_append_only
before update or delete on app.audit_dropped_months
for each row execute function app.refuse_change();

create trigger _200_append_only_truncate
before truncate on app.audit_dropped_months
for each statement execute function app.refuse_change();

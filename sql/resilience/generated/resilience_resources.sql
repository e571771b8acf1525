-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resilience_resources enable row level security;
alter table public.resilience_resources force row level security;

revoke all on public.resilience_resources from public, anon, authenticated, service_role;
grant select on public.resilience_resources to authenticated;
grant insert (
  title,
  description,
  kind,
  category,
  url,
  telephone,
  country_code,
  is_active
) on public.resilience_resources to authenticated;
grant update (
  title,
  description,
  kind,
  category,
  url,
  telephone,
  country_code,
  is_active
) on public.resilience_resources to authenticated;
grant select, insert, update, delete on public.resilience_resources to service_role;

create policy select_active_or_anyone on public.resilience_resources
for select to authenticated
using (
  deleted_at is null
  and (
    (
      (select app.my_id()) is not null
      and is_active
    )
    or (select app.has_role('super_admin'))
  )
);
comment on policy select_active_or_anyone on public.resilience_resources is
'anyone who is signed in: rows that are offered now; super_admin: every row.';

create policy insert_anyone on public.resilience_resources
for insert to authenticated
with check (
  (select app.has_role('super_admin'))
);
comment on policy insert_anyone on public.resilience_resources is
'super_admin: every row.';

create policy update_anyone on public.resilience_resources
for update to authenticated
using (
  deleted_at is null
  and (select app.has_role('super_admin'))
)
with check (
  deleted_at is null
  and (select app.has_role('super_admin'))
);
comment on policy update_anyone on public.resilience_resources is
'super_admin: every row.';

create trigger _100_stamp
before insert or update on public.resilience_resources
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.resilience_resources
for each row execute function app.audit_row(
  '', 'id', '', ''
);

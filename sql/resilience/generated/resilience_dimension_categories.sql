-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resilience_dimension_categories enable row level security;
alter table public.resilience_dimension_categories force row level security;

revoke all on public.resilience_dimension_categories from public, anon, authenticated, service_role;
grant select on public.resilience_dimension_categories to authenticated;
grant insert (
  dimension,
  category,
  weight
) on public.resilience_dimension_categories to authenticated;
grant update (
  weight
) on public.resilience_dimension_categories to authenticated;
grant select, insert, update, delete on public.resilience_dimension_categories to service_role;

create policy select_anyone on public.resilience_dimension_categories
for select to authenticated
using (
  deleted_at is null
  and (select app.my_id()) is not null
);
comment on policy select_anyone on public.resilience_dimension_categories is
'anyone who is signed in: every row.';

create policy insert_anyone on public.resilience_dimension_categories
for insert to authenticated
with check (
  (select app.has_role('super_admin'))
);
comment on policy insert_anyone on public.resilience_dimension_categories is
'super_admin: every row.';

create policy update_anyone on public.resilience_dimension_categories
for update to authenticated
using (
  deleted_at is null
  and (select app.has_role('super_admin'))
)
with check (
  deleted_at is null
  and (select app.has_role('super_admin'))
);
comment on policy update_anyone on public.resilience_dimension_categories is
'super_admin: every row.';

create trigger _100_stamp
before insert or update on public.resilience_dimension_categories
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.resilience_dimension_categories
for each row execute function app.audit_row(
  '', 'id', '', ''
);

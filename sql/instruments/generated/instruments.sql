-- Compiled from sql/instruments/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.instruments enable row level security;
alter table public.instruments force row level security;

revoke all on public.instruments from public, anon, authenticated, service_role;
grant select on public.instruments to authenticated;
grant update (
  is_active
) on public.instruments to authenticated;
grant select, insert, update, delete on public.instruments to service_role;

create policy select_active_or_anyone on public.instruments
for select to authenticated
using (
  (
    (select app.my_id()) is not null
    and is_active
  )
  or (select app.has_role('super_admin'))
);
comment on policy select_active_or_anyone on public.instruments is
'anyone who is signed in: rows that are offered now; super_admin: every row.';

create policy update_anyone on public.instruments
for update to authenticated
using (
  (select app.has_role('super_admin'))
)
with check (
  (select app.has_role('super_admin'))
);
comment on policy update_anyone on public.instruments is
'super_admin: every row.';

create trigger _100_stamp
before insert or update on public.instruments
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.instruments
for each row execute function app.audit_row(
  '', 'id', '', ''
);

-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.profiles enable row level security;
alter table public.profiles force row level security;

revoke all on public.profiles from public, anon, authenticated, service_role;
grant select on public.profiles to authenticated;
grant update (
  display_name,
  locale
) on public.profiles to authenticated;
grant select, insert, update, delete on public.profiles to service_role;

create policy floor_person on public.profiles
as restrictive for all to anon, authenticated
using (
  id = (select app.my_id())
)
with check (
  id = (select app.my_id())
);
comment on policy floor_person on public.profiles is
'Whatever else is allowed: only rows of the person.';

create policy select_own on public.profiles
for select to authenticated
using (
  deleted_at is null
  and (select app.my_id()) is not null
  and id = (select app.my_id())
);
comment on policy select_own on public.profiles is
'anyone who is signed in: their own rows.';

create policy update_own on public.profiles
for update to authenticated
using (
  deleted_at is null
  and (select app.my_id()) is not null
  and id = (select app.my_id())
)
with check (
  deleted_at is null
  and (select app.my_id()) is not null
  and id = (select app.my_id())
);
comment on policy update_own on public.profiles is
'anyone who is signed in: their own rows.';

create trigger _100_stamp
before insert or update on public.profiles
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.profiles
for each row execute function app.audit_row(
  '', 'id', '*', 'id'
);

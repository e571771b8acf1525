-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.user_sessions enable row level security;
alter table public.user_sessions force row level security;

revoke all on public.user_sessions from public, anon, authenticated, service_role;
grant select on public.user_sessions to authenticated;
grant select, insert, update, delete on public.user_sessions to service_role;

create policy floor_person on public.user_sessions
as restrictive for all to anon, authenticated
using (
  user_id = (select app.my_id())
)
with check (
  user_id = (select app.my_id())
);
comment on policy floor_person on public.user_sessions is
'Whatever else is allowed: only rows of the person.';

create policy select_own on public.user_sessions
for select to authenticated
using (
  (select app.my_id()) is not null
  and user_id = (select app.my_id())
);
comment on policy select_own on public.user_sessions is
'anyone who is signed in: their own rows.';

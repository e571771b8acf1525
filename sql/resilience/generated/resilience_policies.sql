-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resilience_policies enable row level security;
alter table public.resilience_policies force row level security;

revoke all on public.resilience_policies from public, anon, authenticated, service_role;
grant select on public.resilience_policies to authenticated;
grant insert (
  version,
  title,
  body,
  effective_on
) on public.resilience_policies to authenticated;
grant select, insert, update, delete on public.resilience_policies to service_role;

create policy select_anyone on public.resilience_policies
for select to authenticated
using (
  (select app.my_id()) is not null
);
comment on policy select_anyone on public.resilience_policies is
'anyone who is signed in: every row.';

create policy insert_anyone on public.resilience_policies
for insert to authenticated
with check (
  (select app.has_role('super_admin'))
);
comment on policy insert_anyone on public.resilience_policies is
'super_admin: every row.';

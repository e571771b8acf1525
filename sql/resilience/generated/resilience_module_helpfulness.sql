-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resilience_module_helpfulness enable row level security;
alter table public.resilience_module_helpfulness force row level security;

revoke all on public.resilience_module_helpfulness from public, anon, authenticated, service_role;
grant select on public.resilience_module_helpfulness to authenticated;
grant select, insert, update, delete on public.resilience_module_helpfulness to service_role;

create policy select_anyone on public.resilience_module_helpfulness
for select to authenticated
using (
  (select app.my_id()) is not null
);
comment on policy select_anyone on public.resilience_module_helpfulness is
'anyone who is signed in: every row.';

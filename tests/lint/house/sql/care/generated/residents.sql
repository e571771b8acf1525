alter table public.residents enable row level security;
alter table public.residents force row level security;
revoke all on public.residents from public, anon, authenticated, service_role;

create policy floor_organization on public.residents
as restrictive for all to anon, authenticated
using (org_id = (select app.current_org()));
comment on policy floor_organization on public.residents is 'Only the active organization.';

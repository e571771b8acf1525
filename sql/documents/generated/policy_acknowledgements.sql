-- Compiled from sql/documents/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.policy_acknowledgements enable row level security;
alter table public.policy_acknowledgements force row level security;

revoke all on public.policy_acknowledgements from public, anon, authenticated, service_role;
grant select on public.policy_acknowledgements to authenticated;
grant insert (
  policy_id
) on public.policy_acknowledgements to authenticated;
grant select, insert, update, delete on public.policy_acknowledgements to service_role;

create policy floor_organization on public.policy_acknowledgements
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.policy_acknowledgements is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_organization on public.policy_acknowledgements
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    (
      (select app.is_staff())
      and user_id = (select app.my_id())
    )
    or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  )
);
comment on policy select_own_or_organization on public.policy_acknowledgements is
'anyone who works for the active organization: their own rows; org_owner, compliance_lead: every row of the active organization.';

create policy insert_own on public.policy_acknowledgements
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy insert_own on public.policy_acknowledgements is
'anyone who works for the active organization: their own rows.';

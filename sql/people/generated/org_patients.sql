-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.org_patients enable row level security;
alter table public.org_patients force row level security;

revoke all on public.org_patients from public, anon, authenticated, service_role;
grant select on public.org_patients to authenticated;
grant select, insert, update, delete on public.org_patients to service_role;

create policy floor_organization on public.org_patients
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.org_patients is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.org_patients
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
);
comment on policy select_organization on public.org_patients is
'care_manager, case_manager, nurse, clinician: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.org_patients
for each row execute function app.stamp_row();

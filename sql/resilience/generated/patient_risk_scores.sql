-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.patient_risk_scores enable row level security;
alter table public.patient_risk_scores force row level security;

revoke all on public.patient_risk_scores from public, anon, authenticated, service_role;
grant select on public.patient_risk_scores to authenticated;
grant select, insert, update, delete on public.patient_risk_scores to service_role;

create policy floor_organization on public.patient_risk_scores
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.patient_risk_scores is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.patient_risk_scores
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
);
comment on policy select_organization on public.patient_risk_scores is
'care_manager, case_manager, nurse, clinician: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.patient_risk_scores
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.patient_risk_scores
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'risk_level,score', ''
);

-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.org_patients enable row level security;
alter table public.org_patients force row level security;

revoke all on public.org_patients from public, anon, authenticated, service_role;
grant select (
  org_id,
  patient_id,
  is_active,
  created_at,
  created_by,
  updated_at,
  updated_by,
  version,
  deleted_at
) on public.org_patients to authenticated;
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
  and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
);
comment on policy select_organization on public.org_patients is
'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.org_patients
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.org_patients
for each row execute function app.audit_row(
  'org_id', 'org_id,patient_id', 'medical_record_number', ''
);

-- Columns are granted to the one role that everyone who is signed in has, so the restricted ones are granted to
-- nobody and read here. SECURITY DEFINER for that reason only: the predicate is the authorization, and says by which
-- of their roles the caller may read which column of which row.
create function app.read_org_patients_restricted(p_ids uuid[]) returns table (
  patient_id uuid,
  medical_record_number text
)
language sql stable
security definer
set search_path = ''
as $$
  select
    patient_id,
    medical_record_number
  from public.org_patients
  where
    patient_id = any(p_ids)
    and deleted_at is null
    and org_id = (select app.current_org())
    and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
$$;

comment on function app.read_org_patients_restricted(uuid[]) is
'The restricted columns of org_patients, for whom the matrix opens them; behind public.get_org_patients_restricted.';

revoke all on function app.read_org_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function app.read_org_patients_restricted(uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds its restricted columns back.
create function public.get_org_patients_restricted(p_ids uuid[]) returns table (
  patient_id uuid,
  medical_record_number text
)
language plpgsql stable
set search_path = ''
as $$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.read_org_patients_restricted(array(
    select seen.patient_id from public.org_patients as seen where seen.patient_id = any(p_ids)
  )) as opened;
end
$$;

comment on function public.get_org_patients_restricted(uuid[]) is
'The columns of org_patients that not everyone who sees a row may read; they cannot be selected.
medical_record_number: for care_manager, case_manager, nurse, clinician, billing.
A row of which the caller may read none of them is not in the answer.
p_ids: patient_id of the rows, at most 1000.
Never null: patient_id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.get_org_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.get_org_patients_restricted(uuid[]) to authenticated;

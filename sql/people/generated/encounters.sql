-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.encounters enable row level security;
alter table public.encounters force row level security;

revoke all on public.encounters from public, anon, authenticated, service_role;
grant select (
  org_id,
  id,
  patient_id,
  provider_id,
  external_organization_id,
  status,
  date_of_service,
  created_at,
  created_by,
  updated_at,
  updated_by,
  version,
  deleted_at
) on public.encounters to authenticated;
grant select, insert, update, delete on public.encounters to service_role;

create policy floor_organization on public.encounters
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.encounters is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.encounters
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
);
comment on policy select_organization on public.encounters is
'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.encounters
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.encounters
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'class_code,date_of_service,took_place_during', ''
);

-- Columns are granted to the one role that everyone who is signed in has, so the restricted ones are granted to
-- nobody and read here. SECURITY DEFINER because of that alone: the predicate is the authorization, and says by which
-- of their roles the caller may read which column of which row.
create function app.read_encounters_restricted(p_ids uuid[]) returns table (
  id uuid,
  class_code text,
  took_place_during tstzrange
)
language sql stable
security definer
set search_path = ''
as $$
  select
    id,
    case
      when (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
      ) then class_code
    end,
    case
      when (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler'))
      ) then took_place_during
    end
  from public.encounters
  where
    id = any(p_ids)
    and deleted_at is null
    and org_id = (select app.current_org())
    and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing', 'scheduler'))
$$;

comment on function app.read_encounters_restricted(uuid[]) is
'The restricted columns of encounters, for whom the matrix opens them; behind public.get_encounters_restricted.';

revoke all on function app.read_encounters_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function app.read_encounters_restricted(uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds its restricted columns back.
create function public.get_encounters_restricted(p_ids uuid[]) returns table (
  id uuid,
  class_code text,
  took_place_during tstzrange
)
language plpgsql stable
set search_path = ''
as $$
begin
  if app.current_org() is null and app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.read_encounters_restricted(array(
    select seen.id from public.encounters as seen where seen.id = any(p_ids)
  )) as opened;
end
$$;

comment on function public.get_encounters_restricted(uuid[]) is
'The columns of encounters that not everyone who sees a row may read; they cannot be selected.
class_code: for care_manager, case_manager, nurse, clinician, billing.
took_place_during: for care_manager, case_manager, nurse, clinician, scheduler.
A row of which the caller may read none of them is not in the answer; a column that they may not read is null.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.get_encounters_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.get_encounters_restricted(uuid[]) to authenticated;

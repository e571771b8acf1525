-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.patients enable row level security;
alter table public.patients force row level security;

revoke all on public.patients from public, anon, authenticated, service_role;
grant select (
  id,
  user_id,
  family_name,
  given_names,
  birth_date,
  birth_date_precision,
  is_active,
  created_at,
  created_by,
  updated_at,
  updated_by,
  version,
  deleted_at
) on public.patients to authenticated;
grant select, insert, update, delete on public.patients to service_role;

create policy floor_person on public.patients
as restrictive for all to anon, authenticated
using (
  user_id = (select app.my_id())
  or id = any(array(
    select link.patient_id
    from public.org_patients as link
    where link.org_id = (select app.current_org()) and link.deleted_at is null
  ))
)
with check (
  user_id = (select app.my_id())
  or id = any(array(
    select link.patient_id
    from public.org_patients as link
    where link.org_id = (select app.current_org()) and link.deleted_at is null
  ))
);
comment on policy floor_person on public.patients is
'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';

create policy select_own_or_related on public.patients
for select to authenticated
using (
  deleted_at is null
  and (
    (
      (select app.my_id()) is not null
      and user_id = (select app.my_id())
    )
    or (
      (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
      and id = any(array(
        select link.patient_id
        from public.org_patients as link
        where link.org_id = (select app.current_org()) and link.deleted_at is null
      ))
    )
  )
);
comment on policy select_own_or_related on public.patients is
'anyone who is signed in: their own rows; care_manager, case_manager, nurse, clinician, scheduler, billing: people whom the active organization knows.';

create trigger _100_stamp
before insert or update on public.patients
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.patients
for each row execute function app.audit_row(
  '', 'id', 'family_name,given_names,birth_date,gender,is_deceased,deceased_at', ''
);

-- Columns are granted to the one role that everyone who is signed in has, so the restricted ones are granted to
-- nobody and read here. SECURITY DEFINER for that reason only: the predicate is the authorization, and says by which
-- of their roles the caller may read which column of which row.
create function app.read_patients_restricted(p_ids uuid[]) returns table (
  id uuid,
  gender public.administrative_gender,
  is_deceased boolean,
  deceased_at timestamptz
)
language sql stable
security definer
set search_path = ''
as $$
  select
    id,
    gender,
    is_deceased,
    deceased_at
  from public.patients
  where
    id = any(p_ids)
    and deleted_at is null
    and (
      user_id = (select app.my_id())
      or id = any(array(
        select link.patient_id
        from public.org_patients as link
        where link.org_id = (select app.current_org()) and link.deleted_at is null
      ))
    )
    and (
      (
        (select app.my_id()) is not null
        and user_id = (select app.my_id())
      )
      or (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
        and id = any(array(
          select link.patient_id
          from public.org_patients as link
          where link.org_id = (select app.current_org()) and link.deleted_at is null
        ))
      )
    )
$$;

comment on function app.read_patients_restricted(uuid[]) is
'The restricted columns of patients, for whom the matrix opens them; behind public.get_patients_restricted.';

revoke all on function app.read_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function app.read_patients_restricted(uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds its restricted columns back.
create function public.get_patients_restricted(p_ids uuid[]) returns table (
  id uuid,
  gender public.administrative_gender,
  is_deceased boolean,
  deceased_at timestamptz
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
  from app.read_patients_restricted(array(
    select seen.id from public.patients as seen where seen.id = any(p_ids)
  )) as opened;
end
$$;

comment on function public.get_patients_restricted(uuid[]) is
'The columns of patients that not everyone who sees a row may read; they cannot be selected.
gender, is_deceased, deceased_at: for care_manager, case_manager, nurse, clinician, and their owner.
A row of which the caller may read none of them is not in the answer.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.get_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.get_patients_restricted(uuid[]) to authenticated;

-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.patients enable row level security;
alter table public.patients force row level security;

revoke all on public.patients from public, anon, authenticated, service_role;
grant select on public.patients to authenticated;
grant select, insert, update, delete on public.patients to service_role;

create policy floor_person on public.patients
as restrictive for all to anon, authenticated
using (
  user_id = (select app.my_id())
  or id = any(array(
    select link.patient_id
    from public.org_patients as link
    where link.org_id = (select app.current_org())
  ))
)
with check (
  user_id = (select app.my_id())
  or id = any(array(
    select link.patient_id
    from public.org_patients as link
    where link.org_id = (select app.current_org())
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
      (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
      and id = any(array(
        select link.patient_id
        from public.org_patients as link
        where link.org_id = (select app.current_org())
      ))
    )
  )
);
comment on policy select_own_or_related on public.patients is
'anyone who is signed in: their own rows; care_manager, case_manager, nurse, clinician: people whom the active organization knows.';

create trigger _100_stamp
before insert or update on public.patients
for each row execute function app.stamp_row();

-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.fhir_practitioners enable row level security;
alter table public.fhir_practitioners force row level security;

revoke all on public.fhir_practitioners from public, anon, authenticated, service_role;
grant select on public.fhir_practitioners to authenticated;
grant select, insert, update, delete on public.fhir_practitioners to service_role;

create policy floor_person on public.fhir_practitioners
as restrictive for all to anon, authenticated
using (
  user_id = (select app.my_id())
  or id = any(array(
    select link.practitioner_id
    from public.org_practitioners as link
    where link.org_id = (select app.current_org()) and link.deleted_at is null
  ))
)
with check (
  user_id = (select app.my_id())
  or id = any(array(
    select link.practitioner_id
    from public.org_practitioners as link
    where link.org_id = (select app.current_org()) and link.deleted_at is null
  ))
);
comment on policy floor_person on public.fhir_practitioners is
'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';

create policy select_own_or_related on public.fhir_practitioners
for select to authenticated
using (
  deleted_at is null
  and (
    (
      (select app.my_id()) is not null
      and user_id = (select app.my_id())
    )
    or (
      (select app.current_org()) is not null
      and id = any(array(
        select link.practitioner_id
        from public.org_practitioners as link
        where link.org_id = (select app.current_org()) and link.deleted_at is null
      ))
    )
  )
);
comment on policy select_own_or_related on public.fhir_practitioners is
'anyone who is signed in: their own rows; anyone with a valid role in the active organization: people whom the active organization knows.';

create trigger _100_stamp
before insert or update on public.fhir_practitioners
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.fhir_practitioners
for each row execute function app.audit_row(
  '', 'id', '', ''
);

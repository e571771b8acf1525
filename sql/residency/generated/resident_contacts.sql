-- Compiled from sql/residency/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resident_contacts enable row level security;
alter table public.resident_contacts force row level security;

revoke all on public.resident_contacts from public, anon, authenticated, service_role;
grant select on public.resident_contacts to authenticated;
grant insert (
  resident_id,
  site_id,
  kind,
  is_next_of_kin,
  is_emergency_contact,
  details
) on public.resident_contacts to authenticated;
grant update (
  kind,
  is_next_of_kin,
  is_emergency_contact,
  is_active,
  details
) on public.resident_contacts to authenticated;
grant select, insert, update, delete on public.resident_contacts to service_role;

create policy floor_organization on public.resident_contacts
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.resident_contacts is
'Whatever else is allowed: only rows of the active organization.';

create policy select_sites on public.resident_contacts
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    (org_id = (select app.org_throughout('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')) and site_id is not null)
    or site_id = any((select app.my_named_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'))::uuid[])
  )
);
comment on policy select_sites on public.resident_contacts is
'manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';

create policy insert_sites on public.resident_contacts
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and site_id = any((select app.my_sites('manager', 'care_manager', 'case_manager', 'nurse'))::uuid[])
);
comment on policy insert_sites on public.resident_contacts is
'manager, care_manager, case_manager, nurse: rows of the sites they are assigned to.';

create policy update_sites on public.resident_contacts
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and site_id = any((select app.my_sites('manager', 'care_manager', 'case_manager', 'nurse'))::uuid[])
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and site_id = any((select app.my_sites('manager', 'care_manager', 'case_manager', 'nurse'))::uuid[])
);
comment on policy update_sites on public.resident_contacts is
'manager, care_manager, case_manager, nurse: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.resident_contacts
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.resident_contacts
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'kind,details', ''
);

-- Whatever is written to a sealed column is sealed here, before the row is anywhere; nobody can store a sealed value of
-- their own making. Its arguments say what is sealed, for whoever re-seals (app.sealed_tables()).
-- SECURITY DEFINER because keys are nobody's to read; it answers nothing.
create function app.seal_resident_contacts() returns trigger
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_key record;
begin
  if tg_op = 'UPDATE' then
    if (new.org_id, new.resident_id) is distinct from (old.org_id, old.resident_id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    if (
      new.details
    ) is not distinct from (
      old.details
    ) then
      return new;
    end if;
    -- The same value under another key is no change that anybody should learn of.
    if current_setting('carebase.resealing', true) = 'on' then
      new.version := old.version;
      new.updated_at := old.updated_at;
      new.updated_by := old.updated_by;
    end if;
  end if;

  v_key := app.sealing_key('seal', new.org_id, new.resident_id);
  if tg_op = 'INSERT' or new.details is distinct from old.details then
    perform app.check_plain('details', 'jsonb', new.details);
    new.details := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.resident_contacts:details:', new.org_id, new.resident_id),
      new.details
    );
  end if;
  return new;
end
$$;

comment on function app.seal_resident_contacts() is
'Seals details on their way into resident_contacts.';

revoke all on function app.seal_resident_contacts() from public, anon, authenticated, service_role;

create trigger _300_seal
before insert or update on public.resident_contacts
for each row execute function app.seal_resident_contacts(
  'id',
  'org_id',
  'resident_id',
  'details'
);

-- SECURITY DEFINER because keys are nobody's to read. The predicate is the authorization: who may select a row may open
-- it, and says what for. One event per call says who opened whose, another what they asked for and do not see.
create function app.open_resident_contacts(
  p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] default null
) returns table (
  id uuid,
  details jsonb
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.resident_contacts', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      id as row_id,
      org_id as org_id,
      resident_id as subject_id,
      details as value_1
    from public.resident_contacts
    where
      id = any(p_ids)
      and deleted_at is null
      and org_id = (select app.current_org())
      and site_id = any((select app.my_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'))::uuid[])
  ),

  needed as materialized (
    select
      array(
        select substr(value_1, 2, 16) from found
      ) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.resident_contacts', (array_agg(found.org_id))[1], array_agg(distinct found.subject_id),
      count(*), (select needed.tags from needed)
    )
    from found
    having count(*) > 0
  ),

  opened as materialized (
    select
      found.row_id,
      found.value_1 is null or key_1.tag is null as is_empty_1,
      app.open_value(
        key_1.schedule, app.sealed_context('carebase:1:public.resident_contacts:details:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.resident_contacts.details', row_id)
      else convert_from(plain_1, 'UTF8')
    end)::jsonb
  from opened
  cross join noted;
end
$$;

comment on function app.open_resident_contacts(uuid[], public.access_purpose, uuid[]) is
'Opens details of resident_contacts, for whom the matrix lets;
behind public.open_resident_contacts and lists.';

revoke all on function app.open_resident_contacts(uuid[], public.access_purpose, uuid[])
from public, anon, authenticated, service_role;
grant execute on function app.open_resident_contacts(uuid[], public.access_purpose, uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds back what is sealed in it.
create function public.open_resident_contacts(p_ids uuid[], p_purpose public.access_purpose) returns table (
  id uuid,
  details jsonb
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_resident_contacts(
    array(select seen.id from public.resident_contacts as seen where seen.id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$$;

comment on function public.open_resident_contacts(uuid[], public.access_purpose) is
'details of resident_contacts, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: id.
Errors: feature_disabled, permission_denied, not_authenticated, invalid_input.';

revoke all on function public.open_resident_contacts(uuid[], public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.open_resident_contacts(uuid[], public.access_purpose) to authenticated;

-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.medication_administrations enable row level security;
alter table public.medication_administrations force row level security;

revoke all on public.medication_administrations from public, anon, authenticated, service_role;
grant select on public.medication_administrations to authenticated;
grant select, insert, update, delete on public.medication_administrations to service_role;

create policy floor_organization on public.medication_administrations
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.medication_administrations is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.medication_administrations
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager', 'nurse', 'clinician', 'carer')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.medication_administrations is
'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.medication_administrations
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.medication_administrations
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'is_controlled,status,reason_code,note,quantity,occurred_at,effect_due_at,retraction_reason', ''
);

-- Whatever is written to a sealed column is sealed here, before the row is anywhere; nobody can store a sealed value of
-- their own making. Its arguments say what is sealed, for whoever re-seals (app.sealed_tables()).
-- SECURITY DEFINER because keys are nobody's to read; it answers nothing.
create function app.seal_medication_administrations() returns trigger
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
      new.note
    ) is not distinct from (
      old.note
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
  if tg_op = 'INSERT' or new.note is distinct from old.note then
    new.note := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.medication_administrations:note:', new.org_id, new.resident_id),
      new.note
    );
  end if;
  return new;
end
$$;

comment on function app.seal_medication_administrations() is
'Seals note on their way into medication_administrations.';

revoke all on function app.seal_medication_administrations() from public, anon, authenticated, service_role;

create trigger _300_seal
before insert or update on public.medication_administrations
for each row execute function app.seal_medication_administrations(
  'id',
  'org_id',
  'resident_id',
  'note'
);

-- SECURITY DEFINER because keys are nobody's to read. The predicate is the authorization: who may select a row may open
-- it, and says what for. One event per call says who opened whose, another what they asked for and do not see.
create function app.open_medication_administrations(
  p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] default null
) returns table (
  id uuid,
  note text
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.medication_administrations', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      id as row_id,
      org_id as org_id,
      resident_id as subject_id,
      note as value_1
    from public.medication_administrations
    where
      id = any(p_ids)
      and org_id = (select app.current_org())
      and (
        (select app.has_role('org_owner', 'compliance_lead'))
        or site_id = any((select app.my_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer'))::uuid[])
      )
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
      p_purpose, 'public.medication_administrations', (array_agg(found.org_id))[1], array_agg(distinct found.subject_id),
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
        key_1.schedule, app.sealed_context('carebase:1:public.medication_administrations:note:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.medication_administrations.note', row_id)
      else convert_from(plain_1, 'UTF8')
    end)
  from opened
  cross join noted;
end
$$;

comment on function app.open_medication_administrations(uuid[], public.access_purpose, uuid[]) is
'Opens note of medication_administrations, for whom the matrix lets;
behind public.open_medication_administrations and lists.';

revoke all on function app.open_medication_administrations(uuid[], public.access_purpose, uuid[])
from public, anon, authenticated, service_role;
grant execute on function app.open_medication_administrations(uuid[], public.access_purpose, uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds back what is sealed in it.
create function public.open_medication_administrations(p_ids uuid[], p_purpose public.access_purpose) returns table (
  id uuid,
  note text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_medication_administrations(
    array(select seen.id from public.medication_administrations as seen where seen.id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$$;

comment on function public.open_medication_administrations(uuid[], public.access_purpose) is
'note of medication_administrations, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: id.
Errors: feature_disabled, permission_denied, not_authenticated, invalid_input.';

revoke all on function public.open_medication_administrations(uuid[], public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.open_medication_administrations(uuid[], public.access_purpose) to authenticated;

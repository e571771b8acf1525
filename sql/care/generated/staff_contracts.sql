-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.staff_contracts enable row level security;
alter table public.staff_contracts force row level security;

revoke all on public.staff_contracts from public, anon, authenticated, service_role;
grant select on public.staff_contracts to authenticated;
grant insert (
  user_id,
  site_id,
  holds_during,
  weekly_maximum_minutes,
  minimum_rest_minutes,
  skills
) on public.staff_contracts to authenticated;
grant update (
  holds_during,
  weekly_maximum_minutes,
  minimum_rest_minutes,
  skills
) on public.staff_contracts to authenticated;
grant select, insert, update, delete on public.staff_contracts to service_role;

create policy floor_organization on public.staff_contracts
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.staff_contracts is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_organization_or_sites on public.staff_contracts
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    (
      (select app.is_staff())
      and user_id = (select app.my_id())
    )
    or org_id = (select app.org_as('org_owner', 'compliance_lead', 'admin'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager'))::uuid[])
    )
  )
);
comment on policy select_own_or_organization_or_sites on public.staff_contracts is
'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';

create policy insert_organization_or_sites on public.staff_contracts
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (
    org_id = (select app.org_as('admin'))
    or site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[])
  )
);
comment on policy insert_organization_or_sites on public.staff_contracts is
'admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';

create policy update_organization_or_sites on public.staff_contracts
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('admin'))
    or site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[])
  )
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('admin'))
    or site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[])
  )
);
comment on policy update_organization_or_sites on public.staff_contracts is
'admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.staff_contracts
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.staff_contracts
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);

create trigger _900_broadcast
after update on public.staff_contracts
for each row execute function app.broadcast_change('id');

-- Field-level three-way merge: what the caller began from (base), what is stored now (theirs), what they want (yours).
-- A field that nobody else touched is written. One that somebody did, with another result, is decided by its strategy
-- or comes back as a conflict; the other fields are written all the same. As the caller: policies, column grants,
-- checks and triggers hold as for any other update.
create function public.merge_staff_contracts(
  p_id uuid,
  p_changes jsonb,
  p_base jsonb default null,
  p_base_version integer default null,
  p_request_key uuid default null,
  out row_values jsonb,
  out is_changed boolean,
  out conflicts jsonb
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_strategies constant jsonb := jsonb_build_object(
    'holds_during', 'reject', 'weekly_maximum_minutes', 'reject', 'minimum_rest_minutes', 'reject', 'skills',
    'reject'
  );
  v_row record;
  v_yours jsonb;
  v_base jsonb;
  v_writes jsonb;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'manager', 'care_manager');
  perform app.check_merge(v_strategies, p_changes, p_base, p_base_version);

  select
    org_id, id, user_id, site_id, holds_during, weekly_maximum_minutes, minimum_rest_minutes, skills, created_at,
    created_by, updated_at, updated_by, version, deleted_at
  into v_row
  from public.staff_contracts
  where org_id = (select app.current_org()) and id = p_id
  for update;
  if not found then
    perform app.raise_error('not_found', 'There is no such row, or it is not yours to change.');
  end if;
  row_values := to_jsonb(v_row);

  -- In the types of the columns, so that what is equal is equal however the client writes it.
  begin
    v_yours := app.only_fields(
      to_jsonb(jsonb_populate_record(null::public.staff_contracts, p_changes)), p_changes
    );
    v_base := case
      when p_base_version = v_row.version then row_values
      else app.only_fields(to_jsonb(jsonb_populate_record(null::public.staff_contracts, p_base)), p_base)
    end;
  exception when data_exception then
    perform app.raise_error('invalid_input', 'A value is not of its field''s type.', '{"field": "p_changes"}');
  end;

  select * into v_writes, conflicts from app.merge_fields(row_values, v_base, v_yours, v_strategies);
  is_changed := v_writes <> '{}' and (
    p_request_key is null
    or app.claim_request(
      p_request_key, concat_ws(' ', 'staff_contracts', p_id, p_changes, p_base, p_base_version)
    )
  );
  if is_changed then
    update public.staff_contracts
    set (
      holds_during, weekly_maximum_minutes, minimum_rest_minutes, skills
    ) = (
      select
        wanted.holds_during, wanted.weekly_maximum_minutes, wanted.minimum_rest_minutes, wanted.skills
      from jsonb_populate_record(null::public.staff_contracts, row_values || v_writes) as wanted
    )
    where org_id = (select app.current_org()) and id = p_id
    returning
      org_id, id, user_id, site_id, holds_during, weekly_maximum_minutes, minimum_rest_minutes, skills, created_at,
      created_by, updated_at, updated_by, version, deleted_at
    into v_row;
    row_values := to_jsonb(v_row);
  end if;
end
$$;

comment on function public.merge_staff_contracts(uuid, jsonb, jsonb, integer, uuid) is
'Changes fields of one row while others may be changing it, too. Fields that nobody else touched since are written;
one that somebody did comes back as a conflict, unless its strategy decides.
p_id: the row.
p_changes: an object of the fields to change:
holds_during, weekly_maximum_minutes, minimum_rest_minutes, skills.
p_base: the same fields as you read them. p_base_version: or the version of the row as you read it, if it is whole.
p_request_key: a uuid of your own for this request; asked again under it, within a day, nothing is changed twice.
row_values: the row as it is now. is_changed: whether this call changed it.
conflicts: a list of {field, base, theirs, yours}, empty if there is none; ask your user, then send theirs as base.
Never null: row_values, is_changed, conflicts.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.merge_staff_contracts(uuid, jsonb, jsonb, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.merge_staff_contracts(uuid, jsonb, jsonb, integer, uuid) to authenticated;

-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_support_circles enable row level security;
alter table public.provider_support_circles force row level security;

revoke all on public.provider_support_circles from public, anon, authenticated, service_role;
grant select on public.provider_support_circles to authenticated;
grant insert (
  name,
  meeting_frequency,
  max_members,
  facilitator_id,
  is_active
) on public.provider_support_circles to authenticated;
grant update (
  name,
  meeting_frequency,
  max_members,
  facilitator_id,
  is_active
) on public.provider_support_circles to authenticated;
grant select, insert, update, delete on public.provider_support_circles to service_role;

create policy floor_organization on public.provider_support_circles
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_support_circles is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.provider_support_circles
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.provider_support_circles is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.provider_support_circles
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'care_manager', 'wellness_officer'))
);
comment on policy insert_organization on public.provider_support_circles is
'admin, care_manager, wellness_officer: every row of the active organization.';

create policy update_organization on public.provider_support_circles
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'care_manager', 'wellness_officer'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'care_manager', 'wellness_officer'))
);
comment on policy update_organization on public.provider_support_circles is
'admin, care_manager, wellness_officer: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.provider_support_circles
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_support_circles
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);

create trigger _900_broadcast
after update on public.provider_support_circles
for each row execute function app.broadcast_change('id');

-- Field-level three-way merge: what the caller began from (base), what is stored now (theirs), what they want (yours).
-- A field that nobody else touched is written. One that somebody did, with another result, is decided by its strategy
-- or comes back as a conflict; the other fields are written all the same. As the caller: policies, column grants,
-- checks and triggers hold as for any other update.
create function public.merge_provider_support_circles(
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
    'name', 'reject', 'meeting_frequency', 'reject', 'max_members', 'max', 'facilitator_id', 'reject',
    'is_active', 'reject'
  );
  v_row record;
  v_yours jsonb;
  v_base jsonb;
  v_writes jsonb;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_merge(v_strategies, p_changes, p_base, p_base_version);

  select
    org_id, id, name, meeting_frequency, max_members, facilitator_id, facilitator_practitioner_id, is_active,
    created_at, created_by, updated_at, updated_by, version, deleted_at
  into v_row
  from public.provider_support_circles
  where org_id = (select app.current_org()) and id = p_id
  for update;
  if not found then
    perform app.raise_error('not_found', 'There is no such row, or it is not yours to change.');
  end if;
  row_values := to_jsonb(v_row);

  -- In the types of the columns, so that what is equal is equal however the client writes it.
  begin
    v_yours := app.only_fields(
      to_jsonb(jsonb_populate_record(null::public.provider_support_circles, p_changes)), p_changes
    );
    v_base := case
      when p_base_version = v_row.version then row_values
      else app.only_fields(to_jsonb(jsonb_populate_record(null::public.provider_support_circles, p_base)), p_base)
    end;
  exception when data_exception then
    perform app.raise_error('invalid_input', 'A value is not of its field''s type.', '{"field": "p_changes"}');
  end;

  select * into v_writes, conflicts from app.merge_fields(row_values, v_base, v_yours, v_strategies);
  is_changed := v_writes <> '{}' and (
    p_request_key is null
    or app.claim_request(
      p_request_key, concat_ws(' ', 'provider_support_circles', p_id, p_changes, p_base, p_base_version)
    )
  );
  if is_changed then
    update public.provider_support_circles
    set (
      name, meeting_frequency, max_members, facilitator_id, is_active
    ) = (
      select
        wanted.name, wanted.meeting_frequency, wanted.max_members, wanted.facilitator_id, wanted.is_active
      from jsonb_populate_record(null::public.provider_support_circles, row_values || v_writes) as wanted
    )
    where org_id = (select app.current_org()) and id = p_id
    returning
      org_id, id, name, meeting_frequency, max_members, facilitator_id, facilitator_practitioner_id, is_active,
      created_at, created_by, updated_at, updated_by, version, deleted_at
    into v_row;
    row_values := to_jsonb(v_row);
  end if;
end
$$;

comment on function public.merge_provider_support_circles(uuid, jsonb, jsonb, integer, uuid) is
'Changes fields of one row while others may be changing it, too. Fields that nobody else touched since are written;
one that somebody did comes back as a conflict, unless its strategy decides.
p_id: the row.
p_changes: an object of the fields to change:
name, meeting_frequency, max_members (the greater one), facilitator_id, is_active.
p_base: the same fields as you read them. p_base_version: or the version of the row as you read it, if it is whole.
p_request_key: a uuid of your own for this request; asked again under it, within a day, nothing is changed twice.
row_values: the row as it is now. is_changed: whether this call changed it.
conflicts: a list of {field, base, theirs, yours}, empty if there is none; ask your user, then send theirs as base.
Never null: row_values, is_changed, conflicts.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.merge_provider_support_circles(uuid, jsonb, jsonb, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.merge_provider_support_circles(uuid, jsonb, jsonb, integer, uuid) to authenticated;

-- Removed rows are deleted in the end (app.job_purge_removed), and found by this index. What a legal hold covers is
-- deleted by nobody, whoever tries.
create index provider_support_circles_deleted_at_idx
on public.provider_support_circles (org_id, deleted_at)
where deleted_at is not null;

create trigger _200_hold
before delete on public.provider_support_circles
for each row execute function app.refuse_held(
  'org_id', 'id', '180 days', '30 days', '10 years', 'counted', ''
);

-- SECURITY DEFINER because no policy lets anybody make a row invisible; require_role is the authorization, the
-- active organization the bound. The audit trigger tells who did it.
create function app.remove_provider_support_circles(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  update public.provider_support_circles as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.provider_support_circles as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$$;

comment on function app.remove_provider_support_circles(uuid) is
'What public.remove_provider_support_circles does; authorizes for itself.';

create function public.remove_provider_support_circles(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_provider_support_circles(p_id) as done;
end
$$;

comment on function public.remove_provider_support_circles(uuid) is
'Removes a row of provider_support_circles: it is invisible through the API at once, and can be restored until it is purged. What refers
to it stays as it is. For admin, care_manager, wellness_officer.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.remove_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant execute on function app.remove_provider_support_circles(uuid) to authenticated;
revoke all on function public.remove_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant execute on function public.remove_provider_support_circles(uuid) to authenticated;

-- SECURITY DEFINER because a removed row is in nobody's policies; require_role is the authorization, the
-- active organization the bound. The audit trigger tells who did it.
create function app.restore_provider_support_circles(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  update public.provider_support_circles as rows set deleted_at = null
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is not null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.provider_support_circles as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
exception when unique_violation or exclusion_violation then
  perform app.raise_error('conflict', 'Another row has taken its place: change or remove that one first.');
end
$$;

comment on function app.restore_provider_support_circles(uuid) is
'What public.restore_provider_support_circles does; authorizes for itself.';

create function public.restore_provider_support_circles(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.restore_provider_support_circles(p_id) as done;
end
$$;

comment on function public.restore_provider_support_circles(uuid) is
'Brings a removed row of provider_support_circles back as it was. conflict: another row has taken its place, as with a name that
may be there once. For admin, care_manager, wellness_officer.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.restore_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant execute on function app.restore_provider_support_circles(uuid) to authenticated;
revoke all on function public.restore_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant execute on function public.restore_provider_support_circles(uuid) to authenticated;

-- SECURITY DEFINER because removed rows are in nobody's policies; require_role is the authorization, the active
-- organization the bound. It shows what whoever may restore could read before.
create function app.removed_provider_support_circles(p_limit integer) returns table (
  id uuid, deleted_at timestamptz, purge_at timestamptz, is_held boolean, row_values jsonb
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  return query
  select
    rows.id,
    rows.deleted_at,
    app.purged_at(rows.org_id, 'provider_support_circles', rows.deleted_at),
    app.is_held(rows.org_id, 'provider_support_circles', rows.id, '{}'),
    to_jsonb(rows)
  from public.provider_support_circles as rows
  where rows.org_id = (select app.current_org()) and rows.deleted_at is not null
  order by rows.deleted_at desc, rows.id
  limit p_limit;
end
$$;

comment on function app.removed_provider_support_circles(integer) is
'What public.get_removed_provider_support_circles answers; authorizes for itself.';

create function public.get_removed_provider_support_circles(p_limit integer default 50) returns table (
  id uuid, deleted_at timestamptz, purge_at timestamptz, is_held boolean, row_values jsonb
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select removed.* from app.removed_provider_support_circles(p_limit) as removed;
end
$$;

comment on function public.get_removed_provider_support_circles(integer) is
'What was removed from provider_support_circles and can be restored, latest first. For admin, care_manager, wellness_officer.
p_limit: at most so many, 1 to 500.
purge_at: from when on it is deleted for good, unless is_held: a legal hold keeps it. row_values: the row.
Never null: id, deleted_at, is_held, row_values.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

revoke all on function app.removed_provider_support_circles(integer) from public, anon, authenticated, service_role;
grant execute on function app.removed_provider_support_circles(integer) to authenticated;
revoke all on function public.get_removed_provider_support_circles(integer)
from public, anon, authenticated, service_role;
grant execute on function public.get_removed_provider_support_circles(integer) to authenticated;

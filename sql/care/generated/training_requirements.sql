-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.training_requirements enable row level security;
alter table public.training_requirements force row level security;

revoke all on public.training_requirements from public, anon, authenticated, service_role;
grant select on public.training_requirements to authenticated;
grant insert (
  course_id,
  check_kind,
  role,
  job_title,
  site_kind,
  validity_months,
  blocks_rostering
) on public.training_requirements to authenticated;
grant update (
  validity_months,
  blocks_rostering
) on public.training_requirements to authenticated;
grant select, insert, update, delete on public.training_requirements to service_role;

create policy floor_organization on public.training_requirements
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.training_requirements is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.training_requirements
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.training_requirements is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.training_requirements
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'compliance_lead'))
);
comment on policy insert_organization on public.training_requirements is
'admin, compliance_lead: every row of the active organization.';

create policy update_organization on public.training_requirements
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'compliance_lead'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'compliance_lead'))
);
comment on policy update_organization on public.training_requirements is
'admin, compliance_lead: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.training_requirements
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.training_requirements
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);

-- Removed rows are deleted in the end (app.job_purge_removed), and found by this index. What a legal hold covers is
-- deleted by nobody, whoever tries.
create index training_requirements_deleted_at_idx
on public.training_requirements (org_id, deleted_at)
where deleted_at is not null;

create trigger _200_hold
before delete on public.training_requirements
for each row execute function app.refuse_held(
  'org_id', 'id', '6 years', '1 year', '30 years', 'counted', ''
);

-- SECURITY DEFINER because no policy lets anybody make a row invisible; require_role is the authorization, the
-- active organization the bound. The audit trigger tells who did it.
create function app.remove_training_requirements(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'compliance_lead');
  update public.training_requirements as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.training_requirements as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$$;

comment on function app.remove_training_requirements(uuid) is
'What public.remove_training_requirements does; authorizes for itself.';

create function public.remove_training_requirements(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'compliance_lead');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_training_requirements(p_id) as done;
end
$$;

comment on function public.remove_training_requirements(uuid) is
'Removes a row of training_requirements: it is invisible through the API at once, and can be restored until it is purged. What refers
to it stays as it is. For admin, compliance_lead.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.remove_training_requirements(uuid) from public, anon, authenticated, service_role;
grant execute on function app.remove_training_requirements(uuid) to authenticated;
revoke all on function public.remove_training_requirements(uuid) from public, anon, authenticated, service_role;
grant execute on function public.remove_training_requirements(uuid) to authenticated;

-- SECURITY DEFINER because a removed row is in nobody's policies; require_role is the authorization, the
-- active organization the bound. The audit trigger tells who did it.
create function app.restore_training_requirements(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'compliance_lead');
  update public.training_requirements as rows set deleted_at = null
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is not null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.training_requirements as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
exception when unique_violation or exclusion_violation then
  perform app.raise_error('conflict', 'Another row has taken its place: change or remove that one first.');
end
$$;

comment on function app.restore_training_requirements(uuid) is
'What public.restore_training_requirements does; authorizes for itself.';

create function public.restore_training_requirements(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'compliance_lead');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.restore_training_requirements(p_id) as done;
end
$$;

comment on function public.restore_training_requirements(uuid) is
'Brings a removed row of training_requirements back as it was. conflict: another row has taken its place, as with a name that
may be there once. For admin, compliance_lead.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.restore_training_requirements(uuid) from public, anon, authenticated, service_role;
grant execute on function app.restore_training_requirements(uuid) to authenticated;
revoke all on function public.restore_training_requirements(uuid) from public, anon, authenticated, service_role;
grant execute on function public.restore_training_requirements(uuid) to authenticated;

-- SECURITY DEFINER because removed rows are in nobody's policies; require_role is the authorization, the active
-- organization the bound. It shows what whoever may restore could read before.
create function app.removed_training_requirements(p_limit integer) returns table (
  id uuid, deleted_at timestamptz, purge_at timestamptz, is_held boolean, row_values jsonb
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'compliance_lead');
  return query
  select
    rows.id,
    rows.deleted_at,
    app.purged_at(rows.org_id, 'training_requirements', rows.deleted_at),
    app.is_held(rows.org_id, 'training_requirements', rows.id, '{}'),
    to_jsonb(rows)
  from public.training_requirements as rows
  where rows.org_id = (select app.current_org()) and rows.deleted_at is not null
  order by rows.deleted_at desc, rows.id
  limit p_limit;
end
$$;

comment on function app.removed_training_requirements(integer) is
'What public.get_removed_training_requirements answers; authorizes for itself.';

create function public.get_removed_training_requirements(p_limit integer default 50) returns table (
  id uuid, deleted_at timestamptz, purge_at timestamptz, is_held boolean, row_values jsonb
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'compliance_lead');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select removed.* from app.removed_training_requirements(p_limit) as removed;
end
$$;

comment on function public.get_removed_training_requirements(integer) is
'What was removed from training_requirements and can be restored, latest first. For admin, compliance_lead.
p_limit: at most so many, 1 to 500.
purge_at: from when on it is deleted for good, unless is_held: a legal hold keeps it. row_values: the row.
Never null: id, deleted_at, is_held, row_values.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

revoke all on function app.removed_training_requirements(integer) from public, anon, authenticated, service_role;
grant execute on function app.removed_training_requirements(integer) to authenticated;
revoke all on function public.get_removed_training_requirements(integer)
from public, anon, authenticated, service_role;
grant execute on function public.get_removed_training_requirements(integer) to authenticated;
